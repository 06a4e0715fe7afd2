//! The sources of an index: the given files and folders, else the data folder, else the starter
//! set. Each file is recognised by its content.

use std::path::{Path, PathBuf};

use hcpcs::annotation::{self, Annotations, SourceKind};
use hcpcs::index::Sources;
use hcpcs::release::NocList;
use hcpcs::{Code, Error, ReadOptions, Release, ReleaseId, Skipped, release};
use rayon::prelude::*;

use super::args::IndexArguments;
use super::place;
use super::print::{self, Failure};

/// How many kinds of skipped lines are listed.
const MOST_REASONS: usize = 10;
/// How many files are read in parallel; each may take hundreds of megabytes.
const AT_ONCE: usize = 4;
/// The extensions of files in the data folder.
const DROPPED: [&str; 5] = ["zip", "txt", "xlsx", "xls", "csv"];

/// Reads the sources in the arguments, and those that the program ships.
pub(crate) fn read(arguments: &IndexArguments) -> Result<Sources, Failure> {
    let options = ReadOptions {
        strict: arguments.strict,
        id: arguments.release.clone(),
    };
    let (shipped, named) = rayon::join(annotation::shipped, || {
        named(&arguments.paths, &arguments.synonyms, &options)
    });
    let mut given = Sources::default();
    if arguments.paths.is_empty() {
        add(&mut given, dropped(&options)?);
    }
    add(&mut given, named?);
    let mut sources = Sources {
        releases: Vec::new(),
        annotations: annotation::shipped_beside(shipped?, &given.annotations),
    };
    add(&mut sources, given);
    if sources.releases.is_empty() {
        return Err(no_release(&arguments.paths));
    }
    Ok(sources)
}

/// Reads the named files and folders, and lists of synonyms.
pub(crate) fn named(
    paths: &[PathBuf],
    synonyms: &[PathBuf],
    options: &ReadOptions,
) -> Result<Sources, Failure> {
    let read = |path: &PathBuf| {
        if path.is_dir() {
            folder(path, &files(path)?, options).map(Found::Sources)
        } else {
            file(path, options)
        }
    };
    let mut sources = Sources::default();
    let mut lists = Vec::new();
    for some in paths.chunks(AT_ONCE) {
        let found: Vec<Result<Found, Failure>> = some.par_iter().map(read).collect();
        for found in found {
            match found? {
                Found::Sources(found) => add(&mut sources, found),
                Found::NocList(list) => lists.push(list),
            }
        }
    }
    for list in lists {
        join(list, &mut sources.releases)?;
    }
    for path in synonyms {
        let (source, list) = annotation::read_synonyms(path)?;
        let list = Annotations::Synonyms(source, list);
        sources.annotations.push(list);
    }
    Ok(sources)
}

fn add(sources: &mut Sources, found: Sources) {
    sources.releases.extend(found.releases);
    sources.annotations.extend(found.annotations);
}

fn no_release(paths: &[PathBuf]) -> Failure {
    let names: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    Failure::Usage(format!(
        "no release is among {}; give the zip of a quarter too",
        names.join(", ")
    ))
}

/// The sources in the data folder, or the starter set if there is no release.
fn dropped(options: &ReadOptions) -> Result<Sources, Failure> {
    let path = place::data_folder()?;
    let mut files = if path.is_dir() {
        files(&path)?
    } else {
        Vec::new()
    };
    files.retain(|file| {
        let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
        DROPPED.iter().any(|own| ending == *own)
    });
    let mut found = if files.is_empty() {
        Sources::default()
    } else {
        folder(&path, &files, options)?
    };
    if found.releases.is_empty() {
        found.releases.push(Release::starter()?);
    }
    Ok(found)
}

