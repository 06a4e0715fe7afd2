//! Guards: parts do not pass for wholes, a release is identified by its content, and notices name
//! what is not indexed.

use std::path::Path;

use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::{Line, line, text};
use crate::shared::shared;

const OCTOBER: &str = "HCPC2025_OCT_ANWEB.txt";
const JANUARY: &str = "HCPC2026_JAN_ANWEB.txt";
const HEADINGS: &str = "_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG";

/// Forty drugs, ten and two codes of other sections, three modifiers.
fn whole() -> Vec<Line> {
    let section = |letter: char, count: usize| {
        (0..count).map(move |nth| line(&format!("{letter}{:04}", 1000 + nth), "Injection, each"))
    };
    let codes = section('J', 40)
        .chain(section('T', 10))
        .chain(section('V', 2));
    let modifiers = ["JW", "RR", "NU"].map(|code| line(code, "Modifier"));
    codes.chain(modifiers).collect()
}

fn without(is_left_out: impl Fn(&str) -> bool) -> Vec<Line> {
    let code = |own: &Line| own.lines()[0][..5].trim().to_owned();
    whole()
        .into_iter()
        .filter(|own| !is_left_out(&code(own)))
        .collect()
}

fn generation(hcpcs: &Hcpcs) -> Value {
    hcpcs.json(&["status"])["generation"].clone()
}

/// Holds that a release is refused after a whole one: in an update, given with it, and in its place.
fn refused(lines: &[Line], told: &str) {
    let hcpcs = Hcpcs::new();
    hcpcs.file(OCTOBER, text(&whole()));
    hcpcs.file(JANUARY, text(lines));
    hcpcs.run(["index", OCTOBER]).code(0);
    let before = generation(&hcpcs);
    for args in [
        &["update", JANUARY][..],
        &["update", JANUARY, "--dry-run"],
        &["index", JANUARY],
        &["index", OCTOBER, JANUARY],
    ] {
        let ran = hcpcs.run(args).code(3);
        assert!(ran.stderr.contains(told), "{args:?}: {ran:?}");
        ran.tells("nothing was changed; check the file, or take it with --force");
        assert_eq!(generation(&hcpcs), before, "{args:?}");
    }
    hcpcs.run(["update", JANUARY, "--force"]).code(0);
    hcpcs.run(["index", OCTOBER, JANUARY, "--force"]).code(0);
}

#[test]
fn kinds_and_sections_are_held_against_the_release_before() {
    refused(
        &without(|code| code.len() == 2),
        "2026-01 lacks 3 of the 3 modifiers of 2025-10, more than a tenth",
    );
    refused(
        &without(|code| code.starts_with('V')),
        "2026-01 lacks 2 of the 2 codes of section V of 2025-10",
    );
    refused(
        &without(|code| code.starts_with("T1008") || code.starts_with("T1009")),
        "2026-01 lacks 2 of the 10 codes of section T of 2025-10",
    );
}

#[test]
fn a_tenth_of_a_section_may_be_missing() {
    let hcpcs = Hcpcs::new();
    hcpcs.file(OCTOBER, text(&whole()));
    hcpcs.file(
        JANUARY,
        text(&without(|code| code == "T1009" || code == "V1001")),
    );
    hcpcs.run(["index", OCTOBER, JANUARY]).code(0);
}

#[test]
fn a_part_without_a_release_before_it_is_taken_as_a_part() {
    let hcpcs = Hcpcs::new();
    hcpcs.file(JANUARY, text(&without(|code| code.len() == 2)));
    hcpcs
        .run(["index", JANUARY])
        .code(0)
        .tells("release 2026-01, partial: no modifiers, ");
    // and a whole one may follow it
    hcpcs.file(OCTOBER, text(&whole()));
    hcpcs.run(["update", OCTOBER]).code(0);
}

#[test]
fn a_text_that_is_cut_is_refused() {
    let whole = text(&whole());
    // in a record, in the dates of one, and in its code
    for cut in [whole.len() - 100, whole.len() - 40, whole.len() - 318] {
        let hcpcs = Hcpcs::new();
        hcpcs.file(JANUARY, &whole[..cut]);
        hcpcs
            .run(["index", JANUARY])
            .code(3)
            .tells("so that it may be incomplete");
        assert!(!hcpcs.index().join("manifest.json").exists());
        hcpcs.run(["index", JANUARY, "--force"]).code(0);
        let status = hcpcs.json(&["status"]);
        assert_ne!(
            status["releases"][0]["damage"],
            Value::Array(vec![]),
            "{cut}"
        );
    }
}

