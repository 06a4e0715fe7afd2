//! Explains the score of an answer in numbers.

use super::order::Ranked;
use super::score::{Shares, Weights};
use crate::search::answer::answer::{Explanation, ScorePart};
use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::score_of;
use crate::search::plan::plan::Plan;
use crate::search::question::query::Query;
use crate::search::searcher::Searcher;

impl Searcher {
    /// The parts of an answer's score.
    pub(crate) fn explain(&self, plan: &Plan<'_>, ranked: &Ranked, query: &Query) -> Explanation {
        let Candidate { doc, score, .. } = ranked.found;
        let mut parts = Vec::new();
        let mut rest = score;
        for group in &plan.groups {
            let counts = score_of(&self.reader, group, doc, query.annotations);
            if counts > 0.0 {
                parts.push(ScorePart {
                    what: format!("has \"{}\"", group.asked),
                    counts,
                });
                rest -= counts;
            }
        }
        if let Some(first) = parts.first_mut() {
            first.counts += rest;
        }
        let row = self.reader.store.row(doc);
        let shares = Shares::new(row, &Weights::new(plan), &ranked.found);
        let fit = ranked.fit;
        for (what, share) in [
            (
                "how much of the descriptor the question covers",
                shares.coverage,
            ),
            ("what the descriptor is about is asked for", shares.head),
            ("the words are close together and in order", fit.nearness),
            ("with or without, less or more, as asked", fit.qualifiers),
            (
                "a dose is a multiple of the unit, a size lies in the range",
                fit.measure,
            ),
            (
                "the drug alone or combined, of any maker or of one",
                fit.drug,
            ),
            ("another level, group or type than asked for", fit.label),
            ("how the product is given, and for whom", shares.product),
            (
                "an accessory, a part or a replacement, which was not asked for",
                shares.accessory,
            ),
            (
                "not classified elsewhere, which was not asked for",
                shares.unspecified,
            ),
            (
                "it reports the quality of care, which was not asked for",
                shares.quality,
            ),
            (
                "a physician performs it, which was not asked for",
                shares.performed,
            ),
            ("Medicare does not pay for it", shares.unpaid),
            (
                "a modifier, which was not asked for by name",
                shares.modifier,
            ),
        ] {
            if share != 0.0 {
                parts.push(ScorePart {
                    what: what.to_owned(),
                    counts: score * share,
                });
            }
        }
        Explanation {
            score: ranked.score,
            parts,
        }
    }
}
