//! An opened index: the engine's postings and the tables next to them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::HasLen as _;
use tantivy::directory::{FileSlice, MmapDirectory};
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{Directory as _, InvertedIndexReader, SegmentReader};

use crate::error::{Error, Remedy, Result};
use crate::history::Calendar;

use super::blocks::Blocks;
use super::bundle::{Bundle, Trust};
use super::manifest::Manifest;
use crate::index::field_set::FieldSet;
use crate::index::schema;
use crate::index::store::tables;
use crate::index::store::tables::Store;
use crate::index::store::term::Posting;

/// How often the manifest is read again if its generation was removed meanwhile.
const ATTEMPTS: usize = 5;

/// An opened generation. Later builds do not change it.
pub(crate) struct Reader {
    pub(crate) manifest: Manifest,
    pub(crate) store: Store,
    /// Which of the releases is in force on a day.
    pub(crate) calendar: Calendar,
    postings: [Arc<InvertedIndexReader>; 2],
    blocks: Option<Arc<Blocks>>,
}

impl Reader {
    /// Opens the current generation of an index folder. Its data file is memory-mapped: its
    /// length and the hash of its head are checked, and later each block that is read; see
    /// [`Reader::check_read`].
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        Self::open_current(folder, Trust::ByBlock, |manifest| {
            let directory = MmapDirectory::open(folder).map_err(|cause| cause.to_string())?;
            let file = directory.open_read(manifest.generation.as_ref());
            file.map_err(|cause| cause.to_string())
        })
    }

    /// Reads the current generation of an index folder into memory and checks its BLAKE3, so that
    /// later damage to the file cannot change an answer.
    pub(crate) fn load(folder: &Path) -> Result<Self> {
        Self::open_current(folder, Trust::Verified, |manifest| {
            let bytes = fs::read(folder.join(&manifest.generation));
            let bytes = bytes.map_err(|cause| cause.to_string())?;
            if blake3::hash(&bytes).to_hex().as_str() != manifest.hash {
                return Err("the file is damaged or cut short".to_owned());
            }
            Ok(FileSlice::from(bytes))
        })
    }

    fn open_current(
        folder: &Path,
        trust: Trust,
        read: impl Fn(&Manifest) -> Result<FileSlice, String>,
    ) -> Result<Self> {
        let mut manifest = Manifest::read(folder)?;
        for _ in 1..ATTEMPTS {
            match Self::of_file(folder, manifest.clone(), trust, read(&manifest)) {
                Err(error) => {
                    let newer = Manifest::read(folder)?;
                    if newer == manifest {
                        return Err(error);
                    }
                    manifest = newer;
                }
                done => return done,
            }
        }
        let file = read(&manifest);
        Self::of_file(folder, manifest, trust, file)
    }

    fn of_file(
        folder: &Path,
        manifest: Manifest,
        trust: Trust,
        file: Result<FileSlice, String>,
    ) -> Result<Self> {
        let path = folder.join(&manifest.generation);
        let fail = |reason: String| {
            let reason = format!("cannot open the index: {reason}");
            Error::index(&path, reason).with(Remedy::RebuildIndex)
        };
        let engine = |cause: tantivy::TantivyError| fail(cause.to_string());
        let file = file.map_err(fail)?;
        if file.len() as u64 != manifest.bytes {
            return Err(fail("the file is damaged or cut short".into()));
        }
        let bundle = Bundle::open(file, trust).map_err(fail)?;
        if bundle.head_hash().to_hex().as_str() != manifest.head_hash {
            return Err(fail("the file is damaged, or that of another index".into()));
        }
        let tables = bundle
            .slice(tables::FILE.as_ref())
            .ok_or_else(|| fail("a part is missing".into()))?;
        let tables = tables
            .read_bytes()
            .map_err(|cause| fail(cause.to_string()))?;
        let blocks = bundle.blocks();
        let store = Store::open(tables, blocks.clone())
            .ok_or_else(|| fail("the tables are damaged".into()))?;
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
        let calendar = Calendar::new(manifest.releases.iter().map(|own| own.id.clone()));
        Ok(Self {
            manifest,
            store,
            calendar,
            postings,
            blocks,
        })
    }

    /// Whether every block that was read up to now is as it was written; asked at the end of each
    /// question.
    pub(crate) fn check_read(&self) -> Result<()> {
        if self
            .blocks
            .as_ref()
            .is_none_or(|blocks| blocks.end_question())
        {
            return Ok(());
        }
        let reason = "the file is damaged: its bytes are not those that were written";
        let path = PathBuf::from(&self.manifest.generation);
        Err(Error::index(&path, reason).with(Remedy::RebuildIndex))
    }

    /// Visits each document of a term, with the fields of the document that have it. `block` is the
    /// buffer into which postings are decoded; the next call may reuse it.
    pub(crate) fn each_posting(
        &self,
        ord: u32,
        side: Posting,
        block: &mut Option<BlockSegmentPostings>,
        mut each: impl FnMut(u32, FieldSet),
    ) {
        self.each_block(ord, side, block, |docs, fields| {
            for (doc, own) in docs.iter().zip(fields) {
                each(*doc, FieldSet::from_number(*own));
            }
        });
    }

    /// Visits the documents of a term, some at a time, with the number of each one's field set.
    pub(crate) fn each_block(
        &self,
        ord: u32,
        side: Posting,
        block: &mut Option<BlockSegmentPostings>,
        mut each: impl FnMut(&[u32], &[u8]),
    ) {
        let Some(block) = self.postings(ord, side, block) else {
            return;
        };
        let mut fields = self.store.terms().fields(ord, side);
        while !block.docs().is_empty() {
            let docs = block.docs();
            each(docs, fields);
            fields = fields.get(docs.len()..).unwrap_or_default();
            block.advance();
        }
    }

    /// Looks a term's documents up: visits those of `wanted`, documents in rising order, that have it.
    pub(crate) fn each_of<T>(
        &self,
        ord: u32,
        side: Posting,
        block: &mut Option<BlockSegmentPostings>,
        wanted: impl Iterator<Item = (u32, T)>,
        mut each: impl FnMut(T, FieldSet),
    ) {
        let Some(block) = self.postings(ord, side, block) else {
            return;
        };
        let fields = self.store.terms().fields(ord, side);
        for (doc, own) in wanted {
            let within = block.seek(doc);
            if block.doc(within) == doc {
                let number = fields.get(block.rank(doc) as usize).copied();
                each(own, FieldSet::from_number(number.unwrap_or_default()));
            }
        }
    }

    fn postings<'b>(
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
            let option = IndexRecordOption::Basic;
            *block = reader.read_block_postings_from_terminfo(&info, option).ok();
        }
        block.as_mut()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use tantivy::collector::DocSetCollector;
    use tantivy::query::{BooleanQuery, Query, TermQuery};
    use tantivy::{Searcher, Term};

    use super::*;
    use crate::index::build::build::{Sources, build_index};
    use crate::release::Release;

    /// The engine's own searcher over the segment.
    fn engine(folder: &Path, manifest: &Manifest) -> Searcher {
        let directory = MmapDirectory::open(folder).unwrap();
        let file = directory.open_read(manifest.generation.as_ref()).unwrap();
        let index = tantivy::Index::open(Bundle::open(file, Trust::Verified).unwrap()).unwrap();
        index.reader().unwrap().searcher()
    }

    /// The lists are valid for the engine: its own queries find the same documents.
    #[test]
    fn the_engine_finds_the_same_documents() {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources {
            releases: vec![Release::starter().unwrap()],
            annotations: crate::annotation::shipped().unwrap(),
        };
        let manifest = build_index(folder.path(), sources).unwrap();
        let reader = Reader::open(folder.path()).unwrap();
        let searcher = engine(folder.path(), &manifest);
        assert_eq!(searcher.num_docs(), u64::from(reader.store.len()));
        let terms = reader.store.terms();
        let found = |query: &dyn Query| -> HashSet<u32> {
            let found = searcher.search(query, &DocSetCollector).unwrap();
            found.into_iter().map(|address| address.doc_id).collect()
        };
        for (side, name) in [
            (Posting::Release, schema::RELEASE),
            (Posting::Annotation, schema::ANNOTATION),
        ] {
            let field = searcher.schema().get_field(name).unwrap();
            let query = |ord| -> Box<dyn Query> {
                let term = Term::from_field_text(field, terms.term(ord));
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            };
            let mut block = None;
            let mut ours = |ord| {
                let mut docs = HashSet::new();
                reader.each_posting(ord, side, &mut block, |doc, fields| {
                    assert!(fields.number() > 0, "{}", terms.term(ord));
                    docs.insert(doc);
                });
                docs
            };
            let mut before = HashSet::new();
            let mut postings = 0;
            for ord in 0..terms.len() {
                let own = ours(ord);
                assert_eq!(found(&*query(ord)), own, "{}", terms.term(ord));
                postings += own.len();
                if ord > 0 {
                    let either = BooleanQuery::union(vec![query(ord - 1), query(ord)]);
                    assert_eq!(found(&either), &before | &own);
                    let both = BooleanQuery::intersection(vec![query(ord - 1), query(ord)]);
                    assert_eq!(found(&both), &before & &own);
                }
                before = own;
            }
            assert!(postings > 300, "{name}: {postings}");
        }
    }
}
