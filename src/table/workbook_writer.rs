//! `WorkbookWriter`: a workbook (`.xlsx`) of one sheet, written row by row.

use std::io;
use std::panic::AssertUnwindSafe;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::panic::caught;
use super::table_cell::TableCell;

/// The row limit of a sheet.
const MOST_ROWS: u32 = 1_048_576;

/// Writes a workbook of one sheet; written rows wait in a temporary file.
///
/// ```
/// use hcpcs::export::{TableCell, WorkbookWriter};
///
/// let mut book = WorkbookWriter::new(["code", "added"])?;
/// book.row(&[TableCell::Text("J1640".into()), TableCell::Day("2006-01-01".parse()?)])?;
/// assert!(book.finish()?.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct WorkbookWriter {
    book: Workbook,
    day: Format,
    rows: u32,
}

impl WorkbookWriter {
    /// A workbook whose first row names the columns.
    ///
    /// # Errors
    /// There is no room for temporary files, or there are more columns than a sheet takes.
    pub fn new<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> io::Result<Self> {
        let mut book = Workbook::new();
        let bold = Format::new().set_bold();
        let sheet = book
            .add_worksheet_with_constant_memory()
            .map_err(io::Error::other)?;
        for (at, name) in (0..).zip(names) {
            sheet
                .write_string_with_format(0, at, name.as_ref(), &bold)
                .map_err(io::Error::other)?;
            sheet
                .set_column_width(at, width(name.as_ref()))
                .map_err(io::Error::other)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(io::Error::other)?;
        sheet.set_repeat_rows(0, 0).map_err(io::Error::other)?;
        sheet.set_landscape();
        Ok(Self {
            book,
            day: Format::new().set_num_format("yyyy-mm-dd"),
            rows: 1,
        })
    }

    /// Writes a row: texts as texts, never as formulas or numbers, and days as days.
    ///
    /// # Errors
    /// The sheet is full, a text is longer than a cell takes, or there is no room for temporary
    /// files.
    pub fn row(&mut self, cells: &[TableCell]) -> io::Result<()> {
        if self.rows == MOST_ROWS {
            let reason = format!("a workbook takes {MOST_ROWS} rows, and there are more");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        let sheet = self
            .book
            .worksheet_from_index(0)
            .map_err(io::Error::other)?;
        let (row, day) = (self.rows, &self.day);
        with_room(|| {
            let mut cells = (0..).zip(cells);
            cells.try_for_each(|(at, cell)| write_cell(sheet, row, at, cell, day))
        })?;
        self.rows += 1;
        Ok(())
    }

    /// The whole workbook.
    ///
    /// # Errors
    /// There is no room for temporary files.
    pub fn finish(mut self) -> io::Result<Vec<u8>> {
        with_room(|| self.book.save_to_buffer())
    }
}

/// Runs work that writes temporary files; the library panics where there is no room for them.
fn with_room<T>(work: impl FnOnce() -> Result<T, XlsxError>) -> io::Result<T> {
    let Some(done) = caught(AssertUnwindSafe(work)) else {
        let folder = std::env::temp_dir();
        let reason = format!(
            "there is no room for temporary files in {}",
            folder.display()
        );
        return Err(io::Error::new(io::ErrorKind::StorageFull, reason));
    };
    done.map_err(io::Error::other)
}

/// The width of a column, in characters, by its name; rows are written before all are known. Long
/// texts are not broken into lines: not every program makes their rows higher.
fn width(name: &str) -> u16 {
    const SENTENCES: [&str; 5] = ["descri", "reason", "notice", "text", "why"];
    const PHRASES: [&str; 2] = ["short_descri", "meaning"];
    const WORDS: [&str; 2] = ["_fit", "_rank"];
    const MIDDLE: u16 = 30;
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|own| name.contains(own));
    if has(&PHRASES) {
        return MIDDLE;
    }
    if has(&SENTENCES) && !has(&WORDS) {
        return 60;
    }
    let length = u16::try_from(name.chars().count()).unwrap_or(u16::MAX);
    length.saturating_add(2).clamp(10, MIDDLE)
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &TableCell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        TableCell::Text(text) if text.is_empty() => {}
        TableCell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        TableCell::Number(number) => {
            sheet.write_number(row, column, *number)?;
        }
        TableCell::Day(day) => match ExcelDateTime::parse_from_str(&day.to_string()) {
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;

    #[test]
    fn the_header_stays_in_view_and_is_printed_on_each_page() {
        let mut writer = WorkbookWriter::new(["code", "reason", "description_fit"]).unwrap();
        let cells = ["J1640", "a sentence", "first"].map(|text| TableCell::Text(text.to_owned()));
        writer.row(&cells).unwrap();
        let out = Cursor::new(writer.finish().unwrap());
        let mut book = zip::ZipArchive::new(out).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            let mut part = book.by_name(name).unwrap();
            part.read_to_string(&mut text).unwrap();
            text
        };
        let sheet = part("xl/worksheets/sheet1.xml");
        for said in [
            "state=\"frozen\"",
            "orientation=\"landscape\"",
            "width=\"60.",
        ] {
            assert_eq!(sheet.matches(said).count(), 1, "{said}: {sheet}");
        }
        assert_eq!(sheet.matches("<row ").count(), 2, "{sheet}");
        assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles"));
    }
}
