//! `Plan`: the alternatives of each word of a question, and their weights.

use serde::Serialize;

use super::measure::Measure;
use super::role::Role;
use crate::codeset::CodeSpan;
use crate::index::analyzer::qualifier::Qualifiers;

/// The maximum of groups of a question.
pub(crate) const MOST_GROUPS: usize = 48;
/// The maximum of terms of one alternative.
pub(super) const MOST_TERMS: usize = 8;

/// How a word of the question was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// The word itself, its plural or its singular.
    Word,
    /// Another form of the word: `injectable` for `injection`.
    Inflection,
    /// A word with the typed prefix.
    Prefix,
    /// A correction of a misspelt word.
    Correction,
    /// A synonym, an abbreviation or a brand name of the list of synonyms.
    Synonym,
    /// The word written in one or in parts: `xray`, `x ray`.
    Joined,
    /// The number in Arabic or Roman numerals: `viii` for `8`.
    Numeral,
    /// The American spelling of a British word, or the reverse; `non-coated` for `uncoated`.
    Spelling,
    /// The code was asked for by name.
    Code,
}

/// The plan of a question.
#[derive(Default)]
pub(crate) struct Plan<'s> {
    /// Its words, each with its alternatives.
    pub(crate) groups: Vec<Group<'s>>,
    /// The excluded words.
    pub(crate) excluded: Vec<Group<'s>>,
    /// The excluded codes: those of `-E014*`.
    pub(crate) excluded_codes: Vec<CodeSpan>,
    /// Row flags that the question itself asks for: an accessory, what is unspecified.
    pub(crate) flags: u8,
    /// The traits of a product that the question asks for.
    pub(crate) traits: u8,
    /// The traits of a product that the question denies: `not oral`.
    pub(crate) denied_traits: u8,
    /// Doses and sizes asked for.
    pub(crate) measures: Vec<Measure>,
    /// The misspelt words that were read as words of synonyms, each as asked and as read.
    pub(crate) respelled: Vec<(String, String)>,
    /// Whether the question has more words than are searched for.
    pub(crate) is_cut: bool,
}

/// A word of the question, or several that belong together.
pub(crate) struct Group<'s> {
    /// The word as asked.
    pub(crate) asked: String,
    /// The alternatives, the best first.
    pub(crate) alternatives: Vec<Alternative<'s>>,
    /// Whether it is a required phrase.
    pub(crate) is_phrase: bool,
    /// Its role in the question.
    pub(crate) role: Role,
    /// The kinds of the measures that it is part of, as a bit mask.
    pub(crate) sizes: u16,
    /// Its weight in the question; the subject has 1.
    pub(crate) weight: f32,
    /// Its qualifiers in the question.
    pub(crate) said: Qualifiers,
    /// Whether the question denies it: `not wheeled`.
    pub(crate) is_denied: bool,
    /// The terms that deny it themselves: `non-wheeled`.
    pub(crate) negations: Vec<u32>,
    /// Whether it is the last word, which may be unfinished.
    pub(crate) is_unfinished: bool,
}

/// The minimum weight of a group that ranks complete answers first.
const SHOULD: f32 = 0.5;

impl Default for Group<'_> {
    fn default() -> Self {
        Self {
            asked: String::new(),
            alternatives: Vec::new(),
            is_phrase: false,
            role: Role::Subject,
            sizes: 0,
            weight: 1.0,
            said: Qualifiers::default(),
            is_denied: false,
            negations: Vec::new(),
            is_unfinished: false,
        }
    }
}

impl<'s> Group<'s> {
    /// A word with its alternatives.
    pub(super) fn new(asked: &str, mut alternatives: Vec<Alternative<'s>>) -> Self {
        alternatives.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        Self {
            asked: asked.to_owned(),
            alternatives,
            ..Self::default()
        }
    }
}

impl Group<'_> {
    /// Whether a text has the word itself.
    pub(super) fn is_found_as_asked(&self) -> bool {
        let mut alternatives = self.alternatives.iter();
        alternatives.any(|alternative| alternative.via == Via::Word)
    }

    /// Whether only other words than the one asked are searched for, and not because it is one of
    /// their forms or the last word, which may be unfinished.
    pub(crate) fn is_replaced(&self) -> bool {
        let is_other = |own: &Alternative<'_>| {
            matches!(
                own.via,
                Via::Correction | Via::Spelling | Via::Joined | Via::Inflection | Via::Prefix
            )
        };
        let is_own = |own: &Alternative<'_>| match own.via {
            Via::Prefix => self.is_unfinished,
            Via::Inflection => !own.is_guess,
            _ => false,
        };
        !self.alternatives.is_empty()
            && self.alternatives.iter().all(is_other)
            && !self.alternatives.first().is_some_and(is_own)
    }
}

