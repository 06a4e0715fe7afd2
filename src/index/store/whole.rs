//! Whole descriptors by hash: which versions have exactly this text as long or short descriptor.

use super::bytes::word;
use super::tables::{Section, Store};
use crate::index::schema::Field;

/// The normalized characters for comparing descriptors, of a text in lower case: letters, digits,
/// and the signs that reverse a meaning; anything else is a blank.
fn characters(lower: &str) -> impl Iterator<Item = char> {
    let is_kept = |char: char| {
        let is_sign = matches!(
            char,
            '<' | '>' | '=' | '+' | '%' | '&' | '≤' | '≥' | '#' | '"' | '\''
        );
        is_sign || char.is_alphanumeric()
    };
    let mut blank = true;
    let mut chars = lower.chars().peekable();
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
    let lower = text.to_lowercase();
    let mut normal = String::with_capacity(lower.len());
    normal.extend(characters(&lower));
    normal.truncate(normal.trim_end().len());
    normal
}

/// The key of a descriptor in the section: FNV-1a, implemented here because stored tables depend on
/// it.
pub(crate) fn key(text: &str) -> u32 {
    key_of(&normal(text))
}

fn key_of(normal: &str) -> u32 {
    normal.bytes().fold(0x811c_9dc5, |hash, byte| {
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
        let text = normal(text);
        let key = key_of(&text);
        let number = |four: &[u8; 4]| word(self.read(four), 0);
        let first = keys.partition_point(|other| number(other) < key);
        let same = keys[first..].iter();
        let same = same.take_while(|other| number(other) == key).count();
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
