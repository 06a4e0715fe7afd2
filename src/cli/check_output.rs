//! Writes verdicts: to the terminal, as JSON, as CSV or as a workbook, also to a file.

use std::collections::BTreeMap;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use hcpcs::Error;
use hcpcs::claims::VerdictColumns;
use hcpcs::export::{TableCell, WorkbookWriter};
use tempfile::{Builder, NamedTempFile};

use super::args::CheckArguments;
use super::batch::CANNOT_WRITE;
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
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl<'p> Sink<'p> {
    fn new(file: Option<&Path>, printer: &'p mut Printer) -> Result<Self, Failure> {
        Ok(match file {
            None => Self::Printer(printer),
            Some(path) => Self::File(BufWriter::new(temporary_file(path)?), path.to_owned()),
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

/// A workbook that is moved into place when it is complete.
pub(crate) struct Book {
    writer: WorkbookWriter,
    path: PathBuf,
}

impl Book {
    fn new(path: &Path, columns: &VerdictColumns) -> Result<Self, Failure> {
        let writer =
            WorkbookWriter::new(columns.names()).map_err(|cause| unwritable(path, cause))?;
        let path = path.to_owned();
        Ok(Self { writer, path })
    }

    pub(crate) fn row(&mut self, row: &[TableCell]) -> Result<(), Failure> {
        self.writer.row(row).map_err(|cause| {
            if cause.kind() == ErrorKind::FileTooLarge {
                let cause = format!("{cause}; write --csv");
                return unwritable(&self.path, std::io::Error::other(cause));
            }
            unwritable(&self.path, cause)
        })
    }

    fn finish(self) -> Result<(), Failure> {
        let file = temporary_file(&self.path)?;
        let saved = self.writer.finish(file.as_file());
        saved.map_err(|cause| unwritable(&self.path, cause))?;
        keep(file, &self.path)
    }
}

/// A temporary file next to the one that it will replace, so that no incomplete file is ever there.
fn temporary_file(path: &Path) -> Result<NamedTempFile, Failure> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file = Builder::new();
    // Readable by whom the user's mask lets read, as any file that a program writes.
    #[cfg(unix)]
    file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = file.tempfile_in(folder.unwrap_or(Path::new(".")));
    file.map_err(|cause| {
        if cause.kind() == ErrorKind::NotFound {
            // the system names the temporary file
            let cause = std::io::Error::other("there is no such folder; make it first");
            return unwritable(path, cause);
        }
        unwritable(path, cause)
    })
}

fn keep(file: NamedTempFile, path: &Path) -> Result<(), Failure> {
    let kept = file.persist(path).map(|_| ());
    kept.map_err(|error| unwritable(path, error.error))
}

fn unwritable(path: &Path, cause: std::io::Error) -> Failure {
    Failure::Library(Error::Io {
        path: path.to_owned(),
        doing: CANNOT_WRITE,
        cause,
    })
}
