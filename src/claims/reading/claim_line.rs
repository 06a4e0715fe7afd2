//! `ClaimLine`: a code, its modifiers and the days of service, as claims write them.

use serde_json::Value;

use super::claim_input::ClaimInput;
use super::composite::CodeSet;
use super::written_days::Days;
use crate::codeset::{Code, Date, Kind, ParseCodeError};
use crate::error::{Error, Result, excerpt};

/// A line of a claim, as far as the code set can judge it.
///
/// ```
/// use hcpcs::claims::ClaimLine;
///
/// let line: ClaimLine = "HC:J1640:JW::::hemin 1 mg".parse()?; // X12 837, SV101
/// assert_eq!((line.code.as_str(), line.modifiers.as_slice()), ("J1640", &["JW".to_owned()][..]));
/// let line: ClaimLine = "j1640 jw 1/15/2026".parse()?;
/// assert_eq!(line.dos, "2026-01-15".parse().ok());
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimLine {
    /// Returned unchanged with the verdict; any JSON value.
    pub line_id: Option<Value>,
    /// The first day of service; by default today.
    pub dos: Option<Date>,
    /// The last day of service, if the line has a span of days.
    pub dos_through: Option<Date>,
    /// The text in the code's place, in capitals.
    pub code: String,
    /// The text of the code's cell, if zeros that a spreadsheet drops were added to it.
    pub given_code: Option<String>,
    /// How parts of the line were read that may mean something else, in words.
    pub readings: Vec<String>,
    /// The code set that the claim names.
    pub code_set: CodeSet,
    /// The texts in the modifiers' places, in capitals.
    pub modifiers: Vec<String>,
    /// Returned unchanged.
    pub units: Option<Value>,
    /// The number of the drug package, as given.
    pub ndc: Option<String>,
    /// The quantity of the drug, as given; empty if the input has a place for it that is blank.
    pub ndc_quantity: Option<String>,
    /// The unit of that quantity, such as `UN` or `ML`.
    pub ndc_unit: Option<String>,
    /// The given amount with its unit, such as `0.4 mg`; empty if the input has a place for it that
    /// is blank.
    pub dose: Option<String>,
    /// How much of the drug was discarded, as given.
    pub waste: Option<String>,
    /// The service or drug in words, as in a charge master.
    pub description: Option<String>,
    /// What the line was read from.
    pub input: Option<ClaimInput>,
}

impl ClaimLine {
    /// Whether code and modifiers have the right form, so that a text is meant as a claim line and
    /// not as a file name or the like.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let is_short =
            |own: &String| own.len() == 2 && own.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_procedure = is_code(&self.code) || self.code_set != CodeSet::Hcpcs;
        (is_procedure || is_short(&self.code)) && self.modifiers.iter().all(is_short)
    }

    /// Takes the code of a cell: `J1640`, `J1640JW`, `J1640-JW`, `HC:J1640:JW`.
    pub(crate) fn put_code(&mut self, cell: &str) -> Result<()> {
        let read: Self = cell.parse()?;
        self.code = read.code;
        self.code_set = read.code_set;
        self.modifiers = read.modifiers;
        self.readings.extend(read.readings);
        if read.dos.is_some() {
            (self.dos, self.dos_through) = (read.dos, read.dos_through);
        }
        Ok(())
    }

    /// Takes the day or days of service; a second day is the end of a span.
    pub(super) fn put_days(&mut self, days: Days) -> Result<()> {
        let Days { first, last, .. } = days;
        if days.has_no_end {
            self.say_no_end();
        }
        match self.dos {
            None => (self.dos, self.dos_through) = (Some(first), last),
            Some(dos) if self.dos_through.is_none() && last.is_none() && first >= dos => {
                self.dos_through = Some(first).filter(|last| *last > dos);
            }
            Some(dos) => {
                let reason = format!("`{dos}` and `{first}` are both days of service; keep one");
                return Err(Error::query(reason));
            }
        }
        Ok(())
    }

    /// Says that the last day of the line's span is read as none.
    pub(super) fn say_no_end(&mut self) {
        self.readings.push(NO_END.to_owned());
    }

    /// Says that the place of the line's units is blank.
    pub(super) fn say_no_units(&mut self) {
        self.readings
            .push("the place of its units is blank".to_owned());
    }

    /// The line, if it has a code and the code is first.
    pub(crate) fn checked(self) -> Result<Self> {
        if self.code.is_empty() && self.description.is_none() {
            return Err(Error::query("there is no code; give one such as `J1640`"));
        }
        let is_modifier = self
            .code
            .parse::<Code>()
            .is_ok_and(|code| code.kind() == Kind::Modifier);
        if let Some(second) = self.modifiers.first().filter(|_| is_modifier) {
            let reason = format!(
                "`{}` comes before `{}`; write the code first, as in `J1640 JW` or `HC:J1640:JW`",
                self.code,
                excerpt(second)
            );
            return Err(Error::query(reason));
        }
        Ok(self)
    }
}

