//! Claim lines as an agent writes them. Unknown input is an error of the line: otherwise `J1596
//! x12` would be read as a code with a modifier that nobody gave.

use serde_json::Value;

use crate::claims::ClaimLine;
use crate::claims::reading::column_content::Column;
use crate::claims::reading::column_days::ColumnDays;
use crate::claims::reading::column_recognition::column;
use crate::error::{Error, Result, excerpt};

/// An example of a line with all fields.
const EXAMPLE: &str = r#"{"code":"J1640","modifiers":["JW"],"dos":"2026-01-15","units":2}"#;

/// How the lines write their days, which are read together as those of a column.
pub(super) fn days(lines: &[Value]) -> ColumnDays {
    let mut days = ColumnDays::default();
    lines
        .iter()
        .flat_map(texts_of_days)
        .for_each(|text| days.see_line(text));
    days
}

/// The texts of a line that may hold its days.
fn texts_of_days(line: &Value) -> Vec<&str> {
    let is_day = |name: &str| matches!(column(name), Column::Start(_) | Column::End(_));
    match line {
        Value::String(text) => vec![text],
        Value::Object(fields) => {
            let days = fields.iter().filter(|(name, _)| is_day(name));
            days.filter_map(|(_, value)| value.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// Reads a line.
pub(super) fn read(line: &Value, days: &ColumnDays) -> Result<ClaimLine> {
    for text in texts_of_days(line) {
        days.refuse_unclear_line(text)?;
    }
    let read: ClaimLine = match line {
        Value::String(text) => text.parse()?,
        Value::Object(fields) => {
            if let Some(units) = fields.get("units").filter(|units| !is_number(units)) {
                return Err(Error::query(format!(
                    "`units` cannot be {units}; give a number, as in {EXAMPLE}"
                )));
            }
            if let Some(id) = fields.get("line_id").filter(|id| lost_digits(id)) {
                return Err(Error::query(format!(
                    "`line_id` {id} has lost digits, as it has more than a number keeps; write it \
                     as text"
                )));
            }
            ClaimLine::from_json(&line.to_string())?
        }
        other => {
            return Err(Error::query(format!(
                "a line cannot be {other}; give text such as `J1640 JW 2026-01-15`, or {EXAMPLE}"
            )));
        }
    };
    if let Some(wrong) = read.modifiers.iter().find(|own| !is_modifier(own)) {
        let shown = excerpt(wrong);
        return Err(Error::query(format!(
            "`{shown}` is no modifier, which has two letters or digits; give `code`, `modifiers` \
             and `units` by name, as in {EXAMPLE}"
        )));
    }
    Ok(read)
}

/// Whether a number may have had more digits when it was sent: it is behind those that are exact.
fn lost_digits(value: &Value) -> bool {
    const FIRST_INEXACT: f64 = 9_007_199_254_740_992.0;
    value.is_f64() && value.as_f64().is_some_and(|own| own.abs() >= FIRST_INEXACT)
}

fn is_modifier(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether units are a number that is not negative, or one as text.
fn is_number(units: &Value) -> bool {
    let number = match units {
        Value::Null => return true,
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.is_some_and(|number: f64| number.is_finite() && number >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lines_that_are_understood() {
        for line in [
            json!("J1640"),
            json!("HC:J1640:JW"),
            json!("j1640 jw 1/15/2026"),
            json!({"code": "J1640", "modifiers": ["JW", "KX"], "units": 2}),
            json!({"code": "J1640", "units": "2.5", "line_id": 7}),
            json!({"code": "99213"}),
            json!("J15966"),
        ] {
            assert!(
                read(&line, &ColumnDays::default()).is_ok(),
                "{line} {:?}",
                read(&line, &ColumnDays::default())
            );
        }
    }

    #[test]
    fn an_id_that_lost_digits_is_refused() {
        for (id, is_read) in [
            (json!(u64::MAX), true),
            (json!("18446744073709551616"), true),
            (json!(18_446_744_073_709_551_616_f64), false),
        ] {
            let line = json!({"code": "J1640", "line_id": id});
            let read = read(&line, &ColumnDays::default());
            assert_eq!(read.is_ok(), is_read, "{line}");
        }
    }

    #[test]
    fn the_days_of_all_lines_are_read_together() {
        let lines = [
            json!("J1640 02/03/2026"),
            json!({"code": "J1640", "dos": "3/4/2026"}),
            json!({"code": "J1640", "dos": "13/01/2026"}),
        ];
        let said = |line| read(line, &days(&lines)).unwrap_err().to_string();
        for line in &lines[..2] {
            assert!(said(line).contains("is ambiguous"), "{line}");
            assert!(read(line, &days(&lines[..2])).is_ok(), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for line in [
            json!("J1596 x12"),
            json!("J1596 2 units"),
            json!("J1596, 12 units"),
            json!({"code": "J1596 2 units"}),
            json!({"code": "J1596", "modifiers": ["x12"]}),
            json!({"code": "J1596", "units": "two"}),
            json!({"code": "J1596", "units": -1}),
            json!({"code": "J1596", "units": true}),
            json!({"kode": "J1596"}),
            json!(7),
            json!(null),
            json!(""),
        ] {
            assert!(
                read(&line, &ColumnDays::default()).is_err(),
                "{line} {:?}",
                read(&line, &ColumnDays::default())
            );
        }
    }
}
