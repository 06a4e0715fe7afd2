//! Look-alikes: codes whose descriptors differ in a few words, and the words that differ.

use crate::index::Field;
use crate::index::store::tables::Store;
use crate::index::store::term::Posting;
use crate::index::store::text::{DocText, TokenFlags};

use super::alike::{Alike, Compared};
use super::difference::difference;
use crate::search::searcher::Searcher;

/// The maximum of different words on either side.
const MOST_DIFFERENT: usize = 5;
/// The maximum of words between the shared beginning and end of two descriptors.
const MOST_BETWEEN: usize = 8;
/// The share of the longer descriptor that must be the same.
const LEAST_SAME: f32 = 0.5;
/// A word in more codes than this does not indicate likeness.
const MOST_COMMON: u32 = 80;
/// The maximum of look-alikes of a code.
const MOST: usize = 8;

/// Whether two descriptors look alike: most words are the same, and a few differ.
pub(crate) fn is_alike(own: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    let (own_words, other_words) = (words(own), words(other));
    if own_words.abs_diff(other_words) > MOST_DIFFERENT {
        return false;
    }
    let (new, gone, same) = difference(own, other).counts;
    #[expect(clippy::cast_precision_loss, reason = "a descriptor has few words")]
    let enough = same as f32 >= own_words.max(other_words) as f32 * LEAST_SAME;
    enough && gone <= MOST_DIFFERENT && new <= MOST_DIFFERENT && gone + new > 0
}

impl Searcher {
    /// The look-alikes of a version among those that `keep` accepts: they share a rare word, and
    /// their descriptors differ in a few words.
    pub(crate) fn alike(&self, doc: u32, keep: impl Fn(u32) -> bool) -> Vec<Alike> {
        let store = &self.reader.store;
        let own = store.text(doc, Field::LongDescriptor);
        let mut others: Vec<u32> = Vec::new();
        let Some(long) = store.texts(doc).next() else {
            return Vec::new();
        };
        let mut block = None;
        for token in long.tokens() {
            if token.flags.has(TokenFlags::WHOLE) || !is_rare_word(store, token.ord) {
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
            let text = store.text(other, Field::LongDescriptor);
            let code = store.row(other).code()?;
            is_alike(own, text).then(|| Alike::new(code, text, own))
        });
        let mut alike: Vec<Alike> = alike.collect();
        alike.sort_by_key(|alike| (alike.has.len() + alike.has_not.len(), alike.code));
        alike.truncate(MOST);
        alike
    }
}

/// A run of consecutive hits that look alike; each is compared with the first.
#[derive(Default)]
pub(crate) struct Run {
    /// The first hit of the run.
    first: Option<u32>,
}

impl Run {
    /// If a hit continues the run: the first code of the run, with the words that differ. `None` if
    /// the hit begins a new run.
    pub(crate) fn next(&mut self, searcher: &Searcher, doc: u32) -> Option<Alike> {
        let store = &searcher.reader.store;
        let alike = self.first.and_then(|first| {
            // Mostly a code follows the same one, and comparing takes longer than its hit.
            let compare = || Compared {
                first,
                alike: continued(store, doc, first),
            };
            let known = searcher.compared.get(doc, store.len(), compare)?;
            if known.first == first {
                known.alike.clone()
            } else {
                compare().alike
            }
        });
        if alike.is_none() {
            self.first = Some(doc);
        }
        alike
    }
}

/// The first version of a run, if another one continues it.
fn continued(store: &Store, doc: u32, first: u32) -> Option<Alike> {
    let long = |doc| store.texts(doc).next();
    let (own, other) = (long(doc)?, long(first)?);
    let code = store.row(first).code()?;
    is_continued(store, own, other).then(|| Alike::new(code, other.text(), own.text()))
}

/// The terms of a text's words, without those that are wholes of others.
fn words(text: DocText<'_>) -> impl DoubleEndedIterator<Item = u32> {
    let words = text
        .tokens()
        .filter(|token| !token.flags.has(TokenFlags::WHOLE));
    words.map(|token| token.ord)
}

/// Whether a term is a word that few codes share.
fn is_rare_word(store: &Store, ord: u32) -> bool {
    let terms = store.terms();
    let is_word = terms
        .term(ord)
        .starts_with(|char: char| char.is_alphabetic());
    is_word && terms.release_doc_freq(ord) <= MOST_COMMON
}

/// Whether two descriptors share a beginning and an end, with few words between them.
fn is_continued(store: &Store, one: DocText<'_>, other: DocText<'_>) -> bool {
    let is_same = |(own, other): &(u32, u32)| own == other;
    let (own_count, other_count) = (words(one).count(), words(other).count());
    let (most, least) = (own_count.max(other_count), own_count.min(other_count));
    let begin = words(one).zip(words(other)).take_while(is_same).count();
    let ends = words(one).rev().zip(words(other).rev());
    let end = ends.take_while(is_same).count().min(least - begin);
    let different = most - begin - end;
    let enough = (begin + end) * 3 >= least * 2;
    // Two drugs of one dose also share their first and last words, so a rare word is required.
    let mut shared = words(one).take(begin).chain(words(one).rev().take(end));
    enough && (1..=MOST_BETWEEN).contains(&different) && shared.any(|ord| is_rare_word(store, ord))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_words_are_named() {
        let plain = "Injection, glycopyrrolate, 0.1 mg";
        let brand = "Injection, glycopyrrolate (glyrx-pf), 0.1 mg";
        assert!(is_alike(plain, brand));
        let code = "J1597".parse().unwrap();
        let alike = Alike::new(code, brand, plain);
        assert_eq!((&*alike.has, &*alike.has_not), ("glyrx-pf", ""));
        assert!(!is_alike(plain, "Canes, quad or three prong"));
        assert!(!is_alike(plain, plain));
    }
}