impl Plan<'_> {
    /// The bit mask of the groups of a complete answer: all except parts of others and
    /// what the question denies.
    pub(crate) fn whole(&self) -> u64 {
        self.bits(|group| group.role != Role::Part && !group.is_denied)
    }

    /// The bit mask of the groups that the question denies.
    pub(crate) fn denied(&self) -> u64 {
        self.bits(|group| group.is_denied)
    }

    /// The bit mask of the groups of sizes of which a code's range holds some kind and excludes none;
    /// both are bit masks of kinds.
    pub(crate) fn sized(&self, held: u16, out: u16) -> u64 {
        self.bits(|group| group.sizes & held != 0 && group.sizes & out == 0 && !group.is_denied)
    }

    /// The bit mask of the groups that rank an answer before others that lack them. A dose ranks by
    /// its fit, for 4 mg are four units of a code of 1 mg, and a number next to a dose is a pack.
    pub(crate) fn wanted(&self) -> u64 {
        let has_dose = self.groups.iter().any(|group| group.role == Role::Dose);
        self.bits(|group| {
            let is_amount = matches!(group.role, Role::Dose | Role::Capacity)
                || (has_dose && group.role == Role::Number);
            group.weight >= SHOULD && !group.is_denied && !is_amount
        })
    }

    /// The bit mask of the groups that an answer must have: phrases.
    pub(crate) fn required(&self) -> u64 {
        self.bits(|group| group.is_phrase)
    }

    /// The bit mask of the groups by which weaker candidates are dropped. A short word, a number or
    /// a unit never drops a match of other words.
    pub(crate) fn decisive(&self) -> u64 {
        self.bits(|group| {
            group.role == Role::Subject && letters(&group.asked) > 3 && !group.is_denied
        })
    }

    /// The words that a document with some groups lacks, as asked; `contradicted` are the denied
    /// ones that it has all the same.
    pub(crate) fn lacking(&self, groups: u64, contradicted: u64) -> Vec<String> {
        let lacks = (self.whole() & !groups) | contradicted;
        let all = (0..).zip(&self.groups);
        let lacking = all.filter(|(at, group)| lacks & (1u64 << at) != 0 && !group.is_phrase);
        lacking.map(|(_, group)| group.asked.clone()).collect()
    }

    fn bits(&self, is: impl Fn(&Group<'_>) -> bool) -> u64 {
        let groups = self.groups.iter().enumerate();
        let found = groups.filter(|(_, group)| is(group));
        found.fold(0, |all, (at, _)| all | 1 << at)
    }
}

/// The number of letters and digits.
pub(crate) fn letters(word: &str) -> usize {
    word.chars().filter(|char| char.is_alphanumeric()).count()
}

/// An alternative for a word: a document must have all of its terms.
#[derive(Clone, Debug)]
pub(crate) struct Alternative<'s> {
    terms: [u32; MOST_TERMS],
    length: u8,
    /// The bit mask of the terms that a synonym's meaning denies: wood of `other than wood`.
    pub(crate) denied: u8,
    /// Its weight, relative to an exact match (1.0).
    pub(crate) weight: f32,
    pub(crate) via: Via,
    /// Whether it only shares a stem with the word asked: `cardiogenic` for `cardiogen`.
    pub(crate) is_guess: bool,
    /// The meaning of a synonym.
    pub(crate) meant: &'s str,
}

impl Alternative<'_> {
    pub(crate) fn new(terms: impl IntoIterator<Item = u32>, weight: f32, via: Via) -> Self {
        let mut alternative = Self {
            terms: [0; MOST_TERMS],
            length: 0,
            denied: 0,
            weight,
            via,
            is_guess: false,
            meant: "",
        };
        for (slot, term) in alternative.terms.iter_mut().zip(terms) {
            *slot = term;
            alternative.length += 1;
        }
        alternative
    }

    /// The numbers of its terms; a document must have all of them.
    pub(crate) fn terms(&self) -> &[u32] {
        &self.terms[..usize::from(self.length)]
    }
}

/// Options for looking up words.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub(crate) struct PlanOptions {
    /// Whether corrections are off.
    pub(crate) exact: bool,
    /// Whether synonyms, names and notes are used.
    pub(crate) annotations: bool,
    /// Whether words that exist are corrected too, because as typed they match nothing.
    pub(crate) force_corrections: bool,
    /// Whether the last word may be the beginning of one.
    pub(crate) completes: bool,
}
