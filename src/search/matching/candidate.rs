//! `Candidate`: a document with words of the question.

/// A document with words of the question.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Candidate {
    /// A bit for each group that it has.
    pub(crate) groups: u64,
    pub(crate) doc: u32,
    /// The score of these words.
    pub(crate) score: f32,
    /// The IDF sum of the words of its long descriptor that the question covers.
    pub(crate) covered: f32,
    /// The IDF sum of the words of its head that the question covers.
    pub(crate) head_covered: f32,
}

impl Candidate {
    /// Adds the coverage by another term.
    #[inline]
    pub(crate) fn cover(&mut self, other: Self) {
        self.covered += other.covered;
        self.head_covered += other.head_covered;
    }
}
