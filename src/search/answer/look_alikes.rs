//! Look-alikes: codes whose descriptors differ in a few words, and the words that differ.

use serde::Serialize;

use crate::codeset::Code;
use crate::index::Field;
use crate::index::store::tables::Store;
use crate::index::store::term::Posting;
use crate::index::store::text::{DocText, TextToken, TokenFlags};

use super::difference::{difference, differing};
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

/// A look-alike of the described code, and the words that differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alike {
    /// The code that looks like it.
    pub code: Code,
    /// The words that only `code` has in its long descriptor.
    pub has: String,
    /// The words that only the described code has.
    pub has_not: String,
}

impl Alike {
    /// A look-alike with its long descriptor, compared with the described one.
    fn new(code: Code, text: &str, described: &str) -> Self {
        let (has, has_not) = differing(text, described);
        Self { code, has, has_not }
    }
}

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
            let doc_freq = store.terms().release_doc_freq(token.ord);
            if token.flags.has(TokenFlags::WHOLE) || !(2..=MOST_COMMON).contains(&doc_freq) {
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
    /// The first code of the run; `words` are those of its long descriptor.
    first: Option<Code>,
    words: Words,
    /// The words of the current hit; the buffer is reused.
    own: Words,
}

/// A long descriptor as words.
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
}

impl Run {
    /// If a hit continues the run: the first code of the run, with the words that differ. `None` if
    /// the hit begins a new run.
    pub(crate) fn next(&mut self, store: &Store, doc: u32, code: Code) -> Option<Alike> {
        self.own.read(store, doc);
        let alike = self.first.and_then(|first| {
            let text = |words: &Words| store.text(words.doc, Field::LongDescriptor);
            is_continued(store, &self.own, &self.words)
                .then(|| Alike::new(first, text(&self.words), text(&self.own)))
        });
        if alike.is_none() {
            self.first = Some(code);
            std::mem::swap(&mut self.words, &mut self.own);
        }
        alike
    }
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
fn is_continued(store: &Store, one: &Words, other: &Words) -> bool {
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
    // Two drugs of one dose also share their first and last words, so a rare word is required.
    let shared = one.tokens[..begin]
        .iter()
        .chain(&one.tokens[one.tokens.len() - end..]);
    let mut rare = shared.filter(|token| is_rare_word(store, token.ord));
    let enough = (begin + end) * 3 >= least * 2 && rare.next().is_some();
    enough && (1..=MOST_BETWEEN).contains(&different)
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
