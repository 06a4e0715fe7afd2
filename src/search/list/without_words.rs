//! A list of codes without those that have some words: `J16* -hemin`.

use crate::codeset::CodeSpan;
use crate::search::question::characters::plain;
use crate::search::question::code_item::Asked;
use crate::search::question::code_list::code_list;
use crate::search::question::query::Query;
use crate::search::question::syntax::{Clause, clauses};
use crate::search::searcher::Searcher;

impl Searcher {
    /// The question with its codes as a filter and the excluded words as its text; `None` if it is
    /// not a list of codes with excluded words.
    pub(crate) fn codes_without_words(&self, query: &Query) -> Option<Query> {
        let leaves_out = query.text.contains(['-', '–', '—', '―']) || query.text.contains("NOT ");
        let has_number = |byte: u8| byte.is_ascii_digit() || byte == b'*';
        if !leaves_out || !query.filters.codes.is_empty() {
            return None;
        }
        let (mut codes, mut words) = (String::new(), String::new());
        for clause in clauses(&plain(&query.text)).ok()? {
            match clause {
                Clause::Words(text) => codes.extend([" ", &*text]),
                Clause::Phrase(_) => return None,
                Clause::Not(text) if code_list(&text, self).is_some() => return None,
                Clause::Not(text) => words.extend(["-\"", &*text, "\" "]),
            }
        }
        // Two letters are a modifier by chance: `mg -5` is a question of words.
        if words.is_empty() || !codes.bytes().any(has_number) {
            return None;
        }
        let list = code_list(&codes, self).filter(|list| list.left_out.is_empty())?;
        let spans = list.items.iter().map(|item| match item.what {
            Asked::Code(code) => Some(code.into()),
            Asked::Pattern(span) => Some(span),
            _ => None,
        });
        let mut other = query.clone();
        other.filters.codes = spans.collect::<Option<Vec<CodeSpan>>>()?;
        other.text = words;
        Some(other)
    }
}
