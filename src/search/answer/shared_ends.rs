//! The words at the beginning and the end that two descriptors share.

use super::whole_word::is_open;

/// Two texts without the words at their beginning and end that are the same byte by byte.
pub(super) fn between<'t>(text: &'t str, other: &'t str) -> (&'t str, &'t str) {
    let same = same_at_start(text.as_bytes(), other.as_bytes());
    let mut start = last_word(&text.as_bytes()[..same]);
    // A negation belongs to the word after it.
    while is_open(&text[..start]) {
        start = last_word(text[..start].trim_end().as_bytes());
    }
    let (text, other) = (&text[start..], &other[start..]);
    let mut same = same_at_end(text.as_bytes(), other.as_bytes());
    loop {
        let end = &text.as_bytes()[text.len() - same..];
        let Some(blank) = end.iter().position(|byte| *byte == b' ') else {
            return (text, other);
        };
        let rest = same - blank;
        let cut = (&text[..text.len() - rest], &other[..other.len() - rest]);
        if !is_open(cut.0) && !is_open(cut.1) {
            return cut;
        }
        same = rest - 1;
    }
}

/// How many bytes are compared at a time.
const AT_A_TIME: usize = 16;

/// How many bytes two texts share at their beginning.
fn same_at_start(text: &[u8], other: &[u8]) -> usize {
    let chunks = |text| <[u8]>::as_chunks::<AT_A_TIME>(text).0.iter();
    let same = chunks(text).zip(chunks(other)).take_while(|(a, b)| a == b);
    let same = same.count() * AT_A_TIME;
    let rest = text[same..].iter().zip(&other[same..]);
    same + rest.take_while(|(a, b)| a == b).count()
}

/// How many bytes two texts share at their end.
fn same_at_end(text: &[u8], other: &[u8]) -> usize {
    let chunks = |text| <[u8]>::as_rchunks::<AT_A_TIME>(text).1.iter().rev();
    let same = chunks(text).zip(chunks(other)).take_while(|(a, b)| a == b);
    let same = same.count() * AT_A_TIME;
    let (text, other) = (&text[..text.len() - same], &other[..other.len() - same]);
    let rest = text.iter().rev().zip(other.iter().rev());
    same + rest.take_while(|(a, b)| a == b).count()
}

/// The start of the last word of a text, whole or not.
fn last_word(text: &[u8]) -> usize {
    let blank = text.iter().rposition(|byte| *byte == b' ');
    blank.map_or(0, |blank| blank + 1)
}
