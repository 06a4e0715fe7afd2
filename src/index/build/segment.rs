//! Posting lists → a segment in the engine's format, written by the engine's own serializers.
//!
//! The engine's indexer tokenizes texts and counts words. Ours are already sorted by term, so they
//! go directly to the serializers behind the indexer.

use std::io::Write;

use tantivy::columnar::ColumnarWriter;
use tantivy::directory::{RamDirectory, TerminatingWrite};
use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::Schema;
use tantivy::store::{Compressor, StoreWriter};
use tantivy::{Directory, Index, IndexMeta, IndexSettings, Segment, SegmentReader, TantivyError};

use super::posting_lists::PostingLists;
use crate::index::schema;
use crate::index::store::bytes::narrow;

/// The block size of the engine's document store, which stays empty.
const STORE_BLOCK: usize = 16_384;

/// The name of the only segment. The engine would use a random one, and two builds of the same
/// files would differ.
const SEGMENT: &str = "00000000000000000000000000000001";

/// Document count, first and last byte of a term's postings, for the release and the annotations.
pub(crate) type Places = [(u32, u32, u32); 2];

/// The files written by the engine.
pub(crate) struct Written {
    /// By name.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// The location of each term's postings, by its number.
    pub(crate) places: Vec<Places>,
}

/// Writes the segment of `docs` documents: the postings of the release and those of annotations.
pub(crate) fn write(
    terms: &[&str],
    sides: &[PostingLists; 2],
    docs: u32,
) -> tantivy::Result<Written> {
    let directory = RamDirectory::create();
    let schema = schema::schema();
    let settings = IndexSettings::default();
    let index = Index::create(directory.clone(), schema.clone(), settings)?;
    let id = SegmentId::from_uuid_string(SEGMENT)
        .map_err(|error| TantivyError::InvalidArgument(error.to_string()))?;
    let segment = index.segment(index.new_segment_meta(id, docs));
    postings(&segment, terms, sides)?;
    other_parts(&segment, docs)?;
    let meta = IndexMeta {
        segments: vec![segment.meta().clone()],
        ..IndexMeta::with_schema(schema)
    };
    let meta = serde_json::to_vec(&meta)?;
    directory.atomic_write("meta.json".as_ref(), &meta)?;
    let places = places(&segment, sides)?;
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
            field.new_term(term.as_bytes(), narrow(list.len()), false)?;
            for (doc, _) in list {
                field.write_doc(*doc, 1, &[]);
            }
            field.close_term()?;
        }
        field.close()?;
    }
    Ok(serializer.close()?)
}

/// Writes the other parts that the engine expects in a segment, all empty.
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

/// The location of each term's postings, from the engine's dictionary.
fn places(segment: &Segment, sides: &[PostingLists; 2]) -> tantivy::Result<Vec<Places>> {
    let reader = SegmentReader::open(segment)?;
    let mut places = vec![Places::default(); sides[0].iter().count()];
    for (side, name) in [schema::RELEASE, schema::ANNOTATION]
        .into_iter()
        .enumerate()
    {
        let inverted = reader.inverted_index(segment.schema().get_field(name)?)?;
        let mut stream = inverted.terms().stream()?;
        // The dictionary has the terms that have postings, in the order of all terms.
        let with_postings = places.iter_mut().zip(sides[side].iter());
        for (places, _) in with_postings.filter(|(_, list)| !list.is_empty()) {
            if let Some((_, info)) = stream.next() {
                let range = &info.postings_range;
                places[side] = (info.doc_freq, narrow(range.start), narrow(range.end));
            }
        }
    }
    Ok(places)
}
