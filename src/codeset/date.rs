//! `Date`: a day as CMS writes it, YYYYMMDD; spans of days.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::written_day;
use crate::error::excerpt;

/// A calendar day.
///
/// CMS writes `20060101`, people in the US `1/1/2006`, `1/1/06` or `Jan 1, 2006`, programs
/// `2006-01-01`, with or without a time of day: all are read, the last is shown.
///
/// ```
/// use hcpcs::Date;
///
/// let day: Date = "20060101".parse()?;
/// assert_eq!(day.to_string(), "2006-01-01");
/// assert_eq!("1/1/2006".parse::<Date>()?, day);
/// assert!(day < "2006-01-02".parse()?);
/// assert!("2006-02-30".parse::<Date>().is_err());
/// # Ok::<(), hcpcs::ParseDateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u32);

/// Why a text is not a calendar day, or not a span of days.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseDateError {
    /// There is no such day.
    #[error("`{0}` is not a date; write YYYY-MM-DD")]
    NotADate(String),
    /// The last day of a span comes before its first.
    #[error("`{0}` runs backwards; write the earlier day first")]
    Backwards(String),
}

impl Date {
    /// The first day that can be written.
    pub const MIN: Self = Self(1_01_01);
    /// The last day that can be written.
    pub const MAX: Self = Self(9999_12_31);

