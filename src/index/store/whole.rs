//! Whole descriptors by hash: which versions have exactly this text as long or short descriptor.

use super::bytes::word;
use super::tables::{Section, Store};
use crate::index::schema::Field;

/// The normalized characters for comparing descriptors: letters in lower case, digits, and the
/// signs that reverse a meaning; anything else is a blank.
fn characters(text: &str) -> impl Iterator<Item = char> {
    let is_kept = |char: char| char.is_alphanumeric() || "<>=+%&≤≥#\"'".contains(char);
    let mut blank = true;
    let mut chars = text.chars().flat_map(char::to_lowercase).peekable();
    std::iter::from_fn(move || {
        loop {
            let char = chars.next()?;
            let stop = char == '.' && !blank && chars.peek().is_some_and(char::is_ascii_digit);
            if is_kept(char) || stop {
                blank = false;
                return Some(char);
            }
            if !std::mem::replace(&mut blank, true) && chars.peek().is_some() {
                return Some(' ');
            }
        }
    })
}

/// A descriptor in normalized characters.
fn normal(text: &str) -> String {
    let mut normal: String = characters(text).collect();
    normal.truncate(normal.trim_end().len());
    normal
}

/// The key of a descriptor in the section: FNV-1a, implemented here because stored tables depend on
/// it.
pub(crate) fn key(text: &str) -> u32 {
    normal(text).bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The section: keys with their versions, sorted.
pub(super) fn write(mut keys: Vec<(u32, u32)>) -> Vec<u8> {
    keys.sort_unstable();
    keys.dedup();
    let (keys, docs): (Vec<u32>, Vec<u32>) = keys.into_iter().unzip();
    keys.into_iter()
        .chain(docs)
        .flat_map(u32::to_le_bytes)
        .collect()
}

impl Store {
    /// The versions whose whole long or short descriptor is this text.
    pub(crate) fn with_descriptor(&self, text: &str) -> Vec<u32> {
        let (numbers, _) = self.section(Section::Wholes).as_chunks::<4>();
        let (keys, docs) = numbers.split_at(numbers.len() / 2);
        let key = key(text);
        let number = |four: &[u8; 4]| word(self.read(four), 0);
        let first = keys.partition_point(|other| number(other) < key);
        let same = keys[first..].iter();
        let same = same.take_while(|other| number(other) == key).count();
        let text = normal(text);
        if same == 0 || text.is_empty() {
            return Vec::new();
        }
        let docs = docs[first..first + same].iter().map(number);
        let is = |doc: &u32| {
            [Field::LongDescriptor, Field::ShortDescriptor]
                .iter()
                .any(|field| normal(self.text(*doc, *field)) == text)
        };
        docs.filter(is).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptors_are_compared_by_what_they_say() {
        assert_eq!(
            normal("Injection,  hemin, 0.1 MG."),
            "injection hemin 0.1 mg"
        );
        assert_eq!(key("HEMIN, 1 mg"), key("hemin 1 mg"));
        assert_ne!(normal("bp < 140"), normal("bp >= 140"));
        assert_ne!(normal("Amniocore pro+"), normal("Amniocore pro"));
        assert_eq!(normal("()"), "");
    }
}
