//! The days of a service line of X12, or of its claim.

use super::claim_line::ClaimLine;
use super::value::plain;
use super::written_days::{Days, Place, days, says_no_end};
use super::x12::{Assembler, Part};
use crate::codeset::Date;
use crate::error::{Error, Result, excerpt};

/// The date qualifiers of service days: of a line, of an institutional claim, and of an 835.
const SERVICE_DAY: [&str; 1] = ["472"];

const FIRST_DAY: [&str; 2] = ["150", "232"];

const LAST_DAY: [&str; 2] = ["151", "233"];

const STATEMENT: &str = "434";

/// The formats of a time without a day.
const TIMES: [&str; 3] = ["TM", "TS", "RTM"];

impl Assembler {
    /// Takes a day or a span of a line, or of the claim before its first line, in a format.
    pub(super) fn put_days(&mut self, kind: &str, format: &str, text: &str) {
        let is_first = FIRST_DAY.contains(&kind);
        let is_last = LAST_DAY.contains(&kind);
        if !(SERVICE_DAY.contains(&kind) || kind == STATEMENT || is_first || is_last) {
            return;
        }
        // Behind the day there may be a time: 202601151430.
        let day = text.get(..8).filter(|_| text.len() == 12);
        let text = day.unwrap_or(text);
        let line = match &mut self.current {
            Some(_) if kind == STATEMENT => return,
            Some(current) => current.read.as_mut().ok(),
            None if self.part == Part::Claim => Some(&mut self.claim_days),
            None => None,
        };
        let Some(line) = line else {
            return;
        };
        let is_time = TIMES.iter().any(|own| own.eq_ignore_ascii_case(format));
        if is_time || plain(text).is_empty() {
            let no_day = if is_time {
                format!("has a time alone, `{}`", excerpt(text))
            } else {
                "is blank".to_owned()
            };
            if let Some(current) = &mut self.current {
                current.no_day = Some(no_day);
            }
            return;
        }
        if is_last && says_no_end(text, Place::Segment) {
            line.say_no_end();
            return;
        }
        let put = match days(text, Place::Segment) {
            Ok(Some(Days { first, last, .. })) if is_last => put_last(line, last.unwrap_or(first)),
            Ok(Some(days)) => put_first(line, days),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        match (put, &mut self.current) {
            (Ok(()), _) => {}
            (Err(error), Some(current)) => current.read = Err(error),
            (Err(error), None) => self.claim_day_fault = Some(error.to_string()),
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
    let end = line.dos_through;
    (line.dos, line.dos_through) = (Some(first), last.or(end));
    if days.has_no_end {
        line.say_no_end();
    }
    end.map_or(Ok(()), |end| put_last(line, end))
}

/// Takes the last day of a span, whose first day may still come.
fn put_last(line: &mut ClaimLine, last: Date) -> Result<()> {
    let reason = match (line.dos, line.dos_through) {
        (Some(dos), _) if last < dos => {
            format!("the last day of service, {last}, comes before the first, {dos}")
        }
        (_, Some(own)) if own != last => {
            format!("`{own}` and `{last}` are both last days of service; keep one")
        }
        (dos, _) => {
            line.dos_through = Some(last).filter(|last| dos.is_none_or(|dos| dos < *last));
            return Ok(());
        }
    };
    Err(Error::query(reason))
}

#[cfg(test)]
mod tests {
    use super::super::reader::ClaimReader;

    #[test]
    fn a_span_of_a_claim_may_have_no_end() {
        let text = "CLM*A*1~DTM*232*20260105~DTM*233*99991231~LX*1~SV1*HC:J1640*1~";
        let mut reader = ClaimReader::new(text.as_bytes());
        let line = reader.next_line().unwrap().unwrap().claim.unwrap();
        assert!(line.dos.is_some() && line.dos_through.is_none());
        let said = line.readings.join("; ");
        assert!(said.contains("no end"), "{said}");
    }

    #[test]
    fn a_day_of_one_line_is_not_that_of_another() {
        for (text, expected, said) in [
            // of a room without a procedure, of a line of another kind
            (
                "CLM*A*1~DTP*434*RD8*20260101-20260105~LX*1~SV2*0120**1*DA*3~DTP*472*D8*20260103~\
                 LX*2~SV2*0636*HC:J1640*1*UN*1~",
                "2026-01-01",
                "",
            ),
            (
                "CLM*A*1~LX*1~SV6*HC:A0425*1~DTP*472*D8*20260103~LX*2~SV1*HC:J1640*1*UN*1~",
                "",
                "",
            ),
            // before the service of its line, and behind a line without one
            (
                "CLM*A*1~LX*1~DTP*472*D8*20260104~LX*2~DTP*472*D8*20260103~SV1*HC:J1640*1*UN*1~",
                "2026-01-03",
                "",
            ),
            (
                "CLM*A*1~LX*1~DTP*472*D8*20260104~SV2*0120**1*DA*3~LX*2~SV1*HC:J1640*1*UN*1~",
                "",
                "",
            ),
            (
                "CLM*A*1~LIN**N4*1~CTP****1*UN~SV1*HC:J1640*1*UN*1~",
                "",
                "before the service of their line, not checked: 2",
            ),
            // of the claim before, where claims are levels
            (
                "ST*277*1~HL*1~TRN*2*1~DTP*472*D8*20260103~HL*2~TRN*2*2~SVC*HC:J1640*1~SE*7*1~",
                "",
                "",
            ),
            (
                "CLM*A*1~DTP*472*D8*20260103~SE*1*1~ST*277*1~SVC*HC:J1640*1~SE*3*1~",
                "",
                "",
            ),
        ] {
            let mut reader = ClaimReader::new(text.as_bytes());
            let line = reader.next_line().unwrap().unwrap().claim.unwrap();
            let day = line.dos.map_or(String::new(), |own| own.to_string());
            assert_eq!(day, expected, "{text}");
            while reader.next_line().unwrap().is_some() {}
            let notices = reader.notices().join("; ");
            assert!(notices.contains(said), "{notices}");
            assert_eq!(notices.contains("before the service"), !said.is_empty());
        }
    }

    #[test]
    fn what_is_no_day_is_said_and_leaves_the_line() {
        for (claim, line, expected, said) in [
            ("", "DTP*472*D8*20260105~DTP*472*TM*1430", "2026-01-05", ""),
            ("", "DTP*472*TM*1430~DTP*472*D8*20260105", "2026-01-05", ""),
            (
                "",
                "DTP*472*TM*1430",
                "",
                "of service has a time alone, `1430`",
            ),
            (
                "DTP*434*RD8*20260101-20260131~",
                "DTP*472*RTM*1430-1500",
                "2026-01-01",
                "`1430-1500`, and the day is that of its claim",
            ),
            (
                "DTP*472*D8*20260103~",
                "DTP*472*D8*",
                "2026-01-03",
                "is blank, and the day is that of its claim",
            ),
            ("DTP*472*TM*1430~", "DTP*472*D8*20260105", "2026-01-05", ""),
            ("", "DTP*472*DT*202601051430", "2026-01-05", ""),
            (
                "",
                "DTP*472*RDT*202601051430-202601061500",
                "2026-01-05",
                "",
            ),
            ("", "DTM*472****RD8*20260105-20260106", "2026-01-05", ""),
        ] {
            let text = format!("CLM*A*1~{claim}LX*1~SV1*HC:J1640*1*UN*1~{line}~");
            let mut reader = ClaimReader::new(text.as_bytes());
            let own = reader.next_line().unwrap().unwrap().claim.unwrap();
            let day = own.dos.map_or(String::new(), |own| own.to_string());
            assert_eq!(day, expected, "{text}");
            let readings = own.readings.join("; ");
            assert!(readings.contains(said), "{text}: {readings}");
            assert_eq!(readings.is_empty(), said.is_empty(), "{text}: {readings}");
        }
    }

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
            ("DTM*151*20260107~DTM*150*20260105", "2026-01-05 2026-01-07"),
            ("DTM*151*20260105~DTM*150*20260105", "2026-01-05"),
            ("DTM*151*20260107", "has no first day"),
            (
                "DTM*151*20260101~DTM*150*20260105",
                "comes before the first, 2026-01-05",
            ),
            (
                "DTP*472*RD8*20260105-20260107~DTM*151*20260109",
                "are both last days",
            ),
            (
                "DTM*151*20260109~DTP*472*RD8*20260105-20260107",
                "are both last days",
            ),
        ] {
            for text in [
                format!("CLM*A*1~LX*1~SV1*HC:J1640*1~{days}~"),
                format!("CLM*A*1~{days}~LX*1~SV1*HC:J1640*1~"),
            ] {
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
