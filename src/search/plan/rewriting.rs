//! The text of a question as it is looked up: sizes in one form, words apart and rightly spelt.

use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::aside::is_diluent;
use crate::index::analyzer::token::Token;

use super::apart::apart;
use super::expansion::Expander;
use super::mixed_number::mixed_numbers;
use super::negated_word::negated_words;
use super::plan::Plan;
use super::respelling::respelled;
use super::scaled_number::scaled_numbers;
use super::size_words::size_words;

/// A text with its sizes in one form, and words that were written together apart.
fn rewritten(text: &str, expander: &Expander<'_>) -> String {
    let is_known = |word: &str| expander.is_known(word);
    let text = mixed_numbers(text);
    let text = scaled_numbers(&text);
    let text = size_words(&text);
    let text = negated_words(&text, is_known, |rest| expander.non_form(rest));
    apart(&text, |word| is_known(word) || is_diluent(word)).into_owned()
}

/// A text as it is looked up, without the misspelt words of synonyms, and its tokens.
pub(super) fn read(
    text: &str,
    is_last: bool,
    expander: &Expander<'_>,
    plan: &mut Plan<'_>,
) -> (String, Vec<Token>) {
    let text = rewritten(text, expander);
    let tokens = analyze(&text);
    match respelled((&text, is_last), &tokens, expander, plan) {
        Some(right) => {
            let tokens = analyze(&right);
            (right, tokens)
        }
        None => (text, tokens),
    }
}
