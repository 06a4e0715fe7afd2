//! Changes as text: fields with their old and new value, differing words highlighted.

use hcpcs::history::{FieldChange, Mark, Run, Summary};
use hcpcs::search::Held;

use super::print::{ADDED, DIM, Failure, Printer, REMOVED};

/// The indent of a code's changes.
pub(crate) const INDENT: &str = "       ";

/// Prints the fields that changed, each as a line or a paragraph.
pub(crate) fn print_fields(fields: &[FieldChange], printer: &mut Printer) -> Result<(), Failure> {
    for change in fields {
        let value = if change.words.is_empty() {
            format!("{} → {}", shown(&change.old), shown(&change.new))
        } else {
            marked(&change.words)
        };
        paragraph(
            &format!("{DIM}{}{DIM:#}: {value}", name(change.field)),
            printer,
        )?;
    }
    Ok(())
}

/// Prints an indented text.
pub(crate) fn paragraph(text: &str, printer: &mut Printer) -> Result<(), Failure> {
    let options = textwrap::Options::new(printer.width())
        .initial_indent(INDENT)
        .subsequent_indent(INDENT);
    for line in textwrap::wrap(text, options) {
        printer.line(line)?;
    }
    Ok(())
}

/// A field's name in words.
pub(crate) fn name(field: &str) -> String {
    field.replace('_', " ")
}

/// A value, or a word for an empty one.
fn shown(value: &str) -> &str {
    if value.is_empty() { "none" } else { value }
}

/// The words of both texts; marked with signs too, as not every terminal has colours.
fn marked(words: &[Run]) -> String {
    let one = |run: &Run| match run.mark {
        Mark::Same => run.text.clone(),
        Mark::Removed => format!("{REMOVED}[-{}-]{REMOVED:#}", run.text),
        Mark::Added => format!("{ADDED}{{+{}+}}{ADDED:#}", run.text),
    };
    words.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The releases that published a version.
pub(crate) fn releases(held: &Held) -> String {
    let Held {
        first_release,
        last_release,
        ..
    } = held;
    if first_release == last_release {
        format!("release {first_release}")
    } else {
        format!("releases {first_release} to {last_release}")
    }
}

/// How many codes changed, in one line.
pub(crate) fn counts(summary: &Summary) -> String {
    let counts = [
        (summary.added, "added"),
        (summary.terminated, "terminated"),
        (summary.removed, "removed"),
        (summary.reactivated, "reactivated"),
        (summary.revised, "revised"),
        (summary.reissued, "reissued"),
    ];
    let counts = counts.map(|(count, what)| format!("{count} {what}"));
    counts.join(", ")
}
