//! `hcpcs index`: builds the index from what CMS publishes.

use std::path::{Path, PathBuf};
use std::time::Instant;

use hcpcs::annotation::{self, Annotations};
use hcpcs::index::{IndexedRelease, IndexedSource, Sources, build_index};
use hcpcs::{Manifest, ReadOptions, Release, release};

use super::args::IndexArguments;
use super::print::{self, Failure, Outcome, Printer};
use super::{Run, place, progress};

/// How many skipped lines are told one by one.
const TOLD: usize = 10;

pub(crate) fn run(arguments: &IndexArguments, index: Option<PathBuf>, _: &mut Printer) -> Run {
    let begun = Instant::now();
    let folder = place::index_folder(index)?;
    let mut paths = arguments.paths.clone();
    if paths.is_empty() {
        paths = dropped()?;
    }
    let manifest = if paths.is_empty() {
        progress::watch("indexing the starter set", || place::starter(&folder))?
    } else {
        let sources = progress::watch("reading", || read(&paths, arguments))?;
        tell(&sources);
        progress::watch("indexing", || build_index(&folder, sources))?
    };
    print::note(&closing_line(
        &manifest,
        &folder,
        begun.elapsed().as_millis(),
    ));
    Ok(Outcome::Found)
}

/// The releases that somebody has put into the data folder.
fn dropped() -> Result<Vec<PathBuf>, Failure> {
    let folder = place::data_folder()?;
    let Ok(entries) = folder.read_dir() else {
        return Ok(Vec::new());
    };
    let is_source = |path: &PathBuf| {
        let ending = path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        path.is_file() && ["zip", "txt", "xlsx", "xls", "csv"].contains(&ending)
    };
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(is_source)
        .collect();
    paths.sort();
    Ok(paths)
}

/// Reads releases and annotations, each known by its content.
fn read(paths: &[PathBuf], arguments: &IndexArguments) -> Result<Sources, Failure> {
    let options = ReadOptions {
        strict: arguments.strict,
        id: arguments.release.clone(),
    };
    let mut releases: Vec<Release> = Vec::new();
    let mut annotations = annotation::shipped()?;
    for path in paths {
        let found = sources_of(path, &options)?;
        releases.extend(found.releases);
        annotations.extend(found.annotations);
    }
    for path in &arguments.synonyms {
        let (source, list) = annotation::read_synonyms(path)?;
        annotations.push(Annotations::Synonyms(source, list));
    }
    if releases.is_empty() {
        return Err(Failure::Usage(format!(
            "no release is among {}; give the zip of a quarter beside it",
            paths
                .iter()
                .map(|path| path.display().to_string())
                .collect::<Vec<_>>()
                .join(", ")
        )));
    }
    Ok(Sources {
        releases,
        annotations,
    })
}

fn sources_of(path: &Path, options: &ReadOptions) -> Result<Sources, Failure> {
    let annotations = if path.exists() && annotation::recognise_file(path)?.is_some() {
        annotation::read(path)?
    } else {
        Vec::new()
    };
    let releases = if annotations.is_empty() {
        release::read(path, options)?
    } else {
        Vec::new()
    };
    Ok(Sources {
        releases,
        annotations,
    })
}

/// Tells what was skipped and what else is to be known, on stderr.
fn tell(sources: &Sources) {
    for release in &sources.releases {
        let name = release.source.display();
        for skipped in release.skipped.iter().take(TOLD) {
            print::warning(&format!(
                "{name}: line {}: {}",
                skipped.line, skipped.reason
            ));
        }
        if release.skipped.len() > TOLD {
            let more = release.skipped.len() - TOLD;
            print::warning(&format!("{name}: {more} more lines were skipped"));
        }
        for notice in &release.notices {
            print::note(&format!("{name}: {notice}"));
        }
    }
    for annotations in &sources.annotations {
        let source = annotations.source();
        let name = source.path.display();
        for skipped in source.skipped.iter().take(TOLD) {
            print::warning(&format!(
                "{name}: line {}: {}",
                skipped.line, skipped.reason
            ));
        }
        if source.skipped.len() > TOLD {
            let more = source.skipped.len() - TOLD;
            print::warning(&format!("{name}: {more} more rows were skipped"));
        }
        for notice in &source.notices {
            print::note(&format!("{name}: {notice}"));
        }
    }
    for same in annotation::same_titles(&sources.annotations) {
        print::warning(&same.to_string());
    }
}

/// What was indexed, from what, what was skipped, and how long it took.
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
    let unknown: usize = sources
        .iter()
        .map(|source| source.unknown_codes.len())
        .sum();
    let mut line = format!("indexed {codes} codes of {}", names.join(", "));
    let given: Vec<&IndexedSource> = sources
        .iter()
        .filter(|source| !source.source.starts_with("data"))
        .collect();
    if !given.is_empty() {
        let titles: Vec<String> = given.iter().map(|source| source.label()).collect();
        line += &format!(" with {}", titles.join("; "));
    }
    line += &format!(" in {milliseconds} ms; skipped {skipped} lines");
    if left_out > 0 {
        line += &format!(", left out {left_out} rows of CPT and CDT");
    }
    if unknown > 0 {
        line += &format!(", {unknown} codes of annotations stand in no release");
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
