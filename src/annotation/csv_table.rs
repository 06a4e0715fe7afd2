//! Finds the row of headings in a table.

use std::ops::ControlFlow;

use crate::error::excerpt;
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
    pub(super) book: &'b mut Book<'a>,
    pub(super) number: usize,
    /// The row of the headings.
    pub(super) header: usize,
    /// How many cells it has.
    pub(super) width: usize,
    pub(super) places: [Option<usize>; N],
    /// The headings of further columns for what another column is taken for.
    further: Vec<String>,
    /// The non-blank cells above the headings.
    pub preamble: Vec<String>,
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
                    let further = further(cells, columns, &places);
                    found = Some((number, cells.len(), places, further));
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
            if let (Ok(()), Some((header, width, places, further))) = (read, found) {
                return Some(Self {
                    book,
                    number: sheet,
                    header,
                    width,
                    places,
                    further,
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

    /// Names the columns for which others are taken, if any.
    pub(crate) fn passes_over(&self) -> Option<String> {
        (!self.further.is_empty()).then(|| {
            format!(
                "columns that are not read, as another one is taken for the same: {}",
                self.further.join(", ")
            )
        })
    }
}

/// The headings of columns that are taken for nothing, though they have the name of one.
fn further<const N: usize>(
    cells: &[String],
    columns: &[Column; N],
    places: &[Option<usize>; N],
) -> Vec<String> {
    let others = cells.iter().enumerate().filter(|(at, cell)| {
        let heading = heading(cell);
        let mut headings = columns.iter().flat_map(|own| own.headings);
        headings.any(|own| *own == heading) && !places.contains(&Some(*at))
    });
    others.map(|(_, cell)| excerpt(cell.trim())).collect()
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

/// Columns for tests of tables.
#[cfg(test)]
pub(super) const CODE_AND_SIZE: [Column; 2] = [
    column("code", &["CODE"], true),
    column("size", &["SIZE", "PKGSIZE"], false),
];

#[cfg(test)]
mod tests {
    use super::CODE_AND_SIZE as COLUMNS;
    use super::*;

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
}
