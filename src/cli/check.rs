//! `hcpcs check`: checks codes and modifiers of claim lines.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use hcpcs::claims::{ClaimLine, ClaimReader, ColumnMapping, LineReport, VerdictColumns};
use hcpcs::{Code, Date, Error, Kind};

use super::args::CheckArguments;
use super::batch::Input;
use super::check_counts::Counts;
use super::check_output::Output;
use super::print::{self, CODE, DIM, Failure, Printer, WARNING};
use super::{Run, batch, folders, output, progress};

/// The width of a verdict, in columns.
const VERDICT_WIDTH: usize = 14;

pub(crate) fn run(
    arguments: &CheckArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let searcher = folders::load(index)?;
    let (input, name) = input(&arguments.lines)?;
    if let Some(output) = arguments
        .output
        .as_deref()
        .filter(|own| is_same_file(own, &name))
    {
        let reason = format!(
            "{} is the file that is checked; name another one for the verdicts",
            output.display()
        );
        return Err(Failure::Usage(reason));
    }
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
        out.notices(&reader.new_notices(), &columns)?;
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
    let has_code = |code: &String| {
        code.parse::<Code>()
            .is_ok_and(|own| own.kind() == Kind::Procedure)
    };
    // What is wrong with a line that begins with a code is said of the line.
    let is_line = line.map_or_else(
        |_| arguments.first().is_some_and(has_code),
        |line| line.is_well_formed(),
    );
    if is_line {
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

/// Whether two paths lead to one file, also by links.
fn is_same_file(one: &Path, other: &Path) -> bool {
    let path = |path: &Path| path.canonicalize().ok();
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let node = |path: &Path| path.metadata().ok().map(|own| (own.dev(), own.ino()));
        if node(one).is_some() && node(one) == node(other) {
            return true;
        }
    }
    path(one).is_some() && path(one) == path(other)
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
    let (verdict, width) = (checked.finding, VERDICT_WIDTH - 1);
    let first = format!("{style}{verdict:<width$}{style:#} ");
    wrap(
        &first,
        &format!("{CODE}{}{CODE:#}  {text}", code.trim_end()),
        printer,
    )?;
    let reason = &checked.reason;
    wrap(&indent, &format!("{DIM}{reason}{DIM:#}"), printer)
}
