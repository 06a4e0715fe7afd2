//! Corrections of misspelt words: terms of the index, few edits away.

use std::cmp::Ordering;

use crate::index::store::shape::signature;
use crate::index::store::tables::{Section, Store};

use super::denial::are_opposites;
use super::edit_distance::distance;
use super::plan::{Alternative, Via};

/// The weight of a correction by its number of edits, relative to an exact match (1.0).
const WEIGHT: [f32; 3] = [1.0, 0.8, 0.6];
/// The factor for another first letter, which people seldom mistype.
const OTHER_FIRST_LETTER: f32 = 0.8;
/// The factor for other letters in the same number, and for a shorter correction: people omit or
/// swap letters more often than they replace or add some.
const OTHER_LETTER: f32 = 0.95;
const SHORTER: f32 = 0.9;
/// The maximum of corrections of a word.
const MOST: usize = 4;
/// The minimum of letters of a word for one edit, and for two.
const ONE_EDIT: usize = 4;
const TWO_EDITS: usize = 8;
/// The minimum of letters of a word with a wrong letter or one too many: `vega` is no `vena`.
const WRONG: usize = 5;

/// British spellings, and how CMS's descriptors write them.
const BRITISH: &[(&str, &str)] = &[
    ("ae", "e"),
    ("oe", "e"),
    ("our", "or"),
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("ll", "l"),
    ("l", "ll"),
    ("ium", "um"),
    ("ph", "f"),
    ("e", "ae"),
    ("e", "oe"),
];

/// The candidate corrections of a misspelt word: fewest edits first, then the most frequent.
pub(crate) fn corrections<'s>(store: &Store, word: &str) -> Vec<Alternative<'s>> {
    let Some(misspelt) = Misspelt::new(store, word) else {
        return Vec::new();
    };
    let terms = store.terms();
    let alike = misspelt.alike(store, Section::Shapes).into_iter();
    let others = alike.map(|ord| (terms.bytes(ord), ord));
    let others = others.filter(|(term, _)| *term != word.as_bytes());
    let mut found = misspelt.nearest(others);
    found.sort_unstable_by_key(|own| {
        (
            !misspelt.has_start_of(own.word),
            u32::MAX - terms.doc_freq(own.number),
            own.number,
        )
    });
    let alternative =
        |own: Near<'_>| Alternative::new([own.number], misspelt.weight(&own), Via::Correction);
    let mut found: Vec<Alternative<'s>> = found.into_iter().map(alternative).collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.truncate(MOST);
    found
}

/// The nearest of the words that only synonyms have, with its weight; the word itself if it is one.
///
/// Most of them are names, and another letter makes another name: `alcon` is no `adcon`.
pub(super) fn synonym_word<'s>(store: &'s Store, word: &str) -> Option<(&'s str, f32)> {
    let misspelt = Misspelt::new(store, word)?;
    let alike = misspelt.alike(store, Section::SynonymShapes).into_iter();
    let words = alike.flat_map(|row| store.asked_words(row).map(move |word| (word, row)));
    let near = misspelt.nearest(words).into_iter();
    let is_name_of = |own: &Near<'_>| {
        let has_other_letter =
            own.word.len() == word.len() && signature(own.word) != signature(word);
        own.edits == 0 || word.len() > WRONG || !has_other_letter
    };
    let near = near.filter(|own| misspelt.has_start_of(own.word) && is_name_of(own));
    let weighed = near.map(|own| (own.word, misspelt.weight(&own)));
    weighed.max_by(|(_, a), (_, b)| a.total_cmp(b))
}

/// A misspelt word.
struct Misspelt<'w> {
    word: &'w str,
    /// Whether it begins a synonym.
    is_known: bool,
    /// How many edits away a correction may be.
    edits: u8,
}

/// A word few edits away.
struct Near<'s> {
    word: &'s str,
    number: u32,
    edits: u8,
}

impl<'w> Misspelt<'w> {
    /// `None` if it is too short to be corrected.
    fn new(store: &Store, word: &'w str) -> Option<Self> {
        (word.len() >= ONE_EDIT && word.is_ascii()).then(|| Self {
            word,
            is_known: store.begins_synonym(word),
            edits: if word.len() >= TWO_EDITS { 2 } else { 1 },
        })
    }

    /// The numbers of the words of a section that have nearly its letters.
    fn alike(&self, store: &Store, section: Section) -> Vec<u32> {
        let (letters, reach) = (self.word.len(), usize::from(self.edits));
        let lengths = letters - reach..=letters + reach;
        let bits = 2 * u32::from(self.edits);
        store.alike_in_letters(section, lengths, signature(self.word), bits)
    }