/// A table with the workbook's headings.
fn table(rows: &[&str]) -> String {
    let header = "HCPC,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,TERM DT";
    let rows = rows.iter().map(|row| format!("{row}\n"));
    format!("{header}\n{}", rows.collect::<String>())
}

#[test]
fn a_table_with_an_open_quote_or_cut_is_refused() {
    let good = [
        "A1000,\"One, each\",One,20200101,",
        "E1000,Two,Two,20200101,",
    ];
    for (rows, told) in [
        (
            [
                good[0],
                good[1],
                "J1000,\"Three,Three,20200101,",
                "JW,Four,Four,20200101,",
            ],
            "quotation mark",
        ),
        (
            [good[0], good[1], "J1000,Three,Three,20200101,", "JW,Fo"],
            "breaks off in a row",
        ),
        (
            [
                good[0],
                good[1],
                "J1000,Three, each,Three,20200101,",
                "JW,Four,Four,20200101,",
            ],
            "J1000: 6 cells where other rows have 5",
        ),
        (
            [
                good[0],
                good[1],
                "J1000,\"Three, each,\"Three, each\",20200101,",
                "JW,Four,Four,20200101,",
            ],
            "quotation mark",
        ),
    ] {
        let hcpcs = Hcpcs::new();
        hcpcs.file("hcpcs-2026-01.csv", table(&rows).trim_end());
        hcpcs
            .run(["index", "hcpcs-2026-01.csv"])
            .code(3)
            .tells(told);
        hcpcs.run(["index", "hcpcs-2026-01.csv", "--force"]).code(0);
    }
    let hcpcs = Hcpcs::new();
    hcpcs.file("hcpcs-2026-01.csv", table(&good));
    hcpcs.run(["index", "hcpcs-2026-01.csv"]).code(0);
}

/// The bytes of the text are damaged, so that its checksum is wrong; the workbook beside it is whole.
#[test]
fn a_damaged_member_of_a_zip_is_refused() {
    let Some(zip) = shared("cms/january-2026-alpha-numeric-hcpcs-file.zip") else {
        return;
    };
    let whole = std::fs::read(zip).unwrap();
    let hcpcs = Hcpcs::new();
    for (name, told) in [
        ("HCPC2026_JAN_ANWEB_01122026.txt", "01122026.txt"),
        ("NOC codes_JAN2026.xlsx", "NOC codes"),
    ] {
        let mut bytes = whole.clone();
        let at = bytes
            .windows(name.len())
            .position(|own| own == name.as_bytes())
            .unwrap();
        for byte in &mut bytes[at + name.len() + 2_000..][..40] {
            *byte ^= 0x5a;
        }
        hcpcs.file("january-2026.zip", bytes);
        hcpcs
            .run(["index", "january-2026.zip"])
            .code(3)
            .tells(told)
            .tells("is damaged");
    }
}

/// A crosswalk of so many products, one a code; some of them in a row that cannot be read.
fn crosswalk(quarter: &str, codes: usize, broken: usize) -> String {
    let row = |nth: usize| {
        let ndc = if nth < broken { "" } else { "55292-0702-55" };
        let code = format!("J{:04}", 1000 + nth);
        format!("{code},x,Maker,{ndc},Brand{nth},1 MG,1,1,1,1\n")
    };
    let rows: String = (0..codes).map(row).collect();
    format!("{quarter} ASP NDC - HCPCS Crosswalk\n{HEADINGS}\n{rows}")
}

