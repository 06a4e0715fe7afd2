//! The fields of two records that differ, with both values as text.

use serde::Serialize;

use super::content::{is_same, is_same_text, number};
use super::words::{Run, marks};
use crate::codeset::{ProcessingNote, Record};

/// A field that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// Its name, as in [`Record`].
    pub field: &'static str,
    /// The old value as text, several joined with blanks; empty if there was none.
    pub old: String,
    /// The new value.
    pub new: String,
    /// For descriptors, which words differ; else empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Run>,
}

/// Which lists came with both of two releases.
#[derive(Clone, Copy, Debug)]
pub(super) struct BothHave {
    pub(super) processing_notes: bool,
    pub(super) noc_list: bool,
}

/// A field's name and its value as text.
type Named = (&'static str, fn(&Record) -> String);

/// The text fields, which are compared word by word.
static TEXTS: [Named; 2] = [
    ("long_descriptor", |own| own.long_descriptor.clone()),
    ("short_descriptor", |own| own.short_descriptor.clone()),
];

/// The other fields that describe the code, in the order of the record.
#[rustfmt::skip]
static VALUES: [Named; 21] = [
    ("record_identification", |own| own.record_identification.to_string()),
    ("pricing", |own| join(&own.pricing)),
    ("multiple_pricing", |own| join(&own.multiple_pricing)),
    ("coverage_issues_manual", |own| join(&own.coverage_issues_manual)),
    ("carriers_manual", |own| join(&own.carriers_manual)),
    ("statute", |own| join(&own.statute)),
    ("laboratory_certification", |own| join(&own.laboratory_certification)),
    ("cross_references", |own| join(&own.cross_references)),
    ("coverage", |own| join(&own.coverage)),
    ("asc_group", |own| join(&own.asc_group)),
    ("asc_date", |own| join(&own.asc_date)),
    ("mog_group", |own| join(&own.mog_group)),
    ("mog_policy", |own| join(&own.mog_policy)),
    ("mog_date", |own| join(&own.mog_date)),
    ("processing_note", |own| number(own.processing_note.as_ref()).unwrap_or_default().to_owned()),
    ("betos", |own| join(&own.betos)),
    ("type_of_service", |own| join(&own.type_of_service)),
    ("anesthesia_base_units", |own| join(&own.anesthesia_base_units)),
    ("added", |own| join(&own.added)),
    ("terminated", |own| join(&own.terminated)),
    ("unread", |own| join(&own.unread)),
];

/// With fewer records a blank field may be the truth of each code.
const ENOUGH: usize = 50;

/// The fields of which only one of two releases has values, as the other's file has no such column.
/// A termination date, and what could not be read, may be lacking everywhere.
pub(super) fn of_one_side(old: &[Record], new: &[Record]) -> Vec<&'static str> {
    if old.len().min(new.len()) < ENOUGH {
        return Vec::new();
    }
    let has = |records: &[Record], value: fn(&Record) -> String| {
        records.iter().any(|own| !value(own).is_empty())
    };
    let may_lack = |field: &str| !matches!(field, "terminated" | "unread");
    let of_columns = VALUES.iter().filter(|(field, _)| may_lack(field));
    let of_one = of_columns.filter(|(_, value)| has(old, *value) != has(new, *value));
    of_one.map(|(field, _)| *field).collect()
}

/// The fields of two records of a code that differ.
pub(super) fn field_changes(old: &Record, new: &Record, both_have: BothHave) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    if !is_same(old, new) {
        for (field, value) in TEXTS {
            let (old, new) = (value(old), value(new));
            if !is_same_text(&old, &new) {
                changes.push(FieldChange::of_text(field, old, new));
            }
        }
        for (field, value) in VALUES {
            let (old, new) = (value(old), value(new));
            if old != new {
                changes.push(FieldChange::of_value(field, old, new));
            }
        }
    }
    changes.extend(note_text_change(old, new).filter(|_| both_have.processing_notes));
    let flag = |own: &Record| own.not_otherwise_classified == Some(true);
    let flag = |own: &Record| flag(own).to_string();
    if both_have.noc_list && flag(old) != flag(new) {
        let field = "not_otherwise_classified";
        changes.push(FieldChange::of_value(field, flag(old), flag(new)));
    }
    changes
}

