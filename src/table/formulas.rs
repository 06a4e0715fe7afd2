//! The formulas of a workbook: whether it has any, and where. A formula may have no value.

use std::collections::HashSet;
use std::io::{Cursor, Write};

use calamine::{Xlsx, XlsxError};

/// The places of a sheet's formulas, at most some of them, as row and column from 0.
pub(super) fn formulas(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    most: usize,
) -> Result<HashSet<(u32, u32)>, XlsxError> {
    let mut places = HashSet::new();
    let Ok(mut cells) = book.worksheet_cells_reader(sheet) else {
        return Ok(places);
    };
    while let Some(cell) = cells.next_formula()? {
        if !cell.get_value().is_empty() && places.len() < most {
            places.insert(cell.get_position());
        }
    }
    Ok(places)
}

/// Finds the beginning of a formula's element in the parts of a workbook.
#[derive(Default)]
pub(super) struct FormulaFinder {
    /// The end of what was seen, which may have the beginning of the element.
    end: Vec<u8>,
    pub(super) found: bool,
}

impl Write for FormulaFinder {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let has = |bytes: &[u8]| {
            let starts = memchr::memmem::find_iter(bytes, b"<f");
            let mut next = starts.filter_map(|at| bytes.get(at + 2));
            next.any(|byte| matches!(byte, b'>' | b' '))
        };
        if !self.found {
            let seam = [&self.end, &bytes[..bytes.len().min(2)]].concat();
            self.found = has(&seam) || has(bytes);
            self.end.extend(&bytes[bytes.len().saturating_sub(2)..]);
            self.end.drain(..self.end.len().saturating_sub(2));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_found_wherever_a_part_is_cut() {
        let whole = b"<c r=\"A1\"><f>1+1</f></c>";
        for size in 1..whole.len() {
            for (text, found) in [
                (&whole[..], true),
                (&b"<c><fx>1</fx></c><is>a<f"[..], false),
            ] {
                let mut finder = FormulaFinder::default();
                for part in text.chunks(size) {
                    finder.write_all(part).unwrap();
                }
                assert_eq!(finder.found, found, "{size}");
            }
        }
    }
}
