//! `LineReport`: the result for a line of the input, as every front end writes it.

use std::io::BufRead;

use rayon::prelude::*;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::codeset::Date;
use crate::error::{Error, Result};
use crate::search::searcher::Searcher;

use super::checked::Checked;
use super::reading::claim_input::ClaimInput;
use super::reading::read_line::ReadLine;
use super::reading::reader::ClaimReader;

/// The result for a line of the input. In JSON it is a [`Checked`], or for a line that cannot be
/// read `line_id`, `line`, `error` and `input`.
#[derive(Debug)]
pub struct LineReport {
    /// The line of the file, or the row of the workbook, on which it begins; the first is 1.
    pub number: u64,
    /// The id of a line that cannot be read: that of its input, else its number.
    pub line_id: Option<Value>,
    /// The verdicts, or why the line cannot be read.
    pub outcome: Result<Box<Checked>, Error>,
    /// The input, if it cannot be read as a claim line.
    pub input: Option<ClaimInput>,
    /// Notices about the input, each given once, with the first line after it is known.
    pub notices: Vec<String>,
}

/// A line that cannot be read.
#[derive(Serialize)]
struct BadLine<'l> {
    line_id: Option<&'l Value>,
    line: u64,
    error: String,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notices: &'l [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'l ClaimInput>,
}

impl LineReport {
    /// The input of the line.
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
                line_id: self.line_id.as_ref(),
                line: self.number,
                error: error.to_string(),
                notices: &self.notices,
                input: self.input.as_ref(),
            }
            .serialize(serializer),
        }
    }
}

/// How many lines are checked in parallel, on all cores.
const LINES_AT_ONCE: usize = 512;

impl Searcher {
    /// Checks all lines of an input, as of `day` if they have no day of service, and passes each
    /// report to `take` in input order. Memory does not grow with the number of lines. Lines with a
    /// description, each of which is a search, are checked on all cores; for others that costs more
    /// than it saves.
    ///
    /// It checks available lines at once, so that a program may wait for a verdict before it writes
    /// the next line.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// use hcpcs::claims::ClaimReader;
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let lines = "J1640 JW 2026-01-15\nJ1443 2026-01-15\n";
    /// let mut wrong = Vec::new();
    /// searcher.check_all(&mut ClaimReader::new(lines.as_bytes()), hcpcs::Date::today(), |report| {
    ///     if report.outcome.map_or(true, |checked| checked.is_wrong()) {
    ///         wrong.push(report.number);
    ///     }
    ///     Ok::<(), hcpcs::Error>(())
    /// })?;
    /// assert_eq!(wrong, [2]); // J1443 ended on 2025-12-31
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`ClaimReader::next_line`], after the lines before it; and any error of `take`.
    pub fn check_all<R: BufRead, E: From<Error>>(
        &self,
        reader: &mut ClaimReader<R>,
        day: Date,
        mut take: impl FnMut(LineReport) -> Result<(), E>,
    ) -> Result<(), E> {
        loop {
            let (mut lines, mut end) = (Vec::with_capacity(LINES_AT_ONCE), None);
            while lines.len() < LINES_AT_ONCE && (lines.is_empty() || reader.is_ready()) {
                match reader.next_line() {
                    Ok(Some(line)) => lines.push((line, reader.new_notices())),
                    Ok(None) => end = Some(Ok(())),
                    Err(error) => end = Some(Err(error)),
                }
                if end.is_some() {
                    break;
                }
            }
            let check = |(line, notices)| self.report(line, notices, day);
            if reader.has_descriptions() {
                let reports: Vec<LineReport> = lines.into_par_iter().map(check).collect();
                reports.into_iter().try_for_each(&mut take)?;
            } else {
                lines.into_iter().map(check).try_for_each(&mut take)?;
            }
            if let Some(end) = end {
                return Ok(end?);
            }
        }
    }

    /// Reads the next line and checks it, as of `day` if it has no day of service; `None` at the
    /// end.
    ///
    /// # Errors
    /// As [`ClaimReader::next_line`].
    pub fn check_next<R: BufRead>(
        &self,
        reader: &mut ClaimReader<R>,
        day: Date,
    ) -> Result<Option<LineReport>> {
        let Some(line) = reader.next_line()? else {
            return Ok(None);
        };
        let notices = reader.new_notices();
        Ok(Some(self.report(line, notices, day)))
    }

    /// The report of a line that was read.
    fn report(&self, line: ReadLine, notices: Vec<String>, day: Date) -> LineReport {
        let ReadLine {
            number,
            claim,
            input,
            line_id,
        } = line;
        let outcome = claim.map(|mut line| {
            let input = line.input.take();
            let mut checked = self.check_as_of(&line, day);
            checked.input = input;
            checked.notices.clone_from(&notices);
            Box::new(checked)
        });
        LineReport {
            number,
            line_id,
            outcome,
            input,
            notices,
        }
    }
}
