//! `LineReport`: what comes of a line of the input, read and checked, as every front end writes it.

use std::io::BufRead;

use serde::{Serialize, Serializer};

use crate::codeset::Date;
use crate::error::{Error, Result};
use crate::search::searcher::Searcher;

use super::reading::claim_input::ClaimInput;
use super::reading::reader::{ClaimReader, ReadLine};
use super::verdict::Checked;

/// What comes of a line of the input. In JSON it is a [`Checked`], or `line_id`, `line`, `error` and
/// `input` of a line that cannot be read.
#[derive(Debug)]
pub struct LineReport {
    /// The line of the file, or the row of the workbook, that it begins on; the first is 1.
    pub number: u64,
    /// The verdicts; else why the line cannot be read.
    pub outcome: Result<Box<Checked>, Error>,
    /// What was read, where it cannot be read as a claim line.
    pub input: Option<ClaimInput>,
    /// What a user should know of the whole input, said once, with its first line.
    pub notices: Vec<String>,
}

/// A line that cannot be read.
#[derive(Serialize)]
struct BadLine<'l> {
    line_id: u64,
    line: u64,
    error: String,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notices: &'l [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'l ClaimInput>,
}

impl LineReport {
    /// What the line was read from.
    #[must_use]
    pub fn input(&self) -> Option<&ClaimInput> {
        match &self.outcome {
            Ok(checked) => checked.input.as_ref(),
            Err(_) => self.input.as_ref(),
        }
    }
}

impl Serialize for LineReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.outcome {
            Ok(checked) => checked.serialize(serializer),
            Err(error) => BadLine {
                line_id: self.number,
                line: self.number,
                error: error.to_string(),
                notices: &self.notices,
                input: self.input.as_ref(),
            }
            .serialize(serializer),
        }
    }
}

impl Searcher {
    /// Reads the next line and checks it, as of `day` where it has no day of service; `None` at the
    /// end.
    ///
    /// # Errors
    /// As [`ClaimReader::next_line`].
    pub fn check_next<R: BufRead>(
        &self,
        reader: &mut ClaimReader<R>,
        day: Date,
    ) -> Result<Option<LineReport>> {
        let Some(ReadLine {
            number,
            claim,
            input,
        }) = reader.next_line()?
        else {
            return Ok(None);
        };
        let notices = if reader.lines() == 1 {
            reader.notices().to_vec()
        } else {
            Vec::new()
        };
        let outcome = claim.map(|mut line| {
            let input = line.input.take();
            let mut checked = self.check_as_of(&line, day);
            checked.input = input;
            checked.notices.clone_from(&notices);
            Box::new(checked)
        });
        Ok(Some(LineReport {
            number,
            outcome,
            input,
            notices,
        }))
    }
}
