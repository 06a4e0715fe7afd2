//! `hcpcs show`: everything about codes.

use std::path::PathBuf;

use super::alike::differs;
use super::args::ShowArguments;
use super::print::{self, CODE, DIM, Failure, HEADING, Outcome, Printer, WARNING};
use super::show_annotations::{heading, named, print_about, print_notes};
use super::{Run, folders, named_codes, output};
use hcpcs::search::Details;
use hcpcs::{Date, Status};

pub(crate) fn run(arguments: &ShowArguments, index: Option<PathBuf>, printer: &mut Printer) -> Run {
    let searcher = folders::open(index)?;
    let day = arguments.as_of.unwrap_or_else(Date::today);
    let (codes, mut is_complete) = named_codes::read(&arguments.codes, &searcher, day)?;
    let mut found = Vec::new();
    for code in &codes {
        if let Some(details) = searcher.details(*code, arguments.as_of) {
            found.push(details);
        } else {
            is_complete = false;
            print::note(&searcher.missing(*code, day).to_string());
        }
    }
    searcher.check_read()?;
    if arguments.json {
        printer.line(output::json(&found)?)?;
    } else {
        for (at, details) in found.iter().enumerate() {
            if at > 0 {
                printer.line("")?;
            }
            if arguments.note {
                print_notes(&details.about.notes, printer)?;
            } else {
                print_details(details, printer)?;
            }
        }
    }
    Ok(if is_complete {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

fn print_details(details: &Details, printer: &mut Printer) -> Result<(), Failure> {
    let Details {
        code,
        kind,
        status,
        release,
        release_scope,
        record,
        ..
    } = details;
    let style = if *status == Status::Valid && details.unclear.is_none() {
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
    let scope = release_scope.iter().map(|scope| format!(", {scope}"));
    let published = format!("{} {release}", details.published.name());
    let published: String = std::iter::once(published).chain(scope).collect();
    let line = format!("{kind}, {}, {published}", status_in_words(details));
    for line in textwrap::wrap(&line, width) {
        printer.line(format!("{style}{line}{style:#}"))?;
    }
    if details.age.is_notable() {
        for line in textwrap::wrap(&details.age.text, width) {
            printer.line(format!("{WARNING}{line}{WARNING:#}"))?;
        }
    }
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
        named(field.name, &format!("{}{meaning}", field.value), printer)?;
    }
    if let Some(unit) = &details.unit {
        named("Billing unit", &unit.to_string(), printer)?;
    }
    for (name, references) in [
        ("Successor", &details.successors),
        ("Predecessor", &details.predecessors),
    ] {
        for reference in references {
            named(
                name,
                &format!("{}, {}", reference.target, reference.standing.name()),
                printer,
            )?;
        }
    }
    print_alike(details, printer)?;
    print_about(details, printer)?;
    print_notes(&details.about.notes, printer)
}

/// The status of the code on the day, with the first or last valid day.
fn status_in_words(details: &Details) -> String {
    let Details {
        status,
        as_of,
        record,
        dropped,
        ..
    } = details;
    if details.unclear.is_some() {
        return format!("not known to be valid on {as_of}");
    }
    let name = status.name();
    match (status, record.added, record.terminated, dropped) {
        (Status::Terminated, _, Some(end), _) => format!("{name} {end}, as of {as_of}"),
        (Status::NotYetValid, Some(begin), ..) => format!("{name} on {as_of}, begins {begin}"),
        (Status::NoLongerListed, _, _, Some(own)) => {
            format!("{name} from {}, as of {as_of}", own.from)
        }
        (Status::UnknownBetweenReleases, _, _, Some(own)) => format!(
            "{name} on {as_of}: listed until {}, no longer from {}",
            own.last_known, own.from
        ),
        _ => format!("{name} on {as_of}"),
    }
}

fn print_alike(details: &Details, printer: &mut Printer) -> Result<(), Failure> {
    if details.alike.is_empty() {
        return Ok(());
    }
    heading("Look-alikes and what differs", printer)?;
    for alike in &details.alike {
        let text = differs(&alike.has, &alike.has_not);
        let options = textwrap::Options::new(printer.width()).subsequent_indent("       ");
        for line in textwrap::wrap(&format!("{CODE}{:<7}{CODE:#}{text}", alike.code), options) {
            printer.line(line)?;
        }
    }
    Ok(())
}
