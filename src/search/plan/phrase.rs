//! Words that belong together: phrases with a synonym, hyphenated words, amounts, and words that
//! the texts also write as one.

use std::ops::Range;

use smallvec::SmallVec;

use crate::codeset::function_word::is_function_word;
use crate::index::analyzer::inflection::in_order;
use crate::index::analyzer::token::{Form, Token};
use crate::index::analyzer::unit::is_number;

use super::expansion::{Expander, NUMERAL};
use super::measure::{LENGTH, Measure, TIME, WEIGHT, measure};
use super::numeral::number_word;
use super::phrase_abbreviation::written_out;
use super::phrase_word::PhraseWord;
use super::plan::{Alternative, Group, MOST_TERMS, Via};

/// The maximum of words of a synonym.
pub(super) const MOST_ASKED: usize = 5;
/// The weight of a synonym whose words are in another order.
const REORDERED: f32 = 0.9;
/// The weight of two words that are written as one.
const JOINED: f32 = 0.95;

/// The words of a text, with all its tokens.
#[expect(
    clippy::struct_field_names,
    reason = "the words among the tokens of some words"
)]
#[derive(Clone, Copy)]
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) words: &'t [&'t Token],
    /// The words as phrases are looked up by them.
    pub(super) looked_up: &'t [PhraseWord<'t>],
}

impl Expander<'_> {
    /// Whether texts rather write some words as one: `wheelchair` for `wheel chair`.
    pub(super) fn is_one_word(&self, words: &[&Token]) -> bool {
        let doc_freq = |term: &str| self.ord(term).map_or(0, |ord| self.terms.doc_freq(ord));
        let apart = words.iter().map(|word| doc_freq(&word.term)).min();
        doc_freq(&as_one(words)) > apart.unwrap_or(0)
    }
}

impl<'t> Words<'t> {
    /// Some words as written.
    pub(super) fn slice(self, at: usize, count: usize) -> &'t str {
        let (Some(first), Some(last)) = (self.words.get(at), self.words.get(at + count - 1)) else {
            return "";
        };
        let piece = self.text.get(first.start as usize..last.end as usize);
        piece.unwrap_or_default()
    }

    /// Some words as written, from the word at an earlier position on.
    pub(super) fn since(self, position: u32, at: usize, count: usize) -> &'t str {
        let before = self.words[..at].iter().rev();
        let back = before.take_while(|word| word.position >= position).count();
        self.slice(at - back, back + count)
    }

    /// The longest sequence of words that has a synonym.
    pub(super) fn synonym<'s>(
        self,
        at: usize,
        expander: &Expander<'s>,
    ) -> Option<(Group<'s>, usize)> {
        let words = &self.words[at..];
        for count in (2..=MOST_ASKED.min(words.len())).rev() {
            let asked = &words[..count];
            let mut alternatives = expander.synonyms(&terms(asked));
            if alternatives.is_empty() {
                alternatives = written_out(&self.looked_up[at..at + count], expander);
            }
            if !alternatives.is_empty() {
                alternatives.extend(together(asked, expander));
                return Some((Group::new(self.slice(at, count), alternatives), count));
            }
        }
        None
    }

    /// The meanings of synonyms that have words of the question in another order, each with the
    /// places of these words.
    pub(super) fn reordered<'s>(
        self,
        expander: &Expander<'s>,
    ) -> Vec<(Range<usize>, Vec<Alternative<'s>>)> {
        let places = (0..self.words.len()).flat_map(|at| {
            let most = MOST_ASKED.min(self.words.len() - at);
            (2..=most).map(move |count| at..at + count)
        });
        let meant = places.filter_map(|place| {
            let (asked, looked_up) = (&self.words[place.clone()], &self.looked_up[place.clone()]);
            Some((place, reordered(asked, looked_up, expander)?))
        });
        meant.collect()
    }

    /// Whether two sequences of words have a word in common that is no function word.
    pub(super) fn have_in_common(self, a: &Range<usize>, b: &Range<usize>) -> bool {
        let common = a.start.max(b.start)..a.end.min(b.end);
        let mut words = self.looked_up.get(common).unwrap_or_default().iter();
        words.any(|word| !word.is_function)
    }

    /// An amount or a hyphenated word that begins at a word; `None` if no document has the whole,
    /// or all its parts, so that the parts are searched.
    pub(super) fn whole<'s>(
        self,
        at: usize,
        expander: &Expander<'s>,
    ) -> Option<(Group<'s>, usize)> {
        let position = self.words[at].position;
        let is_whole = |token: &&Token| token.form != Form::Word && token.position == position;
        let whole = self.tokens.iter().find(is_whole)?;
        let behind = self.words[at..].iter();
        let count = behind
            .take_while(|word| word.end <= whole.end)
            .count()
            .max(1);
        let parts = &self.words[at..at + count];
        // A hyphen before an amount ties nothing: `ketorolac-30mg/ml`.
        let is_amount = |word: &&Token| {
            let mut amounts = self.tokens.iter().filter(|own| own.form == Form::Amount);
            amounts.any(|own| own.position == word.position)
        };
        if whole.form == Form::Joined && parts.iter().skip(1).any(is_amount) {
            return None;
        }
        let mut alternatives = expander.synonyms(&[&whole.term]);
        let own = expander.ord(&whole.term);
        alternatives.extend(own.map(|ord| Alternative::new([ord], 1.0, Via::Word)));
        let is_size = |own: Measure| matches!(own.kind, LENGTH | WEIGHT | TIME);
        if whole.form == Form::Amount && measure(&whole.term).is_some_and(is_size) {
            // `three inches` for `3 inch`.
            alternatives.extend(counted(parts, expander));
        }
        if whole.form == Form::Amount && alternatives.is_empty() {
            // A skin substitute of 300 sq cm is billed by the square centimeter.
            let unit = whole
                .term
                .trim_start_matches(|char: char| !char.is_ascii_alphabetic());
            alternatives.extend(
                expander
                    .synonyms(&[unit])
                    .into_iter()
                    .filter(|_| unit.starts_with("sq")),
            );
        }
        if whole.form == Form::Joined {
            alternatives.extend(expander.synonyms(&terms(parts)));
            alternatives.extend(counted(parts, expander));
            let together = together(parts, expander);
            alternatives.extend(together.filter(|all| expander.leads(all.terms())));
            if alternatives.is_empty() {
                return None;
            }
        }
        Some((Group::new(self.slice(at, count), alternatives), count))
    }

    /// Two words that the texts also write as one, such as `x ray`.
    pub(super) fn written_apart<'s>(
        self,
        at: usize,
        expander: &Expander<'s>,
    ) -> Option<(Group<'s>, usize)> {
        let [first, second, ..] = &self.words[at..] else {
            return None;
        };
        let is_word = |word: &Token| !is_number(&word.term) && !is_function_word(&word.term);
        if second.after_mark || !is_word(first) || !is_word(second) {
            return None;
        }
        let Some(ord) = expander.ord(&as_one(&[first, second])) else {
            let found = expander.joined_corrected(&first.term, &second.term);
            let is_found = !found.is_empty();
            return is_found.then(|| (Group::new(self.slice(at, 2), found), 2));
        };
        let mut alternatives = vec![Alternative::new([ord], JOINED, Via::Joined)];
        alternatives.extend(together(&[first, second], expander));
        // The first may stand for another word: `hep b` is hepatitis b.
        if let Some(second) = expander.ord(&second.term) {
            let meant = expander.synonyms(&[&first.term]).into_iter();
            let meant = meant.filter(|meant| meant.terms().len() < MOST_TERMS);
            let with_second = meant.map(|meant| {
                let terms = meant.terms().iter().copied().chain([second]);
                let mut whole = Alternative::new(terms, JOINED, Via::Synonym);
                whole.meant = meant.meant;
                whole
            });
            alternatives.extend(with_second.filter(|whole| expander.leads(whole.terms())));
        }
        Some((Group::new(self.slice(at, 2), alternatives), 2))
    }
}

