//! Questions from a stream: one on each line, as text or JSON, or the rows of a table with a
//! header.

use std::io::{self, BufRead};
use std::path::Path;
use std::sync::Arc;

use super::question::{Question, Said};
use super::question_header::{
    INPUT, is_header, is_late_header, names, refuse_header_line, refuse_other_header,
    refuse_unknown_header,
};
use super::row_cells::RowCells;
use crate::error::{Error, Result};
use crate::table::cells::{Cells, DELIMITERS};
use crate::table::input::{Input, open, unreadable};
use crate::table::row_reader::RowReader;
use crate::table::sheet_rows::SheetRows;
use crate::table::text_stream::{Source, TextStream};

/// Reads questions one by one, in any encoding, from a text, a workbook or a zip of one.
///
/// Blank lines and rows are skipped.
///
/// ```
/// use hcpcs::search::QuestionReader;
///
/// let mut reader = QuestionReader::new("query;limit\nhemin;3\n".as_bytes(), 1 << 16);
/// let question = reader.next_question()?.ok_or("no question")?;
/// assert_eq!(question.request().map(|request| request.limit), Ok(Some(3)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct QuestionReader<R> {
    form: Form<R>,
    longest: usize,
    lines: u64,
    /// The first line, until it is compared with the second.
    first: Option<String>,
    rows: RowCells,
    is_empty: bool,
    cells: Cells,
}

enum Form<R> {
    Unopened(R),
    Lines(RowReader<TextStream<Source<R>>>),
    Table(RowReader<TextStream<Source<R>>>, u8, Arc<[String]>),
    Sheet(SheetRows, Option<Arc<[String]>>),
    Ended,
}

impl<R: BufRead> QuestionReader<R> {
    /// A reader with a line length limit in bytes; the first line determines whether it is a table.
    pub fn new(input: R, longest_line: usize) -> Self {
        Self {
            form: Form::Unopened(input),
            longest: longest_line,
            lines: 0,
            first: None,
            rows: RowCells::default(),
            is_empty: false,
            cells: Cells::default(),
        }
    }

    /// Whether a question, or at least a line, can be read without blocking.
    pub(crate) fn is_ready(&mut self) -> bool {
        match &mut self.form {
            Form::Lines(rows) | Form::Table(rows, ..) => rows.is_ready(),
            Form::Sheet(..) => true,
            Form::Unopened(_) | Form::Ended => false,
        }
    }

    /// How many cells each line has, if the lines look like the rows of a table and no header names
    /// the questions.
    #[must_use]
    pub fn row_cells(&self) -> Option<usize> {
        self.rows.same()
    }

    /// The next question; `None` at the end.
    ///
    /// # Errors
    /// The input cannot be read, its header names an unknown parameter, or it is not empty and has
    /// no question.
    pub fn next_question(&mut self) -> Result<Option<Question>> {
        self.open()?;
        loop {
            let Some((question, is_blank)) = self.read()? else {
                return self.end();
            };
            if !is_blank {
                self.lines += 1;
                self.refuse_header(&question.said)?;
                let sheet = matches!(self.form, Form::Sheet(..)).then_some(&self.cells);
                self.rows.take(&question.said, sheet);
                return Ok(Some(question));
            }
        }
    }

    /// Refuses a first line that turns out to be a header: whoever waits for the answer to a line
    /// before sending the next one is answered until then.
    fn refuse_header(&mut self, said: &Said) -> Result<()> {
        match (said, self.first.take(), &self.form) {
            (Said::Text(text), None, Form::Lines(_)) if self.lines == 1 => {
                self.first = Some(text.clone());
                Ok(())
            }
            (Said::Text(text), Some(first), _) => refuse_header_line(&first, text),
            _ => Ok(()),
        }
    }

