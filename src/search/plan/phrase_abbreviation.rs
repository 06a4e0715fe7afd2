//! Phrases with abbreviated words: `scr cort` is `cortical screw`, which has a synonym.

use crate::index::analyzer::inflection::any_order;
use crate::index::analyzer::token::Token;
use crate::index::build::descriptor::is_function_word;

use super::expansion::Expander;
use super::plan::Alternative;

/// The maximum of words of a phrase in which abbreviations are written out.
const MOST_WORDS: usize = 4;
/// The maximum of meanings of an abbreviation that are tried.
const MOST_MEANINGS: usize = 3;
/// The weight of a synonym of a phrase whose words were written out.
const WRITTEN_OUT: f32 = 0.95;

/// The meanings of the synonyms of a phrase whose abbreviations are written out, in its order or
/// another; none if it has no abbreviation.
pub(super) fn written_out<'s>(asked: &[&Token], expander: &Expander<'s>) -> Vec<Alternative<'s>> {
    if asked.len() > MOST_WORDS || asked.iter().any(|word| is_function_word(&word.term)) {
        return Vec::new();
    }
    let options: Vec<Vec<&str>> = asked
        .iter()
        .map(|word| words_of(&word.term, expander))
        .collect();
    if options.iter().all(|words| words.len() == 1) {
        return Vec::new();
    }
    let mut phrases = vec![Vec::with_capacity(asked.len())];
    for words in &options {
        let longer = phrases.iter().flat_map(|phrase| {
            words.iter().map(|word| {
                let mut longer = phrase.clone();
                longer.push(*word);
                longer
            })
        });
        phrases = longer.collect();
    }
    // The first is the phrase as asked.
    for phrase in phrases.into_iter().skip(1) {
        let mut meant = expander.synonyms(&phrase.join(" "));
        if meant.is_empty() {
            meant = expander.synonyms(&any_order(phrase.into_iter()));
        }
        if !meant.is_empty() {
            for alternative in &mut meant {
                alternative.weight = WRITTEN_OUT;
            }
            return meant;
        }
    }
    Vec::new()
}

/// A word and the words that it abbreviates.
fn words_of<'w, 's: 'w>(term: &'w str, expander: &Expander<'s>) -> Vec<&'w str> {
    let written = expander.abbreviated(term).take(MOST_MEANINGS);
    std::iter::once(term).chain(written).collect()
}
