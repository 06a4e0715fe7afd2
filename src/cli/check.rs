//! `hcpcs check`: checks codes and modifiers of claim lines.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use hcpcs::claims::{
    Agreement, Checked, ClaimLine, ClaimReader, CodeFit, ColumnMapping, LineReport, Verdict,
    VerdictColumns,
};
use hcpcs::search::Age;
use hcpcs::{Date, Error, Searcher};

use super::args::CheckArguments;
use super::batch::Input;
use super::check_output::Output;
use super::print::{self, CODE, DIM, Failure, Outcome, Printer, WARNING};
use super::{Run, batch, folders, output, progress};

/// The width of a verdict, in columns.
const VERDICT_WIDTH: usize = 14;

/// The totals of the lines.
#[derive(Default)]
struct Counts {
    lines: u64,
    valid: u64,
    wrong: u64,
    bad: u64,
    /// Lines without a day of service.
    undated: u64,
    /// The earliest and the latest day for which a line was judged.
    days: Option<(Date, Date)>,
    verdicts: BTreeMap<Verdict, u64>,
    /// How many lines have a valid code and are invalid because of their modifiers.
    by_modifier: u64,
    /// How many are open because a modifier is undetermined.
    by_open_modifier: u64,
    /// Lines whose units differ from those of their dose or drug package, and lines for which that
    /// cannot be determined.
    units_differ: u64,
    units_unknown: u64,
    /// Lines with a description; of these, lines whose code has ended, lines whose code does not
    /// fit, and lines with a proposed code.
    reviewed: u64,
    dead: u64,
    unlike: u64,
    proposed: u64,
}

