//! A term's score in a document, and how much of the descriptor's IDF mass it covers.

use crate::index::field_set::FieldSet;
use crate::index::store::term::Posting;

use super::candidate::Candidate;

/// The weight at which a word has half of its maximal score: BM25's saturation.
const HALF_WEIGHT: f32 = 2.7;

/// What a field set is worth in a document.
#[derive(Clone, Copy)]
struct Worth {
    /// The saturated weight of its fields, from 0 to 1.
    saturated: f32,
    /// 1 if it covers a word of the long descriptor, else 0.
    word: f32,
    /// 1 if that word is in the head, else 0.
    head: f32,
}

/// What each field set of each side is worth.
static WORTH: [[Worth; FieldSet::COUNT]; 2] = [worth(Posting::Release), worth(Posting::Annotation)];

const fn worth(side: Posting) -> [Worth; FieldSet::COUNT] {
    const NOTHING: Worth = Worth {
        saturated: 0.0,
        word: 0.0,
        head: 0.0,
    };
    let mut worths = [NOTHING; FieldSet::COUNT];
    let mut number = 0;
    while number < FieldSet::COUNT {
        #[expect(clippy::cast_possible_truncation, reason = "there are 256 sets")]
        let set = FieldSet::from_number(number as u8);
        #[expect(clippy::cast_precision_loss, reason = "weights are small")]
        let weight = set.weight(side) as f32;
        let is_word = matches!(side, Posting::Release)
            && set.has(FieldSet::LONG)
            && !set.has(FieldSet::WHOLE);
        worths[number] = Worth {
            saturated: weight / (weight + HALF_WEIGHT),
            word: if is_word { 1.0 } else { 0.0 },
            head: if is_word && set.has(FieldSet::HEAD_WORD) {
                1.0
            } else {
                0.0
            },
        };
        number += 1;
    }
    worths
}

/// The score of a term in a document with these fields.
#[inline]
pub(crate) fn score(fields: FieldSet, side: Posting, weight: f32) -> f32 {
    weight * WORTH[side as usize][usize::from(fields.number())].saturated
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
    #[inline]
    pub(crate) fn candidate(
        self,
        doc: u32,
        fields: FieldSet,
        side: Posting,
        weight: f32,
    ) -> Candidate {
        let worth = WORTH[side as usize][usize::from(fields.number())];
        Candidate {
            groups: self.mark,
            doc,
            score: weight * worth.saturated,
            covered: self.idf * worth.word,
            head_covered: self.idf * worth.head,
        }
    }
}
