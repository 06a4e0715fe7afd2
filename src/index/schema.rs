//! The fields, with their names and weights; nothing else in the crate defines them.

use serde::Serialize;
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// A text of a code, with its weight in the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The long descriptor; a modifier's text.
    LongDescriptor,
    /// The short descriptor.
    ShortDescriptor,
    /// The code itself.
    Code,
    /// The processing note that the record cites.
    ProcessingNote,
    /// What the coded values mean: coverage, BETOS, pricing, type of service, section.
    Meaning,
    /// Name of a drug product.
    DrugName,
    /// Who makes or sells a drug product.
    Labeler,
    /// The NDC of a drug product's package, eleven digits.
    Ndc,
    /// A clinical note.
    ClinicalNote,
    /// Category, subcategory and family of the Restructured BETOS Classification System.
    Rbcs,
}

/// The fields, each with its name in words and the weight of a word in it.
const FIELDS: [(Field, &str, u32); 10] = [
    (Field::LongDescriptor, "long descriptor", 3),
    (Field::ShortDescriptor, "short descriptor", 2),
    (Field::Code, "code", 6),
    (Field::ProcessingNote, "processing note", 1),
    (Field::Meaning, "coded values", 1),
    (Field::DrugName, "drug name", 5),
    (Field::Labeler, "labeler", 1),
    (Field::Ndc, "NDC", 6),
    (Field::ClinicalNote, "clinical note", 1),
    (Field::Rbcs, "RBCS", 1),
];

impl Field {
    /// The field in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        FIELDS[self as usize].1
    }

    /// The weight of a word in the field; weights of several fields add up.
    pub(crate) const fn weight(self) -> u32 {
        FIELDS[self as usize].2
    }

    /// Whether the field comes from an annotation and not from the release.
    #[must_use]
    pub fn is_annotation(self) -> bool {
        self >= Self::DrugName
    }

    /// Whether an aside in it weighs little: it says what the code is for, and is no note.
    pub(crate) fn has_asides(self) -> bool {
        matches!(
            self,
            Self::LongDescriptor | Self::ShortDescriptor | Self::DrugName
        )
    }

    pub(crate) fn number(self) -> u8 {
        self as u8
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        FIELDS.get(usize::from(number)).map(|(field, ..)| *field)
    }
}

/// The engine's two fields: terms of the release, terms of the annotations.
pub(crate) const RELEASE: &str = "release";
/// See [`RELEASE`].
pub(crate) const ANNOTATION: &str = "annotation";

/// The engine's schema: for each term the documents that have it, and nothing else. The fields of a
/// document in which the term occurs are one byte for each posting in a table of our own, see
/// [`FieldSet`](super::field_set::FieldSet), so that a question reads one list for each term.
pub(crate) fn schema() -> Schema {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let options = TextOptions::default().set_indexing_options(indexing);
    builder.add_text_field(RELEASE, options.clone());
    builder.add_text_field(ANNOTATION, options);
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_fields_are_their_places() {
        for (at, (field, ..)) in FIELDS.iter().enumerate() {
            assert_eq!(usize::from(field.number()), at);
            assert_eq!(Field::from_number(field.number()), Some(*field));
        }
    }
}
