//! The texts of a version of a code that are searched.

use std::borrow::Cow;

use crate::history::Version;

use crate::index::schema::Field;

/// A text of an annotation for a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The field of the text.
    pub(crate) field: Field,
    /// The text as shown.
    pub(crate) text: String,
    /// Number of its source in the manifest.
    pub(crate) source: u16,
}

/// A version's texts: field, number of the text, number of the source.
pub(crate) type DocTexts = Vec<(Field, u32, u16)>;

/// A text of a document.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) field: Field,
    pub(crate) content: Cow<'a, str>,
    pub(crate) source: u16,
}

/// The searched texts of a version: the long descriptor first, the short one second.
pub(crate) fn texts<'a>(version: &'a Version, said: &'a [Said]) -> Vec<Text<'a>> {
    let record = &version.record;
    let mut texts = Vec::with_capacity(10 + said.len());
    let mut add = |field, content: Cow<'a, str>, source| {
        texts.push(Text {
            field,
            content,
            source,
        });
    };
    add(
        Field::LongDescriptor,
        Cow::Borrowed(&record.long_descriptor),
        0,
    );
    add(
        Field::ShortDescriptor,
        Cow::Borrowed(&record.short_descriptor),
        0,
    );
    add(Field::Code, Cow::Owned(record.code.to_string()), 0);
    let note = record
        .processing_note
        .as_ref()
        .and_then(|note| note.text.as_deref());
    if let Some(note) = note {
        add(Field::ProcessingNote, Cow::Borrowed(note), 0);
    }
    let meanings = [
        record.code.section().and_then(|value| value.meaning()),
        record.coverage.and_then(|value| value.meaning()),
        record.betos.and_then(|value| value.meaning()),
    ];
    let meanings = meanings
        .into_iter()
        .chain(
            record
                .pricing
                .iter()
                .map(crate::codeset::PricingIndicator::meaning),
        )
        .chain(
            record
                .type_of_service
                .iter()
                .map(crate::codeset::TypeOfService::meaning),
        )
        .flatten();
    for meaning in meanings {
        add(Field::Meaning, Cow::Borrowed(meaning), 0);
    }
    for said in said {
        add(said.field, Cow::Borrowed(&said.text), said.source);
    }
    texts
}
