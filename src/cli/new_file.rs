//! `NewFile`: a file that takes its name when it is complete, so that no incomplete one has it.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind};
use std::path::{Path, PathBuf};

use hcpcs::Error;
use tempfile::{Builder, TempPath};

use super::batch::CANNOT_WRITE;
use super::print::Failure;

/// A file that is being written; errors name it as the user did.
pub(crate) struct NewFile {
    out: BufWriter<File>,
    /// What is renamed at the end; a device or a pipe is written as it is.
    temporary: Option<TempPath>,
    /// As the user named it.
    path: PathBuf,
}

impl NewFile {
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        let is_other = fs::metadata(path).is_ok_and(|own| !own.is_file());
        let opened = if is_other {
            File::options()
                .write(true)
                .open(path)
                .map(|own| (own, None))
        } else {
            temporary(path).map(|(file, path)| (file, Some(path)))
        };
        let (file, temporary) = opened.map_err(|cause| {
            // the system names the temporary file, or nothing
            unwritable(
                path,
                match cause.kind() {
                    ErrorKind::NotFound => {
                        io::Error::other("there is no such folder; make it first")
                    }
                    kind => cause
                        .raw_os_error()
                        .map_or(kind.into(), io::Error::from_raw_os_error),
                },
            )
        })?;
        let (out, path) = (BufWriter::new(file), path.to_owned());
        Ok(Self {
            out,
            temporary,
            path,
        })
    }

    /// Writes with a function whose error is that of this file.
    pub(crate) fn write(
        &mut self,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), Failure> {
        write(&mut self.out).map_err(|cause| unwritable(&self.path, cause))
    }

    /// Writes with a function of the library, which does not know the file.
    pub(crate) fn fill<T>(
        &mut self,
        write: impl FnOnce(&mut BufWriter<File>) -> hcpcs::Result<T>,
    ) -> Result<T, Failure> {
        write(&mut self.out).map_err(|error| match error {
            Error::Io { doing, cause, .. } if doing == CANNOT_WRITE => {
                unwritable(&self.path, cause)
            }
            other => other.into(),
        })
    }

    /// Gives the complete file its name.
    pub(crate) fn keep(self) -> Result<(), Failure> {
        let Self {
            out,
            temporary,
            path,
        } = self;
        let written = out.into_inner().map_err(io::IntoInnerError::into_error);
        let kept = written.and_then(|file| match temporary {
            None => Ok(()),
            Some(temporary) => {
                file.sync_all()?;
                // A link stays one, to the new file.
                let target = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
                temporary.persist(target).map_err(|failed| failed.error)
            }
        });
        kept.map_err(|cause| unwritable(&path, cause))
    }
}

/// A temporary file in the folder of the one that it will replace.
fn temporary(path: &Path) -> io::Result<(File, TempPath)> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file = Builder::new();
    // Readable by whom the user's mask lets read, as any file that a program writes.
    #[cfg(unix)]
    file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = file.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    Ok(file.into_parts())
}

pub(crate) fn unwritable(path: &Path, cause: io::Error) -> Failure {
    Failure::Library(Error::Io {
        path: path.to_owned(),
        doing: CANNOT_WRITE,
        cause,
    })
}
