//! `hcpcs completions` and `hcpcs man`: what a shell and a reader want, from the arguments.

use super::Run;
use super::args::{self, CompletionArguments};
use super::print::{Failure, Outcome, Printer};

/// Prints completions for a shell.
pub(crate) fn completions(arguments: &CompletionArguments, printer: &mut Printer) -> Run {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut args::command(), "hcpcs", &mut script);
    printer.line(String::from_utf8_lossy(&script).trim_end())?;
    Ok(Outcome::Found)
}

/// Prints the manual page, and those of the commands behind it.
pub(crate) fn man(printer: &mut Printer) -> Run {
    let command = args::command();
    let pages = std::iter::once(command.clone()).chain(command.get_subcommands().map(|sub| {
        let name = format!("hcpcs-{}", sub.get_name());
        sub.clone().name(name)
    }));
    for page in pages {
        let mut text = Vec::new();
        clap_mangen::Man::new(page)
            .render(&mut text)
            .map_err(Failure::Output)?;
        printer.line(String::from_utf8_lossy(&text).trim_end())?;
    }
    Ok(Outcome::Found)
}
