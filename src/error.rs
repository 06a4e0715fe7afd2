//! `Error` and `Result`: the one error of the crate.

mod excerpt;
mod remedy;

use std::io;
use std::path::{Path, PathBuf};

pub use excerpt::counted;
pub(crate) use excerpt::{cannot_be, excerpt};
pub use remedy::Remedy;

/// What went wrong and where.
///
/// ```
/// use hcpcs::{Error, Remedy, Searcher};
///
/// let folder = tempfile::tempdir()?;
/// let error = Searcher::open(folder.path()).err().ok_or("there is no index")?;
/// assert!(matches!(error, Error::Index { .. }));
/// assert_eq!(error.remedy(), Some(Remedy::BuildIndex));
/// assert!(!error.is_usage());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or a folder could not be read or written.
    #[error("{}: {doing}: {cause}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The operation that failed, such as "cannot read".
        doing: &'static str,
        /// The system's error.
        #[source]
        cause: io::Error,
    },
    /// A source holds nothing that the program recognises, or is damaged.
    #[error("{}: {reason}", path.display())]
    Source {
        /// The file or folder, followed by the archive's member if there is one.
        path: PathBuf,
        /// What is wrong.
        reason: String,
        /// The remedy, if one is known.
        remedy: Option<Remedy>,
    },
    /// A line of a source could not be read, and strict reading was asked for.
    #[error("{}: line {line}: {reason}", path.display())]
    Line {
        /// The file, followed by the archive's member if there is one.
        path: PathBuf,
        /// The line; the first is 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// It is unclear which release a file is, or the file contradicts itself.
    #[error("{}: {reason}", path.display())]
    WhichRelease {
        /// The file, followed by the archive's member if there is one.
        path: PathBuf,
        /// What is missing, or what contradicts what.
        reason: String,
        /// The release that it seems to be, such as `2026-07`.
        likely: Option<String>,
    },
    /// The new data would lose some of the old, or is damaged; it is accepted only by force.
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
        /// What is wrong.
        reason: String,
        /// The remedy, if one is known.
        remedy: Option<Remedy>,
    },
    /// Something could not be fetched from a server.
    #[error("{url}: {reason}")]
    Download {
        /// The address.
        url: String,
        /// What is wrong.
        reason: String,
        /// The remedy, if one is known.
        remedy: Option<Remedy>,
    },
    /// Columns of a table are not understood; the caller may say what they hold.
    #[error("{reason}: {}", quoted(columns))]
    Columns {
        /// The names of the columns.
        columns: Vec<String>,
        /// What is not understood.
        reason: String,
    },
    /// An input exceeds the size limit, or unpacks to more.
    #[error("{}: {reason}", path.display())]
    TooLarge {
        /// The input, followed by the archive's member if there is one.
        path: PathBuf,
        /// The limit.
        reason: String,
    },
    /// A question that cannot be answered as asked.
    #[error("{reason}")]
    Query {
        /// What is wrong, and what would be right.
        reason: String,
        /// The remedy, if one is known.
        remedy: Option<Remedy>,
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

    /// The remedy, if one is known.
    #[must_use]
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Self::Source { remedy, .. }
            | Self::Index { remedy, .. }
            | Self::Download { remedy, .. }
            | Self::Query { remedy, .. } => *remedy,
            Self::Refused { .. } => Some(Remedy::Insist),
            Self::Columns { .. } => Some(Remedy::MapColumns),
            Self::Io { .. } | Self::Line { .. } | Self::TooLarge { .. } => None,
            Self::WhichRelease { .. } => Some(Remedy::NameRelease),
        }
    }

    /// Adds a remedy.
    pub(crate) fn with(mut self, help: Remedy) -> Self {
        if let Self::Source { remedy, .. }
        | Self::Index { remedy, .. }
        | Self::Download { remedy, .. }
        | Self::Query { remedy, .. } = &mut self
        {
            *remedy = Some(help);
        }
        self
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
            remedy: None,
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
            remedy: None,
        }
    }

    pub(crate) fn columns(reason: &str, columns: Vec<String>) -> Self {
        Self::Columns {
            columns,
            reason: reason.to_owned(),
        }
    }

    #[cfg(feature = "download")]
    pub(crate) fn download(url: &str, reason: impl Into<String>) -> Self {
        Self::Download {
            url: url.to_owned(),
            reason: reason.into(),
            remedy: None,
        }
    }

    /// The index holds bytes that no build writes.
    pub(crate) fn damaged(path: &Path) -> Self {
        Self::index(path, "the tables are damaged").with(Remedy::RebuildIndex)
    }

    pub(crate) fn query(reason: impl Into<String>) -> Self {
        Self::Query {
            reason: reason.into(),
            remedy: None,
        }
    }
}

fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
