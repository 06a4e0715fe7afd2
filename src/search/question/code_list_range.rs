//! The ranges of a list that are written as words: `J1600 to J1699`, `between J1600 and J1699`.

use super::code_item::{KnownCodes, ListItem};
use super::code_label::RANGE;
use super::code_list::ListReader;
use super::code_word::span;

impl<K: KnownCodes> ListReader<'_, K> {
    /// A range written as three tokens, or with `up to` or as `between J1600 and J1699` as four.
    pub(super) fn range(&self, at: usize) -> Option<(ListItem, usize)> {
        let begun = usize::from(self.tokens[at].is("between"));
        let first = self.tokens.get(at + begun)?;
        let up = usize::from(
            self.tokens
                .get(at + begun + 1)
                .is_some_and(|own| own.is("up")),
        );
        let [between, last, ..] = self.tokens.get(at + begun + 1 + up..)? else {
            return None;
        };
        let mut words = RANGE.iter().chain((begun == 1).then_some(&"and"));
        if !words.any(|word| between.is(word)) || between.is_bullet() {
            return None;
        }
        let asked = format!("{} {} {}", first.text, between.text, last.text);
        let count = 3 + begun + up;
        span(&first.text, &last.text).map(|what| (ListItem::new(&asked, what), count))
    }
}
