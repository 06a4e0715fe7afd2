//! Writes verdicts: to the terminal, as JSON, as CSV or as a workbook, also to a file.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use hcpcs::claims::VerdictColumns;
use hcpcs::export::{TableCell, WorkbookWriter};

use super::args::CheckArguments;
use super::new_file::{NewFile, unwritable};
use super::output;
use super::print::{Failure, Printer};

/// The destination of verdicts.
pub(crate) enum Output<'p> {
    Lines(&'p mut Printer),
    Json(Sink<'p>),
    Csv(Sink<'p>),
    Workbook(Box<Book>),
}

impl<'p> Output<'p> {
    /// The requested output, with its header written.
    pub(crate) fn new(
        arguments: &CheckArguments,
        printer: &'p mut Printer,
        columns: &VerdictColumns,
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

    /// Writes notices that came with no line, where there is no other place for them: a file is
    /// read without what was printed beside it.
    pub(crate) fn notices(
        &mut self,
        notices: &[String],
        columns: &VerdictColumns,
    ) -> Result<(), Failure> {
        if notices.is_empty() {
            return Ok(());
        }
        match self {
            Self::Lines(_) => Ok(()),
            Self::Json(sink) => {
                let line = BTreeMap::from([("notices", notices)]);
                sink.line(&output::json(&line)?)
            }
            Self::Csv(sink) => sink.line(&output::csv_line(columns.notices(notices))?),
            Self::Workbook(book) => {
                let cells = columns.notices(notices).into_iter();
                book.row(&cells.map(TableCell::Text).collect::<Vec<_>>())
            }
        }
    }

    /// Flushes the output; a file is moved into place.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Lines(printer) => printer.finish(),
            Self::Json(sink) | Self::Csv(sink) => sink.finish(),
            Self::Workbook(book) => book.finish(),
        }
    }
}

/// Lines of text, printed or written to a file.
pub(crate) enum Sink<'p> {
    Printer(&'p mut Printer),
    File(NewFile),
}

impl<'p> Sink<'p> {
    fn new(file: Option<&Path>, printer: &'p mut Printer) -> Result<Self, Failure> {
        Ok(match file {
            None => Self::Printer(printer),
            Some(path) => Self::File(NewFile::create(path)?),
        })
    }

    pub(crate) fn line(&mut self, line: &str) -> Result<(), Failure> {
        match self {
            Self::Printer(printer) => printer.line(line),
            Self::File(file) => file.write(|out| {
                out.write_all(line.as_bytes())?;
                out.write_all(b"\n")
            }),
        }
    }

    fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Printer(printer) => printer.finish(),
            Self::File(file) => file.keep(),
        }
    }
}

/// A workbook that is moved into place when it is complete.
pub(crate) struct Book {
    writer: WorkbookWriter,
    file: NewFile,
}

impl Book {
    fn new(path: &Path, columns: &VerdictColumns) -> Result<Self, Failure> {
        let writer =
            WorkbookWriter::new(columns.names()).map_err(|cause| unwritable(path, cause))?;
        let file = NewFile::create(path)?;
        Ok(Self { writer, file })
    }

    pub(crate) fn row(&mut self, row: &[TableCell]) -> Result<(), Failure> {
        let written = self.writer.row(row).map_err(|cause| match cause.kind() {
            ErrorKind::FileTooLarge => io::Error::other(format!("{cause}; write --csv")),
            _ => cause,
        });
        self.file.write(|_| written)
    }

    fn finish(self) -> Result<(), Failure> {
        let Self { writer, mut file } = self;
        file.write(|out| out.write_all(&writer.finish()?))?;
        file.keep()
    }
}
