//! `ChargeReview`: how a line's code fits its description, the best codes for it, and a proposal in
//! the place of a code that has ended.

use serde::Serialize;

use crate::codeset::Code;
use crate::search::Reason;
use crate::search::answer::answer::Hit;

/// How well a line's code fits its description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CodeFit {
    /// It is the first of the codes for the description.
    First,
    /// It is among the first ten.
    Among,
    /// It is not among the first ten.
    Unlike,
    /// The line has no valid code of HCPCS Level II, or one for what is not otherwise classified;
    /// or nothing is found for the description.
    NotJudged,
}

impl CodeFit {
    /// The finding in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Among => "among",
            Self::Unlike => "unlike",
            Self::NotJudged => "not judged",
        }
    }
}

/// The description of a charge line, held against its code.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct ChargeReview {
    /// How well the code fits.
    pub fit: CodeFit,
    /// The code's place among the first ten for the description, from 1.
    pub rank: Option<usize>,
    /// The best codes for the description that are valid on the day, at most five.
    pub best: Vec<LikelyCode>,
    /// What is found, in a sentence.
    pub reason: String,
    /// Of a code that has ended: what may take its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
}

/// A code that a description may mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct LikelyCode {
    /// The code.
    pub code: Code,
    /// The short descriptor as published.
    pub short_descriptor: String,
    /// The long descriptor as published.
    pub long_descriptor: String,
    /// Why: the words of the description, and where the code has them.
    pub why: Vec<Reason>,
    /// The words of the description that the code does not have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// The billing units of a dose that the description states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
}

/// Where a proposal comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProposalSource {
    /// CMS's cross reference leads to it.
    Successor,
    /// Its descriptor differs from that of the code in a few words.
    LookAlike,
}

/// A code that may take the place of one that has ended. It is proposed, not published by CMS as
/// the right one for this line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Proposal {
    /// The code, valid on the day.
    pub code: Code,
    /// Its short descriptor as published.
    pub short_descriptor: String,
    /// Where it comes from.
    pub from: ProposalSource,
    /// The same in words, with what differs.
    pub reason: String,
}

impl LikelyCode {
    pub(super) fn of(hit: Hit) -> Self {
        Self {
            code: hit.code,
            short_descriptor: hit.short_descriptor,
            long_descriptor: hit.long_descriptor,
            why: hit.why,
            lacks: hit.lacks,
            units: hit.units,
        }
    }

    /// The code and why it may be meant, in words.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut text = format!("{}: {}", self.code, Reason::in_words(&self.why));
        if !self.lacks.is_empty() {
            text.extend([" (lacks ", &*self.lacks.join(", "), ")"]);
        }
        text
    }
}

impl ChargeReview {
    /// The best codes, with blanks between them.
    pub(super) fn codes(&self) -> String {
        codes(&self.best, " ")
    }

    /// Why each of the best codes may be meant, in words.
    pub(super) fn reasons(&self) -> String {
        let all: Vec<String> = self.best.iter().map(LikelyCode::in_words).collect();
        all.join(" | ")
    }
}

/// Codes, with a sign between them.
pub(super) fn codes(likely: &[LikelyCode], between: &str) -> String {
    let codes: Vec<&str> = likely.iter().map(|own| own.code.as_str()).collect();
    codes.join(between)
}
