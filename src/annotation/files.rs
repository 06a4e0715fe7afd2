//! Reads files and folders of annotations.

use std::fs;
use std::path::{Path, PathBuf};

use super::file_content::parse;
use super::opened_file::{
    NOT_RECOGNISED, by_ending, is_zip_of_files, not_recognised, open, open_as,
};
use super::source::{Source, SourceKind};
use super::zipped::Members;
use super::{Annotations, zipped};
use crate::annotation::synonym::list::SynonymList;
use crate::error::{Error, Result};

/// The extensions of the files that are read in a folder.
const ENDINGS: [&str; 4] = ["md", "txt", "tsv", "csv"];

/// Reads a file of annotations, or all that are recognised in a folder, sorted by name.
///
/// In a folder, reads `.md`, `.txt`, `.tsv` and `.csv` files except READMEs, and no subfolders. The
/// notices of the first source name the files that are not recognised.
///
/// # Errors
/// A path cannot be read, a file is no annotation, a folder has none, or a file is recognised and
/// cannot be read as its kind: then nothing of the folder is returned.
///
/// ```no_run
/// for annotations in hcpcs::annotation::read("notes".as_ref())? {
///     println!("{}", annotations.source().title);
/// }
/// # Ok::<(), hcpcs::Error>(())
/// ```
pub fn read(path: &Path) -> Result<Vec<Annotations>> {
    if path.is_dir() {
        return read_folder(path);
    }
    let (bytes, kind) = open(path, None)?;
    if is_zip_of_files(path, &bytes) {
        let Members { members, notices } = zipped::members(path, &bytes)?;
        let read = members
            .into_iter()
            .map(|member| parse(&member.path, member.kind, &member.bytes));
        let mut read: Vec<Annotations> = read.collect::<Result<_>>()?;
        if let Some(first) = read.first_mut() {
            first.source_mut().notices.extend(notices);
        }
        return Ok(read);
    }
    match kind.or_else(|| by_ending(path)) {
        Some(kind) => Ok(vec![parse(path, kind, &bytes)?]),
        None => Err(Error::source(path, not_recognised(&bytes))),
    }
}

/// The kind of a file, by its content; `None` if it is no annotation, and for a folder.
///
/// ```
/// use hcpcs::annotation::{SourceKind, recognise_file};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("words.tsv");
/// std::fs::write(&path, "puffer\tinhaler\nwalking frame\twalker\n")?;
/// assert_eq!(recognise_file(&path)?, Some(SourceKind::Synonyms));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The file cannot be read.
pub fn recognise_file(path: &Path) -> Result<Option<SourceKind>> {
    if path.is_dir() {
        return Ok(None);
    }
    Ok(open_as(path, None, false)?.1)
}

/// Reads a user's own list of synonyms.
///
/// ```
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("own-words.tsv");
/// std::fs::write(&path, "puffer\tinhaler\nwalking frame\t=walker\n")?;
///
/// let (source, list) = hcpcs::annotation::read_synonyms(&path)?;
/// assert_eq!((source.rows, list.synonyms.len()), (2, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The file cannot be read, or the list has a mistake, which the error names with its line.
pub fn read_synonyms(path: &Path) -> Result<(Source, SynonymList)> {
    let (bytes, _) = open(path, Some(SourceKind::Synonyms))?;
    match parse(path, SourceKind::Synonyms, &bytes)? {
        Annotations::Synonyms(source, list) => Ok((source, list)),
        _ => Err(Error::source(path, "not a list of synonyms")),
    }
}

