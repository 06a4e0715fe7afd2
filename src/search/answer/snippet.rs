//! A snippet of a clinical note: the words around a match.

use std::ops::Range;

/// How many bytes of a note are shown before and after a match.
const AROUND: usize = 70;

/// The words around a match, from byte `start` of the text on; cut between words.
pub(crate) fn snippet(text: &str, start: usize, place: Range<u16>) -> String {
    let from = usize::from(place.start).saturating_sub(AROUND).max(start);
    let to = usize::from(place.end)
        .saturating_add(AROUND)
        .min(text.len());
    let (from, to) = (
        text.floor_char_boundary(from).max(start),
        text.ceil_char_boundary(to),
    );
    let window = text.get(from..to).unwrap_or_default();
    let cut_before = from > start;
    let cut_behind = to < text.len();
    let inner = match window.find(' ').filter(|_| cut_before) {
        Some(blank) => &window[blank + 1..],
        None => window,
    };
    let inner = match inner.rfind(' ').filter(|_| cut_behind) {
        Some(blank) => &inner[..blank],
        None => inner,
    };
    let mark = |cut: bool| if cut { "…" } else { "" };
    format!("{}{}{}", mark(cut_before), inner.trim(), mark(cut_behind))
}
