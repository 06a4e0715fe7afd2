//! What is indexed, from which files, in which format; the one atomic switch.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::annotation::SourceKind;
use crate::codeset::Kind;
use crate::error::{Error, Remedy, Result};
use crate::release::{Release, ReleaseId, Scope};

use super::bundle;
use super::bundle::Pieces;

/// The format of the files of an index. It changes with what is written and how it is
/// analyzed, and with the engine's own format.
pub(crate) const FORMAT: u32 = 7;

const LOCK: &str = "lock";
const ENDING: &str = "hcpcs";

/// What an index holds and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Manifest {
    /// The format of the index's files.
    pub format: u32,
    /// The version of the program that built it.
    pub program: String,
    /// The file that holds the index; it never changes, a new one takes its place.
    pub generation: String,
    /// Length of that file in bytes.
    pub bytes: u64,
    /// When it was built, in universal time.
    pub built: String,
    /// How many codes and modifiers it holds.
    pub codes: usize,
    /// How many versions of them.
    pub versions: usize,
    /// The releases, in the order of time.
    pub releases: Vec<IndexedRelease>,
    /// What else was read.
    pub sources: Vec<IndexedSource>,
}

/// A release of which an index was built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndexedRelease {
    /// Year, quarter and issue, such as `2026-01` or `2026-01/01122026`.
    pub id: ReleaseId,
    /// How much of the code set it holds.
    pub scope: Scope,
    /// The file that was given.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub source: PathBuf,
    /// The member of it that was read.
    pub member: Option<String>,
    /// BLAKE3 of what was read.
    pub hash: String,
    /// Number of procedure codes.
    pub procedures: usize,
    /// Number of modifiers.
    pub modifiers: usize,
    /// How many of both have a termination date.
    pub terminated: usize,
    /// Lines that could not be read.
    pub skipped: usize,
    /// Rows of CPT and CDT, which are not covered.
    pub left_out: usize,
    /// What else is to be known of it.
    pub notices: Vec<String>,
}

/// An annotation's source of which an index was built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IndexedSource {
    /// The file that was given, or the name of what the program ships.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub source: PathBuf,
    /// What it is, such as `clinical note`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its date or quarter, as far as it says one.
    pub date: Option<String>,
    /// BLAKE3 of what was read.
    pub hash: String,
    /// How many rows, sections or synonyms it gave.
    pub rows: usize,
    /// Rows that could not be read.
    pub skipped: usize,
    /// Rows of CPT numbers, which are not covered.
    pub left_out: usize,
    /// Codes that it speaks of and no release has.
    pub unknown_codes: Vec<String>,
    /// What else is to be known of it.
    pub notices: Vec<String>,
}

impl From<&Release> for IndexedRelease {
    fn from(release: &Release) -> Self {
        let kind = |kind: Kind| {
            release
                .records
                .iter()
                .filter(|record| record.code.kind() == kind)
                .count()
        };
        Self {
            id: release.id.clone(),
            scope: Scope::of(&release.id, &release.records),
            source: release.source.clone(),
            member: release.member.clone(),
            hash: release.hash.clone(),
            procedures: kind(Kind::Procedure),
            modifiers: kind(Kind::Modifier),
            terminated: release
                .records
                .iter()
                .filter(|record| record.terminated.is_some())
                .count(),
            skipped: release.skipped.len(),
            left_out: release.left_out.cpt + release.left_out.cdt,
            notices: release.notices.clone(),
        }
    }
}

impl Manifest {
    /// The manifest with the names of files alone, without the folders of this machine.
    #[must_use]
    pub fn without_folders(&self) -> Self {
        let mut manifest = self.clone();
        let sources = manifest.sources.iter_mut().map(|source| &mut source.source);
        let releases = manifest.releases.iter_mut();
        for path in releases.map(|release| &mut release.source).chain(sources) {
            *path = path.file_name().map(PathBuf::from).unwrap_or_default();
        }
        manifest
    }
}

impl IndexedSource {
    /// What the source is, for a reader: a note's title, else its kind, with its date or quarter.
    #[must_use]
    pub fn label(&self) -> String {
        let name = if self.kind == SourceKind::ClinicalNote.name() {
            &self.title
        } else {
            &self.kind
        };
        match &self.date {
            Some(date) => format!("{name}, {date}"),
            None => name.clone(),
        }
    }
}

/// What every manifest has, of whatever format.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

impl Manifest {
    /// The name of the manifest in the index folder.
    pub const FILE: &'static str = "manifest.json";

    /// Reads the manifest of an index folder.
    ///
    /// # Errors
    /// There is no index, or one in a format that this program does not read.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(Self::FILE);
        let bytes = fs::read(&path).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => {
                Error::index(folder, "there is no index here").with(Remedy::BuildIndex)
            }
            _ => Error::io(&path, "cannot read the index", cause),
        })?;
        let damaged = |_| Error::index(&path, "the manifest is damaged").with(Remedy::RebuildIndex);
        let Format { format } = serde_json::from_slice(&bytes).map_err(damaged)?;
        if format != FORMAT {
            let reason =
                format!("the index has format {format}, this program reads format {FORMAT}");
            return Err(Error::index(folder, reason).with(Remedy::RebuildIndex));
        }
        serde_json::from_slice(&bytes).map_err(damaged)
    }
}

