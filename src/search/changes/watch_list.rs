//! `WatchList`: codes, patterns and ranges that a user watches, from a text, a table or a workbook.

use std::io::BufRead;
use std::path::Path;

use crate::codeset::CodeSpan;
use crate::error::{Error, Result, excerpt};
use crate::search::question::code_label::RANGE;
use crate::table::cells::Cells;
use crate::table::cells::DELIMITERS;
use crate::table::input::{Input, open, unreadable};
use crate::table::row_reader::RowReader;
use crate::table::text_stream::{Source, TextStream};

/// The length limit of a line, in bytes.
const LONGEST: usize = 64 << 10;
/// Headings of a column of codes, in lower case without punctuation.
const HEADINGS: &[&str] = &[
    "code",
    "codes",
    "hcpc",
    "hcpcs",
    "hcpcscd",
    "hcpcscode",
    "hcpcscodes",
    "cpthcpcs",
    "cpthcpcscode",
    "hcpcscpt",
    "procedurecode",
    "proccode",
    "billingcode",
];

/// A list of codes to watch.
///
/// A line or a row holds one or several codes, patterns or ranges; in a table with a heading such
/// as `HCPCS`, the column below it is read. Blank rows and those that begin with `#` are skipped.
///
/// ```
/// use hcpcs::search::WatchList;
///
/// let list = WatchList::read("Drug;HCPCS\nhemin;J1640\nall;J16*\n".as_bytes(), "list".as_ref())?;
/// assert_eq!((list.spans.len(), list.wrong.len()), (2, 0));
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchList {
    /// The watched codes.
    pub spans: Vec<CodeSpan>,
    /// Rows without a code: the line, its content and the error.
    pub wrong: Vec<String>,
    /// Further notices for the user, such as sheets that are not read.
    pub notices: Vec<String>,
}

/// Reads row after row.
#[derive(Default)]
struct Reading {
    list: WatchList,
    /// The column of the codes, if a heading names it.
    column: Option<usize>,
    rows: usize,
}

impl WatchList {
    /// Reads a list in any encoding, with any delimiter, from a text, a workbook or a zip of one.
    ///
    /// # Errors
    /// The input cannot be read. A list without a code is not an error: see [`WatchList::spans`].
    pub fn read(input: impl BufRead, name: &Path) -> Result<Self> {
        let is_header = |cells: &Cells| cells.iter().any(is_heading);
        let opened = open(input, name, &is_header)?;
        let mut reading = Reading::default();
        reading.list.notices = opened.notices;
        let mut cells = Cells::default();
        match opened.input {
            Input::Sheet(mut rows) => {
                while let Some(row) = rows.next(&mut cells) {
                    reading.take(row.line, &cells);
                }
            }
            Input::Text(text) => reading.read_text(text, name, &mut cells)?,
        }
        Ok(reading.list)
    }
}

impl Reading {
    fn read_text<R: BufRead>(
        &mut self,
        text: TextStream<Source<R>>,
        name: &Path,
        cells: &mut Cells,
    ) -> Result<()> {
        let fail = |cause| unreadable(name, cause);
        let mut rows = RowReader::new(text, LONGEST);
        let mut delimiter = rows.take_separator().map_err(fail)?;
        loop {
            let Some(line) = rows.peek(0, b'\n', cells).map_err(fail)? else {
                return Ok(());
            };
            if cells.iter().any(|cell| cell.contains('\0')) {
                return Err(Error::source(name, "is no text and no table"));
            }
            let of_line = DELIMITERS.into_iter().find(|sign| {
                let mut cells = cells.iter();
                cells.any(|cell| cell.as_bytes().contains(sign))
            });
            // The first row with a delimiter determines it for all rows.
            delimiter = delimiter.or(of_line);
            let sign = delimiter.or(of_line).unwrap_or(b',');
            match rows.next(sign, cells).map_err(fail)? {
                Some(row) => match row.fault {
                    Some(why) => self.list.wrong.push(format!("line {}: {why}", row.line)),
                    None => self.take(row.line, cells),
                },
                None => rows.take(line.lines),
            }
        }
    }

    /// Takes the codes of a row.
    fn take(&mut self, line: u64, cells: &Cells) {
        let mut filled = cells.iter().map(str::trim).filter(|cell| !cell.is_empty());
        let Some(first) = filled.next().filter(|cell| !cell.starts_with('#')) else {
            return;
        };
        self.rows += 1;
        if self.column.is_none() && self.list.spans.is_empty() {
            self.column = cells.iter().position(is_heading);
            if self.column.is_some() {
                return;
            }
        }
        if let Some(column) = self.column {
            let cell = cells.get(column).trim();
            if !cell.is_empty() {
                self.take_cell(line, cell);
            }
            return;
        }
        // Without a heading, a row is a list of codes, or a code with other cells.
        let others: Option<Vec<Vec<CodeSpan>>> = filled.map(|cell| spans(cell).ok()).collect();
        match (spans(first), others) {
            (Ok(own), Some(others)) => {
                self.list.spans.extend(own);
                self.list.spans.extend(others.into_iter().flatten());
            }
            _ => self.take_cell(line, first),
        }
    }

