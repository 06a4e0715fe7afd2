//! Prefix search for pick-lists: every word must be a prefix of some word of the code's text.

use super::list_query::{List, ListQuery};
use super::listed_code::ListedCode;
use crate::codeset::{Code, Date, Kind};
use crate::error::{Error, Result};
use crate::history::Status;
use crate::index::Field;
use crate::release::ReleaseId;
use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::evaluate;
use crate::search::question::filter::Filter;
use crate::search::question::query::Query;
use crate::search::question::standing::Standing;
use crate::search::ranking::held_sizes::HeldSizes;
use crate::search::ranking::order::rank;
use crate::search::searcher::Searcher;

impl Searcher {
    /// A code as of a day. `None` if no release has it.
    #[must_use]
    pub fn listed_code(&self, code: Code, day: Date) -> Option<ListedCode<'_>> {
        let doc = self.version_on(code, day)?;
        Some(ListedCode::new(self, doc, day, None))
    }

    /// A code as an indexed release lists it, with its status on a day. `None` if that release does
    /// not list it.
    #[must_use]
    pub fn listed_in(&self, code: Code, release: &ReleaseId, day: Date) -> Option<ListedCode<'_>> {
        let release = self.reader.calendar.number(release)?;
        let store = &self.reader.store;
        let mut docs = self.rows(code.into()).into_iter();
        let doc = docs.find(|doc| store.row(*doc).is_listed_in(release))?;
        Some(ListedCode::new(self, doc, day, Some(release)))
    }

    /// The codes that have all prefixes of the query and that `keep` accepts.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// use hcpcs::search::ListQuery;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let query = ListQuery { words: "glycopyr inj".into(), ..ListQuery::default() };
    /// let list = searcher.list(&query, |_| true)?;
    /// assert_eq!(list.page[0].code(), "J1596");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// There are too many words, or the release is not indexed.
    pub fn list(
        &self,
        query: &ListQuery,
        keep: impl Fn(&ListedCode<'_>) -> bool,
    ) -> Result<List<'_>> {
        let day = query.as_of.unwrap_or_else(Date::today);
        let all = Query {
            terminated: query.terminated,
            ..Query::default()
        };
        let calendar = &self.reader.calendar;
        let release = match &query.release {
            None => None,
            Some(id) => Some(calendar.number(id).ok_or_else(|| {
                let reason = format!("release {id} is not indexed");
                Error::query(reason)
            })?),
        };
        let filter = Filter::new(&all, day, calendar).of_release(release);
        let (beginnings, plan) = self.beginnings(&query.words)?;
        if plan.groups.is_empty() && !query.words.trim().is_empty() {
            let page = Vec::new();
            return Ok(List { total: 0, page });
        }
        let (evaluation, candidates) = evaluate(
            &self.reader,
            &plan,
            false,
            |_, found| found.to_vec(),
            |own| own,
        );
        let has_all = evaluation.all_groups();
        let leads = plan.groups.len() == has_all.count_ones() as usize;
        let listed = |doc| ListedCode::new(self, doc, day, release);
        let (mut in_force, mut others): (Vec<Candidate>, Vec<Candidate>) = (Vec::new(), Vec::new());
        for candidate in candidates {
            let row = self.reader.store.row(candidate.doc);
            let fits = leads
                && candidate.groups & has_all == has_all
                && filter.standing(row) == Standing::Visible
                && self.occur_in(candidate.doc, &beginnings, &query.fields)
                && keep(&listed(candidate.doc));
            match fits.then(|| row.life().status(day) == Status::Valid) {
                Some(true) => in_force.push(candidate),
                Some(false) => others.push(candidate),
                None => {}
            }
        }
        // A modifier's code is no term: as a word, two letters mean too much else.
        let named = self.modifier_named(query).filter(|doc| {
            filter.standing(self.reader.store.row(*doc)) == Standing::Visible && keep(&listed(*doc))
        });
        in_force.retain(|candidate| Some(candidate.doc) != named);
        others.retain(|candidate| Some(candidate.doc) != named);
        let total = in_force.len() + others.len() + usize::from(named.is_some());
        let wanted = query.offset.saturating_add(query.limit);
        let store = &self.reader.store;
        let ranked = [in_force, others].into_iter().flat_map(|own| {
            let sizes = HeldSizes::new(store, &plan, &evaluation, &own);
            rank(store, &plan, &evaluation, &sizes, (&own, wanted), &[])
        });
        let docs = named
            .into_iter()
            .chain(ranked.map(|ranked| ranked.found.doc));
        let page = docs.skip(query.offset).take(query.limit);
        let page = page.map(listed).collect();
        Ok(List { total, page })
    }

    /// The version of the modifier that is the whole query, if codes are searched.
    fn modifier_named(&self, query: &ListQuery) -> Option<u32> {
        let code: Code = query.words.trim().parse().ok()?;
        let is_asked = code.kind() == Kind::Modifier && query.fields.contains(&Field::Code);
        let day = query.as_of.unwrap_or_else(Date::today);
        let mut docs = self.rows(code.into()).into_iter().filter(|_| is_asked);
        match &query.release {
            None => docs.next().and_then(|_| self.version_on(code, day)),
            Some(release) => {
                let release = self.reader.calendar.number(release)?;
                docs.find(|doc| self.reader.store.row(*doc).is_listed_in(release))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::searcher::of_starter_set;

    fn codes(searcher: &Searcher, words: &str) -> Vec<String> {
        let query = ListQuery {
            words: words.into(),
            limit: 1000,
            ..ListQuery::default()
        };
        let list = searcher.list(&query, |_| true).unwrap();
        assert_eq!(list.total, list.page.len());
        list.page.iter().map(|one| one.code().to_owned()).collect()
    }

    #[test]
    fn every_word_is_a_beginning() {
        let (_folder, searcher) = of_starter_set();
        let mut found = codes(&searcher, "glycopyr");
        found.sort_unstable();
        assert_eq!(found, ["J1596", "J1597", "J1598", "J7642", "J7643"]);
        assert_eq!(codes(&searcher, "j1640"), ["J1640"]);
        assert!(codes(&searcher, "J16").len() > 3);
        // every code is found alone, modifiers too, each once
        let all = searcher.list(
            &ListQuery {
                limit: usize::MAX,
                ..ListQuery::default()
            },
            |_| true,
        );
        for one in all.unwrap().page {
            let found = codes(&searcher, &one.code().to_lowercase());
            let own = found.iter().filter(|code| *code == one.code());
            assert_eq!(own.count(), 1, "{}: {found:?}", one.code());
            let is_modifier = one
                .parsed_code()
                .is_some_and(|own| own.kind() == Kind::Modifier);
            assert!(!is_modifier || found[0] == one.code(), "{found:?}");
        }
        assert_eq!(codes(&searcher, "glycopyr zzzz"), [""; 0]);
        assert_eq!(codes(&searcher, "---"), [""; 0]);
        let backwards = codes(&searcher, "inj glyco");
        assert!(!backwards.is_empty(), "the order of words does not matter");
    }

    #[test]
    fn all_codes_in_their_order_the_ended_last() {
        let (_folder, searcher) = of_starter_set();
        let all = searcher.list(
            &ListQuery {
                limit: usize::MAX,
                ..ListQuery::default()
            },
            |_| true,
        );
        let all = all.unwrap();
        let ended = |one: &&ListedCode<'_>| one.status() != Status::Valid;
        let valid: Vec<&str> = all.page.iter().map(ListedCode::code).collect();
        let first_ended = all.page.len() - all.page.iter().filter(ended).count();
        assert!(all.page[first_ended..].iter().all(|one| ended(&one)));
        assert!(valid[..first_ended].is_sorted());
        let kept = searcher.list(&ListQuery::default(), |one| one.code() == "J1440");
        assert_eq!(kept.unwrap().total, 1);
    }
}
