//! What else is known about a code, for `hcpcs show`: drug products, notes.

use super::print::{CODE, DIM, Failure, HEADING, Printer};
use hcpcs::search::{Details, Note, Sourced};

/// The width of a field's name, in columns.
const NAME_WIDTH: usize = 34;

/// A name followed by a value.
pub(super) fn named(name: &str, value: &str, printer: &mut Printer) -> Result<(), Failure> {
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

pub(super) fn heading(text: &str, printer: &mut Printer) -> Result<(), Failure> {
    printer.line("")?;
    printer.line(format!("{HEADING}{text}{HEADING:#}"))
}

pub(super) fn print_about(details: &Details, printer: &mut Printer) -> Result<(), Failure> {
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

pub(super) fn print_notes(notes: &[Note], printer: &mut Printer) -> Result<(), Failure> {
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
