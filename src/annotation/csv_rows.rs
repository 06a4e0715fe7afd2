//! Reads the rows below the headings of a table, and says what is wrong with them: a quotation mark
//! that is not closed, a comma too many, an end within a row.

use std::ops::ControlFlow;

use super::csv_table::Sheet;
use crate::codeset::{Code, ParseCodeError};
use crate::error::excerpt;
use crate::table::excel_text::unescaped;
use crate::table::row_width::RowWidth;

/// One row below the headings.
pub(crate) struct Row<'r, const N: usize> {
    cells: &'r [String],
    places: &'r [Option<usize>; N],
    /// The line it begins on, or its number in the workbook; the first is 1.
    pub line: usize,
}

impl<const N: usize> Row<'_, N> {
    /// The trimmed cell of a column; empty if there is none.
    pub(crate) fn cell(&self, column: usize) -> &str {
        let place = self.places.get(column).copied().flatten();
        let cell = place.and_then(|place| self.cells.get(place));
        unescaped(cell.map_or("", |cell| cell.trim()))
    }

    /// The code in a column; `None` for a number of CPT or a code of CDT.
    pub(crate) fn code(&self, column: usize) -> Result<Option<Code>, String> {
        match self.cell(column).parse() {
            Ok(code) => Ok(Some(code)),
            Err(ParseCodeError::Cpt | ParseCodeError::Cdt) => Ok(None),
            Err(reason) => Err(format!("`{}`: {reason}", excerpt(self.cell(column)))),
        }
    }
}

impl<const N: usize> Sheet<'_, '_, N> {
    /// Passes each non-blank row to `take`, and each row that cannot be read to `broken`, with its
    /// line and the reason. Says whether the last row is cut off: the text ends within a line, and
    /// that has fewer cells than the headings or a cell that is still open.
    pub(crate) fn each_row(
        self,
        mut take: impl FnMut(&Row<'_, N>),
        mut broken: impl FnMut(usize, &str),
    ) -> Option<String> {
        let mut last = (self.header, self.width);
        let (mut width, is_text) = (RowWidth::of_header(self.width), self.book.is_text());
        let mut shifted = Vec::new();
        let read = self.book.each_row(self.number, &mut |line, cells| {
            last = (line, cells.len());
            if line > self.header && cells.iter().any(|cell| !cell.trim().is_empty()) {
                if is_text && let Some(found) = width.shifted(line, cells.len()) {
                    let is_own = found.0 == line;
                    shifted.push(found);
                    if is_own {
                        return ControlFlow::Continue(());
                    }
                }
                take(&Row {
                    cells,
                    places: &self.places,
                    line,
                });
            }
            ControlFlow::Continue(())
        });
        for (line, reason) in shifted {
            broken(line, &reason);
        }
        for (line, reason) in self.book.take_faults() {
            if line > self.header {
                broken(line, &reason);
            }
            if line > last.0 {
                last = (line, 0);
            }
        }
        if let Err(reason) = read {
            broken(self.header, &reason);
        }
        let (line, cells) = last;
        (self.book.ends_within_a_line() && cells < self.width)
            .then(|| format!("it ends within line {line}, as a file does that is cut off"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::csv_table::CODE_AND_SIZE as COLUMNS;
    use super::*;
    use crate::table::sheet::Book;

    /// The codes read from a text, and the lines that are broken.
    fn read(text: &str) -> (Vec<String>, Vec<usize>) {
        let (mut codes, mut broken) = (Vec::new(), Vec::new());
        let mut book = Book::text(text);
        Sheet::open(&mut book, &COLUMNS).unwrap().each_row(
            |row| codes.push(row.cell(0).to_owned()),
            |line, reason| {
                assert!(reason.contains("is not closed"), "{reason}");
                broken.push(line);
            },
        );
        (codes, broken)
    }

    #[test]
    fn an_open_quotation_mark_costs_its_own_row() {
        #[rustfmt::skip]
        let cases = [
            // never closed
            ("code,size\nA1000,\"1\nA1001,2\nA1002,3\n", &["A1001", "A1002"][..], &[2][..]),
            // closed by the next quoted cell
            ("code,size\r\nA1000,\"1\r\nA1001,\"2\"\r\nA1002,3", &["A1001", "A1002"], &[2]),
            // in the last row, and in the only one
            ("code,size\nA1000,1\nA1001,\"2", &["A1000"], &[3]),
            ("code,size\n\"A1000,1\n", &[], &[2]),
            // twice
            ("code,size\nA1000,\"1\nA1001,\"2\nA1002,3\n", &["A1002"], &[2, 3]),
            // a cell of several lines is none
            ("code,size\nA1000,\"1\nand 2\"\nA1001,3\n", &["A1000", "A1001"], &[]),
        ];
        for (text, codes, broken) in cases {
            let read = read(text);
            assert_eq!(
                (&*read.0, &*read.1),
                (
                    &*codes
                        .iter()
                        .map(|own| (*own).to_owned())
                        .collect::<Vec<_>>(),
                    broken
                ),
                "{text}"
            );
        }
        let text = format!("code\n\"A\n{}", "B\n".repeat(40));
        assert_eq!(read(&text).1, [2]);
    }

    #[test]
    fn a_row_with_a_comma_too_many_is_none() {
        let mut book = Book::text("code,size\nA1000,1\nA,1001,2\nA1002,3\n");
        let (mut codes, mut broken) = (Vec::new(), Vec::new());
        Sheet::open(&mut book, &COLUMNS).unwrap().each_row(
            |row| codes.push(row.cell(0).to_owned()),
            |line, reason| broken.push((line, reason.to_owned())),
        );
        assert_eq!(codes, ["A1000", "A1002"]);
        assert!(broken[0].0 == 3 && broken[0].1.starts_with("3 cells where other rows have 2"));
        // Rows may all have more cells than the headings.
        let mut book = Book::text("code,size\nA1000,1,\nA1001,2,\n");
        let mut rows = 0;
        let sheet = Sheet::open(&mut book, &COLUMNS).unwrap();
        sheet.each_row(|_| rows += 1, |line, reason| panic!("{line}: {reason}"));
        assert_eq!(rows, 2);
    }

    #[test]
    fn a_text_that_is_cut_off() {
        let cut = |text: &str| {
            let mut book = Book::text(text);
            let sheet = Sheet::open(&mut book, &COLUMNS).unwrap();
            sheet.each_row(|_| {}, |_, _| {}).is_some()
        };
        let whole = "code,size\nA1000,\"1\"\nA1001,\"2\"\n";
        for end in 18..whole.len() {
            let text = &whole[..end];
            // a cell that ends early is like one that is short
            let is_whole = text.ends_with('\n') || text.ends_with("\"1\"");
            let is_seen = !is_whole && !text.ends_with(',') && !text.ends_with("\"2\"");
            assert_eq!(cut(text), is_seen, "{text}");
        }
    }
}
