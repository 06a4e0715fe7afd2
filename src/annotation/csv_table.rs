//! Finds the row of headings in a CSV file and reads the rows below it by heading.

use csv::{ReaderBuilder, StringRecord};

use super::text::excerpt;
use crate::codeset::{Code, ParseCodeError};

/// How many rows of a file may stand above its headings.
const PREAMBLE: usize = 30;

/// How many lines one row may take; more come of a quotation mark that is not closed.
const ROW_LINES: usize = 20;

/// Why a row is broken in which a quoted cell does not end.
const OPEN_QUOTE: &str = "a quotation mark is not closed";

/// A column to be found.
pub(crate) struct Column {
    /// What it is called in messages.
    pub name: &'static str,
    /// Its headings, in capital letters and digits only.
    pub headings: &'static [&'static str],
    /// Whether a file without it is not read.
    pub is_needed: bool,
}

/// A CSV file whose headings were found.
pub(crate) struct Sheet<'a, const N: usize> {
    places: [Option<usize>; N],
    /// The cells above the headings that hold something.
    pub preamble: Vec<String>,
    text: &'a str,
    /// Where the first row below the headings begins.
    start: usize,
}

/// One row below the headings.
pub(crate) struct Row<'r, const N: usize> {
    cells: &'r StringRecord,
    places: &'r [Option<usize>; N],
    /// The line it begins on, beginning with 1.
    pub line: usize,
}

impl<'a, const N: usize> Sheet<'a, N> {
    /// Looks for the headings; `None` where the first rows have none that fit.
    pub(crate) fn open(text: &'a str, columns: &[Column; N]) -> Option<Self> {
        let mut reader = reader(text);
        let mut cells = StringRecord::new();
        let mut preamble = Vec::new();
        for _ in 0..=PREAMBLE {
            if !matches!(reader.read_record(&mut cells), Ok(true)) {
                return None;
            }
            let headings: Vec<String> = cells.iter().map(heading).collect();
            let is_of =
                |column: &Column, heading: &String| column.headings.contains(&heading.as_str());
            let places = columns
                .each_ref()
                .map(|column| headings.iter().position(|heading| is_of(column, heading)));
            let mut found = columns.iter().zip(&places);
            if found.all(|(column, place)| place.is_some() || !column.is_needed) {
                return Some(Self {
                    places,
                    preamble,
                    text,
                    start: place(text, &reader),
                });
            }
            let cells = cells.iter().map(str::trim);
            preamble.extend(cells.filter(|cell| !cell.is_empty()).map(str::to_owned));
        }
        None
    }

    /// Says which columns the file lacks, where it does.
    pub(crate) fn lacks(&self, columns: &[Column; N]) -> Option<String> {
        let pairs = columns.iter().zip(&self.places);
        let missing: Vec<&str> = pairs
            .filter(|(_, place)| place.is_none())
            .map(|(column, _)| column.name)
            .collect();
        (!missing.is_empty())
            .then(|| format!("columns that the file lacks: {}", missing.join(", ")))
    }

    /// Gives each row that holds something to `take`. A row in which a quoted cell does not end goes
    /// to `broken` with its line and the reason, and the rows after its first line are read.
    pub(crate) fn each_row(
        self,
        mut take: impl FnMut(&Row<'_, N>),
        mut broken: impl FnMut(usize, &str),
    ) {
        let text = self.text;
        // The reader's own line numbers lag behind where lines end in CR LF.
        let mut line = 1 + line_breaks(&text.as_bytes()[..self.start]);
        let mut rest = self.start;
        'reader: while rest < text.len() {
            let mut reader = reader(&text[rest..]);
            let (base, mut start) = (rest, rest);
            let mut cells = StringRecord::new();
            // The reader works in memory on text, so it cannot fail.
            while let Ok(true) = reader.read_record(&mut cells) {
                let end = (base + place(&text[base..], &reader)).min(text.len());
                let bytes = &text.as_bytes()[start..end];
                let lead = bytes.len() - bytes.trim_ascii_start().len();
                line += line_breaks(&bytes[..lead]);
                let row = bytes[lead..].trim_ascii_end();
                if self.is_open(row, end == text.len()) {
                    broken(line, OPEN_QUOTE);
                    line += 1;
                    let first = row.iter().position(|byte| *byte == b'\n');
                    rest = first.map_or(text.len(), |length| start + lead + length + 1);
                    continue 'reader;
                }
                let row_breaks = line_breaks(row);
                if cells.iter().any(|cell| !cell.trim().is_empty()) {
                    take(&Row {
                        cells: &cells,
                        places: &self.places,
                        line,
                    });
                }
                line += row_breaks + line_breaks(&bytes[lead + row.len()..]);
                start = end;
            }
            break;
        }
    }

