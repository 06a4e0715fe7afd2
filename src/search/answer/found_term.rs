//! `FoundTerm`: a term of the question in a text of a document, and the reason that it gives.

use crate::index::Field;
use crate::index::IndexedSource;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::build::annotated::SECTION_END;
use crate::index::store::text::{DocText, TextToken};

use super::reason::Reason;
use super::snippet::snippet;
use crate::search::plan::plan::Alternative;

/// A match in a text: its field, and the half-open byte range `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) field: Field,
    pub(crate) start: u16,
    pub(crate) end: u16,
}

/// A term of the question in a text of a document.
pub(super) struct FoundTerm<'s> {
    /// The number of the alternative that has it.
    pub(super) sought: usize,
    pub(super) text: DocText<'s>,
    pub(super) token: TextToken,
}

impl FoundTerm<'_> {
    pub(super) fn place(&self) -> Place {
        Place {
            field: self.text.field,
            start: self.token.start,
            end: self
                .token
                .start
                .saturating_add(u16::from(self.token.length)),
        }
    }

    /// Where what was found begins. A word that the text excludes is named with the word that
    /// excludes it: `excludes biosimilar`.
    fn named_from(&self) -> usize {
        let start = usize::from(self.token.start);
        let is_excluded = self.token.flags.said().has(Qualifiers::EXCLUDED);
        if !(is_excluded && self.text.field.has_asides()) {
            return start;
        }
        let before = self.text.piece(0..start).to_ascii_lowercase();
        let word = before.rfind("exclud").or_else(|| before.rfind("except"));
        word.unwrap_or(start)
    }

    /// The reason that it gives.
    pub(super) fn reason(
        &self,
        asked: &str,
        alternative: &Alternative<'_>,
        sources: &[IndexedSource],
    ) -> Reason {
        let place = self.place();
        let found = self.named_from()..usize::from(place.end);
        let (through, snippet) = match self.text.field {
            Field::DrugName | Field::Labeler => (self.text.text(), String::new()),
            Field::ClinicalNote => match self.text.text().split_once(SECTION_END) {
                Some((section, _)) => {
                    let snippet =
                        snippet(self.text.text(), section.len() + 1, place.start..place.end);
                    (section, snippet)
                }
                None => (alternative.meant, self.text.text().to_owned()),
            },
            _ => (alternative.meant, String::new()),
        };
        let annotated = self.text.field.is_annotation();
        let source = sources
            .get(usize::from(self.text.source))
            .filter(|_| annotated);
        Reason {
            asked: asked.into(),
            found: self.text.piece(found).into(),
            field: self.text.field,
            via: alternative.via,
            through: through.to_owned(),
            snippet,
            source: source.map(IndexedSource::label),
        }
    }
}
