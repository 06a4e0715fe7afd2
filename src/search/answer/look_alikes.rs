//! Look-alikes: codes whose descriptors differ in a few words, and the words that differ.

use std::ops::Range;

use serde::Serialize;

use crate::codeset::Code;
use crate::history::{Mark, marks};
use crate::index::Field;
use crate::index::store::tables::Store;
use crate::index::store::term::Posting;
use crate::index::store::text::{DocText, TextToken, TokenFlags};

use crate::search::searcher::Searcher;

/// The most words that differ, on either side.
const MOST_DIFFERENT: usize = 5;
/// The most words between a beginning and an end that two descriptors share.
const MOST_BETWEEN: usize = 8;
/// The share of the longer descriptor that is the same.
const LEAST_SAME: f32 = 0.5;
/// A word in more codes than this does not tell what is like what.
const MOST_COMMON: u32 = 80;
/// The most look-alikes of a code.
const MOST: usize = 8;

/// A code that looks like another, and what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alike {
    /// The other code.
    pub code: Code,
    /// The words that only the other code's long descriptor has.
    pub has: String,
    /// The words that it has not.
    pub has_not: String,
}

/// What differs between two descriptors that look alike; `None` where they do not.
pub(crate) fn difference(own: &str, other: &str) -> Option<(String, String)> {
    let words = |text: &str| text.split_whitespace().count();
    let (most, least) = (words(own).max(words(other)), words(own).min(words(other)));
    if most - least > MOST_DIFFERENT {
        return None;
    }
    let runs = marks(own, other);
    let count = |mark: Mark| -> usize {
        runs.iter()
            .filter(|run| run.mark == mark)
            .map(|run| words(&run.text))
            .sum()
    };
    let (gone, new, same) = (count(Mark::Removed), count(Mark::Added), count(Mark::Same));
    #[expect(clippy::cast_precision_loss, reason = "a descriptor has few words")]
    let enough = same as f32 >= most as f32 * LEAST_SAME;
    if !enough || gone > MOST_DIFFERENT || new > MOST_DIFFERENT || gone + new == 0 {
        return None;
    }
    let joined = |mark: Mark| {
        let texts = runs
            .iter()
            .filter(|run| run.mark == mark)
            .map(|run| run.text.as_str());
        let text = texts.collect::<Vec<_>>().join(" … ");
        text.trim_matches(|char: char| ",;".contains(char))
            .to_owned()
    };
    Some((joined(Mark::Added), joined(Mark::Removed)))
}

impl Searcher {
    /// The codes that look like a version of a code, of those that `keep` keeps: they share a
    /// word that tells, and their descriptors differ in a few words.
    pub(crate) fn alike(&self, doc: u32, keep: impl Fn(u32) -> bool) -> Vec<Alike> {
        let store = &self.reader.store;
        let own = store.text(doc, Field::LongDescriptor);
        let mut others: Vec<u32> = Vec::new();
        let Some(long) = store.texts(doc).next() else {
            return Vec::new();
        };
        let mut block = None;
        for token in long.tokens() {
            let told = store.terms().release_doc_freq(token.ord);
            if token.flags.has(TokenFlags::WHOLE) || !(2..=MOST_COMMON).contains(&told) {
                continue;
            }
            let (reader, side) = (&self.reader, Posting::Release);
            reader.each_posting(token.ord, side, &mut block, |doc, _| others.push(doc));
        }
        others.sort_unstable();
        others.dedup();
        let alike = others
            .into_iter()
            .filter(|other| *other != doc && keep(*other));
        let alike = alike.filter_map(|other| {
            let (has, has_not) = difference(own, store.text(other, Field::LongDescriptor))?;
            Some(Alike {
                code: store.row(other).code()?,
                has,
                has_not,
            })
        });
        let mut alike: Vec<Alike> = alike.collect();
        alike.sort_by_key(|alike| (alike.has.len() + alike.has_not.len(), alike.code));
        alike.truncate(MOST);
        alike
    }
}

