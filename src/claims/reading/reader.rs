//! Streams claim lines from a table with a header, lines as text or in JSON, X12, or a workbook.

use std::io::BufRead;

use serde_json::Value;

use super::claim_input::ClaimInput;
use super::claim_line::ClaimLine;
use super::column_days::ColumnDays;
use super::column_mapping::ColumnMapping;
use super::form::{Form, fail};
use super::input_facts::InputFacts;
use super::json_line::JsonLines;
use super::opening::opened;
use super::read_line::ReadLine;
use crate::error::{Error, Result};
use crate::table::cells::Cells;
use crate::table::long_numbers::long_numbers_as_texts;
use crate::table::row_reader::Row;

/// Reads claim lines one by one. Blank lines are skipped; a line without an id gets its number as
/// one.
///
/// ```
/// use hcpcs::claims::ClaimReader;
///
/// let mut reader = ClaimReader::new("code,mod1\nJ1640,JW\n".as_bytes());
/// let line = reader.next_line()?.ok_or("no line")?;
/// assert_eq!((line.number, line.claim?.modifiers), (2, vec!["JW".to_owned()]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ClaimReader<R> {
    pub(super) form: Form<R>,
    pub(super) mapping: ColumnMapping,
    pub(super) facts: InputFacts,
    pub(super) cells: Cells,
    pub(super) text: String,
    pub(super) json: JsonLines,
    /// How lines without a header write days.
    pub(super) days: ColumnDays,
    pub(super) lines: u64,
    /// How many of them have a code of another set, such as CPT.
    pub(super) of_other_sets: u64,
    /// How many of the notices were given with a line.
    pub(super) told: usize,
    /// The line of the file on which the last segment of X12 begins.
    pub(super) last_line: u64,
}

impl<R: BufRead> ClaimReader<R> {
    /// A reader of an input in any form, which its first line determines.
    pub fn new(input: R) -> Self {
        Self::with_mapping(input, ColumnMapping::default())
    }

    /// A reader of an input with the user's mapping of some columns.
    pub fn with_mapping(input: R, mapping: ColumnMapping) -> Self {
        Self {
            form: Form::Unopened(input),
            mapping,
            facts: InputFacts::default(),
            cells: Cells::default(),
            text: String::new(),
            json: JsonLines::default(),
            days: ColumnDays::default(),
            lines: 0,
            of_other_sets: 0,
            told: 0,
            last_line: 0,
        }
    }

    /// Opens the input, so that its columns are known before its first line.
    ///
    /// # Errors
    /// The input cannot be read, or its header does not allow to read any line.
    pub fn open(&mut self) -> Result<()> {
        if !matches!(self.form, Form::Unopened(_)) {
            return Ok(());
        }
        let Form::Unopened(input) = std::mem::replace(&mut self.form, Form::Ended) else {
            return Ok(());
        };
        (self.form, self.facts) = opened(input, &self.mapping)?;
        Ok(())
    }

    /// Whether a line can be read without blocking.
    pub(crate) fn is_ready(&mut self) -> bool {
        match &mut self.form {
            Form::Lines(rows) | Form::Table(rows, ..) => rows.is_ready(),
            Form::Sheet(..) => true,
            Form::Unopened(_) | Form::Segments(..) | Form::Ended => false,
        }
    }

    /// The next line; `None` at the end.
    ///
    /// # Errors
    /// The input cannot be read, its header does not allow to read any line, or it is not empty and
    /// has no claim line.
    pub fn next_line(&mut self) -> Result<Option<ReadLine>> {
        self.open()?;
        let line = match &mut self.form {
            Form::Segments(..) => self.next_service()?,
            _ => self.next_row()?,
        };
        match &line {
            Some(line) => {
                self.lines += 1;
                self.of_other_sets += u64::from(line.is_of_another_set());
            }
            None => self.end()?,
        }
        Ok(line)
    }

    fn next_row(&mut self) -> Result<Option<ReadLine>> {
        loop {
            let row = match &mut self.form {
                Form::Table(rows, _, delimiter) => {
                    rows.next(*delimiter, &mut self.cells).map_err(fail)?
                }
                Form::Sheet(rows, _) => rows.next(&mut self.cells),
                Form::Lines(rows) => {
                    let row = rows.next_line(&mut self.text).map_err(fail)?;
                    self.cells.clear();
                    self.cells.push(&self.text);
                    row
                }
                _ => None,
            };
            let Some(row) = row else {
                return Ok(None);
            };
            if row.fault.is_none() && (self.cells.is_blank() || self.is_header_again()) {
                continue;
            }
            self.name_unnamed();
            self.name_lookalikes();
            self.see_days();
            return Ok(Some(self.line_of(row)));
        }
    }

