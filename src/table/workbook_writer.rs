//! `WorkbookWriter`: a workbook (`.xlsx`) of one sheet, written row by row.

use std::io::{self, Seek, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::table_cell::TableCell;

/// The row limit of a sheet.
const MOST_ROWS: u32 = 1_048_576;

/// Writes a workbook of one sheet; written rows wait in a temporary file.
pub struct WorkbookWriter {
    book: Workbook,
    /// Whether each column has long texts.
    long: Vec<bool>,
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
        let sheet = book
            .add_worksheet_with_constant_memory()
            .map_err(io::Error::other)?;
        let long = lay_out(sheet, names).map_err(io::Error::other)?;
        Ok(Self {
            book,
            long,
            day: at_top().set_num_format("yyyy-mm-dd"),
            rows: 1,
        })
    }

    /// Writes a row: texts as texts, never as formulas or numbers, and days as days.
    ///
    /// # Errors
    /// The sheet is full, or a text is longer than a cell takes.
    pub fn row(&mut self, cells: &[TableCell]) -> io::Result<()> {
        if self.rows == MOST_ROWS {
            let reason = format!("a workbook takes {MOST_ROWS} rows, and there are more");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        let sheet = self
            .book
            .worksheet_from_index(0)
            .map_err(io::Error::other)?;
        let texts = cells
            .iter()
            .zip(&self.long)
            .filter(|(_, is_long)| **is_long);
        if let Some(lines) = texts
            .map(|(cell, _)| lines(cell))
            .max()
            .filter(|lines| *lines > 1)
        {
            let height = f64::from(lines) * LINE;
            sheet
                .set_row_height(self.rows, height.min(HIGHEST))
                .map_err(io::Error::other)?;
        }
        for (at, cell) in (0..).zip(cells) {
            write_cell(sheet, self.rows, at, cell, &self.day).map_err(io::Error::other)?;
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes the whole workbook.
    ///
    /// # Errors
    /// It cannot be written there.
    pub fn finish(mut self, out: impl Write + Seek + Send) -> io::Result<()> {
        self.book.save_to_writer(out).map_err(io::Error::other)
    }
}

/// Writes the header, which stays in view and is on each printed page; long texts are broken into
/// lines, so that none is cut.
fn lay_out<N: AsRef<str>>(
    sheet: &mut Worksheet,
    names: impl IntoIterator<Item = N>,
) -> Result<Vec<bool>, XlsxError> {
    let mut long = Vec::new();
    for (at, name) in (0..).zip(names) {
        let width = width(name.as_ref());
        sheet.set_column_width(at, width)?;
        let is_long = width > MIDDLE;
        long.push(is_long);
        let format = if is_long {
            at_top().set_text_wrap()
        } else {
            at_top()
        };
        sheet.set_column_format(at, &format)?;
        sheet.write_string_with_format(0, at, name.as_ref(), &at_top().set_bold())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    Ok(long)
}

/// How many lines a text takes in a column of long texts; some programs do not count them.
fn lines(cell: &TableCell) -> u32 {
    /// Words leave the ends of lines empty.
    const OF_LINE: usize = LONG as usize - 8;
    match cell {
        TableCell::Text(text) => {
            let lines = text
                .lines()
                .map(|line| line.chars().count().div_ceil(OF_LINE).max(1));
            u32::try_from(lines.sum::<usize>()).unwrap_or(u32::MAX)
        }
        TableCell::Number(_) | TableCell::Day(_) => 1,
    }
}

/// The height of a line, and the greatest height of a row, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;

fn at_top() -> Format {
    Format::new().set_align(FormatAlign::Top)
}

/// The widths of columns of short and of long texts, in characters.
const MIDDLE: u16 = 30;
const LONG: u16 = 60;

/// The width of a column, in characters, by its name; rows are written before all are known.
fn width(name: &str) -> u16 {
    const SENTENCES: [&str; 5] = ["descri", "reason", "notice", "text", "why"];
    const PHRASES: [&str; 2] = ["short_descri", "meaning"];
    let name = name.to_lowercase();
    let is_of = |words: &[&str]| words.iter().any(|own| name.contains(own));
    let is_word = name.ends_with("_fit") || name.ends_with("_rank");
    if is_of(&PHRASES) {
        return MIDDLE;
    }
    if is_of(&SENTENCES) && !is_word {
        return LONG;
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
    fn long_texts_are_broken_into_lines_below_a_header_that_stays() {
        let mut writer = WorkbookWriter::new(["code", "reason", "description_fit"]).unwrap();
        let sentence = "a sentence of words ".repeat(10);
        for reason in ["short", &sentence] {
            let cells = ["J1640", reason, &sentence].map(|text| TableCell::Text(text.to_owned()));
            writer.row(&cells).unwrap();
        }
        let mut out = Cursor::new(Vec::new());
        writer.finish(&mut out).unwrap();
        let mut book = zip::ZipArchive::new(out).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            book.by_name(name)
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            text
        };
        let (sheet, styles) = (part("xl/worksheets/sheet1.xml"), part("xl/styles.xml"));
        let style = |cell: &str| {
            let (_, behind) = sheet.split_once(&format!("<c r=\"{cell}\" s=\"")).unwrap();
            behind.split_once('"').unwrap().0.parse::<usize>().unwrap()
        };
        let (_, formats) = styles.split_once("<cellXfs").unwrap();
        let wraps = |cell: &str| {
            let format = formats.split("<xf ").nth(style(cell) + 1).unwrap();
            format.contains("wrapText=\"1\"")
        };
        assert_eq!(
            ["A2", "B2", "C2", "B1"].map(wraps),
            [false, true, false, false]
        );
        assert!(
            sheet.contains("state=\"frozen\"") && sheet.contains("landscape"),
            "{sheet}"
        );
        // 200 characters take four lines of 52.
        assert_eq!(sheet.matches(" ht=\"").count(), 1, "{sheet}");
        assert!(sheet.contains(" ht=\"60\""), "{sheet}");
        assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles"));
    }
}
