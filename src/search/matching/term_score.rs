//! A term's score in a document, and how much of the descriptor's IDF mass it covers.

use crate::index::field_set::FieldSet;
use crate::index::store::term::Posting;

use super::candidate::Candidate;

/// The weight at which a word has half of its maximal score: BM25's saturation.
const HALF_WEIGHT: f32 = 2.7;

/// The saturated weight of each field set, from 0 to 1, for each side.
static SATURATED: [[f32; FieldSet::COUNT]; 2] =
    [saturated(Posting::Release), saturated(Posting::Annotation)];

const fn saturated(side: Posting) -> [f32; FieldSet::COUNT] {
    let mut saturated_weights = [0.0; FieldSet::COUNT];
    let mut set = 0;
    while set < FieldSet::COUNT {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "there are few sets, and weights are small"
        )]
        let weight = FieldSet::from_number(set as u8).weight(side) as f32;
        saturated_weights[set] = weight / (weight + HALF_WEIGHT);
        set += 1;
    }
    saturated_weights
}

/// Scores the documents of a term.
#[derive(Clone, Copy)]
pub(crate) struct TermScore {
    /// The term's IDF for coverage; 0 if another group has already covered the term.
    pub(crate) idf: f32,
    /// The bit mask that its documents get.
    pub(crate) mark: u64,
}

impl TermScore {
    /// The candidate for a posting, with the term's score and coverage.
    pub(crate) fn candidate(
        self,
        doc: u32,
        fields: FieldSet,
        side: Posting,
        weight: f32,
    ) -> Candidate {
        let set = usize::from(fields.number());
        let is_word =
            side == Posting::Release && fields.has(FieldSet::LONG) && !fields.has(FieldSet::WHOLE);
        let in_head = is_word && fields.has(FieldSet::HEAD_WORD);
        Candidate {
            groups: self.mark,
            doc,
            score: weight * SATURATED[side as usize][set],
            covered: if is_word { self.idf } else { 0.0 },
            head_covered: if in_head { self.idf } else { 0.0 },
        }
    }
}
