//! Finds a row by its text: an open-addressing hash table with four bytes for each slot.

use super::bytes::u32_at;
use crate::index::generation::blocks::{Blocks, checked};

/// The slots for rows with these texts; of equal texts the first row is found.
pub(super) fn write<'t>(texts: impl ExactSizeIterator<Item = &'t str>) -> Vec<u8> {
    let slots = (texts.len() * 2).next_power_of_two().max(2);
    let mut table: Vec<(u32, &str)> = vec![(0, ""); slots];
    for (at, text) in texts.enumerate() {
        let mut slot = hash(text) as usize & (slots - 1);
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

/// The row of a text; `is` confirms a candidate.
pub(super) fn find(
    slots: &[u8],
    blocks: Option<&Blocks>,
    text: &str,
    is: impl Fn(u32) -> bool,
) -> Option<u32> {
    let count = slots.len() / 4;
    let mut slot = hash(text) as usize & count.checked_sub(1)?;
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

/// FNV-1a, implemented here because stored tables depend on it.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_their_text() {
        let texts = ["a", "b", "b", "hemin"];
        let slots = write(texts.into_iter());
        let row = |text: &str| find(&slots, None, text, |row| texts[row as usize] == text);
        assert_eq!(
            (row("a"), row("b"), row("hemin"), row("c")),
            (Some(0), Some(1), Some(3), None)
        );
        assert_eq!(find(&[], None, "a", |_| true), None);
    }
}
