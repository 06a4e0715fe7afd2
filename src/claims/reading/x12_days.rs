//! The days of a service line of X12, or of its claim.

use super::written_days::{Days, Place, days, says_no_end};
use super::x12::Assembler;

/// The date qualifiers of service days: of a line, of an institutional claim, and of an 835.
const SERVICE_DAY: [&str; 1] = ["472"];

const FIRST_DAY: [&str; 2] = ["150", "232"];

const LAST_DAY: [&str; 2] = ["151", "233"];

const STATEMENT: &str = "434";

impl Assembler {
    /// Takes a day or a span of a line, or of the claim before its first line.
    pub(super) fn put_days(&mut self, kind: &str, text: &str) {
        let is_first = FIRST_DAY.contains(&kind);
        let is_last = LAST_DAY.contains(&kind);
        if !(SERVICE_DAY.contains(&kind) || kind == STATEMENT || is_first || is_last) {
            return;
        }
        // Behind the day there may be a time: 202601151430.
        let day = text.get(..8).filter(|_| text.len() == 12);
        let text = day.unwrap_or(text);
        if is_last && says_no_end(text, Place::Segment) {
            if let Some(Ok(line)) = self.current.as_mut().map(|own| own.read.as_mut()) {
                line.say_no_end();
            }
            return;
        }
        let found = days(text, Place::Segment);
        let Some(current) = self.current.as_mut() else {
            if let Err(error) = &found {
                self.claim_day_fault = Some(error.to_string());
            } else if let Ok(Some(Days { first, last, .. })) = found {
                let days = &mut self.claim_days;
                if is_last {
                    days.dos_through =
                        Some(first).filter(|last| days.dos.is_some_and(|dos| dos < *last));
                } else {
                    (days.dos, days.dos_through) = (Some(first), last);
                }
            }
            return;
        };
        if kind == STATEMENT {
            return;
        }
        let Ok(line) = current.read.as_mut() else {
            return;
        };
        match found {
            Ok(Some(Days { first, last, .. })) if is_last => {
                line.dos_through = Some(last.unwrap_or(first))
                    .filter(|last| line.dos.is_some_and(|dos| dos < *last));
            }
            Ok(Some(days)) => {
                (line.dos, line.dos_through) = (Some(days.first), days.last);
                if days.has_no_end {
                    line.say_no_end();
                }
            }
            Ok(None) => {}
            Err(error) => current.read = Err(error),
        }
    }
}
