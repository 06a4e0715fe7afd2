//! Whether a workbook has hidden rows or columns, which a reader of the screen does not see.

use std::io::{Cursor, Read as _, Write};

/// The unpacked bytes of a workbook in which hidden rows are looked for.
const MOST_BYTES: u64 = 160 << 20;
/// The tags of rows and columns are not longer.
const LONGEST_TAG: usize = 1024;

/// The tags of rows and columns, and the attributes by which they are hidden: of `.xlsx`, and of
/// `.ods`, where a filter hides too.
const ROWS: [&str; 4] = ["row ", "col ", "table:table-row ", "table:table-column "];
const HIDDEN: [&str; 4] = [
    " hidden=\"1\"",
    " hidden=\"true\"",
    "table:visibility=\"collapse\"",
    "table:visibility=\"filter\"",
];

/// Whether a workbook in a zip has hidden rows or columns; one of the format before 2007 is not
/// searched.
pub(super) fn has_hidden_cells(bytes: &[u8]) -> bool {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let mut finder = HiddenFinder::default();
    for index in 0..zip.len() {
        let Ok(part) = zip.by_index(index) else {
            continue;
        };
        let is_sheet = |name: &str| name.starts_with("xl/worksheets/") || name == "content.xml";
        let has_rows = part.name().is_ok_and(|name| is_sheet(&name));
        if has_rows && std::io::copy(&mut part.take(MOST_BYTES), &mut finder).is_err() {
            return false;
        }
        if finder.found {
            return true;
        }
    }
    false
}

/// Finds the tags of hidden rows and columns in XML that comes in pieces.
#[derive(Default)]
struct HiddenFinder {
    /// The tag that is open, without its sign.
    tag: Option<Vec<u8>>,
    found: bool,
}

impl Write for HiddenFinder {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut rest = bytes;
        while !self.found {
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
            let text = String::from_utf8_lossy(tag);
            let is_row = ROWS.iter().any(|name| text.starts_with(name));
            self.found = is_row && HIDDEN.iter().any(|own| text.contains(own));
            self.tag = None;
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
    fn hidden_rows_are_found_wherever_a_part_is_cut() {
        for (text, found) in [
            ("<x><row r=\"1\" hidden=\"1\"><c/></row>", true),
            (
                "<cols><col min=\"2\" max=\"2\" hidden=\"true\"/></cols>",
                true,
            ),
            ("<table:table-row table:visibility=\"filter\">", true),
            (
                "<row r=\"1\" hidden=\"0\"><t>row hidden=\"1\"</t></row>",
                false,
            ),
            ("<definedName hidden=\"1\"/><rows hidden=\"1\"/>", false),
        ] {
            for size in 1..text.len() {
                let mut finder = HiddenFinder::default();
                for part in text.as_bytes().chunks(size) {
                    finder.write_all(part).unwrap();
                }
                assert_eq!(finder.found, found, "{text} {size}");
            }
        }
    }
}
