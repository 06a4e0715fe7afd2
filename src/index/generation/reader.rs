//! An opened index: the engine's postings and the tables beside them.

use std::path::Path;
use std::sync::Arc;

use tantivy::directory::MmapDirectory;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{Directory as _, InvertedIndexReader, SegmentReader};

use crate::error::{Error, Remedy, Result};

use super::bundle::Bundle;
use super::manifest::Manifest;
use crate::index::schema;
use crate::index::store::tables;
use crate::index::store::tables::Store;
use crate::index::store::term::Posting;

/// How often a generation that was swept away while it was opened is looked for again.
const ATTEMPTS: usize = 5;

/// An opened generation. It stays as it was opened, whatever is built beside it.
pub(crate) struct Reader {
    pub(crate) manifest: Manifest,
    pub(crate) store: Store,
    postings: [Arc<InvertedIndexReader>; 2],
}

impl Reader {
    /// Opens the current generation of an index folder. Nothing is written.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let mut attempt = 1;
        loop {
            let manifest = Manifest::read(folder)?;
            match Self::open_generation(folder, manifest) {
                Err(_) if attempt < ATTEMPTS => attempt += 1,
                done => return done,
            }
        }
    }

    fn open_generation(folder: &Path, manifest: Manifest) -> Result<Self> {
        let path = folder.join(&manifest.generation);
        let fail = |reason: String| {
            let reason = format!("cannot open the index: {reason}");
            Error::index(&path, reason).with(Remedy::RebuildIndex)
        };
        let engine = |cause: tantivy::TantivyError| fail(cause.to_string());
        let directory = MmapDirectory::open(folder).map_err(|cause| fail(cause.to_string()))?;
        let file = directory.open_read(manifest.generation.as_ref());
        let file = file.map_err(|cause| fail(cause.to_string()))?;
        let bundle = Bundle::open(file).map_err(fail)?;
        let tables = bundle
            .slice(tables::FILE.as_ref())
            .ok_or_else(|| fail("a part is missing".into()))?;
        let tables = tables
            .read_bytes()
            .map_err(|cause| fail(cause.to_string()))?;
        let store = Store::open(tables).ok_or_else(|| fail("the tables are damaged".into()))?;
        let index = tantivy::Index::open(bundle).map_err(engine)?;
        let segments = index.searchable_segments().map_err(engine)?;
        let [segment] = segments.as_slice() else {
            return Err(fail("it has not one segment".into()));
        };
        let segment = SegmentReader::open(segment).map_err(engine)?;
        let inverted = |name: &str| {
            let field = index.schema().get_field(name)?;
            segment.inverted_index(field)
        };
        let postings = [
            inverted(schema::RELEASE).map_err(engine)?,
            inverted(schema::ANNOTATION).map_err(engine)?,
        ];
        if segment.max_doc() != store.len() {
            return Err(fail("its parts do not belong together".into()));
        }
        Ok(Self {
            manifest,
            store,
            postings,
        })
    }

    /// The documents of a term, each with the fields that have it, by blocks. What was read
    /// before is read over.
    pub(crate) fn postings<'b>(
        &self,
        ord: u32,
        posting: Posting,
        block: &'b mut Option<BlockSegmentPostings>,
    ) -> Option<&'b mut BlockSegmentPostings> {
        let info = self.store.terms().posting(ord, posting)?;
        let reader = &self.postings[posting as usize];
        if let Some(block) = block {
            reader
                .reset_block_postings_from_terminfo(&info, block)
                .ok()?;
        } else {
            let option = IndexRecordOption::WithFreqs;
            *block = reader.read_block_postings_from_terminfo(&info, option).ok();
        }
        block.as_mut()
    }
}
