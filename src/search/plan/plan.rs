//! `Plan`: what each word of a question may be found by, and what each way of finding it weighs.

use serde::Serialize;

use super::measure::Measure;
use super::role::Role;
use crate::index::analyzer::qualifier::Qualifiers;

/// The most words of a question that are searched for.
pub(crate) const MOST_GROUPS: usize = 48;
/// The most terms of one alternative.
pub(super) const MOST_TERMS: usize = 8;

/// By what a word of the question was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// The word itself, its plural or its singular.
    Word,
    /// Another form of the word: `injectable` for `injection`.
    Inflection,
    /// A word that begins with what was typed.
    Prefix,
    /// A correction of a misspelt word.
    Correction,
    /// A synonym, an abbreviation or a brand name of the list of synonyms.
    Synonym,
    /// The word written in one or in parts: `xray`, `x ray`.
    Joined,
    /// The number in the other kind of numerals: `viii` for `8`.
    Numeral,
    /// The American spelling of a British word, or the other way round.
    Spelling,
    /// The code was asked for by itself.
    Code,
}

/// What a question is searched with.
#[derive(Default)]
pub(crate) struct Plan<'s> {
    /// Its words, each with all that it may be found by.
    pub(crate) groups: Vec<Group<'s>>,
    /// What no answer has.
    pub(crate) excluded: Vec<Group<'s>>,
    /// Marks of rows that the question itself asks for: an accessory, what is unspecified.
    pub(crate) flags: u8,
    /// How a product is given, as asked.
    pub(crate) traits: u8,
    /// Doses and sizes asked for.
    pub(crate) measures: Vec<Measure>,
    /// Whether words beyond the most that are searched for were passed over.
    pub(crate) is_cut: bool,
}

/// A word of the question, or some that belong together.
pub(crate) struct Group<'s> {
    /// As it was asked.
    pub(crate) asked: String,
    /// What it may be found by, the best first.
    pub(crate) alternatives: Vec<Alternative<'s>>,
    /// Whether an answer must have it, its terms one behind another.
    pub(crate) is_phrase: bool,
    /// What it is to the question.
    pub(crate) role: Role,
    /// How much it matters; what the question is about has 1.
    pub(crate) weight: f32,
    /// What the question says of it.
    pub(crate) said: Qualifiers,
}

/// The least weight of a group that an answer should have.
const SHOULD: f32 = 0.5;

impl Default for Group<'_> {
    fn default() -> Self {
        Self {
            asked: String::new(),
            alternatives: Vec::new(),
            is_phrase: false,
            role: Role::Subject,
            weight: 1.0,
            said: Qualifiers::default(),
        }
    }
}

impl<'s> Group<'s> {
    /// A word with all that it may be found by.
    pub(super) fn new(asked: &str, mut alternatives: Vec<Alternative<'s>>) -> Self {
        alternatives.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        Self {
            asked: asked.to_owned(),
            alternatives,
            ..Self::default()
        }
    }
}

impl Plan<'_> {
    /// The bits of the groups that a complete answer has: all but parts of others.
    pub(crate) fn whole(&self) -> u64 {
        self.bits(|group| group.role != Role::Part)
    }

    /// The bits of the groups that put an answer before others that lack them.
    pub(crate) fn wanted(&self) -> u64 {
        self.bits(|group| group.weight >= SHOULD)
    }

    /// The bits of the groups for the sake of which an answer with less is dropped. A short
    /// word, a number or a unit never takes away what the other words find.
    pub(crate) fn telling(&self) -> u64 {
        self.bits(|group| group.role == Role::Subject && letters(&group.asked) > 3)
    }

    /// The words that a document with some groups lacks, as they were asked.
    pub(crate) fn lacking(&self, groups: u64) -> Vec<String> {
        let all = (0..).zip(&self.groups);
        let lacking = all.filter(|(at, group)| {
            groups & (1u64 << at) == 0 && group.role != Role::Part && !group.is_phrase
        });
        lacking.map(|(_, group)| group.asked.clone()).collect()
    }

    fn bits(&self, is: impl Fn(&Group<'_>) -> bool) -> u64 {
        let groups = self.groups.iter().enumerate();
        let found = groups.filter(|(_, group)| is(group));
        found.fold(0, |all, (at, _)| all | 1 << at)
    }
}

/// Number of letters and digits.
pub(super) fn letters(word: &str) -> usize {
    word.chars().filter(|char| char.is_alphanumeric()).count()
}

/// A way in which a word may be found: by all of some terms.
#[derive(Clone, Debug)]
pub(crate) struct Alternative<'s> {
    terms: [u32; MOST_TERMS],
    length: u8,
    /// What it counts beside the word itself, which counts 1.
    pub(crate) weight: f32,
    pub(crate) via: Via,
    /// What a synonym means.
    pub(crate) meant: &'s str,
}

impl Alternative<'_> {
    pub(crate) fn new(terms: impl IntoIterator<Item = u32>, weight: f32, via: Via) -> Self {
        let mut alternative = Self {
            terms: [0; MOST_TERMS],
            length: 0,
            weight,
            via,
            meant: "",
        };
        for (slot, term) in alternative.terms.iter_mut().zip(terms) {
            *slot = term;
            alternative.length += 1;
        }
        alternative
    }

    /// Numbers of the terms; a document is found by having all of them.
    pub(crate) fn terms(&self) -> &[u32] {
        &self.terms[..usize::from(self.length)]
    }
}

/// How words are looked up.
#[derive(Clone, Copy)]
pub(crate) struct PlanOptions {
    /// No corrections.
    pub(crate) exact: bool,
    /// Synonyms, names and notes.
    pub(crate) annotations: bool,
    /// Words that exist are corrected too, because as they stand they lead nowhere.
    pub(crate) force_corrections: bool,
}
