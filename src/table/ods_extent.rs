//! How large a table the cells of an `OpenDocument` workbook (`.ods`) span.
//!
//! The library that reads such workbooks makes a full table of each sheet, and a cell may say that
//! it is repeated a million times. This only adds up the repeats, without building the table.

use std::io::{Cursor, Read};

/// Workbooks with more cells are refused.
const MOST_CELLS: u64 = 8 << 20;
const CONTENT: &str = "content.xml";

/// Whether a zip is an `OpenDocument` workbook.
pub(crate) fn is_ods(bytes: &[u8]) -> bool {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let mut kind = String::new();
    let read = zip
        .by_name("mimetype")
        .ok()
        .map(|file| file.take(100).read_to_string(&mut kind));
    matches!(read, Some(Ok(_)))
        && kind.starts_with("application/vnd.oasis.opendocument.spreadsheet")
}

/// Refuses a workbook whose repeated cells exceed the limit of a table.
pub(crate) fn check(bytes: &[u8]) -> Result<(), String> {
    let damaged = "is no readable workbook (its parts cannot be found); save it again as .xlsx";
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged)?;
    let mut content = String::new();
    let mut file = zip.by_name(CONTENT).map_err(|_| damaged)?;
    file.read_to_string(&mut content).map_err(|_| damaged)?;
    for sheet in content.split("<table:table ").skip(1) {
        if cells(sheet) > MOST_CELLS {
            let reason =
                "is no readable workbook (its cells lie too far apart); save it again as .xlsx";
            return Err(reason.to_owned());
        }
    }
    Ok(())
}

/// The cells between the first and the farthest non-empty one.
fn cells(sheet: &str) -> u64 {
    let (mut rows, mut filled_rows, mut columns) = (0u64, 0u64, 0u64);
    for row in sheet.split("<table:table-row").skip(1) {
        rows = rows.saturating_add(repeated(row, "table:number-rows-repeated"));
        let (mut width, mut filled) = (0u64, 0u64);
        for cell in row.split("<table:table-cell").skip(1) {
            width = width.saturating_add(repeated(cell, "table:number-columns-repeated"));
            let tag = cell.split('>').next().unwrap_or_default();
            if !tag.ends_with('/') || tag.contains("office:value") {
                filled = width;
            }
        }
        if filled > 0 {
            filled_rows = rows;
            columns = columns.max(filled);
        }
    }
    filled_rows.saturating_mul(columns)
}

/// How often an element is repeated; the text begins after its name.
fn repeated(element: &str, attribute: &str) -> u64 {
    let tag = element.split('>').next().unwrap_or_default();
    let value = tag
        .split_once(attribute)
        .and_then(|(_, rest)| rest.split('"').nth(1));
    value.and_then(|value| value.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_cells_are_added_up() {
        let cell =
            |times: u64| format!("<table:table-cell table:number-columns-repeated=\"{times}\"");
        let row = |times: u64, cells: &str| {
            format!(
                "<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>"
            )
        };
        let filled = format!("{}><text:p>x</text:p></table:table-cell>", cell(3));
        let empty = format!("{}/>", cell(16_384));
        assert_eq!(cells(&row(2, &(filled.clone() + &empty))), 6);
        assert_eq!(cells(&(row(2, &filled) + &row(1_000_000, &empty))), 6);
        assert_eq!(
            cells(&(row(1_000_000, &empty) + &row(1, &filled))),
            3 * 1_000_001
        );
    }
}