    fn read(&mut self) -> Result<Option<(Question, bool)>> {
        let mut text = String::new();
        let row = match &mut self.form {
            Form::Lines(rows) => rows.next_line(&mut text).map_err(fail)?,
            Form::Table(rows, delimiter, _) => {
                rows.next(*delimiter, &mut self.cells).map_err(fail)?
            }
            Form::Sheet(rows, _) => rows.next(&mut self.cells),
            Form::Unopened(_) | Form::Ended => None,
        };
        let Some(row) = row else {
            return Ok(None);
        };
        let said = match (row.fault, &self.form) {
            (Some(reason), _) => Said::Fault(reason),
            (None, Form::Table(_, _, names) | Form::Sheet(_, Some(names))) => {
                Said::Row(Arc::clone(names), self.cells.clone())
            }
            (None, Form::Lines(_)) if is_late_header(&text, &mut self.cells) => {
                let reason = "the line is the header of a table; put it on the first line";
                Said::Fault(reason.to_owned())
            }
            (None, Form::Sheet(..)) => Said::Text(self.cells.iter().collect::<Vec<_>>().join(" ")),
            (None, _) => Said::Text(text),
        };
        let is_blank = match &said {
            Said::Text(text) => text.trim().is_empty(),
            Said::Row(_, cells) => cells.is_blank(),
            Said::Fault(_) => false,
        };
        let number = row.line;
        Ok(Some((Question { number, said }, is_blank)))
    }

    fn open(&mut self) -> Result<()> {
        if !matches!(self.form, Form::Unopened(_)) {
            return Ok(());
        }
        let Form::Unopened(input) = std::mem::replace(&mut self.form, Form::Ended) else {
            return Ok(());
        };
        let opened = open(input, Path::new(INPUT), &is_header)?;
        self.is_empty = opened.is_empty;
        self.form = match opened.input {
            Input::Sheet(mut rows) => {
                let is_table = rows.peek(0, &mut self.cells).is_some() && is_header(&self.cells);
                let names = is_table.then(|| names(&self.cells)).transpose()?;
                if names.is_none() {
                    refuse_other_header(&self.cells)?;
                    let mut next = Cells::default();
                    rows.peek(1, &mut next);
                    refuse_unknown_header(&self.cells, &next)?;
                }
                rows.pass(usize::from(is_table));
                Form::Sheet(rows, names)
            }
            Input::Text(text) => self.open_text(text)?,
        };
        Ok(())
    }

    fn open_text(&mut self, mut text: TextStream<Source<R>>) -> Result<Form<R>> {
        if text.fill_buf().map_err(fail)?.contains(&0) {
            let reason = "are no text and no table; give a text, a workbook or CSV";
            return Err(Error::source(Path::new(INPUT), reason));
        }
        let mut rows = RowReader::new(text, self.longest);
        let separator = rows.take_separator().map_err(fail)?;
        let delimiters = separator.map_or(DELIMITERS.to_vec(), |own| vec![own]);
        for &delimiter in &delimiters {
            let row = rows.peek(0, delimiter, &mut self.cells).map_err(fail)?;
            let Some(row) = row.filter(|row| row.fault.is_none()) else {
                continue;
            };
            if is_header(&self.cells) {
                rows.take(row.lines);
                return Ok(Form::Table(rows, delimiter, names(&self.cells)?));
            }
        }
        for &delimiter in &delimiters {
            let row = rows.peek(0, delimiter, &mut self.cells).map_err(fail)?;
            if row.is_some() {
                refuse_other_header(&self.cells)?;
            }
        }
        Ok(Form::Lines(rows))
    }

    /// Handles the end of the input.
    fn end(&mut self) -> Result<Option<Question>> {
        let form = std::mem::replace(&mut self.form, Form::Ended);
        let is_fine = self.lines > 0
            || self.is_empty
            || matches!(
                form,
                Form::Table(..) | Form::Sheet(_, Some(_)) | Form::Ended
            );
        if is_fine {
            return Ok(None);
        }
        let reason = "hold no question; give one a line, or a table with a header";
        Err(Error::source(Path::new(INPUT), reason))
    }
}

fn fail(cause: io::Error) -> Error {
    unreadable(Path::new(INPUT), cause)
}
