//! The answers on a terminal; this layer uses only the public library.

#![expect(
    clippy::format_push_string,
    reason = "`write!` to a text gives a result that says nothing"
)]

mod alike;
mod args;
mod batch;
mod batch_csv;
mod billing_units;
mod candidates;
mod changed;
mod check;
mod check_counts;
mod check_output;
mod completions;
mod diff;
mod diff_output;
mod export;
mod failure;
mod folders;
mod history;
mod index;
mod named_codes;
mod new_file;
mod output;
mod print;
mod progress;
mod search;
mod search_hit;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod show_annotations;
mod sources;
mod sources_report;
mod status;
mod style;
mod suggest;
mod table;
mod update;
mod update_output;
mod watch_list;

use std::process::ExitCode;

use args::Command;
use print::{Failure, Outcome, Printer};

/// Reads the command line, runs the command, returns its exit code.
pub(crate) fn run() -> ExitCode {
    if completions::complete() {
        return ExitCode::SUCCESS;
    }
    let arguments = match args::parse() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let mut printer = Printer::new();
    let index = arguments.index;
    if let Err(failure) = start_threads(&arguments.command) {
        print::failure(&failure);
        return ExitCode::from(failure.code());
    }
    let outcome = match arguments.command {
        Command::Search(arguments) => search::run(&arguments, index, &mut printer),
        Command::Show(arguments) => show::run(&arguments, index, &mut printer),
        Command::Units(arguments) => billing_units::run(&arguments, index, &mut printer),
        Command::Suggest(arguments) => suggest::run(&arguments, index, &mut printer),
        Command::Batch(arguments) => batch::run(&arguments, index, &mut printer),
        Command::Check(arguments) => check::run(&arguments, index, &mut printer),
        Command::Index(arguments) => index::run(&arguments, index, &mut printer),
        Command::Update(arguments) => update::run(&arguments, index, &mut printer),
        Command::Diff(arguments) => diff::run(&arguments, index, &mut printer),
        Command::History(arguments) => history::run(&arguments, index, &mut printer),
        Command::Export(arguments) => export::run(&arguments, index),
        Command::Table(arguments) => table::run(&arguments, index, &mut printer),
        Command::Status(arguments) => status::run(&arguments, index, &mut printer),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(&arguments, index),
        #[cfg(feature = "mcp")]
        Command::Mcp => serve::mcp(index),
        Command::Completions(arguments) => completions::completions(&arguments, &mut printer),
        Command::Man => completions::man(&mut printer),
    };
    let outcome = outcome.and_then(|outcome| printer.finish().map(|()| outcome));
    match outcome {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::BadLines) => ExitCode::from(3),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            print::failure(&failure);
            ExitCode::from(failure.code())
        }
    }
}

/// Starts the threads of a command that computes on all cores; left to itself, the thread pool
/// panics where there are none to be had.
fn start_threads(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Batch(_)
        | Command::Check(_)
        | Command::Index(_)
        | Command::Update(_)
        | Command::Diff(_) => {}
        #[cfg(feature = "serve")]
        Command::Serve(_) => {}
        #[cfg(feature = "mcp")]
        Command::Mcp => {}
        _ => return Ok(()),
    }
    let started = rayon::ThreadPoolBuilder::new().build_global();
    started.map_err(|cause| Failure::NoThreads(cause.to_string()))
}

/// The result of a command.
type Run = Result<Outcome, Failure>;
