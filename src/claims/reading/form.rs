//! The form of an input: lines, a table with a header, a sheet, segments of X12.

use super::x12_segment;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

use super::claim_columns::ClaimColumns;
use super::claim_input::names;
use super::claim_line::{ClaimLine, is_code};
use super::column_mapping::ColumnMapping;
use super::composite::CodeSet;
use super::input_facts::InputFacts;
use super::x12::Assembler;
use crate::table::cells::Cells;
use crate::table::cells::DELIMITERS;
use crate::table::input::{Input, ROWS_ABOVE, open, unreadable};
use crate::table::row_reader::RowReader;
use crate::table::segments::SegmentReader;
use crate::table::sheet_rows::SheetRows;
use crate::table::text_stream::{Source, TextStream};

/// The longest line, in bytes.
const LONGEST: usize = 64 * 1024;
/// The name of the input in errors.
pub(super) const INPUT: &str = "the claim lines";

/// The form of the input, by its first non-blank line.
pub(super) enum Form<R> {
    Unopened(R),
    /// One claim on each line, as text or in JSON.
    Lines(RowReader<TextStream<Source<R>>>),
    /// A table, with its columns and its delimiter.
    Table(RowReader<TextStream<Source<R>>>, ClaimColumns, u8),
    /// The rows of a sheet, with or without a header.
    Sheet(SheetRows, Option<ClaimColumns>),
    /// Segments of X12, with their element separator.
    Segments(SegmentReader<TextStream<Source<R>>>, Box<Assembler>),
    Ended,
}

/// Opens an input.
pub(super) fn opened<R: BufRead>(
    input: R,
    mapping: &ColumnMapping,
) -> Result<(Form<R>, InputFacts)> {
    let is_header =
        |cells: &Cells| ClaimColumns::is_header(cells.iter()) || mapping.names_code(cells.iter());
    let opened = open(input, Path::new(INPUT), &is_header)?;
    let mut opening = Opening {
        mapping,
        cells: Cells::default(),
        facts: InputFacts {
            notices: opened.notices,
            is_empty: opened.is_empty,
            ..InputFacts::default()
        },
    };
    let form = match opened.input {
        Input::Sheet(rows) => opening.open_sheet(rows)?,
        Input::Text(text) => opening.open_text(text)?,
    };
    Ok((form, opening.facts))
}

struct Opening<'m> {
    mapping: &'m ColumnMapping,
    cells: Cells,
    facts: InputFacts,
}

/// A possible header. A clear one takes precedence over one of descriptions only, which a title may
/// resemble.
#[derive(Clone, Copy)]
enum Header {
    Clear,
    OfDescriptions,
}

const HEADERS: [Header; 2] = [Header::Clear, Header::OfDescriptions];

/// The kind of the first rows of a text.
enum Seen {
    Header(Box<ClaimColumns>, u8),
    /// An object of JSON.
    Json,
    Nothing,
}