    /// Those of some words that are the fewest edits away.
    fn nearest<'s>(&self, words: impl Iterator<Item = (&'s [u8], u32)>) -> Vec<Near<'s>> {
        let mut least = self.edits;
        let near = |(word, number): (&'s [u8], u32)| {
            let own = self.word.as_bytes();
            let edits = distance(own, word, least)?;
            let word = str::from_utf8(word).ok()?;
            // `Coated` is no correction of `uncoated`.
            let is_near = self.is_mistyped(word) && !are_opposites(self.word, word);
            is_near.then(|| {
                least = least.min(edits);
                Near {
                    word,
                    number,
                    edits,
                }
            })
        };
        let mut found: Vec<Near<'s>> = words.filter_map(near).collect();
        found.retain(|own| own.edits == least);
        found
    }

    fn has_start_of(&self, other: &str) -> bool {
        other.as_bytes().first() == self.word.as_bytes().first()
    }

    /// Whether it may be a word with the mistakes that it has. A word that begins a synonym is known,
    /// and nobody mistakes the first letter of a word that another one begins with: `tennis` is no
    /// `dennis`.
    fn is_mistyped(&self, term: &str) -> bool {
        let has_same_first = self.has_start_of(term);
        let lacks_one = term.len() > self.word.len();
        let is_swapped = has_same_first && signature(term) == signature(self.word);
        (has_same_first || !self.is_known) && (lacks_one || is_swapped || self.word.len() >= WRONG)
    }

    /// The weight of a correction, relative to an exact match (1.0).
    fn weight(&self, near: &Near<'_>) -> f32 {
        let first = if self.has_start_of(near.word) {
            1.0
        } else {
            OTHER_FIRST_LETTER
        };
        let kind = match near.word.len().cmp(&self.word.len()) {
            Ordering::Less => SHORTER,
            Ordering::Equal if signature(near.word) != signature(self.word) => OTHER_LETTER,
            _ => 1.0,
        };
        WEIGHT[usize::from(near.edits)] * first * kind
    }
}

/// The terms that a word abbreviates to its consonants: `drnble` for `drainable`, `stnt` for
/// `stent`.
pub(crate) fn contractions<'s>(store: &Store, word: &str) -> Vec<Alternative<'s>> {
    let vowels = word.bytes().filter(|byte| b"aeiou".contains(byte)).count();
    if word.len() < 4 || !word.is_ascii() || vowels * 3 > word.len() {
        return Vec::new();
    }
    let terms = store.terms();
    let mut found: Vec<(bool, u32, u32)> = Vec::new();
    for ord in terms.starting_with(&word[..1]) {
        if let Some(rest) = without_vowels(word.as_bytes(), terms.bytes(ord)) {
            found.push((rest > 0, u32::MAX - terms.doc_freq(ord), ord));
        }
    }
    found.sort_unstable();
    if let Some((is_cut, ..)) = found.first().copied() {
        found.retain(|(other, ..)| *other == is_cut);
    }
    found.truncate(8);
    found
        .into_iter()
        .map(|(is_cut, _, ord)| {
            Alternative::new([ord], if is_cut { 0.7 } else { 0.9 }, Via::Correction)
        })
        .collect()
}

/// The number of remaining letters of a term, if a word is its prefix without some vowels.
fn without_vowels(word: &[u8], term: &[u8]) -> Option<usize> {
    let mut at = 0;
    for byte in word {
        while term.get(at)? != byte {
            if at == 0 || !b"aeiouy".contains(&term[at]) {
                return None;
            }
            at += 1;
        }
        at += 1;
    }
    Some(term.len() - at)
}

/// Other spellings of a word by rule.
pub(crate) fn spellings(word: &str) -> impl Iterator<Item = String> {
    let changed = |(british, american): &(&str, &str)| {
        let changed: Vec<String> = word
            .match_indices(british)
            .map(|(at, _)| format!("{}{american}{}", &word[..at], &word[at + british.len()..]))
            .collect();
        changed
    };
    let enough = word.len() >= 5;
    BRITISH.iter().filter(move |_| enough).flat_map(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_spellings() {
        let has = |word: &str, other: &str| spellings(word).any(|spelling| spelling == other);
        assert!(has("anaesthesia", "anesthesia"));
        assert!(has("tumour", "tumor"));
        assert!(has("catheterisation", "catheterization"));
        assert!(has("aluminium", "aluminum"));
    }
}
