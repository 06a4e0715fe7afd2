//! `TableFile`: a table for download, as CSV or as a workbook.

use std::io;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::export::{TableCell, WorkbookWriter, csv_line};
use crate::server::http::problem::Problem;

const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8");
const XLSX: HeaderValue =
    HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

/// The file format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableFormat {
    Csv,
    Workbook,
}

/// A table that is written row by row.
pub(crate) enum TableFile {
    Csv(String),
    Workbook(Box<WorkbookWriter>),
}

impl TableFormat {
    /// The format of a file extension.
    pub(crate) fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Workbook),
            _ => None,
        }
    }
}

impl TableFile {
    /// A table whose first row names the columns.
    pub(crate) fn new<N: AsRef<str>>(format: TableFormat, names: &[N]) -> Result<Self, Problem> {
        let names = names.iter().map(AsRef::as_ref);
        Ok(match format {
            TableFormat::Csv => {
                let mut table = Self::Csv(String::new());
                table.line(names)?;
                table
            }
            TableFormat::Workbook => Self::Workbook(Box::new(
                WorkbookWriter::new(names).map_err(|cause| unwritten(&cause))?,
            )),
        })
    }

    pub(crate) fn row(&mut self, cells: &[TableCell]) -> Result<(), Problem> {
        match self {
            Self::Csv(_) => self.line(cells.iter().map(ToString::to_string)),
            Self::Workbook(book) => book.row(cells).map_err(|cause| unwritten(&cause)),
        }
    }

    fn line<C: AsRef<[u8]>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<(), Problem> {
        if let Self::Csv(text) = self {
            text.push_str(&csv_line(cells).map_err(|cause| unwritten(&cause))?);
            text.push('\n');
        }
        Ok(())
    }

    /// The table as a download under a file name, to which the extension is added.
    pub(crate) fn finish(self, name: &str) -> Result<Response, Problem> {
        let (kind, ending, bytes) = match self {
            Self::Csv(text) => (CSV, "csv", text.into_bytes()),
            Self::Workbook(book) => {
                let bytes = book.finish().map_err(|cause| unwritten(&cause))?;
                (XLSX, "xlsx", bytes)
            }
        };
        let disposition = format!("attachment; filename=\"{name}.{ending}\"");
        let headers = [
            (header::CONTENT_TYPE, kind),
            (
                header::CONTENT_DISPOSITION,
                HeaderValue::try_from(disposition).map_err(|_| Problem::failed())?,
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        Ok((headers, bytes).into_response())
    }
}

/// The error of a table: too large for a workbook, or no space on the server.
fn unwritten(cause: &io::Error) -> Problem {
    let detail = format!("the table cannot be written: {cause}");
    if cause.kind() == io::ErrorKind::FileTooLarge {
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail);
    }
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
}
