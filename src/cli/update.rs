//! `hcpcs update`: adds new sources to the index.

use std::path::{Path, PathBuf};
use std::time::Instant;

use hcpcs::index::{
    AnnotationChange, Effect, ReleaseUpdate, SourceUpdate, UpdateOptions, UpdateReport,
    update_index,
};
use hcpcs::{Code, ReadOptions};

use super::args::UpdateArguments;
use super::changed::{codes, counts};
use super::print::{self, CODE, Failure, HEADING, Outcome, Printer, WARNING};
use super::{Run, folders, output, progress, sources, sources_report};

/// How many codes of a list are named.
const NAMED: usize = 12;

pub(crate) fn run(
    arguments: &UpdateArguments,
    index: Option<PathBuf>,
    printer: &mut Printer,
) -> Run {
    let begun = Instant::now();
    let folder = folders::named_with_index(index)?;
    let reading = ReadOptions {
        strict: arguments.strict,
        id: arguments.release.clone(),
    };
    #[cfg(feature = "download")]
    let fetch = || newest_release(arguments);
    #[cfg(feature = "download")]
    let fetched = arguments.from_cms.then(fetch).transpose()?;
    #[cfg(not(feature = "download"))]
    let fetched = None;
    let paths: Vec<PathBuf> = arguments.paths.iter().cloned().chain(fetched).collect();
    let read = || sources::named(&paths, &arguments.synonyms, &reading);
    let new = progress::watch("reading", read)?;
    sources_report::report(&new);
    if !folders::has_index(&folder) && !arguments.dry_run {
        folders::build_starter(&folder)?;
        print::note(&format!(
            "no index in {}: built one from the starter set first",
            folder.display()
        ));
    }
    let options = UpdateOptions {
        force: arguments.force,
        dry_run: arguments.dry_run,
        on_wait: || print::note("another process writes the index; waiting for it"),
    };
    let report = progress::watch("updating", || update_index(&folder, new, &options))?;
    if arguments.json {
        printer.line(output::json(&report)?)?;
    } else {
        print_report(&report, printer)?;
        printer.finish()?;
        print_end(&report, &folder, begun.elapsed().as_millis());
    }
    Ok(if report.changed {
        Outcome::Found
    } else {
        Outcome::Nothing
    })
}

fn print_report(report: &UpdateReport, printer: &mut Printer) -> Result<(), Failure> {
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
            &format!("lacks {} of {before}", codes(release.lacks)),
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
        line += &format!("; speaks of {}", codes(source.codes));
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

fn print_end(report: &UpdateReport, folder: &Path, milliseconds: u128) {
    let releases: Vec<String> = report.indexed.iter().map(|id| format!("{id:#}")).collect();
    let done = match (report.changed, report.dry_run) {
        (false, _) => "nothing is new".to_owned(),
        (true, true) => "nothing was written; the index would hold".to_owned(),
        (true, false) => format!("updated in {milliseconds} ms; the index holds"),
    };
    let mut line = done;
    if report.changed {
        line += &format!(
            " {} codes in {} versions of {}",
            report.codes,
            report.versions,
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

/// Fetches the newest release from CMS into the data folder; returns its path.
#[cfg(feature = "download")]
fn newest_release(arguments: &UpdateArguments) -> Result<PathBuf, Failure> {
    use hcpcs::download::{DownloadOptions, download, newest};

    let mut options = DownloadOptions {
        timeout: std::time::Duration::from_secs(arguments.timeout.max(1)),
        ..DownloadOptions::default()
    };
    if let Some(page) = &arguments.page {
        options.page.clone_from(page);
    }
    let offer = progress::watch("reading CMS's page", || newest(&options))?;
    print::note(&format!(
        "the newest release is {}: {}",
        offer.id, offer.url
    ));
    let folder = folders::data_folder()?;
    let done = progress::bytes(|tell| download(&offer, &folder, &options, tell))?;
    let path = done.path.display();
    print::note(&if done.is_new {
        format!("kept as {path}")
    } else {
        format!("{path} is still the newest")
    });
    Ok(done.path)
}
