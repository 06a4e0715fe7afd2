//! The day or days of service in a cell, as people and programs write them.

use super::value::plain;
use crate::codeset::Date;
use crate::error::{Error, Result, excerpt};

/// The years of days of service; programs write others, such as 1900 or 9999, for no day.
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1950..=2099;
/// A last day from this year on, such as 9999-12-31, says that there is no end.
const NO_END: u32 = 2099;
/// The serial numbers of days from 2000 to 2099 in a spreadsheet.
const SERIALS: std::ops::RangeInclusive<i32> = 36_526..=73_050;
const SERIAL_DIGITS: usize = 5;
const SERIAL_ORIGIN: (i16, i8, i8) = (1899, 12, 30);

/// Where a day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a segment of X12, or among other values.
    Segment,
    /// In a line of text, where it may be digits alone: `MMDDYYYY` or `MMDDYY`.
    Text,
    /// In a column of days, where a number may also be a spreadsheet's serial number of a day.
    Column,
}

/// The day or the span of days that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) first: Date,
    pub(super) last: Option<Date>,
    /// Whether it is a span that says that it has no end.
    pub(super) has_no_end: bool,
}

/// The day or days of service in a text; `None` if there is none.
///
/// Days are in the formats of [`Date`]; a span is two days separated by a hyphen or `to`; X12
/// prefixes them with `D8` or `RD8`.
pub(super) fn days(text: &str, place: Place) -> Result<Option<Days>> {
    let text = plain(text);
    if text.is_empty() {
        return Ok(None);
    }
    let bare = without_qualifier(text);
    let one = day(bare, place).map(|day| (day, None));
    let found = one.or_else(|| span(bare).map(|(first, last)| (first, Some(last))));
    let (first, last) = found.ok_or_else(|| {
        let reason = format!("`{}` is no day; write YYYY-MM-DD", excerpt(text));
        Error::query(reason)
    })?;
    if last.is_some_and(|last| last < first) {
        let reason = format!(
            "`{}` runs backwards; write the earlier day first",
            excerpt(text)
        );
        return Err(Error::query(reason));
    }
    let has_no_end = last.is_some_and(is_no_end);
    let last = last.filter(|_| !has_no_end);
    for day in [Some(first), last].into_iter().flatten() {
        if !YEARS.contains(&day.year()) {
            return Err(Error::query(format!(
                "`{}` is no day of service: its year is not within {} to {}; give the day, or \
                 leave it empty",
                excerpt(text),
                YEARS.start(),
                YEARS.end()
            )));
        }
    }
    Ok(Some(Days {
        first,
        last,
        has_no_end,
    }))
}

/// Whether the last day of a span, in a text of its own, says that the span has no end.
pub(super) fn says_no_end(text: &str, place: Place) -> bool {
    day(without_qualifier(plain(text)), place).is_some_and(is_no_end)
}

fn is_no_end(last: Date) -> bool {
    last.year() >= NO_END
}

/// A text without the qualifier of X12.
fn without_qualifier(text: &str) -> &str {
    let bare = ["RD8", "D8"].iter().find_map(|own| {
        let rest = text.strip_prefix(own)?;
        Some(rest.trim_start_matches([':', '*', ' ', '|', '>', '^']))
    });
    bare.unwrap_or(text)
}

/// Whether a text is a day or a span of days, of service or not.
pub(super) fn is_day(text: &str) -> bool {
    day(text, Place::Text).is_some() || span(text).is_some()
}

fn day(text: &str, place: Place) -> Option<Date> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    if let (6, true, Place::Text | Place::Column) = (text.len(), is_number, place) {
        return day_of_digits(text);
    }
    text.parse()
        .ok()
        .or_else(|| day_with_time(text))
        .or_else(|| day_of_digits(text).filter(|_| place != Place::Segment && text.len() == 8))
        .or_else(|| serial_day(text).filter(|_| place == Place::Column))
}

/// A day as month, day and year without signs between them: `01152026`, `011526`.
pub(super) fn day_of_digits(text: &str) -> Option<Date> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let (month, rest) = text.split_at_checked(2).filter(|_| is_number)?;
    let (day, year) = rest.split_at_checked(2)?;
    format!("{month}/{day}/{year}").parse().ok()
}

