//! `Cells`: the values of a code in NLM's table, each read at most once and on demand.

use std::cell::OnceCell;

use crate::search::ListedCode;

use super::field::{Cell, FIELD_COUNT, TableField};
use super::tokens::words;

/// A row of the table.
pub(super) struct Cells<'s> {
    listed: ListedCode<'s>,
    values: [OnceCell<Cell<'s>>; FIELD_COUNT],
    /// The words of a cell in lower case, each preceded by a space.
    words: [OnceCell<String>; FIELD_COUNT],
}

impl<'s> Cells<'s> {
    /// The row of a code.
    pub(super) fn new(listed: ListedCode<'s>) -> Self {
        Self {
            listed,
            values: Default::default(),
            words: Default::default(),
        }
    }

    /// The value of a field as text.
    pub(super) fn text(&self, field: TableField) -> &str {
        let cell = &self.values[field as usize];
        cell.get_or_init(|| field.of(&self.listed)).text()
    }

    /// The words of a field in lower case.
    pub(super) fn words(&self, field: TableField) -> impl Iterator<Item = &str> {
        let read = || {
            let mut all = String::new();
            for (_, word) in words(self.text(field)) {
                all.push(' ');
                all.push_str(word);
            }
            all.make_ascii_lowercase();
            all
        };
        let all = self.words[field as usize].get_or_init(read);
        all.split(' ').skip(1)
    }
}
