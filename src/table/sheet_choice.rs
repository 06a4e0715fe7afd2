//! Which sheet of a workbook is read.

use std::ops::ControlFlow;

use super::cells::Cells;
use super::layout_tags::of_zip;
use super::sheet::{Book, is_workbook, is_zip};
use super::sheet_layout::SheetLayout;
use super::sheet_rows::SheetRows;
use super::xls_layout::layouts;

/// How many rows are searched for a header.
pub(crate) const ROWS_ABOVE: usize = 30;

/// The rows of the visible sheet that has a header, else of the first that is not empty; of a hidden
/// sheet only if no visible one is filled.
pub(super) fn open_sheet(
    bytes: &[u8],
    is_header: &dyn Fn(&Cells) -> bool,
) -> Result<(SheetRows, Vec<String>), String> {
    let mut book = Book::open(bytes)?;
    let mut filled = Vec::new();
    for sheet in 0..book.sheets() {
        let rows = rows_above(&mut book, sheet)?;
        if !rows.is_empty() {
            filled.push((sheet, book.is_hidden(sheet), rows.iter().any(is_header)));
        }
    }
    let chosen = filled
        .iter()
        .min_by_key(|(sheet, is_hidden, has_header)| (*is_hidden, !has_header, *sheet));
    let Some(&(sheet, is_hidden, _)) = chosen else {
        return Ok((SheetRows::default(), Vec::new()));
    };
    let mut notices = Vec::new();
    if is_hidden {
        let name = book.sheet_name(sheet);
        notices.push(format!("the sheet that is read, {name}, is hidden"));
    }
    let others = filled.iter().filter(|(own, ..)| *own != sheet);
    let others = others.map(|(own, is_hidden, _)| {
        let name = book.sheet_name(*own);
        if *is_hidden { name + " (hidden)" } else { name }
    });
    let others: Vec<String> = others.collect();
    if !others.is_empty() {
        notices.push(format!("sheets not read: {}", others.join(", ")));
    }
    notices.extend(layout_in_words(bytes, book.sheets()));
    let rows = SheetRows::read(&mut book, sheet)?;
    Ok((rows, notices))
}

/// What to say of hidden rows and columns, and of merged cells.
fn layout_in_words(bytes: &[u8], sheets: usize) -> Vec<String> {
    let layouts: Vec<SheetLayout> = if is_zip(bytes) {
        of_zip(bytes)
    } else if is_workbook(bytes) {
        layouts(bytes)
    } else {
        Vec::new()
    };
    let (sheet, if_read) = match sheets {
        1 => ("the workbook", ""),
        _ => ("a sheet of the workbook", " if it is this one"),
    };
    let hidden = |own: &SheetLayout| {
        let cells = own.hidden()?;
        Some(format!("hidden in {sheet}, and read too{if_read}: {cells}"))
    };
    let merged = |own: &SheetLayout| {
        let rows = own.merged()?;
        Some(format!(
            "cells of {sheet} are merged over {rows}; only the first row of each is read as having \
             the value"
        ))
    };
    let said = layouts.iter().flat_map(|own| [hidden(own), merged(own)]);
    said.flatten().collect()
}

/// The first non-blank rows of a sheet.
pub(super) fn rows_above(book: &mut Book<'_>, sheet: usize) -> Result<Vec<Cells>, String> {
    let mut rows = Vec::new();
    book.each_row(sheet, &mut |_, row| {
        let mut cells = Cells::default();
        for cell in row {
            cells.push(cell);
        }
        if !cells.is_blank() {
            rows.push(cells);
        }
        if rows.len() > ROWS_ABOVE {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok(rows)
}
