//! Files that are no release, or a broken one.

use crate::hcpcs::{Hcpcs, Ran};
use crate::made::{archive, line, text, workbook};

fn release() -> Vec<u8> {
    text(&[
        line("J1640", "Injection, hemin, 1 mg"),
        line("J1645", "Injection, dalteparin sodium"),
    ])
    .into_bytes()
}

/// Indexes a file of some name and content into an existing index.
fn index(name: &str, bytes: impl AsRef<[u8]>) -> (Hcpcs, Ran) {
    let hcpcs = Hcpcs::new().release(&[line("A0001", "What was there before")]);
    hcpcs.file(name, bytes);
    let ran = hcpcs.run(["index", name]);
    (hcpcs, ran)
}

/// Holds that a file is refused with a message, and that the index before stays.
#[track_caller]
fn refused(name: &str, bytes: impl AsRef<[u8]>, told: &str) {
    let (hcpcs, ran) = index(name, bytes);
    let ran = ran.code(3);
    assert_eq!(ran.stdout, "");
    ran.told(&format!("error: {name}{told}"));
    assert_eq!(hcpcs.codes(&["before"]), ["A0001"]);
}

const ADVICE: &str = "give the zip that CMS publishes, its text or its workbook";

#[test]
fn a_path_that_is_not_there() {
    Hcpcs::new()
        .run(["index", "absent.zip"])
        .code(3)
        .told("error: absent.zip: no such file or folder; check the path");
}

#[test]
fn an_empty_file() {
    refused(
        "HCPC2026_JAN.txt",
        "",
        ": is empty; download or copy the file again",
    );
}

#[test]
fn a_zip_cut_short() {
    let zip = archive(&[("HCPC2026_JAN.txt", &release())]);
    let (_, ran) = index("january-2026.zip", &zip[..zip.len() / 2]);
    ran.code(3)
        .tells("error: january-2026.zip: is a damaged zip, perhaps cut short (")
        .tells("); download it again");
}

#[test]
fn names_of_members_that_lead_out() {
    let zip = archive(&[("../../HCPC2026_JAN.txt", &release())]);
    let (hcpcs, ran) = index("january-2026.zip", zip);
    ran.code(0).tells(
        "january-2026.zip: ../../HCPC2026_JAN.txt: an odd name for a member; it is only read, never unpacked",
    );
    assert!(!hcpcs.folder().join("../../HCPC2026_JAN.txt").exists());
    assert_eq!(hcpcs.codes(&["hemin"]), ["J1640"]);
}

#[test]
fn a_zip_without_a_release() {
    refused(
        "a.zip",
        archive(&[("a.txt", b"Some prose\n")]),
        &format!(": holds no HCPCS release; {ADVICE}"),
    );
    refused(
        "a.zip",
        archive(&[]),
        &format!(": holds no HCPCS release; {ADVICE}"),
    );
}

/// Twelve records, every second of them with a broken line.
fn half_broken() -> Vec<u8> {
    let lines = (0..24).map(|nth| {
        let own = line(&format!("J10{nth:02}"), "Injection");
        if nth % 2 == 0 { own } else { own.set(269, "x") }
    });
    text(&lines.collect::<Vec<_>>()).into_bytes()
}

#[test]
fn every_second_line_broken() {
    let (hcpcs, ran) = index("HCPC2026_JAN.txt", half_broken());
    ran.code(3).tells(
        "HCPC2026_JAN.txt: lines that cannot be read: 12, beside 12 codes, so that it may be incomplete, and \
         nothing was changed; check the file, or take it with --force",
    );
    let ran = hcpcs.run(["index", "HCPC2026_JAN.txt", "--force"]);
    let ran = ran
        .code(0)
        .tells("warning: HCPC2026_JAN.txt: line 2: J1001: ADD DT (HCPCS_CD_ADD_DT): `x0200101` is not a date (YYYYMMDD); so with 11 more lines\n")
        .tells("indexed 12 codes of 2026-01 (HCPC2026_JAN.txt) in ")
        .tells(" ms; skipped 12 lines\n");
    assert!(!ran.stderr.contains("line 22"), "{}", ran.stderr);
    assert_eq!(hcpcs.codes(&["injection", "--limit", "99"]).len(), 12);
    assert_eq!(hcpcs.json(&["status"])["releases"][0]["skipped"], 12);
}

