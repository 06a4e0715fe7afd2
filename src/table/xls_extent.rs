//! How large a table the cells of an old workbook (`.xls`) span.
//!
//! The library that reads such workbooks makes a full table of each sheet, so that one damaged cell
//! position would ask for gigabytes. This only checks the positions first.

use super::xls_records::{number, records, sheets, workbook_stream};

/// Workbooks with more cells are refused; CMS's have 500,000.
const MOST_CELLS: usize = 8 << 20;

/// Workbooks with more sheets are refused; CMS's have three.
const MOST_SHEETS: usize = 32;

/// The kinds of records that matter here.
const DIMENSIONS: usize = 0x0200;
const CELLS_OF_A_ROW: usize = 0x00BD;
const CELLS: [usize; 7] = [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];

/// The part of a workbook that holds its records; one whose cells lie too far apart, or whose parts
/// cannot be found, is refused.
pub(super) fn checked(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let refuse = |cause: &str| {
        Err(format!(
            "is no readable workbook ({cause}); save it again as .xlsx"
        ))
    };
    let Some(stream) = workbook_stream(bytes) else {
        return refuse("its parts cannot be found");
    };
    let sheets: Vec<Option<usize>> = sheets(&stream)
        .map(|offset| offset.filter(|offset| *offset < stream.len()))
        .collect();
    if sheets.len() > MOST_SHEETS || sheets.contains(&None) {
        return refuse("its sheets cannot be found");
    }
    let cells = sheets
        .into_iter()
        .flatten()
        .map(|offset| extent(&stream, offset));
    if cells.fold(0, usize::saturating_add) > MOST_CELLS {
        return refuse("its cells lie too far apart");
    }
    Ok(stream)
}

/// An upper bound of the cells between the first and the farthest of a sheet.
fn extent(stream: &[u8], offset: usize) -> usize {
    let corners = records(stream, offset).filter_map(|(kind, data)| match kind {
        DIMENSIONS => Some(dimensions(data)),
        CELLS_OF_A_ROW => Some((
            number(data, 0, 2)?,
            number(data, data.len().checked_sub(2)?, 2)?,
        )),
        _ if CELLS.contains(&kind) => Some((number(data, 0, 2)?, number(data, 2, 2)?)),
        _ => None,
    });
    let farthest = |(rows, columns): (usize, usize), (row, column): (usize, usize)| {
        (
            rows.max(row.saturating_add(1)),
            columns.max(column.saturating_add(1)),
        )
    };
    let (rows, columns) = corners.fold((0, 0), farthest);
    rows.saturating_mul(columns)
}

/// The last row and column that the sheet states; an end before the beginning means unbounded.
fn dimensions(data: &[u8]) -> (usize, usize) {
    let width = if data.len() < 14 { 2 } else { 4 };
    let part = |at, width| number(data, at, width).unwrap_or(0);
    let last = |first: usize, end: usize| if end < first { usize::MAX } else { end };
    (
        last(part(0, width), part(width, width)),
        last(part(2 * width, 2), part(2 * width + 2, 2)),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(kind: u16, row: u16, column: u16, more: &[u8]) -> Vec<u8> {
        let length = u16::try_from(4 + more.len()).unwrap();
        let numbers = [kind, length, row, column];
        let bytes = numbers.into_iter().flat_map(u16::to_le_bytes);
        bytes.chain(more.iter().copied()).collect()
    }

    #[test]
    fn cells_far_apart_make_a_large_table() {
        let near = [cell(0x00FD, 0, 0, &[0; 6]), cell(0x0203, 99, 9, &[0; 10])].concat();
        assert_eq!(extent(&near, 0), 1_000);
        let far = cell(0x00FD, u16::MAX, u16::MAX, &[0; 6]);
        assert_eq!(extent(&far, 0), 1 << 32);
        let row = cell(0x00BD, 1, 0, &[0, 0, 0, 0, 0, 0, 20, 0]);
        assert_eq!(extent(&row, 0), 2 * 21);
        assert_eq!(extent(&cell(0x0201, 9, 9, &[]), 0), 0);
    }

    #[test]
    fn stated_dimensions_count() {
        let stated = |rows: [u32; 2], columns: [u16; 2]| {
            let mut bytes = vec![0x00, 0x02, 14, 0];
            bytes.extend(rows.into_iter().flat_map(u32::to_le_bytes));
            bytes.extend(columns.into_iter().flat_map(u16::to_le_bytes));
            bytes.extend([0, 0]);
            extent(&bytes, 0)
        };
        assert_eq!(stated([0, 7_000], [0, 48]), 7_001 * 49);
        assert!(stated([0, u32::MAX], [0, 48]) > MOST_CELLS);
        assert!(stated([9, 1], [0, 48]) > MOST_CELLS);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_are_looked_at_without_a_panic(
            start in prop::collection::vec(any::<u8>(), 0..600),
            small in prop::collection::vec(0u8..4, 0..1_200),
        ) {
            let mut bytes = [start, small].concat();
            let _ = checked(&bytes);
            if let Some(shift) = bytes.get_mut(30..32) {
                shift.copy_from_slice(&[9, 0]);
            }
            let _ = checked(&bytes);
        }
    }
}
