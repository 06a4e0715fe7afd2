//! `Searcher::search`: a question → its answer.

use crate::codeset::{Code, CodeSpan, Date};
use crate::error::Result;
use crate::index::Field;

use super::answer::{Answer, Replacement};
use super::facet;
use super::facet::Facets;
use super::look_alikes::Run;
use super::reason::{Finder, Findings, Reason};
use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::Evaluation;
use crate::search::plan::plan::{Alternative, Plan, PlanOptions, Via};
use crate::search::plan::planner::plan;
use crate::search::question::filter::{Filter, Standing};
use crate::search::question::query::Query;
use crate::search::question::syntax::{Codes, clauses, codes};
use crate::search::question::unknown_values as unlisted;
use crate::search::ranking::order::{all_groups, rank};
use crate::search::searcher::Searcher;

impl Searcher {
    /// Answers a question.
    ///
    /// # Errors
    /// The question is empty or too long.
    pub fn search(&self, query: &Query) -> Result<Answer> {
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
        match codes(&query.text, |code| !self.rows(code.into()).is_empty()) {
            Some(Codes::Spans(spans)) => self.answer_codes(query, &spans, &filter, &mut answer),
            Some(Codes::NotCovered(why)) => {
                answer
                    .notices
                    .push(format!("{} is {why}", query.text.trim()));
            }
            None => self.answer_words(query, &filter, &mut answer)?,
        }
        if answer.total == 0 {
            self.explain_nothing(query, &mut answer)?;
        }
        Ok(answer)
    }

    fn answer_codes(
        &self,
        query: &Query,
        spans: &[CodeSpan],
        filter: &Filter<'_>,
        answer: &mut Answer,
    ) {
        let mut docs: Vec<u32> = Vec::new();
        for span in spans {
            let mut known = false;
            for doc in self.rows(*span) {
                known = true;
                match filter.standing(self.reader.store.row(doc)) {
                    Standing::Visible if !docs.contains(&doc) => docs.push(doc),
                    Standing::Terminated => answer.hidden += 1,
                    Standing::NotYetValid => {
                        answer.hidden += 1;
                        answer.not_yet_valid += 1;
                    }
                    _ => {}
                }
            }
            let (first, last) = span.bounds();
            if !known && first == last {
                let code = Code::from_bytes(first.trim_ascii_end());
                answer
                    .not_found
                    .extend(code.ok().map(|code| code.to_string()));
            }
        }
        answer.total = docs.len();
        answer.complete = docs.len();
        answer.facets = query
            .facets
            .then(|| facet::count(&self.reader.store, docs.iter().copied()));
        let page = docs.iter().enumerate().skip(query.offset).take(query.limit);
        let mut run = Run::default();
        answer.hits = page
            .filter_map(|(at, doc)| {
                let code = self.reader.store.text(*doc, Field::Code);
                let reason = Reason {
                    asked: code.into(),
                    found: code.into(),
                    field: Field::Code,
                    via: Via::Code,
                    through: String::new(),
                    snippet: String::new(),
                    source: None,
                };
                let findings = Findings {
                    reasons: vec![reason],
                    places: &[],
                };
                let mut hit = self.hit(at + 1, *doc, answer.as_of, findings)?;
                hit.holds = query.any_time.then(|| self.held(*doc)).flatten();
                hit.alike = run.next(&self.reader.store, *doc, hit.code);
                Some(hit)
            })
            .collect();
    }

