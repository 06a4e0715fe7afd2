//! `SheetRows`: the rows of a workbook's sheet, concatenated in memory.

use std::ops::ControlFlow;

use super::cells::Cells;
use super::row_reader::Row;
use super::sheet::Book;

/// The rows of a sheet, each with the number that the workbook shows.
#[derive(Default)]
pub(crate) struct SheetRows {
    text: String,
    /// The end of each cell in the text.
    ends: Vec<usize>,
    /// The number of each row, and the end of its cells.
    rows: Vec<(u64, usize)>,
    next: usize,
    /// Whether the workbook counts days from 1904.
    pub(crate) counts_from_1904: bool,
}

impl SheetRows {
    /// Reads a sheet.
    pub(crate) fn read(book: &mut Book<'_>, sheet: usize) -> Result<Self, String> {
        let mut rows = Self::default();
        book.each_row(sheet, &mut |number, cells| {
            let filled = cells.iter().rposition(|cell| !cell.trim().is_empty());
            if let Some(last) = filled {
                for cell in &cells[..=last] {
                    rows.text.push_str(cell);
                    rows.ends.push(rows.text.len());
                }
                rows.rows.push((number as u64, rows.ends.len()));
            }
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row `ahead` of the next one, without taking it.
    pub(crate) fn peek(&self, ahead: usize, cells: &mut Cells) -> Option<Row> {
        cells.clear();
        let at = self.next + ahead;
        let (line, end) = *self.rows.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.rows[before].1);
        let mut from = start.checked_sub(1).map_or(0, |before| self.ends[before]);
        for &to in &self.ends[start..end] {
            cells.push(&self.text[from..to]);
            from = to;
        }
        Some(Row {
            line,
            lines: 1,
            fault: None,
        })
    }

    /// Takes the next row.
    pub(crate) fn next(&mut self, cells: &mut Cells) -> Option<Row> {
        let row = self.peek(0, cells)?;
        self.next += 1;
        Some(row)
    }

    /// Skips rows.
    pub(crate) fn pass(&mut self, rows: usize) {
        self.next += rows;
    }
}
