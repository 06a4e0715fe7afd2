//! `Error` and `Result`: the one error of the crate, its remedies, and how a message quotes a text.

use std::io;
use std::path::{Path, PathBuf};

/// The remedy for an error. The library does not know how a user applies it; each front end words
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Build an index in the folder.
    BuildIndex,
    /// Build the index again, from its sources.
    RebuildIndex,
    /// Use another folder for the index.
    OtherFolder,
    /// Say which release the file is.
    NameRelease,
    /// Check the file, or force it.
    Insist,
    /// Fetch the file by hand, or try again later.
    FetchByHand,
    /// Fetch the file by hand, try again later, or wait longer for the server.
    WaitLonger,
    /// Give the address of the page that links the releases.
    NamePage,
    /// Give the address of that page, or fetch the file by hand.
    NamePageOrFetch,
    /// Listen on another address.
    OtherAddress,
    /// Say what the columns hold, or which to ignore.
    MapColumns,
}

/// What went wrong and where.
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

/// The maximum of characters that a message quotes.
const LONGEST_QUOTE: usize = 80;

/// The beginning of a text, for a message that quotes it on one line; `...` stands for the
/// rest, since a header too must be able to carry it.
pub(crate) fn excerpt(text: &str) -> String {
    let plain = |char: char| if char.is_whitespace() { ' ' } else { char };
    let mut chars = text.chars();
    let mut quote: String = chars.by_ref().take(LONGEST_QUOTE).map(plain).collect();
    if chars.next().is_some() {
        quote.push_str("...");
    }
    quote
}

/// The message for a value that a parameter does not take, with what it takes.
pub(crate) fn cannot_be(name: &str, value: &str, right: &str) -> String {
    format!("`{name}` cannot be `{}`; give {right}", excerpt(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_one_line_and_says_that_it_is_cut() {
        assert_eq!(excerpt("a\r\nb"), "a  b");
        assert_eq!(excerpt(&"ä".repeat(80)), "ä".repeat(80));
        assert_eq!(excerpt(&"ä".repeat(81)), "ä".repeat(80) + "...");
    }
}
