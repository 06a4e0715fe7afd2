//! Facts about an input of claim lines before its first line.

use std::sync::Arc;

use super::claim_input::names;

/// Facts about an input before its first line.
pub(super) struct InputFacts {
    /// The names of its columns.
    pub(super) names: Arc<[String]>,
    /// How many of them hold modifiers.
    pub(super) modifiers: usize,
    /// Whether a line may have a dose, or the quantity of a drug package.
    pub(super) has_doses: bool,
    /// Whether a line may have a description.
    pub(super) has_descriptions: bool,
    /// Notices for the user.
    pub(super) notices: Vec<String>,
    /// Whether the input is empty.
    pub(super) is_empty: bool,
}

impl Default for InputFacts {
    fn default() -> Self {
        Self {
            names: names(["text"]),
            modifiers: 0,
            has_doses: false,
            has_descriptions: false,
            notices: Vec::new(),
            is_empty: false,
        }
    }
}
