//! The only module that writes to stdout and stderr.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use hcpcs::Remedy;

pub(crate) use super::look::{ADDED, CODE, DIM, HEADING, MATCH, REMOVED, WARNING};
use super::look::{ERROR, Look, VisibleWriter, shown, visible};

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

/// Prints a failure on stderr.
pub(crate) fn failure(failure: &Failure) {
    match failure {
        Failure::Library(error) => say("error", ERROR, &with_next_step(error)),
        Failure::NoIndex { folder, named_by } => {
            let folder = folder.display();
            let text = format!(
                "{folder}: there is no index here; check the folder that {named_by} names, or build \
                 one in it with `hcpcs index FILE --index {folder}`"
            );
            say("error", ERROR, &text);
        }
        Failure::NoThreads(cause) => {
            let text = format!(
                "the system gives the program no threads ({cause}); raise the limit of processes or \
                 end others, and run the command again"
            );
            say("error", ERROR, &text);
        }
        Failure::Usage(reason) => say("error", ERROR, reason),
        Failure::Output(cause) => say("error", ERROR, &format!("cannot write the output: {cause}")),
    }
}

/// Buffers what a command prints, and writes it at the end.
pub(crate) struct Printer {
    out: String,
    width: usize,
    has_colours: bool,
}

impl Printer {
    /// The maximum width of text, in columns.
    const WIDEST: usize = 120;
    const USUAL: usize = 80;
    /// The size of the buffer, in bytes.
    const GATHERED: usize = 1 << 16;

    pub(crate) fn new() -> Self {
        let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let given = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok());
        let width = given.or(terminal).unwrap_or(Self::USUAL);
        Self {
            out: String::new(),
            width: width.clamp(40, Self::WIDEST),
            has_colours: has_colours(&io::stdout()),
        }
    }

    /// The width of a line, in columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Prints a line of results for people; control characters in it are made visible.
    pub(crate) fn line(&mut self, line: impl AsRef<str>) -> Result<(), Failure> {
        self.out.push_str(&shown(line.as_ref(), self.has_colours));
        self.end_line()
    }

    /// Adds a line of data for programs; it is written unchanged, except on a terminal.
    pub(crate) fn data(&mut self, line: impl AsRef<str>) -> Result<(), Failure> {
        let line = line.as_ref();
        if is_terminal() {
            self.out.push_str(&visible(line));
        } else {
            self.out.push_str(line);
        }
        self.end_line()
    }

    fn end_line(&mut self) -> Result<(), Failure> {
        self.out.push('\n');
        if self.out.len() > Self::GATHERED {
            self.finish()
        } else {
            Ok(())
        }
    }

    /// Flushes the buffer.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        let out = std::mem::take(&mut self.out);
        let written = if self.has_colours {
            let mut stdout = anstream::stdout();
            stdout
                .write_all(out.as_bytes())
                .and_then(|()| stdout.flush())
        } else {
            let mut stdout = io::stdout();
            stdout
                .write_all(out.as_bytes())
                .and_then(|()| stdout.flush())
        };
        written.map_err(Failure::Output)
    }
}

/// The destination for results that a library function writes itself.
pub(crate) fn results() -> Box<dyn io::Write> {
    let stdout = io::stdout().lock();
    if is_terminal() {
        Box::new(VisibleWriter::new(stdout))
    } else {
        Box::new(stdout)
    }
}

/// Whether results go to a terminal.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether the output has colours: on a terminal, unless the environment forbids it.
fn has_colours(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// A release, followed by its scope if it is not complete.
pub(crate) fn release(name: &str, scope: Option<&str>) -> String {
    match scope {
        None => format!("release {name}"),
        Some(scope) => format!("release {name}, {scope}"),
    }
}

/// Reports which of the indexed releases are not complete.
pub(crate) fn scopes(searcher: &hcpcs::Searcher) {
    let releases = searcher.manifest().releases.iter();
    for own in releases.filter(|own| !own.scope.is_whole()) {
        note(&format!("release {}, {}", own.id, own.scope));
    }
}

/// Prints a message of the command line's parser, which is coloured already.
pub(crate) fn parser_message(text: &str, is_mistake: bool) {
    let _ = if is_mistake {
        write!(anstream::stderr(), "{text}")
    } else {
        write!(anstream::stdout(), "{text}")
    };
}

/// Prints a notice on stderr.
pub(crate) fn note(text: &str) {
    let has_colours = has_colours(&io::stderr());
    // If stderr is closed, there is nobody to read it.
    let _ = writeln!(anstream::stderr(), "{}", shown(text, has_colours));
}

/// Prints a warning on stderr.
pub(crate) fn warning(text: &str) {
    say("warning", WARNING, text);
}

fn say(kind: &str, look: Look, text: &str) {
    note(&format!("{look}{kind}:{look:#} {text}"));
}

/// Whether stderr is a terminal.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Replaces the line of progress on stderr; an empty text clears it.
pub(crate) fn progress(text: &str) {
    let mut err = io::stderr().lock();
    let _ = write!(err, "\r\x1b[K{text}").and_then(|()| err.flush());
}
