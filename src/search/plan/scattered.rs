//! Synonyms of several words whose words stand apart in a sentence: `stick with four feet`, `suck
//! out mucus from the trach`.

use std::ops::Range;

use smallvec::SmallVec;

use crate::codeset::function_word::is_linking_word;
use crate::index::analyzer::inflection::families_in_order;
use crate::index::analyzer::negation::denies;

use super::expansion::Expander;
use super::phrase::{MOST_ASKED, Words};
use super::plan::Alternative;
use super::role::{Role, role_of};

/// The words of a synonym that may stand apart. Two words with another between them say too often
/// something else: `walker with seat` is no seat of a walker.
const COUNTS: [usize; 2] = [4, 3];
/// The weight of a synonym whose words stand apart.
const SCATTERED: f32 = 0.8;

impl Words<'_> {
    /// The meanings of synonyms whose words are in another order in the question, or stand apart, by
    /// `with` or by one other word, each with the places of these words. The word between says what
    /// it says alone.
    pub(super) fn moved<'s>(
        self,
        expander: &Expander<'s>,
    ) -> Vec<(Range<usize>, Vec<Alternative<'s>>)> {
        let content: SmallVec<[usize; 16]> = (0..self.words.len())
            .filter(|at| !self.looked_up.get(*at).is_none_or(|word| word.is_function))
            .collect();
        let mut found = self.reordered(expander);
        for count in COUNTS {
            for own in content.windows(count) {
                if self.has_with(own) {
                    self.meant(own, expander, &mut found);
                }
            }
            for all in content.windows(count + 1) {
                for left_out in 1..count {
                    if self.says_nothing_of_others(all[left_out]) {
                        let own = all.iter().enumerate();
                        let own = own.filter(|(at, _)| *at != left_out);
                        let own: SmallVec<[usize; MOST_ASKED]> = own.map(|(_, at)| *at).collect();
                        self.meant(&own, expander, &mut found);
                    }
                }
            }
        }
        found
    }

    /// Adds the meanings of a synonym of the words at some places, if nothing between them divides
    /// them.
    fn meant<'s>(
        self,
        own: &[usize],
        expander: &Expander<'s>,
        found: &mut Vec<(Range<usize>, Vec<Alternative<'s>>)>,
    ) {
        let (first, last) = (own[0], own[own.len() - 1]);
        let divides = (first..=last).any(|at| {
            let term = self.words[at].term.as_str();
            let is_joining = is_linking_word(term) || term == "with";
            denies(term) || (self.looked_up[at].is_function && !is_joining)
        });
        if divides {
            return;
        }
        let families = own.iter().map(|at| self.looked_up[*at].family());
        let mut meant = expander.synonyms(&families_in_order(families));
        for alternative in &mut meant {
            alternative.weight = SCATTERED;
        }
        if !meant.is_empty() {
            found.extend(own.iter().map(|at| (*at..*at + 1, meant.clone())));
        }
    }

    /// Whether a `with` stands between some words.
    fn has_with(self, own: &[usize]) -> bool {
        let between = &self.words[own[0]..=own[own.len() - 1]];
        between.iter().any(|word| word.term == "with")
    }

    /// Whether a word may be left out of what others say together: it counts nothing, measures
    /// nothing and denies nothing.
    fn says_nothing_of_others(self, at: usize) -> bool {
        let term = self.words[at].term.as_str();
        matches!(role_of(term), Role::Subject) && !denies(term)
    }
}