#[test]
fn crosswalks_are_held_against_what_they_replace() {
    let hcpcs = Hcpcs::new();
    hcpcs.file(JANUARY, text(&whole()));
    hcpcs.file("first 121725.csv", crosswalk("January 2026", 40, 0));
    hcpcs.file("cut 010526.csv", crosswalk("January 2026", 35, 0));
    hcpcs.file("broken 010626.csv", crosswalk("January 2026", 40, 5));
    hcpcs.file("good 010726.csv", crosswalk("January 2026", 39, 1));
    hcpcs.run(["index", JANUARY, "first 121725.csv"]).code(0);
    for command in [&["update"][..], &["index", JANUARY]] {
        let run = |file: &str| hcpcs.run([command, &[file]].concat());
        run("cut 010526.csv")
            .code(3)
            .tells("lacks 5 of the 40 codes of NDC-HCPCS crosswalk, 2026-01 (first 121725.csv)");
        run("broken 010626.csv")
            .code(3)
            .tells("5 of its 40 rows cannot be read");
    }
    hcpcs
        .run(["update", "good 010726.csv"])
        .code(0)
        .prints("takes the place of the earlier one (first");
    // an older issue that is given later does not
    hcpcs
        .run(["update", "first 121725.csv"])
        .code(1)
        .prints("is not taken; a later issue of it is indexed");
    let ran = hcpcs
        .run(["index", JANUARY, "good 010726.csv", "first 121725.csv"])
        .code(0);
    ran.tells("first 121725.csv: NDC-HCPCS crosswalk, 2026-01 (first 121725.csv) is not indexed");
}

#[test]
fn a_crosswalk_is_held_against_the_quarter_before() {
    let hcpcs = Hcpcs::new();
    hcpcs.file(JANUARY, text(&whole()));
    hcpcs.file("first 121725.csv", crosswalk("January 2026", 40, 0));
    hcpcs.file("cut 040126.csv", crosswalk("April 2026", 4, 0));
    hcpcs.file("whole 040226.csv", crosswalk("April 2026", 39, 0));
    let told = "lacks 36 of the 40 codes of NDC-HCPCS crosswalk, 2026-01 (first 121725.csv), which \
                it follows";
    let first = ["index", JANUARY, "first 121725.csv"];
    let both = [&first[..], &["cut 040126.csv"]].concat();
    hcpcs.run(&both).code(3).tells(told);
    hcpcs.run(first).code(0);
    hcpcs.run(["update", "cut 040126.csv"]).code(3).tells(told);
    let alone = hcpcs.run(["index", JANUARY, "cut 040126.csv"]);
    alone.code(3).tells(told);
    hcpcs.run(["update", "whole 040226.csv"]).code(0);
    hcpcs.run([&both[..], &["--force"]].concat()).code(0);
}

#[test]
fn rows_of_codes_that_no_release_has_may_be_missing() {
    let hcpcs = Hcpcs::new();
    hcpcs.file(JANUARY, text(&[line("J1000", "Injection, each")]));
    hcpcs.file("first 121725.csv", crosswalk("January 2026", 40, 0));
    hcpcs.file("part 010526.csv", crosswalk("January 2026", 20, 0));
    for command in [&["update"][..], &["index", JANUARY]] {
        hcpcs.run(["index", JANUARY, "first 121725.csv"]).code(0);
        hcpcs.run([command, &["part 010526.csv"]].concat()).code(0);
        assert_eq!(hcpcs.codes(&["brand0"]), ["J1000"], "{command:?}");
    }
}

#[test]
fn an_open_quote_in_a_crosswalk_costs_one_row() {
    let rows = "J1000,x,A,55292-0702-55,\"Alphex,1 MG,1,1,336,336\nJ1001,x,B,00006-4096-02,Betex,1 ML,1,10,1,10\nT1000,y,C,00006-4096-03,Canex,1 ML,1,10,1,10\n";
    let hcpcs = Hcpcs::new();
    hcpcs.file(JANUARY, text(&whole()));
    hcpcs.file("crosswalk.csv", format!("{HEADINGS}\n{rows}"));
    hcpcs
        .run(["index", JANUARY, "crosswalk.csv"])
        .code(0)
        .tells("line 2: a quotation mark that is opened on line 2 is not closed");
    assert_eq!(hcpcs.codes(&["betex"]), ["J1001"]);
    assert_eq!(hcpcs.codes(&["canex"]), ["T1000"]);
}

