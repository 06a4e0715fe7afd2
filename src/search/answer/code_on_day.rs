//! `CodeOnDay`: a code with the text and values that answer on a day, decoded.

use std::sync::Arc;

use serde::Serialize;

use crate::codeset::{Code, Date, Kind};
use crate::history::{CrossReference, Life, Publication, Status};

use super::coded_value::Coded;
use super::inline::InlineList;

/// A code with the text and values that answer on a day: what a hit says whatever the question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct CodeOnDay {
    /// The code.
    pub code: Code,
    /// Procedure or modifier.
    pub kind: Kind,
    /// The long descriptor as published.
    pub long_descriptor: String,
    /// The short descriptor as published.
    pub short_descriptor: String,
    /// The status of the code on the day.
    pub status: Status,
    /// Of a valid code: why it may not have been valid on the day all the same, if a release
    /// re-activated it and none that is indexed says when it had ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unclear: Option<String>,
    /// The release that it is from, if not the one in force on the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Publication>,
    /// The first valid day, by the newest release that gives one.
    pub added: Option<Date>,
    /// The last valid day, by the newest release that gives one.
    pub terminated: Option<Date>,
    /// If the code has ended: the codes that CMS names in its place, as of the day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<CrossReference>,
    /// Medicare coverage.
    pub coverage: Option<Coded>,
    /// Berenson-Eggers type of service.
    pub betos: Option<Coded>,
    /// Section of the code set.
    pub section: Option<Coded>,
    /// Pricing indicators, at most four.
    pub pricing: CodedList,
    /// Multiple pricing indicator.
    pub multiple_pricing: Option<Coded>,
    /// Types of service, at most five.
    pub type_of_service: CodedList,
    /// ASC payment group.
    pub asc_group: Option<Coded>,
    /// The action of the release on the code.
    pub action: Option<Coded>,
    /// Restructured BETOS, if the index has that taxonomy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rbcs: Option<Coded>,
    /// Whether a claim needs a narrative: "not otherwise classified". `None` if there is no NOC
    /// list.
    pub not_otherwise_classified: Option<bool>,
    /// Whether the code meant something else at another time.
    pub reissued: bool,
}

/// Coded values; a record has at most five in a field.
pub type CodedList = InlineList<Coded, 4>;

/// A version as it was answered on a day, while one release was in force.
pub(crate) struct Decoded {
    pub(crate) day: Date,
    pub(crate) in_force: u16,
    pub(crate) life: Life,
    pub(crate) on_day: Arc<CodeOnDay>,
}
