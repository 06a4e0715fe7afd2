//! Finds the row of headings in a table, and reads the rows below it by heading.

use std::ops::ControlFlow;

use super::text::excerpt;
use crate::codeset::{Code, ParseCodeError};
use crate::table::sheet::Book;

/// How many rows of a file may precede its headings.
const PREAMBLE: usize = 30;

/// A column to find.
pub(crate) struct Column {
    /// Its name in messages.
    pub name: &'static str,
    /// Its headings, in capital letters and digits only.
    pub headings: &'static [&'static str],
    /// Whether the file is refused without it.
    pub is_needed: bool,
}

/// A column to find.
pub(crate) const fn column(
    name: &'static str,
    headings: &'static [&'static str],
    is_needed: bool,
) -> Column {
    Column {
        name,
        headings,
        is_needed,
    }
}

/// A sheet of a workbook, or a text cut by one delimiter, whose headings were found.
pub(crate) struct Sheet<'b, 'a, const N: usize> {
    book: &'b mut Book<'a>,
    number: usize,
    /// The row of the headings.
    header: usize,
    /// How many cells it has.
    width: usize,
    places: [Option<usize>; N],
    /// The non-blank cells above the headings.
    pub preamble: Vec<String>,
}

/// One row below the headings.
pub(crate) struct Row<'r, const N: usize> {
    cells: &'r [String],
    places: &'r [Option<usize>; N],
    /// The line it begins on, or its number in the workbook; the first is 1.
    pub line: usize,
}

