//! The changes between two releases as JSON, as CSV and on a terminal.

use hcpcs::history::{Change, Changes, Disagreement};
use hcpcs::search::ChangesSummary;
use hcpcs::{Code, counted};
use serde::Serialize;

use super::args::DiffArguments;
use super::changed::{counts, name, paragraph, print_fields};
use super::output;
use super::print::{self, CODE, DIM, Failure, HEADING, Printer};

/// The JSON output.
#[derive(Serialize)]
struct Output<'c, C: Serialize> {
    #[serde(flatten)]
    changes: &'c C,
    #[serde(skip_serializing_if = "Option::is_none")]
    disagreements: Option<&'c [Disagreement]>,
}

/// Prints the changes as the arguments ask: JSON, CSV, or lists and their counts.
pub(crate) fn write(
    arguments: &DiffArguments,
    changes: &Changes,
    disagreements: Option<&[Disagreement]>,
    printer: &mut Printer,
) -> Result<(), Failure> {
    if arguments.json {
        return printer.line(if arguments.summary {
            let changes = &ChangesSummary::from(changes);
            output::json(&Output {
                changes,
                disagreements,
            })?
        } else {
            output::json(&Output {
                changes,
                disagreements,
            })?
        });
    }
    if arguments.csv {
        let mut table = Vec::new();
        let mut changes = changes.clone();
        let plain = |code| format!("{code:<7}");
        changes
            .notices
            .extend(disagreement_lines(disagreements, plain));
        changes.write_csv(&mut table).map_err(Failure::Output)?;
        printer.line(String::from_utf8_lossy(&table).trim_end())?;
    } else {
        if !arguments.summary {
            for (list, entries) in changes.lists() {
                print_list(list, entries, printer)?;
            }
        }
        print_summary(changes, printer)?;
    }
    print_disagreements(disagreements, arguments.csv, printer)
}

fn print_list(list: &str, entries: &[Change], printer: &mut Printer) -> Result<(), Failure> {
    if entries.is_empty() {
        return Ok(());
    }
    let count = entries.len();
    printer.line(format!("{HEADING}{list} ({count}){HEADING:#}"))?;
    for change in entries {
        let is_whole = change.fields.is_empty() || list == "reissued";
        let text = if is_whole {
            &change.long_descriptor
        } else {
            &change.short_descriptor
        };
        let line = format!("{CODE}{:<7}{CODE:#}{text}", change.code);
        let options = textwrap::Options::new(printer.width()).subsequent_indent("       ");
        for line in textwrap::wrap(&line, options) {
            printer.line(line)?;
        }
        if let Some(day) = change.added.filter(|_| list == "added") {
            paragraph(&format!("{DIM}valid from {day}{DIM:#}"), printer)?;
        }
        print_fields(&change.fields, printer)?;
    }
    printer.line("")
}

fn print_summary(changes: &Changes, printer: &mut Printer) -> Result<(), Failure> {
    let Changes {
        from, to, summary, ..
    } = changes;
    printer.line(format!(
        "{HEADING}{from:#} → {to:#}{HEADING:#}: {} → {}",
        counted(summary.old_codes, "code"),
        summary.new_codes
    ))?;
    printer.line(counts(summary))?;
    let mut fields: Vec<(&str, usize)> = summary
        .fields
        .iter()
        .map(|(field, count)| (*field, *count))
        .collect();
    fields.sort_by_key(|(field, count)| (std::cmp::Reverse(*count), *field));
    if fields.is_empty() {
        return Ok(());
    }
    let fields: Vec<String> = fields
        .iter()
        .map(|(field, count)| format!("{} {count}", name(field)))
        .collect();
    let line = format!("fields changed: {}", fields.join(", "));
    for line in textwrap::wrap(&line, printer.width()) {
        printer.line(line)?;
    }
    Ok(())
}

/// The codes on which CMS's report disagrees, each as it is shown, under their number; empty without
/// a report.
fn disagreement_lines(
    disagreements: Option<&[Disagreement]>,
    shown: impl Fn(Code) -> String,
) -> Vec<String> {
    let Some(disagreements) = disagreements else {
        return Vec::new();
    };
    let heading = match disagreements.len() {
        0 => "CMS's report says the same of every code".to_owned(),
        count => format!("CMS's report disagrees on {}:", counted(count, "code")),
    };
    let line = |own: &Disagreement| {
        let reported = own.reported.as_deref().unwrap_or("nothing");
        let code = shown(own.code);
        format!("{code}reported: {reported}; found: {}", own.found)
    };
    let lines = disagreements.iter().map(line);
    std::iter::once(heading).chain(lines).collect()
}

/// Prints the codes on which CMS's report disagrees; with CSV, which has them as notices, on stderr.
fn print_disagreements(
    disagreements: Option<&[Disagreement]>,
    is_csv: bool,
    printer: &mut Printer,
) -> Result<(), Failure> {
    let shown = |code| format!("{CODE}{code:<7}{CODE:#}");
    for line in disagreement_lines(disagreements, shown) {
        if is_csv {
            print::note(&line);
            continue;
        }
        let options = textwrap::Options::new(printer.width()).subsequent_indent("       ");
        for line in textwrap::wrap(&line, options) {
            printer.line(line)?;
        }
    }
    Ok(())
}
