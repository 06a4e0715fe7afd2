//! The value of a cell, as people and programs write it: empty values, changes by spreadsheets.

use crate::error::{Error, Result, excerpt};

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
    "00000000",
    "0000-00-00",
];

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

/// Refuses the error of a formula, such as `#REF!`.
pub(crate) fn refuse_formula_error(cell: &str) -> Result<()> {
    let cell = cell.trim();
    if is_formula_error(cell) {
        let reason = format!("`{}` is the error of a formula and no value", excerpt(cell));
        return Err(Error::query(reason));
    }
    Ok(())
}

/// Whether a cell is the error of a formula.
pub(crate) fn is_formula_error(cell: &str) -> bool {
    cell.starts_with('#') && (cell.ends_with(['!', '?']) || cell.eq_ignore_ascii_case("#n/a"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_error_of_a_formula_is_no_value() {
        for (cell, is_error) in [
            ("#REF!", true),
            ("#n/a", true),
            ("#NAME?", true),
            ("#1", false),
        ] {
            assert_eq!(refuse_formula_error(cell).is_err(), is_error, "{cell}");
        }
    }
}
