//! Candidates for corrections, by length, each with the set of its letters.

use super::bytes::word;
use super::tables::{Section, Store};

/// Longer words are no candidates for corrections.
const LENGTHS: usize = 48;
/// Shorter words are no candidates for corrections.
const SHORTEST: usize = 3;

/// How many letter sets are compared at a time.
const AT_ONCE: usize = 16;

/// A bit for each letter of a term: few edits change few bits.
pub(crate) fn signature(term: &str) -> u32 {
    term.bytes().fold(0, |bits, byte| {
        bits | if byte.is_ascii_lowercase() {
            1 << (byte - b'a')
        } else {
            1 << 31
        }
    })
}

/// A section of words with their numbers: the start of each length, the letter sets of all words,
/// then their numbers.
pub(super) fn write<'w>(words: impl Iterator<Item = (&'w str, u32)>) -> Vec<u8> {
    let mut by_length: Vec<Vec<(u32, u32)>> = vec![Vec::new(); LENGTHS];
    for (word, number) in words {
        let letters = word.len();
        let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
        if plain && (SHORTEST..LENGTHS).contains(&letters) {
            by_length[letters].push((signature(word), number));
        }
    }
    let mut start = 0u32;
    let mut out = Vec::new();
    for entries in &by_length {
        out.extend(start.to_le_bytes());
        start += u32::try_from(entries.len()).unwrap_or(u32::MAX);
    }
    out.extend(start.to_le_bytes());
    let all = || by_length.iter().flatten();
    out.extend(all().flat_map(|(letters, _)| letters.to_le_bytes()));
    out.extend(all().flat_map(|(_, number)| number.to_le_bytes()));
    out
}

impl Store {
    /// Numbers of the words of a section that have some lengths and whose letter sets differ from
    /// this one in at most `bits`.
    pub(crate) fn alike_in_letters(
        &self,
        section: Section,
        lengths: std::ops::RangeInclusive<usize>,
        letters: u32,
        bits: u32,
    ) -> Vec<u32> {
        let (numbers, _) = self.section(section).as_chunks::<4>();
        let number = |at: usize| numbers.get(at).map_or(0, |four| word(self.read(four), 0));
        let start = |length: usize| number(length.min(LENGTHS)) as usize;
        let (first, last) = (start(*lengths.start()), start(lengths.end() + 1));
        let (own, ords) = (LENGTHS + 1, LENGTHS + 1 + start(LENGTHS));
        let of_lengths = numbers.get(own + first..own + last).unwrap_or_default();
        if self.read(of_lengths.as_flattened()).is_empty() {
            return Vec::new();
        }
        let mut alike = Vec::new();
        for (at, some) in (first..).step_by(AT_ONCE).zip(of_lengths.chunks(AT_ONCE)) {
            // Without a branch, so that the compiler vectorizes it.
            let mut is_near = [false; AT_ONCE];
            for (is_near, own) in is_near.iter_mut().zip(some) {
                *is_near = (u32::from_le_bytes(*own) ^ letters).count_ones() <= bits;
            }
            let near = is_near.iter().enumerate().filter(|(_, is_near)| **is_near);
            alike.extend(near.map(|(place, _)| number(ords + at + place)));
        }
        alike
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_edits_differ_in_few_letters() {
        let differ = |a: &str, b: &str| (signature(a) ^ signature(b)).count_ones();
        assert_eq!(differ("hemin", "hemn"), 1);
        assert_eq!(differ("hemin", "hemni"), 0);
        assert_eq!(differ("hemin", "hemen"), 1);
        assert!(differ("hemin", "walker") > 4);
    }
}
