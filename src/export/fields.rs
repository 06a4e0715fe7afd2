//! The fields of a document and their content, as one table from which every engine's types follow.

use Holds::{Day, Flag, Number, Text, Texts, Word, Words};

/// The content of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A value that is compared whole.
    Word,
    /// Several such values.
    Words,
    /// A text whose words are searched.
    Text,
    /// Several such texts.
    Texts,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// True or false.
    Flag,
    /// A number that is not negative.
    Number,
}

/// Every field of a document, in order. The release's fields have the names in `Record`.
#[rustfmt::skip]
pub(crate) const FIELDS: &[(&str, Holds)] = &[
    ("id", Word),                       // the code; with versions of all days, its release too
    ("code", Word),
    ("kind", Word),
    ("section", Word),
    ("long_descriptor", Text),
    ("short_descriptor", Text),
    ("as_of", Day),                     // the day of the status
    ("status", Word),
    ("unclear", Text),                  // why it may not have been valid on that day
    ("notices", Texts),                 // how old and how complete the releases of that day are
    ("reissued", Flag),                 // whether the code meant something else at another time
    ("added", Day),
    ("terminated", Day),
    ("action", Word),
    ("action_effective", Day),
    ("coverage", Word),
    ("coverage_meaning", Word),
    ("betos", Word),
    ("betos_tree", Words),              // O, O1, O1E
    ("betos_meaning", Word),
    ("pricing", Words),
    ("multiple_pricing", Word),
    ("type_of_service", Words),
    ("asc_group", Word),
    ("asc_date", Day),
    ("statute", Word),
    ("coverage_issues_manual", Words),
    ("carriers_manual", Words),
    ("laboratory_certification", Words),
    ("cross_references", Words),
    ("processing_note", Word),
    ("processing_note_text", Text),
    ("anesthesia_base_units", Number),
    ("not_otherwise_classified", Flag),
    ("brands", Texts),
    ("labelers", Texts),
    ("ndcs", Words),
    ("rbcs", Word),
    ("rbcs_tree", Words),
    ("notes", Texts),
    ("holds_from", Day),                // since when the releases say so
    ("holds_to", Day),
    ("release", Word),
    ("release_hash", Word),
    ("sources", Words),                 // of the annotations
];

/// The fields that are searched by default, the most relevant first.
pub(crate) const SEARCHED: &[&str] = &[
    "code",
    "long_descriptor",
    "short_descriptor",
    "brands",
    "labelers",
    "notes",
];

/// The content of a field.
pub(crate) fn holds(name: &str) -> Option<Holds> {
    let field = FIELDS.iter().find(|(own, _)| *own == name);
    field.map(|(_, holds)| *holds)
}
