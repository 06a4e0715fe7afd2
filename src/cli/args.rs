//! Every argument, nothing else.

mod export;
mod first_word;
mod index_arguments;
mod many_lines;
mod over_time;
mod question;
mod units_arguments;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};
use hcpcs::Date;

use super::{candidates, print};

use self::export::EXPORT_HELP;
pub(crate) use self::export::ExportArguments;
use self::index_arguments::INDEX_HELP;
#[cfg(feature = "serve")]
use self::index_arguments::SERVE_HELP;
#[cfg(feature = "serve")]
pub(crate) use self::index_arguments::ServeArguments;
pub(crate) use self::index_arguments::{IndexArguments, StatusArguments};
use self::many_lines::{BATCH_HELP, CHECK_HELP};
pub(crate) use self::many_lines::{BatchArguments, CheckArguments};
use self::over_time::{DIFF_HELP, UPDATE_HELP};
pub(crate) use self::over_time::{DiffArguments, HistoryArguments, UpdateArguments};
pub(crate) use self::question::{FormatArguments, SearchArguments};
use self::units_arguments::UNITS_HELP;
pub(crate) use self::units_arguments::UnitsArguments;

/// Search HCPCS Level II codes and modifiers.
#[derive(Debug, Parser)]
#[command(name = "hcpcs", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[expect(clippy::doc_markdown, reason = "shown unchanged by --help")]
    /// Folder of the index [default: $HCPCS_INDEX, else ./index of a checkout, else the
    /// platform's data folder].
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) index: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 found or done, 1 nothing found, 2 wrong usage, \
                          3 data or index unusable";

// A process that answers one question would spend a fifth of its time on the others' arguments.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Search by words, codes and filters.
    #[command(after_help = SEARCH_HELP)]
    Search(Box<SearchArguments>),
    /// Show everything about codes.
    #[command(after_help = "Example:  hcpcs show J1640 JW --as-of 2026-02-01")]
    Show(ShowArguments),
    /// Turn a dose or a drug package into billing units.
    #[command(after_help = UNITS_HELP)]
    Units(Box<UnitsArguments>),
    /// Complete a word or a code that is being typed.
    #[command(after_help = "Example:  hcpcs suggest glyco")]
    Suggest(SuggestArguments),
    /// Answer many questions, one on each line.
    #[command(after_help = BATCH_HELP)]
    Batch(BatchArguments),
    /// Check codes and modifiers of claim lines.
    #[command(after_help = CHECK_HELP)]
    Check(CheckArguments),
    /// Build the index from what CMS publishes.
    #[command(after_help = INDEX_HELP)]
    Index(IndexArguments),
    /// Add a release, or a newer crosswalk, taxonomy or note, to the index.
    #[command(after_help = UPDATE_HELP)]
    Update(UpdateArguments),
    /// Show what changed between two releases.
    #[command(after_help = DIFF_HELP)]
    Diff(Box<DiffArguments>),
    /// Show what the releases said of codes over time.
    #[command(after_help = "Example:  hcpcs history CS J0570")]
    History(HistoryArguments),
    /// Write documents for another engine: JSON lines, OpenSearch, Quickwit.
    #[command(after_help = EXPORT_HELP)]
    Export(Box<ExportArguments>),
    /// Show a code table with the number of codes that carry each value.
    #[command(after_help = "Example:  hcpcs table coverage")]
    Table(TableArguments),
    /// Show what is indexed, from which files.
    #[command(after_help = "Example:  hcpcs status --json")]
    Status(StatusArguments),
    /// Answer over HTTP: a page, the library's JSON, NLM's format, FHIR, agents.
    #[cfg(feature = "serve")]
    #[command(after_help = SERVE_HELP)]
    Serve(ServeArguments),
    /// Answer an agent over standard input and output (Model Context Protocol).
    #[cfg(feature = "mcp")]
    #[command(
        after_help = "Example:  hcpcs mcp --index /srv/hcpcs    the command in an agent's settings"
    )]
    Mcp,
    /// Print the script with which a shell completes commands, values, tables, codes and words.
    #[command(after_help = COMPLETIONS_HELP)]
    Completions(CompletionArguments),
    /// Print the manual page.
    #[command(after_help = "Example:  hcpcs man > hcpcs.1")]
    Man,
}

const SEARCH_HELP: &str = "\
Words:    glycopyrrolate injection      codes with all the words come first
          '\"power wheelchair\"'          a phrase
          dolasetron -oral              leaves out the word, as NOT oral does
Codes:    J1640 E0601 99213             a row each, in the order asked
          J16, J1600-J1699, J1600 to J1699, E0601RR
NDCs:     55292-0702-55, 5529270255, N455292070255, 55292-0702
Filters:  --coverage D --betos O1E,O1D  of each filter one value
Example:  hcpcs search --coverage D --betos O1E --csv --fields code,coverage
The word `search` may be left out: hcpcs glycopyrrolate
Exit code 1 if nothing matches, or no requested code is valid on the day.";

const COMPLETIONS_HELP: &str = "\
Example:  hcpcs completions bash >> ~/.bashrc    bash
          hcpcs completions zsh >> ~/.zshrc      zsh, below compinit";

#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    /// Procedure codes and modifiers.
    #[arg(required = true, add = ArgValueCompleter::new(candidates::codes))]
    pub(crate) codes: Vec<String>,
    /// As of a day, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Only the clinical notes.
    #[arg(long)]
    pub(crate) note: bool,
    /// One JSON object for each code, in an array.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SuggestArguments {
    /// The partly typed text; its last word is completed.
    #[arg(required = true)]
    pub(crate) typed: Vec<String>,
    /// How many completions to show.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub(crate) limit: usize,
    /// As of a day, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// A JSON array.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TableArguments {
    /// The table; without it, the names of all.
    #[arg(add = ArgValueCandidates::new(candidates::tables))]
    pub(crate) name: Option<String>,
    /// Count codes valid on a day, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// A JSON array.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionArguments {
    /// The shell.
    pub(crate) shell: Shell,
}

/// Parses the command line; prints help or the usage error if there is one.
pub(crate) fn parse() -> Result<Arguments, ExitCode> {
    let given: Vec<OsString> = std::env::args_os().collect();
    let given = if command_of(&given) == Some("units") {
        Ok(given.into_iter().map(minus).collect())
    } else {
        first_word::with_command(given)
    };
    let arguments = given.map_err(|failure| {
        print::failure(&failure);
        ExitCode::from(failure.code())
    })?;
    Arguments::try_parse_from(arguments).map_err(|error| {
        let text = first_word::with_minus(&error.render().ansi().to_string());
        // Help goes to stdout, an error to stderr; a closed pipe is ignored.
        print::parser_message(&text, error.use_stderr());
        ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
    })
}

/// The command's name: the first argument that is neither an option nor the index's folder.
fn command_of(given: &[OsString]) -> Option<&str> {
    let mut arguments = given
        .iter()
        .skip(1)
        .filter_map(|argument| argument.to_str());
    loop {
        match arguments.next()? {
            "--index" => arguments.next()?,
            option if option.starts_with('-') => continue,
            command => return Some(command),
        };
    }
}

/// `-5mg` with a minus sign: a dose to be refused as one, not as an option.
fn minus(argument: OsString) -> OsString {
    let text = argument.to_str().and_then(|text| text.strip_prefix('-'));
    match text {
        Some(text) if text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.') => {
            OsString::from(format!("\u{2212}{text}"))
        }
        _ => argument,
    }
}

/// The whole command line, for completions and the manual page.
pub(crate) fn command() -> clap::Command {
    Arguments::command()
}
