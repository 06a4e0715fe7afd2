//! The changes between two indexed releases over the requested codes, and which of these no release has.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::codeset::{Code, CodeSpan};
use crate::error::Result;
use crate::history::Changes;
use crate::release::ReleaseId;
use crate::search::changes::request::ChangesFilter;
use crate::search::searcher::Searcher;

/// How many of the codes that neither release has are named.
const MOST_NAMED: usize = 12;

impl ChangesFilter {
    /// Says which of the requested codes, patterns and ranges neither release has: they show no
    /// change, and not because nothing changed. `had` are the codes of both releases.
    ///
    /// ```
    /// use hcpcs::search::ChangesFilter;
    ///
    /// let only = ChangesFilter::watch_list(&["J1640".to_owned(), "Q99*".to_owned()])?;
    /// let within = ChangesFilter { only, ..ChangesFilter::default() };
    /// let had = ["J1640".parse()?].into();
    /// assert_eq!(within.absent(&had).as_deref(), Some("neither release has Q9900 to Q9999"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn absent(&self, had: &BTreeSet<Code>) -> Option<String> {
        let spans = self.only.iter().flatten().chain(&self.filters.codes);
        let is_absent = |span: &&CodeSpan| !had.iter().any(|code| span.contains(*code));
        let absent: BTreeSet<String> = spans.filter(is_absent).map(in_words).collect();
        let more = absent.len().saturating_sub(MOST_NAMED);
        let mut named: Vec<String> = absent.into_iter().take(MOST_NAMED).collect();
        if more > 0 {
            named.push(format!("{more} more"));
        }
        (!named.is_empty()).then(|| format!("neither release has {}", named.join(", ")))
    }
}

/// `J1640`, `J1600 to J1699`.
fn in_words(span: &CodeSpan) -> String {
    let (first, last) = span.bounds();
    let [first, last] = [first, last].map(|own| String::from_utf8_lossy(&own).trim().to_owned());
    if first == last {
        first
    } else {
        format!("{first} to {last}")
    }
}

impl Searcher {
    /// The changes between two indexed releases, over the requested codes.
    ///
    /// # Errors
    /// One of the releases is not indexed, or the index is damaged.
    pub fn changes_within(
        &self,
        from: &ReleaseId,
        to: &ReleaseId,
        within: &ChangesFilter,
    ) -> Result<Changes> {
        let had = RefCell::new(BTreeSet::new());
        let mut changes = self.changes(from, to, |record| {
            had.borrow_mut().insert(record.code);
            within.passes(record, Some(self))
        })?;
        changes.notices.extend(within.filters.unlisted());
        changes.notices.extend(within.absent(&had.borrow()));
        Ok(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_codes_are_named_once_and_the_further_ones_counted() {
        let had = ["J1640", "CS"].map(|own| own.parse().unwrap()).into();
        let absent = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|own| (*own).to_owned()).collect();
            let only = ChangesFilter::watch_list(&texts).unwrap();
            let within = ChangesFilter {
                only,
                ..ChangesFilter::default()
            };
            within.absent(&had)
        };
        assert_eq!(absent(&[]), None);
        assert_eq!(absent(&["J16*", "CS", "J1640"]), None);
        let said = absent(&["Z9999", "Z9999", "XX", "K0001-K0009", "J1640"]).unwrap();
        assert_eq!(said, "neither release has K0001 to K0009, XX, Z9999");
        let many: Vec<String> = (1000..1020).map(|own| format!("Q{own}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(absent(&many).unwrap().ends_with("Q1011, 8 more"));
    }
}
