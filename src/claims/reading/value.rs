//! The value of a cell, as people and programs write it: empty values, changes by spreadsheets,
//! days and spans of days.

use crate::codeset::Date;
use crate::error::{Error, Result};

/// The most characters of a wrong value that a message repeats.
const SHOWN: usize = 40;
/// Values that programs write for an empty cell.
const NOTHING: &[&str] = &[
    "",
    "-",
    "--",
    "---",
    ".",
    "?",
    "na",
    "n/a",
    "#n/a",
    "<na>",
    "nan",
    "null",
    "(null)",
    "<null>",
    "none",
    "nil",
    "nat",
    "\\n",
    "(blank)",
    "blank",
    "n.a.",
    "#null!",
    "#value!",
    "#ref!",
    "00000000",
    "0000-00-00",
];
/// The serial numbers of days from 2000 to 2099 in a spreadsheet.
const SERIALS: std::ops::RangeInclusive<i32> = 36_526..=73_050;
const SERIAL_ORIGIN: (i16, i8, i8) = (1899, 12, 30);

/// A value without blanks and without the signs in which spreadsheets wrap text; empty if it stands
/// for nothing.
pub(crate) fn plain(cell: &str) -> &str {
    let is_gap =
        |letter: char| letter.is_whitespace() || letter == '\u{FEFF}' || letter == '\u{200B}';
    let cell = cell.trim_matches(is_gap);
    let formula = cell
        .strip_prefix("=\"")
        .and_then(|cell| cell.strip_suffix('"'));
    let cell = formula.unwrap_or(cell);
    let cell = cell.strip_prefix('\'').unwrap_or(cell).trim_matches(is_gap);
    if cell.len() <= 10 && NOTHING.iter().any(|own| cell.eq_ignore_ascii_case(own)) {
        return "";
    }
    cell
}

/// A whole number without the decimal point of a program: 25 for `25.0`.
pub(crate) fn whole(value: &str) -> &str {
    let Some((number, zeros)) = value.split_once('.') else {
        return value;
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_zero = zeros.bytes().all(|byte| byte == b'0');
    if is_digits(number) && is_zero && !zeros.is_empty() {
        number
    } else {
        value
    }
}

/// Refuses a number of which a spreadsheet has kept only some digits, such as `5.52921E+10`.
pub(crate) fn refuse_shortened(value: &str) -> Result<()> {
    let Some((mantissa, exponent)) = value.split_once(['E', 'e']) else {
        return Ok(());
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix('+');
    let is_shortened = exponent.is_some_and(is_number)
        && mantissa
            .split_once('.')
            .map_or(is_number(mantissa), |(whole, rest)| {
                is_number(whole) && is_number(rest)
            });
    if !is_shortened {
        return Ok(());
    }
    Err(Error::query(format!(
        "`{value}` is a number that a spreadsheet has shortened, its digits are lost; format the \
         column as text and export it again"
    )))
}

/// The day or days of service in a text; `None` if there is none.
///
/// Days are in the formats of [`Date`]; a span is two days separated by a hyphen or `to`; X12
/// prefixes them with `D8` or `RD8`. With `with_serials`, for a column of days, a number may be a
/// spreadsheet's serial number of a day.
/// as in a column of days.
pub(crate) fn days(text: &str, with_serials: bool) -> Result<Option<(Date, Option<Date>)>> {
    let text = plain(text);
    if text.is_empty() {
        return Ok(None);
    }
    let bare = ["RD8", "D8"].iter().find_map(|own| {
        let rest = text.strip_prefix(own)?;
        Some(rest.trim_start_matches([':', '*', ' ', '|', '>', '^']))
    });
    let bare = bare.unwrap_or(text);
    if let Some(day) = day(bare, with_serials) {
        return Ok(Some((day, None)));
    }
    if let Some((first, last)) = span(bare) {
        if last < first {
            let reason = format!(
                "`{}` runs backwards; write the earlier day first",
                shown(text)
            );
            return Err(Error::query(reason));
        }
        return Ok(Some((first, Some(last))));
    }
    Err(Error::query(format!(
        "`{}` is no day; write YYYY-MM-DD",
        shown(text)
    )))
}

fn day(text: &str, with_serials: bool) -> Option<Date> {
    text.parse()
        .ok()
        .or_else(|| day_with_time(text))
        .or_else(|| {
            let text = Some(text).filter(|_| with_serials)?;
            // The part after the point is the time of day.
            let (day, time) = text.split_once('.').unwrap_or((text, "0"));
            let is_time = !time.is_empty() && time.bytes().all(|byte| byte.is_ascii_digit());
            let serial: i32 = day.parse().ok().filter(|_| is_time)?;
            let (year, month, day) = SERIAL_ORIGIN;
            SERIALS.contains(&serial).then_some(())?;
            Date::new(year, month, day)?.later(serial)
        })
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
            let first: Date = text[..at].trim().parse().ok()?;
            let last: Date = text[at + between.len()..].trim().parse().ok()?;
            Some((first, last))
        })
    })
}

/// The beginning of a wrong value, for a message.
pub(crate) fn shown(text: &str) -> String {
    text.chars()
        .take(SHOWN)
        .filter(|letter| !letter.is_control())
        .collect()
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
    fn what_means_nothing_and_what_is_wrapped() {
        for nothing in [
            "", "  ", "nan", "NULL", "-", "NaT", "N/A", "(null)", "\u{A0}", "'", "=\"\"",
        ] {
            assert_eq!(plain(nothing), "", "{nothing:?}");
        }
        assert_eq!(plain(" '25 "), "25");
        assert_eq!(plain("=\"0025\""), "0025");
        assert_eq!(
            (whole("25.0"), whole("25.00"), whole("25.5")),
            ("25", "25", "25.5")
        );
        assert_eq!(
            (whole("."), whole("1."), whole("J1.0")),
            (".", "1.", "J1.0")
        );
        for shortened in ["5.52921E+10", "5E+10", "1.0e+09"] {
            assert!(refuse_shortened(shortened).is_err(), "{shortened}");
        }
        for own in ["E0601", "1E2", "J1640", "E+10", "12E+"] {
            assert!(refuse_shortened(own).is_ok(), "{own}");
        }
    }

    #[test]
    fn days_and_spans() {
        let of = |text: &str| {
            let (first, last) = days(text, true).unwrap().unwrap();
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
        ] {
            assert_eq!(of(text), "2026-01-15 2026-01-31", "{text}");
        }
        assert_eq!(days(" nan ", true).unwrap(), None);
        assert!(days("46037", false).is_err());
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
        ] {
            assert!(days(bad, true).is_err(), "{bad}");
        }
    }
}
