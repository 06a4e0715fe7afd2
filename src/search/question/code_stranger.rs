//! Strangers: the words of a list of codes that are no codes, and how many a list may have.

use super::code_item::{Asked, KnownCodes, ListItem};
use super::code_token::Token;
use super::code_word::is_like_code;

/// The words of a list that are no codes.
#[derive(Default)]
pub(super) struct Strangers {
    /// Words that are nothing like a code; in a table, one for each cell.
    count: usize,
    /// Words that differ from a code by a letter.
    like_codes: usize,
    /// The cell of the previous one, if no code is between.
    last: Option<usize>,
}

impl Strangers {
    /// Adds a word to the items; words that follow each other in a cell are one item.
    pub(super) fn add(&mut self, token: &Token, has_cells: bool, items: &mut Vec<ListItem>) {
        let is_code = is_like_code(&token.text);
        let goes_on = self.last == Some(token.cell) && !is_code;
        self.like_codes += usize::from(is_code);
        self.count += usize::from(!(is_code || (goes_on && has_cells)));
        self.last = (!is_code).then_some(token.cell);
        match items.last_mut() {
            Some(before) if goes_on => {
                before.asked.push(' ');
                before.asked.push_str(&token.text);
            }
            _ => items.push(ListItem::new(&token.text, Asked::Stranger)),
        }
    }

    /// A code follows.
    pub(super) fn end(&mut self) {
        self.last = None;
    }

    /// Whether they are as many as the codes of a list, which then is none.
    pub(super) fn outnumber(&self, codes: usize) -> bool {
        self.count > 0 && self.count >= codes
    }

    /// Whether items with these strangers are a list of codes.
    pub(super) fn are_few(&self, items: &[ListItem], known: &impl KnownCodes) -> bool {
        let is_word = |item: &ListItem| known.is_word(&item.asked.to_lowercase());
        let is_covered = |item: &ListItem| {
            item.what.is_procedure() && !matches!(item.what, Asked::OutOfScope(_))
        };
        let codes = items.iter().filter(|item| item.what.is_procedure()).count();
        if self.count > 0 {
            return items.iter().any(is_covered) && codes > 1 && !self.outnumber(codes);
        }
        let is_known = items.iter().any(|item| item.what != Asked::Stranger);
        is_known || (self.like_codes > 0 && !items.iter().any(is_word))
    }
}
