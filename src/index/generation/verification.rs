//! `Verification`: whether the data file of an index is intact.

use std::fs;
use std::path::Path;

use serde::Serialize;
use tantivy::directory::FileSlice;

use crate::error::{Error, Remedy, Result};

use super::bundle::{Bundle, Trust};
use super::manifest::Manifest;

/// The result of verifying the data file of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verification {
    /// The name of the data file.
    pub generation: String,
    /// Whether every byte is as it was written.
    pub is_whole: bool,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its BLAKE3.
    pub hash: String,
    /// Its BLAKE3 in the manifest.
    pub expected_hash: String,
    /// Its parts by name; empty if its head cannot be read.
    pub parts: Vec<Part>,
}

/// A part of the data file of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Whether its bytes match its checksum.
    pub is_whole: bool,
}

/// Reads the data file of an index and compares it with the checksums in the manifest.
///
/// ```
/// use hcpcs::index::{Sources, build_index, verify};
///
/// let folder = tempfile::tempdir()?;
/// let releases = vec![hcpcs::Release::starter()?];
/// let manifest = build_index(folder.path(), Sources { releases, ..Sources::default() })?;
/// assert!(verify(folder.path(), &manifest)?.is_whole);
/// std::fs::write(folder.path().join(&manifest.generation), "x")?;
/// assert!(verify(folder.path(), &manifest)?.check(folder.path()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The data file cannot be read.
pub fn verify(folder: &Path, manifest: &Manifest) -> Result<Verification> {
    let path = folder.join(&manifest.generation);
    let bytes = fs::read(&path).map_err(|cause| {
        let reason = format!("cannot read the index: {cause}");
        Error::index(&path, reason).with(Remedy::RebuildIndex)
    })?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let length = bytes.len() as u64;
    let parts = Bundle::open(FileSlice::from(bytes), Trust::Verified);
    let parts = parts.map_or_else(|_| Vec::new(), |it| it.parts());
    let part = |(name, bytes, is_whole)| Part {
        name,
        bytes: bytes as u64,
        is_whole,
    };
    Ok(Verification {
        generation: manifest.generation.clone(),
        is_whole: hash == manifest.hash && length == manifest.bytes,
        bytes: length,
        hash,
        expected_hash: manifest.hash.clone(),
        parts: parts.into_iter().map(part).collect(),
    })
}

impl Verification {
    /// Checks that the data file is intact.
    ///
    /// # Errors
    /// It is not; the error says what to do next.
    pub fn check(&self, folder: &Path) -> Result<()> {
        if self.is_whole {
            return Ok(());
        }
        let reason = "the file is damaged: its bytes are not those that were written";
        let error = Error::index(&folder.join(&self.generation), reason);
        Err(error.with(Remedy::RebuildIndex))
    }
}