    /// Takes the codes of a cell; the first row may be an unknown heading.
    fn take_cell(&mut self, line: u64, cell: &str) {
        match spans(cell) {
            Ok(spans) => self.list.spans.extend(spans),
            Err(_) if self.rows == 1 && self.column.is_none() => {}
            Err(why) => {
                let shown = excerpt(cell);
                self.list
                    .wrong
                    .push(format!("line {line}: `{shown}`: {why}"));
            }
        }
    }
}

fn is_heading(cell: &str) -> bool {
    let letters = cell.chars().filter(|letter| letter.is_alphanumeric());
    let bare: String = letters.flat_map(char::to_lowercase).collect();
    HEADINGS.contains(&bare.as_str())
}

/// The codes of a cell: one, a range, several separated by blanks or commas, or one followed by
/// words.
fn spans(cell: &str) -> Result<Vec<CodeSpan>, String> {
    let mut text = cell.trim().replace(['–', '—', '―', '\u{2011}'], "-");
    for word in RANGE {
        let between = format!(" {word} ");
        while let Some(at) = text.to_ascii_lowercase().find(&between) {
            text.replace_range(at..at + between.len(), "-");
        }
    }
    text = text.replace("...", "-").replace("..", "-");
    let own = match text.parse::<CodeSpan>() {
        Ok(span) => return Ok(vec![span]),
        Err(why) => why,
    };
    let words = || {
        text.split([' ', ',', ';', '\t', '\n'])
            .filter(|word| !word.is_empty())
    };
    let all: Option<Vec<CodeSpan>> = words().map(|word| word.parse().ok()).collect();
    if let Some(all) = all.filter(|all| !all.is_empty()) {
        return Ok(all);
    }
    // "My drugs" is a heading, "RR rental" a modifier.
    let is_meant =
        |word: &&str| word.len() > 2 || !word.bytes().any(|byte| byte.is_ascii_lowercase());
    let first = words().next().filter(is_meant);
    let first = first.map(str::parse::<CodeSpan>);
    match first {
        Some(Ok(span)) => Ok(vec![span]),
        Some(Err(why)) => Err(why.to_string()),
        None => Err(own.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (usize, Vec<String>) {
        let list = WatchList::read(bytes, "list".as_ref()).unwrap();
        (list.spans.len(), list.wrong)
    }

    #[test]
    fn lists_as_people_keep_them() {
        let utf16: Vec<u8> = "J1640\r\nE0601\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        #[rustfmt::skip]
        let cases = [
            (&b"\xEF\xBB\xBFcode,name\n\"J1640\",hemin\n# drugs\n\nJ16*\nJ1000-J1100\tx\n"[..], 3),
            (b"J1640\rE0601\rJW", 3),
            (b"Drug;HCPCS Code\nhemin;J1640\n\"a; b\";E0601\n;J16*\n", 3),
            (b"sep=|\nname|code\nhemin|J1640\n", 1),
            (b"J1640,E0601,J0172\n", 3),
            (b"J1640 E0601\n", 2),
            (b"J1640 hemin, 1 mg\nE0601 CPAP\n", 2),
            (b"J1000 to J1100\nJ1200 - J1300\nJ1400\xe2\x80\x93J1500\n", 3),
            (b"J1000 to J1100, J1200 thru J1300; J1400 - J1500\n", 3),
            (b"J1000 THRU J1100\nJ1200 Until J1300\nJ1400..J1500\n", 3),
            (b"My drugs\nJ1640\n", 1),
            (b"caf\xE9,x\nJ1640,x\n", 1),
            (&utf16, 2),
            (b"# none\n", 0),
            (b"", 0),
        ];
        for (text, count) in cases {
            let (found, wrong) = read(text);
            assert_eq!((found, wrong.len()), (count, 0), "{text:?} {wrong:?}");
        }
        let (found, wrong) = read(b"Code\nJ16*, drugs\n# mine\nCS\nnonsense\n99213\n");
        assert_eq!(found, 2);
        assert_eq!(
            wrong[0],
            "line 5: `nonsense`: not a HCPCS Level II code (a letter and four digits, or a modifier of two characters)"
        );
        assert!(wrong[1].starts_with("line 6: `99213`"), "{wrong:?}");
        assert!(WatchList::read(&b"%PDF-1.7\n"[..], "list".as_ref()).is_err());
    }
}
