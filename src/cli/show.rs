//! `hcpcs show`: everything about codes.

use std::path::PathBuf;

use hcpcs::search::Details;
use hcpcs::{Searcher, Status};

use super::args::ShowArguments;
use super::print::{self, CODE, DIM, Failure, HEADING, Outcome, Printer, WARNING};
use super::{Run, output, place};

/// Columns that a field's name takes.
const NAME_WIDTH: usize = 30;

pub(crate) fn run(arguments: &ShowArguments, index: Option<PathBuf>, printer: &mut Printer) -> Run {
    let searcher = place::open(index)?;
    let mut found = Vec::new();
    let mut is_complete = true;
    for code in &arguments.codes {
        if let Some(details) = searcher.details(*code, arguments.as_of) {
            found.push(details);
        } else {
            is_complete = false;
            print::note(&format!("no release that is indexed has {code}"));
        }
    }
    if arguments.json {
        printer.line(output::json(&found)?)?;
    } else {
        for (at, details) in found.iter().enumerate() {
            if at > 0 {
                printer.line("")?;
            }
            print_details(details, &searcher, printer)?;
        }
    }
    Ok(if is_complete {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

fn print_details(details: &Details, _: &Searcher, printer: &mut Printer) -> Result<(), Failure> {
    let Details {
        code,
        kind,
        status,
        as_of,
        release,
        record,
        ..
    } = details;
    let style = if *status == Status::Valid {
        DIM
    } else {
        WARNING
    };
    let head = format!(
        "{CODE}{code}{CODE:#}  {HEADING}{}{HEADING:#}",
        record.long_descriptor
    );
    let width = printer.width();
    for line in textwrap::wrap(
        &head,
        textwrap::Options::new(width).subsequent_indent("       "),
    ) {
        printer.line(line)?;
    }
    let status = status.name();
    printer.line(format!(
        "{style}{kind}, {status} on {as_of}, release {release}{style:#}"
    ))?;
    if details.reissued {
        let text = "the code meant something else at another time";
        printer.line(format!("{WARNING}{text}{WARNING:#}"))?;
    }
    printer.line("")?;
    for field in &details.fields {
        let meaning = field
            .meaning
            .as_ref()
            .map_or(String::new(), |text| format!("  {text}"));
        let first = format!("{:<NAME_WIDTH$}", field.name);
        let indent = " ".repeat(NAME_WIDTH);
        let options = textwrap::Options::new(width)
            .initial_indent(&first)
            .subsequent_indent(&indent);
        for line in textwrap::wrap(&format!("{}{meaning}", field.value), options) {
            printer.line(line)?;
        }
    }
    Ok(())
}
