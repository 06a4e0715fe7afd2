//! A workbook, or a text table, as sheets of rows of texts.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{Ods, Reader as _, SheetVisible, Xls, Xlsx, XlsxError};

use super::cells::DELIMITERS;
use super::encoding::{Undefined, decode};
use super::panic::caught;
use super::workbook_rows::{check_size, range_rows, table_rows, xlsx_rows};
use super::{ods_extent, xls_extent};

/// A workbook or a table, whose rows are read one after the other.
pub(crate) enum Book<'a> {
    /// A workbook since 2007, and whether it has formulas.
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>, bool),
    /// A workbook before 2007, and its records.
    Xls(Box<Xls<Cursor<&'a [u8]>>>, Vec<u8>),
    Ods(Box<Ods<Cursor<&'a [u8]>>>),
    Table {
        text: Cow<'a, str>,
        undefined: Option<Undefined>,
        /// Rows that the last pass could not read, with their lines.
        faults: Vec<(usize, String)>,
    },
}

/// How many bytes identify a workbook.
pub(crate) const MAGIC: u64 = 4;

/// Whether the bytes begin as a zip does, and so as a workbook since 2007 does.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether the bytes begin as a workbook does, of the format before 2007 or since.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    is_zip(bytes) || bytes.starts_with(b"\xD0\xCF\x11\xE0")
}

/// Whether a zip names the part that every workbook since 2007 has.
fn has_content_types(bytes: &[u8]) -> bool {
    const PART: &[u8] = b"[Content_Types].xml";
    bytes.windows(PART.len()).any(|own| own == PART)
}

impl<'a> Book<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let damaged = |cause: &dyn Display| {
            format!("is no readable workbook ({cause}); save it again as .xlsx")
        };
        if is_zip(bytes) {
            let has_formulas = check_size(bytes)?;
            if ods_extent::is_ods(bytes) {
                ods_extent::check(bytes)?;
                let book = Ods::new(Cursor::new(bytes)).map_err(|cause| damaged(&cause))?;
                return Ok(Self::Ods(Box::new(book)));
            }
            let book = match Xlsx::new(Cursor::new(bytes)) {
                Err(XlsxError::FileNotFound(_)) if !has_content_types(bytes) => {
                    return Err("is a zip and no workbook; unpack it".to_owned());
                }
                book => book.map_err(|cause| damaged(&cause))?,
            };
            return Ok(Self::Xlsx(Box::new(book), has_formulas));
        }
        if is_workbook(bytes) {
            let records = xls_extent::checked(bytes)?;
            // the library panics on some damaged workbooks of this kind
            let book = caught(|| Xls::new(Cursor::new(bytes)))
                .ok_or_else(|| damaged(&"its records are damaged"))?
                .map_err(|cause| damaged(&cause))?;
            return Ok(Self::Xls(Box::new(book), records));
        }
        let decoded = decode(bytes);
        Ok(Self::Table {
            text: decoded.text,
            undefined: decoded.undefined,
            faults: Vec::new(),
        })
    }

    /// Whether it is a text table.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Table { .. })
    }

    /// Whether it is a text whose last line has no end.
    pub(crate) fn ends_within_a_line(&self) -> bool {
        matches!(self, Self::Table { text, .. } if !text.ends_with(['\n', '\r']))
    }

    /// A text table.
    pub(crate) fn text(text: &'a str) -> Self {
        Self::Table {
            text: Cow::Borrowed(text),
            undefined: None,
            faults: Vec::new(),
        }
    }

    pub(crate) fn sheets(&self) -> usize {
        match self {
            Self::Xlsx(book, _) => book.sheet_names().len(),
            Self::Xls(book, _) => book.sheet_names().len(),
            Self::Ods(book) => book.sheet_names().len(),
            Self::Table { .. } => DELIMITERS.len(),
        }
    }

    /// The workbook's name of a sheet.
    pub(crate) fn sheet_name(&self, sheet: usize) -> String {
        let names = match self {
            Self::Xlsx(book, _) => book.sheet_names(),
            Self::Xls(book, _) => book.sheet_names(),
            Self::Ods(book) => book.sheet_names(),
            Self::Table { .. } => return String::new(),
        };
        names.get(sheet).cloned().unwrap_or_default()
    }

    /// Whether the workbook hides a sheet.
    pub(crate) fn is_hidden(&self, sheet: usize) -> bool {
        let sheets = match self {
            Self::Xlsx(book, _) => book.sheets_metadata(),
            Self::Xls(book, _) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
            Self::Table { .. } => return false,
        };
        let sheet = sheets.get(sheet);
        sheet.is_some_and(|own| own.visible != SheetVisible::Visible)
    }

    /// Takes the rows that the last pass could not read, with their lines and the reasons.
    pub(crate) fn take_faults(&mut self) -> Vec<(usize, String)> {
        match self {
            Self::Table { faults, .. } => std::mem::take(faults),
            Self::Xlsx(..) | Self::Xls(..) | Self::Ods(_) => Vec::new(),
        }
    }

    pub(crate) fn undefined(self) -> Option<Undefined> {
        match self {
            Self::Table { undefined, .. } => undefined,
            Self::Xlsx(..) | Self::Xls(..) | Self::Ods(_) => None,
        }
    }

    /// Visits the rows of a sheet with their numbers, the first being 1, until the visitor breaks.
    pub(crate) fn each_row(
        &mut self,
        sheet: usize,
        visit: &mut dyn FnMut(usize, &[String]) -> ControlFlow<()>,
    ) -> Result<(), String> {
        match self {
            Self::Xlsx(book, has_formulas) => xlsx_rows(book, *has_formulas, sheet, visit),
            Self::Xls(book, _) => range_rows(book.worksheet_range_at(sheet), visit),
            Self::Ods(book) => range_rows(book.worksheet_range_at(sheet), visit),
            Self::Table { text, faults, .. } => {
                faults.clear();
                table_rows(text, sheet, faults, visit)
            }
        }
    }
}