/// The day of a spreadsheet's serial number; the part after the point is the time of day.
pub(super) fn serial_day(text: &str) -> Option<Date> {
    let (day, time) = text.split_once('.').unwrap_or((text, "0"));
    let is_time = !time.is_empty() && time.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = day.len() == SERIAL_DIGITS && day.bytes().all(|byte| byte.is_ascii_digit());
    let serial: i32 = day.parse().ok().filter(|_| is_time && is_day)?;
    let (year, month, day) = SERIAL_ORIGIN;
    SERIALS.contains(&serial).then_some(())?;
    Date::new(year, month, day)?.later(serial)
}

/// A day followed by hours and minutes without a separator, as X12 and HL7 write it:
/// `202601151430`.
fn day_with_time(text: &str) -> Option<Date> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let (day, time) = text.split_at_checked(8).filter(|_| is_number)?;
    let is_time = matches!(time.len(), 4 | 6) && &time[..2] < "24" && &time[2..4] < "60";
    day.parse().ok().filter(|_| is_time)
}

/// Two days with a separator, which may also occur within days.
fn span(text: &str) -> Option<(Date, Date)> {
    const BETWEEN: [&str; 7] = ["-", "–", "—", " to ", " thru ", " through ", "/"];
    BETWEEN.iter().find_map(|between| {
        text.match_indices(between).find_map(|(at, _)| {
            let day = |text: &str| text.parse().ok().or_else(|| day_with_time(text));
            let first = day(text[..at].trim())?;
            let last = day(text[at + between.len()..].trim())?;
            Some((first, last))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_may_have_hours_and_minutes() {
        let day = Date::new(2026, 1, 15);
        for (text, expected) in [
            ("202601150000", day),
            ("202601152359", day),
            ("20260115143059", day),
            ("202601151460", None),
            ("202601152400", None),
            ("2026011514", None),
            ("20260115143x", None),
        ] {
            assert_eq!(day_with_time(text), expected, "{text}");
        }
    }

    #[test]
    fn days_and_spans() {
        let of = |text: &str| {
            let found = days(text, Place::Column).unwrap().unwrap();
            let (first, last) = (found.first, found.last);
            last.map_or(first.to_string(), |last| format!("{first} {last}"))
        };
        for text in [
            "2026-01-15",
            "1/15/2026",
            "46037",
            "46037.0",
            "46037.75",
            "202601151430",
            "20260115143000",
            "D8*20260115",
            "15-Jan-2026",
            "01152026",
            "011526",
        ] {
            assert_eq!(of(text), "2026-01-15", "{text}");
        }
        for text in [
            "20260115-20260131",
            "RD8*20260115-20260131",
            "1/15/2026 - 1/31/2026",
            "01/15/26-01/31/26",
            "2026-01-15 to 2026-01-31",
            "2026-01-15–2026-01-31",
            "2026-01-15/2026-01-31",
            "202601151430-202601310800",
        ] {
            assert_eq!(of(text), "2026-01-15 2026-01-31", "{text}");
        }
        assert_eq!(days(" nan ", Place::Column).unwrap(), None);
        assert!(days("46037", Place::Text).is_err());
        for bad in [
            "soon",
            "13/13/2026",
            "2026",
            "1/15/2026/1",
            "20260131-20260115",
            "99999",
            "46037.",
            "46037.x",
            "202601152530",
            "046037",
            "461526",
            "13152026",
            "08:30",
            "1900-01-01",
            "0001-01-01",
            "1/5/0026",
            "9999-12-31",
            "9999-12-31 to 9999-12-31",
        ] {
            assert!(days(bad, Place::Column).is_err(), "{bad}");
        }
        for text in [
            "2026-01-15 to 9999-12-31",
            "20260115-20991231",
            "1/15/2026-12/31/2999",
        ] {
            assert_eq!(of(text), "2026-01-15", "{text}");
            assert!(days(text, Place::Column).unwrap().unwrap().has_no_end);
        }
        for end in [
            "12/31/9999",
            "99991231",
            "12312999",
            "D8*99991231",
            "2099-12-31",
        ] {
            assert!(says_no_end(end, Place::Column), "{end}");
        }
        for end in ["2098-12-31", "2026-01-15", "soon", "", "1900-01-01"] {
            assert!(!says_no_end(end, Place::Column), "{end}");
        }
        // X12 writes six digits as YYMMDD.
        assert!(days("120115", Place::Segment).is_err());
    }
}
