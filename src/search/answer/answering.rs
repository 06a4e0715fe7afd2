//! `Searcher::search`: a question → its answer.

use crate::codeset::{Code, CodeSpan, Date, Kind};
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
use crate::search::plan::role::Role;
use crate::search::question::filter::{Filter, Standing};
use crate::search::question::query::Query;
use crate::search::question::syntax::{Clause, Codes, clauses, codes};
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
            Some(Codes::Spans(spans)) if spans.iter().all(is_modifier) => {
                // Two letters may be a word too: `sq cm`.
                let first = self.visible(&spans, &filter, &mut answer);
                self.answer_words(query, &filter, &mut answer, &first)?;
            }
            Some(Codes::Spans(spans)) => self.answer_codes(query, &spans, &filter, &mut answer),
            Some(Codes::NotCovered(why)) => {
                answer
                    .notices
                    .push(format!("{} is {why}", query.text.trim()));
            }
            None => self.answer_words(query, &filter, &mut answer, &[])?,
        }
        if answer.total == 0 {
            self.explain_nothing(query, &mut answer)?;
        }
        Ok(answer)
    }

    /// The versions of the codes of spans that answer, in the order asked. What does not is
    /// added to what the answer says it hides or did not find.
    fn visible(&self, spans: &[CodeSpan], filter: &Filter<'_>, answer: &mut Answer) -> Vec<u32> {
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
        docs
    }

    fn answer_codes(
        &self,
        query: &Query,
        spans: &[CodeSpan],
        filter: &Filter<'_>,
        answer: &mut Answer,
    ) {
        let docs = self.visible(spans, filter, answer);
        answer.total = docs.len();
        answer.complete = docs.len();
        answer.facets = query
            .facets
            .then(|| facet::count(&self.reader.store, docs.iter().copied()));
        let page = docs.iter().enumerate().skip(query.offset).take(query.limit);
        let mut run = Run::default();
        answer.hits = page
            .filter_map(|(at, doc)| {
                let findings = self.asked_by_code(*doc);
                let mut hit = self.hit(at + 1, *doc, answer.as_of, findings)?;
                hit.holds = query.any_time.then(|| self.held(*doc)).flatten();
                hit.alike = run.next(&self.reader.store, *doc, hit.code);
                Some(hit)
            })
            .collect();
    }

    /// Why a code is an answer that was asked for by itself.
    fn asked_by_code(&self, doc: u32) -> Findings<'static> {
        let code = self.reader.store.text(doc, Field::Code);
        let reason = Reason {
            asked: code.into(),
            found: code.into(),
            field: Field::Code,
            via: Via::Code,
            through: String::new(),
            snippet: String::new(),
            source: None,
        };
        Findings {
            reasons: vec![reason],
            places: &[],
        }
    }

    /// Answers words. `modifiers` are those that the words are codes of; they come first.
    fn answer_words(
        &self,
        query: &Query,
        filter: &Filter<'_>,
        answer: &mut Answer,
        modifiers: &[u32],
    ) -> Result<()> {
        let store = &self.reader.store;
        let whole = self.with_descriptor(&query.text, filter);
        // A descriptor that is typed whole is words, whatever marks stand in it.
        let clauses = if whole.is_empty() {
            clauses(&query.text)?
        } else {
            vec![Clause::Words(query.text.clone())]
        };
        let mut first: Vec<u32> = modifiers.iter().copied().chain(whole).collect();
        let mut options = PlanOptions {
            exact: query.exact,
            annotations: query.annotations,
            force_corrections: false,
        };
        let mut words = plan(&clauses, &self.reader, options);
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
        if sorted.is_empty() && !query.exact && !words.groups.is_empty() && modifiers.is_empty() {
            // What was asked for exists, but leads nowhere, on any day and without a filter.
            options.force_corrections = true;
            let other = plan(&clauses, &self.reader, options);
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
            first.clear();
        }
        let mut docs = sorted.visible;
        for doc in &first {
            if !docs.iter().any(|found| found.doc == *doc) {
                docs.push(Candidate {
                    doc: *doc,
                    ..Candidate::default()
                });
            }
        }
        if modifiers.is_empty() {
            self.tell_words(&words, &evaluation, answer);
        }
        let all = all_groups(&evaluation) & words.whole();
        answer.total = docs.len();
        let is_complete =
            |found: &&Candidate| modifiers.contains(&found.doc) || found.groups & all == all;
        answer.complete = docs.iter().filter(is_complete).count();
        if docs.len() > 1 && answer.complete == 0 {
            answer.notices.push("no code has all the words".to_owned());
        }
        answer.not_yet_valid += sorted.not_yet_valid.len();
        answer.hidden += sorted.terminated.len() + sorted.not_yet_valid.len();
        answer.facets = query
            .facets
            .then(|| facet::count(store, docs.iter().map(|found| found.doc)));
        let wanted = query.offset.saturating_add(query.limit);
        let ranked = rank(store, &words, &evaluation, (&docs, wanted), &first);
        let page = ranked
            .iter()
            .enumerate()
            .skip(query.offset)
            .take(query.limit);
        let mut run = Run::default();
        answer.hits.reserve(page.len());
        let hits = page.filter_map(|(at, ranked)| {
            let is_modifier = modifiers.contains(&ranked.doc);
            let findings = if is_modifier {
                self.asked_by_code(ranked.doc)
            } else {
                let found = (ranked.doc, ranked.groups);
                finder.find(store, found, query.annotations, sources)
            };
            let mut hit = self.hit(at + 1, ranked.doc, answer.as_of, findings)?;
            if !is_modifier {
                hit.lacks = words.lacking(ranked.groups);
            }
            hit.holds = query.any_time.then(|| self.held(ranked.doc)).flatten();
            hit.alike = run.next(store, ranked.doc, hit.code);
            hit.explanation = query.explain.then(|| self.explain(&words, ranked, query));
            Some(hit)
        });
        answer.hits.extend(hits);
        Ok(())
    }

    /// The versions that answer whose long or short descriptor the question is, those that are
    /// written as it is first.
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
            if group.role == Role::Part {
                continue;
            }
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
        let plan = plan(&clauses, &self.reader, options);
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

fn is_modifier(span: &CodeSpan) -> bool {
    span.kind() == Kind::Modifier
}
