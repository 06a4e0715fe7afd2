//! `/api/v1/history` and `/api/v1/diff`: releases over time, the same bytes as on the command line.

use std::sync::OnceLock;

use super::openapi::fits;
use super::{Client, serve_folder, served};
use crate::diff::indexed;
use crate::hcpcs::Hcpcs;

/// Two releases, the program and a server of them.
fn both() -> &'static (Hcpcs, Client) {
    static BOTH: OnceLock<(Hcpcs, Client)> = OnceLock::new();
    BOTH.get_or_init(|| {
        let hcpcs = indexed();
        let client = serve_folder(hcpcs.index());
        (hcpcs, client)
    })
}

#[test]
fn the_command_line_gives_the_same_bytes() {
    let (hcpcs, client) = both();
    for code in ["J1640", "CS", "A4001"] {
        let told = hcpcs.run(["history", code, "--json"]).code(0).stdout;
        let got = client.get(&format!("/api/v1/history/{}", code.to_lowercase()));
        assert_eq!(
            (got.status, &*got.content_type),
            (200, "application/json"),
            "{got:?}"
        );
        assert_eq!(told.trim_end(), format!("[{}]", got.body));
    }
    for (args, parameters) in [
        (&["--json"][..], ""),
        (&["--json", "--summary"], "&summary"),
        (&["--json", "--betos", "O1E"], "&betos=o1e"),
        (
            &["--json", "--kind", "modifier", "--section", "J"],
            "&kind=modifier&section=j",
        ),
        (
            &["--json", "--codes", "J16*,A4000-A4010", "--noc"],
            "&codes=J16*&codes=A4000-A4010&noc",
        ),
        (
            &["--json", "--added", "2026-01-01.."],
            "&added=2026-01-01..",
        ),
        (
            &["--json", "--action", "A,D", "--coverage", "D"],
            "&action=A,D&coverage=D&format=json",
        ),
    ] {
        let args = [&["diff", "2025-10", "2026-01"], args].concat();
        let told = hcpcs.run(&args).stdout;
        let got = client.get(&format!("/api/v1/diff?old=2025-10&new=2026-Q1{parameters}"));
        assert_eq!(got.status, 200, "{got:?}");
        assert_eq!(told.trim_end(), got.body, "{args:?}");
    }
}

#[test]
fn a_watch_list_and_a_table() {
    let (hcpcs, client) = both();
    hcpcs.file("mine.txt", "J16*\nCS\n");
    let told = hcpcs.run(["diff", "2025-10", "2026-01", "--only", "mine.txt", "--json"]);
    let got = client.get("/api/v1/diff?old=2025-10&new=2026-01&only=J16*,CS");
    assert_eq!(told.stdout.trim_end(), got.body);
    assert_eq!(got.json()["summary"]["reissued"], 1);
    assert_eq!(got.json()["summary"]["added"], 0);
    let told = hcpcs.run(["diff", "2025-10", "2026-01", "--csv"]);
    let got = client.get("/api/v1/diff?old=2025-10&new=2026-01&format=csv");
    assert_eq!(got.content_type, "text/csv; charset=utf-8");
    assert_eq!(told.stdout, got.body);
    // A partial release is said to be one, through every door.
    let notice = "release 2025-10, partial: no codes of sections";
    told.tells(notice)
        .prints(&format!("\nnotice,,,,\"{notice}"));
    let json = client.get("/api/v1/diff?old=2025-10&new=2026-01").json();
    assert!(
        json["notices"][0].as_str().unwrap().starts_with(notice),
        "{json}"
    );
    let page = client.get("/changes?from=2025-10&to=2026-01");
    assert!(page.body.contains(notice), "{}", page.body);
}