pub(crate) fn run(
    arguments: &CheckArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let searcher = folders::load(index)?;
    let (input, name) = input(&arguments.lines)?;
    let mut mapping = ColumnMapping::default();
    let maps = arguments.columns.iter().cloned();
    maps.for_each(|own| mapping.extend(own));
    let mut reader = ClaimReader::with_mapping(input, mapping);
    let today = arguments.as_of.unwrap_or_else(Date::today);
    let mut counts = Counts::default();
    let mut check = || -> Result<(), Failure> {
        reader.open()?;
        let columns = VerdictColumns::of(&reader);
        let mut out = Output::new(arguments, printer, &columns)?;
        searcher.check_all(&mut reader, today, |report| -> Result<(), Failure> {
            counts.add(&report);
            match &mut out {
                Output::Lines(printer) => write(&report, printer)?,
                Output::Json(sink) => sink.line(&output::json(&report)?)?,
                Output::Csv(sink) => {
                    let cells = columns.row(&report);
                    sink.line(&output::csv_line(cells.iter().map(ToString::to_string))?)?;
                }
                Output::Workbook(book) => book.row(&columns.row(&report))?,
            }
            Ok(())
        })?;
        out.finish()
    };
    progress::watch_unless_shown("checking", &mut check)
        .map_err(|failure| batch::named(failure, &name))?;
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

/// The input to check: a file, stdin, or a claim line as arguments; and its name in messages.
fn input(arguments: &[String]) -> Result<(Input, PathBuf), Failure> {
    let path = PathBuf::from(arguments.first().map_or("-", String::as_str));
    if arguments.len() <= 1 && (path == Path::new("-") || path.exists()) {
        return Ok((batch::open(&path)?, path));
    }
    let text = arguments.join(" ");
    let line = text.parse::<ClaimLine>();
    if line.is_ok_and(|line| line.is_well_formed()) {
        return Ok((Box::new(Cursor::new(text)), PathBuf::from("-")));
    }
    let is_file = |own: &&String| Path::new(own).exists();
    let reason = if arguments.iter().any(|own| is_file(&own)) {
        "are several arguments with a file among them; give one file, or one claim line"
    } else {
        "cannot read: no such file, and no claim line such as `J1640 JW 2026-01-15`"
    };
    Err(Failure::Library(Error::Source {
        path: PathBuf::from(text),
        reason: reason.to_owned(),
        remedy: None,
    }))
}

impl Counts {
    fn add(&mut self, report: &LineReport) {
        self.lines += 1;
        let Ok(checked) = &report.outcome else {
            self.bad += 1;
            return;
        };
        self.valid += u64::from(checked.valid == Some(true));
        let is_wrong = checked.valid == Some(false) || checked.is_undetermined();
        self.wrong += u64::from(is_wrong);
        self.undated += u64::from(checked.dos.is_none());
        let is_by_modifier = checked.valid == Some(false)
            && (checked.verdict.is_valid() || checked.verdict == Verdict::OutOfScope);
        self.by_modifier += u64::from(is_by_modifier);
        let is_open = checked.valid.is_none() && checked.is_undetermined();
        self.by_open_modifier += u64::from(is_open && checked.verdict != Verdict::Undetermined);
        if let Some(review) = &checked.review {
            let ended = [Verdict::Terminated, Verdict::NoLongerListed];
            self.reviewed += 1;
            self.dead += u64::from(ended.contains(&checked.verdict));
            self.unlike += u64::from(review.fit == CodeFit::Unlike);
            self.proposed += u64::from(review.proposal.is_some());
        }
        let agreement = checked.units_check.as_ref().map(|own| own.agreement);
        self.units_differ += u64::from(agreement == Some(Agreement::Differs));
        self.units_unknown += u64::from(agreement == Some(Agreement::Unknown));
        let day = checked.judged_as_of;
        let (first, last) = self.days.unwrap_or((day, day));
        self.days = Some((first.min(day), last.max(day)));
        *self.verdicts.entry(checked.verdict).or_default() += 1;
    }

    /// Notices about the age of the releases, for the earliest and the latest day.
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
        for (verdict, count) in &self.verdicts {
            match verdict {
                Verdict::Valid => {}
                Verdict::Noc => text += &format!(", {count} of a code that needs a narrative"),
                _ => text += &format!(", {count} {verdict}"),
            }
        }
        if self.by_modifier > 0 {
            let count = self.by_modifier;
            text += &format!(", {count} with a modifier that is not valid");
        }
        if self.by_open_modifier > 0 {
            let count = self.by_open_modifier;
            text += &format!(", {count} with a modifier that is undetermined");
        }
        if self.reviewed > 0 {
            let Self {
                reviewed,
                dead,
                unlike,
                proposed,
                ..
            } = self;
            text += &format!(
                ", {reviewed} with a description: {dead} of a dead code, {unlike} unlike the code, \
                 {proposed} with a code proposed"
            );
        }
        if self.units_differ > 0 {
            let count = self.units_differ;
            text += &format!(", {count} whose units differ from the dose or NDC quantity");
        }
        if self.units_unknown > 0 {
            let count = self.units_unknown;
            text += &format!(", {count} whose units could not be checked");
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
        } else if self.wrong > 0 || self.units_differ > 0 {
            Outcome::Nothing
        } else {
            Outcome::Found
        }
    }
}

/// Writes a line for people.
fn write(report: &LineReport, printer: &mut Printer) -> Result<(), Failure> {
    let checked = match &report.outcome {
        Ok(checked) => checked,
        Err(error) => {
            let (number, error) = (report.number, error);
            let verdict = "not readable";
            return printer.line(format!(
                "{WARNING}{verdict:<VERDICT_WIDTH$}{WARNING:#}line {number}: {error}"
            ));
        }
    };
    let style = if checked.is_wrong() { WARNING } else { DIM };
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
    let (verdict, width) = (verdict(checked), VERDICT_WIDTH - 1);
    let first = format!("{style}{verdict:<width$}{style:#} ");
    wrap(
        &first,
        &format!("{CODE}{}{CODE:#}  {text}", code.trim_end()),
        printer,
    )?;
    let reason = &checked.reason;
    wrap(&indent, &format!("{DIM}{reason}{DIM:#}"), printer)
}

/// The verdict on a line in a word: that on its code, or that a modifier or the units make it
/// wrong.
fn verdict(checked: &Checked) -> &'static str {
    if checked.verdict.is_valid() && checked.valid == Some(false) {
        "modifier"
    } else if checked.verdict.is_valid() && checked.is_undetermined() {
        "undetermined"
    } else if checked.verdict.is_valid() && checked.units_differ() {
        "units"
    } else {
        checked.verdict.name()
    }
}
