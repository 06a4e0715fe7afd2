//! Annotations prepared for the index: texts by code, taxonomy, synonyms, sources.

use std::collections::{HashMap, HashSet};

use crate::annotation::shipped::is_shipped_list;
use crate::annotation::{Annotations, ClinicalNote, DrugProduct, RbcsAssignment, Source};
use crate::codeset::Code;
use crate::error::excerpt;

use super::document::Said;
use crate::index::generation::indexed_source::IndexedSource;
use crate::index::schema::Field;

/// The longest text in one piece, in bytes: a paragraph of a note.
const LONGEST_TEXT: usize = 30_000;
/// Separates the title of a section from the text of one of its paragraphs.
pub(crate) const SECTION_END: char = '\u{1f}';
/// The most unknown codes that the manifest lists for a source.
const MOST_UNKNOWN: usize = 1_000;

/// A synonym in one direction.
#[derive(Debug)]
pub(crate) struct SynonymRow {
    pub(crate) asked: String,
    pub(crate) meant: String,
    /// The position of its list among the sources.
    source: u16,
    /// Whether it is the row before it, in the other direction.
    is_reverse: bool,
}

/// The content of annotations, by code.
#[derive(Debug, Default)]
pub(crate) struct Annotated {
    /// Texts of a code.
    pub(crate) said: HashMap<Code, Vec<Said>>,
    /// The current RBCS identifier of a code.
    pub(crate) rbcs: HashMap<Code, [u8; 6]>,
    /// The searched words and what they mean.
    pub(crate) synonyms: Vec<SynonymRow>,
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
                        let row = |asked: &String, meant: &String, is_reverse| SynonymRow {
                            asked: asked.clone(),
                            meant: meant.clone(),
                            source,
                            is_reverse,
                        };
                        let (asked, meant) = (&synonym.asked, &synonym.meant);
                        annotated.synonyms.push(row(asked, meant, false));
                        if synonym.both_ways {
                            annotated.synonyms.push(row(meant, asked, true));
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

    /// Adds a notice to each list of which synonyms find nothing, in neither of their directions;
    /// `unused` are the positions of such rows. The shipped list is for every release, so it has
    /// words that none of the indexed ones uses.
    pub(crate) fn name_unused_synonyms(&mut self, unused: &[usize]) {
        let is_unused = |at: usize| unused.binary_search(&at).is_ok();
        let rows = unused.iter().filter_map(|at| {
            let row = self.synonyms.get(*at).filter(|row| !row.is_reverse)?;
            let reverse = self.synonyms.get(at + 1).filter(|next| next.is_reverse);
            (reverse.is_none() || is_unused(at + 1)).then_some(row)
        });
        let rows: Vec<&SynonymRow> = rows.collect();
        for rows in rows.chunk_by(|a, b| a.source == b.source) {
            let Some(source) = self.sources.get_mut(usize::from(rows[0].source)) else {
                continue;
            };
            if !is_shipped_list(&source.source) {
                source.notices.push(format!(
                    "synonyms whose meaning is in no text of the index, so that they find nothing: \
                     {}, the first is `{}`, meant as `{}`",
                    rows.len(),
                    excerpt(&rows[0].asked),
                    excerpt(&rows[0].meant)
                ));
            }
        }
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
