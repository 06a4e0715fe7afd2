//! `LeastIdf`: which candidates have words with at least some IDF sum.

use super::evaluation::Evaluation;

/// The maximum of words whose sets each have a bit.
const FEW: usize = 6;

/// The sets of words whose IDF sum is at least `least`.
pub(super) struct LeastIdf<'e> {
    evaluation: &'e Evaluation,
    least: f32,
    /// A bit for each such set, if the question has few words: a candidate is then one lookup.
    sets: Option<u64>,
}

impl<'e> LeastIdf<'e> {
    pub(super) fn new(evaluation: &'e Evaluation, least: f32) -> Self {
        let words = evaluation.idf.len();
        let sets = (words <= FEW).then(|| {
            let enough = (0..1 << words).filter(|set| evaluation.idf_of(*set) >= least);
            enough.fold(0, |sets, set| sets | 1 << set)
        });
        Self {
            evaluation,
            least,
            sets,
        }
    }

    /// Whether a set of words, given as a bit mask, is one of them.
    #[inline]
    pub(super) fn has(&self, groups: u64) -> bool {
        match self.sets {
            Some(sets) => sets >> (groups & 63) & 1 == 1,
            None => self.evaluation.idf_of(groups) >= self.least,
        }
    }
}
