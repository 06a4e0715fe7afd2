//! Why a code matches: which words were found in which field, and by what.

use serde::Serialize;

use super::inline::InlineText;
use crate::index::Field;
use crate::search::plan::plan::Via;

/// A word of the question, and where a code has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Reason {
    /// The word as asked.
    pub asked: InlineText,
    /// The word that was found, as in the text; with the word that excludes it, if the text does.
    pub found: InlineText,
    /// The field that has it.
    pub field: Field,
    /// How it was found.
    pub via: Via,
    /// The meaning of a synonym; the whole name of a drug or its labeler; the section of a note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub through: String,
    /// A clinical note's words around the match; else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub snippet: String,
    /// The annotation's source, if an annotation has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}
