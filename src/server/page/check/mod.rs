//! `/check`: claim lines pasted or in a file, and their verdicts as a table.

pub(crate) mod asked;
pub(crate) mod check;
pub(crate) mod verdict_row;
pub(crate) mod verdicts;
