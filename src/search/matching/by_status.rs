//! Candidates split by status on the requested day: visible, terminated, not yet valid.

use super::candidate::Candidate;
use super::evaluation::{Evaluation, evaluate};
use super::least_idf::LeastIdf;
use crate::search::plan::plan::Plan;
use crate::search::question::filter::Filter;
use crate::search::question::standing::Standing;
use crate::search::searcher::Searcher;

/// The share of the best candidate's IDF that a candidate's words must have.
const LEAST_SHARE: f32 = 0.35;

/// The candidates by status.
#[derive(Default)]
pub(crate) struct ByStatus {
    pub(crate) visible: Vec<Candidate>,
    pub(crate) terminated: Vec<Candidate>,
    pub(crate) not_yet_valid: Vec<Candidate>,
}

impl ByStatus {
    /// Keeps only some of the candidates.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&Candidate) -> bool) {
        for own in [
            &mut self.visible,
            &mut self.terminated,
            &mut self.not_yet_valid,
        ] {
            own.retain(&is_kept);
        }
    }

    fn take(&mut self, candidate: Candidate, standing: Standing) {
        match standing {
            Standing::Visible => self.visible.push(candidate),
            Standing::Terminated => self.terminated.push(candidate),
            Standing::NotYetValid => self.not_yet_valid.push(candidate),
            Standing::Out => {}
        }
    }
}

/// The largest IDF sum of the decisive words of a candidate with a standing; 0 if there is none.
///
/// Few candidates are looked at: only those that have more than the largest so far.
fn most_idf(
    (evaluation, candidates): (&Evaluation, &[Candidate]),
    decisive: u64,
    is_among: impl Fn(&Candidate) -> bool,
) -> f32 {
    let mut more = LeastIdf::new(evaluation, 0.0_f32.next_up());
    let mut most = 0.0;
    for candidate in candidates {
        let own = candidate.groups & decisive;
        if more.has(own) && is_among(candidate) {
            most = evaluation.idf_of(own);
            more = LeastIdf::new(evaluation, most.next_up());
        }
    }
    most
}

impl Searcher {
    /// Finds candidates with words of the question, split by status. Drops those whose words have
    /// too little IDF: for "glycopyrrolate injection" other injections are no answer.
    pub(crate) fn find(
        &self,
        plan: &Plan<'_>,
        annotations: bool,
        filter: &Filter<'_>,
    ) -> (Evaluation, ByStatus) {
        let rows = self.reader.store.rows();
        let known = filter.is_of_day().then(|| self.standings(filter.day()));
        let standing = |candidate: &Candidate| {
            let doc = candidate.doc;
            match &known {
                Some(known) => filter.standing_in(known, doc, rows),
                None => filter.standing(rows.row(doc)),
            }
        };
        let take = |evaluation: &Evaluation, candidates: &[Candidate]| {
            let decisive = plan.decisive();
            let most = |is_among: fn(Standing) -> bool| {
                let is_among = |own: &Candidate| is_among(standing(own));
                most_idf((evaluation, candidates), decisive, is_among)
            };
            // All candidates of a single word have the same.
            let least = (plan.groups.len() > 1).then(|| {
                let visible = most(|own| own == Standing::Visible);
                let most = if visible > 0.0 {
                    visible
                } else {
                    most(|own| own != Standing::Out)
                };
                LeastIdf::new(evaluation, LEAST_SHARE * most)
            });
            let mut by_status = ByStatus {
                visible: Vec::with_capacity(candidates.len()),
                ..ByStatus::default()
            };
            for candidate in candidates {
                if least
                    .as_ref()
                    .is_none_or(|least| least.has(candidate.groups))
                {
                    by_status.take(*candidate, standing(candidate));
                }
            }
            by_status
        };
        evaluate(&self.reader, plan, annotations, take, |own| {
            &mut own.visible
        })
    }
}
