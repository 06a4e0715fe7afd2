//! `hcpcs history`: the versions of codes over time.

use std::path::PathBuf;

use hcpcs::counted;
use hcpcs::search::{CodeHistory, Held, ReleaseAction, VersionView};

use super::args::HistoryArguments;
use super::changed::{paragraph, print_fields, releases};
use super::print::{self, CODE, DIM, Failure, HEADING, Outcome, Printer, WARNING};
use super::{Run, folders, named_codes, output};

pub(crate) fn run(
    arguments: &HistoryArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let searcher = folders::open(index)?;
    let today = hcpcs::Date::today();
    let (codes, mut is_complete) = named_codes::read(&arguments.codes, &searcher, today)?;
    let mut found = Vec::new();
    for code in &codes {
        if let Some(history) = searcher.code_history(*code) {
            found.push(history);
        } else {
            is_complete = false;
            print::note(&searcher.missing(*code, today).to_string());
        }
    }
    print::scopes(&searcher);
    searcher.check_read()?;
    if arguments.json {
        printer.line(output::json(&found)?)?;
    } else {
        for (at, history) in found.iter().enumerate() {
            if at > 0 {
                printer.line("")?;
            }
            print_history(history, searcher.manifest().releases.len(), printer)?;
        }
    }
    Ok(if is_complete {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

fn print_history(
    history: &CodeHistory,
    indexed: usize,
    printer: &mut Printer,
) -> Result<(), Failure> {
    let CodeHistory {
        code,
        known,
        versions,
        ..
    } = history;
    let (count, releases) = (
        counted(versions.len(), "version"),
        counted(indexed, "release"),
    );
    printer.line(format!("{CODE}{code}{CODE:#}  {count} in {releases}"))?;
    if indexed == 1 || !known.missing.is_empty() {
        for line in textwrap::wrap(&known.text, printer.width()) {
            printer.line(format!("{DIM}{line}{DIM:#}"))?;
        }
    }
    print_lives(history, printer)?;
    for (at, version) in versions.iter().enumerate() {
        if !version.absent.is_empty() {
            let absent: Vec<String> = version.absent.iter().map(ToString::to_string).collect();
            let text = format!("not in the releases {}", absent.join(", "));
            printer.line(format!("{DIM}{text}{DIM:#}"))?;
        }
        printer.line(head(version))?;
        if at == 0 || version.reissued {
            print_record(version, printer)?;
        }
        print_fields(&version.changes, printer)?;
        print_actions(&version.actions, printer)?;
        if let Some(unclear) = &version.unclear {
            paragraph(&format!("{WARNING}{unclear}{WARNING:#}"), printer)?;
        }
    }
    Ok(())
}

/// When the code is valid, if the dates of its versions do not show it.
fn print_lives(history: &CodeHistory, printer: &mut Printer) -> Result<(), Failure> {
    let is_plain = |version: &VersionView| {
        let (record, life) = (&version.record, &version.life);
        (record.added, record.terminated) == (life.from, life.until) && life.dropped.is_none()
    };
    if history.lives.len() == 1 && history.versions.iter().all(is_plain) {
        return Ok(());
    }
    for life in &history.lives {
        let end = match life.dropped {
            Some(own) => format!(
                " until {}, no longer listed from {}",
                own.last_known, own.from
            ),
            None => life
                .until
                .map_or(String::new(), |day| format!(" until {day}")),
        };
        let begin = life
            .from
            .map_or(String::new(), |day| format!(" from {day}"));
        paragraph(&format!("valid{begin}{end}"), printer)?;
    }
    Ok(())
}

/// The days and the releases of a version.
fn head(version: &VersionView) -> String {
    let Held { from, to, .. } = &version.holds;
    let days = match (from, to) {
        (None, None) => "in every indexed release".to_owned(),
        (None, Some(to)) => format!("until {to}"),
        (Some(from), None) => format!("from {from}"),
        (Some(from), Some(to)) => format!("from {from} until {to}"),
    };
    let releases = releases(&version.holds);
    let reissued = if version.reissued {
        format!("{WARNING} · means something else{WARNING:#}")
    } else {
        String::new()
    };
    format!("{HEADING}{days}{HEADING:#} · {releases}{reissued}")
}

/// The descriptor and the dates.
fn print_record(version: &VersionView, printer: &mut Printer) -> Result<(), Failure> {
    let record = &version.record;
    paragraph(&record.long_descriptor, printer)?;
    let days = [("added", record.added), ("terminated", record.terminated)];
    let days = days.map(|(what, day)| day.map(|day| format!("{what} {day}")));
    let days: Vec<String> = days.into_iter().flatten().collect();
    if days.is_empty() {
        return Ok(());
    }
    paragraph(&days.join(", "), printer)
}

/// The actions of the releases on the code, if any.
fn print_actions(actions: &[ReleaseAction], printer: &mut Printer) -> Result<(), Failure> {
    for own in actions {
        let Some(action) = own.action.filter(|action| action.as_str() != "N") else {
            continue;
        };
        let meaning = action.meaning().unwrap_or("not listed");
        let effective = own
            .effective
            .map_or(String::new(), |day| format!(", effective {day}"));
        let text = format!("{DIM}{}: {action} {meaning}{effective}{DIM:#}", own.release);
        paragraph(&text, printer)?;
    }
    Ok(())
}