    /// Whether a quoted cell of a row does not end: it takes the rest of the file, a great many lines,
    /// or lines that are rows themselves.
    fn is_open(&self, row: &[u8], is_last: bool) -> bool {
        let quotes: usize = row.iter().map(|byte| usize::from(*byte == b'"')).sum();
        let mut lines = row.split(|byte| *byte == b'\n').skip(1);
        is_last && quotes % 2 == 1
            || line_breaks(row) >= ROW_LINES
            || lines.any(|line| self.is_row(line))
    }

    /// Whether a line by itself is a row, with a code in the first column and all columns that matter.
    fn is_row(&self, line: &[u8]) -> bool {
        let text = String::from_utf8_lossy(line);
        let mut cells = StringRecord::new();
        let is_read = reader(&text).read_record(&mut cells);
        let last = self.places.iter().flatten().max().copied().unwrap_or(0);
        let code = self.places[0].and_then(|place| cells.get(place));
        let code = code.map(|cell| cell.trim().parse::<Code>());
        is_read.is_ok()
            && cells.len() > last
            && matches!(
                code,
                Some(Ok(_) | Err(ParseCodeError::Cpt | ParseCodeError::Cdt))
            )
    }
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// How far a reader is in its text.
fn place(text: &str, reader: &csv::Reader<&[u8]>) -> usize {
    let at = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
    at.min(text.len())
}

fn line_breaks(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(*byte == b'\n')).sum()
}

impl<const N: usize> Row<'_, N> {
    /// The cell of a column without blanks around it; empty where there is none.
    pub(crate) fn cell(&self, column: usize) -> &str {
        let place = self.places.get(column).copied().flatten();
        place
            .and_then(|place| self.cells.get(place))
            .unwrap_or_default()
            .trim()
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
        Sheet::open(text, &COLUMNS)?.each_row(
            |row| rows.push((row.line, row.cell(0).into(), row.cell(1).into())),
            |line, reason| panic!("{line}: {reason}"),
        );
        Some(rows)
    }

    #[test]
    fn headings_are_found_wherever_they_stand() {
        let text = "Title,,\r\n\r\n\"a, b\",,\r\nPKG SIZE,_2026_CODE,,,\r\n1,A,,,\r\n,,,,\r\n\" 2\r\n\",B\r\n3,C";
        let expected = [(5, "A", "1"), (7, "B", "2"), (9, "C", "3")];
        let expected = expected.map(|(line, code, size)| (line, code.into(), size.into()));
        assert_eq!(rows(text).unwrap(), expected);
        assert_eq!(rows(&text.replace("\r\n", "\n")).unwrap(), expected);
        let sheet = Sheet::open(text, &COLUMNS).unwrap();
        assert_eq!(sheet.preamble, ["Title", "a, b"]);
        assert_eq!(sheet.lacks(&COLUMNS), None);
    }

    #[test]
    fn headings_too_far_down_or_missing() {
        assert!(rows(&("x\n".repeat(30) + "code\n1\n")).is_some());
        assert!(rows(&("x\n".repeat(31) + "code\n1\n")).is_none());
        assert!(rows("size\n1\n").is_none());
        assert!(rows("").is_none());
        assert_eq!(
            Sheet::open("code", &COLUMNS)
                .unwrap()
                .lacks(&COLUMNS)
                .unwrap(),
            "columns that the file lacks: size"
        );
    }

    /// The codes that are read of a text, and the lines that are broken.
    fn read(text: &str) -> (Vec<String>, Vec<usize>) {
        let (mut codes, mut broken) = (Vec::new(), Vec::new());
        Sheet::open(text, &COLUMNS).unwrap().each_row(
            |row| codes.push(row.cell(0).to_owned()),
            |line, reason| {
                assert_eq!(reason, OPEN_QUOTE);
                broken.push(line);
            },
        );
        (codes, broken)
    }

    #[test]
    fn an_open_quotation_mark_costs_its_own_row() {
        for (text, codes, broken) in [
            // never closed
            (
                "code,size\nA1000,\"1\nA1001,2\nA1002,3\n",
                &["A1001", "A1002"][..],
                &[2][..],
            ),
            // closed by the next quoted cell
            (
                "code,size\r\nA1000,\"1\r\nA1001,\"2\"\r\nA1002,3",
                &["A1001", "A1002"],
                &[2],
            ),
            // in the last row, and in the only one
            ("code,size\nA1000,1\nA1001,\"2", &["A1000"], &[3]),
            ("code,size\n\"A1000,1\n", &[], &[2]),
            // twice
            (
                "code,size\nA1000,\"1\nA1001,\"2\nA1002,3\n",
                &["A1002"],
                &[2, 3],
            ),
            // a cell of several lines is none
            (
                "code,size\nA1000,\"1\nand 2\"\nA1001,3\n",
                &["A1000", "A1001"],
                &[],
            ),
        ] {
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
}
