//! Misspelt words that are one of a synonym: `colostmy`, `diabtic shoes`. They are read as that
//! before anything else is looked up, because synonyms have phrases.

use std::cell::OnceCell;

use smallvec::SmallVec;

use crate::index::analyzer::inflection::{family, in_order};
use crate::index::analyzer::token::{Form, Token};

use super::correction::synonym_word;
use super::expansion::Expander;
use super::phrase::{MOST_ASKED, as_one};
use super::plan::{Plan, Via};
use super::role::{Role, role_of};

/// A text with such words as synonyms have them; `None` if it has none. The plan says which.
pub(super) fn respelled(
    (text, is_last): (&str, bool),
    tokens: &[Token],
    expander: &Expander<'_>,
    plan: &mut Plan<'_>,
) -> Option<String> {
    if expander.options.exact || !expander.options.annotations {
        return None;
    }
    let is_word = |token: &&Token| token.form == Form::Word;
    let words: Vec<&Token> = tokens.iter().filter(is_word).collect();
    let families = OnceCell::new();
    let mut made = String::new();
    let mut copied = 0;
    for (at, word) in words.iter().enumerate() {
        let (start, end) = (word.start as usize, word.end as usize);
        let (Some(asked), Some(before)) = (text.get(start..end), text.get(copied..start)) else {
            continue;
        };
        let ends_text = is_last && at + 1 == words.len();
        let beside = Beside {
            words: &words,
            at,
            families: &families,
        };
        let Some(meant) = meant(beside, (asked, ends_text), expander) else {
            continue;
        };
        made.push_str(before);
        made.push_str(meant);
        copied = end;
        plan.respelled.push((asked.to_owned(), meant.to_owned()));
    }
    made.push_str(text.get(copied..).filter(|_| copied > 0)?);
    Some(made)
}

/// A word among others.
#[derive(Clone, Copy)]
struct Beside<'t> {
    words: &'t [&'t Token],
    at: usize,
    /// The families of all of them, worked out once.
    families: &'t OnceCell<Vec<String>>,
}

/// The word that a misspelt one is in its place: one of a synonym with the words beside it, or else
/// one that only synonyms have, if no term is nearer.
fn meant<'s>(
    beside: Beside<'_>,
    (asked, ends_text): (&str, bool),
    expander: &Expander<'s>,
) -> Option<&'s str> {
    let Beside { words, at, .. } = beside;
    let term = words[at].term.as_str();
    let is_letters = term.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_letters || expander.is_known(term) || role_of(term) != Role::Subject {
        return None;
    }
    let found = expander.unknown_word(words[at], asked, ends_text);
    if found.iter().any(|own| own.via != Via::Correction) {
        return None;
    }
    let of_synonyms = synonym_word(expander.store, term);
    if of_synonyms.is_some_and(|(word, _)| word == term) || is_half(words, at, expander) {
        return None;
    }
    let least = found.first().map_or(0.0, |own| own.weight);
    let of_synonyms = of_synonyms.filter(|(_, weight)| *weight > least);
    let of_synonyms = of_synonyms.map(|(word, _)| word);
    let terms = found.iter().filter_map(|own| own.terms().first());
    let terms = terms.map(|ord| expander.terms.term(*ord));
    let mut all = of_synonyms.into_iter().chain(terms);
    let in_phrase = all.find(|word| is_in_phrase(beside, word, expander));
    in_phrase.or_else(|| of_synonyms.filter(|word| !expander.synonyms(&[word]).is_empty()))
}

/// Whether a word and one beside it are written as one in texts: `depo provera`.
fn is_half(words: &[&Token], at: usize, expander: &Expander<'_>) -> bool {
    let beside = &words[at.saturating_sub(1)..words.len().min(at + 2)];
    let mut pairs = beside.windows(2);
    pairs.any(|pair| expander.ord(&as_one(pair)).is_some())
}

/// Whether a word in the place of another forms a synonym with words beside it, in any order.
fn is_in_phrase(beside: Beside<'_>, own: &str, expander: &Expander<'_>) -> bool {
    let Beside {
        words,
        at,
        families,
    } = beside;
    let families = families.get_or_init(|| words.iter().map(|word| family(&word.term)).collect());
    let own_family = family(own);
    (2..=MOST_ASKED.min(words.len())).any(|count| {
        let last = at.min(words.len() - count);
        (at.saturating_sub(count - 1)..=last).any(|first| {
            let places = first..first + count;
            let term = |place: usize| {
                if place == at {
                    own
                } else {
                    words[place].term.as_str()
                }
            };
            let terms: SmallVec<[&str; MOST_ASKED]> = places.clone().map(term).collect();
            let family = |place: usize| {
                if place == at {
                    &own_family
                } else {
                    &families[place]
                }
            };
            let in_order = in_order(places.map(family).map(String::as_str));
            !expander.synonyms(&terms).is_empty() || !expander.synonyms(&in_order).is_empty()
        })
    })
}
