//! Synonyms of several words whose words stand apart in a sentence: `stick with four feet`, `suck
//! out mucus from the trach`.

use std::ops::Range;

use smallvec::SmallVec;

use crate::codeset::function_word::is_linking_word;
use crate::index::analyzer::inflection::in_order;
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
        let mut found = self.reordered(expander);
        let content: SmallVec<[usize; 16]> = (0..self.words.len())
            .filter(|at| !self.looked_up.get(*at).is_none_or(|word| word.is_function))
            .collect();
        if content.len() < COUNTS[1] {
            return found;
        }
        let has_with = self.words.iter().any(|word| word.term == "with");
        for count in COUNTS {
            for own in content.windows(count).filter(|_| has_with) {
                let between = &self.words[own[0]..=own[count - 1]];
                if between.iter().any(|word| word.term == "with") {
                    self.meant(own, None, expander, &mut found);
                }
            }
            for all in content.windows(count + 1) {
                for left_out in 1..count {
                    let mut own: SmallVec<[usize; MOST_ASKED]> = all.into();
                    let left_out = own.remove(left_out);
                    self.meant(&own, Some(left_out), expander, &mut found);
                }
            }
        }
        found
    }

    /// Adds the meanings of a synonym of the words at some places, if nothing between them divides
    /// them and one that is left out may be.
    fn meant<'s>(
        self,
        own: &[usize],
        left_out: Option<usize>,
        expander: &Expander<'s>,
        found: &mut Vec<(Range<usize>, Vec<Alternative<'s>>)>,
    ) {
        let families = own.iter().map(|at| self.looked_up[*at].family());
        let mut meant = expander.synonyms(&in_order(families));
        // Most words have none: what stands between is looked at only where there is one.
        let (first, last) = (own[0], own[own.len() - 1]);
        if meant.is_empty()
            || left_out.is_some_and(|at| !self.says_nothing_of_others(at))
            || (first..=last).any(|at| self.divides(at))
        {
            return;
        }
        for alternative in &mut meant {
            alternative.weight = SCATTERED;
        }
        found.extend(own.iter().map(|at| (*at..*at + 1, meant.clone())));
    }

    /// Whether a word divides those around it: it denies, or is a function word that joins nothing.
    fn divides(self, at: usize) -> bool {
        let term = self.words[at].term.as_str();
        let is_joining = || is_linking_word(term) || term == "with";
        denies(term) || (self.looked_up[at].is_function && !is_joining())
    }

    /// Whether a word may be left out of what others say together: it counts nothing, measures
    /// nothing and denies nothing.
    fn says_nothing_of_others(self, at: usize) -> bool {
        let term = self.words[at].term.as_str();
        matches!(role_of(term), Role::Subject) && !denies(term)
    }
}
