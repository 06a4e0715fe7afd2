//! `PhraseWord`: a word of a question as phrases with a synonym are looked up by it.

use std::borrow::Cow;

use crate::codeset::function_word::{is_function_word, is_linking_word};
use crate::index::analyzer::inflection::family;
use crate::index::analyzer::token::Token;

use super::expansion::Expander;
use super::role::is_fit;

/// The maximum of meanings of an abbreviation that are tried.
const MOST_MEANINGS: usize = 3;
/// A word as phrases are looked up by it, in any order and form.
pub(super) struct PhraseWord<'s> {
    pub(super) is_function: bool,
    /// Whether it may stand between the words of a synonym. So may the size of an article: `collar
    /// med cervical`.
    pub(super) is_between: bool,
    /// Its family, and those of the words that it abbreviates.
    pub(super) families: Cow<'s, [String]>,
}

impl<'s> PhraseWord<'s> {
    /// The words of a text; none of a single one, which is no phrase.
    pub(super) fn of_text(words: &[&Token], expander: &Expander<'s>) -> Vec<Self> {
        let of_phrases = words.iter().filter(|_| words.len() > 1);
        of_phrases.map(|word| Self::of(word, expander)).collect()
    }

    fn of(word: &Token, expander: &Expander<'s>) -> Self {
        let is_function = is_function_word(&word.term);
        let families = || {
            let written = expander.abbreviated(&word.term).take(MOST_MEANINGS);
            let written = written.filter(|_| !is_function).map(family);
            std::iter::once(family(&word.term)).chain(written).collect()
        };
        let known = expander.kept_families(&word.term, families);
        Self {
            is_function,
            is_between: is_linking_word(&word.term) || is_fit(&word.term),
            families: known.map_or_else(|| families().into(), Cow::Borrowed),
        }
    }

    /// The family of the word as asked.
    pub(super) fn family(&self) -> &str {
        &self.families[0]
    }
}
