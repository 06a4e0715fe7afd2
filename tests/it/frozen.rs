//! An index of each format, frozen as it was written: a later program reads it or says what to do.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use hcpcs::index::{Sources, build_index, verify};
use hcpcs::{Manifest, Query, Release, Remedy, Searcher};

use crate::hcpcs::{DAY, starter_index};

/// How the frozen index of the current format is written, once, by who changes the format.
const FREEZE: &str = "HCPCS_FREEZE=1 cargo test --test it frozen";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen")
}

/// Writes an index of a few codes of the starter set, whose words are the project's own.
fn freeze(folder: &Path) {
    let mut release = Release::starter().unwrap();
    let place = release
        .records
        .iter()
        .position(|record| record.code.as_str() == "J1640");
    release.records.drain(..place.unwrap());
    release.records.truncate(5);
    build_index(
        folder,
        Sources {
            releases: vec![release],
            annotations: Vec::new(),
        },
    )
    .unwrap();
    fs::remove_file(folder.join("lock")).unwrap();
}

#[test]
fn frozen_indexes_are_read_or_refused_with_what_helps() {
    let format = Manifest::read(starter_index()).unwrap().format;
    let current = folder().join(format!("format-{format}"));
    if env::var_os("HCPCS_FREEZE").is_some() && !current.exists() {
        freeze(&current);
    }
    assert!(
        current.exists(),
        "there is no frozen index of format {format}; where this format is to stay, run {FREEZE} \
         and commit tests/frozen/format-{format}"
    );
    let changes = Path::new(env!("CARGO_MANIFEST_DIR")).join("CHANGELOG.md");
    let changes = fs::read_to_string(changes).unwrap();
    let named = format!("Index format: **{format}**.");
    assert!(changes.contains(&named), "CHANGELOG.md lacks: {named}");
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        match Searcher::load(&path) {
            Ok(searcher) => {
                let manifest = searcher.manifest();
                assert!(
                    verify(&path, manifest).unwrap().is_whole,
                    "{}",
                    path.display()
                );
                let query = Query {
                    text: "hemin".to_owned(),
                    as_of: Some(DAY.parse().unwrap()),
                    ..Query::default()
                };
                let answer = searcher.search(&query).unwrap();
                assert_eq!(answer.hits[0].code.as_str(), "J1640", "{}", path.display());
                assert_eq!(manifest.codes, 5);
            }
            Err(error) => {
                assert_ne!(path, current, "{error}");
                assert_eq!(error.remedy(), Some(Remedy::RebuildIndex), "{error}");
                assert!(
                    error.to_string().contains("this program reads format"),
                    "{error}"
                );
            }
        }
    }
}
