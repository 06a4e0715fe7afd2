//! Codes that are not in force on the day: counted and reported, never silently dropped.

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::{Line, line};

const ADDED: usize = 269;
const TERMINATED: usize = 285;

fn cannula(code: &str) -> Line {
    line(code, "Cannula, nasal")
}

fn hcpcs() -> Hcpcs {
    Hcpcs::new().release(&[
        cannula("A0001").set(TERMINATED, "20251231"),
        cannula("A0002").set(TERMINATED, "20260201"),
        cannula("A0003"),
        cannula("A0004").set(ADDED, "20260201"),
        cannula("A0005").set(ADDED, "20260202"),
        cannula("A0006").set(ADDED, "20260301"),
    ])
}

#[test]
fn both_ends_of_validity_count() {
    let hcpcs = hcpcs();
    assert_eq!(hcpcs.codes(&["cannula"]), ["A0002", "A0003", "A0004"]);
    assert_eq!(hcpcs.codes(&["cannula", "--terminated"]).len(), 6);
}

#[test]
fn hidden_codes_are_reported() {
    let hcpcs = hcpcs();
    let summary = "3 codes match · release 2026-01, partial · as of 2026-02-01\n\
                   1 terminated code also matches (--terminated)\n\
                   2 codes not valid yet also match (--terminated)";
    for args in [&["cannula"][..], &["A00*"], &["--section", "A"]] {
        let args = [&["search", "--as-of", DAY], args].concat();
        hcpcs.run(&args).code(0).told(summary);
        let answer = hcpcs.json(&args);
        assert_eq!(
            (&answer["hidden"], &answer["not_yet_valid"]),
            (&3.into(), &2.into())
        );
    }
}

#[test]
fn another_day_is_another_answer() {
    let hcpcs = hcpcs();
    let args = [
        "search",
        "cannula",
        "--csv",
        "--fields",
        "code,status",
        "--terminated",
    ];
    let ran = hcpcs.run([&args[..], &["--as-of", "2026-03-01"]].concat());
    assert_eq!(
        ran.stdout,
        "code,status\nA0001,terminated\nA0002,terminated\nA0003,valid\nA0004,valid\nA0005,valid\nA0006,valid\n"
    );
}

#[test]
fn a_day_before_all_releases_is_reported() {
    hcpcs()
        .run(["search", "cannula", "--as-of", "2025-12-31"])
        .code(0)
        .tells("no indexed release is as old as 2025-12-31; the first indexed release, 2026-01, answers")
        .prints("A0001");
}

#[test]
fn only_ended_codes_are_nothing_found() {
    Hcpcs::starter()
        .run(["search", "triferic", "--as-of", DAY])
        .code(1)
        .told(
            "no code matches · release 2026-01/starter, 809 of about 9,000 codes · as of 2026-02-01\n\
             3 terminated codes also match (--terminated)",
        );
}

/// A code that a question names among other words comes first; one that is not valid is said to be
/// so, with its successor, though no hit shows it.
#[test]
fn a_code_in_a_sentence_is_answered() {
    const SUCCESSOR: usize = 205;
    let hcpcs = Hcpcs::new().release(&[
        cannula("A0001")
            .set(TERMINATED, "20251231")
            .set(SUCCESSOR, "A0003"),
        cannula("A0002").set(TERMINATED, "20251231"),
        cannula("A0003"),
        cannula("A0006").set(ADDED, "20260301"),
        line("A9000", "Still and valid replacement cannula, still valid"),
    ]);
    for (asked, first, said) in [
        ("is A0003 still valid", "A0003", None),
        (
            "is A0001 still valid",
            "A9000",
            Some("A0001 is terminated 2025-12-31; successor A0003 (valid)"),
        ),
        (
            "what replaced a0002 still",
            "A9000",
            Some("A0002 is terminated 2025-12-31; CMS names no successor"),
        ),
        (
            "A0006 nasal still",
            "A9000",
            Some("A0006 is not yet valid, it begins 2026-03-01"),
        ),
        ("cannula nasal still not A0001", "A9000", None),
    ] {
        let answer = hcpcs.json(&["search", asked, "--as-of", DAY]);
        assert_eq!(answer["hits"][0]["code"], first, "{asked}");
        let notices = answer["notices"].as_array().unwrap();
        let found = notices.iter().filter_map(|own| own.as_str());
        let found = found.filter(|own| own.starts_with("A000"));
        assert_eq!(
            found.collect::<Vec<_>>(),
            said.into_iter().collect::<Vec<_>>(),
            "{asked}"
        );
    }
    let ask = [
        "search",
        "A0003 still valid",
        "--codes",
        "A9*",
        "--as-of",
        DAY,
    ];
    let notices = hcpcs.json(&ask)["notices"].to_string();
    assert!(
        notices.contains("left out by the filters: A0003"),
        "{notices}"
    );
}
