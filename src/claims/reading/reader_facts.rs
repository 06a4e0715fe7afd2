//! Facts about a reader's input: its columns, the optional parts of its lines, notices for the
//! user.

use std::io::BufRead;

use super::reader::ClaimReader;

impl<R: BufRead> ClaimReader<R> {
    /// What the columns of the input are called: those of the table; `text` for lines of text.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.facts.names
    }

    /// How many columns of the table hold modifiers.
    #[must_use]
    pub fn modifiers(&self) -> usize {
        self.facts.modifiers
    }

    /// Whether a line of the input may have a dose or the quantity of a drug package, with which
    /// its units are compared.
    #[must_use]
    pub fn has_doses(&self) -> bool {
        self.facts.has_doses
    }

    /// Whether a line of the input may have a description, with which its code is compared.
    #[must_use]
    pub fn has_descriptions(&self) -> bool {
        self.facts.has_descriptions
    }

    /// How many lines were read.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The notices that were not yet given with a line, such as those of the end.
    pub fn new_notices(&mut self) -> Vec<String> {
        let told = std::mem::replace(&mut self.told, self.facts.notices.len());
        self.facts.notices[told..].to_vec()
    }

    /// What a user should know of the input, such as columns that were passed over.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.facts.notices
    }
}
