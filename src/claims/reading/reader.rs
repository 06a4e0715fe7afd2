//! Claim lines from a stream: a table with a header, or a line each, as text or in JSON.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use csv::StringRecord;
use serde_json::Value;

use crate::error::{Error, Result};

use super::claim_line::ClaimLine;
use super::columns::ClaimColumns;
use crate::search::batch::line_reader::LineReader;

/// The longest line that is read, in bytes.
const LONGEST: usize = 64 * 1024;
/// What the input is called in errors.
const INPUT: &str = "the claim lines";
/// What may stand between the columns of a table.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A line of the input.
#[derive(Debug)]
pub struct ReadLine {
    /// Its number, beginning with 1.
    pub number: u64,
    /// What it says; else why it cannot be read.
    pub claim: Result<ClaimLine>,
}

/// Reads claim lines one by one. Blank lines are passed over; a line without an id of its own has
/// its number for one.
///
/// ```
/// use hcpcs::search::ClaimReader;
///
/// let mut reader = ClaimReader::new("code,mod1\nJ1640,JW\n".as_bytes());
/// let line = reader.next_line()?.ok_or("no line")?;
/// assert_eq!((line.number, line.claim?.modifiers), (2, vec!["JW".to_owned()]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ClaimReader<R> {
    lines: LineReader<R>,
    text: Vec<u8>,
    form: Form,
}

/// What the input is, as its first line that is not blank tells.
enum Form {
    Unseen,
    /// A line each, as text or in JSON.
    Lines,
    /// The columns, and what stands between them.
    Table(ClaimColumns, u8),
}

impl<R: BufRead> ClaimReader<R> {
    /// A reader of a file in any of the forms; its first line tells which.
    pub fn new(input: R) -> Self {
        Self {
            lines: LineReader::new(input, LONGEST),
            text: Vec::new(),
            form: Form::Unseen,
        }
    }

    /// The columns of a table that are of no concern here, known from the first line on.
    #[must_use]
    pub fn unread_columns(&self) -> &[String] {
        match &self.form {
            Form::Table(columns, _) => columns.unread(),
            _ => &[],
        }
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// The input cannot be read, or has a header that no line could be read with.
    pub fn next_line(&mut self) -> Result<Option<ReadLine>> {
        loop {
            self.text.clear();
            let line = self.lines.next(&mut self.text);
            let line = line.map_err(|cause| Error::io(Path::new(INPUT), "cannot read", cause))?;
            let Some(line) = line else {
                return Ok(None);
            };
            let number = line.number;
            let text = match line.text(&self.text) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => text,
                Err(reason) => {
                    let claim = Err(Error::query(reason));
                    return Ok(Some(ReadLine { number, claim }));
                }
            };
            if matches!(self.form, Form::Unseen) {
                self.form = form(text).map_err(|error| Error::Line {
                    path: PathBuf::from(INPUT),
                    line: usize::try_from(number).unwrap_or(usize::MAX),
                    reason: error.to_string(),
                })?;
                if matches!(self.form, Form::Table(..)) {
                    continue;
                }
            }
            let claim = self.form.read(text);
            let claim = claim.map(|mut claim| {
                claim.line_id.get_or_insert_with(|| Value::from(number));
                claim
            });
            return Ok(Some(ReadLine { number, claim }));
        }
    }
}

impl Form {
    fn read(&self, line: &str) -> Result<ClaimLine> {
        match self {
            Self::Table(columns, delimiter) => columns.line(&cells(line, *delimiter)?),
            _ if line.trim_start().starts_with('{') => ClaimLine::from_json(line),
            _ => line.parse(),
        }
    }
}

/// A table where the line is a header.
fn form(line: &str) -> Result<Form> {
    for delimiter in DELIMITERS {
        let Ok(cells) = cells(line, delimiter) else {
            continue;
        };
        if ClaimColumns::is_header(&cells) {
            return Ok(Form::Table(ClaimColumns::from_header(&cells)?, delimiter));
        }
    }
    Ok(Form::Lines)
}

/// The cells of a row, which is one line.
fn cells(line: &str, delimiter: u8) -> Result<StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .buffer_capacity(line.len() + 1)
        .from_reader(line.as_bytes());
    let mut cells = StringRecord::new();
    reader.read_record(&mut cells).map_err(|cause| {
        Error::query(format!("the row is no CSV: {cause}; write one row a line"))
    })?;
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, String)> {
        let mut reader = ClaimReader::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(ReadLine { number, claim }) = reader.next_line().unwrap() {
            let line = claim.map_or_else(
                |error| error.to_string(),
                |claim| format!("{} {}", claim.code, claim.modifiers.join(" ")),
            );
            found.push((number, line.trim().to_owned()));
        }
        found
    }

    #[test]
    fn every_form_is_known_by_its_first_line() {
        let expected = [(2, "J1640 JW".to_owned()), (3, "E0601 RR".to_owned())];
        for text in [
            "\nJ1640 JW\n{\"code\":\"E0601\",\"modifiers\":[\"RR\"]}\n\n",
            "code,mod1\nJ1640,JW\nE0601,RR\n",
            "mod1;x;\"HCPCS code\"\r\njw;1;j1640\r\nrr;;E0601\r\n",
            "code\tmod1\nJ1640\tJW\n\"E0601\"\tRR",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert!(read("").is_empty());
    }

    #[test]
    fn a_bad_line_is_told_and_the_rest_goes_on() {
        let found = read("code,dos\nJ1640,soon\nJ1640,2026-01-15,x\n,\nE0601\n");
        let said = ["is no day", "3 cells", "no code", "E0601"];
        for ((_, line), said) in found.iter().zip(said) {
            assert!(line.contains(said), "{line}");
        }
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn a_line_has_an_id() {
        let mut reader = ClaimReader::new("id,code\nseven,J1640\n,J1640\n".as_bytes());
        let mut id = || {
            reader
                .next_line()
                .unwrap()
                .unwrap()
                .claim
                .unwrap()
                .line_id
                .unwrap()
        };
        assert_eq!((id(), id()), (Value::from("seven"), Value::from(3)));
    }
}
