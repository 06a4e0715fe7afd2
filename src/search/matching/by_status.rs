//! Candidates split by status on the requested day: visible, terminated, not yet valid.

use super::candidate::Candidate;
use super::evaluation::{Evaluation, evaluate};
use crate::search::plan::plan::Plan;
use crate::search::question::filter::{Filter, Standing};
use crate::search::searcher::Searcher;

/// The share of the best candidate's IDF that a candidate's words must have.
const LEAST_SHARE: f32 = 0.35;

/// The candidates by status.
#[derive(Default)]
pub(crate) struct Sorted {
    pub(crate) visible: Vec<Candidate>,
    pub(crate) terminated: Vec<Candidate>,
    pub(crate) not_yet_valid: Vec<Candidate>,
    /// How many candidates a filter or another version of the code leaves out.
    out: usize,
}

impl Sorted {
    /// Drops candidates whose words have too little IDF, compared with the best one.
    fn drop_the_least(&mut self, evaluation: &Evaluation, decisive: u64) {
        let idf_of = |candidate: &Candidate| evaluation.idf_of(candidate.groups);
        let best = |found: &[Candidate]| {
            found
                .iter()
                .map(|candidate| evaluation.idf_of(candidate.groups & decisive))
                .fold(0.0, f32::max)
        };
        let most = match best(&self.visible) {
            0.0 => best(&self.terminated).max(best(&self.not_yet_valid)),
            most => most,
        };
        let enough = |candidate: &Candidate| idf_of(candidate) >= most * LEAST_SHARE;
        self.visible.retain(enough);
        self.terminated.retain(enough);
        self.not_yet_valid.retain(enough);
    }

    pub(crate) fn is_empty(&self) -> bool {
        let hidden = self.terminated.len() + self.not_yet_valid.len();
        self.visible.len() + hidden + self.out == 0
    }
}

impl Searcher {
    /// Finds candidates with words of the question, split by status. Drops those whose words have
    /// too little IDF: for "glycopyrrolate injection" other injections are no answer.
    pub(crate) fn find(
        &self,
        plan: &Plan<'_>,
        annotations: bool,
        filter: &Filter<'_>,
    ) -> (Evaluation, Sorted) {
        let phrases = (0..plan.groups.len()).filter(|at| plan.groups[*at].is_phrase);
        let phrases = phrases.fold(0u64, |all, at| all | 1 << at);
        let rows = self.reader.store.rows();
        let mut sorted = Sorted::default();
        let mut evaluation = evaluate(&self.reader, plan, annotations, |candidate| {
            if candidate.groups & phrases != phrases {
                return false;
            }
            let standing = filter.standing(rows.row(candidate.doc));
            match standing {
                Standing::Visible => {}
                Standing::Terminated => sorted.terminated.push(*candidate),
                Standing::NotYetValid => sorted.not_yet_valid.push(*candidate),
                Standing::Out => sorted.out += 1,
            }
            standing == Standing::Visible
        });
        sorted.visible = std::mem::take(&mut evaluation.candidates);
        if plan.groups.len() > 1 {
            sorted.drop_the_least(&evaluation, plan.decisive());
        }
        (evaluation, sorted)
    }
}
