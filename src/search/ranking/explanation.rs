//! Explains the score of an answer in numbers.

use super::order::Ranked;
use super::score::Parts;
use crate::search::answer::answer::{Explanation, ScorePart};
use crate::search::plan::plan::Plan;
use crate::search::question::query::Query;
use crate::search::searcher::Searcher;

impl Searcher {
    /// The parts of an answer's score.
    pub(crate) fn explain(&self, plan: &Plan<'_>, ranked: &Ranked, query: &Query) -> Explanation {
        let mut parts = Vec::new();
        let Parts {
            words,
            coverage,
            head,
            nearness,
            qualifiers,
            measure,
            product,
            accessory,
            unspecified,
            unpaid,
        } = ranked.parts;
        let mut rest = words;
        for group in &plan.groups {
            let counts = crate::search::matching::evaluation::score_of(
                &self.reader,
                group,
                ranked.doc,
                query.annotations,
            );
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
        for (what, counts) in [
            ("how much of the descriptor the question covers", coverage),
            ("what the descriptor is about is asked for", head),
            ("the words are close together and in order", nearness),
            ("with or without, less or more, as asked", qualifiers),
            (
                "a dose is a multiple of the unit, a size lies in the range",
                measure,
            ),
            ("how the product is given, and for whom", product),
            (
                "an accessory, a part or a replacement, which was not asked for",
                accessory,
            ),
            (
                "not classified elsewhere, which was not asked for",
                unspecified,
            ),
            ("Medicare does not pay for it", unpaid),
        ] {
            if counts != 0.0 {
                parts.push(ScorePart {
                    what: what.to_owned(),
                    counts,
                });
            }
        }
        Explanation {
            score: ranked.score,
            parts,
        }
    }
}
