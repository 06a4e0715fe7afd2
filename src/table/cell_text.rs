//! A workbook's cell as text.

use calamine::{DataType, ExcelDateTime};

/// The day with which workbooks begin to count, that of a time without a day.
const NO_DAY: &str = "1899-12-30";
const MIDNIGHT: &str = "00:00";
/// A longer duration, in days, is a day of our time in the format of a duration.
const LONGEST_DURATION: f64 = 10_000.0;

/// A cell as text: 51 for a number stored as 51.0, a day as YYYY-MM-DD, a time as HH:MM.
pub(super) fn write_cell(cell: &impl DataType, text: &mut String) {
    if let Some(own) = cell.get_string() {
        text.push_str(own);
    } else if let Some(day) = cell.get_datetime() {
        *text = written(&day);
    } else if let Some(day) = cell.get_datetime_iso() {
        let (day, time) = day.split_once('T').unwrap_or((day, ""));
        text.push_str(&of_parts(day, time.trim_end_matches('Z')));
    } else if let Some(duration) = cell.get_duration_iso() {
        *text = time_of_iso(duration).unwrap_or_else(|| duration.to_owned());
    } else if let Some(number) = cell.as_string() {
        *text = number;
    } else if let Some(flag) = cell.get_bool() {
        text.push_str(if flag { "TRUE" } else { "FALSE" });
    } else if let Some(error) = cell.get_error() {
        *text = error.to_string();
    }
}

/// A day, a day with a time, or a time: the whole part of a value counts days.
fn written(value: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let days = value.as_f64();
    if days < 1.0 || (value.is_duration() && days < LONGEST_DURATION) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let seconds = (days.max(0.0) * 86_400.0).round() as u64;
        return time(seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }
    let day = format!("{year:04}-{month:02}-{day:02}");
    of_parts(&day, &time(hour.into(), minute.into(), second.into()))
}

/// A day and its time of day, if it has one.
fn of_parts(day: &str, time: &str) -> String {
    let time = time.split_once('.').map_or(time, |(time, _)| time);
    let time = time
        .strip_suffix(":00")
        .filter(|own| own.contains(':'))
        .unwrap_or(time);
    match (day, time) {
        (NO_DAY, time) if !time.is_empty() => time.to_owned(),
        (day, "" | MIDNIGHT) => day.to_owned(),
        (day, time) => format!("{day} {time}"),
    }
}

fn time(hours: u64, minutes: u64, seconds: u64) -> String {
    match seconds {
        0 => format!("{hours:02}:{minutes:02}"),
        seconds => format!("{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// The time of an ISO duration such as `PT10H30M00S`.
fn time_of_iso(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let seconds = seconds.split_once(['.', ',']).map_or(seconds, |own| own.0);
    let number = |text: &str| text.parse().ok();
    Some(time(number(hours)?, number(minutes)?, number(seconds)?))
}

#[cfg(test)]
mod tests {
    use calamine::{Data, ExcelDateTimeType};

    use super::*;

    #[test]
    fn a_time_is_no_day_and_a_day_keeps_its_time() {
        let excel = |value, kind| Data::DateTime(ExcelDateTime::new(value, kind, false));
        let day = |value| excel(value, ExcelDateTimeType::DateTime);
        for (cell, expected) in [
            (day(46_037.0), "2026-01-15"),
            (day(46_037.4375), "2026-01-15 10:30"),
            (day(0.4375), "10:30"),
            (day(0.0), "00:00"),
            (excel(1.5, ExcelDateTimeType::TimeDelta), "36:00"),
            (excel(46_037.0, ExcelDateTimeType::TimeDelta), "2026-01-15"),
            (Data::DateTimeIso("2026-01-15".into()), "2026-01-15"),
            (
                Data::DateTimeIso("2026-01-15T00:00:00".into()),
                "2026-01-15",
            ),
            (
                Data::DateTimeIso("2026-01-15T10:30:00".into()),
                "2026-01-15 10:30",
            ),
            (Data::DateTimeIso("1899-12-30T10:30:05".into()), "10:30:05"),
            (Data::DurationIso("PT10H30M00S".into()), "10:30"),
            (Data::DurationIso("PT02H00M05.5S".into()), "02:00:05"),
            (Data::DurationIso("P1D".into()), "P1D"),
            (Data::Bool(true), "TRUE"),
            (Data::Float(51.0), "51"),
        ] {
            let mut text = String::new();
            write_cell(&cell, &mut text);
            assert_eq!(text, expected, "{cell:?}");
        }
    }
}
