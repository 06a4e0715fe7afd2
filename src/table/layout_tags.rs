//! Finds the tags of hidden rows and columns and of merged cells in the XML of a workbook.

use std::io::{Cursor, Read as _, Write};

use super::sheet_layout::SheetLayout;
use super::sheet_part::{attribute, part_of_sheet};

/// The unpacked bytes of a part in which hidden rows are looked for.
const MOST_BYTES: u64 = 160 << 20;
/// The part of all sheets in an `.ods`.
const PART_OF_ALL: &str = "content.xml";
/// The tags of rows and columns are not longer.
const LONGEST_TAG: usize = 1024;

/// The layout of a sheet of a workbook in a zip; `None` if the part that has it is not found.
pub(super) fn of_zip(bytes: &[u8], sheet: usize) -> Option<SheetLayout> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let part = part_of_sheet(&mut zip, sheet);
    let name = part.as_deref().unwrap_or(PART_OF_ALL);
    let mut finder = LayoutFinder::default();
    // `check_size` has unpacked the part before: it is not damaged.
    let part = zip.by_name(name).ok()?;
    std::io::copy(&mut part.take(MOST_BYTES), &mut finder).ok()?;
    let sheets = finder.before.into_iter().chain([finder.sheet]);
    // What comes before the first tag of a table is none.
    let at = if name == PART_OF_ALL { sheet + 1 } else { 0 };
    sheets.into_iter().nth(at)
}

/// Finds the tags of hidden rows and columns and of merged cells in XML that comes in pieces.
#[derive(Default)]
struct LayoutFinder {
    /// The tag that is open, without its sign.
    tag: Option<Vec<u8>>,
    /// The last row and column of the sheet.
    row: u32,
    column: u32,
    sheet: SheetLayout,
    /// The sheets before it, of a part that has several.
    before: Vec<SheetLayout>,
}

impl LayoutFinder {
    /// Takes a tag: of `.xlsx`, or of `.ods`, where a filter hides too and rows are repeated.
    fn take(&mut self, tag: &str) {
        let number = |name| attribute(tag, name).and_then(|text| text.parse::<u32>().ok());
        let is_hidden = matches!(attribute(tag, "hidden"), Some("1" | "true"));
        let visibility = attribute(tag, "table:visibility");
        let is_collapsed = matches!(visibility, Some("collapse" | "filter"));
        let name = tag.split([' ', '\t', '\r', '\n', '/']).next();
        match name.map(|name| name.rsplit(':').next().unwrap_or(name)) {
            Some("row") => {
                self.row = number("r").unwrap_or(self.row.saturating_add(1));
                if is_hidden {
                    self.sheet.rows.add(self.row, self.row);
                }
            }
            Some("col") if is_hidden => {
                let first = number("min").unwrap_or(1);
                let last = number("max").unwrap_or(first);
                self.sheet.columns.add(first, last.max(first));
            }
            Some("table-row") => {
                let first = self.row.saturating_add(1);
                let repeated = number("table:number-rows-repeated").unwrap_or(1);
                self.row = self.row.saturating_add(repeated);
                if is_collapsed {
                    self.sheet.rows.add(first, self.row.max(first));
                }
            }
            Some("table-column") => {
                let first = self.column.saturating_add(1);
                let repeated = number("table:number-columns-repeated").unwrap_or(1);
                self.column = self.column.saturating_add(repeated);
                if is_collapsed {
                    self.sheet.columns.add(first, self.column.max(first));
                }
            }
            Some("mergeCell") => {
                let row = |corner: &str| {
                    let digits = corner.trim_start_matches(|own: char| !own.is_ascii_digit());
                    digits.parse::<u32>().ok()
                };
                let corners = attribute(tag, "ref").and_then(|own| own.split_once(':'));
                if let Some((Some(first), Some(last))) =
                    corners.map(|(first, last)| (row(first), row(last)))
                {
                    self.sheet.merged.add(first, last);
                }
            }
            Some("table-cell") => {
                if let Some(rows) = number("table:number-rows-spanned") {
                    let last = self.row.saturating_add(rows.saturating_sub(1));
                    self.sheet.merged.add(self.row, last);
                }
            }
            Some("table") => {
                (self.row, self.column) = (0, 0);
                self.before.push(std::mem::take(&mut self.sheet));
            }
            _ => {}
        }
    }
}

impl Write for LayoutFinder {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut rest = bytes;
        loop {
            let Some(tag) = &mut self.tag else {
                let Some(at) = memchr::memchr(b'<', rest) else {
                    break;
                };
                rest = &rest[at + 1..];
                self.tag = Some(Vec::new());
                continue;
            };
            let end = memchr::memchr(b'>', rest);
            let part = &rest[..end.unwrap_or(rest.len())];
            tag.extend(&part[..part.len().min(LONGEST_TAG.saturating_sub(tag.len()))]);
            let Some(end) = end else {
                break;
            };
            let tag = self.tag.take().unwrap_or_default();
            // Most tags are those of cells.
            let is_cell = matches!(tag[..], [b'c' | b'v', b' ', ..] | [b'v' | b'/', ..]);
            if !is_cell {
                self.take(&String::from_utf8_lossy(&tag));
            }
            rest = &rest[end + 1..];
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_and_merged_rows_are_found_wherever_a_part_is_cut() {
        for (text, found) in [
            ("<x><row r=\"1\" hidden=\"1\"><c/></row>", "row 1"),
            ("<row r='7' hidden='true'/><row hidden=\"1\"/>", "rows 7, 8"),
            (
                "<cols><col min=\"2\" max=\"2\" hidden=\"true\"/></cols><x:row x:y=\"2\" hidden=\"1\">",
                "row 1 and column 2",
            ),
            (
                "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"4\">\
                 <table:table-row table:number-rows-repeated=\"3\" table:visibility=\"filter\">\
                 <table:table table:name=\"b\"><table:table-row table:visibility=\"collapse\"/>",
                "rows 5 to 7; row 1",
            ),
            (
                "<row r=\"1\" hidden=\"0\"><t>row hidden=\"1\"</t></row>",
                "",
            ),
            (
                "<mergeCell ref=\"B2:B4\"/><mergeCell ref=\"$C$2:$D$4\"/><mergeCell ref=\"A1:F1\"/>",
                "rows 2 to 4",
            ),
            (
                "<table:table-row/><table:table-row><table:table-cell \
                 table:number-rows-spanned=\"2\">",
                "rows 2 to 3",
            ),
            ("<definedName hidden=\"1\"/><rows hidden=\"1\"/>", ""),
        ] {
            for size in 1..text.len() {
                let mut finder = LayoutFinder::default();
                for part in text.as_bytes().chunks(size) {
                    finder.write_all(part).unwrap();
                }
                let sheets = finder.before.iter().chain([&finder.sheet]);
                let said: Vec<String> = sheets
                    .flat_map(|own| own.hidden().into_iter().chain(own.merged()))
                    .collect();
                assert_eq!(said.join("; "), found, "{text} {size}");
            }
        }
    }
}
