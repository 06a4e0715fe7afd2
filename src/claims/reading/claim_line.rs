//! `ClaimLine`: a code, its modifiers and the day of service, as claims write them.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use crate::codeset::{Code, Date};
use crate::error::{Error, Result};

/// The most modifiers of a claim line.
pub(crate) const MOST_MODIFIERS: usize = 4;
/// How X12 names this code set in front of a code.
const QUALIFIER: &str = "HC";
/// The most characters of a wrong value that a message repeats.
const SHOWN: usize = 40;

/// A line of a claim, as far as the code set can judge it.
///
/// ```
/// use hcpcs::search::ClaimLine;
///
/// let line: ClaimLine = "HC:J1640:JW".parse()?; // X12 837, SV101
/// assert_eq!((line.code.as_str(), line.modifiers.as_slice()), ("J1640", &["JW".to_owned()][..]));
/// let line: ClaimLine = "j1640 jw 2026-01-15".parse()?;
/// assert_eq!(line.dos, "2026-01-15".parse().ok());
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimLine {
    /// Given back with the verdict as it is; any JSON value.
    pub line_id: Option<Value>,
    /// The day of service; today where there is none.
    pub dos: Option<Date>,
    /// What stands in the code's place, in capitals.
    pub code: String,
    /// What stands in the modifiers' places, in capitals; at most four.
    pub modifiers: Vec<String>,
    /// Given back as it is.
    pub units: Option<Value>,
}

/// A claim line in JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Object<'t> {
    line_id: Option<Value>,
    #[serde(borrow)]
    dos: Option<Cow<'t, str>>,
    #[serde(borrow)]
    code: Cow<'t, str>,
    #[serde(borrow, default)]
    modifiers: Vec<Cow<'t, str>>,
    units: Option<Value>,
}

impl ClaimLine {
    /// Reads a JSON object with `code` and, where they are known, `modifiers`, `dos`, `line_id`
    /// and `units`.
    ///
    /// # Errors
    /// It is no such object, the day is none, or there are too many modifiers.
    pub fn from_json(text: &str) -> Result<Self> {
        let object: Object<'_> = serde_json::from_str(text).map_err(|cause| {
            let example = r#"{"code":"J1640","modifiers":["JW"],"dos":"2026-01-15"}"#;
            Error::query(format!("{cause}; give an object such as {example}"))
        })?;
        let mut line = object.code.parse::<Self>()?;
        for modifier in &object.modifiers {
            line.add_modifier(modifier)?;
        }
        if let Some(day) = &object.dos {
            line.dos = self::day(day)?;
        }
        line.line_id = object.line_id;
        line.units = object.units;
        Ok(line)
    }

    /// Adds a modifier; a blank one is none.
    pub(crate) fn add_modifier(&mut self, text: &str) -> Result<()> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if self.modifiers.len() == MOST_MODIFIERS {
            return Err(Error::query(format!(
                "there are more than {MOST_MODIFIERS} modifiers; a claim line takes no more"
            )));
        }
        self.modifiers.push(text.to_uppercase());
        Ok(())
    }
}

impl std::str::FromStr for ClaimLine {
    type Err = Error;

    /// Reads `J1640`, `J1640 JW`, `J1640-JW`, `HC:J1640:JW`, a day of service behind it or not.
    fn from_str(text: &str) -> Result<Self> {
        let mut line = Self::default();
        let is_gap = |char: char| char.is_whitespace() || matches!(char, ',' | ';' | ':' | '|');
        for part in text.split(is_gap).filter(|part| !part.is_empty()) {
            if line.code.is_empty() {
                line.put_code(part)?;
            } else if let (Ok(Some(day)), None) = (day(part), line.dos) {
                line.dos = Some(day);
            } else {
                line.add_modifier(part)?;
            }
        }
        if let (Ok(_), Some(second)) = (
            Code::from_bytes(line.code.as_bytes()),
            line.modifiers.first(),
        ) && line.code.len() == 2
        {
            let reason = format!(
                "`{}` stands before `{second}`; write the code first, as in `J1640 JW`, or `HC:J1640:JW`",
                line.code
            );
            return Err(Error::query(reason));
        }
        if line.code.is_empty() {
            return Err(Error::query("there is no code; give one such as `J1640`"));
        }
        Ok(line)
    }
}

impl ClaimLine {
    /// The first part of a text: the qualifier, or the code with modifiers behind hyphens.
    fn put_code(&mut self, part: &str) -> Result<()> {
        if part.eq_ignore_ascii_case(QUALIFIER) {
            return Ok(());
        }
        let (code, modifiers) = part.split_once('-').unwrap_or((part, ""));
        self.code = code.to_uppercase();
        modifiers
            .split('-')
            .try_for_each(|own| self.add_modifier(own))
    }
}

/// A day as claims write it: `2026-01-15`, `20260115`, `01/15/2026`. A blank is none.
pub(crate) fn day(text: &str) -> Result<Option<Date>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let american = || {
        let mut parts = text.splitn(3, '/');
        let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let year = parts.next().filter(|year| year.len() == 4)?;
        Date::new(year.parse().ok()?, month, day)
    };
    let day = text.parse().ok().or_else(american);
    day.map(Some).ok_or_else(|| {
        let text: String = text.chars().take(SHOWN).collect();
        Error::query(format!("`{text}` is no day; write YYYY-MM-DD"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_claims_write_them() {
        for (text, code, modifiers, dos) in [
            ("J1640", "J1640", "", ""),
            ("  j1640 jw ", "J1640", "JW", ""),
            ("HC:J1640:JW", "J1640", "JW", ""),
            ("hc:E0601:RR:KX:::", "E0601", "RR KX", ""),
            ("E0601-RR-KX", "E0601", "RR KX", ""),
            ("E0601 RR, KX; KH:59", "E0601", "RR KX KH 59", ""),
            ("J1640,JW,2026-01-15", "J1640", "JW", "2026-01-15"),
            ("J1640 1/15/2026", "J1640", "", "2026-01-15"),
            ("99213", "99213", "", ""),
            ("JW", "JW", "", ""),
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
            ("AD:D0120", "write the code first"),
            ("J1640 A1 A2 A3 A4 A5", "more than 4 modifiers"),
        ] {
            let reason = text.parse::<ClaimLine>().unwrap_err().to_string();
            assert!(reason.contains(said), "{text}: {reason}");
        }
    }

    #[test]
    fn objects() {
        let line = ClaimLine::from_json(
            r#"{"line_id":7,"code":"HC:J1640:JW","modifiers":["kx",""],"dos":"20260115","units":2.5}"#,
        );
        let line = line.unwrap();
        assert_eq!(line.modifiers, ["JW", "KX"]);
        assert_eq!(line.units, Some(Value::from(2.5)));
        assert_eq!(line.dos, "2026-01-15".parse().ok());
        for bad in [
            r#"{"kode":"J1640"}"#,
            r#"{"code":1}"#,
            r#"{"code":"J1640","dos":"soon"}"#,
            r#"{"code":""}"#,
            "{",
        ] {
            assert!(ClaimLine::from_json(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn days() {
        for good in ["2026-01-15", "20260115", "01/15/2026", "1/15/2026"] {
            assert_eq!(day(good).unwrap(), "2026-01-15".parse().ok(), "{good}");
        }
        for bad in ["13/13/2026", "1/15/26", "2026", "x", "1/15/2026/1"] {
            assert!(day(bad).is_err(), "{bad}");
        }
    }
}
