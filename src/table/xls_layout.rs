//! The hidden rows and columns and the merged cells of an old workbook (`.xls`), which the library
//! that reads it does not name.

use super::sheet_layout::SheetLayout;
use super::xls_records::{number, records, sheets};

/// The kinds of records that matter here.
const COLUMN: usize = 0x007D;
const ROW: usize = 0x0208;
const MERGED: usize = 0x00E5;
/// The beginning and the end of a sheet, or of a chart in it.
const BEGIN: usize = 0x0809;
const END: usize = 0x000A;

/// The layout of a sheet, by its place among the sheets.
pub(super) fn layout(stream: &[u8], sheet: usize) -> Option<SheetLayout> {
    let offset = sheets(stream).nth(sheet)??;
    Some(layout_from(stream, offset))
}

/// The layout of the sheet that begins at an offset.
fn layout_from(stream: &[u8], offset: usize) -> SheetLayout {
    let mut layout = SheetLayout::default();
    let mut depth = 0_usize;
    for (kind, data) in records(stream, offset) {
        let counted = |at| number(data, at, 2).and_then(|own| u32::try_from(own + 1).ok());
        let has_bit = |at, bit| number(data, at, 2).is_some_and(|flags| flags & bit != 0);
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            ROW if depth == 1 && has_bit(12, 0x20) => {
                if let Some(row) = counted(0) {
                    layout.rows.add(row, row);
                }
            }
            COLUMN if depth == 1 && has_bit(8, 1) => {
                if let (Some(first), Some(last)) = (counted(0), counted(2)) {
                    layout.columns.add(first, last.max(first));
                }
            }
            MERGED if depth == 1 => {
                for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let row = |at| number(area, at, 2).and_then(|own| u32::try_from(own + 1).ok());
                    if let (Some(first), Some(last)) = (row(0), row(2)) {
                        layout.merged.add(first, last);
                    }
                }
            }
            _ => {}
        }
    }
    layout
}
