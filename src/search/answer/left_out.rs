//! What a question excludes: codes by name, pattern or range, `-E014*`; and what is said of it.

use super::answer::Answer;
use crate::codeset::CodeSpan;
use crate::search::matching::evaluation::Evaluation;
use crate::search::plan::plan::{Group, Plan};
use crate::search::question::code_item::KnownCodes;
use crate::search::question::code_left_out::LONGEST_MODIFIER;
use crate::search::question::code_word::codes;
use crate::search::question::filter::Filter;
use crate::search::question::query::Query;
use crate::search::question::standing::Standing;
use crate::search::question::syntax::Clause;
use crate::search::searcher::Searcher;

/// What stands behind an excluded code and is no part of it.
const BEHIND: [char; 4] = [',', ';', '.', ')'];
/// The maximum of codes that a notice names.
const MOST_NAMED: usize = 5;

impl Searcher {
    /// Takes the codes that a question excludes. What only mentions such a code stays: `not
    /// therapeutically equivalent to j0690`. A modifier's code is a word too.
    pub(super) fn exclude_codes(&self, clauses: &[Clause], plan: &mut Plan<'_>) {
        let codes = self.codes_left_out(clauses);
        plan.excluded_codes = codes.flat_map(|(_, spans)| spans).collect();
        let is_word = |text: &str| text.len() <= LONGEST_MODIFIER || self.spans(text).is_empty();
        plan.excluded.retain(|group| is_word(&group.asked));
    }

    /// The excluded words that name codes, and the codes.
    fn codes_left_out<'c>(
        &self,
        clauses: &'c [Clause],
    ) -> impl Iterator<Item = (&'c str, Vec<CodeSpan>)> {
        let words = clauses.iter().filter_map(|clause| match clause {
            Clause::Not(text) => Some(text.trim_end_matches(BEHIND)),
            _ => None,
        });
        let words = words.map(|text| (text, self.spans(text)));
        words.filter(|(_, spans)| !spans.is_empty())
    }

    /// The codes that a word names.
    fn spans(&self, text: &str) -> Vec<CodeSpan> {
        let items = codes(text.trim_end_matches(BEHIND), false, self);
        let items = items.into_iter().flatten();
        items.filter_map(|item| item.what.span()).collect()
    }

    /// A notice of each excluded word that no text has, of each code that no release has, and of
    /// several codes: behind one `not` may stand what is asked for.
    pub(super) fn said_of_excluded(&self, clauses: &[Clause], plan: &Plan<'_>) -> Vec<String> {
        let words = plan
            .excluded
            .iter()
            .filter(|own| own.alternatives.is_empty() && self.spans(&own.asked).is_empty());
        let words = words.map(|own| format!("no text has \"{}\"", own.asked));
        let named: Vec<(&str, Vec<CodeSpan>)> = self.codes_left_out(clauses).collect();
        let unknown = named
            .iter()
            .filter(|(_, spans)| !spans.iter().any(|span| self.has(*span)));
        let unknown = unknown.map(|(text, _)| format!("no release has the code {text}"));
        let vain = words.chain(unknown);
        let vain = vain.map(|why| why + ", so it excludes nothing");
        let named: Vec<&str> = named.iter().map(|(text, _)| *text).collect();
        let several = (named.len() > 1).then(|| format!("left out: {}", first_of(&named)));
        vain.chain(several).collect()
    }

    /// Says what an excluded word left out unseen, and whether all codes are left out.
    pub(super) fn say_left_out(
        &self,
        (plan, evaluation): (&Plan<'_>, &Evaluation),
        query: &Query,
        filter: &Filter<'_>,
        answer: &mut Answer,
    ) {
        let store = &self.reader.store;
        let is_visible = |doc| filter.standing(store.row(doc)) == Standing::Visible;
        let unseen = self.excludes_unseen(plan, evaluation, is_visible);
        let has_none = answer.total + answer.hidden == 0 && !evaluation.is_empty;
        if has_none && unseen.is_empty() && excludes(plan) && query.filters.is_empty() {
            let none = "what the question leaves out leaves no code";
            answer.notices.push(none.to_owned());
        }
        answer.notices.extend(unseen);
    }

    /// A notice of each excluded word that leaves out codes with all the other words, and is not
    /// in their descriptors.
    fn excludes_unseen(
        &self,
        plan: &Plan<'_>,
        evaluation: &Evaluation,
        is_visible: impl Fn(u32) -> bool,
    ) -> Vec<String> {
        let all = plan.whole();
        let notice = |(at, group): (usize, &Group<'_>)| {
            let unseen = evaluation.left_out_unseen.iter();
            let unseen = unseen.filter(|(by, found)| {
                *by == at && found.groups & all == all && is_visible(found.doc)
            });
            let mut codes: Vec<String> = unseen
                .filter_map(|(_, found)| Some(self.reader.store.row(found.doc).code()?.to_string()))
                .collect();
            codes.sort_unstable();
            codes.dedup();
            (!codes.is_empty()).then(|| {
                let (asked, named) = (&group.asked, first_of(&codes));
                format!("\"{asked}\" left out {named}: a text beside the descriptor has it")
            })
        };
        plan.excluded
            .iter()
            .enumerate()
            .filter_map(notice)
            .collect()
    }
}

/// The first of some codes, and how many more there are.
fn first_of<C: AsRef<str>>(codes: &[C]) -> String {
    let named: Vec<&str> = codes.iter().take(MOST_NAMED).map(AsRef::as_ref).collect();
    match codes.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// Whether a question leaves something out.
pub(super) fn excludes(plan: &Plan<'_>) -> bool {
    !(plan.excluded.is_empty() && plan.excluded_codes.is_empty())
}
