//! The sources of an index: the given files and folders, else the data folder, else the starter
//! set. Each file is recognised by its content.

use rayon::prelude::*;
use std::path::{Path, PathBuf};

use super::args::IndexArguments;
use super::folders;
use super::print::{self, Failure};
use hcpcs::annotation::{self, Annotations, SourceKind};
use hcpcs::index::Sources;
use hcpcs::release::NocList;
use hcpcs::{Error, ReadOptions, Release, ReleaseId, release};

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
            folder(path, &entries(path)?, options).map(Found::Sources)
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
    let path = folders::data_folder()?;
    let mut files = if path.is_dir() {
        entries(&path)?
    } else {
        Vec::new()
    };
    files.retain(|file| {
        let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
        let is_read = file.is_file() && DROPPED.iter().any(|own| ending == *own);
        if !is_read && !folders::is_shipped(file) {
            print::warning(&format!(
                "{}: not read; of the data folder only {} are. To index it too, name it and the \
                 release: hcpcs index FILE …",
                file.display(),
                DROPPED.join(", ")
            ));
        }
        is_read
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

/// What a folder holds except READMEs and what is hidden, sorted by name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let fail = |cause| Error::Io {
        path: folder.to_owned(),
        doing: "cannot read the folder",
        cause,
    };
    let mut entries = Vec::new();
    for entry in folder.read_dir().map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if !name.starts_with('.') && !name.starts_with("readme") {
            entries.push(entry.path());
        }
    }
    entries.sort();
    Ok(entries)
}

/// Reads a folder's annotations one by one, and its releases together, as files next to a release
/// may belong to it. What is not read is named.
fn folder(path: &Path, entries: &[PathBuf], options: &ReadOptions) -> Result<Sources, Failure> {
    let (mut annotations, mut others) = (Vec::new(), Vec::new());
    for entry in entries {
        if is_annotation(entry)? {
            annotations.extend(annotation::read(entry)?);
        } else {
            others.push(entry);
        }
    }
    let has_release = annotations.is_empty() || release::is_release(path)?;
    let mut releases = if has_release {
        release::read(path, options)?
    } else {
        Vec::new()
    };
    let mut unread = Vec::new();
    for entry in others {
        if let Some(why) = why_unread(entry, has_release) {
            let name = entry.file_name().unwrap_or_default().to_string_lossy();
            unread.push(format!("{name}: {why}"));
        }
    }
    if let Some(first) = releases.first_mut() {
        first.notices.extend(unread);
    } else if let Some(first) = annotations.first_mut() {
        first.source_mut().notices.extend(unread);
    }
    Ok(Sources {
        releases,
        annotations,
    })
}

/// Why a file of a folder is not read, if it is no annotation; `None` if it may be part of the
/// folder's release, as workbooks, layouts and reports of CMS are.
fn why_unread(path: &Path, has_release: bool) -> Option<&'static str> {
    const NEITHER: &str = "neither a release nor an annotation, so it is not read";
    if path.is_dir() {
        return Some("a folder within the folder, so it is not read");
    }
    if has_release {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        let is_other = match ending.to_str() {
            Some("md") => true,
            Some("" | "txt" | "prn" | "xls" | "xlsx" | "zip") => false,
            // a file of another kind that cannot be opened as a release, such as a PDF, is none
            _ => {
                !release::is_release(path).unwrap_or(false)
                    && !release::read_noc_list(path).is_ok_and(|list| list.is_some())
            }
        };
        return is_other.then_some(NEITHER);
    }
    let is_noc_list = release::read_noc_list(path).is_ok_and(|list| list.is_some());
    Some(if is_noc_list {
        "a list of NOC codes without a release next to it, so it is not read; name the file itself"
    } else {
        NEITHER
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
        match release::read(path, options) {
            Err(_) if is_report(path) => print::note(&format!(
                "{}: a transaction report, which is not indexed; `hcpcs diff OLD NEW --check` \
                 compares with it",
                path.display()
            )),
            read => found.releases = read?,
        }
    }
    Ok(Found::Sources(found))
}

/// Whether a file is CMS's account of a quarter's changes. In a zip it stands beside a release.
fn is_report(path: &Path) -> bool {
    release::read_transaction_report(path).is_ok_and(|report| report.member.is_none())
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
