//! `Query`: words, filters, the day asked for, the page.

use crate::codeset::{
    Action, AscGroup, Betos, CodeSpan, Coverage, Date, DateSpan, Kind, PricingIndicator, Section,
    TypeOfService,
};

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

/// What a code must be to be an answer: of each list one value, or anything where it is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    /// A value of the BETOS tree, or one below it: `O`, `O1`, `O1E`.
    pub betos: Vec<Betos>,
    /// A coverage code.
    pub coverage: Vec<Coverage>,
    /// Procedure or modifier.
    pub kind: Vec<Kind>,
    /// A section of the code set.
    pub section: Vec<Section>,
    /// Codes, patterns and ranges.
    pub codes: Vec<CodeSpan>,
    /// A pricing indicator.
    pub pricing: Vec<PricingIndicator>,
    /// A type of service.
    pub type_of_service: Vec<TypeOfService>,
    /// What the release did to the code.
    pub action: Vec<Action>,
    /// A payment group of ambulatory surgical centres.
    pub asc_group: Vec<AscGroup>,
    /// A value of the RBCS tree, or one below it: `R`, `RI`, `RI035N`.
    pub rbcs: Vec<String>,
    /// Only codes of the release's NOC list.
    pub not_otherwise_classified: bool,
    /// Days on which the code was added.
    pub added: Vec<DateSpan>,
}

impl Filters {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
