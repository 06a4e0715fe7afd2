//! The only module that writes to stdout and stderr.

use std::io::{self, IsTerminal as _, Write as _};

use super::failure::with_next_step;
pub(crate) use super::failure::{Failure, Outcome};
pub(crate) use super::style::{ADDED, CODE, DIM, HEADING, MATCH, REMOVED, WARNING};
use super::style::{ERROR, Look, VisibleWriter, shown, visible};

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

/// The maximum width of text, in columns, and that without a terminal.
const WIDEST: usize = 120;
const USUAL: usize = 80;

/// The width of a line, in columns.
fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let given = std::env::var("COLUMNS").ok();
    let given = given.and_then(|columns| columns.parse().ok());
    given.or(terminal).unwrap_or(USUAL).clamp(40, WIDEST)
}

/// Buffers what a command prints, and writes it at the end.
pub(crate) struct Printer {
    out: String,
    width: usize,
    has_colours: bool,
}

impl Printer {
    /// The size of the buffer, in bytes.
    const GATHERED: usize = 1 << 16;

    pub(crate) fn new() -> Self {
        Self {
            out: String::new(),
            width: width(),
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

/// Reports which of the indexed releases are not complete, and an index of another analysis.
pub(crate) fn scopes(searcher: &hcpcs::Searcher) {
    let manifest = searcher.manifest();
    for own in &manifest.releases {
        if let Some(lacking) = own.lacking() {
            note(&format!("release {}, {lacking}", own.id));
        }
    }
    if let Some(other) = manifest.other_analysis() {
        note(&format!("the index has {other}"));
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

/// Prints a notice on stderr, wrapped if it is a terminal.
pub(crate) fn note(text: &str) {
    let has_colours = has_colours(&io::stderr());
    let wrapped = if is_watched() {
        textwrap::fill(text, width())
    } else {
        text.to_owned()
    };
    for line in wrapped.lines() {
        // If stderr is closed, there is nobody to read it.
        let _ = writeln!(anstream::stderr(), "{}", shown(line, has_colours));
    }
}

/// Says on stderr what a user should know of the answers for a day; without one, for today.
pub(crate) fn say_of_day(searcher: &hcpcs::Searcher, day: Option<hcpcs::Date>) {
    for said in searcher.notices_on(day.unwrap_or_else(hcpcs::Date::today)) {
        note(&said);
    }
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
