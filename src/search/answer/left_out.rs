//! What a question excludes: codes by name, pattern or range, `-E014*`; and a notice of a word that
//! excludes nothing.

use crate::codeset::CodeSpan;
use crate::search::plan::plan::Plan;
use crate::search::question::code_item::Asked;
use crate::search::question::code_word::codes;
use crate::search::question::syntax::Clause;
use crate::search::searcher::Searcher;

impl Searcher {
    /// The codes that a question excludes.
    pub(super) fn excluded_codes(&self, clauses: &[Clause]) -> Vec<CodeSpan> {
        let texts = clauses.iter().filter_map(|clause| match clause {
            Clause::Not(text) => Some(text.trim_end_matches([',', ';', '.', ')'])),
            _ => None,
        });
        let items = texts.filter_map(|text| codes(text, false, self)).flatten();
        let spans = items.filter_map(|item| match item.what {
            Asked::Code(code) => Some(code.into()),
            Asked::Pattern(span) => Some(span),
            _ => None,
        });
        spans.collect()
    }

    /// A notice of each excluded word that no text has.
    pub(super) fn excludes_nothing(&self, plan: &Plan<'_>) -> impl Iterator<Item = String> {
        let is_code = |text: &str| codes(text, false, self).is_some();
        let vain = plan.excluded.iter().filter(move |group| {
            let has_none = group.alternatives.is_empty();
            has_none && !is_code(group.asked.trim_end_matches([',', ';', '.', ')']))
        });
        vain.map(|group| format!("no text has \"{}\", so it excludes nothing", group.asked))
    }
}
