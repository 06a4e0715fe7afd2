//! `hcpcs check`: checks codes and modifiers of claim lines.

use std::collections::BTreeMap;
use std::path::PathBuf;

use hcpcs::claims::{Checked, ClaimReader, ColumnMapping, ReadLine, Verdict};
use hcpcs::search::Age;
use hcpcs::{Date, Error, Searcher};
use serde::Serialize;

use super::args::CheckArguments;
use super::print::{self, CODE, DIM, Failure, Outcome, Printer, WARNING};
use super::{Run, batch, output, place, progress};

/// Columns that a verdict takes.
const VERDICT_WIDTH: usize = 14;
/// The columns of a row of CSV; behind them the four modifiers, each with its verdict.
const COLUMNS: [&str; 14] = [
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
    "judged_as_of",
    "release",
    "notice",
];
const MODIFIERS: usize = 4;

/// What became of the lines.
#[derive(Default)]
struct Counts {
    lines: u64,
    valid: u64,
    bad: u64,
    /// Lines without a day of service.
    undated: u64,
    /// The earliest and the latest day for which a line was judged.
    days: Option<(Date, Date)>,
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
    let searcher = place::load(index)?;
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
                Ok(line) => {
                    let checked = searcher.check_as_of(&line, today);
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
    print::note(&counts.summary(today));
    print::scopes(&searcher);
    for age in counts.ages(&searcher) {
        print::note(&age);
    }
    Ok(counts.outcome())
}

impl Counts {
    fn add(&mut self, checked: &Checked) {
        self.valid += u64::from(checked.valid);
        self.undated += u64::from(checked.dos.is_none());
        let day = checked.judged_as_of;
        let (first, last) = self.days.unwrap_or((day, day));
        self.days = Some((first.min(day), last.max(day)));
        *self.verdicts.entry(checked.verdict).or_default() += 1;
    }

    /// What is to be said of the age of the releases, for the earliest and the latest day.
    fn ages(&self, searcher: &Searcher) -> Vec<String> {
        let days = self
            .days
            .map_or_else(Vec::new, |(first, last)| vec![first, last]);
        let ages = days.into_iter().filter_map(|day| searcher.age(day));
        let mut ages: Vec<String> = ages
            .filter(Age::is_notable)
            .map(|age| age.to_string())
            .collect();
        ages.dedup();
        ages
    }

    fn summary(&self, today: Date) -> String {
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
        if self.undated > 0 {
            let undated = self.undated;
            text += &format!(", {undated} without a day of service judged as of {today}");
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
    let width = VERDICT_WIDTH - 1;
    let first = format!("{style}{verdict:<width$}{style:#} ");
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
    let notable = checked.age.as_ref().filter(|age| age.is_notable());
    let mut cells = vec![
        number.to_string(),
        value(&checked.line_id),
        checked.dos.map_or_else(String::new, |day| day.to_string()),
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
        checked.judged_as_of.to_string(),
        checked.release.clone(),
        notable.map_or_else(String::new, ToString::to_string),
    ];
    let modifiers = checked.modifiers.iter();
    cells.extend(modifiers.flat_map(|own| [own.modifier.clone(), own.verdict.to_string()]));
    cells.resize(COLUMNS.len() + 2 * MODIFIERS, String::new());
    cells
}
