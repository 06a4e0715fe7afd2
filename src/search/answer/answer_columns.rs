//! The columns of a table of answers: its fields in their order, and the cells of a row.

use serde_json::{Value, json};

use super::answer::AnswerRow;
use crate::table::table_cell::TableCell;

/// Fields that CSV has only if they are requested.
const UNUSUAL: &[&str] = &[
    "holds",
    "alike",
    "lacks",
    "unit",
    "units",
    "highlights",
    "explanation",
];

impl AnswerRow<'_> {
    /// The fields of an answer, in CSV order.
    pub const FIELDS: &'static [&'static str] = &[
        "rank",
        "code",
        "kind",
        "long_descriptor",
        "short_descriptor",
        "status",
        "added",
        "terminated",
        "successors",
        "coverage",
        "betos",
        "section",
        "pricing",
        "multiple_pricing",
        "type_of_service",
        "asc_group",
        "action",
        "rbcs",
        "not_otherwise_classified",
        "reissued",
        "published",
        "holds",
        "alike",
        "unit",
        "units",
        "why",
        "reason",
        "nearest",
        "lacks",
        "highlights",
        "explanation",
        // A new field comes behind the others, as scripts read by position.
        "unclear",
    ];

    /// The default fields of a table.
    #[must_use]
    pub fn usual_fields() -> Vec<&'static str> {
        let is_usual = |field: &&str| !UNUSUAL.contains(field);
        Self::FIELDS.iter().copied().filter(is_usual).collect()
    }

    /// The row as JSON: a hit, or an item of a list of codes without a hit, under the same names.
    ///
    /// # Errors
    /// A value cannot be written as JSON.
    pub fn to_json(self) -> serde_json::Result<Value> {
        match self {
            AnswerRow::Hit(hit) => serde_json::to_value(hit),
            AnswerRow::Without(asked) => Ok(json!({
                "code": asked.asked,
                "status": asked.verdict,
                "reason": asked.reason,
                "nearest": asked.nearest,
            })),
        }
    }

    /// The cells of the row for some fields.
    ///
    /// # Errors
    /// As [`Self::to_json`].
    pub fn cells(self, fields: &[&str]) -> serde_json::Result<Vec<TableCell>> {
        let value = self.to_json()?;
        let cell = |field: &&str| TableCell::of_json(&value[*field]);
        Ok(fields.iter().map(cell).collect())
    }
}
