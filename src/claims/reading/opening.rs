//! Opens an input of claim lines: recognises its form and its header by its first rows.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::claim_columns::ClaimColumns;
use super::claim_input::names;
use super::column_mapping::ColumnMapping;
use super::form::{Form, INPUT, LONGEST, fail};
use super::header_rows::{Header, HeaderRows, RowsAhead, is_claim_line, is_header};
use super::input_facts::InputFacts;
use super::x12_segment;
use crate::error::{Error, Result};
use crate::table::cells::Cells;
use crate::table::cells::DELIMITERS;
use crate::table::input::{Input, open};
use crate::table::row_reader::RowReader;
use crate::table::segments::SegmentReader;
use crate::table::sheet_choice::ROWS_ABOVE;
use crate::table::sheet_rows::SheetRows;
use crate::table::text_stream::{Source, TextStream};

/// How many lines, of those that are there already, show how the table writes its days.
const LINES_AHEAD: usize = 4096;
/// How many first bytes tell whether it is a text.
const HEAD: usize = 4;

/// Opens an input.
pub(super) fn opened<R: BufRead>(
    input: R,
    mapping: &ColumnMapping,
) -> Result<(Form<R>, InputFacts)> {
    let opened = open(input, Path::new(INPUT), &|cells| is_header(cells, mapping))?;
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

/// The kind of the first rows.
enum Seen {
    /// The columns, their delimiter, and how many lines they and the rows above them take.
    Header(Box<ClaimColumns>, u8, usize),
    /// An object of JSON.
    Json,
    Nothing,
}

impl Opening<'_> {
    fn open_sheet<R>(&mut self, mut rows: SheetRows) -> Result<Form<R>> {
        if let Seen::Header(mut columns, _, lines) = self.seek(&mut rows, &DELIMITERS[..1])? {
            rows.pass(lines);
            columns.days.counts_from_1904 = rows.counts_from_1904;
            let mut cells = Cells::default();
            for ahead in 0.. {
                if rows.peek(ahead, &mut cells).is_none() {
                    break;
                }
                columns.see_days(cells.iter());
            }
            return Ok(Form::Sheet(rows, Some(*columns)));
        }
        rows.peek(0, &mut self.cells);
        self.refuse_unclear_header()?;
        Ok(Form::Sheet(rows, None))
    }

    fn open_text<R: BufRead>(&mut self, mut text: TextStream<Source<R>>) -> Result<Form<R>> {
        let begin = text.first_line(LONGEST).map_err(fail)?;
        if begin.iter().take(HEAD).any(|byte| *byte < b'\t') {
            let reason = "is no text and no table; give a text, a workbook or CSV";
            return Err(Error::source(Path::new(INPUT), reason));
        }
        let first = String::from_utf8_lossy(&begin[..begin.len().min(LONGEST)]).into_owned();
        if self.is_x12(&first) {
            self.facts.names = names(["claim", "claim line", "segment"]);
            self.facts.has_doses = true;
            return Ok(Form::Segments(SegmentReader::new(text), Box::default()));
        }
        let mut rows = RowReader::new(text, LONGEST);
        let separator = rows.take_separator().map_err(fail)?;
        let delimiters = separator.map_or(DELIMITERS.to_vec(), |own| vec![own]);
        match self.seek(&mut rows, &delimiters)? {
            Seen::Header(mut columns, delimiter, lines) => {
                rows.take(lines);
                columns.may_part_thousands = delimiter == b';';
                rows.expect_width(self.cells.len());
                let (mut ahead, mut cells) = (0, Cells::default());
                while ahead < LINES_AHEAD && rows.has_ahead(ahead) {
                    let Some(row) = rows.peek(ahead, delimiter, &mut cells).map_err(fail)? else {
                        break;
                    };
                    columns.see_days(cells.iter());
                    ahead += row.lines;
                }
                return Ok(Form::Table(rows, *columns, delimiter));
            }
            Seen::Json => {
                self.facts.has_doses = true;
                self.facts.has_descriptions = true;
                return Ok(Form::Lines(rows));
            }
            Seen::Nothing => {}
        }
        for &delimiter in &delimiters {
            if rows.ahead(0, delimiter, &mut self.cells)?.is_some() {
                self.refuse_unclear_header()?;
            }
        }
        Ok(Form::Lines(rows))
    }

    /// Whether a text is X12, by its first line. `CLM|HCPCS|MOD` is the header of a table.
    fn is_x12(&mut self, text: &str) -> bool {
        let first = text.trim_start().lines().next().unwrap_or_default();
        let mut is_table = || {
            DELIMITERS.into_iter().any(|delimiter| {
                self.cells.clear();
                self.cells.add_line(first, delimiter, false);
                is_header(&self.cells, self.mapping)
            })
        };
        x12_segment::is_interchange(first)
            || (x12_segment::segment_of(first).is_some() && !is_table())
    }

    /// Searches the first rows for a header.
    fn seek(&mut self, rows: &mut impl RowsAhead, delimiters: &[u8]) -> Result<Seen> {
        for header in [Header::Clear, Header::OfDescriptions] {
            let (mut lines, mut above) = (0, 0);
            for _ in 0..ROWS_ABOVE {
                let Some(row) = rows.ahead(lines, b'\n', &mut self.cells)? else {
                    break;
                };
                if self.cells.get(0).trim_start().starts_with('{') {
                    return Ok(Seen::Json);
                }
                let (is_blank, is_claim) = (self.cells.is_blank(), is_claim_line(&self.cells));
                let found = HeaderRows::at(header, lines, rows, delimiters, self.mapping)?;
                if let Some(found) = found {
                    let columns = self.columns(&found)?;
                    self.tell_of_rows_above(above, found.line);
                    self.cells = found.cells;
                    let lines = lines + found.lines;
                    return Ok(Seen::Header(Box::new(columns), found.delimiter, lines));
                }
                if is_claim {
                    break;
                }
                lines += row.lines;
                above += usize::from(!is_blank);
            }
        }
        Ok(Seen::Nothing)
    }

    /// The columns of a header.
    fn columns(&mut self, header: &HeaderRows) -> Result<ClaimColumns> {
        let columns = ClaimColumns::with_mapping(header.cells.iter(), self.mapping);
        let columns = columns.map_err(|error| match error {
            Error::Query { reason, .. } => Error::Line {
                path: PathBuf::from(INPUT),
                line: usize::try_from(header.line).unwrap_or(usize::MAX),
                reason,
            },
            other => other,
        })?;
        self.facts.names = names(header.cells.iter());
        self.facts.modifiers = columns.modifiers();
        self.facts.has_doses = columns.has_doses();
        self.facts.has_descriptions = columns.has_descriptions();
        if !columns.unread().is_empty() {
            self.facts
                .notices
                .push(format!("columns not read: {}", columns.unread().join(", ")));
        }
        Ok(columns)
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

    /// Refuses a row that names days, modifiers and the like, but no code.
    fn refuse_unclear_header(&self) -> Result<()> {
        if !is_claim_line(&self.cells) && ClaimColumns::is_like_a_header(self.cells.iter()) {
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
