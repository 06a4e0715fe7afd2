//! The kinds of parameters: texts, flags, numbers, days.

/// What the value of a parameter is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Flag,
    Number,
    Day,
}

/// The parameters with a single value that operations read. What cannot be read as its kind is
/// refused, also by an operation that has no use for it.
pub(super) const KINDS: [(&str, Kind); 17] = [
    ("activeOnly", Kind::Flag),
    ("code", Kind::Text),
    ("count", Kind::Number),
    ("date", Kind::Day),
    ("display", Kind::Text),
    ("displayLanguage", Kind::Text),
    ("filter", Kind::Text),
    ("fuzzy", Kind::Flag),
    ("includeDesignations", Kind::Flag),
    ("inferSystem", Kind::Flag),
    ("offset", Kind::Number),
    ("property", Kind::Text),
    ("system", Kind::Text),
    ("systemVersion", Kind::Text),
    ("url", Kind::Text),
    ("valueSetVersion", Kind::Text),
    ("version", Kind::Text),
];

/// The kind of a parameter; one that no operation reads is a text.
pub(super) fn kind_of(name: &str) -> Kind {
    let own = KINDS.iter().find(|(other, _)| *other == name);
    own.map_or(Kind::Text, |(_, kind)| *kind)
}
