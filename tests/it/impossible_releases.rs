//! Releases that cannot be what they say, and files of a folder that are not what they are called.

use crate::hcpcs::Hcpcs;
use crate::made::{line, text};

const JANUARY: &str = "HCPC2026_JAN_ANWEB.txt";

/// A release of CMS's size, changed until a day.
fn large(ends: &str, changed: &str) -> String {
    let lines = (0..1_100).map(|nth| {
        let own = line(&format!("J{nth:04}"), "Injection, each");
        let own = own.set(277, changed);
        if nth < 200 { own.set(285, ends) } else { own }
    });
    text(&lines.collect::<Vec<_>>())
}

#[test]
fn a_release_that_cannot_be_as_it_says_is_refused() {
    let hcpcs = Hcpcs::new();
    for (ends, changed, told) in [
        ("", "20260101", "none of its codes has a termination date"),
        (
            "20191231",
            "20260101",
            "codes that end before they begin: 200, the first is J0000",
        ),
        (
            "20251231",
            "20251001",
            "its latest change is that J1099 was changed on 2025-10-01",
        ),
    ] {
        hcpcs.file(JANUARY, large(ends, changed));
        let ran = hcpcs.run(["index", JANUARY]).code(3);
        assert!(ran.stderr.contains(told), "{told}: {ran:?}");
    }
    hcpcs.file(JANUARY, large("20251231", "20260101"));
    hcpcs.run(["index", JANUARY]).code(0);
}

#[test]
fn a_folder_names_files_that_are_not_what_they_are_called() {
    let hcpcs = Hcpcs::new();
    hcpcs.file(
        "given/HCPC2026_JAN_ANWEB.txt",
        text(&[line("J1640", "Injection, hemin, 1 mg")]),
    );
    for (name, bytes, told) in [
        (
            "given/page.zip",
            "%PDF-1.7",
            "page.zip: is no zip; download it again",
        ),
        (
            "given/page.zip",
            "",
            "page.zip: is no zip; download it again",
        ),
    ] {
        hcpcs.file(name, bytes);
        hcpcs.run(["index", "given"]).code(3).tells(told);
    }
    std::fs::remove_file(hcpcs.folder().join("given/page.zip")).unwrap();
    hcpcs.file("given/a.xlsx", "x");
    hcpcs
        .run(["index", "given"])
        .code(0)
        .tells("a.xlsx: is no workbook; download it again");
}