/// Whether a text has the form of a procedure code, including CPT and CDT.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() == 5
        && !matches!(
            Code::from_bytes(text.as_bytes()),
            Err(ParseCodeError::NotACode | ParseCodeError::Backwards)
        )
}

/// How the last day of a span without an end is read.
const NO_END: &str = "its last day says that there is no end, and is read so";

/// The separators of a line's parts.
pub(super) const GAPS: [char; 5] = [',', ';', ':', '|', '\t'];

/// The separators of a code and its modifiers.
pub(super) const JOINS: [char; 3] = ['-', '/', '+'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_claims_write_them() {
        for (text, code, modifiers, dos) in [
            ("J1640", "J1640", "", ""),
            ("  j1640 jw ", "J1640", "JW", ""),
            ("HC:J1640:JW", "J1640", "JW", ""),
            ("HC>J1640>JW", "J1640", "JW", ""),
            ("HC|J1640|JW", "J1640", "JW", ""),
            ("HC^J1640^JW^^KX", "J1640", "JW KX", ""),
            ("HC<J1640<JW", "J1640", "JW", ""),
            ("HC\\J1640\\JW", "J1640", "JW", ""),
            ("hc:E0601:RR:KX:::", "E0601", "RR KX", ""),
            ("HC:J1640:JW::::hemin 1 mg", "J1640", "JW", ""),
            ("HC:E1399:::::Custom: brace", "E1399", "", ""),
            ("HC:J1640:JW~", "J1640", "JW", ""),
            ("HC:J1640:JW 2026-01-15", "J1640", "JW", "2026-01-15"),
            ("HC:J1640 1/15/2026", "J1640", "", "2026-01-15"),
            ("HC", "HC", "", ""),
            ("HC J1640 JW", "J1640", "JW", ""),
            ("AD:D0120", "D0120", "", ""),
            ("E0601-RR-KX", "E0601", "RR KX", ""),
            ("J1640/JW", "J1640", "JW", ""),
            ("J1640JW", "J1640", "JW", ""),
            ("E0601RRKX", "E0601", "RR KX", ""),
            ("9921325", "99213", "25", ""),
            ("E0601 RR, KX; KH:59", "E0601", "RR KX KH 59", ""),
            ("E0601 RR,KX/59", "E0601", "RR KX 59", ""),
            ("J1640,JW,2026-01-15", "J1640", "JW", "2026-01-15"),
            ("J1640 1/15/2026", "J1640", "", "2026-01-15"),
            ("J1640 NULL 1/15/26 25.0", "J1640", "25", "2026-01-15"),
            ("J1640 12312025", "J1640", "", "2025-12-31"),
            ("J1640 JW 120125", "J1640", "JW", "2025-12-01"),
            ("J1640 JWKX", "J1640", "JW KX", ""),
            ("E0601 RR5925", "E0601", "RR 59 25", ""),
            ("J1640 X2", "J1640", "X2", ""),
            ("E0601 A1 A2 A3 A4 A5", "E0601", "A1 A2 A3 A4 A5", ""),
            ("99213.0", "99213", "", ""),
            ("99213", "99213", "", ""),
            ("JW", "JW", "", ""),
            ("J16400", "J16400", "", ""),
            ("é", "É", "", ""),
        ] {
            let line: ClaimLine = text.parse().unwrap();
            assert_eq!(line.code, code, "{text}");
            assert_eq!(line.modifiers.join(" "), modifiers, "{text}");
            assert_eq!(line.dos, dos.parse().ok(), "{text}");
        }
        for (text, said) in [
            ("", "there is no code"),
            ("HC:", "there is no code"),
            ("HC::JW", "there is no code"),
            ("HC::JW:RT", "there is no code"),
            ("nan", "there is no code"),
            ("JW KX", "write the code first"),
            ("5.52921E+10", "its digits are lost"),
            ("J1640 2026-01-15 2026-01-01", "both days of service"),
            ("J1640 31/12/2025", "`2025` is neither a day nor a modifier"),
            ("J1640 2025-13-31", "neither a day nor a modifier"),
            ("J1640 1201", "neither a day nor a modifier"),
            ("J1640 1900-01-01", "no day of service: its year"),
            ("J1640,1900-01-01", "no day of service: its year"),
            ("HC:J1640:JW 1900-01-01", "no day of service: its year"),
            ("J1640 9999-12-31", "no day of service: its year"),
            ("J1640 2026-01-31 to 2026-01-01", "both days of service"),
            ("J1640 #N/A", "the error of a formula"),
            ("J1640 JW x336", "a quantity"),
            ("J1640 X336", "a quantity"),
            ("j1640 x2", "a quantity"),
            ("J1640x2", "a quantity"),
            ("J1640 JZ 50mg", "an amount"),
            ("J1640 25ml JZ", "an amount"),
            ("J1640 5g", "an amount"),
            ("J1640 2x", "a quantity"),
            ("J1640 TRUE", "a word and no modifier"),
            ("5,J1640", "write the code first"),
            ("C-17 J1640 JW", "write the code first"),
        ] {
            let reason = text.parse::<ClaimLine>().unwrap_err().to_string();
            assert!(reason.contains(said), "{text}: {reason}");
        }
        let hipps: ClaimLine = "HP:1AA11".parse().unwrap();
        assert_eq!((hipps.code_set, &*hipps.code), (CodeSet::Hipps, "1AA11"));
        let parts: ClaimLine = "HC:J1640:JW:::::J1645:RT".parse().unwrap();
        let said = parts.readings.join("; ");
        assert!(
            said.contains("`J1645`, is not checked") && said.contains("`RT`"),
            "{said}"
        );
        for (text, modifiers, said) in [
            ("J1640 50MG", "50 MG", "not as an amount"),
            ("J1640 1/15/2026 50", "50", "not as a quantity"),
            ("J1640 50 1/15/2026", "50", ""),
            ("J1640 59RT 1/15/2026", "59 RT", ""),
        ] {
            let line: ClaimLine = text.parse().unwrap();
            assert_eq!(line.modifiers.join(" "), modifiers, "{text}");
            let readings = line.readings.join("; ");
            assert!(readings.contains(said), "{text}: {readings}");
            assert_eq!(readings.is_empty(), said.is_empty(), "{text}: {readings}");
        }
        let many = format!("J1640 {}", "A1 ".repeat(25));
        assert!(many.parse::<ClaimLine>().is_err());
    }

    #[test]
    fn a_last_day_may_say_that_there_is_no_end() {
        for text in [
            "E0601 RR 2026-01-01 9999-12-31",
            "E0601,RR,1/1/2026,12/31/9999",
            "E0601 RR 20260101-99991231",
            "HC:E0601:RR 2026-01-01 99991231",
        ] {
            let line: ClaimLine = text.parse().unwrap();
            let days = (line.dos, line.dos_through);
            assert_eq!(days, ("2026-01-01".parse().ok(), None), "{text}");
            assert_eq!(line.readings, [NO_END], "{text}");
        }
    }

    #[test]
    fn spans_and_cells() {
        let line: ClaimLine = "E0601 RR 2026-01-01 2026-01-31".parse().unwrap();
        assert_eq!(line.dos_through, "2026-01-31".parse().ok());
        let line = ClaimLine::from_cells(["J1640", "JW", "Jan 15, 2026", ""]).unwrap();
        assert_eq!(line.dos, "2026-01-15".parse().ok());
        assert_eq!(line.modifiers, ["JW"]);
        let line = ClaimLine::from_cells(["E0601", "RR KX"]).unwrap();
        assert_eq!(line.modifiers, ["RR", "KX"]);
    }
}
