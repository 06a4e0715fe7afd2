//! The report of an update on a terminal.

use std::path::Path;

use hcpcs::index::{AnnotationChange, Effect, ReleaseUpdate, SourceUpdate, UpdateReport};
use hcpcs::{Code, counted};

use super::changed::counts;
use super::print::{self, CODE, Failure, HEADING, Printer, WARNING};

/// How many codes of a list are named.
const NAMED: usize = 12;

/// Prints what an update did, or would do, with each source.
pub(crate) fn print_report(report: &UpdateReport, printer: &mut Printer) -> Result<(), Failure> {
    for release in &report.releases {
        print_release(release, printer)?;
    }
    for source in &report.sources {
        print_source(source, printer)?;
    }
    for change in &report.annotations {
        print_annotation(change, printer)?;
    }
    Ok(())
}

fn print_release(release: &ReleaseUpdate, printer: &mut Printer) -> Result<(), Failure> {
    let id = &release.id;
    let file = release
        .source
        .file_name()
        .unwrap_or(release.source.as_os_str());
    let head = format!("{HEADING}{id:#}{HEADING:#} ({})", file.to_string_lossy());
    let before = release.before.as_ref();
    let before = before.map_or(String::new(), |before| format!("{before:#}"));
    let other = release.before_source.as_deref().and_then(Path::file_name);
    let is_named_alike = release.before.as_ref() == Some(id);
    let other = other.filter(|other| is_named_alike && Some(*other) != release.source.file_name());
    let file = other.map_or(String::new(), |file| {
        format!(" ({})", file.to_string_lossy())
    });
    let effect = match (release.effect, before.as_str()) {
        (Effect::Added, "") => "added, before all other releases".to_owned(),
        (Effect::Added, before) => format!("added; since {before}:"),
        (Effect::Replaced, before) => format!("takes the place of {before}{file}; since then:"),
        (Effect::Unchanged, _) => "is indexed already".to_owned(),
        (Effect::Superseded, before) => {
            format!("a later issue is indexed, {before}{file}")
        }
    };
    wrapped(&format!("{head} {effect}"), "", printer)?;
    let Some(changes) = &release.changes else {
        return Ok(());
    };
    wrapped(&counts(&changes.summary), "  ", printer)?;
    for (list, entries) in changes.lists() {
        let codes: Vec<Code> = entries.iter().map(|change| change.code).collect();
        match list {
            _ if codes.is_empty() => {}
            "reissued" => {
                let text = format!("{WARNING}mean something else{WARNING:#}: {}", named(&codes));
                wrapped(&text, "  ", printer)?;
            }
            _ => wrapped(&format!("{list}: {}", named(&codes)), "  ", printer)?,
        }
    }
    if release.lacks > 0 {
        wrapped(
            &format!("lacks {} of {before}", counted(release.lacks, "code")),
            "  ",
            printer,
        )?;
    }
    Ok(())
}

fn print_source(source: &SourceUpdate, printer: &mut Printer) -> Result<(), Failure> {
    let effect = match source.effect {
        Effect::Added => "added",
        Effect::Replaced => "takes the place of the earlier one",
        Effect::Unchanged => "is indexed already",
        Effect::Superseded => "is not taken; a later issue of it is indexed",
    };
    let before = source.before.as_deref();
    let named = before.filter(|before| *before != source.source && source.effect != Effect::Added);
    let named = named.map_or(String::new(), |before| format!(" ({})", before.display()));
    let mut line = format!(
        "{HEADING}{}{HEADING:#} {effect}{named}",
        title(source.kind, &source.label)
    );
    if source.effect.is_change() && source.codes > 0 {
        line += &format!("; speaks of {}", counted(source.codes, "code"));
        if source.unknown > 0 {
            line += &format!(", {} of them in no release", source.unknown);
        }
    }
    wrapped(&line, "", printer)
}

fn print_annotation(change: &AnnotationChange, printer: &mut Printer) -> Result<(), Failure> {
    let title = title(change.kind, &change.label);
    for (codes, what) in [
        (&change.joined, "now also speaks of"),
        (&change.no_longer_joined, "no longer speaks of"),
        (
            &change.terminated,
            "speaks of codes that are terminated now",
        ),
    ] {
        if !codes.is_empty() {
            let line = format!("{HEADING}{title}{HEADING:#} {what}: {}", named(codes));
            wrapped(&line, "", printer)?;
        }
    }
    Ok(())
}

/// The title of an annotation, without repetition.
fn title(kind: &str, label: &str) -> String {
    if label.starts_with(kind) {
        label.to_owned()
    } else {
        format!("{kind} {label}")
    }
}

/// The first codes of a list, and how many more there are.
fn named(codes: &[Code]) -> String {
    let names: Vec<String> = codes
        .iter()
        .take(NAMED)
        .map(|code| format!("{CODE}{code}{CODE:#}"))
        .collect();
    let mut text = names.join(" ");
    if let Some(more) = codes.len().checked_sub(NAMED).filter(|more| *more > 0) {
        text += &format!(" and {more} more");
    }
    text
}

fn wrapped(text: &str, indent: &str, printer: &mut Printer) -> Result<(), Failure> {
    let options = textwrap::Options::new(printer.width())
        .initial_indent(indent)
        .subsequent_indent("    ");
    for line in textwrap::wrap(text, options) {
        printer.line(line)?;
    }
    Ok(())
}

/// Says on stderr what the index holds now.
pub(crate) fn print_end(report: &UpdateReport, folder: &Path, milliseconds: u128) {
    for notice in &report.notices {
        print::warning(notice);
    }
    let releases: Vec<String> = report.indexed.iter().map(|id| format!("{id:#}")).collect();
    let done = match (report.changed, report.dry_run) {
        (false, _) => "nothing is new".to_owned(),
        (true, true) => "nothing was written; the index would hold".to_owned(),
        (true, false) => format!("updated in {milliseconds} ms; the index holds"),
    };
    let mut line = done;
    if report.changed {
        line += &format!(
            " {} in {} of {}",
            counted(report.codes, "code"),
            counted(report.versions, "version"),
            releases.join(", ")
        );
    }
    print::note(&format!("{line}\nindex: {}", folder.display()));
    if let [.., before, newest] = report.indexed.as_slice() {
        let is_new = |own: &ReleaseUpdate| own.effect == Effect::Added && own.id == *newest;
        if !report.dry_run && report.releases.iter().any(is_new) {
            print::note(&format!(
                "hcpcs diff {before} {newest} shows what changed, word by word"
            ));
        }
    }
}
