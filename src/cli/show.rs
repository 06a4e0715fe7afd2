//! `hcpcs show`: everything about codes.

use std::path::PathBuf;

use hcpcs::Status;
use hcpcs::search::{Details, Note, Sourced};

use super::alike::differs;
use super::args::ShowArguments;
use super::print::{self, CODE, DIM, Failure, HEADING, Outcome, Printer, WARNING};
use super::{Run, output, place};

/// The width of a field's name, in columns.
const NAME_WIDTH: usize = 34;

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
            print::scopes(&searcher);
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

/// A name followed by a value.
fn named(name: &str, value: &str, printer: &mut Printer) -> Result<(), Failure> {
    let first = format!("{name:<NAME_WIDTH$}");
    let indent = " ".repeat(NAME_WIDTH);
    let options = textwrap::Options::new(printer.width())
        .initial_indent(&first)
        .subsequent_indent(&indent);
    for line in textwrap::wrap(value, options) {
        printer.line(line)?;
    }
    Ok(())
}

fn heading(text: &str, printer: &mut Printer) -> Result<(), Failure> {
    printer.line("")?;
    printer.line(format!("{HEADING}{text}{HEADING:#}"))
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

fn print_about(details: &Details, printer: &mut Printer) -> Result<(), Failure> {
    let about = &details.about;
    if let Some(rbcs) = &about.rbcs {
        heading(&format!("Restructured BETOS ({})", rbcs.source), printer)?;
        let said = &rbcs.said;
        for (name, level) in [
            ("Category", &said.category),
            ("Subcategory", &said.subcategory),
            ("Family", &said.family),
        ] {
            named(name, &format!("{}  {}", level.code, level.label), printer)?;
        }
    }
    print_products(details, printer)
}

/// The products of the crosswalk of the day in full, the other crosswalks as one line each. If only
/// others have the code, the first of these is shown.
fn print_products(details: &Details, printer: &mut Printer) -> Result<(), Failure> {
    let products = &details.about.drug_products;
    let mut crosswalks = products.chunk_by(|one, other| one.source == other.source);
    let Some(shown @ [first, ..]) = crosswalks.next() else {
        return Ok(());
    };
    heading(&format!("Drug products ({})", first.source), printer)?;
    if let Some(of_day) = &details.crosswalk {
        let not_of_day = (of_day.source != first.source)
            .then(|| format!("not in {}, that of the day", of_day.source));
        for notice in not_of_day.iter().chain(&of_day.notice) {
            print_wrapped(&format!("{DIM}{notice}{DIM:#}"), printer)?;
        }
    }
    for Sourced { said, .. } in shown {
        let number = said.ndc.map(|ndc| ndc.to_string());
        let number = number.or(said.product_number.clone()).unwrap_or_default();
        let text = format!(
            "{number:<15}{}, {}, {} billing units a package of {} × {}",
            said.brand,
            said.labeler,
            said.billing_units_per_package,
            said.package_quantity,
            said.package_size
        );
        print_wrapped(&text, printer)?;
    }
    for other in crosswalks {
        if let [first, ..] = other {
            let products = if other.len() == 1 {
                "product"
            } else {
                "products"
            };
            let count = other.len();
            let line = format!("{DIM}and {count} {products} in {}{DIM:#}", first.source);
            print_wrapped(&line, printer)?;
        }
    }
    Ok(())
}

/// Prints a line whose continuations are indented to the names of products.
fn print_wrapped(text: &str, printer: &mut Printer) -> Result<(), Failure> {
    let options = textwrap::Options::new(printer.width()).subsequent_indent("               ");
    for line in textwrap::wrap(text, options) {
        printer.line(line)?;
    }
    Ok(())
}

fn print_notes(notes: &[Note], printer: &mut Printer) -> Result<(), Failure> {
    for note in notes {
        heading(&note.title, printer)?;
        let facts = [
            note.rests_on
                .as_ref()
                .map(|facts| format!("rests on: {facts}")),
            note.date.map(|date| date.to_string()),
            note.license
                .as_ref()
                .map(|license| format!("licence: {license}")),
        ];
        let facts = facts.into_iter().flatten().collect::<Vec<_>>().join("; ");
        indented(&format!("{DIM}{facts}{DIM:#}"), TITLE_INDENT, printer)?;
        for section in &note.sections {
            let mut paragraphs = section
                .text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .peekable();
            if paragraphs.peek().is_some() {
                indented(
                    &format!("{HEADING}{}{HEADING:#}", section.title),
                    TITLE_INDENT,
                    printer,
                )?;
            }
            for paragraph in paragraphs {
                indented(&paragraph.replace("**", ""), TEXT_INDENT, printer)?;
            }
        }
        if !note.modifiers.is_empty() {
            let title = format!("{HEADING}Modifiers and when to use them{HEADING:#}");
            indented(&title, TITLE_INDENT, printer)?;
        }
        for modifier in &note.modifiers {
            let text = format!(
                "{CODE}{}{CODE:#}  {}: {}",
                modifier.modifier, modifier.description, modifier.when_to_use
            );
            indented(&text, TEXT_INDENT, printer)?;
        }
    }
    Ok(())
}

/// The indents of the titles and texts of a note's sections.
const TITLE_INDENT: &str = "  ";
const TEXT_INDENT: &str = "    ";

fn indented(text: &str, indent: &str, printer: &mut Printer) -> Result<(), Failure> {
    let options = textwrap::Options::new(printer.width())
        .initial_indent(indent)
        .subsequent_indent(indent);
    for line in textwrap::wrap(text, options) {
        printer.line(line)?;
    }
    Ok(())
}
