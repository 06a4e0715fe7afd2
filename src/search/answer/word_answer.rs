//! A question of words → its answer: the plan, the candidates, the page of hits.

use super::answer::Answer;
use super::finder::{Finder, Findings};
use super::left_out::excludes;
use super::look_alikes::Run;
use super::modifier_words::NamedModifiers;
use crate::error::Result;
use crate::search::list::asked_reasons::by_code;
use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::Evaluation;
use crate::search::plan::plan::{Plan, PlanOptions};
use crate::search::plan::planner::plan;
use crate::search::question::filter::Filter;
use crate::search::question::query::{Query, Sort};
use crate::search::question::syntax::{Clause, clauses};
use crate::search::ranking::fit::contradicted;
use crate::search::ranking::held_sizes::HeldSizes;
use crate::search::ranking::order::{Ranked, rank};
use crate::search::searcher::Searcher;

impl Searcher {
    /// Answers a question of words. `whole` are the versions whose descriptor it is; `modifiers`
    /// those whose codes the words are. They come first.
    pub(super) fn answer_words(
        &self,
        query: &Query,
        (text, whole): (&str, &[u32]),
        filter: &Filter<'_>,
        answer: &mut Answer,
        modifiers: &[u32],
    ) -> Result<()> {
        let store = &self.reader.store;
        // The quotes and hyphens of a whole descriptor are no query syntax.
        let clauses = if whole.is_empty() {
            clauses(text)?
        } else {
            vec![Clause::Words(text.to_owned())]
        };
        let mut first: Vec<u32> = modifiers.iter().chain(whole).copied().collect();
        let mut words = self.planned(query, &clauses, false);
        answer
            .notices
            .extend(self.said_of_excluded(&clauses, &words));
        if words.groups.is_empty() && !excludes(&words) && !query.text.trim().is_empty() {
            answer
                .notices
                .push("the query has no word to search for".to_owned());
            if query.filters.is_empty() {
                return Ok(());
            }
        }
        let find = |plan: &Plan<'_>| self.find(plan, query.annotations, filter);
        let (mut evaluation, mut by_status) = find(&words);
        if evaluation.is_empty && !query.exact && !words.groups.is_empty() && modifiers.is_empty() {
            // The words exist but lead nowhere, on any day and without filters, so they are
            // corrected too.
            let other = self.planned(query, &clauses, true);
            let (again, found) = find(&other);
            if !found.visible.is_empty() {
                (words, evaluation, by_status) = (other, again, found);
            }
        }
        let mut finder = Finder::new(&words, query.notes);
        let sources = &self.manifest().sources;
        if query.notes {
            by_status.retain(|found| finder.is_in_note(store, found.doc));
            first.clear();
        }
        let mut docs = by_status.visible;
        let named = if modifiers.is_empty() && whole.is_empty() && !query.notes {
            self.named_modifiers(
                (&words, &query.text),
                (&evaluation, &docs),
                (filter, answer.as_of),
            )
        } else {
            NamedModifiers::default()
        };
        named.add_to(&mut docs);
        if whole.is_empty() && !query.notes {
            first.extend(self.codes_among(&words, filter, answer));
        }
        first.extend(named.docs.iter().map(|(doc, _)| *doc));
        Self::add_first(&mut docs, &first);
        let sizes = HeldSizes::new(store, &words, &evaluation, &docs);
        if modifiers.is_empty() {
            let known = named.groups() | sizes.unseen;
            self.add_replacements((&words, known), &evaluation, answer);
        }
        self.count((&words, &sizes), &docs, modifiers, answer);
        self.say_unsaid((&words, &sizes), &docs, answer);
        answer.not_yet_valid += by_status.not_yet_valid.len();
        answer.hidden += by_status.terminated.len() + by_status.not_yet_valid.len();
        self.say_left_out((&words, &evaluation), query, filter, answer);
        if query.facets {
            self.count_facets(docs.iter().map(|found| found.doc), answer);
        }
        let limit = query.limit.unwrap_or(Query::USUAL_LIMIT);
        let ranked = self.ranked(query, (&words, &evaluation, &sizes), docs, &first);
        let page = ranked.iter().take(limit).zip(query.offset + 1..);
        let mut run = Run::default();
        answer.hits.reserve(ranked.len().min(limit));
        let hits = page.filter_map(|(ranked, at)| {
            let Candidate { doc, groups, .. } = ranked.found;
            let is_modifier = modifiers.contains(&doc);
            let contradicted = self.contradicted(&words, ranked.found);
            let findings = if is_modifier {
                let code = store.row(doc).code()?;
                Findings {
                    reasons: vec![by_code(code.as_str(), code)],
                    places: &[],
                }
            } else {
                let groups = groups & !contradicted;
                let mut findings = finder.find(store, (doc, groups), query.annotations, sources);
                if named.has(doc) {
                    let code = store.row(doc).code()?;
                    findings.reasons.insert(0, by_code(code.as_str(), code));
                }
                findings
            };
            let mut hit = self.hit(at, doc, answer.as_of, findings)?;
            Self::give_units(&mut hit, answer.dose.as_ref());
            if !is_modifier {
                hit.lacks = words.lacking(sizes.groups(ranked.found), contradicted);
            }
            hit.holds = query.any_time.then(|| self.held(doc)).flatten();
            hit.alike = run.next(self, doc);
            hit.explanation = query.explain.then(|| self.explain(&words, ranked, query));
            Some(hit)
        });
        answer.hits.extend(hits);
        Ok(())
    }

