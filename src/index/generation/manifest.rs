//! `Manifest`: what is indexed, from which files, in which format and under which checksums.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::indexed_release::IndexedRelease;
use super::indexed_source::IndexedSource;
use crate::error::{Error, Remedy, Result};
use crate::release::ReleaseId;

/// The format of the files of an index. It changes when their content, the analysis or the engine's
/// own format changes.
pub(crate) const FORMAT: u32 = 11;

/// The content and sources of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Manifest {
    /// The format of the index's files.
    pub format: u32,
    /// Which analysis took its words apart; 0 if the program that built it did not say so.
    #[serde(default)]
    pub analysis: u32,
    /// The version of the program that built it.
    pub program: String,
    /// The file that holds the index; it is never changed, only replaced by a new one.
    pub generation: String,
    /// Length of that file in bytes.
    pub bytes: u64,
    /// BLAKE3 of that file, in hexadecimal; the file's name has its first digits.
    pub hash: String,
    /// BLAKE3 of the head of that file, which has a checksum of each part.
    pub head_hash: String,
    /// When it was built, in universal time.
    pub built: String,
    /// How many codes and modifiers it holds.
    pub codes: usize,
    /// How many versions of them.
    pub versions: usize,
    /// The releases, in order of time.
    pub releases: Vec<IndexedRelease>,
    /// The annotations' sources.
    pub sources: Vec<IndexedSource>,
}

impl Manifest {
    /// The name of the manifest in the index folder.
    pub const FILE: &'static str = "manifest.json";

    /// Reads the manifest of an index folder.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::Release;
    /// use hcpcs::Manifest;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let manifest = Manifest::read(folder.path())?;
    /// assert_eq!(manifest.releases[0].id.to_string(), "2026-01/starter");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// There is no index, or its format is not supported.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(Self::FILE);
        let bytes = fs::read(&path).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                Error::index(folder, "there is no index here").with(Remedy::BuildIndex)
            }
            _ => Error::io(&path, "cannot read the index", cause),
        })?;
        let damage = || Error::index(&path, "the manifest is damaged").with(Remedy::RebuildIndex);
        let damaged = |_| damage();
        let Format { format } = serde_json::from_slice(&bytes).map_err(damaged)?;
        if format != FORMAT {
            let reason =
                format!("the index has format {format}, this program reads format {FORMAT}");
            return Err(Error::index(folder, reason).with(Remedy::RebuildIndex));
        }
        let json = unseal(&bytes).ok_or_else(damage)?;
        serde_json::from_slice(json).map_err(damaged)
    }

    /// The releases of an index folder in any format; empty if there is no index or it cannot be
    /// read.
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

    /// The hashes of all indexed files.
    pub(crate) fn hashes(&self) -> impl Iterator<Item = &str> {
        let releases = self.releases.iter().map(|own| own.hash.as_str());
        releases.chain(self.sources.iter().map(|own| own.hash.as_str()))
    }

    /// The manifest with file names only, without the folders of this machine.
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

    /// The bytes of the manifest's file: JSON whose last value is the BLAKE3 of everything before
    /// it.
    pub(crate) fn sealed(&self) -> serde_json::Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.truncate(json.len() - END.len());
        let seal = seal(&json);
        json.extend(seal.bytes());
        Ok(json)
    }
}

/// The part that manifests of all formats share.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// The end of a manifest's JSON.
const END: &str = "\n}";

/// The end of a manifest's file, after its values: their BLAKE3 and the closing brace.
fn seal(values: &[u8]) -> String {
    format!(",\n  \"seal\": \"{}\"{END}", blake3::hash(values).to_hex())
}

/// The values of a manifest's file, if their checksum is right.
fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    let (values, end) = bytes.split_at_checked(bytes.len().checked_sub(seal(b"").len())?)?;
    (end == seal(values).as_bytes()).then_some(bytes)
}