fn read_folder(folder: &Path) -> Result<Vec<Annotations>> {
    let (mut all, mut notices) = (Vec::new(), Vec::new());
    for path in entries(folder)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            notices.push(format!("{name}: a folder within the folder, not looked at"));
            continue;
        }
        let ending = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let is_readme = name.to_lowercase().starts_with("readme");
        if is_readme || !ENDINGS.contains(&ending.as_str()) {
            notices.push(format!("{name}: not looked at"));
            continue;
        }
        match open(&path, None)? {
            (bytes, Some(kind)) => all.push(parse(&path, kind, &bytes)?),
            (bytes, None) => notices.push(format!("{name}: {}", not_recognised(&bytes))),
        }
    }
    match all.first_mut() {
        Some(first) => first.source_mut().notices.extend(notices),
        None => {
            return Err(Error::source(
                folder,
                format!("holds no annotation; {NOT_RECOGNISED}"),
            ));
        }
    }
    Ok(all)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let fail = |cause| Error::io(folder, "cannot read the folder", cause);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().unwrap_or_default();
        if !name.to_string_lossy().starts_with('.') {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::super::file_content::BINARY;
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        folder
    }

    fn refused(name: &str, bytes: &[u8]) -> String {
        let folder = folder(&[(name, bytes)]);
        let error = read(&folder.path().join(name)).unwrap_err().to_string();
        error
            .split_once(&format!("{name}: "))
            .map(|(_, reason)| reason.to_owned())
            .unwrap_or(error)
    }

    #[test]
    fn files_that_are_refused() {
        assert_eq!(refused("x.md", b"\x89PNG\r\n\x1a\n\0\0\0"), BINARY);
        assert_eq!(refused("x.txt", b"\0\0\0"), BINARY);
        assert!(refused("x.md", b"# Title\n").starts_with("names no HCPCS"));
        assert!(refused("x.txt", b"Dear all\n").starts_with("not recognised"));
        assert!(refused("x.csv", b"").starts_with("not recognised"));
        let large = "---\ncode: J1640\n---\n".to_owned() + &"word ".repeat(10 << 20);
        let reason = "a clinical note of more than 4 MiB is not read; split it";
        assert_eq!(refused("x.md", large.as_bytes()), reason);
        let error = read(Path::new("missing.md")).unwrap_err().to_string();
        assert!(
            error.starts_with("missing.md: cannot read the file"),
            "{error}"
        );
    }

    #[test]
    fn a_folder() {
        let note: &[u8] = b"---\ncode: J1640\n---\nText.\n";
        let folder = folder(&[
            ("b.md", note),
            ("a.tsv", b"hoyer\tpatient lift\n"),
            ("README.md", note),
            ("prose.txt", b"Dear all\n"),
            ("picture.md", b"\0"),
            ("release.zip", b"PK"),
            (".hidden.md", note),
        ]);
        fs::create_dir(folder.path().join("deeper")).unwrap();
        let read = read(folder.path()).unwrap();
        let kinds: Vec<_> = read.iter().map(|at| at.source().kind).collect();
        assert_eq!(kinds, [SourceKind::Synonyms, SourceKind::ClinicalNote]);
        let notices: Vec<_> = read[0]
            .source()
            .notices
            .iter()
            .filter_map(|at| at.split_once(": "))
            .collect();
        let names: Vec<_> = notices.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            names,
            [
                "README.md",
                "deeper",
                "picture.md",
                "prose.txt",
                "release.zip"
            ]
        );
        assert_eq!(notices[2].1, BINARY);
    }

    #[test]
    fn a_folder_with_a_broken_file_or_with_nothing() {
        let broken = folder(&[
            ("a.md", b"---\ncode: J1640\n---\nText.\n"),
            ("b.md", b"---\ntitle: x\n---\nText.\n"),
        ]);
        let error = read(broken.path()).unwrap_err().to_string();
        assert!(error.contains("b.md: names no HCPCS"), "{error}");
        let error = read(folder(&[]).path()).unwrap_err().to_string();
        assert!(error.contains("holds no annotation"), "{error}");
    }

    #[test]
    fn synonyms_that_a_user_names() {
        let folder = folder(&[("own.txt", b"a\tb\tc\n")]);
        let path = folder.path().join("own.txt");
        let error = read_synonyms(&path).unwrap_err().to_string();
        assert!(
            error.ends_with("line 1: 3 columns; a synonym has two, asked<TAB>meant"),
            "{error}"
        );
        fs::write(&path, "Hoyer\tpatient lift\n").unwrap();
        let (source, list) = read_synonyms(&path).unwrap();
        assert_eq!((source.rows, list.synonyms[0].asked.as_str()), (1, "hoyer"));
        assert_eq!(recognise_file(&path).unwrap(), Some(SourceKind::Synonyms));
        assert_eq!(recognise_file(folder.path()).unwrap(), None);
    }
}