/// The change of a processing note's text under the same number.
fn note_text_change(old: &Record, new: &Record) -> Option<FieldChange> {
    let (old, new) = (old.processing_note.as_ref()?, new.processing_note.as_ref()?);
    let text = |note: &ProcessingNote| note.text.clone().unwrap_or_default();
    let is_other = old.number == new.number && !is_same_text(&text(old), &text(new));
    is_other.then(|| FieldChange::of_text("processing_note_text", text(old), text(new)))
}

impl FieldChange {
    fn of_value(field: &'static str, old: String, new: String) -> Self {
        Self {
            field,
            old,
            new,
            words: Vec::new(),
        }
    }

    fn of_text(field: &'static str, old: String, new: String) -> Self {
        Self {
            words: marks(&old, &new),
            ..Self::of_value(field, old, new)
        }
    }
}

/// The values of a field, separated by blanks.
fn join<'a, T: ToString + 'a>(values: impl IntoIterator<Item = &'a T>) -> String {
    let values: Vec<String> = values.into_iter().map(T::to_string).collect();
    values.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: BothHave = BothHave {
        processing_notes: true,
        noc_list: true,
    };

    fn note(number: &str, text: &str) -> ProcessingNote {
        ProcessingNote {
            number: number.into(),
            text: Some(text.into()),
        }
    }

    fn lines_of(old: &Record, new: &Record, both_have: BothHave) -> Vec<String> {
        let line = |own: &FieldChange| format!("{}: {} > {}", own.field, own.old, own.new);
        field_changes(old, new, both_have)
            .iter()
            .map(line)
            .collect()
    }

    #[test]
    fn every_field_that_is_of_the_code_is_compared() {
        let old = Record::new("J1640".parse().unwrap());
        let json = serde_json::to_value(&old).unwrap();
        let compared = TEXTS.iter().chain(&VALUES).map(|(field, _)| *field);
        let of_release = ["code", "sequence_number", "action_effective", "action"];
        let mut named: Vec<&str> = compared.chain(of_release).collect();
        named.push("not_otherwise_classified");
        named.sort_unstable();
        let mut fields: Vec<&String> = json.as_object().unwrap().keys().collect();
        fields.sort_unstable();
        assert_eq!(named, fields);
    }

    #[test]
    fn values_as_text() {
        let mut old = Record::new("J1640".parse().unwrap());
        let mut new = old.clone();
        new.pricing = vec!["51".parse().unwrap(), "53".parse().unwrap()];
        new.long_descriptor = "Injection,  hemin".into();
        old.long_descriptor = "Injection, hemin".into();
        new.terminated = Some("20261231".parse().unwrap());
        new.action = Some("D".parse().unwrap());
        let expected = ["pricing:  > 51 53", "terminated:  > 2026-12-31"];
        assert_eq!(lines_of(&old, &new, BOTH), expected);
    }

    #[test]
    fn what_one_release_does_not_say_is_no_change() {
        let mut old = Record::new("J1640".parse().unwrap());
        let mut new = old.clone();
        new.not_otherwise_classified = Some(true);
        old.processing_note = Some(note("0067", "a"));
        new.processing_note = Some(note("0067", "b"));
        let none = BothHave {
            processing_notes: false,
            noc_list: false,
        };
        assert_eq!(lines_of(&old, &new, none), [""; 0]);
        let expected = [
            "processing_note_text: a > b",
            "not_otherwise_classified: false > true",
        ];
        assert_eq!(lines_of(&old, &new, BOTH), expected);
    }
}
