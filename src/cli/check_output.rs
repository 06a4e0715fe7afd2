//! Where verdicts go: to the terminal, as JSON, as CSV or as a workbook, also into a file.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use hcpcs::Error;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use tempfile::NamedTempFile;

use super::args::CheckArguments;
use super::check_columns::{Cell, Columns, Row};
use super::output;
use super::print::{Failure, Printer};

/// A sheet has no more rows than this.
const MOST_ROWS: u32 = 1_048_576;

/// Where verdicts go.
pub(crate) enum Output<'p> {
    Lines(&'p mut Printer),
    Json(Sink<'p>),
    Csv(Sink<'p>),
    Workbook(Box<Book>),
}

impl<'p> Output<'p> {
    /// The output that the arguments ask for, with its header written.
    pub(crate) fn new(
        arguments: &CheckArguments,
        printer: &'p mut Printer,
        columns: &Columns,
    ) -> Result<Self, Failure> {
        let file = arguments.output.as_deref();
        if arguments.xlsx {
            let Some(file) = file else {
                let reason = "a workbook goes into a file; name it with --output FILE.xlsx";
                return Err(Failure::Usage(reason.to_owned()));
            };
            return Ok(Self::Workbook(Box::new(Book::new(file, columns)?)));
        }
        if arguments.csv {
            let mut sink = Sink::new(file, printer)?;
            sink.line(&output::csv_line(columns.names())?)?;
            return Ok(Self::Csv(sink));
        }
        if arguments.json {
            return Ok(Self::Json(Sink::new(file, printer)?));
        }
        if file.is_some() {
            let reason = "--output needs a format: --csv, --xlsx or --json";
            return Err(Failure::Usage(reason.to_owned()));
        }
        Ok(Self::Lines(printer))
    }

    /// Writes out what was gathered; a file takes its place.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Lines(printer) => printer.finish(),
            Self::Json(sink) | Self::Csv(sink) => sink.finish(),
            Self::Workbook(book) => book.finish(),
        }
    }
}

/// Lines of text, printed or into a file.
pub(crate) enum Sink<'p> {
    Printer(&'p mut Printer),
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl<'p> Sink<'p> {
    fn new(file: Option<&Path>, printer: &'p mut Printer) -> Result<Self, Failure> {
        Ok(match file {
            None => Self::Printer(printer),
            Some(path) => Self::File(BufWriter::new(beside(path)?), path.to_owned()),
        })
    }

    pub(crate) fn line(&mut self, line: &str) -> Result<(), Failure> {
        match self {
            Self::Printer(printer) => printer.line(line),
            Self::File(file, path) => {
                let written = file
                    .write_all(line.as_bytes())
                    .and_then(|()| file.write_all(b"\n"));
                written.map_err(|cause| unwritable(path, cause))
            }
        }
    }

    fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Printer(printer) => printer.finish(),
            Self::File(file, path) => {
                let file = file
                    .into_inner()
                    .map_err(|error| unwritable(&path, error.into_error()))?;
                keep(file, &path)
            }
        }
    }
}

/// A workbook of one sheet, written row by row.
pub(crate) struct Book {
    file: Workbook,
    day: Format,
    rows: u32,
    path: PathBuf,
}

impl Book {
    fn new(path: &Path, columns: &Columns) -> Result<Self, Failure> {
        let mut book = Workbook::new();
        let bold = Format::new().set_bold();
        let fail = |cause| unwritten(path, &cause);
        let sheet = book.add_worksheet_with_constant_memory().map_err(fail)?;
        for (at, name) in (0..).zip(columns.names()) {
            sheet
                .write_string_with_format(0, at, name, &bold)
                .map_err(fail)?;
        }
        Ok(Self {
            file: book,
            day: Format::new().set_num_format("yyyy-mm-dd"),
            rows: 1,
            path: path.to_owned(),
        })
    }

    /// Writes a row: texts as texts, never as formulas or numbers, and days as days.
    pub(crate) fn row(&mut self, row: &Row) -> Result<(), Failure> {
        if self.rows == MOST_ROWS {
            let reason = format!(
                "there are more than {MOST_ROWS} rows, and a workbook takes no more; write --csv"
            );
            return Err(Failure::Library(Error::Source {
                path: self.path.clone(),
                reason,
                remedy: None,
            }));
        }
        let (path, number, day) = (&self.path, self.rows, &self.day);
        let sheet = self
            .file
            .worksheet_from_index(0)
            .map_err(|cause| unwritten(path, &cause))?;
        for (at, cell) in (0..).zip(&row.0) {
            write_cell(sheet, number, at, cell, day).map_err(|cause| unwritten(path, &cause))?;
        }
        self.rows += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<(), Failure> {
        let file = beside(&self.path)?;
        let saved = self.file.save_to_writer(file.as_file());
        saved.map_err(|cause| unwritten(&self.path, &cause))?;
        keep(file, &self.path)
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        Cell::Day(day) => match ExcelDateTime::parse_from_str(&day.to_string()) {
            Ok(day) => {
                sheet.write_datetime_with_format(row, column, &day, format)?;
            }
            // A workbook has no days before 1900.
            Err(_) => {
                sheet.write_string(row, column, day.to_string())?;
            }
        },
    }
    Ok(())
}

/// A file beside the one that it will replace, so that nothing half written is ever there.
fn beside(path: &Path) -> Result<NamedTempFile, Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(|cause| unwritable(path, cause))
}

fn keep(file: NamedTempFile, path: &Path) -> Result<(), Failure> {
    let kept = file.persist(path).map(|_| ());
    kept.map_err(|error| unwritable(path, error.error))
}

fn unwritable(path: &Path, cause: std::io::Error) -> Failure {
    Failure::Library(Error::Io {
        path: path.to_owned(),
        doing: "cannot write",
        cause,
    })
}

fn unwritten(path: &Path, cause: &XlsxError) -> Failure {
    unwritable(path, std::io::Error::other(cause.to_string()))
}
