//! `RowCells`: whether lines of questions look like the rows of a table whose header is not known.

use super::question::Said;
use crate::table::cells::{Cells, DELIMITERS};

/// The cells of the lines up to now.
#[derive(Default)]
pub(super) struct RowCells {
    lines: u64,
    /// How many cells all lines have by each of the delimiters; 0 if they differ or are one.
    widths: [usize; DELIMITERS.len()],
    /// The most cells of a row of a sheet.
    of_sheet: usize,
}

impl RowCells {
    /// Takes a question that is not the row of a table with a header; `sheet` are its cells in a
    /// workbook.
    pub(super) fn take(&mut self, said: &Said, sheet: Option<&Cells>) {
        let Said::Text(text) = said else { return };
        if let Some(cells) = sheet {
            let filled = cells.iter().filter(|cell| !cell.trim().is_empty());
            self.of_sheet = self.of_sheet.max(filled.count());
        } else if self.lines == 0 || self.widths != [0; DELIMITERS.len()] {
            let is_first = self.lines == 0;
            let is_object = text.trim_start().starts_with('{');
            for (width, sign) in self.widths.iter_mut().zip(DELIMITERS) {
                let own = if is_object { 1 } else { cells(text, sign) };
                *width = if own > 1 && (is_first || *width == own) {
                    own
                } else {
                    0
                };
            }
        }
        self.lines += 1;
    }

    /// How many cells each line has, if several lines all have as many.
    pub(super) fn same(&self) -> Option<usize> {
        let most = self.widths.into_iter().chain([self.of_sheet]).max();
        most.filter(|cells| self.lines > 1 && *cells > 1)
    }
}

/// The cells of a line. A delimiter before a blank is punctuation: `walker, wheeled`.
fn cells(line: &str, sign: u8) -> usize {
    let bytes = line.trim_end().as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| {
        let is_punctuation = bytes.get(at + 1) == Some(&b' ');
        **byte == sign && !is_punctuation
    });
    ends.count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_width() {
        let same = |lines: &[&str]| {
            let mut rows = RowCells::default();
            for line in lines {
                rows.take(&Said::Text((*line).to_owned()), None);
            }
            rows.same()
        };
        assert_eq!(same(&["Frage,Antwort", "hemin,x"]), Some(2));
        assert_eq!(same(&["Frage\tArt;x\tJahr", "hemin\ta\t1"]), Some(3));
        assert_eq!(same(&["Frage,Antwort"]), None);
        assert_eq!(same(&["walker, wheeled", "catheter, 16"]), None);
        assert_eq!(same(&["walker,wheeled", "hemin"]), None);
        assert_eq!(same(&["hemin", "walker,wheeled", "cane,quad"]), None);
        assert_eq!(same(&["{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}"]), None);
    }
}
