//! `hcpcs completions` and `hcpcs man`: a shell's completion script and the manual, from the
//! arguments.

use clap_complete::env::{CompleteEnv, Shells};

use super::Run;
use super::args::{self, CompletionArguments};
use super::print::{self, Failure, Outcome, Printer};

/// Answers a shell that completes a command line; returns whether one asked.
pub(crate) fn complete() -> bool {
    let folder = std::env::current_dir().ok();
    let shell = CompleteEnv::with_factory(args::command);
    match shell.try_complete(std::env::args_os(), folder.as_deref()) {
        Ok(is_done) => is_done,
        Err(error) => {
            print::parser_message(&error.to_string(), true);
            true
        }
    }
}

/// Prints the script with which a shell asks the program for completions.
pub(crate) fn completions(arguments: &CompletionArguments, printer: &mut Printer) -> Run {
    let mut script = Vec::new();
    let name = arguments.shell.to_string();
    let shell = Shells::builtins();
    if let Some(shell) = shell.completer(&name) {
        shell
            .write_registration("COMPLETE", "hcpcs", "hcpcs", "hcpcs", &mut script)
            .map_err(Failure::Output)?;
    }
    printer.data(String::from_utf8_lossy(&script).trim_end())?;
    Ok(Outcome::Found)
}

/// Prints the manual page, followed by those of the commands.
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
        printer.data(with_lines(String::from_utf8_lossy(&text).trim_end()))?;
    }
    Ok(Outcome::Found)
}

/// A page whose last section, the text after the options, has a heading of its own and keeps its
/// lines, which the manual would fill.
fn with_lines(page: &str) -> String {
    let Some((options, rest)) = page.split_once(".SH EXTRA\n") else {
        return page.to_owned();
    };
    let (text, behind) = rest.split_once("\n.SH ").unwrap_or((rest, ""));
    let text = text.replace('\n', "\n.br\n");
    let behind = if behind.is_empty() {
        String::new()
    } else {
        format!("\n.SH {behind}")
    };
    format!("{options}.SH EXAMPLES AND NOTES\n{text}{behind}")
}
