//! Annotations prepared for the index: texts by code, taxonomy, synonyms, sources.

use std::collections::{HashMap, HashSet};

use crate::annotation::{Annotations, ClinicalNote, DrugProduct, RbcsAssignment, Source};
use crate::codeset::Code;

use super::document::Said;
use crate::index::generation::indexed_source::IndexedSource;
use crate::index::schema::Field;

/// The longest text in one piece, in bytes: a paragraph of a note.
const LONGEST_TEXT: usize = 30_000;
/// Separates the title of a section from the text of one of its paragraphs.
pub(crate) const SECTION_END: char = '\u{1f}';
/// The most unknown codes that the manifest lists for a source.
const MOST_UNKNOWN: usize = 1_000;

/// The content of annotations, by code.
#[derive(Debug, Default)]
pub(crate) struct Annotated {
    /// Texts of a code.
    pub(crate) said: HashMap<Code, Vec<Said>>,
    /// The current RBCS identifier of a code.
    pub(crate) rbcs: HashMap<Code, [u8; 6]>,
    /// The searched words and what they mean.
    pub(crate) synonyms: Vec<(String, String)>,
    /// The sources.
    pub(crate) sources: Vec<IndexedSource>,
}

impl Annotated {
    /// Takes annotations; `known` are the codes that a release has.
    pub(crate) fn new(annotations: &[Annotations], known: &HashSet<Code>) -> Self {
        let mut annotated = Self::default();
        for annotation in annotations {
            let source = u16::try_from(annotated.sources.len()).unwrap_or(u16::MAX);
            match annotation {
                Annotations::Notes(_, notes) => annotated.notes(notes, source),
                Annotations::DrugProducts(_, products) => annotated.products(products, source),
                Annotations::Rbcs(_, assignments) => annotated.taxonomy(assignments, source),
                Annotations::RecordPage(..) => {}
                Annotations::Synonyms(_, list) => {
                    for synonym in &list.synonyms {
                        let (asked, meant) = (&synonym.asked, &synonym.meant);
                        annotated.synonyms.push((asked.clone(), meant.clone()));
                        if synonym.both_ways {
                            annotated.synonyms.push((meant.clone(), asked.clone()));
                        }
                    }
                }
            }
            let codes = annotation.codes();
            let unknown = codes.iter().filter(|code| !known.contains(code));
            let unknown = unknown
                .take(MOST_UNKNOWN)
                .map(ToString::to_string)
                .collect();
            annotated
                .sources
                .push(indexed(annotation.source(), unknown));
        }
        annotated
    }

    fn say(&mut self, code: Code, field: Field, text: &str, source: u16) {
        let text = text.trim();
        let said = self.said.entry(code).or_default();
        let is_new = !said
            .iter()
            .any(|known| known.field == field && known.text == text);
        if is_new && !text.is_empty() {
            said.push(Said {
                field,
                text: text.to_owned(),
                source,
            });
        }
    }

    fn notes(&mut self, notes: &[ClinicalNote], source: u16) {
        for note in notes {
            for code in &note.codes {
                self.say(*code, Field::ClinicalNote, &note.title, source);
                let own = note
                    .sections
                    .iter()
                    .filter(|section| !is_about_others(&section.title));
                for section in own {
                    let paragraphs = section.text.lines().flat_map(pieces);
                    for paragraph in paragraphs.filter(|paragraph| !paragraph.trim().is_empty()) {
                        let text = format!("{}{SECTION_END}{}", section.title, paragraph.trim());
                        self.say(*code, Field::ClinicalNote, &text, source);
                    }
                }
            }
        }
    }

    fn products(&mut self, products: &[DrugProduct], source: u16) {
        for product in products {
            self.say(product.code, Field::DrugName, &product.brand, source);
            self.say(product.code, Field::Labeler, &product.labeler, source);
            if let Some(ndc) = &product.ndc {
                self.say(product.code, Field::Ndc, &format!("NDC {ndc}"), source);
            }
            if let Some(number) = &product.product_number {
                self.say(product.code, Field::Ndc, number, source);
            }
        }
    }

    fn taxonomy(&mut self, assignments: &[RbcsAssignment], source: u16) {
        for assignment in assignments {
            let RbcsAssignment {
                category,
                subcategory,
                family,
                ..
            } = assignment;
            let mut text = format!("{}: {}", category.label, subcategory.label);
            // `No RBCS Family` means that there is none.
            if !family.label.starts_with("No ") {
                text = format!("{text}; {}", family.label);
            }
            self.say(assignment.code, Field::Rbcs, &text, source);
            let mut id = [0; 6];
            for (slot, byte) in id.iter_mut().zip(assignment.id.bytes()) {
                *slot = byte;
            }
            self.rbcs.insert(assignment.code, id);
        }
    }
}

/// Whether a section of a note is about other codes, by its title; then the code is not found by
/// it.
fn is_about_others(title: &str) -> bool {
    let title = title.to_lowercase();
    ["related code", "see also"]
        .iter()
        .any(|begin| title.starts_with(begin))
}

/// Splits a paragraph between words into pieces that the tables can hold.
fn pieces(mut text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    while text.len() > LONGEST_TEXT {
        let most = text.floor_char_boundary(LONGEST_TEXT);
        let cut = text[..most]
            .rfind(char::is_whitespace)
            .filter(|cut| *cut > 0)
            .unwrap_or(most);
        pieces.push(&text[..cut]);
        text = &text[cut..];
    }
    pieces.push(text);
    pieces
}

pub(crate) fn indexed(source: &Source, unknown_codes: Vec<String>) -> IndexedSource {
    IndexedSource {
        source: source.path.clone(),
        kind: source.kind.name().to_owned(),
        title: source.title.clone(),
        date: source
            .label
            .clone()
            .or_else(|| source.date.map(|date| date.to_string())),
        hash: source.hash.clone(),
        rows: source.rows,
        skipped: source.skipped.len(),
        left_out: source.left_out_cpt,
        unknown_codes,
        notices: source.notices.clone(),
    }
}