    fn answer_words(&self, query: &Query, filter: &Filter<'_>, answer: &mut Answer) -> Result<()> {
        let clauses = clauses(&query.text)?;
        let store = &self.reader.store;
        let mut options = PlanOptions {
            exact: query.exact,
            annotations: query.annotations,
            force_corrections: false,
        };
        let mut words = plan(&clauses, store, options);
        if words.groups.is_empty() && words.excluded.is_empty() && !query.text.trim().is_empty() {
            answer
                .notices
                .push("the query has no word to search for".to_owned());
            if query.filters.is_empty() {
                return Ok(());
            }
        }
        let find = |plan: &Plan<'_>| self.find(plan, query.annotations, filter);
        let (mut evaluation, mut sorted) = find(&words);
        if sorted.is_empty() && !query.exact && !words.groups.is_empty() {
            // What was asked for exists, but leads nowhere, on any day and without a filter.
            options.force_corrections = true;
            let other = plan(&clauses, store, options);
            let (again, found) = find(&other);
            if !found.visible.is_empty() {
                (words, evaluation, sorted) = (other, again, found);
            }
        }
        let mut finder = Finder::new(&words, query.notes);
        let sources = &self.manifest().sources;
        if query.notes {
            let in_note = |found: &Candidate| finder.is_in_note(store, found.doc);
            sorted.visible.retain(in_note);
            sorted.terminated.retain(in_note);
            sorted.not_yet_valid.retain(in_note);
        }
        self.tell_words(&words, &evaluation, answer);
        let all = all_groups(&evaluation);
        let docs = sorted.visible;
        answer.total = docs.len();
        answer.complete = docs
            .iter()
            .filter(|found| found.groups & all == all)
            .count();
        answer.not_yet_valid = sorted.not_yet_valid.len();
        answer.hidden = sorted.terminated.len() + answer.not_yet_valid;
        answer.facets = query
            .facets
            .then(|| facet::count(store, docs.iter().map(|found| found.doc)));
        let wanted = query.offset.saturating_add(query.limit);
        let ranked = rank(store, &words, &evaluation, &docs, wanted);
        let page = ranked
            .iter()
            .enumerate()
            .skip(query.offset)
            .take(query.limit);
        let mut run = Run::default();
        answer.hits.reserve(page.len());
        let hits = page.filter_map(|(at, ranked)| {
            let findings = finder.find(
                store,
                (ranked.doc, ranked.groups),
                query.annotations,
                sources,
            );
            let mut hit = self.hit(at + 1, ranked.doc, answer.as_of, findings)?;
            hit.holds = query.any_time.then(|| self.held(ranked.doc)).flatten();
            hit.alike = run.next(store, ranked.doc, hit.code);
            hit.explanation = query.explain.then(|| self.explain(&words, ranked, query));
            Some(hit)
        });
        answer.hits.extend(hits);
        Ok(())
    }

    /// Tells which words were searched for in place of others, and which were not found.
    fn tell_words(&self, plan: &Plan<'_>, evaluation: &Evaluation, answer: &mut Answer) {
        let terms = self.reader.store.terms();
        for (group, found) in plan.groups.iter().zip(&evaluation.doc_freq) {
            let replaced = |via: Via| matches!(via, Via::Correction | Via::Spelling | Via::Joined);
            let replacing = |via: Via| replaced(via) || via == Via::Inflection;
            let all_replaced = !group.alternatives.is_empty()
                && group
                    .alternatives
                    .iter()
                    .all(|alternative| replacing(alternative.via));
            if *found == 0 {
                answer.not_found.push(group.asked.clone());
            } else if all_replaced && replaced(group.alternatives[0].via) {
                let instead = group.alternatives.iter().map(|alternative| {
                    let words: Vec<&str> = alternative
                        .terms()
                        .iter()
                        .map(|ord| terms.term(*ord))
                        .collect();
                    words.join(" ")
                });
                let (asked, instead) = (group.asked.clone(), instead.collect());
                answer.searched_instead.push(Replacement { asked, instead });
            }
        }
        if plan.is_cut {
            let most = crate::search::plan::plan::MOST_GROUPS;
            answer
                .notices
                .push(format!("only the first {most} words were searched for"));
        }
    }

    /// The terms that a misspelt word may stand for.
    pub(crate) fn corrections_of(&self, word: &str, options: PlanOptions) -> Vec<String> {
        let store = &self.reader.store;
        let clauses = clauses(word).unwrap_or_default();
        let plan = plan(&clauses, store, options);
        let ords = plan.groups.iter().flat_map(|group| &group.alternatives);
        let ords = ords.flat_map(Alternative::terms);
        ords.map(|ord| store.terms().term(*ord).to_owned())
            .collect()
    }

    fn blank_answer(&self, query: &Query, day: Date) -> Answer {
        let age = self.age(day);
        let notable = age.as_ref().filter(|age| age.is_notable());
        Answer {
            query: query.text.clone(),
            release: self.release_on(day),
            release_scope: self.scope_on(day),
            as_of: day,
            notices: notable.map(ToString::to_string).into_iter().collect(),
            age,
            total: 0,
            complete: 0,
            hidden: 0,
            not_yet_valid: 0,
            searched_instead: Vec::new(),
            not_found: Vec::new(),
            facets: query.facets.then(Facets::default),
            hits: Vec::new(),
        }
    }
}
