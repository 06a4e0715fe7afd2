//! An annotation takes the place of an earlier issue of it, or stands beside the others.

use std::collections::BTreeSet;
use std::mem;

use crate::annotation::{Annotations, Source, SourceKind};
use crate::codeset::Code;

use super::report::{AnnotationChange, Effect, ReleaseUpdate, SourceUpdate};
use crate::index::build::annotated::indexed;
use crate::index::build::content::Content;

/// The codes of an annotation that a release has.
type Joined = BTreeSet<Code>;

impl Content {
    /// Puts an annotation into the place of an earlier issue among the first `before`, unless that
    /// place is `taken`, or behind all.
    pub(crate) fn put(
        &mut self,
        given: Annotations,
        before: usize,
        taken: &mut BTreeSet<usize>,
    ) -> SourceUpdate {
        let codes = given.codes();
        let mut update = SourceUpdate {
            kind: given.source().kind.name(),
            label: label(given.source()),
            source: given.source().path.clone(),
            effect: Effect::Added,
            codes: codes.len(),
            unknown: codes.iter().filter(|code| !self.has(**code)).count(),
        };
        let same =
            (0..before).filter(|at| !taken.contains(at) && is_same(&self.annotations[*at], &given));
        let by_path = |at: &usize| self.annotations[*at].source().path != given.source().path;
        // of two notes with one title, the one from the same file
        let Some(at) = same.min_by_key(|at| (by_path(at), *at)) else {
            self.annotations.push(given);
            return update;
        };
        taken.insert(at);
        update.effect = if self.annotations[at].source().hash == given.source().hash {
            Effect::Unchanged
        } else {
            self.annotations[at] = given;
            Effect::Replaced
        };
        update
    }

    /// The codes that each annotation speaks of and a release has.
    pub(crate) fn joined(&self) -> Vec<Joined> {
        let joined = |own: &Annotations| {
            let codes = own.codes();
            codes.into_iter().filter(|code| self.has(*code)).collect()
        };
        self.annotations.iter().map(joined).collect()
    }

    /// What became of the annotations that were there before, by what they joined then.
    pub(crate) fn annotation_changes(
        &self,
        before: Vec<Joined>,
        releases: &[ReleaseUpdate],
    ) -> Vec<AnnotationChange> {
        let ended = releases
            .iter()
            .filter_map(|release| release.changes.as_ref());
        let ended: BTreeSet<Code> = ended
            .flat_map(|changes| changes.terminated.iter().map(|change| change.code))
            .collect();
        let now = self.joined();
        let changes = before.into_iter().zip(now).zip(&self.annotations);
        let changes = changes.map(|((before, now), annotations)| AnnotationChange {
            kind: annotations.source().kind.name(),
            label: label(annotations.source()),
            joined: now.difference(&before).copied().collect(),
            no_longer_joined: before.difference(&now).copied().collect(),
            terminated: now.intersection(&ended).copied().collect(),
        });
        let is_one = |change: &AnnotationChange| {
            !(change.joined.is_empty()
                && change.no_longer_joined.is_empty()
                && change.terminated.is_empty())
        };
        changes.filter(is_one).collect()
    }

    fn has(&self, code: Code) -> bool {
        !self.timeline.versions_of(code).is_empty()
    }
}

/// Whether one is an issue of what the other is an issue of: a crosswalk of its quarter, a note or
/// a list of synonyms of its title, a page of its code. Of the taxonomy there is one.
fn is_same(a: &Annotations, b: &Annotations) -> bool {
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

fn label(source: &Source) -> String {
    indexed(source, Vec::new()).label()
}
