//! `Disk`: every operation that writes an index, so that a test can make each of them fail.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
#[cfg(test)]
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::NamedTempFile;

/// The disk to which an index is written.
#[derive(Default)]
pub(crate) struct Disk {
    /// How many operations succeed before one fails.
    #[cfg(test)]
    until_failure: Option<AtomicUsize>,
}

#[cfg_attr(
    not(test),
    expect(clippy::unused_self, reason = "a test fails what it is asked")
)]
impl Disk {
    /// A disk on which an operation fails after a number that succeed.
    #[cfg(test)]
    pub(crate) fn failing_at(operation: usize) -> Self {
        Self {
            until_failure: Some(AtomicUsize::new(operation)),
        }
    }

    #[cfg_attr(not(test), expect(clippy::unnecessary_wraps, reason = "as above"))]
    fn begin(&self) -> io::Result<()> {
        #[cfg(test)]
        if let Some(left) = &self.until_failure
            && left.fetch_sub(1, Ordering::Relaxed) == 0
        {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }

    /// Creates a file under a unique name, readable for others.
    pub(crate) fn create(&self, folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
        self.begin()?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(prefix);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        builder.tempfile_in(folder)
    }

    /// Appends bytes.
    pub(crate) fn write(&self, file: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()> {
        // The error of the temporary file would name it.
        let file = file.as_file_mut();
        if let Err(cause) = self.begin() {
            file.write_all(&bytes[..bytes.len() / 2])?;
            return Err(cause);
        }
        file.write_all(bytes)
    }

    /// Waits until a file is on the disk.
    pub(crate) fn sync(&self, file: &NamedTempFile) -> io::Result<()> {
        self.begin()?;
        file.as_file().sync_all()
    }

    /// Renames a file, replacing one that has the name.
    pub(crate) fn rename(&self, file: NamedTempFile, path: &Path) -> io::Result<()> {
        self.begin()?;
        file.persist(path).map_err(|failed| failed.error)?;
        Ok(())
    }

    /// Waits until the names of a folder are on the disk.
    pub(crate) fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.begin()?;
        File::open(folder)?.sync_all()
    }
}
