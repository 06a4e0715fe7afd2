//! `ChargeReview`: how well a line's code fits its description, the best codes for it, and a
//! proposal if the code has ended.

use serde::Serialize;

use crate::codeset::{Code, Dose};
use crate::search::Reason;
use crate::search::answer::answer::Hit;

/// How well a line's code fits its description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CodeFit {
    /// It is the first of the codes for the description, or the crosswalk has the line's drug
    /// package under it and no other code has all words of the description.
    First,
    /// It is among the first ten.
    Among,
    /// It is not among the first ten.
    Unlike,
    /// The line has no valid code of HCPCS Level II, or a code for what is not otherwise
    /// classified; or the description matches no code.
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

/// A comparison of a charge line's description with its code.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct ChargeReview {
    /// How well the code fits.
    pub fit: CodeFit,
    /// The code's rank among the first ten for the description, from 1.
    pub rank: Option<usize>,
    /// The best codes for the description that are valid on the day, at most five.
    pub best: Vec<LikelyCode>,
    /// The finding, in a sentence.
    pub reason: String,
    /// If the code has ended: the code that may replace it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
}

/// A code that a description may mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct LikelyCode {
    /// The code.
    pub code: Code,
    /// The short descriptor as published.
    pub short_descriptor: String,
    /// The long descriptor as published.
    pub long_descriptor: String,
    /// The reasons: the words of the description, and where the code has them.
    pub why: Vec<Reason>,
    /// The words of the description that the code lacks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// The billing units of a dose in the description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
}

/// The source of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProposalSource {
    /// CMS's cross reference names it.
    Successor,
    /// Its descriptor is that of the code, or differs in a few words.
    LookAlike,
    /// It is the first of the codes for the description, and has all its words, but for amounts.
    Description,
    /// The crosswalk has the line's drug package under it.
    DrugPackage,
}

/// A code that may replace one that has ended. It is proposed, not published by CMS as the right
/// one for this line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Proposal {
    /// The code, valid on the day.
    pub code: Code,
    /// Its short descriptor as published.
    pub short_descriptor: String,
    /// The source.
    pub from: ProposalSource,
    /// The reason in words, with the words that differ.
    pub reason: String,
}

impl LikelyCode {
    pub(super) fn of(hit: Hit) -> Self {
        Self {
            code: hit.code,
            short_descriptor: hit.short_descriptor.clone(),
            long_descriptor: hit.long_descriptor.clone(),
            why: hit.why,
            lacks: hit.lacks,
            units: hit.units,
        }
    }

    /// The code and the reasons for it, in words.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut text = format!("{}: {}", self.code, Reason::in_words(&self.why));
        if !self.lacks.is_empty() {
            text.extend([" (lacks ", &*self.lacks.join(", "), ")"]);
        }
        text
    }

    /// What to say of the words that the code of a line lacks; its dose, which it counts, is none.
    pub(super) fn lacks_in_words(&self) -> Option<String> {
        let is_counted = |word: &&String| self.units.is_some() && word.parse::<Dose>().is_ok();
        let words = self.lacks.iter().filter(|word| !is_counted(word));
        let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
        (!words.is_empty()).then(|| format!("; {} lacks {}", self.code, words.join(", ")))
    }
}

impl ChargeReview {
    /// The best codes, separated by blanks.
    pub(super) fn codes(&self) -> String {
        codes(&self.best, " ")
    }

    /// The reasons for each of the best codes, in words.
    pub(super) fn reasons(&self) -> String {
        let all: Vec<String> = self.best.iter().map(LikelyCode::in_words).collect();
        // A spreadsheet that takes a CSV for cp1252 knows no arrow.
        all.join(" | ").replace('\u{2192}', "->")
    }
}

/// Codes, separated by a sign.
pub(super) fn codes(likely: &[LikelyCode], between: &str) -> String {
    let codes: Vec<&str> = likely.iter().map(|own| own.code.as_str()).collect();
    codes.join(between)
}
