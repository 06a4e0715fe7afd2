//! One file that holds all files of an index, and the engine's read-only view of it.
//!
//! The engine's own folder requires write access even for reading (a lock, a list of files). This
//! view writes nothing, so an index built by one user can be searched by another, from a read-only
//! folder, by many at once.

use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, FileSlice, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, HasLen};

use super::blocks;
use super::blocks::{Blocks, is_whole};
use super::packing::{ALIGN, CHECKSUM, ENTRY, HEAD, MAGIC, checksum};

/// The files of a packed file, as a folder that the engine reads.
#[derive(Clone, Debug)]
pub(crate) struct Bundle {
    file: FileSlice,
    entries: Arc<HashMap<PathBuf, Entry>>,
    /// BLAKE3 of the head with its table.
    head_hash: blake3::Hash,
    /// What checks the blocks that are read, if the file may still change.
    blocks: Option<Arc<Blocks>>,
}

/// Whether the bytes of a data file are known to be those that were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// They are in memory, and their BLAKE3 was compared.
    Verified,
    /// Each block is compared when it is first read.
    ByBlock,
}

/// The place of a file in the packed one.
#[derive(Clone, Debug)]
struct Entry {
    range: Range<usize>,
    checksum: [u8; CHECKSUM],
}

impl Bundle {
    /// Opens a packed file; if it is damaged, the error says how.
    pub(crate) fn open(file: FileSlice, trust: Trust) -> Result<Self, String> {
        let damaged = || "the file is damaged or cut short".to_owned();
        let read = |range: Range<usize>| {
            if range.end > file.len() {
                return Err(damaged());
            }
            file.read_bytes_slice(range)
                .map_err(|cause| cause.to_string())
        };
        let head = read(0..HEAD)?;
        let length = u64::from_le_bytes(head[8..16].try_into().map_err(|_| damaged())?);
        if &head[..8] != MAGIC || length != file.len() as u64 {
            return Err(damaged());
        }
        let count = u32::from_le_bytes(head[16..20].try_into().map_err(|_| damaged())?);
        let blocks = u32::from_le_bytes(head[20..24].try_into().map_err(|_| damaged())?) as usize;
        let mut entries = HashMap::with_capacity(count.min(64) as usize);
        let mut at = HEAD;
        for _ in 0..count {
            let size = read(at..at + 2)?;
            let size = usize::from(u16::from_le_bytes([size[0], size[1]]));
            let entry = read(at + 2..at + 2 + size + ENTRY)?;
            let name = std::str::from_utf8(&entry[..size]).map_err(|_| damaged())?;
            let number = |from: usize| {
                let bytes = entry
                    .get(from..from + 8)
                    .and_then(|bytes| bytes.try_into().ok());
                usize::try_from(bytes.map_or(u64::MAX, u64::from_le_bytes)).unwrap_or(usize::MAX)
            };
            let (start, length) = (number(size), number(size + 8));
            let end = start.checked_add(length).filter(|end| *end <= file.len());
            let range = start..end.ok_or_else(damaged)?;
            let checksum = entry[size + 16..].try_into().map_err(|_| damaged())?;
            entries.insert(PathBuf::from(name), Entry { range, checksum });
            at += 2 + size + ENTRY;
        }
        let size = (at + blocks * blocks::SUM).next_multiple_of(ALIGN);
        let head = read(0..size)?;
        let blocks = match trust {
            Trust::Verified => None,
            Trust::ByBlock => {
                let (body, sums) = (read(size..file.len())?, head.slice(at..size));
                Some(Arc::new(Blocks::new(body, sums)))
            }
        };
        Ok(Self {
            file,
            entries: Arc::new(entries),
            head_hash: blake3::hash(&head),
            blocks,
        })
    }

    /// BLAKE3 of the head, which has a checksum of each file.
    pub(crate) fn head_hash(&self) -> blake3::Hash {
        self.head_hash
    }

    /// The files by name, each with its length and whether its bytes match its checksum.
    pub(crate) fn parts(&self) -> Vec<(String, usize, bool)> {
        let part = |(name, entry): (&PathBuf, &Entry)| {
            let bytes = self.file.read_bytes_slice(entry.range.clone());
            let is_whole =
                bytes.is_ok_and(|bytes| checksum(blake3::hash(&bytes)) == entry.checksum);
            (name.display().to_string(), entry.range.len(), is_whole)
        };
        let mut parts: Vec<_> = self.entries.iter().map(part).collect();
        parts.sort_unstable();
        parts
    }

    /// What checks the blocks that are read; `None` if the whole file was checked.
    pub(crate) fn blocks(&self) -> Option<Arc<Blocks>> {
        self.blocks.clone()
    }

    /// The bytes of one of the files, unchecked.
    pub(crate) fn slice(&self, name: &Path) -> Option<FileSlice> {
        self.entries
            .get(name)
            .map(|entry| self.file.slice(entry.range.clone()))
    }
}

/// One of the files, whose blocks are compared as the engine reads them.
#[derive(Debug)]
struct CheckedFile {
    slice: FileSlice,
    blocks: Option<Arc<Blocks>>,
}

impl HasLen for CheckedFile {
    fn len(&self) -> usize {
        self.slice.len()
    }
}

impl FileHandle for CheckedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let bytes = self.slice.read_bytes_slice(range)?;
        intact(self.blocks.as_deref(), &bytes)?;
        Ok(bytes)
    }
}

/// Bytes that the engine reads, if they are as they were written.
fn intact(blocks: Option<&Blocks>, bytes: &[u8]) -> io::Result<()> {
    if is_whole(blocks, bytes) {
        return Ok(());
    }
    let reason = "the file is damaged";
    Err(io::Error::new(io::ErrorKind::InvalidData, reason))
}

fn read_only() -> io::Error {
    io::Error::new(
        io::ErrorKind::PermissionDenied,
        "a built index is never written",
    )
}

impl Directory for Bundle {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let slice = self.slice(path);
        let slice = slice.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))?;
        let blocks = self.blocks();
        Ok(Arc::new(CheckedFile { slice, blocks }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let (io_error, filepath) = (Arc::new(read_only()), path.to_owned());
        Err(DeleteError::IoError { io_error, filepath })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.entries.contains_key(path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let slice = self.slice(path);
        let slice = slice.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))?;
        let fail = |cause| OpenReadError::wrap_io_error(cause, path.to_owned());
        let bytes = slice.read_bytes().map_err(fail)?;
        intact(self.blocks.as_deref(), &bytes).map_err(fail)?;
        Ok(bytes.to_vec())
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

#[cfg(test)]
mod tests {
    use super::super::packing::pack;
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let files = vec![
            ("a".to_owned(), vec![vec![1], vec![2, 3]]),
            ("meta.json".to_owned(), vec![]),
        ];
        let bundle = Bundle::open(FileSlice::from(pack(files).concat()), Trust::Verified).unwrap();
        assert_eq!(bundle.atomic_read(Path::new("a")).unwrap(), [1, 2, 3]);
        assert_eq!(bundle.atomic_read(Path::new("meta.json")).unwrap(), [0; 0]);
        assert!(bundle.atomic_read(Path::new("b")).is_err());
    }

    #[test]
    fn a_damaged_file_is_reported() {
        let packed = pack(vec![("a".to_owned(), vec![vec![1; 100]])]).concat();
        for end in 0..packed.len() {
            let cut = FileSlice::from(packed[..end].to_vec());
            assert!(Bundle::open(cut, Trust::ByBlock).is_err(), "{end}");
        }
    }
}