    /// The day of a year, a month (1–12) and a day of the month; `None` if there is no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        jiff::civil::Date::new(year, month, day)
            .ok()
            .map(Self::from_civil)
    }

    /// Today, in the time zone of this machine.
    #[must_use]
    pub fn today() -> Self {
        Self::from_civil(jiff::Zoned::now().date())
    }

    /// Reads a date field of CMS, in which blanks, `00000000` and `19000101` mean no date, as does
    /// the last day of 9999 where others wrote it for an open end.
    ///
    /// # Errors
    /// The field holds something else that is not a day.
    pub fn from_cms(field: &str) -> Result<Option<Self>, ParseDateError> {
        match field.trim() {
            "" | "0" | "00000000" | "19000101" => Ok(None),
            text => text
                .parse()
                .map(|day| Some(day).filter(|day| *day != Self::MAX)),
        }
    }

    /// Year, month and day as one number, such as `20060101`.
    #[must_use]
    #[inline]
    pub fn number(self) -> u32 {
        self.0
    }

    /// The day of a number that [`Date::number`] gives; `None` if there is no such day.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        let year = i16::try_from(number / 10_000).ok()?;
        let month = i8::try_from(number / 100 % 100).ok()?;
        Self::new(year, month, i8::try_from(number % 100).ok()?)
    }

    /// The day of a number that [`Date::number`] gave, not checked against the calendar; 0 is none.
    #[inline]
    pub(crate) fn stored(number: u32) -> Option<Self> {
        (number != 0).then_some(Self(number))
    }

    /// The day as `YYYY-MM-DD`. An answer has dozens of them, so this writes digits without
    /// `format!`.
    fn digits(self) -> [u8; 10] {
        let mut digits = *b"0000-00-00";
        let mut rest = self.0;
        for place in [9, 8, 6, 5, 3, 2, 1, 0] {
            digits[place] += u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        digits
    }

    /// The day before; of [`Date::MIN`] it is that day itself.
    #[must_use]
    pub fn yesterday(self) -> Self {
        let before = self.civil().and_then(|day| day.yesterday().ok());
        before.map_or(Self::MIN, Self::from_civil).max(Self::MIN)
    }

    /// The day that many days later; `None` if it cannot be written.
    #[must_use]
    pub(crate) fn later(self, days: i32) -> Option<Self> {
        let day = self
            .civil()?
            .checked_add(jiff::Span::new().days(days))
            .ok()?;
        (day.year() >= 1).then(|| Self::from_civil(day))
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> u32 {
        self.0 / 10_000
    }

    fn civil(self) -> Option<jiff::civil::Date> {
        let part = |value: u32| i8::try_from(value % 100).ok();
        let year = i16::try_from(self.year()).ok()?;
        jiff::civil::Date::new(year, part(self.0 / 100)?, part(self.0)?).ok()
    }

    fn from_civil(day: jiff::civil::Date) -> Self {
        let part = |value: i8| u32::from(value.unsigned_abs());
        let year = u32::from(day.year().unsigned_abs());
        Self(year * 10_000 + part(day.month()) * 100 + part(day.day()))
    }
}

impl FromStr for Date {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, ParseDateError> {
        let digits = |text: &str| -> Option<Self> {
            let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
            Self::from_number(text.parse().ok().filter(|_| is_number)?)
        };
        let bytes = text.as_bytes();
        let day = match bytes.len() {
            8 if bytes[0].is_ascii_digit() && !text.contains(['/', '-']) => digits(text),
            10 if bytes[4] == b'-' && bytes[7] == b'-' => digits(&text.replace('-', "")),
            _ => None,
        };
        day.or_else(|| {
            let (year, month, day) = written_day::parts(text)?;
            Self::new(year, month, day)
        })
        .ok_or_else(|| ParseDateError::NotADate(excerpt(text)))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            let digits = self.digits();
            serializer.serialize_str(std::str::from_utf8(&digits).unwrap_or_default())
        } else {
            serializer.serialize_u32(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
            return text.parse().map_err(serde::de::Error::custom);
        }
        let number = u32::deserialize(deserializer)?;
        Self::from_number(number)
            .ok_or_else(|| serde::de::Error::custom(format!("{number} is not a date")))
    }
}

#[cfg(test)]
mod tests {
    use super::super::date_span::DateSpan;
    use super::*;

    #[test]
    fn cms_blanks_mean_none() {
        for blank in ["", "        ", "00000000", "19000101"] {
            assert_eq!(Date::from_cms(blank), Ok(None), "{blank:?}");
        }
        assert_eq!(
            Date::from_cms("20131231").unwrap().unwrap().number(),
            2013_12_31
        );
    }

    #[test]
    fn what_is_no_date() {
        let all = "2026-13-01;20260-1-15;2026-011-5;20260231;tomorrow;+2026010;é234567;\
            13/13/2026;15/01/2026;15.01.2026;1/15;1/15/226;1/15/2026/1;1/+5/2026;\
            Foo 15, 2026;ma 15 2026;2026;12:00;Jan 2026;";
        for bad in all.split(';') {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        for bad in ["2026-01-02..2026-01-01", "2026..", "x..y"] {
            assert!(bad.parse::<DateSpan>().is_err(), "{bad}");
        }
    }

    #[test]
    fn days_as_people_and_programs_write_them() {
        let all = "2026-01-15;20260115; 2026-1-15;2026/01/15;2026.01.15;01/15/2026;1/15/2026;\
            1/15/26;1-15-2026;Jan 15, 2026;January 15 2026;15-Jan-2026;15-JAN-26;\
            15 jan 2026;15JAN2026;2026-Jan-15;2026-01-15 00:00:00;2026-01-15T00:00:00;\
            2026-01-15T08:30:00.000Z;2026-01-15 00:00:00+00:00;1/15/2026 12:00:00 AM;\
            1/15/2026 0:00";
        for written in all.split(';') {
            let day = written.parse::<Date>().map(|day| day.to_string());
            assert_eq!(day.as_deref(), Ok("2026-01-15"), "{written}");
        }
        assert_eq!("9/30/99".parse::<Date>().unwrap().to_string(), "1999-09-30");
        assert_eq!(
            "Sept 3, 2025".parse::<Date>().unwrap().to_string(),
            "2025-09-03"
        );
    }

    #[test]
    fn the_day_before() {
        let day: Date = "2024-03-01".parse().unwrap();
        assert_eq!(day.yesterday().to_string(), "2024-02-29");
        assert_eq!(Date::MIN.yesterday(), Date::MIN);
    }
}
