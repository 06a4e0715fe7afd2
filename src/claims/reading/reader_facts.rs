//! What a reader says of its input: its columns, what its lines may have, what a user should know.

use std::io::BufRead;

use super::reader::ClaimReader;

impl<R: BufRead> ClaimReader<R> {
    /// What the columns of the input are called: those of the table; `text` for lines of text.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.known.names
    }

    /// How many columns of the table hold modifiers.
    #[must_use]
    pub fn modifiers(&self) -> usize {
        self.known.modifiers
    }

    /// Whether a line of the input may have a dose or the quantity of a drug package, against which
    /// its units are held.
    #[must_use]
    pub fn has_doses(&self) -> bool {
        self.known.has_doses
    }

    /// Whether a line of the input may have a description, against which its code is held.
    #[must_use]
    pub fn has_descriptions(&self) -> bool {
        self.known.has_descriptions
    }

    /// How many lines were read.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// What a user should know of the input, such as columns that were passed over.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.known.notices
    }
}
