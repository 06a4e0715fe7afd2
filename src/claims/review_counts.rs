//! `ReviewCounts`: the totals of a review of charge lines.

use std::fmt;

use serde::Serialize;

use super::charge_review::CodeFit;
use super::checked::Checked;
use super::verdict::Verdict;

/// The totals of the lines with a description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct ReviewCounts {
    /// Lines with a description.
    pub described: u64,
    /// Of these, lines of a dead code: one that has ended.
    pub dead: u64,
    /// Lines whose code is among the codes for the description, and not the first.
    pub not_first: u64,
    /// Lines whose description is unlike the code.
    pub unlike: u64,
    /// Lines with a code proposed.
    pub proposed: u64,
}

impl ReviewCounts {
    /// Adds a line, if it has a description.
    pub fn add(&mut self, checked: &Checked) {
        let Some(review) = &checked.review else {
            return;
        };
        let ended = [Verdict::Terminated, Verdict::NoLongerListed];
        self.described += 1;
        self.dead += u64::from(ended.contains(&checked.verdict));
        self.not_first += u64::from(review.fit == CodeFit::Among);
        self.unlike += u64::from(review.fit == CodeFit::Unlike);
        self.proposed += u64::from(review.proposal.is_some());
    }

    /// The totals, if any line has a description.
    #[must_use]
    pub fn if_any(self) -> Option<Self> {
        (self.described > 0).then_some(self)
    }
}

impl fmt::Display for ReviewCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            described,
            dead,
            not_first,
            unlike,
            proposed,
        } = self;
        write!(
            f,
            "{described} with a description: {dead} of a dead code, {not_first} whose code is not the \
             first for it, {unlike} unlike the code, {proposed} with a code proposed"
        )
    }
}
