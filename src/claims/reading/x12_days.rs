//! The days of a service line of X12, or of its claim.

use super::claim_line::ClaimLine;
use super::written_days::{Days, Place, days, says_no_end};
use super::x12::Assembler;
use crate::codeset::Date;
use crate::error::{Error, Result};

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
                    if let Err(error) = put_last(days, last.unwrap_or(first)) {
                        self.claim_day_fault = Some(error.to_string());
                    }
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
        let put = match found {
            Ok(Some(Days { first, last, .. })) if is_last => put_last(line, last.unwrap_or(first)),
            Ok(Some(days)) => put_first(line, days),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = put {
            current.read = Err(error);
        }
    }
}

/// Takes the day of a line, or its span; a line has one.
fn put_first(line: &mut ClaimLine, days: Days) -> Result<()> {
    let Days { first, last, .. } = days;
    if let Some(dos) = line.dos
        && (dos != first || last.is_some_and(|last| line.dos_through != Some(last)))
    {
        let reason = format!("`{dos}` and `{first}` are both days of service; keep one");
        return Err(Error::query(reason));
    }
    (line.dos, line.dos_through) = (Some(first), last.or(line.dos_through));
    if days.has_no_end {
        line.say_no_end();
    }
    Ok(())
}

/// Takes the last day of a span, whose first day comes before.
fn put_last(line: &mut ClaimLine, last: Date) -> Result<()> {
    let reason = match line.dos {
        Some(dos) if dos <= last => {
            line.dos_through = Some(last).filter(|last| dos < *last);
            return Ok(());
        }
        Some(dos) => {
            format!("the last day of service, {last}, comes before the first, {dos}")
        }
        None => format!("the last day of service, {last}, has no first day before it"),
    };
    Err(Error::query(reason))
}

#[cfg(test)]
mod tests {
    use super::super::reader::ClaimReader;

    #[test]
    fn days_that_contradict_each_other_are_no_day() {
        for (days, said) in [
            ("DTP*472*D8*20260105", "2026-01-05"),
            ("DTP*472*D8*20260105~DTP*472*D8*20260105", "2026-01-05"),
            ("DTM*150*20260105~DTM*151*20260107", "2026-01-05 2026-01-07"),
            ("DTM*150*20260105~DTM*151*20260105", "2026-01-05"),
            (
                "DTM*150*20260105~DTM*151*20260107~DTM*472*20260105",
                "2026-01-05 2026-01-07",
            ),
            (
                "DTP*472*D8*20260105~DTP*472*D8*20260106",
                "are both days of service",
            ),
            (
                "DTP*472*RD8*20260105-20260107~DTP*472*RD8*20260105-20260109",
                "are both days",
            ),
            (
                "DTM*150*20260105~DTM*151*20260101",
                "comes before the first, 2026-01-05",
            ),
            (
                "DTM*151*20260107~DTM*150*20260105",
                "has no first day before it",
            ),
        ] {
            for text in [
                format!("CLM*A*1~LX*1~SV1*HC:J1640*1~{days}~"),
                format!("CLM*A*1~{days}~LX*1~SV1*HC:J1640*1~"),
            ] {
                // of a claim, the last of several days is taken
                let is_several = said.contains("are both") || days.contains("DTM*472");
                if text.contains("A*1~D") && is_several {
                    continue;
                }
                let mut reader = ClaimReader::new(text.as_bytes());
                let found = match reader.next_line().unwrap().unwrap().claim {
                    Ok(line) => [line.dos, line.dos_through]
                        .into_iter()
                        .flatten()
                        .map(|day| day.to_string())
                        .collect::<Vec<_>>()
                        .join(" "),
                    Err(error) => error.to_string(),
                };
                let is_day = said.starts_with("2026");
                assert!(
                    if is_day {
                        found == said
                    } else {
                        found.contains(said)
                    },
                    "{text}: {found}"
                );
            }
        }
    }
}