/// Hits that stand together and look alike: each is held against the first of its run.
#[derive(Default)]
pub(crate) struct Run {
    /// The first code of the run, and the words of its long descriptor.
    first: Option<Code>,
    words: Words,
    /// The words of the hit at hand; the room is used again by the next one.
    own: Words,
}

/// A long descriptor with the words that it is made of.
#[derive(Default)]
struct Words {
    doc: u32,
    tokens: Vec<TextToken>,
}

impl Words {
    fn read(&mut self, store: &Store, doc: u32) {
        self.doc = doc;
        self.tokens.clear();
        let long = store.texts(doc).next();
        let tokens = long.iter().flat_map(DocText::tokens);
        self.tokens
            .extend(tokens.filter(|token| !token.flags.has(TokenFlags::WHOLE)));
    }

    /// The text from a word to the one before another.
    fn text<'s>(&self, store: &'s Store, words: Range<usize>) -> &'s str {
        let text = store.text(self.doc, Field::LongDescriptor);
        let words = self.tokens.get(words).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return "";
        };
        let end = usize::from(last.start) + usize::from(last.length);
        text.get(usize::from(first.start)..end).unwrap_or_default()
    }
}

impl Run {
    /// The first of the run that a hit continues, with what differs; `None` where it begins one.
    pub(crate) fn next(&mut self, store: &Store, doc: u32, code: Code) -> Option<Alike> {
        self.own.read(store, doc);
        let alike = self.first.and_then(|first| {
            let (has, has_not) = between(store, &self.own, &self.words)?;
            Some(Alike {
                code: first,
                has,
                has_not,
            })
        });
        if alike.is_none() {
            self.first = Some(code);
            std::mem::swap(&mut self.words, &mut self.own);
        }
        alike
    }
}

/// Whether a term is a word that few codes share.
fn tells(store: &Store, ord: u32) -> bool {
    let terms = store.terms();
    let is_word = terms
        .term(ord)
        .starts_with(|char: char| char.is_alphabetic());
    is_word && terms.release_doc_freq(ord) <= MOST_COMMON
}

/// What stands between the beginning and the end that two descriptors share: what only the
/// first has, what only the second has.
fn between(store: &Store, one: &Words, other: &Words) -> Option<(String, String)> {
    let (most, least) = (
        one.tokens.len().max(other.tokens.len()),
        one.tokens.len().min(other.tokens.len()),
    );
    let pairs = || one.tokens.iter().zip(&other.tokens);
    let ends = one.tokens.iter().rev().zip(other.tokens.iter().rev());
    let begin = pairs().take_while(|(a, b)| a.ord == b.ord).count();
    let end = ends
        .take_while(|(a, b)| a.ord == b.ord)
        .count()
        .min(least - begin);
    let different = most - begin - end;
    // Two drugs of one dose share their first and last words too.
    let shared = one.tokens[..begin]
        .iter()
        .chain(&one.tokens[one.tokens.len() - end..]);
    let mut telling = shared.filter(|token| tells(store, token.ord));
    let enough = (begin + end) * 3 >= least * 2 && telling.next().is_some();
    if !enough || !(1..=MOST_BETWEEN).contains(&different) {
        return None;
    }
    let text = |words: &Words| {
        words
            .text(store, begin..words.tokens.len() - end)
            .to_owned()
    };
    Some((text(one), text(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_told() {
        let plain = "Injection, glycopyrrolate, 0.1 mg";
        let brand = "Injection, glycopyrrolate (glyrx-pf), 0.1 mg";
        let (has, has_not) = difference(plain, brand).unwrap();
        assert_eq!(
            (has.as_str(), has_not.as_str()),
            ("glycopyrrolate (glyrx-pf)", "glycopyrrolate")
        );
        assert_eq!(difference(plain, "Canes, quad or three prong"), None);
        assert_eq!(difference(plain, plain), None);
    }
}
