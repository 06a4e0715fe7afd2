//! `Candidate`: a document that has words of the question.

/// A document that has words of the question.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Candidate {
    /// A bit for each group that it has.
    pub(crate) groups: u64,
    pub(crate) doc: u32,
    /// What these words count.
    pub(crate) score: f32,
    /// How much the words of its long descriptor tell that the question names,
    pub(crate) named: f32,
    /// and those of the descriptor's head.
    pub(crate) head_named: f32,
}

impl Candidate {
    /// Adds what another term names of the same document.
    pub(crate) fn name(&mut self, other: Self) {
        self.named += other.named;
        self.head_named += other.head_named;
    }
}