#[test]
fn strict_reading_stops_at_the_first_broken_line() {
    let hcpcs = Hcpcs::new();
    hcpcs.file("HCPC2026_JAN.txt", half_broken());
    hcpcs.run(["index", "--strict", "HCPC2026_JAN.txt"]).code(3).told(
        "error: HCPC2026_JAN.txt: line 2: J1001: ADD DT (HCPCS_CD_ADD_DT): `x0200101` is not a date (YYYYMMDD)",
    );
}

#[test]
fn codes_of_other_sets_are_counted_and_left_out() {
    let records = text(&[
        line("J1640", "Hemin"),
        line("99213", "Secret visit"),
        line("D0120", "Secret exam"),
    ]);
    let (hcpcs, ran) = index("HCPC2026_JAN.txt", records);
    ran.code(0)
        .tells("skipped 0 lines, left out 2 rows of CPT and CDT\n");
    assert_eq!(hcpcs.codes(&["secret"]), [""; 0]);
}

#[test]
fn bytes_that_cp1252_does_not_define() {
    let mut bytes = release();
    bytes[20] = 0x81;
    bytes[21] = 0x92; // the apostrophe of cp1252
    let (_, ran) = index("HCPC2026_JAN.txt", bytes);
    ran.code(0)
        .tells("HCPC2026_JAN.txt: a byte that cp1252 does not define is read as \u{FFFD}; the first is 0x81 on line 1\n")
        .tells("indexed 2 codes");
}

#[test]
fn a_workbook_with_a_moved_column() {
    let book = workbook(&[
        &[
            "SHORT DESCRIPTION",
            "ADD DT",
            "COV",
            "HCPC",
            "TERM DT",
            "LONG DESCRIPTION",
        ],
        &[
            "Hemin, 1 mg",
            "20060101",
            "D",
            "J1640",
            "",
            "Injection, hemin, 1 mg",
        ],
    ]);
    let (hcpcs, ran) = index("HCPC2026_JAN.xlsx", book);
    ran.code(0);
    let shown = hcpcs.json(&["show", "J1640"]);
    assert_eq!(shown[0]["record"]["coverage"], "D");
    assert_eq!(shown[0]["record"]["short_descriptor"], "Hemin, 1 mg");
}

#[test]
fn a_workbook_with_a_missing_column() {
    let book = workbook(&[
        &[
            "HCPC",
            "LONG DESCRIPTION",
            "COV",
            "ADD DT",
            "TERM DT",
            "BETOS",
        ],
        &["J1640", "Hemin", "D", "20060101", "", "O1E"],
    ]);
    let told = ": has no column SHORT DESCRIPTION; name the columns as CMS's workbook does";
    refused("HCPC2026_JAN.xlsx", book, told);
}

#[test]
fn a_name_that_says_no_quarter() {
    let told = ": the name does not say which release this is; say it with --release 2026-01 (year and first month of the quarter)";
    refused("codes.txt", release(), told);
    let (hcpcs, _) = index("codes.txt", release());
    hcpcs
        .run(["index", "codes.txt", "--release", "2025-Q4"])
        .code(0)
        .tells("indexed 2 codes of 2025-10 (codes.txt)");
    hcpcs
        .run(["index", "codes.txt", "--release", "2026-02"])
        .code(2)
        .tells("`2026-02` is not a release; write its year and the first month of its quarter, such as 2026-01 or 2026-Q1");
}

#[test]
fn annotations_without_a_release() {
    let hcpcs = Hcpcs::new();
    hcpcs.file("list.tsv", "# own words\nbloodred\themin\n");
    hcpcs
        .run(["index", "list.tsv"])
        .code(2)
        .told("error: no release is among list.tsv; give the zip of a quarter too");
}
