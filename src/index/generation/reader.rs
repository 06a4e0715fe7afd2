//! An opened index: the engine's postings and the tables next to them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::HasLen as _;
use tantivy::directory::{FileSlice, MmapDirectory};
use tantivy::{Directory as _, InvertedIndexReader, SegmentReader};

use crate::error::{Error, Remedy, Result};
use crate::history::Calendar;

use super::blocks::Blocks;
use super::bundle::{Bundle, Trust};
use super::manifest::Manifest;
use crate::index::schema;
use crate::index::store::first_use::FirstUse;
use crate::index::store::tables;
use crate::index::store::tables::Store;

/// How often the manifest is read again if its generation was removed meanwhile.
const ATTEMPTS: usize = 5;

/// An opened generation. Later builds do not change it.
pub(crate) struct Reader {
    pub(crate) manifest: Manifest,
    pub(crate) store: Store,
    /// Which of the releases is in force on a day.
    pub(crate) calendar: Calendar,
    pub(super) postings: [Arc<InvertedIndexReader>; 2],
    blocks: Option<Arc<Blocks>>,
    /// The families of each term and of the words that it abbreviates, as phrases are looked up by
    /// them.
    pub(crate) families: FirstUse<Vec<String>>,
}

impl Reader {
    /// Opens the current generation of an index folder. Its data file is memory-mapped: its
    /// length and the hash of its head are checked, and later each block that is read; see
    /// [`Reader::check_read`].
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        Self::open_current(folder, Trust::ByBlock, |manifest| {
            let directory = MmapDirectory::open(folder).ok();
            let file = directory.and_then(|own| own.open_read(manifest.generation.as_ref()).ok());
            file.ok_or_else(|| match fs::File::open(folder.join(&manifest.generation)) {
                Err(cause) => unread(&cause),
                Ok(_) => "the file cannot be mapped into memory".to_owned(),
            })
        })
    }

    /// Reads the current generation of an index folder into memory and checks its BLAKE3, so that
    /// later damage to the file cannot change an answer.
    pub(crate) fn load(folder: &Path) -> Result<Self> {
        Self::open_current(folder, Trust::Verified, |manifest| {
            let bytes = fs::read(folder.join(&manifest.generation));
            let bytes = bytes.map_err(|cause| unread(&cause))?;
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
            families: FirstUse::default(),
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
}

/// Why the data file cannot be read, in words that are not the engine's.
fn unread(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::NotFound => "the file that its manifest names is not there".to_owned(),
        _ => cause.to_string(),
    }
}
