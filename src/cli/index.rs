//! `hcpcs index`: builds the index from what CMS publishes.

use std::path::{Path, PathBuf};
use std::time::Instant;

use hcpcs::index::{BuildOptions, BuildReport, IndexedRelease, IndexedSource, build_index_with};
use hcpcs::{Manifest, counted};

use super::args::IndexArguments;
use super::print::{self, Outcome, Printer};
use super::{Run, folders, progress, sources, sources_report};

pub(crate) fn run(arguments: &IndexArguments, index: Option<PathBuf>, _: &mut Printer) -> Run {
    let begun = Instant::now();
    let folder = folders::index_folder(index)?;
    let sources = progress::watch("reading", || sources::read(arguments))?;
    sources_report::report(&sources);
    let options = BuildOptions {
        force: arguments.force,
    };
    let report = progress::watch("indexing", || build_index_with(&folder, sources, &options))?;
    let BuildReport {
        manifest,
        displaced,
        notices,
    } = report;
    for own in &displaced {
        let why = if own.what == own.by {
            "is taken, of the same issue"
        } else {
            "is the later issue of it"
        };
        print::warning(&format!(
            "{}: {} is not indexed; {} ({}) {why}",
            own.source.display(),
            own.what,
            own.by,
            own.by_source.display()
        ));
    }
    for notice in &notices {
        print::warning(notice);
    }
    print::note(&closing_line(
        &manifest,
        &folder,
        begun.elapsed().as_millis(),
    ));
    let is_starter = |release: &IndexedRelease| release.id.is_starter();
    if arguments.paths.is_empty() && manifest.releases.iter().all(is_starter) {
        let data = folders::data_folder()?;
        print::note(&format!(
            "no release is in the data folder, {}; put the quarterly zip there, or name it: \
             hcpcs index FILE",
            data.display()
        ));
    }
    Ok(Outcome::Found)
}

/// What was indexed from which file, what was skipped, and how long it took.
fn closing_line(manifest: &Manifest, folder: &Path, milliseconds: u128) -> String {
    let Manifest {
        codes,
        releases,
        sources,
        ..
    } = manifest;
    let names: Vec<String> = releases.iter().map(release_name).collect();
    let count = |of: fn(&IndexedRelease) -> usize| releases.iter().map(of).sum::<usize>();
    let skipped = count(|release| release.skipped)
        + sources.iter().map(|source| source.skipped).sum::<usize>();
    let left_out = count(|release| release.left_out)
        + sources.iter().map(|source| source.left_out).sum::<usize>();
    let mut line = format!("indexed {} of {}", counted(codes, "code"), names.join(", "));
    let given: Vec<&IndexedSource> = sources
        .iter()
        .filter(|source| !is_shipped(&source.source))
        .collect();
    let unknown = given.iter().map(|source| source.unknown_codes.len());
    let unknown: usize = unknown.sum();
    if !given.is_empty() {
        let titles: Vec<String> = given.iter().map(|source| source.label()).collect();
        line += &format!(" with {}", titles.join("; "));
    }
    line += &format!(
        " in {milliseconds} ms; skipped {}",
        counted(skipped, "line")
    );
    let unread = count(|release| release.unread);
    if unread > 0 {
        line += &format!(
            ", kept as published {} that cannot be read",
            counted(unread, "value")
        );
    }
    if left_out > 0 {
        line += &format!(", left out {} of CPT and CDT", counted(left_out, "row"));
    }
    if unknown > 0 {
        line += &format!(
            ", {} of annotations in no release",
            counted(unknown, "code")
        );
    }
    for own in releases {
        if let Some(lacking) = own.lacking() {
            line += &format!("\nrelease {}, {lacking}", own.id);
        }
    }
    format!("{line}\nindex: {}", folder.display())
}

fn release_name(release: &IndexedRelease) -> String {
    let file = release
        .source
        .file_name()
        .unwrap_or(release.source.as_os_str());
    format!("{} ({})", release.id, file.to_string_lossy())
}

/// Whether the program ships it; then it is not listed.
fn is_shipped(source: &Path) -> bool {
    source.starts_with("data/notes") || source == "data/synonyms.tsv"
}
