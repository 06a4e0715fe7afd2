//! A zip whose members are unpacked into memory, within bounds.
//!
//! Nothing is unpacked to disk, and no size that an archive states is trusted.

use std::fmt::Display;
use std::io::{Cursor, ErrorKind, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{ods_extent, sheet};
use crate::error::{Error, Result};

/// Larger files are not read, and archives of tables not unpacked to more.
pub(crate) const LARGEST_ARCHIVE: u64 = 256 << 20;

/// An archive of a release is not unpacked to more; CMS's unpack to 9 MiB.
pub(crate) const LARGEST_RELEASE: u64 = 96 << 20;

/// A member that unpacks to more is not read; CMS's largest has 6 MiB.
const LARGEST_MEMBER: u64 = 64 << 20;

/// Archives with more members are refused; CMS's have seven.
const MOST_MEMBERS: usize = 1_000;

fn open_zip<'a>(path: &Path, bytes: &'a [u8]) -> Result<ZipArchive<Cursor<&'a [u8]>>> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|cause| {
        let reason = format!("is a damaged zip, perhaps cut short ({cause}); download it again");
        Error::source(path, reason)
    })
}

/// Whether the bytes are a zip of members and not a workbook, which is a zip of parts.
pub(crate) fn is_archive(path: &Path, bytes: &[u8]) -> Result<bool> {
    Ok(sheet::is_zip(bytes)
        && open_zip(path, bytes)?
            .index_for_name("[Content_Types].xml")
            .is_none()
        && !ods_extent::is_ods(bytes))
}

/// An archive whose members may be unpacked in parallel.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many more bytes may be unpacked.
    left: AtomicU64,
}

impl<'a> Archive<'a> {
    /// Opens an archive of which at most `most` bytes are unpacked.
    pub(crate) fn open(path: &Path, bytes: &'a [u8], most: u64) -> Result<Self> {
        let zip = open_zip(path, bytes)?;
        if zip.len() > MOST_MEMBERS {
            let reason = format!(
                "holds {} members, and a release of CMS holds seven; give the zip that CMS publishes",
                zip.len()
            );
            return Err(Error::source(path, reason));
        }
        Ok(Self {
            zip,
            left: AtomicU64::new(most),
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.zip.len()
    }

    pub(crate) fn name(&self, index: usize) -> String {
        match self.zip.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("member {}", index + 1),
        }
    }

    /// The first bytes of a member, at most `most`.
    pub(crate) fn unpack(&self, index: usize, most: u64) -> Result<Vec<u8>, String> {
        let damaged = |cause: &dyn Display| format!("is damaged ({cause}); download the zip again");
        let mut zip = self.zip.clone();
        let file = match zip.by_index(index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err("is encrypted; unpack the zip and give the folder".to_owned());
            }
            Err(cause) => return Err(damaged(&cause)),
        };
        let mut bytes = Vec::new();
        match file.take(most).read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(cause) if cause.kind() == ErrorKind::Unsupported => {
                let reason =
                    "is packed in a way that is not read; unpack the zip and give the folder";
                Err(reason.to_owned())
            }
            Err(cause) => Err(damaged(&cause)),
        }
    }

    /// The whole member, unless it is larger than any of CMS's.
    pub(crate) fn unpack_whole(&self, index: usize) -> Result<Vec<u8>, String> {
        self.unpack_up_to(index, LARGEST_MEMBER)
    }

    /// The whole member, up to the size of a whole archive.
    pub(crate) fn unpack_all(&self, index: usize) -> Result<Vec<u8>, String> {
        self.unpack_up_to(index, LARGEST_ARCHIVE)
    }

    fn unpack_up_to(&self, index: usize, limit: u64) -> Result<Vec<u8>, String> {
        let limit = limit.min(self.left.load(Ordering::Relaxed));
        let bytes = self.unpack(index, limit + 1)?;
        let length = bytes.len() as u64;
        // Others may have unpacked members meanwhile.
        let take = |left: u64| left.checked_sub(length);
        let taken = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        if length > limit || taken.is_err() {
            return Err(format!(
                "unpacks to more than {} MiB, which is not read; check where the zip comes from",
                limit >> 20
            ));
        }
        Ok(bytes)
    }
}
