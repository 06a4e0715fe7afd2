//! What a term counts in a document, and what it names of the document's descriptor.

use crate::index::field_set::FieldSet;
use crate::index::store::term::Posting;

use super::candidate::Candidate;

/// A weight at which a word counts half of what it can: BM25's saturation.
const HALF_WEIGHT: f32 = 2.7;

/// What a term counts in a document, from 0 to 1, by the fields that have it; for each side.
static COUNTS: [[f32; FieldSet::COUNT]; 2] =
    [counts_of(Posting::Release), counts_of(Posting::Annotation)];

const fn counts_of(side: Posting) -> [f32; FieldSet::COUNT] {
    let mut counts = [0.0; FieldSet::COUNT];
    let mut set = 0;
    while set < FieldSet::COUNT {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "there are few sets, and weights are small"
        )]
        let weight = FieldSet::from_number(set as u8).weight(side) as f32;
        counts[set] = weight / (weight + HALF_WEIGHT);
        set += 1;
    }
    counts
}

/// How a term names words of descriptors.
#[derive(Clone, Copy)]
pub(crate) struct Naming {
    /// How much the term tells; nothing where it has been counted before.
    pub(crate) tells: f32,
    /// The mark that the documents get.
    pub(crate) mark: u64,
}

impl Naming {
    /// A document of the term's list, with what the term counts there and names of it.
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
            score: weight * COUNTS[side as usize][set],
            named: if is_word { self.tells } else { 0.0 },
            head_named: if in_head { self.tells } else { 0.0 },
        }
    }
}