impl<'b, 'a, const N: usize> Sheet<'b, 'a, N> {
    /// Searches every sheet for the headings; `None` if the first rows of none have the required
    /// ones.
    pub(crate) fn open(book: &'b mut Book<'a>, columns: &[Column; N]) -> Option<Self> {
        for sheet in 0..book.sheets() {
            let (mut found, mut preamble, mut rows) = (None, Vec::new(), 0);
            let read = book.each_row(sheet, &mut |number, cells| {
                rows += 1;
                let places = places(cells, columns);
                let mut pairs = columns.iter().zip(&places);
                if pairs.all(|(column, place)| place.is_some() || !column.is_needed) {
                    found = Some((number, cells.len(), places));
                    return ControlFlow::Break(());
                }
                let cells = cells.iter().map(|cell| cell.trim());
                preamble.extend(cells.filter(|cell| !cell.is_empty()).map(str::to_owned));
                if rows > PREAMBLE {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            if let (Ok(()), Some((header, width, places))) = (read, found) {
                return Some(Self {
                    book,
                    number: sheet,
                    header,
                    width,
                    places,
                    preamble,
                });
            }
        }
        None
    }

    /// Names the columns that the file lacks, if any.
    pub(crate) fn lacks(&self, columns: &[Column; N]) -> Option<String> {
        let pairs = columns.iter().zip(&self.places);
        let missing: Vec<&str> = pairs
            .filter(|(_, place)| place.is_none())
            .map(|(column, _)| column.name)
            .collect();
        (!missing.is_empty())
            .then(|| format!("columns that the file lacks: {}", missing.join(", ")))
    }

    /// Passes each non-blank row to `take`, and each row that cannot be read to `broken`, with its
    /// line and the reason. Says whether the last row is cut off: the text ends within a line, and
    /// that has fewer cells than the headings or a cell that is still open.
    pub(crate) fn each_row(
        self,
        mut take: impl FnMut(&Row<'_, N>),
        mut broken: impl FnMut(usize, &str),
    ) -> Option<String> {
        let mut last = (self.header, self.width);
        let (mut usual, is_text) = (None, self.book.is_text());
        let mut shifted = Vec::new();
        let read = self.book.each_row(self.number, &mut |line, cells| {
            last = (line, cells.len());
            if line > self.header && cells.iter().any(|cell| !cell.trim().is_empty()) {
                // A comma that is not quoted moves the cells behind it into other columns.
                let usual = *usual.get_or_insert(cells.len().max(self.width));
                if is_text && cells.len() > usual {
                    let cells = cells.len();
                    shifted.push((
                        line,
                        format!(
                            "{cells} cells where other rows have {usual}; put in quotes what has \
                             a comma in it"
                        ),
                    ));
                    return ControlFlow::Continue(());
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

/// The column of each heading that a row has.
fn places<const N: usize>(cells: &[String], columns: &[Column; N]) -> [Option<usize>; N] {
    let headings: Vec<String> = cells.iter().map(|cell| heading(cell)).collect();
    columns.each_ref().map(|column| {
        headings
            .iter()
            .position(|heading| column.headings.contains(&heading.as_str()))
    })
}

impl<const N: usize> Row<'_, N> {
    /// The trimmed cell of a column; empty if there is none.
    pub(crate) fn cell(&self, column: usize) -> &str {
        let place = self.places.get(column).copied().flatten();
        let cell = place.and_then(|place| self.cells.get(place));
        cell.map_or("", |cell| cell.trim())
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
/// A heading's letters and digits in upper case; `_2026_CODE` without the year.
fn heading(cell: &str) -> String {
    let plain: String = cell
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    plain
        .trim_start_matches(|letter: char| letter.is_ascii_digit())
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 2] = [
        Column {
            name: "code",
            headings: &["CODE"],
            is_needed: true,
        },
        Column {
            name: "size",
            headings: &["SIZE", "PKGSIZE"],
            is_needed: false,
        },
    ];

    fn rows(text: &str) -> Option<Vec<(usize, String, String)>> {
        let mut rows = Vec::new();
        let mut book = Book::text(text);
        let cut = Sheet::open(&mut book, &COLUMNS)?.each_row(
            |row| rows.push((row.line, row.cell(0).into(), row.cell(1).into())),
            rows_of_fault,
        );
        assert_eq!(cut, None);
        Some(rows)
    }

    fn rows_of_fault(line: usize, reason: &str) {
        panic!("{line}: {reason}");
    }

    #[test]
    fn headings_are_found_in_any_row() {
        let text = "Title,,\r\n\r\n\"a, b\",,\r\nPKG SIZE,_2026_CODE,,,\r\n1,A,,,\r\n,,,,\r\n\" 2\r\n\",B\r\n3,C,,,";
        let expected = [(5, "A", "1"), (7, "B", "2"), (9, "C", "3")];
        let expected = expected.map(|(line, code, size)| (line, code.into(), size.into()));
        for end in ["\r\n", "\n", "\r"] {
            assert_eq!(
                rows(&text.replace("\r\n", end)).unwrap(),
                expected,
                "{end:?}"
            );
        }
        for delimiter in [";", "\t", "|"] {
            let text = "Title\nPKG SIZE,_2026_CODE\n1,A\n".replace(',', delimiter);
            assert_eq!(rows(&text).unwrap(), [(3, "A".into(), "1".into())]);
        }
        let mut book = Book::text(text);
        let sheet = Sheet::open(&mut book, &COLUMNS).unwrap();
        assert_eq!(sheet.preamble, ["Title", "a, b"]);
        assert_eq!(sheet.lacks(&COLUMNS), None);
    }

    #[test]
    fn headings_too_far_down_or_missing() {
        assert!(rows(&("x\n".repeat(30) + "code\n1\n")).is_some());
        assert!(rows(&("x\n".repeat(31) + "code\n1\n")).is_none());
        assert!(rows("size\n1\n").is_none());
        assert!(rows("").is_none());
        let mut book = Book::text("code");
        let sheet = Sheet::open(&mut book, &COLUMNS).unwrap();
        assert_eq!(
            sheet.lacks(&COLUMNS).unwrap(),
            "columns that the file lacks: size"
        );
    }

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
        let rows = rows("code,size\nA1000,1,\nA1001,2,\n").unwrap();
        assert_eq!(rows.len(), 2);
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
