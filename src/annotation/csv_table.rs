//! Finds the row of headings in a CSV file and reads the rows below it by heading.

use csv::{ReaderBuilder, StringRecord};

use super::text::excerpt;
use crate::codeset::{Code, ParseCodeError};

/// How many rows of a file may stand above its headings.
const PREAMBLE: usize = 30;

/// How many lines one row may take; more come of a quotation mark that is not closed.
const ROW_LINES: usize = 20;

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
    reader: csv::Reader<&'a [u8]>,
    places: [Option<usize>; N],
    /// The cells above the headings that hold something.
    pub preamble: Vec<String>,
    text: &'a str,
}

/// One row below the headings.
pub(crate) struct Row<'r, const N: usize> {
    cells: &'r StringRecord,
    places: &'r [Option<usize>; N],
    /// The line it begins on, beginning with 1.
    pub line: usize,
    /// The lines it takes.
    pub lines: usize,
}

impl<'a, const N: usize> Sheet<'a, N> {
    /// Looks for the headings; `None` where the first rows have none that fit.
    pub(crate) fn open(text: &'a str, columns: &[Column; N]) -> Option<Self> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
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
                    reader,
                    places,
                    preamble,
                    text,
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

    /// Gives each row that holds something to `take`.
    pub(crate) fn each_row(mut self, mut take: impl FnMut(&Row<'_, N>)) {
        let mut cells = StringRecord::new();
        // The reader's own line numbers lag behind where lines end in CR LF.
        let text = self.text.as_bytes();
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
        let mut start = place(self.reader.position().byte());
        let mut line = 1 + line_breaks(&text[..start]);
        // The reader works in memory on text, so it cannot fail.
        while let Ok(true) = self.reader.read_record(&mut cells) {
            let end = place(self.reader.position().byte());
            let bytes = &text[start..end];
            start = end;
            let lead = bytes.len() - bytes.trim_ascii_start().len();
            line += line_breaks(&bytes[..lead]);
            let row = bytes[lead..].trim_ascii_end();
            let row_breaks = line_breaks(row);
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                take(&Row {
                    cells: &cells,
                    places: &self.places,
                    line,
                    lines: row_breaks + 1,
                });
            }
            line += row_breaks + line_breaks(&bytes[lead + row.len()..]);
        }
    }
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
        if self.lines > ROW_LINES {
            let (first, last) = (self.line, self.line + self.lines - 1);
            return Err(format!(
                "a quotation mark is not closed, so lines {first} to {last} are one row"
            ));
        }
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

    fn rows(text: &str) -> Option<Vec<(usize, usize, String, String)>> {
        let mut rows = Vec::new();
        Sheet::open(text, &COLUMNS)?.each_row(|row| {
            rows.push((row.line, row.lines, row.cell(0).into(), row.cell(1).into()));
        });
        Some(rows)
    }

    #[test]
    fn headings_are_found_wherever_they_stand() {
        let text = "Title,,\r\n\r\n\"a, b\",,\r\nPKG SIZE,_2026_CODE,,,\r\n1,A,,,\r\n,,,,\r\n\" 2\r\n\",B\r\n3,C";
        let expected = [(5, 1, "A", "1"), (7, 2, "B", "2"), (9, 1, "C", "3")];
        let expected =
            expected.map(|(line, lines, code, size)| (line, lines, code.into(), size.into()));
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

    #[test]
    fn an_open_quotation_mark() {
        let text = format!("code\n\"A\n{}", "B\n".repeat(40));
        let mut reasons = Vec::new();
        Sheet::open(&text, &COLUMNS)
            .unwrap()
            .each_row(|row| reasons.extend(row.code(0).err()));
        assert_eq!(
            reasons,
            ["a quotation mark is not closed, so lines 2 to 42 are one row"]
        );
    }
}
