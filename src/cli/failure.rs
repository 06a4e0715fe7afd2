//! `Outcome` and `Failure`: how a command ends, its exit code, and the next step for a user.

use std::io;
use std::path::PathBuf;

use hcpcs::Remedy;

/// Whether a command found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Found or done: exit code 0.
    Found,
    /// Nothing found, or something is not valid: exit code 1.
    Nothing,
    /// Done, but some lines of the data could not be read: exit code 3.
    BadLines,
}

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// An error of the library: exit code 2 for a wrong question, else 3.
    Library(hcpcs::Error),
    /// The folder that the user names holds no index: exit code 3.
    NoIndex {
        /// The folder.
        folder: PathBuf,
        /// The option or variable that names it.
        named_by: &'static str,
    },
    /// The system gives the program no threads: exit code 3.
    NoThreads(String),
    /// The command line is wrong: exit code 2.
    Usage(String),
    /// The results could not be written.
    Output(io::Error),
}

impl Failure {
    /// The exit code, as the help lists them.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Library(error) if error.is_usage() => 2,
            Self::Usage(_) => 2,
            Self::Library(_) | Self::NoIndex { .. } | Self::NoThreads(_) | Self::Output(_) => 3,
        }
    }

    /// Whether the reader of stdout has closed it, which is no error.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        let (Self::Output(cause) | Self::Library(hcpcs::Error::Io { cause, .. })) = self else {
            return false;
        };
        cause.kind() == io::ErrorKind::BrokenPipe
    }
}

impl From<hcpcs::Error> for Failure {
    fn from(error: hcpcs::Error) -> Self {
        Self::Library(error)
    }
}

/// An error of the library, with the next step for a user of the command line.
pub(crate) fn with_next_step(error: &hcpcs::Error) -> String {
    let step = match error.remedy() {
        Some(Remedy::BuildIndex) => "build one with `hcpcs index FILE`",
        Some(Remedy::RebuildIndex) => "build the index again with `hcpcs index FILE`",
        Some(Remedy::OtherFolder) => "choose another folder with --index DIR",
        Some(Remedy::NameRelease) => {
            let likely = match error {
                hcpcs::Error::WhichRelease { likely, .. } => likely.as_deref(),
                _ => None,
            };
            let likely = likely.unwrap_or("2026-01");
            return format!(
                "{error}; say it with --release {likely} (year and first month of the quarter)"
            );
        }
        Some(Remedy::Insist) => "check the file, or take it with --force",
        Some(Remedy::FetchByHand) => {
            "try again later, or fetch the zip with a browser and run `hcpcs update FILE`"
        }
        Some(Remedy::WaitLonger) => {
            "try again later, give it more time with --timeout, or fetch the zip with a browser \
             and run `hcpcs update FILE`"
        }
        Some(Remedy::NamePage) => "give the address of CMS's page with --page",
        Some(Remedy::NamePageOrFetch) => {
            "give the address of the page that does with --page, or fetch the zip with a browser \
             and run `hcpcs update FILE`"
        }
        Some(Remedy::OtherAddress) => "give another address with `--listen`",
        Some(Remedy::MapColumns) => {
            "say what they hold with --columns, such as modifier1=NAME,dos=NAME, or pass a column \
             over with --columns pass=NAME"
        }
        _ => return error.to_string(),
    };
    format!("{error}; {step}")
}
