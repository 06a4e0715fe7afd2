//! Which sheet of a workbook is read.

use std::ops::ControlFlow;

use super::cells::Cells;
use super::layout_tags::of_zip;
use super::sheet::Book;
use super::sheet_rows::SheetRows;
use super::xls_layout::layout;
use super::{sheet_part, xls_records};

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
    let counts_from_1904 = counts_from_1904(bytes, &book);
    if counts_from_1904 {
        notices.push(
            "the workbook counts days from 1904; a number that is not formatted as a day is read \
             so too"
                .to_owned(),
        );
    }
    notices.extend(layout_in_words(bytes, &book, sheet));
    let mut rows = SheetRows::read(&mut book, sheet)?;
    rows.counts_from_1904 = counts_from_1904;
    Ok((rows, notices))
}

fn counts_from_1904(bytes: &[u8], book: &Book<'_>) -> bool {
    match book {
        Book::Xls(_, records) => xls_records::counts_from_1904(records),
        Book::Xlsx(..) => sheet_part::counts_from_1904(bytes),
        Book::Ods(_) | Book::Table { .. } => false,
    }
}

/// What to say of hidden rows and columns of the sheet that is read, and of merged cells.
fn layout_in_words(bytes: &[u8], book: &Book<'_>, sheet: usize) -> Vec<String> {
    let layout = match book {
        Book::Xls(_, records) => layout(records, sheet),
        Book::Xlsx(..) | Book::Ods(_) => of_zip(bytes, sheet),
        Book::Table { .. } => return Vec::new(),
    };
    let name = book.sheet_name(sheet);
    let Some(layout) = layout else {
        return vec![format!(
            "it is not known whether the sheet {name} hides rows or columns, or merges cells"
        )];
    };
    let hidden = layout.hidden();
    let hidden = hidden.map(|cells| format!("hidden in the sheet {name}, and read too: {cells}"));
    let merged = layout.merged().map(|rows| {
        format!(
            "cells of the sheet {name} are merged over {rows}; only the first row of each is read \
             as having the value"
        )
    });
    hidden.into_iter().chain(merged).collect()
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
