//! `RowReader`: streams the rows of a text table, each with the line on which it begins.

use std::io::{self, BufRead};
use std::ops::RangeInclusive;

use super::cells::{Added, Cells};
use super::lines_ahead::LinesAhead;

/// A longer row, in bytes, is not read; it comes from a quotation mark that is not closed.
const LONGEST_ROW: usize = 256 << 10;
const SEPARATOR: &str = "sep=";
/// Rows of fewer cells do not tell a row from a line of a quoted text.
const LEAST_WIDTH: usize = 4;

/// Reads the lines of a text as rows of cells, or unchanged.
pub(crate) struct RowReader<R> {
    lines: LinesAhead<R>,
    /// How many cells the rows before had, each on one line.
    width: usize,
}

/// What is known of a row besides its cells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The line of the text on which it begins; the first is 1.
    pub(crate) line: u64,
    /// How many lines it takes.
    pub(crate) lines: usize,
    /// Why it cannot be read, if so.
    pub(crate) fault: Option<String>,
}

impl<R: BufRead> RowReader<R> {
    /// A reader of lines up to a length, in bytes.
    pub(crate) fn new(input: R, longest_line: usize) -> Self {
        Self {
            lines: LinesAhead::new(input, longest_line),
            width: 0,
        }
    }

    /// Whether a whole line can be read without blocking.
    pub(crate) fn is_ready(&mut self) -> bool {
        self.lines.has(0)
    }

    /// The same of the line that many lines from here.
    pub(crate) fn has_ahead(&mut self, lines: usize) -> bool {
        self.lines.has(lines)
    }

    /// Takes the line that a spreadsheet writes before a table, such as `sep=;`, and returns its
    /// delimiter.
    pub(crate) fn take_separator(&mut self) -> io::Result<Option<u8>> {
        let Some(line) = self.lines.get(0)? else {
            return Ok(None);
        };
        let text = self.lines.text(&line).unwrap_or_default();
        let sign = separator(text.trim());
        if sign.is_some() {
            self.take(1);
        }
        Ok(sign)
    }

    /// Reads a row without taking it, `ahead` lines from here; `None` at the end of the text.
    ///
    /// A row whose quotation mark is not closed has a fault; the rows after it are read.
    pub(crate) fn peek(
        &mut self,
        ahead: usize,
        delimiter: u8,
        cells: &mut Cells,
    ) -> io::Result<Option<Row>> {
        cells.clear();
        let Some(first) = self.lines.get(ahead)? else {
            return Ok(None);
        };
        let number = first.number;
        let row = |lines, fault| {
            Ok(Some(Row {
                line: number,
                lines,
                fault,
            }))
        };
        let (mut opened, mut bytes) = (0, 0);
        let mut is_open = false;
        for at in 0.. {
            let Some(line) = self.lines.get(ahead + at)? else {
                return row(opened + 1, Some(not_closed(number, opened)));
            };
            let text = match self.lines.text(&line) {
                Ok(text) => text,
                Err(reason) if at == 0 => return row(1, Some(reason)),
                Err(_) => return row(opened + 1, Some(not_closed(number, opened))),
            };
            bytes += text.len();
            let before = cells.len();
            match cells.add_line(&text, delimiter, is_open) {
                Added::Whole if at > 0 && self.swallows(ahead + 1..=ahead + at, delimiter)? => {
                    return row(opened + 1, Some(not_closed(number, opened)));
                }
                Added::Whole => return row(at + 1, None),
                Added::Astray => return row(opened + 1, Some(not_closed(number, opened))),
                Added::Open if bytes > LONGEST_ROW => {
                    return row(opened + 1, Some(not_closed(number, opened)));
                }
                Added::Open => {
                    if !is_open || cells.len() > before {
                        opened = at;
                    }
                    is_open = true;
                }
            }
        }
        Ok(None)
    }

    /// Sets how many cells a row has according to its header.
    pub(crate) fn expect_width(&mut self, cells: usize) {
        self.width = cells;
    }

