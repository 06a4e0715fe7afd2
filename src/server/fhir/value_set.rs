//! The codes of a value set: all of them, or those that its definition composes.

use std::collections::{BTreeSet, HashMap};

use crate::search::{ListedCode, Searcher, Status};

use super::edition::Edition;
use super::filter::{Filter, Values};

/// A value set.
#[derive(Debug, Default)]
pub(super) struct ValueSet {
    /// Its URL, version, name and title, if it has them.
    pub(super) url: Option<String>,
    pub(super) version: Option<String>,
    pub(super) name: Option<String>,
    pub(super) title: Option<String>,
    /// Whether it excludes codes that are not valid on the day.
    pub(super) active_only: bool,
    /// The editions of its codes, each once, in the order in which it names them.
    pub(super) editions: Vec<Edition>,
    /// Included code systems that are not available here.
    pub(super) unknown_systems: Vec<String>,
    /// Its included parts; if empty, all codes.
    pub(super) include: Vec<Part>,
    pub(super) exclude: Vec<Part>,
}

/// An `include` or `exclude`: listed codes, those that pass all filters, those of other sets.
#[derive(Debug)]
pub(super) struct Part {
    /// The edition whose codes it includes or excludes; `None` for all editions.
    pub(super) edition: Option<Edition>,
    /// The listed codes, each with its own display if given.
    pub(super) codes: Option<HashMap<String, Option<String>>>,
    pub(super) filters: Vec<Filter>,
    /// Value sets that must have a code too.
    pub(super) sets: Vec<ValueSet>,
    /// Whether its code system is not available here.
    pub(super) is_foreign: bool,
}

impl ValueSet {
    /// The codes that it lists and that no edition has, as they are written; sorted.
    pub(super) fn unlisted(&self, searcher: &Searcher) -> impl Iterator<Item = String> {
        let parts = self.include.iter().chain(&self.exclude);
        let parts = parts.filter(|part| !part.is_foreign);
        let texts: BTreeSet<&String> = parts
            .filter_map(|own| own.codes.as_ref())
            .flat_map(HashMap::keys)
            .collect();
        let has = |text: &str, edition: &Edition| {
            let code = text.parse().ok();
            code.is_some_and(|code| edition.listed_code(searcher, code).is_some())
        };
        let is_unlisted = |text: &&String| !self.editions.iter().any(|own| has(text, own));
        let unlisted: Vec<String> = texts.into_iter().filter(is_unlisted).cloned().collect();
        unlisted.into_iter()
    }

    /// Its URL with its version, for messages; empty if it has no URL.
    pub(super) fn shown(&self) -> Option<String> {
        let url = self.url.as_deref()?;
        let version = self.version.as_deref();
        Some(version.map_or_else(|| url.to_owned(), |version| format!("{url}|{version}")))
    }

    /// Whether a code of an edition is in it. For an edition that it does not name, only parts
    /// without a version apply.
    pub(super) fn has(&self, listed: &ListedCode<'_>, edition: &Edition) -> bool {
        if self.active_only && listed.status() != Status::Valid {
            return false;
        }
        let is_named = self.editions.contains(edition);
        let values = Values::new(*listed);
        let has = |part: &Part| {
            part.takes(edition, is_named) && part.has(&values) && part.imports(listed, edition)
        };
        (self.include.is_empty() || self.include.iter().any(has)) && !self.exclude.iter().any(has)
    }

    /// The display that it gives a code instead of the code system's.
    pub(super) fn display(&self, listed: &ListedCode<'_>, edition: &Edition) -> Option<&str> {
        let is_named = self.editions.contains(edition);
        let mut parts = self
            .include
            .iter()
            .filter(|part| part.takes(edition, is_named));
        parts.find_map(|part| {
            let own = part.codes.as_ref()?.get(listed.code())?;
            own.as_deref()
        })
    }
}

impl Part {
    fn takes(&self, edition: &Edition, is_named: bool) -> bool {
        !self.is_foreign
            && match &self.edition {
                Some(own) => own == edition || (!is_named && own.release.is_none()),
                None => true,
            }
    }

    fn has(&self, values: &Values<'_>) -> bool {
        let codes = self.codes.as_ref();
        codes.is_none_or(|codes| codes.contains_key(values.code()))
            && self.filters.iter().all(|filter| filter.passes(values))
    }

    fn imports(&self, listed: &ListedCode<'_>, edition: &Edition) -> bool {
        self.sets.iter().all(|set| set.has(listed, edition))
    }
}
