//! Terms that a correction may lead to, by length, each with the letters that it is made of.

use super::{Section, Store, TermData, u32_at};

/// Lengths that are told apart; what is longer is never corrected to.
const LENGTHS: usize = 48;
/// The least letters of a term that a correction may lead to.
const SHORTEST: usize = 3;

/// A bit for each letter of a term: what differs in few edits differs in few bits.
pub(crate) fn signature(term: &str) -> u32 {
    term.bytes().fold(0, |bits, byte| {
        bits | if byte.is_ascii_lowercase() {
            1 << (byte - b'a')
        } else {
            1 << 31
        }
    })
}

/// The section: where each length begins, then letters and number of each term.
pub(super) fn write(terms: &[TermData<'_>]) -> Vec<u8> {
    let mut by_length: Vec<Vec<[u32; 2]>> = vec![Vec::new(); LENGTHS];
    for (data, ord) in terms.iter().zip(0u32..) {
        let term = data.term;
        let letters = term.len();
        let plain = term.bytes().all(|byte| byte.is_ascii_lowercase());
        if plain && (SHORTEST..LENGTHS).contains(&letters) {
            by_length[letters].push([signature(term), ord]);
        }
    }
    let mut start = 0u32;
    let mut out = Vec::new();
    for entries in &by_length {
        out.extend(start.to_le_bytes());
        start += u32::try_from(entries.len()).unwrap_or(u32::MAX);
    }
    out.extend(start.to_le_bytes());
    out.extend(
        by_length
            .iter()
            .flatten()
            .flatten()
            .flat_map(|number| number.to_le_bytes()),
    );
    out
}

impl Store {
    /// Numbers of the terms of some lengths whose letters differ in at most `bits` from these.
    pub(crate) fn alike_in_letters(
        &self,
        lengths: std::ops::RangeInclusive<usize>,
        letters: u32,
        bits: u32,
    ) -> impl Iterator<Item = u32> {
        let shapes = self.section(Section::Shapes);
        let start = |length: usize| u32_at(shapes, length.min(LENGTHS)).unwrap_or(0) as usize;
        let (first, last) = (start(*lengths.start()), start(lengths.end() + 1));
        let entries = (LENGTHS + 1) * 4;
        let bytes = shapes
            .get(entries + first * 8..entries + last * 8)
            .unwrap_or_default();
        bytes.chunks_exact(8).filter_map(move |entry| {
            let own = u32_at(entry, 0)?;
            ((own ^ letters).count_ones() <= bits)
                .then(|| u32_at(entry, 1))
                .flatten()
        })
    }
}
