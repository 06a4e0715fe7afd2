//! `hcpcs check`: checks codes and modifiers of claim lines.

use std::collections::BTreeMap;
use std::path::PathBuf;

use hcpcs::claims::{Checked, ClaimReader, ColumnMapping, ReadLine, Verdict};
use hcpcs::{Date, Error};
use serde::Serialize;

use super::args::CheckArguments;
use super::print::{self, CODE, DIM, Failure, Outcome, Printer, WARNING};
use super::{Run, batch, output, place, progress};

/// Columns that a verdict takes.
const VERDICT_WIDTH: usize = 14;
/// The columns of a row of CSV; behind them the four modifiers, each with its verdict.
const COLUMNS: [&str; 11] = [
    "line",
    "line_id",
    "dos",
    "code",
    "valid",
    "verdict",
    "reason",
    "successors",
    "nearest",
    "long_descriptor",
    "units",
];
const MODIFIERS: usize = 4;

/// What became of the lines.
#[derive(Default)]
struct Counts {
    lines: u64,
    valid: u64,
    bad: u64,
    verdicts: BTreeMap<Verdict, u64>,
}

/// A line that could not be read.
#[derive(Serialize)]
struct BadLine<'e> {
    line_id: u64,
    line: u64,
    error: &'e str,
}

pub(crate) fn run(
    arguments: &CheckArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let searcher = place::open(index)?;
    let mut mapping = ColumnMapping::default();
    arguments
        .columns
        .iter()
        .cloned()
        .for_each(|own| mapping.extend(own));
    let mut reader = ClaimReader::with_mapping(batch::open(&arguments.file)?, mapping);
    let today = arguments.as_of.unwrap_or_else(Date::today);
    let mut counts = Counts::default();
    if arguments.csv {
        printer.line(output::csv_line(header())?)?;
    }
    progress::watch_unless_shown("checking", || -> Result<(), Failure> {
        while let Some(ReadLine { number, claim, .. }) = reader.next_line()? {
            counts.lines += 1;
            match claim {
                Ok(mut line) => {
                    line.dos.get_or_insert(today);
                    let checked = searcher.check(&line);
                    counts.add(&checked);
                    write(number, &checked, arguments, printer)?;
                }
                Err(error) => {
                    counts.bad += 1;
                    write_bad(number, &error, arguments, printer)?;
                }
            }
        }
        printer.finish()
    })
    .map_err(|failure| batch::named(failure, &arguments.file))?;
    reader
        .notices()
        .iter()
        .for_each(|notice| print::note(notice));
    print::note(&counts.summary());
    print::scopes(&searcher);
    Ok(counts.outcome())
}

impl Counts {
    fn add(&mut self, checked: &Checked) {
        self.valid += u64::from(checked.valid);
        *self.verdicts.entry(checked.verdict).or_default() += 1;
    }

    fn summary(&self) -> String {
        let lines = if self.lines == 1 { "line" } else { "lines" };
        let mut text = format!("{} {lines}, {} valid", self.lines, self.valid);
        let of_codes: u64 = [Verdict::Valid, Verdict::Noc]
            .iter()
            .filter_map(|verdict| self.verdicts.get(verdict))
            .sum();
        for (verdict, count) in &self.verdicts {
            match verdict {
                Verdict::Valid => {}
                Verdict::Noc => text += &format!(", {count} of a code that needs a narrative"),
                _ => text += &format!(", {count} {verdict}"),
            }
        }
        if of_codes > self.valid {
            text += &format!(
                ", {} with a modifier that is not valid",
                of_codes - self.valid
            );
        }
        if self.bad > 0 {
            text += &format!(", {} not readable", self.bad);
        }
        text
    }

    fn outcome(&self) -> Outcome {
        if self.bad > 0 {
            Outcome::BadLines
        } else if self.valid < self.lines {
            Outcome::Nothing
        } else {
            Outcome::Found
        }
    }
}

fn write(
    number: u64,
    checked: &Checked,
    arguments: &CheckArguments,
    printer: &mut Printer,
) -> Result<(), Failure> {
    if arguments.json {
        return printer.line(output::json(checked)?);
    }
    if arguments.csv {
        return printer.line(output::csv_line(row(number, checked))?);
    }
    let style = if checked.valid { DIM } else { WARNING };
    let verdict = if checked.verdict.is_valid() && !checked.valid {
        "modifier"
    } else {
        checked.verdict.name()
    };
    let modifiers: Vec<&str> = checked.modifiers.iter().map(|own| &*own.modifier).collect();
    let code = format!("{} {}", checked.code, modifiers.join(" "));
    let text = checked.long_descriptor.as_deref().unwrap_or_default();
    let indent = " ".repeat(VERDICT_WIDTH);
    let wrap = |first: &str, text: &str, printer: &mut Printer| -> Result<(), Failure> {
        let options = textwrap::Options::new(printer.width())
            .initial_indent(first)
            .subsequent_indent(&indent);
        let lines = textwrap::wrap(text, options);
        lines.into_iter().try_for_each(|line| printer.line(line))
    };
    let first = format!("{style}{verdict:<VERDICT_WIDTH$}{style:#}");
    wrap(
        &first,
        &format!("{CODE}{}{CODE:#}  {text}", code.trim_end()),
        printer,
    )?;
    wrap(&indent, &format!("{DIM}{}{DIM:#}", checked.reason), printer)
}

fn write_bad(
    number: u64,
    error: &Error,
    arguments: &CheckArguments,
    printer: &mut Printer,
) -> Result<(), Failure> {
    let error = error.to_string();
    if arguments.json {
        let bad = BadLine {
            line_id: number,
            line: number,
            error: &error,
        };
        return printer.line(output::json(&bad)?);
    }
    if arguments.csv {
        let number = number.to_string();
        let reason = format!("not readable: {error}");
        let cells = [&*number, &*number, "", "", "false", "", &*reason];
        let blank = COLUMNS.len() + 2 * MODIFIERS - cells.len();
        let cells = cells.into_iter().chain(std::iter::repeat_n("", blank));
        return printer.line(output::csv_line(cells)?);
    }
    let verdict = "not readable";
    printer.line(format!(
        "{WARNING}{verdict:<VERDICT_WIDTH$}{WARNING:#}line {number}: {error}"
    ))
}

fn header() -> Vec<String> {
    let modifiers = (1..=MODIFIERS).flat_map(|at| [format!("mod{at}"), format!("mod{at}_verdict")]);
    COLUMNS
        .into_iter()
        .map(str::to_owned)
        .chain(modifiers)
        .collect()
}

fn row(number: u64, checked: &Checked) -> Vec<String> {
    let value =
        |value: &Option<serde_json::Value>| value.as_ref().map_or(String::new(), output::cell);
    let codes = |codes: Vec<&str>| codes.join(" ");
    let mut cells = vec![
        number.to_string(),
        value(&checked.line_id),
        checked.dos.to_string(),
        checked.code.clone(),
        checked.valid.to_string(),
        checked.verdict.to_string(),
        checked.reason.clone(),
        codes(checked.successors.iter().map(|own| &*own.target).collect()),
        codes(
            checked
                .nearest
                .iter()
                .map(|own| own.code.as_str())
                .collect(),
        ),
        checked.long_descriptor.clone().unwrap_or_default(),
        value(&checked.units),
    ];
    let modifiers = checked.modifiers.iter();
    cells.extend(modifiers.flat_map(|own| [own.modifier.clone(), own.verdict.to_string()]));
    cells.resize(COLUMNS.len() + 2 * MODIFIERS, String::new());
    cells
}
