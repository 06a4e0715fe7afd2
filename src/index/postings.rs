//! Terms with their weights → the engine's postings, and where each term's lie.

use rayon::prelude::*;
use tantivy::directory::RamDirectory;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Directory, Index, TantivyDocument};

use super::analyzer::{Form, Token};
use super::builder::{DocTexts, narrow};
use super::schema::{self, Field, HEAD_WEIGHT};
use super::weighted;

/// Memory that the engine may take before it would write a second segment, in bytes.
const ENGINE_MEMORY: usize = 1 << 30;
/// Documents that are weighed at a time.
const AT_ONCE: usize = 512;

/// Documents, first and last byte of a term's postings, for the release and the annotations.
pub(super) type Places = [(u32, u32, u32); 2];

/// What the engine has written.
pub(super) struct Postings {
    /// Its files by name.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Where the postings of each term lie, by its number.
    pub(super) places: Vec<Places>,
}

/// The terms of a document with their weights, as the engine takes them: those of the release,
/// those of annotations.
pub(super) type Weights = [String; 2];

/// Has the engine write the postings of documents.
pub(super) fn write(
    documents: impl Iterator<Item = Weights>,
    terms: &[&str],
) -> tantivy::Result<Postings> {
    let directory = RamDirectory::create();
    let tokenizers = TokenizerManager::new();
    tokenizers.register(weighted::NAME, weighted::analyzer());
    let schema = schema::schema();
    let fields = [
        schema.get_field(schema::RELEASE)?,
        schema.get_field(schema::ANNOTATION)?,
    ];
    let builder = Index::builder().schema(schema).tokenizers(tokenizers);
    let mut writer =
        builder.single_segment_index_writer::<TantivyDocument>(directory.clone(), ENGINE_MEMORY)?;
    for texts in documents {
        let mut document = TantivyDocument::default();
        for (field, text) in fields.iter().zip(&texts) {
            document.add_text(*field, text);
        }
        writer.add_document(document)?;
    }
    let index = writer.finalize()?;
    let mut places = vec![Places::default(); terms.len()];
    for segment in index.searchable_segments()? {
        let reader = tantivy::SegmentReader::open(&segment)?;
        for (side, field) in fields.iter().enumerate() {
            let inverted = reader.inverted_index(*field)?;
            let mut stream = inverted.terms().stream()?;
            let mut ord = 0;
            while let Some((term, info)) = stream.next() {
                // Both are sorted, and the engine knows no term that is not in the vocabulary.
                while terms.get(ord).is_some_and(|own| own.as_bytes() < term) {
                    ord += 1;
                }
                if let Some(place) = places.get_mut(ord) {
                    let range = &info.postings_range;
                    place[side] = (info.doc_freq, narrow(range.start), narrow(range.end));
                }
            }
        }
    }
    let mut files = Vec::new();
    for path in index.directory().list_managed_files() {
        let Ok(file) = directory.open_read(&path) else {
            continue;
        };
        let bytes = file.read_bytes()?.to_vec();
        files.push((path.to_string_lossy().into_owned(), bytes));
    }
    files.sort_unstable();
    Ok(Postings { files, places })
}

/// What the weights of documents are worked out from.
pub(super) struct Weighing<'t> {
    pub(super) docs: &'t [DocTexts],
    pub(super) texts: &'t [Vec<Token>],
    pub(super) ords: &'t [Vec<u32>],
    /// How many terms of each text belong to the head of a long descriptor.
    pub(super) heads: &'t [usize],
    pub(super) terms: &'t [&'t str],
}

impl Weighing<'_> {
    /// Weighs the documents and hands them on in their order, until one is not taken. Gives
    /// back in how many documents each term stands by the release.
    pub(super) fn weigh(&self, mut hand_on: impl FnMut(Weights) -> bool) -> Vec<u32> {
        let mut doc_freqs = vec![0; self.terms.len()];
        for some in self.docs.chunks(AT_ONCE) {
            let weighed: Vec<_> = some.par_iter().map(|doc| self.document(doc)).collect();
            for (ords, weights) in weighed {
                for ord in ords {
                    doc_freqs[ord as usize] += 1;
                }
                if !hand_on(weights) {
                    return doc_freqs;
                }
            }
        }
        doc_freqs
    }

    /// The terms that a document has by the release, and the weights of all its terms.
    fn document(&self, doc: &DocTexts) -> (Vec<u32>, Weights) {
        // A word counts once a field, however often it stands there.
        let mut counted: Vec<(u32, bool, Field, u32)> = Vec::with_capacity(96);
        for (field, id, _) in doc {
            let at = *id as usize;
            let is_long = *field == Field::LongDescriptor;
            for (place, ord) in self.ords[at].iter().enumerate() {
                // Parts of a drug's number are found in a thousand others.
                let form = self.texts[at][place].form;
                if *field == Field::Ndc && form == Form::Word && place > 0 {
                    continue;
                }
                let is_head = is_long && place < self.heads[at];
                let head = if is_head { HEAD_WEIGHT } else { 0 };
                counted.push((*ord, field.is_annotation(), *field, field.weight() + head));
            }
        }
        counted.sort_unstable_by_key(|(ord, side, field, weight)| {
            (*ord, *side, *field, u32::MAX - weight)
        });
        counted.dedup_by_key(|(ord, side, field, _)| (*ord, *side, *field));
        let mut weights = [String::with_capacity(512), String::new()];
        let mut released = Vec::with_capacity(48);
        for same in counted.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let weight = same.iter().map(|(.., weight)| weight).sum();
            let (ord, is_annotation, ..) = same[0];
            let side = &mut weights[usize::from(is_annotation)];
            weighted::push(side, self.terms[ord as usize], weight);
            if !is_annotation {
                released.push(ord);
            }
        }
        (released, weights)
    }
}
