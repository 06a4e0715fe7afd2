//! `Searcher::search`: a question → its answer.

use std::borrow::Cow;

use crate::codeset::{Date, Dose, Kind};
use crate::error::Result;

use super::answer::Answer;
use super::facet;
use super::facet::Facets;
use crate::search::day_facts::unclear_notice;
use crate::search::list::list_query::behind_end;
use crate::search::plan::plan::{Alternative, PlanOptions};
use crate::search::plan::planner::plan;
use crate::search::question::characters::plain;
use crate::search::question::code_item::{Asked, CodeList};
use crate::search::question::code_list::code_list;
use crate::search::question::filter::Filter;
use crate::search::question::filter_words;
use crate::search::question::query::Query;
use crate::search::question::set_aside::set_aside;
use crate::search::question::standing::Standing;
use crate::search::question::syntax::clauses;
use crate::search::question::unknown_values as unlisted;
use crate::search::question::written_out::written_out;
use crate::search::searcher::Searcher;

impl Searcher {
    /// Answers a question.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// use hcpcs::Query;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let day = Some("2026-02-01".parse()?);
    /// let answer = searcher.search(&Query { text: "hemin".into(), as_of: day, ..Query::default() })?;
    /// assert_eq!(answer.hits[0].code.as_str(), "J1640");
    ///
    /// let list = searcher.search(&Query { text: "J1640 J1443".into(), as_of: day, ..Query::default() })?;
    /// assert_eq!(list.asked[1].verdict.name(), "terminated");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The question is empty or too long, or what was read of the index is damaged.
    pub fn search(&self, query: &Query) -> Result<Answer> {
        if let Some(other) = self.codes_without_words(query) {
            let mut answer = self.search(&other)?;
            answer.query.clone_from(&query.text);
            return Ok(answer);
        }
        let plain = plain(&query.text);
        if let Some(answer) = self.words_in_range(query, &plain)? {
            return Ok(answer);
        }
        let day = query.as_of.unwrap_or_else(Date::today);
        let filter = Filter::new(query, day, &self.reader.calendar);
        let mut answer = self.blank_answer(query, day);
        let unlisted = unlisted::notices(&query.filters, &self.reader.store);
        answer.notices.extend(unlisted);
        let is_blank = query.text.trim().is_empty();
        if is_blank && query.filters.is_empty() {
            let reason = "nothing is asked; give words, a code or a filter";
            return Err(crate::Error::query(reason));
        }
        // A whole descriptor is a question of words, even if it contains codes.
        let mut whole = self.with_descriptor(&plain, &filter);
        let mut text = plain.clone();
        if whole.is_empty()
            && let Cow::Owned(written) = written_out(&plain)
        {
            whole = self.with_descriptor(&written, &filter);
            text = Cow::Owned(written);
        }
        if whole.is_empty() {
            let aside = set_aside(&text);
            answer.notices.extend(aside.notices());
            answer.notices.extend(filter_words::notices(&text));
            if let Cow::Owned(rest) = aside.rest {
                text = Cow::Owned(rest);
            }
        }
        let list = code_list(&text, self).filter(|_| whole.is_empty());
        match list
            .as_ref()
            .map(|list| (list, self.modifiers(list, &filter, day)))
        {
            // Two letters may also be a word: `sq cm`.
            Some((_, Some(modifiers))) => {
                self.answer_words(query, (&text, &[]), &filter, &mut answer, &modifiers)?;
            }
            Some((list, None)) => self.answer_codes(query, list, &filter, &mut answer)?,
            None => self.answer_words(query, (&text, &whole), &filter, &mut answer, &[])?,
        }
        if answer.total == 0 {
            self.explain_nothing(query, &mut answer)?;
        }
        let unclear = answer.hits.iter().filter(|hit| hit.unclear.is_some());
        let unclear = unclear_notice(unclear.map(|hit| hit.code.as_str()), answer.as_of);
        answer.notices.extend(unclear);
        let behind = behind_end(query.offset, answer.total);
        answer.notices.extend(behind);
        self.check_read()?;
        Ok(answer)
    }

    /// Counts the versions that match by their values, and says how many of them are in doubt.
    pub(crate) fn count_facets(
        &self,
        docs: impl Iterator<Item = u32> + Clone,
        answer: &mut Answer,
    ) {
        answer.facets = Some(facet::count(&self.reader.store, docs.clone()));
        answer
            .notices
            .extend(self.unclear_among(docs, answer.as_of));
    }

    /// The modifiers of a list that has nothing else. They are answered whether valid on the day or
    /// not, since they are named.
    fn modifiers(&self, list: &CodeList, filter: &Filter<'_>, day: Date) -> Option<Vec<u32>> {
        let mut docs = Vec::new();
        for item in &list.items {
            let Asked::Code(code) = item.what else {
                return None;
            };
            if code.kind() != Kind::Modifier {
                return None;
            }
            let versions = if filter.has_all_versions() {
                self.rows(code.into())
            } else {
                vec![self.version_on(code, day)?]
            };
            let is_kept = |doc: &u32| {
                filter.standing(self.reader.store.row(*doc)) != Standing::Out && !docs.contains(doc)
            };
            let kept: Vec<u32> = versions.into_iter().filter(is_kept).collect();
            docs.extend(kept);
        }
        (list.left_out.is_empty() && !docs.is_empty()).then_some(docs)
    }

    /// The versions whose whole long or short descriptor is the question; those with the same
    /// spelling come first.
    fn with_descriptor(&self, text: &str, filter: &Filter<'_>) -> Vec<u32> {
        let store = &self.reader.store;
        let mut docs = store.with_descriptor(text);
        docs.retain(|doc| filter.standing(store.row(*doc)) == Standing::Visible);
        let is_written_so = |doc: &u32| {
            let (long, short) = store.descriptors(*doc);
            let text = text.trim();
            long.eq_ignore_ascii_case(text) || short.eq_ignore_ascii_case(text)
        };
        docs.sort_by_key(|doc| !is_written_so(doc));
        docs
    }

    /// The candidate corrections of a word.
    pub(crate) fn corrections_of(&self, word: &str, options: PlanOptions) -> Vec<String> {
        let store = &self.reader.store;
        let clauses = clauses(word).unwrap_or_default();
        let plan = plan(&clauses, &self.reader, options);
        let ords = plan.groups.iter().flat_map(|group| &group.alternatives);
        let ords = ords.flat_map(Alternative::terms);
        ords.map(|ord| store.terms().term(*ord).to_owned())
            .collect()
    }

    fn blank_answer(&self, query: &Query, day: Date) -> Answer {
        let facts = self.day_facts(day);
        let notable = facts.age.as_ref().filter(|age| age.is_notable());
        Answer {
            query: query.text.clone(),
            release: facts.release.clone(),
            release_scope: facts.scope.clone(),
            as_of: day,
            notices: notable.map(ToString::to_string).into_iter().collect(),
            age: facts.age.clone(),
            total: 0,
            complete: 0,
            hidden: 0,
            not_yet_valid: 0,
            searched_instead: Vec::new(),
            not_found: Vec::new(),
            asked: Vec::new(),
            facets: query.facets.then(Facets::default),
            dose: Dose::find(&query.text),
            hits: Vec::new(),
        }
    }
}