#[test]
fn what_is_answered_is_described() {
    let (_, client) = both();
    let description = client.get("/openapi.json").json();
    let changes = client.get("/api/v1/diff?old=2025-10&new=2026-01").json();
    fits(&description, "Changes", &changes);
    fits(&description, "Summary", &changes["summary"]);
    fits(&description, "Change", &changes["revised"][0]);
    let field = &changes["revised"][0]["fields"][0];
    fits(&description, "FieldChange", field);
    fits(&description, "Run", &field["words"][0]);
    let history = client.get("/api/v1/history/CS").json();
    fits(&description, "VersionView", &history["versions"][1]);
    fits(
        &description,
        "ReleaseAction",
        &history["versions"][1]["actions"][0],
    );
    let named = description["paths"]["/api/v1/diff"]["get"]["parameters"].as_array();
    for parameter in named.unwrap() {
        let name = parameter["name"].as_str().unwrap();
        let got = client.get(&format!("/api/v1/diff?old=2025-10&new=2026-01&{name}=x"));
        let is_known = got.status == 200 || !got.problem(400).contains("no parameter");
        assert!(is_known, "{name}");
    }
}

#[test]
fn what_is_wrong() {
    for (target, said) in [
        ("diff", "`old` is missing; give a release, such as 2026-01"),
        ("diff?old=2026-01", "`new` is missing"),
        ("diff?old=2026-01&new=", "`new` is missing"),
        (
            "diff?old=x&new=2026-01",
            "`old` cannot be `x`; give a release",
        ),
        (
            "diff?old=2026-01&new=2026-13",
            "`new` cannot be `2026-13`; give a release",
        ),
        (
            "diff?old=2024-01&new=2026-01",
            "2024-01 is not indexed; there are 2026-01/starter",
        ),
        (
            "diff?old=2026-01&new=2026-01&old=2026-01",
            "`old` is given twice",
        ),
        (
            "diff?old=2026-01&new=2026-01&query=x",
            "there is no parameter `query`; there are old, new, only",
        ),
        (
            "diff?old=2026-01&new=2026-01&as_of=2026-01-01",
            "there is no parameter `as_of`",
        ),
        (
            "diff?old=2026-01&new=2026-01&only=99213",
            "`only` cannot be `99213`; give codes",
        ),
        (
            "diff?old=2026-01&new=2026-01&betos=O1EXX",
            "`betos` cannot be `O1EXX`",
        ),
        (
            "diff?old=2026-01&new=2026-01&format=xml",
            "`format` cannot be `xml`; give `json` or `csv`",
        ),
        (
            "diff?old=2026-01&new=2026-01&format=csv&format=csv",
            "`format` is given twice",
        ),
        (
            "diff?old=2026-01&new=2026-01&format=csv&summary",
            "there is no summary as CSV",
        ),
        (
            "diff?old=2026-01&new=2026-01&added=2026-02-30..",
            "`added` cannot be `2026-02-30..`; give days",
        ),
        (
            "history/J1640?as_of=2026-01-01",
            "there is no parameter `as_of`",
        ),
    ] {
        let detail = served().get(&format!("/api/v1/{target}")).problem(400);
        assert!(detail.contains(said), "{target}: {detail}");
    }
    for (target, said) in [
        ("history/J0000", "no release that is indexed has J0000"),
        ("history/99213", "a CPT number"),
        (
            "history/..%2f..%2fmanifest.json",
            "not a HCPCS Level II code",
        ),
        ("history/", "there is nothing at"),
    ] {
        let detail = served().get(&format!("/api/v1/{target}")).problem(404);
        assert!(detail.contains(said), "{target}: {detail}");
    }
    let got = served().get("/api/v1/diff?old=2026-01&new=2026-01").json();
    assert_eq!(got["revised"], serde_json::json!([]));
}

#[test]
fn codes_that_neither_release_has_are_named_by_every_route() {
    let (_, client) = both();
    let absent = "neither release has Z9999";
    let diff = "/api/v1/diff?old=2025-10&new=2026-01&only=Z9999,J1640";
    for address in [
        diff,
        &format!("{diff}&summary"),
        &format!("{diff}&format=csv"),
        "/changes?from=2025-10&to=2026-01&codes=Z9999,J1640",
        "/changes?from=2025-10&to=2026-01&codes=Z9999,J1640&format=csv",
    ] {
        let got = client.get(address);
        assert_eq!(got.status, 200, "{address}");
        assert!(got.body.contains(absent), "{address}: {}", got.body);
    }
}
