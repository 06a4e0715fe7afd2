//! How large a table the cells of an old workbook (`.xls`) span.
//!
//! The library that reads such workbooks makes a full table of each sheet, so that one damaged cell
//! position would ask for gigabytes. This only checks the positions first. It also finds the hidden
//! rows and columns and the merged cells, which that library does not name.

use super::sheet_layout::SheetLayout;

/// Workbooks with more cells are refused; CMS's have 500,000.
const MOST_CELLS: usize = 8 << 20;

/// Workbooks with more sheets are refused; CMS's have three.
const MOST_SHEETS: usize = 32;

/// The kinds of records that matter here.
const SHEET: usize = 0x0085;
const DIMENSIONS: usize = 0x0200;
const COLUMN: usize = 0x007D;
const ROW: usize = 0x0208;
const MERGED: usize = 0x00E5;
/// The beginning and the end of a sheet, or of a chart in it.
const BEGIN: usize = 0x0809;
const END: usize = 0x000A;
const CELLS_OF_A_ROW: usize = 0x00BD;
const CELLS: [usize; 7] = [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];

/// Refuses a workbook whose cells lie too far apart, or whose parts cannot be found.
pub(crate) fn check(bytes: &[u8]) -> Result<(), String> {
    let refuse = |cause: &str| {
        Err(format!(
            "is no readable workbook ({cause}); save it again as .xlsx"
        ))
    };
    let Some(stream) = workbook_stream(bytes) else {
        return refuse("its parts cannot be found");
    };
    let sheets: Vec<Option<usize>> = records(&stream, 0)
        .filter(|(kind, _)| *kind == SHEET)
        .map(|(_, data)| number(data, 0, 4).filter(|offset| *offset < stream.len()))
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
    Ok(())
}

/// The layout of each sheet.
pub(super) fn layouts(bytes: &[u8]) -> Vec<SheetLayout> {
    let stream = workbook_stream(bytes).unwrap_or_default();
    let sheets = records(&stream, 0).filter(|(kind, _)| *kind == SHEET);
    let offsets: Vec<usize> = sheets.filter_map(|(_, data)| number(data, 0, 4)).collect();
    offsets
        .into_iter()
        .map(|offset| layout_from(&stream, offset))
        .collect()
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

/// The records from an offset on, as kind and data.
fn records(stream: &[u8], offset: usize) -> impl Iterator<Item = (usize, &[u8])> {
    let mut rest = stream.get(offset..).unwrap_or_default();
    std::iter::from_fn(move || {
        let kind = number(rest, 0, 2)?;
        let end = number(rest, 2, 2)?.checked_add(4)?;
        let data = rest.get(4..end)?;
        rest = rest.get(end..)?;
        Some((kind, data))
    })
}

/// The bytes of the part that holds the workbook, collected from the sectors of the file.
fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let shift = number(bytes, 30, 2).filter(|shift| (9..=12).contains(shift))?;
    let size = 1 << shift;
    let sector = |index: usize| {
        let start = index.checked_add(1)?.checked_mul(size)?;
        bytes.get(start..bytes.len().min(start.checked_add(size)?))
    };
    // the header names the first 109 sectors of the table, enough for 7 MB
    let table: Vec<u8> = (0..109)
        .filter_map(|nth| sector(number(bytes, 76 + 4 * nth, 4)?))
        .flatten()
        .copied()
        .collect();
    let whole = |first| chain(first, &table, bytes.len() / size, &sector);
    let directory = whole(number(bytes, 48, 4)?);
    let mut entries = directory.chunks_exact(128);
    let root = entries.next()?;
    let entry = entries.find(|own| is_named(own, "Workbook") || is_named(own, "Book"))?;
    let (first, length) = (number(entry, 116, 4)?, number(entry, 120, 4)?);
    if length >= number(bytes, 56, 4)? {
        return Some(whole(first));
    }
    // a short part is in small sectors, which lie in the part of the root
    let (small, small_table) = (whole(number(root, 116, 4)?), whole(number(bytes, 60, 4)?));
    let size = 1 << number(bytes, 32, 2).filter(|shift| (4..=9).contains(shift))?;
    let sector = |index: usize| {
        let start = index.checked_mul(size)?;
        small.get(start..small.len().min(start.checked_add(size)?))
    };
    let most = small.len() / size;
    Some(chain(first, &small_table, most, &sector))
}

/// The bytes of a chain of sectors; none is longer than all sectors, unless it has a cycle.
fn chain<'b>(
    first: usize,
    table: &[u8],
    most: usize,
    sector: &impl Fn(usize) -> Option<&'b [u8]>,
) -> Vec<u8> {
    let next = |&index: &usize| number(table, index.checked_mul(4)?, 4);
    let sectors = std::iter::successors(Some(first), next).map_while(sector);
    sectors.take(most + 1).flatten().copied().collect()
}

fn is_named(entry: &[u8], name: &str) -> bool {
    let own = entry.iter().step_by(2).take(name.len() + 1);
    own.copied().eq(name.bytes().chain([0]))
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(width)?)?;
    Some(
        digits
            .iter()
            .rev()
            .fold(0, |number, &byte| number << 8 | usize::from(byte)),
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
            let _ = check(&bytes);
            if let Some(shift) = bytes.get_mut(30..32) {
                shift.copy_from_slice(&[9, 0]);
            }
            let _ = check(&bytes);
        }
    }
}
