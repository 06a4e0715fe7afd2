//! `Searcher::search`: a question → its answer.

use crate::codeset::{Date, Dose, Kind};
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
use crate::search::question::characters::plain;
use crate::search::question::code_item::{Asked, CodeList};
use crate::search::question::code_list::code_list;
use crate::search::question::filter::{Filter, Standing};
use crate::search::question::query::{Query, Sort};
use crate::search::question::syntax::{Clause, clauses};
use crate::search::question::unknown_values as unlisted;
use crate::search::ranking::order::{Ranked, all_groups, rank};
use crate::search::searcher::Searcher;

impl Searcher {
    /// Answers a question.
    ///
    /// # Errors
    /// The question is empty or too long, or what was read of the index is damaged.
    pub fn search(&self, query: &Query) -> Result<Answer> {
        if let Some(other) = self.codes_without_words(query) {
            let mut answer = self.search(&other)?;
            answer.query.clone_from(&query.text);
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
        let text = plain(&query.text);
        // A whole descriptor is a question of words, even if it contains codes.
        let whole = self.with_descriptor(&text, &filter);
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
        self.check_read()?;
        Ok(answer)
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
            let doc = self.version_on(code, day)?;
            let is_kept = filter.standing(self.reader.store.row(doc)) != Standing::Out;
            if is_kept && !docs.contains(&doc) {
                docs.push(doc);
            }
        }
        (list.left_out.is_empty() && !docs.is_empty()).then_some(docs)
    }

    /// The findings for a code that was asked for by name.
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

    /// Answers a question of words. `whole` are the versions whose descriptor it is; `modifiers`
    /// those whose codes the words are. They come first.
    fn answer_words(
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
        if evaluation.candidates.is_empty()
            && !query.exact
            && !words.groups.is_empty()
            && modifiers.is_empty()
        {
            // The words exist but lead nowhere, on any day and without filters, so they are
            // corrected too.
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
            self.add_replacements(&words, &evaluation, answer);
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
        let limit = query.limit.unwrap_or(Query::USUAL_LIMIT);
        let ranked = self.ranked(query, (&words, &evaluation), docs, &first);
        let page = ranked.iter().take(limit).zip(query.offset + 1..);
        let mut run = Run::default();
        answer.hits.reserve(ranked.len().min(limit));
        let hits = page.filter_map(|(ranked, at)| {
            let is_modifier = modifiers.contains(&ranked.doc);
            let findings = if is_modifier {
                self.asked_by_code(ranked.doc)
            } else {
                let found = (ranked.doc, ranked.groups);
                finder.find(store, found, query.annotations, sources)
            };
            let mut hit = self.hit(at, ranked.doc, answer.as_of, findings)?;
            self.give_unit(&mut hit, ranked.doc, answer.dose.as_ref());
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

    /// The page of candidates that a query requests, in its order.
    fn ranked(
        &self,
        query: &Query,
        (words, evaluation): (&Plan<'_>, &Evaluation),
        mut docs: Vec<Candidate>,
        first: &[u32],
    ) -> Vec<Ranked> {
        let store = &self.reader.store;
        let limit = query.limit.unwrap_or(Query::USUAL_LIMIT);
        let wanted = query.offset.saturating_add(limit);
        match query.sort {
            Sort::Best => {
                let mut ranked = rank(store, words, evaluation, (&docs, wanted), first);
                ranked.drain(..query.offset.min(ranked.len()));
                ranked
            }
            Sort::Code => {
                docs.sort_unstable_by_key(|found| found.doc);
                docs.drain(..query.offset.min(docs.len()));
                docs.truncate(limit);
                let mut ranked = rank(store, words, evaluation, (&docs, docs.len()), first);
                ranked.sort_unstable_by_key(|ranked| ranked.doc);
                ranked
            }
        }
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

    /// Adds the words that were replaced, and those that were not found, to the answer.
    fn add_replacements(&self, plan: &Plan<'_>, evaluation: &Evaluation, answer: &mut Answer) {
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
