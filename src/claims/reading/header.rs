//! Whether a row is the header of a table of claim lines, a title above it, or neither.

use super::claim_columns::ClaimColumns;
use super::claim_line::is_code;
use super::column_content::{CodeName, Column};
use super::column_recognition::column;

impl ClaimColumns {
    /// Whether a first row is a header and not a claim line: it names a column of codes, or a
    /// description beside other columns, and has no code itself.
    #[must_use]
    pub fn is_header<'c>(row: impl IntoIterator<Item = &'c str>) -> bool {
        let (mut filled, mut known) = (0, 0);
        let (mut has_code, mut has_qualified, mut has_text) = (false, false, false);
        for name in row
            .into_iter()
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            if is_code(&name.to_uppercase()) {
                return false;
            }
            let column = column(name);
            filled += 1;
            known += usize::from(column != Column::Other);
            has_text |= matches!(column, Column::Description(_));
            match column {
                Column::Code(CodeName::Qualified) => has_qualified = true,
                Column::Code(_) => has_code = true,
                _ => {}
            }
        }
        // A title may have the name of a code set, or be called a description.
        has_code || (has_text && filled > 1) || (has_qualified && known > 1)
    }

    /// Whether a row is the header of a table of descriptions alone, which a title may resemble.
    pub(crate) fn is_header_of_descriptions<'c>(row: impl IntoIterator<Item = &'c str>) -> bool {
        row.into_iter()
            .any(|name| matches!(column(name), Column::Description(_)))
    }

    /// Whether a row looks like a header, although no column is recognised as that of the code.
    pub(crate) fn is_like_a_header<'c>(row: impl IntoIterator<Item = &'c str>) -> bool {
        let known = row.into_iter().filter(|name| {
            let is_unknown = matches!(column(name), Column::Other);
            !is_unknown && name.trim().len() > 2
        });
        known.count() >= 2
    }

    /// Whether a row has the names of the columns once more.
    pub(crate) fn is_same_header<'c>(&self, row: impl IntoIterator<Item = &'c str>) -> bool {
        let mut names = self.names.iter();
        row.into_iter()
            .all(|cell| names.next().map_or("", String::as_str) == cell.trim())
            && names.all(String::is_empty)
    }
}
