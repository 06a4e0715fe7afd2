//! Phrases with abbreviated words: `scr cort` is `cortical screw`, which has a synonym.

use crate::index::analyzer::inflection::in_order;

use super::expansion::Expander;
use super::phrase_word::PhraseWord;
use super::plan::Alternative;

/// The maximum of words of a phrase in which abbreviations are written out.
const MOST_WORDS: usize = 4;
/// The maximum of phrases that are tried for one that is asked.
const MOST_PHRASES: usize = 16;
/// The weight of a synonym of a phrase whose words were written out.
const WRITTEN_OUT: f32 = 0.95;

/// The meanings of the synonyms of a phrase whose abbreviations are written out, in its order or
/// another; none if it has no abbreviation.
pub(super) fn written_out<'s>(
    asked: &[PhraseWord<'_>],
    expander: &Expander<'s>,
) -> Vec<Alternative<'s>> {
    let count: usize = asked.iter().map(|word| word.families.len()).product();
    let is_tried = asked.len() <= MOST_WORDS && (2..=MOST_PHRASES).contains(&count);
    if !is_tried || asked.iter().any(|word| word.is_function) {
        return Vec::new();
    }
    // The first is the phrase as asked.
    for number in 1..count {
        let mut rest = number;
        let families = asked.iter().map(|word| {
            let at = rest % word.families.len();
            rest /= word.families.len();
            word.families[at].as_str()
        });
        let mut meant = expander.synonyms(&in_order(families));
        if !meant.is_empty() {
            for alternative in &mut meant {
                alternative.weight = WRITTEN_OUT;
            }
            return meant;
        }
    }
    Vec::new()
}