impl Manifest {
    /// The releases of an index folder, whatever the format of the index; none where there is no
    /// index or nothing can be read of it.
    pub(crate) fn release_ids(folder: &Path) -> Vec<ReleaseId> {
        #[derive(Deserialize)]
        struct Ids {
            releases: Vec<Id>,
        }
        #[derive(Deserialize)]
        struct Id {
            id: ReleaseId,
        }
        let bytes = fs::read(folder.join(Self::FILE)).unwrap_or_default();
        let ids = serde_json::from_slice(&bytes).map(|ids: Ids| ids.releases);
        let ids = ids.unwrap_or_default().into_iter();
        ids.map(|own| own.id).collect()
    }
}

/// The right to write an index folder; held by one process at a time.
pub(crate) struct WriteLock {
    folder: PathBuf,
    _file: File,
}

impl WriteLock {
    /// Takes the lock, making the folder where it is missing; `None` where another process
    /// has it and `wait` is not set.
    pub(crate) fn take(folder: &Path, wait: bool) -> Result<Option<Self>> {
        let refuse = |doing: &str, cause: io::Error| {
            let reason = format!("cannot {doing}: {cause}");
            Error::index(folder, reason).with(Remedy::OtherFolder)
        };
        fs::create_dir_all(folder).map_err(|cause| refuse("make the folder", cause))?;
        let path = folder.join(LOCK);
        let fail = |cause| refuse("lock the index for writing", cause);
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(fail)?;
        if wait {
            file.lock().map_err(fail)?;
        } else {
            match file.try_lock() {
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => return Ok(None),
                Err(fs::TryLockError::Error(cause)) => return Err(fail(cause)),
            }
        }
        Ok(Some(Self {
            folder: folder.to_owned(),
            _file: file,
        }))
    }

    /// Writes a generation beside the current one and makes it current by one rename.
    pub(crate) fn publish(&self, packed: &Pieces, mut manifest: Manifest) -> Result<Manifest> {
        let before = Manifest::read(&self.folder)
            .ok()
            .map(|manifest| manifest.generation);
        manifest.generation = self.next_name(before.as_deref());
        manifest.bytes = bundle::length(packed) as u64;
        self.write(&manifest.generation, packed)?;
        let json = serde_json::to_vec_pretty(&manifest)
            .map_err(|cause| Error::index(&self.folder, cause.to_string()))?;
        self.write(Manifest::FILE, &vec![json])?;
        self.sweep(&[Some(manifest.generation.as_str()), before.as_deref()]);
        Ok(manifest)
    }

    /// Writes a file whole, synced and readable for others, or not at all.
    fn write(&self, name: &str, pieces: &Pieces) -> Result<()> {
        let path = self.folder.join(name);
        let fail = |cause| unwritten(&path, bundle::length(pieces), cause);
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMPORARY);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(&self.folder).map_err(fail)?;
        let mut written = pieces.iter().map(|piece| file.write_all(piece));
        written
            .try_for_each(|written| written)
            .and_then(|()| file.as_file().sync_all())
            .map_err(fail)?;
        file.persist(&path).map_err(|failed| fail(failed.error))?;
        File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(fail)
    }

    fn next_name(&self, before: Option<&str>) -> String {
        let number = before.and_then(|name| name.split('.').next()?.parse::<u64>().ok());
        let mut number = number.unwrap_or(0);
        loop {
            number += 1;
            let name = format!("{number:06}.{ENDING}");
            if !self.folder.join(&name).exists() {
                return name;
            }
        }
    }

    /// Removes generations that are neither current nor the one before, and what a killed
    /// process left. What cannot be removed now is removed the next time.
    fn sweep(&self, keep: &[Option<&str>]) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let is_generation = name
                .strip_suffix(ENDING)
                .is_some_and(|stem| stem.len() == 7);
            let is_old = is_generation && !keep.contains(&Some(name));
            if is_old || name.starts_with(TEMPORARY) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Why a file was not written; a full disk is told with what to do.
fn unwritten(path: &Path, bytes: usize, cause: io::Error) -> Error {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    if !matches!(cause.kind(), FileTooLarge | QuotaExceeded | StorageFull) {
        return Error::io(path, "cannot write the index", cause);
    }
    let megabytes = bytes.div_ceil(1_000_000);
    let reason = format!(
        "there is no room to write the index ({cause}); the one that was there is as it was; \
         make room for {megabytes} MB and run the command again"
    );
    Error::index(path, reason)
}

/// How the names of unfinished files begin.
const TEMPORARY: &str = ".unfinished-";