    pub(super) fn line_of(&mut self, row: Row) -> ReadLine {
        let (number, is_whole) = (row.line, row.fault.is_none());
        let claim = match (row.fault, &self.form) {
            (Some(reason), _) => Err(Error::query(reason)),
            (None, Form::Table(_, columns, _)) => {
                columns.line(self.cells.iter()).map(|mut line| {
                    line.readings.extend(columns.behind_end(self.cells.len()));
                    line
                })
            }
            (None, Form::Sheet(_, Some(columns))) => columns.line(self.cells.iter()),
            (None, Form::Sheet(..)) => {
                let read = ClaimLine::from_cells(self.cells.iter());
                self.with_clear_days(read)
            }
            (None, _) if self.text.trim_start().starts_with('{') => {
                let read = self.json.read(&self.text);
                self.facts.notices.extend(self.json.take_notice());
                self.facts.notices.extend(self.json.doubt.take());
                read
            }
            (None, _) => {
                let read = ClaimLine::of_text(&self.text);
                self.with_clear_days(read)
            }
        };
        let input = || ClaimInput::row(&self.facts.names, self.cells.clone());
        let id = || match &self.form {
            Form::Table(_, columns, _) | Form::Sheet(_, Some(columns)) if is_whole => {
                columns.line_id(self.cells.iter())
            }
            Form::Lines(_) => {
                let text = long_numbers_as_texts(&self.text);
                let fields: Value = serde_json::from_str(&text).ok()?;
                fields.get("line_id").cloned()
            }
            _ => None,
        };
        ReadLine::new(number, claim, input, id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, String)> {
        let mut reader = ClaimReader::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(ReadLine { number, claim, .. }) = reader.next_line().unwrap() {
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
            "code,mod1\nJ1640,JW\nE0601,RR\n,\n",
            "code,mod1\rJ1640,JW\rE0601,RR",
            "mod1;x;\"HCPCS code\"\r\njw;1;j1640\r\nrr;;E0601\r\n",
            "code\tmod1\nJ1640\tJW\n\"E0601\"\tRR",
            "code|mod1\nJ1640|JW\nE0601|RR",
            "\n\"J1640\",\"JW\"\n\"E0601\",\"RR\"\n",
            "\nSV1*HC:J1640:JW*1~\nSV1*HC:E0601:RR*1~",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(
            read("sep=;\ncode;mod1\nJ1640;JW\n"),
            [(3, "J1640 JW".to_owned())]
        );
        let titled = "Claims of May,,\n,,\nCode,Mod,x\nJ1640,JW,\"two\nlines\"\nE0601,RR,\n";
        assert_eq!(
            read(titled),
            [(4, "J1640 JW".to_owned()), (6, "E0601 RR".to_owned())]
        );
        assert!(read("").is_empty());
    }

    #[test]
    fn a_bad_line_says_why_and_the_rest_goes_on() {
        let found = read(
            "code,dos\nJ1640,soon\nJ1640,2026-01-15,x\n\"\",\"2026-01-15\"\nx,\"open\nE0601\n",
        );
        let said = [
            "is no day",
            "3 cells",
            "no code",
            "opened on line 5",
            "E0601",
        ];
        for ((_, line), said) in found.iter().zip(said) {
            assert!(line.contains(said), "{line}");
        }
        assert_eq!(found.len(), 5);
    }

    #[test]
    fn a_line_has_an_id() {
        let mut reader = ClaimReader::new("id,code\nseven,J1640\n,J1640\n".as_bytes());
        let mut id = || {
            let line = reader.next_line().unwrap().unwrap();
            line.claim.unwrap().line_id.unwrap()
        };
        assert_eq!((id(), id()), (Value::from("seven"), Value::from(3)));
    }

    #[test]
    fn nothing_that_can_be_read() {
        let end = |text: &[u8]| {
            let mut reader = ClaimReader::new(text);
            let line = reader.next_line().map(|line| line.is_none());
            line.map(|_| reader.notices().join("; "))
                .map_err(|error| error.to_string())
        };
        assert_eq!(end(b"").unwrap(), "no claim lines: the input is empty");
        assert_eq!(
            end(b"code,mod1\n").unwrap(),
            "no claim lines below the header"
        );
        for (text, said) in [
            (&b"\n\n"[..], "hold no line that can be read"),
            (b"%PDF-1.7\n", "is no text"),
            (b"SE*1*1~", "hold no line"),
            (
                b"Item,Mod 1,DOS\nx,y,z\n",
                "no column is known to hold the code",
            ),
            (b"\x01\0\x02\0\0\0\0", "is no text"),
        ] {
            let error = end(text).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
