//! Whole descriptors by hash: which versions have exactly this text as long or short descriptor.

use super::bytes::word;
use super::tables::{Section, Store};
use crate::index::schema::Field;

/// The ASCII characters that are compared: a table, because building an index asks for each
/// character of all descriptors.
const KEPT: [bool; 128] = {
    let signs = b"<>=+%&#\"'";
    let mut kept = [false; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        kept[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut sign = 0;
    while sign < signs.len() {
        kept[signs[sign] as usize] = true;
        sign += 1;
    }
    kept
};

/// Passes on the normalized characters of a descriptor, for comparing: letters in lower case,
/// digits, and the signs that reverse a meaning; whatever else is between them is one blank.
fn normalize(text: &str, mut take: impl FnMut(char)) {
    let is_kept = |char: char| match u8::try_from(char) {
        Ok(byte) if byte.is_ascii() => KEPT[usize::from(byte)],
        _ => char.is_alphanumeric() || matches!(char, '≤' | '≥'),
    };
    let lower = text.to_lowercase();
    let mut chars = lower.chars();
    let (mut is_first, mut is_apart) = (true, true);
    while let Some(char) = chars.next() {
        let is_decimal = || {
            chars
                .as_str()
                .starts_with(|next: char| next.is_ascii_digit())
        };
        if !is_kept(char) && (is_apart || char != '.' || !is_decimal()) {
            is_apart = true;
            continue;
        }
        if is_apart && !is_first {
            take(' ');
        }
        take(char);
        (is_first, is_apart) = (false, false);
    }
}

/// A descriptor in normalized characters.
fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    normalize(text, |char| normal.push(char));
    normal
}

/// The key of a descriptor in the section: FNV-1a, implemented here because stored tables depend on
/// it.
pub(crate) fn key(text: &str) -> u32 {
    let mut hash = 0x811c_9dc5;
    normalize(text, |char| {
        let mut add = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        match u8::try_from(char) {
            Ok(byte) if byte.is_ascii() => add(byte),
            _ => char.encode_utf8(&mut [0; 4]).bytes().for_each(add),
        }
    });
    hash
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
        let (text, key) = (normal(text), key(text));
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
