//! Posting lists → a segment as the engine keeps it, written by the engine's own serializers.
//!
//! The engine's indexer takes texts apart and counts words. Ours come counted, so they are
//! handed to what stands behind the indexer.

use std::io::Write;

use tantivy::columnar::ColumnarWriter;
use tantivy::directory::{RamDirectory, TerminatingWrite};
use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::SegmentComponent;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Schema;
use tantivy::store::{Compressor, StoreWriter};
use tantivy::{Directory, Index, IndexMeta, IndexSettings, Segment, SegmentReader};

use super::field_set::FieldSet;
use super::posting_lists::PostingLists;
use super::schema;

/// Bytes of a block of the engine's document store, in which nothing is kept.
const STORE_BLOCK: usize = 16_384;

/// Documents, first and last byte of a term's postings, for the release and the annotations.
pub(super) type Places = [(u32, u32, u32); 2];

/// What the engine has written.
pub(super) struct Written {
    /// Its files by name.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Where the postings of each term lie, by its number.
    pub(super) places: Vec<Places>,
}

/// Writes the segment of `docs` documents: the postings of the release, those of annotations.
pub(super) fn write(
    terms: &[&str],
    sides: &[PostingLists; 2],
    docs: u32,
) -> tantivy::Result<Written> {
    let directory = RamDirectory::create();
    let schema = schema::schema();
    let settings = IndexSettings::default();
    let index = Index::create(directory.clone(), schema.clone(), settings)?;
    let segment = index.new_segment().with_max_doc(docs);
    postings(&segment, terms, sides)?;
    other_parts(&segment, docs)?;
    let meta = IndexMeta {
        segments: vec![segment.meta().clone()],
        ..IndexMeta::with_schema(schema)
    };
    let meta = serde_json::to_vec(&meta)?;
    directory.atomic_write("meta.json".as_ref(), &meta)?;
    let places = places(&segment, terms)?;
    let mut files = Vec::new();
    for path in index.directory().list_managed_files() {
        let Ok(file) = directory.open_read(&path) else {
            continue;
        };
        let bytes = file.read_bytes()?.to_vec();
        files.push((path.to_string_lossy().into_owned(), bytes));
    }
    files.sort_unstable();
    Ok(Written { files, places })
}

fn postings(segment: &Segment, terms: &[&str], sides: &[PostingLists; 2]) -> tantivy::Result<()> {
    let schema = segment.schema();
    let mut serializer = InvertedIndexSerializer::open(segment)?;
    for (name, lists) in [schema::RELEASE, schema::ANNOTATION].into_iter().zip(sides) {
        let mut field = serializer.new_field(schema.get_field(name)?, lists.len(), None)?;
        for (term, list) in terms.iter().zip(lists.iter()) {
            if list.is_empty() {
                continue;
            }
            let doc_freq = u32::try_from(list.len()).unwrap_or(u32::MAX);
            field.new_term(term.as_bytes(), doc_freq, true)?;
            for (doc, fields) in list {
                field.write_doc(*doc, FieldSet::number(*fields), &[]);
            }
            field.close_term()?;
        }
        field.close()?;
    }
    Ok(serializer.close()?)
}

/// What the engine expects of a segment besides postings, with nothing in it.
fn other_parts(segment: &Segment, docs: u32) -> tantivy::Result<()> {
    let norms = segment.open_write(SegmentComponent::FieldNorms)?;
    FieldNormsSerializer::from_write(norms)?.close()?;
    let mut columns = segment.open_write(SegmentComponent::FastFields)?;
    ColumnarWriter::default().serialize(docs, None, &mut columns)?;
    columns.flush()?;
    columns.terminate()?;
    let store = segment.open_write(SegmentComponent::Store)?;
    let mut store = StoreWriter::new(store, Compressor::None, STORE_BLOCK, false)?;
    let (schema, nothing) = (
        Schema::builder().build(),
        tantivy::TantivyDocument::default(),
    );
    for _ in 0..docs {
        store.store(&nothing, &schema)?;
    }
    Ok(store.close()?)
}

/// Where the postings of each term lie, as the engine's dictionary says.
fn places(segment: &Segment, terms: &[&str]) -> tantivy::Result<Vec<Places>> {
    let mut places = vec![Places::default(); terms.len()];
    let reader = SegmentReader::open(segment)?;
    for (side, name) in [schema::RELEASE, schema::ANNOTATION]
        .into_iter()
        .enumerate()
    {
        let inverted = reader.inverted_index(segment.schema().get_field(name)?)?;
        let mut stream = inverted.terms().stream()?;
        let mut ord = 0;
        while let Some((term, info)) = stream.next() {
            // Both are sorted, and the engine knows no term that is not in the vocabulary.
            while terms.get(ord).is_some_and(|own| own.as_bytes() < term) {
                ord += 1;
            }
            if let Some(place) = places.get_mut(ord) {
                let range = &info.postings_range;
                let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                place[side] = (info.doc_freq, narrow(range.start), narrow(range.end));
            }
        }
    }
    Ok(places)
}
