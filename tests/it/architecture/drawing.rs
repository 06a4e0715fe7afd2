//! `src/README.md` draws the folders as they are: every name in it exists, and every file is named
//! or in a folder that it explains.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{root, sources};

/// What a line of the drawing names: several names may share its explanation.
struct Drawn {
    paths: Vec<String>,
    is_explained: bool,
}

/// Parses the drawing: the indent of a name gives its folder.
fn drawn(text: &str) -> Vec<Drawn> {
    let picture = text.split("```text\n").nth(1).unwrap();
    let picture = picture.split("```").next().unwrap();
    let mut folders: Vec<String> = Vec::new();
    let mut all: Vec<Drawn> = Vec::new();
    for line in picture.lines() {
        let Some((branch, rest)) = line.split_once("── ") else {
            // a continued line names files in brackets or after a comma
            if let Some(last) = all.last_mut() {
                let folder = folder_of(&last.paths[0]);
                last.paths.extend(files_within(line, &folder));
            }
            continue;
        };
        let depth = branch.chars().count() / 4;
        folders.truncate(depth);
        let folder = folders.concat();
        let (names, explanation) = rest.split_once("  ").unwrap_or((rest, ""));
        let is_name = |name: &&str| name.ends_with('/') || is_source(name);
        let mut paths: Vec<String> = names
            .split_whitespace()
            .filter(is_name)
            .map(|name| format!("{folder}{name}"))
            .collect();
        if paths.is_empty() {
            continue;
        }
        let own = paths[0].clone();
        if let Some(inner) = own.strip_prefix(&folder).filter(|own| own.ends_with('/')) {
            folders.push(inner.to_owned());
        }
        let is_explained = !explanation.trim().is_empty() || paths.len() > 1;
        paths.extend(files_within(explanation, &folder_of(&own)));
        all.push(Drawn {
            paths,
            is_explained,
        });
    }
    all
}

fn is_source(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "rs")
}

/// The folder of a path; a folder is its own.
fn folder_of(path: &str) -> String {
    path[..path.rfind('/').map_or(0, |at| at + 1)].to_owned()
}

/// The files that an explanation names, such as `(fields.rs)`.
fn files_within(explanation: &str, folder: &str) -> Vec<String> {
    let is_of_a_name = |letter: char| letter.is_ascii_alphanumeric() || "_./".contains(letter);
    explanation
        .split(|letter| !is_of_a_name(letter))
        .filter(|word| is_source(word))
        .map(|word| format!("{folder}{word}"))
        .collect()
}

fn faults(text: &str, files: &BTreeSet<String>) -> Vec<String> {
    let drawn = drawn(text);
    // a folder of data has no source; `cli/` names the file above it that calls it
    let is_there = |path: &str| match path.rsplit_once('/') {
        Some((_, "")) => root().join("src").join(path).is_dir(),
        Some((_, file)) => files.contains(path) || files.contains(file),
        None => files.contains(path),
    };
    let gone = drawn.iter().flat_map(|own| &own.paths);
    let gone = gone.filter(|path| !is_there(path));
    let mut faults: Vec<String> = gone.map(|path| format!("{path} is not there")).collect();
    let explained: BTreeSet<&str> = drawn
        .iter()
        .filter(|own| own.is_explained)
        .flat_map(|own| own.paths.iter().map(String::as_str))
        .collect();
    for file in files {
        let folder = folder_of(file);
        if !explained.contains(file.as_str()) && !explained.contains(folder.as_str()) {
            faults.push(format!("{file} is not named, nor is {folder} explained"));
        }
    }
    faults
}

fn files() -> BTreeSet<String> {
    sources().into_iter().map(|source| source.path).collect()
}

#[test]
fn the_architecture_is_as_it_is_drawn() {
    let text = fs::read_to_string(root().join("src/README.md")).unwrap();
    assert_eq!(faults(&text, &files()), [""; 0]);
    assert!(drawn(&text).len() > 80, "the drawing is read");
}

#[test]
fn what_is_not_drawn_is_found() {
    let text = fs::read_to_string(root().join("src/README.md")).unwrap();
    let mut files = files();
    files.insert("search/moods/mood.rs".to_owned());
    files.insert("new.rs".to_owned());
    files.remove("history/validity.rs");
    files.remove("history/words.rs");
    let found = faults(&text, &files);
    assert_eq!(
        found,
        [
            "history/validity.rs is not there",
            "history/words.rs is not there",
            "new.rs is not named, nor is  explained",
            "search/moods/mood.rs is not named, nor is search/moods/ explained",
        ]
    );
}