#[test]
fn a_release_is_what_it_contains() {
    let hcpcs = Hcpcs::new();
    let mut july = whole();
    july.push(
        line("J9999", "New")
            .set(269, "2026070120260701")
            .set(293, "A"),
    );
    hcpcs.file("hcpcs-2026-01.txt", text(&july));
    hcpcs.file("hcpcs-2026.txt", text(&july));
    hcpcs.file(JANUARY, text(&whole()));
    hcpcs.run(["index", JANUARY]).code(0);
    let told = "hcpcs-2026-01.txt: the name says 2026-01, but J9999 was added on 2026-07-01; say it with --release 2026-07";
    hcpcs
        .run(["update", "hcpcs-2026-01.txt"])
        .code(3)
        .tells(told);
    hcpcs
        .run(["index", "hcpcs-2026-01.txt"])
        .code(3)
        .tells(told);
    let ids = |hcpcs: &Hcpcs| {
        let status = hcpcs.json(&["status"]);
        let releases = status["releases"].as_array().unwrap().iter();
        releases
            .map(|own| own["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    hcpcs
        .run(["update", "hcpcs-2026-01.txt", "--release", "2026-07"])
        .code(0);
    assert_eq!(ids(&hcpcs), ["2026-01", "2026-07"]);
    hcpcs
        .run(["index", JANUARY, "hcpcs-2026.txt"])
        .code(0)
        .tells("the name says only 2026; it is read as 2026-07");
    assert_eq!(ids(&hcpcs), ["2026-01", "2026-07"]);
}

#[test]
fn of_two_files_of_a_quarter_the_one_that_is_not_indexed_is_named() {
    let hcpcs = Hcpcs::new();
    for name in [
        "HCPC2026_JAN_ANWEB_12182025.txt",
        "HCPC2026_JAN_ANWEB_01122026.txt",
    ] {
        hcpcs.file(name, text(&whole()));
    }
    hcpcs.file(
        "copy/HCPC2026_JAN_ANWEB_01122026.txt",
        text(&without(|code| code == "J1000")),
    );
    let told = "HCPC2026_JAN_ANWEB_12182025.txt: 2026-01/12182025 is not indexed; 2026-01/01122026 (HCPC2026_JAN_ANWEB_01122026.txt) is the later issue of it";
    hcpcs
        .run([
            "index",
            "HCPC2026_JAN_ANWEB_01122026.txt",
            "HCPC2026_JAN_ANWEB_12182025.txt",
        ])
        .code(0)
        .tells(told);
    hcpcs
        .run(["update", "HCPC2026_JAN_ANWEB_12182025.txt"])
        .code(1)
        .prints("a later issue is indexed");
    let ran = hcpcs.run([
        "index",
        "HCPC2026_JAN_ANWEB_01122026.txt",
        "copy/HCPC2026_JAN_ANWEB_01122026.txt",
    ]);
    ran.code(0)
        .tells("2026-01/01122026 is not indexed")
        .tells("01122026.txt) is taken, of the same issue");
}

#[test]
fn re_published_releases() {
    for (header, row) in [
        ("hcpcs,long_description", "J1640,\"Injection, hemin\""),
        (
            "HCPCS_CODE,SHORT_DESCRIPTION,LONG_DESCRIPTION",
            "J1640,Hemin,\"Injection, hemin\"",
        ),
        ("hcpcs_cd\thcpcs_long_desc_txt", "J1640\tInjection, hemin"),
    ] {
        let hcpcs = Hcpcs::new();
        hcpcs.file("hcpcs-2026-01.csv", format!("{header}\n{row}\n"));
        hcpcs
            .run(["index", "hcpcs-2026-01.csv"])
            .code(0)
            .tells("no dates")
            .tells("no column ");
        assert_eq!(hcpcs.codes(&["hemin"]), ["J1640"]);
    }
    let hcpcs = Hcpcs::new();
    hcpcs.file("hcpcs-2026-01.csv", "hcpcs_code,price\nJ1640,1\n");
    let told = "line 1 has headings of a release, but no column LONG DESCRIPTION";
    hcpcs
        .run(["index", "hcpcs-2026-01.csv"])
        .code(3)
        .tells(told);
}

#[test]
fn a_list_of_noc_codes_by_itself() {
    let hcpcs = Hcpcs::new();
    hcpcs.file(JANUARY, text(&whole()));
    hcpcs.file(
        "NOC codes_JAN2026.csv",
        "HCPCS,LONG DESCRIPTION,ADD DATE,TERM DATE\nJ1000,x,20200101,\n",
    );
    hcpcs
        .run(["index", JANUARY, "NOC codes_JAN2026.csv"])
        .code(0);
    let hit =
        |hcpcs: &Hcpcs, code| hcpcs.json(&["search", code, "--as-of", DAY])["hits"][0].clone();
    assert_eq!(hit(&hcpcs, "J1000")["not_otherwise_classified"], true);
    assert_eq!(hit(&hcpcs, "J1001")["not_otherwise_classified"], false);
    // as an update, with the release that is indexed without it
    hcpcs.run(["index", JANUARY]).code(0);
    assert_eq!(
        hit(&hcpcs, "J1000")["not_otherwise_classified"],
        Value::Null
    );
    let details = hcpcs.json(&["show", "J1000", "--as-of", DAY]);
    let record = &details[0]["record"];
    assert_eq!(record["not_otherwise_classified"], Value::Null);
    let shown = hcpcs.run(["show", "J1000", "--as-of", DAY]).code(0);
    shown.prints("not known, as no NOC list came with the");
    let ran = hcpcs.run(["search", "--noc", "--as-of", DAY]).code(1);
    ran.tells("noc: of 55 of 55 versions it is not known");
    hcpcs.file("codes.txt", "J1000\n");
    let checked = hcpcs.run(["check", "codes.txt", "--as-of", DAY, "--json"]);
    checked.code(0).prints("\"not_otherwise_classified\":null");
    hcpcs
        .run(["update", JANUARY, "NOC codes_JAN2026.csv"])
        .code(0);
    assert_eq!(hit(&hcpcs, "J1000")["not_otherwise_classified"], true);
    hcpcs
        .run(["update", "NOC codes_JAN2026.csv"])
        .code(2)
        .tells("give the release of its quarter too");
    hcpcs.file(
        "NOC codes_JUL2025.csv",
        "HCPCS,LONG DESCRIPTION,ADD DATE\nJ1000,x,20200101\n",
    );
    hcpcs
        .run(["index", JANUARY, "NOC codes_JUL2025.csv"])
        .code(2)
        .tells("the list of NOC codes of 2025-07");
}

/// CMS's consecutive and distant releases are taken without force, in both commands.
#[test]
#[ignore = "reads the releases of ../shared/cms"]
fn real_releases_pass() {
    let path = |name: &str| shared(&format!("cms/{name}"));
    let Some(first) = path("2019-Alpha-Numeric-HCPCS-File.zip") else {
        return;
    };
    let others = [
        "2020-Alpha-Numeric-HCPCS-File.zip",
        "HCPC2020_APR_ANWEB.xlsx",
        "january-2025-alpha-numeric-hcpcs-file.zip",
        "HCPC2025_OCT_ANWEB_v3.xlsx",
        "january-2026-alpha-numeric-hcpcs-file.zip",
    ];
    let others: Vec<_> = others.iter().map(|name| path(name).unwrap()).collect();
    let hcpcs = Hcpcs::new();
    let all = [std::slice::from_ref(&first), others.as_slice()].concat();
    let all: Vec<&Path> = all.iter().map(AsRef::as_ref).collect();
    hcpcs
        .run([&[Path::new("index"), Path::new("--strict")], &*all].concat())
        .code(0);
    let one = Hcpcs::new();
    one.run([Path::new("index"), &first]).code(0);
    for other in &others {
        one.run([Path::new("update"), other]).code(0);
    }
    let releases = |hcpcs: &Hcpcs| hcpcs.json(&["status"])["releases"].clone();
    assert_eq!(releases(&one), releases(&hcpcs));
    for own in releases(&one).as_array().unwrap() {
        assert_eq!(own["scope"]["kind"], "whole", "{own}");
    }
}

/// What cannot be read looks like what CMS has dropped.
#[test]
fn what_cannot_be_read_is_not_taken_for_dropped() {
    let mut lines = whole();
    lines[3] = line("J1003", "Injection, each").set(285, "0260101");
    refused(
        &lines,
        "lines of 2026-01 that cannot be read: 1; it lacks 1 of the codes of 2025-10",
    );
}
