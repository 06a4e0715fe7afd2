//! Filters an expansion as a search does: misspelt words and brand names find codes too.

use crate::search::{ListedCode, Query, Replacement, Searcher};

use super::edition::Edition;
use super::refusal::Refusal;

/// The search result for an edition, the best code first.
pub(super) struct Fuzzy<'s> {
    pub(super) listed: Vec<ListedCode<'s>>,
    /// Words that were corrected.
    pub(super) instead: Vec<Replacement>,
    /// Notices about the answer, such as how an NDC was read.
    pub(super) notices: Vec<String>,
}

/// The codes of an edition that have all the words or their corrections.
pub(super) fn search<'s>(
    searcher: &'s Searcher,
    words: &str,
    edition: &Edition,
    active_only: bool,
    most: usize,
) -> Result<Fuzzy<'s>, Refusal> {
    let answer = searcher.search(&Query {
        text: words.to_owned(),
        as_of: Some(edition.day),
        terminated: !active_only,
        limit: Some(most),
        ..Query::default()
    })?;
    let whole = answer.hits.iter().filter(|hit| hit.lacks.is_empty());
    let listed = whole.filter_map(|hit| edition.listed_code(searcher, hit.code));
    Ok(Fuzzy {
        listed: listed.collect(),
        instead: answer.searched_instead,
        notices: answer.notices,
    })
}
