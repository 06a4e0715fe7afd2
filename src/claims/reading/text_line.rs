//! A claim line as text: a segment of X12, or its parts with commas, blanks or tabs between them.

use super::claim_line::ClaimLine;
use super::x12_single::single_line;
use crate::error::Result;
use crate::table::cells::Cells;
use crate::table::cells::DELIMITERS;

impl ClaimLine {
    /// Reads a line of text: a segment, or the parts of a claim line, quoted or not.
    pub(super) fn of_text(text: &str) -> Result<Self> {
        if let Some(line) = single_line(text) {
            return line;
        }
        if !text.contains('"') {
            return text.parse();
        }
        let sign = DELIMITERS
            .into_iter()
            .find(|sign| text.as_bytes().contains(sign));
        let mut cells = Cells::default();
        cells.add_line(text, sign.unwrap_or(b','), false);
        Self::from_cells(cells.iter())
    }
}