/// The files of a folder except READMEs and hidden ones, sorted by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let fail = |cause| Error::Io {
        path: folder.to_owned(),
        doing: "cannot read the folder",
        cause,
    };
    let mut files = Vec::new();
    for entry in folder.read_dir().map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if entry.path().is_file() && !name.starts_with('.') && !name.starts_with("readme") {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a folder's annotations one by one, and its releases together, as files next to a release
/// may belong to it.
fn folder(path: &Path, files: &[PathBuf], options: &ReadOptions) -> Result<Sources, Failure> {
    let mut annotations = Vec::new();
    for file in files {
        if is_annotation(file)? {
            annotations.extend(annotation::read(file)?);
        }
    }
    let releases = if annotations.is_empty() || release::is_release(path)? {
        release::read(path, options)?
    } else {
        Vec::new()
    };
    Ok(Sources {
        releases,
        annotations,
    })
}

/// Whether a file is an annotation. A list of codes with their descriptors has two columns, like a
/// list of synonyms, but it has headings.
fn is_annotation(path: &Path) -> Result<bool, Failure> {
    Ok(match annotation::recognise_file(path)? {
        None => false,
        Some(SourceKind::Synonyms) => !release::is_release(path)?,
        Some(_) => true,
    })
}

/// The content of a file.
enum Found {
    Sources(Sources),
    NocList(GivenList),
}

/// A list of NOC codes in a file of its own.
struct GivenList {
    path: PathBuf,
    list: NocList,
    /// Its release, if its names state one.
    id: Option<ReleaseId>,
}

fn file(path: &Path, options: &ReadOptions) -> Result<Found, Failure> {
    let mut found = Sources::default();
    if path.exists() && is_annotation(path)? {
        found.annotations = annotation::read(path)?;
    } else if let Some((list, id)) = release::read_noc_list(path)? {
        let path = path.to_owned();
        return Ok(Found::NocList(GivenList { path, list, id }));
    } else {
        found.releases = release::read(path, options)?;
    }
    Ok(Found::Sources(found))
}

/// Joins a list of NOC codes to the release of its quarter, or to the only one.
fn join(given: GivenList, releases: &mut [Release]) -> Result<(), Failure> {
    let GivenList { path, list, id } = given;
    let mut joined = false;
    let is_only = releases.len() == 1;
    for release in releases {
        let is_its_own = id
            .as_ref()
            .map_or(is_only, |id| id.is_same_quarter(&release.id));
        if is_its_own {
            release.join_noc_list(list.clone());
            joined = true;
        }
    }
    if joined {
        return Ok(());
    }
    let of = id.map_or_else(String::new, |id| format!(" of {id}"));
    Err(Failure::Usage(format!(
        "{} is the list of NOC codes{of}; give the release of its quarter too",
        path.display()
    )))
}

/// Reports on stderr what was skipped, and other notices.
pub(crate) fn report(sources: &Sources) {
    for release in &sources.releases {
        let (skipped, unread) = (grouped(&release.skipped), grouped(&release.unread));
        report_one(&release.source, skipped, "line", "were skipped", &[]);
        let kept = "are kept as published";
        report_one(&release.source, unread, "value", kept, &release.notices);
        for damage in &release.damage {
            print::warning(&format!("{}: {damage}", release.source.display()));
        }
    }
    for annotations in &sources.annotations {
        let source = annotations.source();
        let skipped = source.skipped.iter();
        let skipped = skipped.map(|skipped| (skipped.line, skipped.reason.as_str()));
        report_one(
            &source.path,
            skipped,
            "row",
            "were skipped",
            &source.notices,
        );
    }
    let same = annotation::same_titles(&sources.annotations);
    if let [first, more @ ..] = same.as_slice() {
        print::warning(&format!("{first}{}", alike(more.len(), "title")));
    }
}

/// Reports what was skipped, a line for each kind of reason: the first line of that kind, and how
/// many there are.
fn report_one<'s>(
    path: &Path,
    skipped: impl Iterator<Item = (usize, &'s str)>,
    what: &str,
    fate: &str,
    notices: &[String],
) {
    let name = path.display();
    let mut kinds: Vec<(String, usize, &str, usize)> = Vec::new();
    for (line, reason) in skipped {
        let kind = kind(reason);
        match kinds.iter_mut().find(|(own, ..)| *own == kind) {
            Some((.., more)) => *more += 1,
            None => kinds.push((kind, line, reason, 0)),
        }
    }
    for (_, line, reason, more) in kinds.iter().take(MOST_REASONS) {
        print::warning(&format!(
            "{name}: line {line}: {reason}{}",
            alike(*more, what)
        ));
    }
    let others = kinds.iter().skip(MOST_REASONS).map(|(.., more)| more + 1);
    let others: usize = others.sum();
    if others > 0 {
        print::warning(&format!("{name}: {others} more {what}s {fate}"));
    }
    for notice in notices {
        print::note(&format!("{name}: {notice}"));
    }
}

fn grouped(lines: &[Skipped]) -> impl Iterator<Item = (usize, &str)> {
    lines.iter().map(|own| (own.line, own.reason.as_str()))
}

fn alike(more: usize, what: &str) -> String {
    match more {
        0 => String::new(),
        1 => format!("; so with 1 more {what}"),
        more => format!("; so with {more} more {what}s"),
    }
}

/// A reason without the codes and values that it names, so that equal faults have equal text.
fn kind(reason: &str) -> String {
    let (code, behind) = reason.split_once(": ").unwrap_or_default();
    let reason = if code.parse::<Code>().is_ok() {
        behind
    } else {
        reason
    };
    let words = reason.split('`').step_by(2);
    words.collect::<Vec<_>>().join("`")
}
