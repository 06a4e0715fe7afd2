//! Selects which of several issues of one source is indexed.

use std::cmp::Ordering;
use std::mem;
use std::path::PathBuf;

use serde::Serialize;

use crate::annotation::{Annotations, Source, SourceKind, issue_order};

/// A given file that is not indexed, because another one is a later issue of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Displaced {
    /// What it is, such as `2026-01` or `NDC-HCPCS crosswalk, 2026-01`.
    pub what: String,
    /// The file.
    pub source: PathBuf,
    /// What is indexed instead.
    pub by: String,
    /// The file of that.
    pub by_source: PathBuf,
}

/// Whether two annotations are issues of one thing: a crosswalk of a quarter, a note or a list of
/// synonyms of a title, a page of a code. Of the taxonomy there is one.
pub(crate) fn is_same(a: &Annotations, b: &Annotations) -> bool {
    let (own, other) = (a.source(), b.source());
    if mem::discriminant(a) != mem::discriminant(b) {
        return false;
    }
    match own.kind {
        SourceKind::Rbcs => true,
        SourceKind::RecordPage => a.codes() == b.codes(),
        SourceKind::DrugProducts if own.label.is_some() => own.label == other.label,
        _ => own.title.to_lowercase() == other.title.to_lowercase(),
    }
}

/// The crosswalk of the quarter before the given one's, or the nearest before that.
pub(crate) fn followed<'a>(
    given: &Annotations,
    among: &'a [Annotations],
) -> Option<&'a Annotations> {
    let is_crosswalk = |own: &Annotations| own.source().kind == SourceKind::DrugProducts;
    let day = given.source().date;
    let earlier = among
        .iter()
        .filter(|own| is_crosswalk(own) && own.source().date < day);
    let last = earlier.max_by_key(|own| own.source().date);
    last.filter(|_| is_crosswalk(given))
}

/// Whether CMS publishes it by quarter or year. Then one issue of each quarter or year is indexed,
/// in whatever order they are given.
pub(crate) fn is_of_cms(annotations: &Annotations) -> bool {
    matches!(
        annotations.source().kind,
        SourceKind::DrugProducts | SourceKind::Rbcs
    )
}

/// Whether a given issue is later than the existing one, by year and by issue. If neither says
/// which is later, the content decides, so that the order of the files does not; a file that is
/// given again is a correction.
pub(crate) fn is_later(given: &Source, there: &Source) -> bool {
    let key = |own: &Source| {
        let year = own.label.clone().filter(|_| own.kind == SourceKind::Rbcs);
        (year, issue_order(own.issue.as_deref()))
    };
    match key(given).cmp(&key(there)) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => given.path == there.path || given.hash > there.hash,
    }
}

/// The order of annotations in an index, independent of the order in which they are given: by kind,
/// crosswalks from the newest quarter on, then by title, file and content.
pub(crate) fn order(a: &Annotations, b: &Annotations) -> Ordering {
    let (a, b) = (a.source(), b.source());
    let title = |own: &Source| own.title.to_lowercase();
    a.kind
        .cmp(&b.kind)
        .then_with(|| {
            b.date
                .filter(|_| is_dated(b))
                .cmp(&a.date.filter(|_| is_dated(a)))
        })
        .then_with(|| title(a).cmp(&title(b)))
        .then_with(|| (&a.path, &a.hash).cmp(&(&b.path, &b.hash)))
}

fn is_dated(source: &Source) -> bool {
    source.kind == SourceKind::DrugProducts
}

/// Keeps the last issue of everything that CMS publishes by quarter or year; also returns the
/// others.
pub(crate) fn of_each(given: Vec<Annotations>) -> (Vec<Annotations>, Vec<Displaced>) {
    let (mut latest, mut displaced): (Vec<Annotations>, Vec<Displaced>) = Default::default();
    for own in given {
        let there = latest.iter().position(|other| is_same(other, &own));
        let Some(at) = there.filter(|_| is_of_cms(&own)) else {
            latest.push(own);
            continue;
        };
        let mut other = own;
        if is_later(other.source(), latest[at].source()) {
            mem::swap(&mut other, &mut latest[at]);
        }
        let (own, by) = (other.source(), latest[at].source());
        displaced.push(Displaced {
            what: own.name(),
            source: own.path.clone(),
            by: by.name(),
            by_source: by.path.clone(),
        });
    }
    (latest, displaced)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn source(name: &str, issue: Option<&str>, hash: &str) -> Source {
        let text = "_2026_CODE,NDC,Drug Name\nJ1640,55292-0702-55,Panhematin\n";
        let kind = SourceKind::DrugProducts;
        let read = crate::annotation::parse(Path::new(name), kind, text.as_bytes()).unwrap();
        let mut source = read.source().clone();
        source.issue = issue.map(str::to_owned);
        source.hash = hash.to_owned();
        source
    }

    #[test]
    fn the_later_issue_is_indexed() {
        let first = source("a 121725.csv", Some("2025-12-17"), "f");
        let second = source("a 010526.csv", Some("2026-01-05"), "0");
        assert!(is_later(&second, &first) && !is_later(&first, &second));
        let (x, y) = (source("x.csv", None, "1"), source("y.csv", None, "2"));
        assert!(is_later(&y, &x) && !is_later(&x, &y), "the content decides");
        assert!(is_later(&first, &y) && !is_later(&y, &first));
        let again = source("x.csv", None, "0");
        assert!(is_later(&again, &x), "a correction");
    }
}
