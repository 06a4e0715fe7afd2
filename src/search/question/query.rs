//! `Query`: words, filters, the day, the page.

use std::str::FromStr;

use crate::codeset::Date;

use super::filter_table::Filters;

/// A question.
///
/// ```
/// use hcpcs::Query;
///
/// let query = Query { text: "cpap mask".into(), limit: Some(5), ..Query::default() };
/// assert!(query.as_of.is_none()); // today
/// ```
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Query {
    /// Words, `"phrases"`, excluded `-words`, codes, patterns or ranges of codes; may be empty.
    pub text: String,
    /// The filters that a code must pass.
    pub filters: Filters,
    /// The day of the question; by default today.
    pub as_of: Option<Date>,
    /// Whether versions of all days answer, and not only those of the day.
    pub any_time: bool,
    /// Whether codes that are not valid on the day answer too.
    pub terminated: bool,
    /// How many hits to return; by default [`Query::USUAL_LIMIT`], and for a list of codes all that
    /// are named.
    pub limit: Option<usize>,
    /// How many hits to skip.
    pub offset: usize,
    /// The order of the hits.
    pub sort: Sort,
    /// Whether words are searched as written, without corrections.
    pub exact: bool,
    /// Whether the last word is written to its end, as in a table, and not still being typed.
    pub finished: bool,
    /// Whether to return facets: counts by coverage, BETOS and other coded values.
    pub facets: bool,
    /// Whether to search annotations too: drug names, notes, taxonomy, synonyms.
    pub annotations: bool,
    /// Whether only clinical notes are searched.
    pub notes: bool,
    /// Whether each hit has its score in numbers.
    pub explain: bool,
}

impl Query {
    /// The default number of hits.
    pub const USUAL_LIMIT: usize = 10;
}

/// The order of the hits of an answer.
///
/// ```
/// use hcpcs::search::Sort;
///
/// assert_eq!("code".parse(), Ok(Sort::Code));
/// assert_eq!(Sort::default().name(), "best");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first; for a list of codes the order asked, for filters without words by code.
    #[default]
    Best,
    /// By code.
    Code,
}

impl Sort {
    /// The names of the orders.
    pub const NAMES: [&str; 2] = ["best", "code"];

    /// The name of the order.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

impl FromStr for Sort {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "best" => Ok(Self::Best),
            "code" => Ok(Self::Code),
            _ => Err("give `best` or `code`".to_owned()),
        }
    }
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            filters: Filters::default(),
            as_of: None,
            any_time: false,
            terminated: false,
            limit: None,
            offset: 0,
            sort: Sort::Best,
            exact: false,
            finished: false,
            facets: false,
            annotations: true,
            notes: false,
            explain: false,
        }
    }
}
