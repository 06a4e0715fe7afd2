//! `ServiceLine`: a service of X12 as a claim line, and where it begins.

use serde_json::Value;

use super::claim_line::ClaimLine;
use crate::error::{Error, Result};

/// A service line, and where it begins.
#[derive(Debug)]
pub(crate) struct ServiceLine {
    /// The line of the file on which its segment begins.
    pub(crate) number: u64,
    /// The claim's id and the line's number in it, if known.
    pub(crate) claim: String,
    pub(crate) line: String,
    pub(crate) segment: String,
    pub(super) read: Result<ClaimLine>,
    /// The days of its claim, if they can be read.
    pub(super) claim_days: Result<ClaimLine, String>,
    /// What stands in the place of its day, and is none.
    pub(super) no_day: Option<String>,
}

impl ServiceLine {
    /// The claim's id with the line's number; `None` if the claim is not known.
    pub(super) fn id(&self) -> Option<Value> {
        line_id(&self.claim, &self.line)
    }

    /// The claim line; one without a day of its own has that of its claim, and cannot be read if
    /// that cannot.
    pub(super) fn into_claim(self) -> Result<ClaimLine> {
        let mut line = self.read?;
        refuse_last_alone(&line)?;
        if line.dos.is_none() {
            let days = self.claim_days.map_err(Error::query)?;
            refuse_last_alone(&days)?;
            if let Some(no_day) = self.no_day {
                let taken = days
                    .dos
                    .map_or("", |_| ", and the day is that of its claim");
                line.readings
                    .push(format!("its day of service {no_day}{taken}"));
            }
            (line.dos, line.dos_through) = (days.dos, days.dos_through);
            line.readings.extend(days.readings);
        }
        Ok(line)
    }
}

/// Refuses a last day without a first one.
fn refuse_last_alone(line: &ClaimLine) -> Result<()> {
    match (line.dos, line.dos_through) {
        (None, Some(last)) => Err(Error::query(format!(
            "the last day of service, {last}, has no first day"
        ))),
        _ => Ok(()),
    }
}

/// The id of a line, of its claim's and its number in it.
pub(super) fn line_id(claim: &str, line: &str) -> Option<Value> {
    let id = [claim, line].join("-");
    (!claim.is_empty()).then(|| Value::from(id.trim_end_matches('-')))
}
