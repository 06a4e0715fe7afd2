//! What a sheet shows otherwise than its cells are read: hidden rows and columns, which a reader of
//! the screen does not see, and cells merged over several rows, of which only the first has a value.

use super::row_stretches::{MergedRows, Stretches};

/// The hidden rows and columns of a sheet, and the rows over which cells are merged.
#[derive(Clone, Debug, Default)]
pub(super) struct SheetLayout {
    pub(super) rows: Stretches,
    pub(super) columns: Stretches,
    pub(super) merged: MergedRows,
}

impl SheetLayout {
    /// The hidden rows and columns: `rows 3, 7 to 9 and column 2`.
    pub(super) fn hidden(&self) -> Option<String> {
        let parts = [self.rows.in_words("row"), self.columns.in_words("column")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" and "))
    }

    /// The rows over which cells are merged: `rows 2 to 4, 5 to 7`.
    pub(super) fn merged(&self) -> Option<String> {
        self.merged.in_words()
    }
}
