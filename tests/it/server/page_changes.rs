//! The page of changes, and a code's history on its record, over two releases that are made up.

use std::path::Path;
use std::sync::OnceLock;

use ::hcpcs::index::{Sources, build_index};
use ::hcpcs::{Record, Release};

use super::{Client, serve_folder};

fn release(id: &str, records: Vec<Record>) -> Release {
    let mut release = Release::starter().unwrap();
    release.id = id.parse().unwrap();
    release.records = records;
    release
}

fn record(code: &str, text: &str) -> Record {
    let mut record = Record::new(code.parse().unwrap());
    record.long_descriptor = text.into();
    record.short_descriptor = text.chars().take(28).collect();
    record.added = "2020-01-01".parse().ok();
    record
}

/// October has three codes; January ends one, adds one and rewords one.
fn build(folder: &Path) {
    let old = vec![
        record("J0001", "Injection, oldine, 1 mg"),
        record("J0002", "Injection, endine, 1 mg"),
        record("K0003", "Chair <b>wide</b>"),
    ];
    let mut new = vec![
        record("J0001", "Injection, oldine (brand), 1 mg"),
        record("J0002", "Injection, endine, 1 mg"),
        record("J0004", "Injection, newine, 1 mg"),
        record("K0003", "Chair <b>wide</b>"),
    ];
    new[1].terminated = "2025-12-31".parse().ok();
    new[1].cross_references = vec!["J0004".into()];
    let releases = vec![release("2025-10", old), release("2026-01", new)];
    build_index(
        folder,
        Sources {
            releases,
            ..Sources::default()
        },
    )
    .unwrap();
}

fn client() -> &'static Client {
    static SERVED: OnceLock<(tempfile::TempDir, Client)> = OnceLock::new();
    let (_, client) = SERVED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        build(folder.path());
        let client = serve_folder(folder.path());
        (folder, client)
    });
    client
}

#[track_caller]
fn page(target: &str) -> String {
    let got = client().get(target);
    assert_eq!(got.status, 200, "{got:?}");
    got.body
}

#[track_caller]
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
}

#[test]
fn the_newest_release_is_held_against_the_one_before() {
    let text = page("/changes");
    holds(
        &text,
        &[
            "Changes from 2025-10 to 2026-01",
            "3 codes → 4",
            "/codes/J0001",
            "<ins>oldine (brand),</ins>",
            "<del>oldine,</del>",
            "valid from 2020-01-01",
        ],
    );
    assert!(!text.contains("K0003"));
}

#[test]
fn changes_are_narrowed() {
    let added = page("/changes?from=2025-10&to=2026-01&change=added");
    assert!(added.contains("/codes/J0004") && !added.contains("/codes/J0002"));
    let worded = page("/changes?field=long_descriptor");
    assert!(worded.contains("/codes/J0001") && !worded.contains("/codes/J0004"));
    // a list as it is pasted, a code a line
    let listed = page("/changes?codes=J0002%0D%0AK0003");
    assert!(listed.contains("/codes/J0002") && !listed.contains("/codes/J0001"));
    let none = page("/changes?section=K");
    holds(&none, &["No changes match"]);
    for (target, said) in [
        ("/changes?change=moved", "give one of added"),
        ("/changes?from=2019-01", "is not indexed"),
        ("/changes?format=xml", "give `csv` or `json`"),
    ] {
        let got = client().get(target);
        assert_eq!(got.status, 400, "{target}");
        holds(&got.body, &[said]);
    }
}

#[test]
fn what_is_shown_is_downloaded() {
    let csv = client().get("/changes?change=terminated&format=csv");
    assert_eq!(csv.content_type, "text/csv; charset=utf-8");
    let rows: Vec<&str> = csv.body.lines().collect();
    assert!(rows[0].starts_with("change,code,kind,"));
    let (notices, changes): (Vec<&str>, Vec<&str>) = rows[1..]
        .iter()
        .partition(|row| row.starts_with("notice,,,,"));
    assert_eq!(notices.len(), 2, "both releases are partial");
    let is_ended = |row: &&str| row.starts_with("terminated,J0002,");
    assert!(changes.iter().all(is_ended), "{rows:?}");
    let json = client()
        .get("/changes?field=long_descriptor&format=json")
        .json();
    assert_eq!(json["revised"][0]["code"], "J0001");
    assert_eq!(json["summary"]["added"], 0);
}

#[test]
fn a_record_has_its_history_and_its_successor() {
    let text = page("/codes/J0001?as_of=2026-02-01");
    holds(
        &text,
        &[
            "2 versions",
            "from 2026-01-01",
            "until 2025-12-31",
            "<circle",
        ],
    );
    let ended = page("/codes/J0002?as_of=2026-02-01");
    holds(
        &ended,
        &["In its place", r#"href="/codes/J0004?as_of=2026-02-01""#],
    );
    let before = page("/codes/J0002?as_of=2025-11-01");
    assert!(!before.contains("In its place"));
    holds(&before, &["As of 2025-11-01, release 2025-10"]);
    let marked = page("/codes/K0003");
    assert!(!marked.contains("<b>wide</b>"));
}

#[test]
fn another_day_is_always_in_sight() {
    let text = page("/?q=injection&as_of=2025-11-01");
    holds(
        &text,
        &[
            "2025-10",
            "in force from 2025-10-01",
            r#"value="2025-11-01""#,
            "any_time=true",
        ],
    );
    // added in 2020, as a release published later says
    holds(&text, &["/codes/J0004", "published in 2026-01"]);
}
