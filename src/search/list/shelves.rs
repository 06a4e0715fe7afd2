//! Shelves: the code set by hundreds, for browsing, and a code's neighbours.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::codeset::{Code, Date, Kind};
use crate::index::store::bytes::partition;
use crate::search::question::filter::Filter;
use crate::search::question::query::Query;
use crate::search::question::standing::Standing;
use crate::search::searcher::Searcher;

/// A hundred of procedure codes, such as `J15` for J1500 to J1599, or all modifiers.
///
/// The release files have no finer headings than the section, which is the first letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shelf {
    /// The first three characters of its codes; empty for the modifiers.
    pub prefix: String,
    /// How many of its codes are valid on the day.
    pub valid: usize,
    /// How many of its codes are terminated or not yet valid on the day.
    pub not_valid: usize,
}

impl Searcher {
    /// The shelves that have a code, in code order, the modifiers last.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let shelves = searcher.shelves(Some("2026-02-01".parse()?));
    /// let shelf = shelves.iter().find(|shelf| shelf.prefix == "J15");
    /// assert!(shelf.is_some_and(|shelf| shelf.valid > 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn shelves(&self, as_of: Option<Date>) -> Vec<Shelf> {
        let query = Query::default();
        let filter = Filter::new(
            &query,
            as_of.unwrap_or_else(Date::today),
            &self.reader.calendar,
        );
        let store = &self.reader.store;
        let mut counts: BTreeMap<(bool, String), (usize, usize)> = BTreeMap::new();
        for doc in 0..store.len() {
            let row = store.row(doc);
            let Some(code) = row.code() else { continue };
            let is_modifier = code.kind() == Kind::Modifier;
            let prefix = if is_modifier { "" } else { &code.as_str()[..3] };
            let count = counts.entry((is_modifier, prefix.to_owned())).or_default();
            match filter.standing(row) {
                Standing::Visible => count.0 += 1,
                Standing::Terminated | Standing::NotYetValid => count.1 += 1,
                Standing::Out => {}
            }
        }
        let counted = |((_, prefix), (valid, not_valid))| Shelf {
            prefix,
            valid,
            not_valid,
        };
        let all = counts.into_iter().map(counted);
        all.filter(|own| own.valid + own.not_valid > 0).collect()
    }

    /// The codes before and after a code in code order, valid on the day or not.
    #[must_use]
    pub fn neighbours(&self, code: Code) -> (Option<Code>, Option<Code>) {
        let store = &self.reader.store;
        let bytes = code.bytes();
        let first = partition(store.len(), |doc| store.row(doc).code_bytes() < bytes);
        let behind = partition(store.len(), |doc| store.row(doc).code_bytes() <= bytes);
        let of_kind = |doc: u32| {
            let own = store.row(doc).code()?;
            (own.kind() == code.kind()).then_some(own)
        };
        let before = first.checked_sub(1).and_then(of_kind);
        let after = (behind < store.len()).then(|| of_kind(behind)).flatten();
        (before, after)
    }
}
