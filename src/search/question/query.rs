//! `Query`: words, filters, the day asked for, the page.

use crate::codeset::Date;

use super::filter_table::Filters;

/// A question.
///
/// ```
/// use hcpcs::Query;
///
/// let query = Query { text: "cpap mask".into(), limit: 5, ..Query::default() };
/// assert!(query.as_of.is_none()); // today
/// ```
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Query {
    /// Words, `"phrases"`, `-words` left out, codes, patterns or ranges of codes; may be empty.
    pub text: String,
    /// What a code must be to be an answer.
    pub filters: Filters,
    /// The day for which codes are asked; today where there is none.
    pub as_of: Option<Date>,
    /// Whether versions of all days answer, and not only those of the day asked for.
    pub any_time: bool,
    /// Whether codes that are not valid on the day asked for are answers too.
    pub terminated: bool,
    /// How many hits to give.
    pub limit: usize,
    /// How many hits to pass over.
    pub offset: usize,
    /// Whether words are taken as they are written, without corrections.
    pub exact: bool,
    /// Whether to count the whole match by coverage, BETOS and other coded values.
    pub facets: bool,
    /// Whether to search what is said besides the release: drug names, notes, taxonomy, synonyms.
    pub annotations: bool,
    /// Whether only clinical notes are searched.
    pub notes: bool,
    /// Whether each hit says in numbers what counted how much.
    pub explain: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            filters: Filters::default(),
            as_of: None,
            any_time: false,
            terminated: false,
            limit: 10,
            offset: 0,
            exact: false,
            facets: false,
            annotations: true,
            notes: false,
            explain: false,
        }
    }
}
