//! `hcpcs batch`: answers many questions, one on each line.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use hcpcs::search::{BatchOptions, BatchSummary};
use hcpcs::{Error, Searcher};

use super::args::BatchArguments;
use super::print::{self, Failure, Outcome, Printer};
use super::{Run, batch_csv, folders, progress};

/// The read buffer's size, in bytes.
const READ_AT_ONCE: usize = 1 << 17;

pub(crate) fn run(
    arguments: &BatchArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let searcher = folders::load(index)?;
    let input = open(&arguments.file)?;
    let summary = if arguments.csv {
        batch_csv::run(&searcher, input, printer)
    } else {
        progress::watch_unless_shown("answering", || lines(&searcher, input))
    };
    let summary = summary.map_err(|failure| named(failure, &arguments.file))?;
    if let Some(notice) = summary.notice() {
        print::warning(&notice);
    }
    if summary.bad == 0 {
        return Ok(Outcome::Found);
    }
    let BatchSummary { lines, bad, .. } = summary;
    print::warning(&format!(
        "{bad} of {lines} lines could not be answered; each says why"
    ));
    Ok(Outcome::BadLines)
}

fn lines(searcher: &Searcher, input: impl BufRead) -> Result<BatchSummary, Failure> {
    Ok(searcher.batch(input, print::results(), &BatchOptions::default())?)
}

/// The opened input.
pub(crate) type Input = Box<dyn BufRead + Send>;

/// What an error of the output says; its path is not the input's.
pub(crate) const CANNOT_WRITE: &str = "cannot write";

/// A read error under the name of its file.
pub(crate) fn named(failure: Failure, file: &Path) -> Failure {
    if file == Path::new("-") {
        return failure;
    }
    let Failure::Library(mut error) = failure else {
        return failure;
    };
    if matches!(error, Error::Io { doing, .. } if doing == CANNOT_WRITE) {
        return Failure::Library(error);
    }
    if let Error::Io { path, .. }
    | Error::Source { path, .. }
    | Error::Line { path, .. }
    | Error::TooLarge { path, .. } = &mut error
    {
        let member: PathBuf = path.iter().skip(1).collect();
        *path = if member.as_os_str().is_empty() {
            file.to_owned()
        } else {
            file.join(member)
        };
    }
    Failure::Library(error)
}

/// A file, or stdin for `-`.
pub(crate) fn open(path: &Path) -> Result<Input, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::with_capacity(
            READ_AT_ONCE,
            io::stdin(),
        )));
    }
    let file = File::open(path).and_then(|file| {
        if file.metadata()?.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        Ok(file)
    });
    match file {
        Ok(file) => Ok(Box::new(BufReader::with_capacity(READ_AT_ONCE, file))),
        Err(cause) => Err(Failure::Library(Error::Io {
            path: path.to_owned(),
            doing: "cannot read",
            cause,
        })),
    }
}
