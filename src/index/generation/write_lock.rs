//! `WriteLock`: the exclusive write lock on an index folder, and the atomic switch.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, Remedy, Result};

use super::disk::Disk;
use super::manifest::Manifest;
use super::packing;
use super::packing::Pieces;

const LOCK: &str = "lock";
const ENDING: &str = "hcpcs";

/// Exclusive write lock on an index folder.
pub(crate) struct WriteLock {
    folder: PathBuf,
    disk: Disk,
    _file: File,
}

impl WriteLock {
    /// Takes the lock, creating the folder if it is missing; `None` if another process has it and
    /// `wait` is not set.
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
            disk: Disk::default(),
            _file: file,
        }))
    }

    /// Writes a generation next to the current one and makes it current by one rename.
    pub(crate) fn publish(&self, packed: &Pieces, mut manifest: Manifest) -> Result<Manifest> {
        let before = Manifest::read(&self.folder)
            .ok()
            .map(|manifest| manifest.generation);
        let hash = packing::hash(packed).to_hex();
        manifest.generation = self.next_name(before.as_deref(), &hash);
        manifest.bytes = packing::length(packed) as u64;
        manifest.hash = hash.to_string();
        manifest.head_hash = packing::hash(&packed[..1]).to_hex().to_string();
        let path = self.folder.join(&manifest.generation);
        let is_new = before.is_none();
        let fail = |cause| unwritten(&path, is_new, packing::length(packed), cause);
        let written = self.write(packed).map_err(fail)?;
        self.disk.rename(written, &path).map_err(fail)?;
        self.disk.sync_folder(&self.folder).map_err(fail)?;
        let json = manifest.sealed();
        let json = json.map_err(|cause| Error::index(&self.folder, cause.to_string()))?;
        let path = self.folder.join(Manifest::FILE);
        let fail = |cause| unwritten(&path, is_new, json.len(), cause);
        let written = self.write(&vec![json.clone()]).map_err(fail)?;
        self.disk.rename(written, &path).map_err(fail)?;
        // From here on, the new generation is current.
        self.disk.sync_folder(&self.folder).map_err(|cause| {
            let reason = format!(
                "the new index is current, but a power cut may undo it: the folder could not be \
                 written to the disk ({cause}); run the command again"
            );
            Error::index(&self.folder, reason)
        })?;
        self.sweep(&[Some(manifest.generation.as_str()), before.as_deref()]);
        Ok(manifest)
    }

    /// Writes an unfinished file completely and syncs it.
    fn write(&self, pieces: &Pieces) -> io::Result<NamedTempFile> {
        let mut file = self.disk.create(&self.folder, TEMPORARY)?;
        for piece in pieces {
            self.disk.write(&mut file, piece)?;
        }
        self.disk.sync(&file)?;
        Ok(file)
    }

    /// The name of the next generation: its number and the first digits of its hash, so that no two
    /// generations share a name.
    fn next_name(&self, before: Option<&str>, hash: &str) -> String {
        let number = before.and_then(number_of).unwrap_or(0);
        let names = (number + 1..).map(|number| format!("{number:06}-{}.{ENDING}", &hash[..16]));
        let mut free = names.filter(|name| !self.folder.join(name).exists());
        free.next().unwrap_or_default()
    }

    /// Removes generations that are neither current nor the previous one, and files that a killed
    /// process left. Files that cannot be removed now are removed the next time.
    fn sweep(&self, keep: &[Option<&str>]) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let is_old = number_of(name).is_some() && !keep.contains(&Some(name));
            if is_old || name.starts_with(TEMPORARY) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The number of a generation, from its file name: `000001-0123456789abcdef.hcpcs`, or
/// `000001.hcpcs` of older programs.
fn number_of(name: &str) -> Option<u64> {
    let stem = name.strip_suffix(ENDING)?.strip_suffix('.')?;
    let (number, hash) = stem.split_once('-').unwrap_or((stem, ""));
    let is_hash = hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number = number.len() >= 6 && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| is_hash && is_number)
}

/// Why a file was not written; for a full disk also what to do.
fn unwritten(path: &Path, is_new: bool, bytes: usize, cause: io::Error) -> Error {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    if !matches!(cause.kind(), FileTooLarge | QuotaExceeded | StorageFull) {
        return Error::io(path, "cannot write the index", cause);
    }
    let megabytes = bytes.div_ceil(1_000_000);
    let before = if is_new {
        "there is none yet"
    } else {
        "the one that was there is as it was"
    };
    let reason = format!(
        "there is no room to write the index ({cause}); {before}; make room for {megabytes} MB \
         and run the command again"
    );
    Error::index(path, reason)
}

/// The prefix of unfinished files.
const TEMPORARY: &str = ".unfinished-";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::generation::reader::Reader;
    use crate::index::{Sources, build_index};
    use crate::release::Release;

    /// Publishes the index of a folder as a next generation, on a disk that fails.
    fn publish(folder: &Path, fails_at: usize) -> Result<Manifest> {
        let mut lock = WriteLock::take(folder, true)?.unwrap();
        lock.disk = Disk::failing_at(fails_at);
        let manifest = Manifest::read(folder)?;
        let mut bytes = fs::read(folder.join(&manifest.generation)).unwrap();
        let head = bytes.drain(..1000).collect();
        lock.publish(&vec![head, bytes], manifest)
    }

    #[test]
    fn whatever_fails_leaves_the_old_index_or_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources {
            releases: vec![Release::starter().unwrap()],
            annotations: Vec::new(),
        };
        let old = build_index(folder.path(), sources).unwrap();
        let mut failed = 0;
        loop {
            let published = publish(folder.path(), failed);
            let current = Manifest::read(folder.path()).unwrap();
            let bytes = fs::read(folder.path().join(&current.generation)).unwrap();
            assert_eq!(blake3::hash(&bytes).to_hex().as_str(), current.hash);
            match published {
                Ok(manifest) => {
                    assert_eq!(manifest, current);
                    break;
                }
                Err(error) if error.to_string().contains("the new index is current") => {
                    assert_ne!(current.generation, old.generation, "{error}");
                }
                Err(error) => assert_eq!(current.generation, old.generation, "{error}"),
            }
            failed += 1;
        }
        // Two files, each created, written, synced, renamed and its folder synced.
        assert!(failed >= 10, "{failed} operations");
        let left = fs::read_dir(folder.path()).unwrap();
        let names = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert!(names.filter(|name| name.starts_with(TEMPORARY)).eq([""; 0]));
    }

    #[test]
    fn a_full_disk_leaves_an_index_that_opens() {
        let folder = tempfile::tempdir().unwrap();
        let sources = || Sources {
            releases: vec![Release::starter().unwrap()],
            annotations: Vec::new(),
        };
        build_index(folder.path(), sources()).unwrap();
        assert!(publish(folder.path(), 1).is_err());
        assert!(Reader::load(folder.path()).is_ok());
        build_index(folder.path(), sources()).unwrap();
        assert!(Reader::load(folder.path()).is_ok());
    }

    #[test]
    fn names_of_generations() {
        for (name, expected) in [
            ("000001.hcpcs", Some(1)),
            ("000012-0123456789abcdef.hcpcs", Some(12)),
            ("1234567-0123456789abcdef.hcpcs", Some(1_234_567)),
            ("00001.hcpcs", None),
            ("000001-xyz.hcpcs", None),
            ("000001hcpcs", None),
            ("notes.hcpcs", None),
        ] {
            assert_eq!(number_of(name), expected, "{name}");
        }
    }
}
