//! A workbook, or a table with the workbook's headings: rows become records.
//!
//! Columns are known by their headings, which stand in any of the first rows.

use std::ops::ControlFlow;

use super::fields::Fields;
use super::layout;
use super::layout::{
    Field, HEADINGS_OF_A_NOC_LIST, HEADINGS_OF_A_RELEASE, LAYOUT, Need, Place, SLOTS, Zeros,
};
use super::rows::{Parsed, Rows};
use super::skipped::Skipped;
use crate::table::sheet::Book;

/// A header is looked for in so many rows of a sheet.
const ROWS_ABOVE: usize = 50;

/// What a workbook holds, and on which of its sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Release(usize),
    NocList(usize),
    /// A transaction report, a list of corrections, or something else.
    Nothing,
}

/// Looks at the first rows of each sheet.
pub(super) fn recognise(book: &mut Book<'_>) -> Result<Holds, String> {
    for sheet in 0..book.sheets() {
        let mut holds = Holds::Nothing;
        let mut rows = 0;
        book.each_row(sheet, &mut |_, cells| {
            rows += 1;
            if Header::read(cells).is_some() {
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
    Ok(Holds::Nothing)
}

/// Whether a row is the header of a list of NOC codes.
pub(super) fn is_header_of_noc_list(cells: &[String]) -> bool {
    HEADINGS_OF_A_NOC_LIST.iter().all(|heading| {
        let mut cells = cells.iter();
        cells.any(|cell| layout::is_heading(cell, heading))
    })
}

/// Reads the records of a sheet.
pub(super) fn read(mut book: Book<'_>, sheet: usize) -> Result<Parsed, String> {
    let mut header: Option<Header> = None;
    let mut rows = Rows::default();
    let mut values = Values::default();
    let mut missing = Vec::new();
    book.each_row(sheet, &mut |number, cells| {
        let Some(known) = &header else {
            header = Header::read(cells);
            missing = header
                .as_ref()
                .map_or(Vec::new(), |own| own.absent(Need::Required));
            return if missing.is_empty() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            };
        };
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            values.fill(known, cells);
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
    let mut parsed = rows.finish();
    parsed.notices = header.map_or(Vec::new(), |header| header.notices());
    let faults = book.take_faults().into_iter();
    parsed
        .skipped
        .extend(faults.map(|(line, reason)| Skipped { line, reason }));
    parsed.skipped.sort_by_key(|skipped| skipped.line);
    parsed.undefined = book.undefined();
    Ok(parsed)
}

/// Which value stands in which column.
struct Header {
    /// The column of each value, the values in the order of the layout.
    columns: [Option<usize>; SLOTS],
    /// Headings that are not known or stand a second time.
    others: Vec<String>,
}

impl Header {
    /// The header in a row; `None` where it has too few known headings to be one.
    fn read(cells: &[String]) -> Option<Self> {
        let mut columns = [None; SLOTS];
        let mut others = Vec::new();
        for (column, cell) in cells.iter().enumerate() {
            match layout::slot_of(cell).and_then(|slot| columns.get_mut(slot)) {
                Some(free @ None) => *free = Some(column),
                _ if cell.trim().is_empty() => {}
                _ => others.push(cell.trim().to_owned()),
            }
        }
        let known = columns.iter().flatten().count();
        (known >= HEADINGS_OF_A_RELEASE).then_some(Self { columns, others })
    }

    fn absent(&self, need: Need) -> Vec<&'static str> {
        let headings = LAYOUT
            .iter()
            .flat_map(|place| place.headings.iter().map(move |heading| (place, *heading)));
        headings
            .zip(self.columns)
            .filter(|((place, _), column)| place.need == need && column.is_none())
            .map(|((_, heading), _)| heading)
            .collect()
    }

    fn notices(&self) -> Vec<String> {
        let mut notices = Vec::new();
        let absent = self.absent(Need::Optional);
        if !absent.is_empty() {
            notices.push(format!(
                "no column {}: these fields are empty",
                absent.join(", ")
            ));
        }
        if !self.others.is_empty() {
            notices.push(format!(
                "columns that are not known or stand twice are not read: {}",
                self.others.join(", ")
            ));
        }
        notices
    }
}

/// The values of a row, in the order of the layout.
struct Values([String; SLOTS]);

impl Default for Values {
    fn default() -> Self {
        Self(std::array::from_fn(|_| String::new()))
    }
}

impl Values {
    fn fill(&mut self, header: &Header, cells: &[String]) {
        let places = LAYOUT
            .iter()
            .flat_map(|place| std::iter::repeat_n(place, place.headings.len()));
        for ((place, column), value) in places.zip(header.columns).zip(&mut self.0) {
            value.clear();
            let cell = column.and_then(|column| cells.get(column));
            write_value(place, cell.map_or("", |cell| cell.trim()), value);
        }
    }
}

impl Fields for Values {
    fn text(&self, field: Field, nth: usize) -> &str {
        let slot = layout::place(field).slot() + nth;
        self.0.get(slot).map_or("", String::as_str)
    }
}

/// Gives back the zeros that belong to a value and that a program has taken for a number's.
fn write_value(place: &Place, cell: &str, value: &mut String) {
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
