//! A release without a field, and an index of another analysis: every door says so.

use std::fs;

use hcpcs::index::{Sources, build_index};
use hcpcs::search::ChangesFilter;
use hcpcs::{Manifest, Release, Searcher};
use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs, starter_index};

/// The starter set as a release of CMS whose file has no column of coverage.
fn without_coverage() -> Release {
    let mut release = Release::starter().unwrap();
    release.id = "2026-01".parse().unwrap();
    release
        .records
        .iter_mut()
        .for_each(|own| own.coverage = None);
    release
}

const LACKING: &str = "without the fields coverage";

#[test]
fn a_release_without_a_field_says_so_through_every_door() {
    let folder = tempfile::tempdir().unwrap();
    let releases = vec![without_coverage()];
    let sources = Sources {
        releases,
        annotations: Vec::new(),
    };
    build_index(folder.path(), sources).unwrap();
    let hcpcs = Hcpcs::new().with_index(folder.path());
    for args in [
        &["search", "--coverage", "D", "--as-of", DAY][..],
        &["search", "hemin", "--facets", "--as-of", DAY],
        &["search", "--without", "coverage", "--csv", "--as-of", DAY],
        &["table", "coverage", "--as-of", DAY],
        &["table", "coverage", "--json", "--as-of", DAY],
        &["show", "J1640", "--as-of", DAY],
        &["export", "--coverage", "D", "--as-of", DAY],
        &["status"],
    ] {
        let ran = hcpcs.run(args);
        let all = ran.stdout + &ran.stderr;
        let words = all.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(LACKING), "{args:?}: {words}");
    }
    let answer = hcpcs.json(&["search", "--coverage", "D", "--as-of", DAY]);
    assert!(answer["release_scope"].as_str().unwrap().contains(LACKING));
    let searcher = Searcher::open(folder.path()).unwrap();
    let said = searcher.notices_on(DAY.parse().unwrap());
    assert!(said.iter().any(|own| own.contains(LACKING)), "{said:?}");
}

#[test]
fn a_comparison_names_the_field_that_one_side_lacks() {
    let mut old = Release::starter().unwrap();
    old.id = "2025-10".parse().unwrap();
    let (from, to) = (old.id.clone(), without_coverage().id);
    let folder = tempfile::tempdir().unwrap();
    let releases = vec![old, without_coverage()];
    let sources = Sources {
        releases,
        annotations: Vec::new(),
    };
    build_index(folder.path(), sources).unwrap();
    let hcpcs = Hcpcs::new().with_index(folder.path());
    hcpcs
        .run(["diff", "2025-10", "2026-01", "--summary"])
        .tells(LACKING)
        .tells("not compared, as one of the releases has no value of it: coverage");
    let searcher = Searcher::load(folder.path()).unwrap();
    let changes = searcher
        .changes_within(&from, &to, &ChangesFilter::default())
        .unwrap();
    assert!(changes.notices.iter().any(|own| own.contains(LACKING)));
    // The starter set says what a field is, and a release without the column does not unsay it.
    assert_eq!(
        (changes.summary.revised, changes.summary.fields.len()),
        (0, 0)
    );
}

#[test]
fn an_index_of_another_analysis_says_so_in_each_answer() {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(starter_index()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let path = folder.path().join("manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    let (values, _) = manifest.split_once(",\n  \"seal\"").unwrap();
    let own = Manifest::read(starter_index()).unwrap().analysis;
    let values = values.replace(&format!("\"analysis\": {own}"), "\"analysis\": 0");
    let seal = blake3::hash(values.as_bytes()).to_hex();
    fs::write(&path, format!("{values},\n  \"seal\": \"{seal}\"\n}}")).unwrap();
    let said = "analysis 0, this program has";
    let hcpcs = Hcpcs::new().with_index(folder.path());
    for args in [
        &["search", "hemin"][..],
        &["search", "hemin", "--json"],
        &["search", "hemin", "--csv"],
        &["show", "J1640"],
        &["units", "J1640", "2mg"],
        &["table", "coverage", "--json"],
        &["suggest", "hem"],
        &["export"],
        &["status"],
    ] {
        let ran = hcpcs.run(args);
        let all = ran.stdout + &ran.stderr;
        let words = all.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(said), "{args:?}: {words}");
    }
    let status: Value = hcpcs.json(&["status"]);
    assert_eq!(status["analysis"], 0);
    assert_eq!(
        Manifest::read(starter_index()).unwrap().other_analysis(),
        None
    );
}