impl Opening<'_> {
    fn open_sheet<R>(&mut self, mut rows: SheetRows) -> Result<Form<R>> {
        for header in HEADERS {
            for ahead in 0..ROWS_ABOVE {
                let Some(row) = rows.peek(ahead, &mut self.cells) else {
                    break;
                };
                let columns = self.header(header, row.line)?;
                if columns.is_some() {
                    self.tell_of_rows_above(ahead, row.line);
                    rows.pass(ahead + 1);
                    return Ok(Form::Sheet(rows, columns));
                }
                if self.is_claim_line() {
                    break;
                }
            }
        }
        rows.peek(0, &mut self.cells);
        self.refuse_unclear_header()?;
        Ok(Form::Sheet(rows, None))
    }

    fn open_text<R: BufRead>(&mut self, mut text: TextStream<Source<R>>) -> Result<Form<R>> {
        let begin = text.fill_buf().map_err(fail)?;
        if begin.iter().any(|byte| *byte < b'\t') {
            let reason = "is no text and no table; give a text, a workbook or CSV";
            return Err(Error::source(Path::new(INPUT), reason));
        }
        let first = String::from_utf8_lossy(&begin[..begin.len().min(LONGEST)]);
        if x12_segment::segment_of(&first).is_some() {
            self.facts.names = names(["claim", "claim line", "segment"]);
            self.facts.has_doses = true;
            return Ok(Form::Segments(SegmentReader::new(text), Box::default()));
        }
        let mut rows = RowReader::new(text, LONGEST);
        let separator = rows.take_separator().map_err(fail)?;
        let delimiters = separator.map_or(DELIMITERS.to_vec(), |own| vec![own]);
        for header in HEADERS {
            match self.seek(header, &mut rows, &delimiters)? {
                Seen::Header(columns, delimiter) => {
                    return Ok(Form::Table(rows, *columns, delimiter));
                }
                Seen::Json => {
                    self.facts.has_doses = true;
                    self.facts.has_descriptions = true;
                    return Ok(Form::Lines(rows));
                }
                Seen::Nothing => {}
            }
        }
        for &delimiter in &delimiters {
            if rows
                .peek(0, delimiter, &mut self.cells)
                .map_err(fail)?
                .is_some()
            {
                self.refuse_unclear_header()?;
            }
        }
        Ok(Form::Lines(rows))
    }

    /// Searches the first rows for a header, and takes it with the rows above it.
    fn seek<R: BufRead>(
        &mut self,
        header: Header,
        rows: &mut RowReader<R>,
        delimiters: &[u8],
    ) -> Result<Seen> {
        let (mut ahead, mut above) = (0, 0);
        for _ in 0..ROWS_ABOVE {
            let Some(row) = rows.peek(ahead, b'\n', &mut self.cells).map_err(fail)? else {
                break;
            };
            let line = self.cells.get(0).trim().to_owned();
            if line.starts_with('{') {
                return Ok(Seen::Json);
            }
            for &delimiter in delimiters {
                let row = rows.peek(ahead, delimiter, &mut self.cells).map_err(fail)?;
                let Some(row) = row.filter(|row| row.fault.is_none()) else {
                    continue;
                };
                if let Some(columns) = self.header(header, row.line)? {
                    self.tell_of_rows_above(above, row.line);
                    rows.take(ahead + row.lines);
                    rows.expect_width(self.cells.len());
                    return Ok(Seen::Header(Box::new(columns), delimiter));
                }
            }
            if line.parse().is_ok_and(|own| is_claim(&own)) {
                break;
            }
            ahead += row.lines;
            above += usize::from(!line.is_empty());
        }
        Ok(Seen::Nothing)
    }

    /// The columns of the row that was read, if it is a header.
    fn header(&mut self, header: Header, line: u64) -> Result<Option<ClaimColumns>> {
        let is_mapped = !self.cells.is_blank() && self.mapping.names_code(self.cells.iter());
        let is_header = match header {
            Header::Clear => ClaimColumns::is_header(self.cells.iter()),
            Header::OfDescriptions => ClaimColumns::is_header_of_descriptions(self.cells.iter()),
        };
        if !(is_mapped || is_header) {
            return Ok(None);
        }
        let columns = ClaimColumns::with_mapping(self.cells.iter(), self.mapping);
        let columns = columns.map_err(|error| match error {
            Error::Query { reason, .. } => Error::Line {
                path: PathBuf::from(INPUT),
                line: usize::try_from(line).unwrap_or(usize::MAX),
                reason,
            },
            other => other,
        })?;
        self.facts.names = names(self.cells.iter());
        self.facts.modifiers = columns.modifiers();
        self.facts.has_doses = columns.has_doses();
        self.facts.has_descriptions = columns.has_descriptions();
        if !columns.unread().is_empty() {
            self.facts
                .notices
                .push(format!("columns not read: {}", columns.unread().join(", ")));
        }
        Ok(Some(columns))
    }

    /// Says that rows above the header are not read: mostly titles.
    fn tell_of_rows_above(&mut self, rows: usize, line: u64) {
        let (rows, are) = match rows {
            0 => return,
            1 => ("the row".to_owned(), "is"),
            more => (format!("{more} rows"), "are"),
        };
        let notice = format!("{rows} above the header on line {line} {are} not read");
        self.facts.notices.push(notice);
    }

    fn is_claim_line(&self) -> bool {
        ClaimLine::from_cells(self.cells.iter()).is_ok_and(|line| is_claim(&line))
    }

    /// Refuses a row that names days, modifiers and the like, but no code.
    fn refuse_unclear_header(&self) -> Result<()> {
        if !self.is_claim_line() && ClaimColumns::is_like_a_header(self.cells.iter()) {
            let names = self
                .cells
                .iter()
                .map(|name| name.trim().to_owned())
                .collect();
            return Err(Error::columns("no column is known to hold the code", names));
        }
        Ok(())
    }
}

/// Whether a line is one of claims, by the form of its code.
fn is_claim(line: &ClaimLine) -> bool {
    is_code(&line.code) || line.code.len() == 2 || !matches!(line.code_set, CodeSet::Hcpcs)
}

pub(super) fn fail(cause: io::Error) -> Error {
    unreadable(Path::new(INPUT), cause)
}