    /// The plan of a question; with `corrects` words that exist are corrected too.
    fn planned(&self, query: &Query, clauses: &[Clause], corrects: bool) -> Plan<'_> {
        let options = PlanOptions {
            exact: query.exact,
            annotations: query.annotations,
            force_corrections: corrects,
            completes: !query.finished,
        };
        let mut words = plan(clauses, &self.reader, options);
        self.exclude_codes(clauses, &mut words);
        words
    }

    /// The documents of candidates in front: those that are named, or have the question as their
    /// descriptor, which no word may have found.
    fn add_first(docs: &mut Vec<Candidate>, first: &[u32]) {
        for doc in first {
            if !docs.iter().any(|found| found.doc == *doc) {
                docs.push(Candidate {
                    doc: *doc,
                    ..Candidate::default()
                });
            }
        }
    }

    /// Counts the candidates and those that have all words that count, and none that is denied; and
    /// the modifiers. A word that no code has is lacking too: the code of another drug is no complete
    /// answer.
    fn count(
        &self,
        (words, sizes): (&Plan<'_>, &HeldSizes<'_, '_>),
        docs: &[Candidate],
        modifiers: &[u32],
        answer: &mut Answer,
    ) {
        let (all, denied) = (words.whole(), words.denied());
        let is_complete = |found: &&Candidate| {
            let has_all = sizes.has_all(**found, all)
                && (found.groups & denied == 0 || self.contradicted(words, **found) == 0);
            has_all || modifiers.contains(&found.doc)
        };
        answer.total = docs.len();
        answer.complete = docs.iter().filter(is_complete).count();
        if !docs.is_empty() && answer.complete == 0 {
            answer.notices.push("no code has all the words".to_owned());
        }
    }

    /// The denied words that a candidate has all the same, as a bit mask.
    pub(super) fn contradicted(&self, words: &Plan<'_>, found: Candidate) -> u64 {
        match found.groups & words.denied() {
            0 => 0,
            denied => contradicted(&self.reader.store, words, found.doc, denied),
        }
    }

    /// The page of candidates that a query requests, in its order.
    fn ranked(
        &self,
        query: &Query,
        (words, evaluation, sizes): (&Plan<'_>, &Evaluation, &HeldSizes<'_, '_>),
        mut docs: Vec<Candidate>,
        first: &[u32],
    ) -> Vec<Ranked> {
        let store = &self.reader.store;
        let limit = query.limit.unwrap_or(Query::USUAL_LIMIT);
        let wanted = query.offset.saturating_add(limit);
        match query.sort {
            Sort::Best => {
                let mut ranked = rank(store, words, evaluation, sizes, (&docs, wanted), first);
                ranked.drain(..query.offset.min(ranked.len()));
                ranked
            }
            Sort::Code => {
                docs.sort_unstable_by_key(|found| found.doc);
                docs.drain(..query.offset.min(docs.len()));
                docs.truncate(limit);
                let mut ranked = rank(store, words, evaluation, sizes, (&docs, docs.len()), first);
                ranked.sort_unstable_by_key(|ranked| ranked.found.doc);
                ranked
            }
        }
    }
}
