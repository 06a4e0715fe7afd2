//! Which of the first rows of a table are its header: one row, or two that belong together.

use super::claim_columns::ClaimColumns;
use super::claim_line::{ClaimLine, is_code};
use super::column_content::{CodeName, Column};
use super::column_mapping::ColumnMapping;
use super::column_recognition::column;
use super::composite::CodeSet;
use super::form::fail;
use crate::error::Result;
use crate::table::cells::Cells;
use crate::table::row_reader::{Row, RowReader};
use crate::table::sheet_choice::ROWS_ABOVE;
use crate::table::sheet_rows::SheetRows;
use std::io::BufRead;

/// A possible header. A clear one takes precedence over one of descriptions only, which a title may
/// resemble.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    Clear,
    OfDescriptions,
}

/// Rows that can be read without taking them.
pub(super) trait RowsAhead {
    /// The row that many lines from here, cut by a delimiter.
    fn ahead(&mut self, lines: usize, delimiter: u8, cells: &mut Cells) -> Result<Option<Row>>;
}

impl<R: BufRead> RowsAhead for RowReader<R> {
    fn ahead(&mut self, lines: usize, delimiter: u8, cells: &mut Cells) -> Result<Option<Row>> {
        self.peek(lines, delimiter, cells).map_err(fail)
    }
}

impl RowsAhead for SheetRows {
    fn ahead(&mut self, lines: usize, _: u8, cells: &mut Cells) -> Result<Option<Row>> {
        Ok(self.peek(lines, cells))
    }
}

/// The header of a table.
pub(super) struct HeaderRows {
    pub(super) cells: Cells,
    /// The line on which it begins, and how many it takes.
    pub(super) line: u64,
    pub(super) lines: usize,
    pub(super) delimiter: u8,
}

impl HeaderRows {
    /// The header that begins a number of lines from here, if there is one.
    pub(super) fn at(
        header: Header,
        lines: usize,
        rows: &mut impl RowsAhead,
        delimiters: &[u8],
        mapping: &ColumnMapping,
    ) -> Result<Option<Self>> {
        let mut found: Option<Self> = None;
        for &delimiter in delimiters {
            let mut cells = Cells::default();
            let row = rows.ahead(lines, delimiter, &mut cells)?;
            let Some(row) = row.filter(|row| row.fault.is_none()) else {
                continue;
            };
            // The delimiter that cuts more cells: a comma cuts none of `Claim;HCPCS`.
            let is_wider = found
                .as_ref()
                .is_none_or(|own| own.cells.len() < cells.len() && !has_bar(&own.cells));
            if is_wider && header.is(&cells, mapping) {
                found = Some(Self {
                    cells,
                    line: row.line,
                    lines: row.lines,
                    delimiter,
                });
            }
        }
        let Some(mut found) = found else {
            return Ok(None);
        };
        if header == Header::Clear && filled(&found.cells) == 1 {
            for &delimiter in delimiters {
                if is_title(lines + found.lines, rows, delimiter, mapping)? {
                    return Ok(None);
                }
            }
        }
        found.take_second(lines, rows)?;
        Ok(Some(found))
    }

    /// Joins a second row of names to the header, as merged cells make it: `Service Date` over
    /// `From` and `To`.
    fn take_second(&mut self, lines: usize, rows: &mut impl RowsAhead) -> Result<()> {
        if self.cells.iter().all(|cell| !cell.trim().is_empty()) {
            return Ok(());
        }
        let mut below = Cells::default();
        let row = rows.ahead(lines + self.lines, self.delimiter, &mut below)?;
        let is_code = |cell: &str| is_code(&cell.trim().to_uppercase());
        let are_names = ClaimColumns::is_like_a_header(below.iter()) && !below.iter().any(is_code);
        let Some(row) = row.filter(|row| row.fault.is_none() && are_names && below != self.cells)
        else {
            return Ok(());
        };
        let mut joined = Cells::default();
        let mut above = "";
        for at in 0..self.cells.len().max(below.len()) {
            let (own, second) = (self.cells.get(at).trim(), below.get(at).trim());
            if !own.is_empty() {
                above = own;
            }
            let over = if second.is_empty() { own } else { above };
            joined.push([over, second].join(" ").trim());
        }
        self.cells = joined;
        self.lines += row.lines;
        Ok(())
    }
}

impl Header {
    /// Whether a row is a header of this kind, by itself or by what the user says of its columns.
    fn is(self, cells: &Cells, mapping: &ColumnMapping) -> bool {
        match self {
            Self::Clear => is_header(cells, mapping),
            Self::OfDescriptions => {
                mapping.names_code(cells.iter())
                    || ClaimColumns::is_header_of_descriptions(cells.iter())
            }
        }
    }
}

/// Whether a name has a bar in it, as `code|1` in the standard charges of hospitals, so that a bar
/// does not cut the row.
fn has_bar(cells: &Cells) -> bool {
    let is_numbered = |cell: &str| matches!(column(cell), Column::Code(CodeName::Numbered(_)));
    cells
        .iter()
        .any(|cell| cell.contains('|') && is_numbered(cell))
}

/// Whether a row is a header, by itself or by what the user says of its columns.
pub(super) fn is_header(cells: &Cells, mapping: &ColumnMapping) -> bool {
    ClaimColumns::is_header(cells.iter()) || mapping.names_code(cells.iter())
}

fn filled(cells: &Cells) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Whether a single cell, such as `HCPCS Codes`, is a title: a header of several cells comes below
/// it, before any claim line.
fn is_title(
    mut lines: usize,
    rows: &mut impl RowsAhead,
    delimiter: u8,
    mapping: &ColumnMapping,
) -> Result<bool> {
    let mut cells = Cells::default();
    for _ in 0..ROWS_ABOVE {
        let Some(row) = rows.ahead(lines, delimiter, &mut cells)? else {
            break;
        };
        if filled(&cells) > 1 && is_header(&cells, mapping) {
            return Ok(true);
        }
        if is_claim_line(&cells) {
            break;
        }
        lines += row.lines;
    }
    Ok(false)
}

/// Whether a row without a header is a claim line, by the form of its code.
pub(super) fn is_claim_line(cells: &Cells) -> bool {
    let line = match cells.len() {
        1 => cells.get(0).parse(),
        _ => ClaimLine::from_cells(cells.iter()),
    };
    line.is_ok_and(|line| {
        is_code(&line.code) || line.code.len() == 2 || !matches!(line.code_set, CodeSet::Hcpcs)
    })
}
