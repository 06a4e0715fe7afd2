//! Finds a row by its text: an open-addressing hash table with four bytes for each slot.

use super::bytes::u32_at;
use crate::index::generation::blocks::{Blocks, checked};

/// The slots for rows with these texts; of equal texts the first row is found.
pub(super) fn write<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> Vec<u8> {
    let slots = (texts.len() * 2).next_power_of_two().max(2);
    let mut table: Vec<(u32, &str)> = vec![(0, ""); slots];
    for (at, text) in texts.enumerate() {
        let mut slot = hash(&[text]) as usize & (slots - 1);
        while table[slot].0 != 0 && table[slot].1 != text {
            slot = (slot + 1) & (slots - 1);
        }
        if table[slot].0 == 0 {
            table[slot] = (u32::try_from(at + 1).unwrap_or(u32::MAX), text);
        }
    }
    table
        .iter()
        .flat_map(|(row, _)| row.to_le_bytes())
        .collect()
}

/// The row of some words with one blank between them; `is` confirms a candidate.
pub(super) fn find(
    slots: &[u8],
    blocks: Option<&Blocks>,
    words: &[&str],
    is: impl Fn(u32) -> bool,
) -> Option<u32> {
    let count = slots.len() / 4;
    let mut slot = hash(words) as usize & count.checked_sub(1)?;
    for _ in 0..count {
        let own = checked(blocks, slots.get(slot * 4..slot * 4 + 4)?);
        let row = u32_at(own, 0)?.checked_sub(1)?;
        if is(row) {
            return Some(row);
        }
        slot = (slot + 1) & (count - 1);
    }
    None
}

const SEED: u32 = 0x811c_9dc5;

/// FNV-1a of some words with one blank between them, implemented here because stored tables depend
/// on it.
fn hash(words: &[&str]) -> u32 {
    let add = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let Some((first, others)) = words.split_first() else {
        return SEED;
    };
    let first = first.bytes().fold(SEED, add);
    others
        .iter()
        .fold(first, |hash, word| word.bytes().fold(add(hash, b' '), add))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_their_text() {
        let texts = ["a", "b", "b", "hemin", "b hemin"];
        let slots = write(texts.into_iter());
        let row = |words: &[&str]| {
            let text = words.join(" ");
            find(&slots, None, words, |row| texts[row as usize] == text)
        };
        for (at, text) in [
            (Some(0), "a"),
            (Some(1), "b"),
            (Some(3), "hemin"),
            (None, "c"),
        ] {
            assert_eq!(row(&[text]), at, "{text}");
        }
        assert_eq!(row(&["b", "hemin"]), Some(4));
        assert_eq!(row(&["b hemin"]), Some(4));
        assert_eq!(row(&["bhemin"]), None);
        assert_eq!(find(&[], None, &["a"], |_| true), None);
    }
}
