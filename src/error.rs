//! `Error` and `Result`: the one error of the crate.

use std::io;
use std::path::{Path, PathBuf};

/// What went wrong, where, and what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or a folder could not be read or written.
    #[error("{}: {doing}: {cause}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried, such as "cannot read".
        doing: &'static str,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// A source holds nothing that the program knows, or is damaged.
    #[error("{}: {reason}", path.display())]
    Source {
        /// The file or folder, with the archive's member behind it where there is one.
        path: PathBuf,
        /// What is wrong and what to do next.
        reason: String,
    },
    /// A line of a source could not be read, and strict reading was asked for.
    #[error("{}: line {line}: {reason}", path.display())]
    Line {
        /// The file, with the archive's member behind it where there is one.
        path: PathBuf,
        /// The line, beginning with 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// What was given would lose what there was, or is damaged; it is taken only by force.
    #[error("{}: {reason}", path.display())]
    Refused {
        /// The file, or the folder of the index.
        path: PathBuf,
        /// What would be lost or is damaged.
        reason: String,
    },
    /// There is no index, or none that this program can use.
    #[error("{}: {reason}", path.display())]
    Index {
        /// The index folder.
        path: PathBuf,
        /// What is wrong and what to do next.
        reason: String,
    },
    /// Something could not be fetched from a server.
    #[error("{url}: {reason}")]
    Download {
        /// The address.
        url: String,
        /// What is wrong and what to do next.
        reason: String,
    },
    /// A question that cannot be answered as it is put.
    #[error("{reason}")]
    Query {
        /// What is wrong and what would be right.
        reason: String,
    },
}

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether the user's question is at fault, and not a file or the index.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Query { .. })
    }

    pub(crate) fn io(path: &Path, doing: &'static str, cause: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            doing,
            cause,
        }
    }

    pub(crate) fn source(path: &Path, reason: impl Into<String>) -> Self {
        Self::Source {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }

    pub(crate) fn refused(path: &Path, reason: impl Into<String>) -> Self {
        Self::Refused {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }

    pub(crate) fn index(path: &Path, reason: impl Into<String>) -> Self {
        Self::Index {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }

    #[cfg(feature = "download")]
    pub(crate) fn download(url: &str, reason: impl Into<String>) -> Self {
        Self::Download {
            url: url.to_owned(),
            reason: reason.into(),
        }
    }

    pub(crate) fn query(reason: impl Into<String>) -> Self {
        Self::Query {
            reason: reason.into(),
        }
    }
}