/// The meaning of a synonym that has these words in another order or form.
fn reordered<'s>(
    asked: &[&Token],
    looked_up: &[PhraseWord<'_>],
    expander: &Expander<'s>,
) -> Option<Vec<Alternative<'s>>> {
    let [first, .., last] = looked_up else {
        return None;
    };
    let words = looked_up.iter().filter(|word| !word.is_between);
    let words: SmallVec<[&PhraseWord<'_>; MOST_ASKED]> = words.collect();
    let is_odd = words.iter().any(|word| word.is_function);
    if is_odd || first.is_function || last.is_function || words.len() < 2 {
        return None;
    }
    let families = words.iter().map(|word| word.family());
    let mut meant = expander.synonyms(&in_order(families));
    if meant.is_empty() || !expander.synonyms(&terms(asked)).is_empty() {
        return None;
    }
    for alternative in &mut meant {
        alternative.weight = REORDERED;
    }
    Some(meant)
}

/// A number and a word with the number in its other form: `two-way` for `2-way`.
fn counted<'s>(words: &[&Token], expander: &Expander<'s>) -> Option<Alternative<'s>> {
    let [number, word] = words else {
        return None;
    };
    let number = expander.ord(number_word(&number.term)?)?;
    let all = Alternative::new([number, expander.ord(&word.term)?], NUMERAL, Via::Numeral);
    expander.leads(all.terms()).then_some(all)
}

/// An alternative with all of these words, if each of them is a term.
fn together<'s>(words: &[&Token], expander: &Expander<'s>) -> Option<Alternative<'s>> {
    let content = words.iter().filter(|word| !is_function_word(&word.term));
    let ords: Option<Vec<u32>> = content.map(|word| expander.ord(&word.term)).collect();
    let ords = ords.filter(|ords| !ords.is_empty() && ords.len() <= MOST_TERMS)?;
    Some(Alternative::new(ords, 1.0, Via::Word))
}

/// The terms of some words.
pub(super) fn terms<'t>(words: &[&'t Token]) -> SmallVec<[&'t str; MOST_ASKED]> {
    words.iter().map(|word| word.term.as_str()).collect()
}

/// Some words written as one.
pub(super) fn as_one(words: &[&Token]) -> String {
    terms(words).concat()
}
