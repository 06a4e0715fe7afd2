//! The rows of a workbook's sheet, within limits.

use calamine::Reader as _;
use std::collections::HashSet;
use std::fmt::Display;
use std::io::Cursor;
use std::io::Read as _;
use std::ops::ControlFlow;

use calamine::{Data, DataType, Range, Xlsx};

use super::cell_text::write_cell;
use super::cells::{Cells, DELIMITERS};
use super::formulas::{FormulaFinder, formulas};
use super::row_reader::RowReader;

/// A longer line of a table, in bytes, is not read.
const LONGEST_LINE: usize = 1 << 20;

/// The unpacked size limit of a workbook's parts; CMS's unpack to 16 MiB.
const LARGEST_WORKBOOK: u64 = 160 << 20;

/// A sheet with more cells is not read; CMS's have 400,000.
const MOST_CELLS: usize = 4_000_000;

/// What stands for a formula whose value the workbook does not have: the program that wrote it did
/// not calculate.
const NO_VALUE: &str = "#NO VALUE!";

/// The most cells of a sheet with the blank ones to the left of its last in each row.
const MOST_PLACES: usize = 10 * MOST_CELLS;

/// No workbook has more columns; CMS's have 48.
const COLUMNS: usize = 16_384;

/// Refuses a workbook that unpacks to gigabytes; the sizes that it states are not trusted. Returns
/// whether it has formulas.
pub(super) fn check_size(bytes: &[u8]) -> Result<bool, String> {
    let damaged = |cause: &dyn Display| {
        format!("is no readable workbook ({cause}); it may be cut short: download it again")
    };
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|cause| damaged(&cause))?;
    let mut left = LARGEST_WORKBOOK;
    let mut formulas = FormulaFinder::default();
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(|cause| damaged(&cause))?;
        let read = std::io::copy(&mut part.take(left + 1), &mut formulas)
            .map_err(|cause| damaged(&cause))?;
        left = left.checked_sub(read).ok_or_else(|| {
            format!(
                "unpacks to more than {} MiB, which no workbook of CMS does; check where it comes from",
                LARGEST_WORKBOOK >> 20
            )
        })?;
    }
    Ok(formulas.found)
}

/// Streams the cells, so that a cell far off does not allocate a table of gigabytes.
pub(super) fn xlsx_rows(
    book: &mut Xlsx<Cursor<&[u8]>>,
    has_formulas: bool,
    sheet: usize,
    visit: &mut dyn FnMut(usize, &[String]) -> ControlFlow<()>,
) -> Result<(), String> {
    let Some(name) = book.sheet_names().get(sheet).cloned() else {
        return Ok(());
    };
    let broken = |cause| format!("sheet `{name}` cannot be read ({cause}); save it again as .xlsx");
    let formulas = if has_formulas {
        formulas(book, &name, MOST_CELLS).map_err(broken)?
    } else {
        HashSet::new()
    };
    // a sheet that is a chart has no cells
    let Ok(mut cells) = book.worksheet_cells_reader(&name) else {
        return Ok(());
    };
    let mut row = Row::default();
    let (mut count, mut places) = (0, 0);
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        count += 1;
        if count > MOST_CELLS {
            return Err(format!(
                "sheet `{name}` has more than {MOST_CELLS} cells, which no workbook of CMS has; \
                 check where it comes from"
            ));
        }
        let (number, column) = cell.get_position();
        let is_unknown = formulas.contains(&(number, column)) && cell.get_value().is_empty();
        let number = number as usize + 1;
        if number != row.number {
            places += row.used;
            if places > MOST_PLACES {
                return Err(format!(
                    "the cells of sheet `{name}` lie too far apart; delete the empty columns \
                     between them"
                ));
            }
            if row.show(visit).is_break() {
                return Ok(());
            }
        }
        row.number = number;
        if is_unknown {
            row.push(column as usize, |text| text.push_str(NO_VALUE));
        } else {
            row.set(column as usize, cell.get_value());
        }
    }
    let _ = row.show(visit);
    Ok(())
}

pub(super) fn range_rows<E: Display>(
    range: Option<Result<Range<Data>, E>>,
    visit: &mut dyn FnMut(usize, &[String]) -> ControlFlow<()>,
) -> Result<(), String> {
    let range = match range {
        None => return Ok(()),
        Some(range) => range
            .map_err(|cause| format!("a sheet cannot be read ({cause}); save it again as .xlsx"))?,
    };
    let (top, left) = range.start().unwrap_or_default();
    let mut row = Row::default();
    for (number, cells) in range.rows().enumerate() {
        row.number = top as usize + number + 1;
        for (column, cell) in cells.iter().enumerate() {
            row.set(left as usize + column, cell);
        }
        if row.show(visit).is_break() {
            break;
        }
    }
    Ok(())
}

pub(super) fn table_rows(
    text: &str,
    sheet: usize,
    faults: &mut Vec<(usize, String)>,
    visit: &mut dyn FnMut(usize, &[String]) -> ControlFlow<()>,
) -> Result<(), String> {
    let delimiter = DELIMITERS.get(sheet).copied().unwrap_or(b',');
    let mut reader = RowReader::new(text.as_bytes(), LONGEST_LINE);
    let mut cells = Cells::default();
    let mut row = Row::default();
    let broken = |cause| format!("cannot be read as a table ({cause})");
    while let Some(read) = reader.next(delimiter, &mut cells).map_err(broken)? {
        row.number = usize::try_from(read.line).unwrap_or_default();
        if let Some(reason) = read.fault {
            faults.push((row.number, reason));
            continue;
        }
        for (column, cell) in cells.iter().enumerate() {
            row.push(column, |text| text.push_str(cell));
        }
        if row.show(visit).is_break() {
            break;
        }
    }
    Ok(())
}

/// The current row; its texts are reused for the next.
#[derive(Default)]
struct Row {
    number: usize,
    cells: Vec<String>,
    used: usize,
}

impl Row {
    fn push(&mut self, column: usize, write: impl FnOnce(&mut String)) {
        if column >= COLUMNS {
            return;
        }
        if self.cells.len() <= column {
            self.cells.resize_with(column + 1, String::new);
        }
        self.used = self.used.max(column + 1);
        if let Some(text) = self.cells.get_mut(column) {
            text.clear();
            write(text);
        }
    }

    fn set(&mut self, column: usize, cell: &impl DataType) {
        self.push(column, |text| write_cell(cell, text));
    }

    /// Visits the row, if there is one, and empties it.
    fn show(
        &mut self,
        visit: &mut dyn FnMut(usize, &[String]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let cells = self.cells.get(..self.used).unwrap_or_default();
        let flow = if cells.is_empty() {
            ControlFlow::Continue(())
        } else {
            visit(self.number, cells)
        };
        let used = self.cells.iter_mut().take(self.used);
        used.for_each(String::clear);
        self.used = 0;
        flow
    }
}