    /// Whether one of some lines has as many cells as the rows before. Then the continued quoted
    /// cell swallows rows: its quotation mark is closed by that of another row.
    fn swallows(&mut self, lines: RangeInclusive<usize>, delimiter: u8) -> io::Result<bool> {
        if self.width < LEAST_WIDTH {
            return Ok(false);
        }
        for at in lines {
            let Some(line) = self.lines.get(at)? else {
                return Ok(false);
            };
            let text = self.lines.text(&line).unwrap_or_default();
            if memchr::memchr_iter(delimiter, text.as_bytes()).count() + 1 >= self.width {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes lines that were read ahead.
    pub(crate) fn take(&mut self, lines: usize) {
        self.lines.take(lines);
    }

    /// Reads the next row; `None` at the end of the text.
    pub(crate) fn next(&mut self, delimiter: u8, cells: &mut Cells) -> io::Result<Option<Row>> {
        let row = self.peek(0, delimiter, cells)?;
        if let Some(row) = &row {
            self.take(row.lines);
            if row.lines == 1 && row.fault.is_none() {
                self.width = cells.len();
            }
        }
        Ok(row)
    }

    /// Reads the next line unchanged into a text; the row has a fault if the line is too long.
    pub(crate) fn next_line(&mut self, out: &mut String) -> io::Result<Option<Row>> {
        out.clear();
        let Some(line) = self.lines.get(0)? else {
            return Ok(None);
        };
        let mut row = Row {
            line: line.number,
            lines: 1,
            fault: None,
        };
        match self.lines.text(&line) {
            Ok(text) => out.push_str(&text),
            Err(reason) => row.fault = Some(reason),
        }
        self.take(row.lines);
        Ok(Some(row))
    }
}

/// The delimiter of a line such as `sep=;`.
fn separator(line: &str) -> Option<u8> {
    let line = line.trim_matches('"');
    let name = line.get(..SEPARATOR.len())?;
    let sign = &line.as_bytes()[SEPARATOR.len()..];
    match sign {
        _ if !name.eq_ignore_ascii_case(SEPARATOR) => None,
        [] => Some(b'\t'),
        [sign] => Some(*sign),
        _ => None,
    }
}

fn not_closed(first: u64, opened: usize) -> String {
    let line = first + opened as u64;
    format!("a quotation mark that is opened on line {line} is not closed; close or remove it")
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn rows(text: &str, buffer: usize) -> Vec<(u64, String)> {
        let input = BufReader::with_capacity(buffer, text.as_bytes());
        let mut reader = RowReader::new(input, 1 << 10);
        let (mut cells, mut rows) = (Cells::default(), Vec::new());
        while let Some(row) = reader.next(b',', &mut cells).unwrap() {
            let cells: Vec<&str> = cells.iter().collect();
            rows.push((row.line, row.fault.unwrap_or_else(|| cells.join("|"))));
        }
        rows
    }

    #[test]
    fn rows_have_the_line_they_begin_on() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "\"one", "two\",c", "", "d,\"e\""].join(end);
            let expected = [(1, "a|b"), (2, "one\ntwo|c"), (4, ""), (5, "d|e")];
            let expected = expected.map(|(line, row)| (line, row.to_owned()));
            for buffer in [1, 4, 1000] {
                assert_eq!(rows(&text, buffer), expected, "{end:?}");
            }
        }
    }

    #[test]
    fn a_mark_that_is_not_closed_is_named_and_the_rows_behind_it_are_read() {
        let fault = |line: u64| super::not_closed(line, 0);
        for text in ["a\nx,\"b\nc,d\ne,f\n", "a\nx,\"b\nc,d\ne,f\n\"g\",h\n"] {
            let found = rows(text, 7);
            assert_eq!(found[..2], [(1, "a".to_owned()), (2, fault(2))], "{text}");
            assert_eq!(found[2..4], [(3, "c|d".to_owned()), (4, "e|f".to_owned())]);
        }
        // Two marks astray on two lines.
        let found = rows("\"a\n\"b,c\nd", 7);
        assert_eq!(found[0], (1, fault(1)));
        assert_eq!(found[1], (2, fault(2)));
        assert_eq!(found[2], (3, "d".to_owned()));
        // The row begins well and goes astray on its second line.
        let found = rows("\"a\nb\",\"c\nd\ne,f\n", 7);
        assert_eq!(found[0], (1, super::not_closed(1, 1)));
        assert_eq!(found[1], (3, "d".to_owned()));
        // The mark is closed by that of another row, which ends its line: rows are swallowed.
        let found = rows(
            "a,b,c,d\n1,\"x,3,4\n5,6,7,8\n9,10,11,\"12\"\n13,14,15,6\"\n",
            7,
        );
        assert_eq!(found[1], (2, fault(2)));
        assert_eq!(found[2], (3, "5|6|7|8".to_owned()));
        assert_eq!(found[3], (4, "9|10|11|12".to_owned()));
        let found = rows("a,b,c,d\n1,\"x,3,4\n5,6,7,8\n9,10,11,6\"\n", 7);
        assert_eq!(found[1], (2, fault(2)));
        assert_eq!(found[3], (4, "9|10|11|6\"".to_owned()));
        // A text of several lines swallows nothing.
        let found = rows("a,b,c,d\n1,\"x, y\nand, z\n\",3,4\n5,6,7,8\n", 7);
        assert_eq!(found[1], (2, "1|x, y\nand, z\n|3|4".to_owned()));
        let long = format!("\"{}", "x\n".repeat(LONGEST_ROW));
        let found = rows(&long, 1000);
        assert_eq!((found[0].0, found.len()), (1, LONGEST_ROW));
        assert_eq!(found[0].1, fault(1));
    }
}
