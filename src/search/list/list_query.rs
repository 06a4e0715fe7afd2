//! `ListQuery`: what a pick-list asks, and its answer `List`.

use super::listed_code::ListedCode;
use crate::codeset::Date;
use crate::error::counted;
use crate::index::Field;
use crate::release::ReleaseId;

/// A prefix search. Unlike [`Query`](crate::Query), it matches only what is written: each word is a
/// prefix of a word of every listed code, and nothing is corrected.
///
/// ```
/// use hcpcs::search::ListQuery;
///
/// let query = ListQuery { words: "glycopyr inj".into(), ..ListQuery::default() };
/// assert!(query.terminated); // a list holds codes that have ended too
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Prefixes of words; empty for all codes.
    pub words: String,
    /// The fields of a release that are searched.
    pub fields: Vec<Field>,
    /// The day of the question; by default today.
    pub as_of: Option<Date>,
    /// The release whose codes are all listed, whatever the day; if `None`, codes are listed as
    /// they are on the day, by all releases.
    pub release: Option<ReleaseId>,
    /// Whether codes that are not valid on that day are listed too, after the others.
    pub terminated: bool,
    /// How many codes to skip.
    pub offset: usize,
    /// How many codes to return.
    pub limit: usize,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            words: String::new(),
            fields: vec![Field::Code, Field::ShortDescriptor, Field::LongDescriptor],
            as_of: None,
            release: None,
            terminated: true,
            offset: 0,
            limit: 10,
        }
    }
}

/// Says that a page is behind the end of its list: a page without codes would be read as a list
/// without any.
pub(crate) fn behind_end(offset: usize, total: usize) -> Option<String> {
    let is_behind = total > 0 && offset >= total;
    is_behind.then(|| {
        let codes = counted(total, "code");
        format!("no code is behind the first {offset}; the list has {codes}")
    })
}

/// A page of a list.
pub struct List<'s> {
    /// How many codes the whole list has.
    pub total: usize,
    /// The codes of the page: with words the best first, else in code order.
    pub page: Vec<ListedCode<'s>>,
}
