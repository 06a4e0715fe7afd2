//! A workbook, or a table with the workbook's headings: turns rows into records.
//!
//! Columns are identified by their headings, which may be in any of the first rows.

use std::ops::ControlFlow;

use super::fields::Fields;
use super::headings::{Headings, is_header_of_noc_list};
use super::layout;
use super::layout::{Field, LAYOUT, Need, Place, SLOTS, Zeros};
use super::rows::{Parsed, Rows};
use crate::table::excel_text::unescaped;
use crate::table::row_width::RowWidth;
use crate::table::sheet::Book;

/// How many rows of a sheet are searched for a header.
const ROWS_ABOVE: usize = 50;

/// `YYYYMMDD`.
const DIGITS_OF_A_DATE: usize = 8;

/// The content of a workbook, and the sheet that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Release(usize),
    NocList(usize),
    /// Some of the columns of a release, but not all that are needed.
    Incomplete,
    /// A transaction report, a list of corrections, or something else.
    Nothing,
}

/// Searches the first rows of each sheet.
pub(super) fn recognise(book: &mut Book<'_>) -> Result<Holds, String> {
    let mut is_incomplete = false;
    for sheet in 0..book.sheets() {
        let mut holds = Holds::Nothing;
        let mut rows = 0;
        book.each_row(sheet, &mut |_, cells| {
            rows += 1;
            let header = Headings::of(cells);
            is_incomplete |= header.missing(cells).is_some();
            if header.is_of_release(cells) {
                holds = Holds::Release(sheet);
            } else if is_header_of_noc_list(cells) {
                holds = Holds::NocList(sheet);
            }
            if holds == Holds::Nothing && rows < ROWS_ABOVE {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        if holds != Holds::Nothing {
            return Ok(holds);
        }
    }
    Ok(if is_incomplete {
        Holds::Incomplete
    } else {
        Holds::Nothing
    })
}

/// The columns that are missing in a table that has some columns of a release.
pub(super) fn missing(book: &mut Book<'_>) -> Result<String, String> {
    let mut incomplete = None;
    for sheet in 0..book.sheets() {
        let mut rows = 0;
        book.each_row(sheet, &mut |number, cells| {
            rows += 1;
            if let Some(missing) = Headings::of(cells).missing(cells) {
                incomplete.get_or_insert((number, missing.join(", ")));
            }
            if incomplete.is_none() && rows < ROWS_ABOVE {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
    }
    let (line, missing) = incomplete.unwrap_or_default();
    Ok(format!(
        "line {line} has headings of a release, but no column {missing}; name the columns as CMS's \
         workbook does"
    ))
}

/// Reads the records of a sheet.
pub(super) fn read(mut book: Book<'_>, sheet: usize) -> Result<Parsed, String> {
    let mut header: Option<Headings> = None;
    let is_text = book.is_text();
    let mut rows = Rows::default();
    let mut values = Values::default();
    let mut missing = Vec::new();
    let (mut begins, mut width) = (0, RowWidth::default());
    let (mut last, mut fewest) = (None::<(usize, usize)>, usize::MAX);
    book.each_row(sheet, &mut |number, cells| {
        let Some(known) = &header else {
            (begins, width) = (number, RowWidth::of_header(cells.len()));
            header = Some(Headings::of(cells)).filter(|header| header.is_of_release(cells));
            missing = header
                .as_ref()
                .filter(|own| !own.is_list())
                .map_or(Vec::new(), |own| own.absent(Need::Required));
            return if missing.is_empty() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            };
        };
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            if let Some((_, cells)) = last {
                fewest = fewest.min(cells);
            }
            values.fill(known, cells);
            last = Some((number, cells.len()));
            if is_text && let Some(heading) = known.cut_before(cells.len()) {
                let code = values.first(Field::Code);
                let reason = format!(
                    "{code}: the row ends at cell {}, before {heading}",
                    cells.len()
                );
                rows.cut(number, code, reason);
                return ControlFlow::Continue(());
            }
            if is_text && let Some((line, reason)) = width.shifted(number, cells.len()) {
                if line == number {
                    let code = values.first(Field::Code);
                    rows.cut(number, code, format!("{code}: {reason}"));
                    return ControlFlow::Continue(());
                }
                rows.damage(format!("line {line}: {reason}"));
            }
            rows.take(number, &values);
        }
        ControlFlow::Continue(())
    })?;
    if !missing.is_empty() {
        return Err(format!(
            "has no column {}; name the columns as CMS's workbook does",
            missing.join(", ")
        ));
    }
    for (line, reason) in book.take_faults() {
        rows.damage(format!("line {line}: {reason}"));
        rows.skip(line, reason);
    }
    // every row of a text table has all cells, so one with fewer is cut
    if let (Some((line, cells)), true) = (last, book.is_text())
        && fewest != usize::MAX
        && cells < fewest
    {
        rows.damage(format!("line {line}: the table breaks off in a row"));
    }
    let mut parsed = rows.finish();
    parsed.skipped.sort_by_key(|skipped| skipped.line);
    parsed.notices = header.map_or(Vec::new(), |header| header.notices());
    parsed.sheet = book.sheet_name(sheet);
    parsed.notices.extend(others(&mut book, sheet));
    match book.undefined() {
        // prose above the header may contain any bytes
        Some(undefined) if undefined.line < begins => parsed.notices.push(undefined.reason),
        undefined => parsed.undefined = undefined,
    }
    Ok(parsed)
}

/// Names the later sheets that have the headings of a release too, and are not read.
fn others(book: &mut Book<'_>, own: usize) -> Option<String> {
    let mut names = Vec::new();
    for sheet in own + 1..book.sheets() {
        let (mut rows, mut is_one) = (0, false);
        let searched = book.each_row(sheet, &mut |_, cells| {
            rows += 1;
            is_one = Headings::of(cells).is_of_release(cells);
            if is_one || rows == ROWS_ABOVE {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        if searched.is_ok() && is_one {
            names.push(format!("`{}`", book.sheet_name(sheet)));
        }
    }
    (!names.is_empty()).then(|| {
        format!(
            "other sheets with the headings of a release, which are not read: {}",
            names.join(", ")
        )
    })
}

/// The values of a row, in the order of the layout.
struct Values([String; SLOTS]);

impl Default for Values {
    fn default() -> Self {
        Self(std::array::from_fn(|_| String::new()))
    }
}

impl Values {
    fn fill(&mut self, header: &Headings, cells: &[String]) {
        let places = LAYOUT
            .iter()
            .flat_map(|place| std::iter::repeat_n(place, place.headings.len()));
        for ((place, column), value) in places.zip(header.columns).zip(&mut self.0) {
            value.clear();
            let cell = column.and_then(|column| cells.get(column));
            let cell = plain(cell.map_or("", |cell| cell.trim()));
            write_value(place, cell, value);
        }
    }
}

impl Fields for Values {
    fn text(&self, field: Field, nth: usize) -> &str {
        let slot = layout::place(field).slot() + nth;
        self.0.get(slot).map_or("", String::as_str)
    }
}

/// A cell without what databases and Excel write around its value: `NULL` for none, and `="…"` for
/// text.
fn plain(cell: &str) -> &str {
    if cell.eq_ignore_ascii_case("null") {
        return "";
    }
    unescaped(cell)
}

/// Restores the zeros of a value that a spreadsheet dropped because it took the value for a number.
fn write_value(place: &Place, cell: &str, value: &mut String) {
    // a column of whole numbers with blanks is exported as one of fractions: 20171231.0
    let whole = cell.strip_suffix(".0").filter(|whole| {
        let is_digits = whole.bytes().all(|byte| byte.is_ascii_digit());
        is_digits && (place.zeros == Zeros::Kept || whole.len() == DIGITS_OF_A_DATE)
    });
    let cell = whole.unwrap_or(cell);
    let is_sequence = place.field == Field::SequenceNumber;
    // the workbook's sequence numbers lack the last of the text's five digits, always a zero
    let lost = usize::from(is_sequence && cell.len() < place.width);
    let width = place.width - lost;
    let is_number = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    if place.zeros == Zeros::Kept && is_number {
        value.extend(std::iter::repeat_n('0', width.saturating_sub(cell.len())));
        value.push_str(cell);
        value.extend(std::iter::repeat_n('0', lost));
    } else {
        value.push_str(cell);
    }
}
