//! `ReadLine`: a line of the input, as read.

use serde_json::Value;

use super::claim_input::ClaimInput;
use super::claim_line::ClaimLine;
use super::composite::CodeSet;
use crate::codeset::{Code, ParseCodeError};
use crate::error::Result;

/// A line of the input.
#[derive(Debug)]
pub struct ReadLine {
    /// The line of the file, or the row of the workbook, on which it begins; the first is 1.
    pub number: u64,
    /// The claim line, or why it cannot be read.
    pub claim: Result<ClaimLine>,
    /// The input, if the line could not be read.
    pub input: Option<ClaimInput>,
    /// The id of a line that could not be read: that of its input, else its number.
    pub line_id: Option<Value>,
}

impl ReadLine {
    /// Whether it was read and its code is of another set than HCPCS Level II.
    pub(super) fn is_of_another_set(&self) -> bool {
        self.claim.as_ref().is_ok_and(|claim| {
            let read = claim.code.parse::<Code>();
            let is_other = matches!(read, Err(ParseCodeError::Cpt | ParseCodeError::Cdt));
            is_other || claim.code_set != CodeSet::Hcpcs
        })
    }

    /// A line as read. The claim line gets its number as id and its input, unless it has them; one
    /// that could not be read has the id of its input.
    pub(super) fn new(
        number: u64,
        mut claim: Result<ClaimLine>,
        input: impl FnOnce() -> ClaimInput,
        id: impl FnOnce() -> Option<Value>,
    ) -> Self {
        let (input, line_id) = if let Ok(claim) = &mut claim {
            claim.line_id.get_or_insert_with(|| Value::from(number));
            claim.input.get_or_insert_with(input);
            (None, None)
        } else {
            let id = id().filter(|id| !id.is_null());
            (
                Some(input()),
                Some(id.unwrap_or_else(|| Value::from(number))),
            )
        };
        Self {
            number,
            claim,
            input,
            line_id,
        }
    }
}
