//! `hcpcs diff`: what changed between releases, in files or in the index.

mod over_time;
mod real;

use serde_json::{Value, json};

use ::hcpcs::{Filters, Query};

use crate::hcpcs::{Hcpcs, starter};
use crate::made::{Line, line, text, workbook};

const OLD: &str = "HCPC2025_OCT_ANWEB.txt";
const NEW: &str = "HCPC2026_JAN_ANWEB.txt";

fn old() -> Vec<Line> {
    vec![
        line("A4000", "Supply, each").set(257, "D1E"),
        line("A4001", "Supply of another kind, each"),
        line("J0001", "Injection, one drug, 1 mg").set(285, "20250630"),
        line("J1597", "Injection, glycopyrrolate, 0.1 mg"),
        line("J1640", "Injection, hemin, 1 mg").set(257, "O1E"),
        line("CS", "Oil spill related service"),
    ]
}

fn new() -> Vec<Line> {
    vec![
        line("A4000", "Supply, each").set(257, "D1E"),
        line("J0001", "Injection, one drug, 1 mg"),
        line("J1597", "Injection, glycopyrrolate, 0.1 mg")
            .set(285, "20251231")
            .set(293, "D"),
        line("J1640", "Injection, hemin, per 1 mg").set(257, "O1D"),
        line("J9999", "Injection, not otherwise classified")
            .set(269, "20260101")
            .set(293, "A"),
        line("CS", "Cost sharing waived for virus testing"),
    ]
}

/// The program with both releases indexed.
pub(crate) fn indexed() -> Hcpcs {
    let hcpcs = files();
    hcpcs.run(["index", OLD, NEW]).code(0);
    hcpcs
}

/// The program with both releases as files.
fn files() -> Hcpcs {
    let hcpcs = Hcpcs::new();
    hcpcs.file(OLD, text(&old()));
    hcpcs.file(NEW, text(&new()));
    hcpcs
}

#[test]
fn what_changed_in_words() {
    let ran = files().run(["diff", OLD, NEW]).code(0);
    insta::assert_snapshot!(ran.stdout, @r"
    added (1)
    J9999  Injection, not otherwise classified
           valid from 2026-01-01

    terminated (1)
    J1597  Injection, glycopyrrolate, 0
           terminated: none → 2025-12-31

    removed (1)
    A4001  Supply of another kind, each

    reactivated (1)
    J0001  Injection, one drug, 1 mg
           terminated: 2025-06-30 → none

    revised (1)
    J1640  Injection, hemin, per 1 mg
           long descriptor: Injection, hemin, {+per+} 1 mg
           short descriptor: Injection, hemin, {+per+} 1 mg
           betos: O1E → O1D

    reissued (1)
    CS     Cost sharing waived for virus testing
           long descriptor: [-Oil spill related service-] {+Cost sharing waived for
           virus testing+}
           short descriptor: [-Oil spill related service-] {+Cost sharing waived
           for viru+}

    2025-10 → 2026-01: 6 codes → 6
    1 added, 1 terminated, 1 removed, 1 reactivated, 1 revised, 1 reissued
    fields changed: long descriptor 2, short descriptor 2, terminated 2, betos 1
    ");
    let notes: Vec<&str> = ran.stderr.lines().collect();
    let is_of_scope = |note: &&str| note.contains(", partial: no codes of sections B, C");
    assert!(
        notes.len() == 2 && notes.iter().all(is_of_scope),
        "files need no index: {notes:?}"
    );
}

/// What is not read of a file is not removed by CMS.
#[test]
fn what_cannot_be_read_is_named_and_damage_is_refused() {
    let hcpcs = files();
    let more = (0..20).map(|at| line(&format!("A50{at:02}"), "Pouch, each"));
    let new = text(&new().into_iter().chain(more).collect::<Vec<_>>());
    let bad = new.replacen("J1640", "J16?0", 1);
    hcpcs.file("HCPC2026_APR_ANWEB.txt", bad);
    let ran = hcpcs.run(["diff", OLD, "HCPC2026_APR_ANWEB.txt", "--json"]);
    let notices = serde_json::from_str::<Value>(&ran.stdout).unwrap()["notices"].to_string();
    for said in [&notices, &ran.stderr] {
        assert!(
            said.contains("lines that cannot be read: 1, the first is line"),
            "{ran:?}"
        );
        assert!(said.contains("look removed"), "{ran:?}");
    }
    hcpcs.file("HCPC2026_JUL_ANWEB.txt", &new[..new.len() - 120]);
    hcpcs
        .run(["diff", OLD, "HCPC2026_JUL_ANWEB.txt"])
        .code(3)
        .tells("what it lacks would look like a change");
}

#[test]
fn files_and_indexed_releases_are_the_same() {
    let hcpcs = files();
    let of_files = hcpcs.json(&["diff", OLD, NEW]);
    hcpcs.run(["index", OLD, NEW]).code(0);
    for (from, to) in [("2025-10", "2026-01"), ("2025-Q4", NEW), (OLD, "2026-01")] {
        assert_eq!(hcpcs.json(&["diff", from, to]), of_files);
    }
    let codes = |list: &str| -> Vec<&str> {
        let entries = of_files[list].as_array().unwrap().iter();
        entries.map(|own| own["code"].as_str().unwrap()).collect()
    };
    for (list, expected) in [
        ("added", ["J9999"]),
        ("terminated", ["J1597"]),
        ("removed", ["A4001"]),
        ("reactivated", ["J0001"]),
        ("revised", ["J1640"]),
        ("reissued", ["CS"]),
    ] {
        assert_eq!(codes(list), expected, "{list}");
    }
    assert_eq!(of_files["disagreements"], Value::Null);
    let brief = hcpcs.json(&["diff", "2025-10", "2026-01", "--summary"]);
    assert_eq!(brief["summary"], of_files["summary"]);
    assert_eq!(brief.as_object().unwrap().len(), 4, "{brief}");
    assert_eq!(brief["notices"], of_files["notices"]);
    hcpcs
        .run(["diff", "2025-10", "2026-01", "--summary", "--csv"])
        .code(2);
    hcpcs
        .run(["diff", "2025-10", "2025-10"])
        .code(1)
        .prints("0 added, 0 terminated");
    hcpcs
        .run(["diff", "2025-10", "2024-01"])
        .code(2)
        .tells("2024-01 is not indexed; there are 2025-10, 2026-01");
    hcpcs
        .run(["diff", "2025-10", "none.zip"])
        .code(2)
        .tells("neither a file nor a release such as 2026-01");
    let folder = hcpcs.folder().to_str().unwrap().to_owned();
    hcpcs
        .run(["diff", "2025-10", &folder])
        .code(2)
        .tells("several releases; name one file");
}

#[test]
fn as_csv() {
    let ran = files().run(["diff", OLD, NEW, "--csv"]).code(0);
    let rows: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(
        rows[0],
        "change,code,kind,short_descriptor,long_descriptor,added,terminated,field,old,new"
    );
    assert_eq!(
        rows[2],
        "terminated,J1597,procedure,\"Injection, glycopyrrolate, 0\",\"Injection, glycopyrrolate, 0.1 mg\",2020-01-01,2025-12-31,terminated,,2025-12-31"
    );
    assert_eq!(
        rows.iter()
            .filter(|row| row.starts_with("revised,J1640,"))
            .count(),
        3
    );
    let notices = rows.iter().filter(|row| row.starts_with("notice,,,,"));
    assert_eq!((notices.count(), rows.len()), (2, 12));
}

#[test]
fn a_watch_list_filters_and_the_summary() {
    let hcpcs = files();
    hcpcs.file("mine.txt", "Code\nJ16*, drugs\n# mine\nCS\nnonsense\n");
    let ran = hcpcs.run(["diff", OLD, NEW, "--only", "mine.txt"]).code(0);
    ran.tells("mine.txt: line 5: `nonsense`: not a HCPCS Level II code");
    let mut json = hcpcs.json(&["diff", OLD, NEW, "--only", "mine.txt"]);
    let unread = json["notices"].as_array_mut().unwrap().pop().unwrap();
    assert!(unread.as_str().unwrap().contains("`nonsense`"));
    assert_eq!(json["summary"]["revised"], 1);
    assert_eq!(json["summary"]["reissued"], 1);
    assert_eq!(json["summary"]["added"], 0);
    // The same list as a table with another delimiter, in UTF-16, in a zip.
    let table = "Drug;HCPCS\nhemin;J16*\noil spill;CS\n";
    let utf16: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    hcpcs.file("mine.csv", table);
    hcpcs.file("utf16.csv", utf16);
    hcpcs.file(
        "mine.zip",
        crate::made::archive(&[("mine.csv", table.as_bytes())]),
    );
    let book =
        crate::made::workbook(&[&["Drug", "HCPCS"], &["hemin", "J16*"], &["oil spill", "CS"]]);
    hcpcs.file("mine.xlsx", book);
    for list in ["mine.csv", "utf16.csv", "mine.zip", "mine.xlsx"] {
        let again = hcpcs.json(&["diff", OLD, NEW, "--only", list]);
        assert_eq!(again, json, "{list}");
    }
    hcpcs.file("empty.txt", "# none\n");
    hcpcs
        .run(["diff", OLD, NEW, "--only", "empty.txt"])
        .code(2)
        .tells("holds no code");
    hcpcs
        .run(["diff", OLD, NEW, "--only", "no.txt"])
        .code(3)
        .tells("cannot read the list");
    let count = |filters: &[&str]| {
        let json = hcpcs.json(&[&["diff", OLD, NEW], filters].concat());
        let lists = [
            "added",
            "terminated",
            "removed",
            "reactivated",
            "revised",
            "reissued",
        ];
        lists.map(|list| json[list].as_array().unwrap().len())
    };
    assert_eq!(count(&["--kind", "modifier"]), [0, 0, 0, 0, 0, 1]);
    // either the old or the new record passes
    assert_eq!(count(&["--betos", "O1E"]), [0, 0, 0, 0, 1, 0]);
    assert_eq!(
        count(&["--section", "j", "--action", "A"]),
        [1, 0, 0, 0, 0, 0]
    );
    let ran = hcpcs.run(["diff", OLD, NEW, "--summary"]).code(0);
    assert_eq!(
        ran.stdout,
        "2025-10 → 2026-01: 6 codes → 6\n\
         1 added, 1 terminated, 1 removed, 1 reactivated, 1 revised, 1 reissued\n\
         fields changed: long descriptor 2, short descriptor 2, terminated 2, betos 1\n"
    );
}

#[test]
fn held_against_a_report() {
    let hcpcs = files();
    let report = workbook(&[
        &[
            "HCPCS",
            "ACTION CD",
            "SHORT DESCRIPTION",
            "LONG DESCRIPTION",
        ],
        &["J9999", "ADD", "", ""],
        &["J1597", "Discontinued", "", ""],
        &["J1640", "No Change", "", ""],
        &["A4000", "Long Description Change", "", ""],
        &["D1352", "ADD", "", ""],
        &["CS", "Long Description Change", "", "Cost sharing waived"],
        &["J0001", "Re-activated", "", ""],
        &["nothing", "ADD", "", ""],
    ]);
    let of_october = "HCPC2025_OCT_Transaction_Report.xlsx";
    hcpcs.file(of_october, &report);
    hcpcs
        .run(["diff", OLD, NEW, "--check", of_october])
        .code(2)
        .tells("is CMS's report of 2025-10, and the changes are those to 2026-01");
    let indexed = hcpcs.run(["index", OLD, of_october, "--index", "of-october"]);
    indexed
        .code(0)
        .tells("a transaction report, which is not indexed");
    hcpcs.file("report.xlsx", report);
    let ran = hcpcs
        .run(["diff", OLD, NEW, "--check", "report.xlsx", "--summary"])
        .code(0);
    ran.tells("report.xlsx: left out 1 row of CPT and CDT").tells("line 9: ").prints(
        "CMS's report disagrees on 3 codes:\n\
         A4000  reported: Long Description Change; found: no change\n\
         A4001  reported: nothing; found: removed\n\
         J1640  reported: No Change; found: revised: long_descriptor, short_descriptor,\n       betos\n",
    );
    let json = hcpcs.json(&[
        "diff",
        OLD,
        NEW,
        "--check",
        "report.xlsx",
        "--kind",
        "modifier",
    ]);
    assert_eq!(json["disagreements"], json!([]));
    let csv = hcpcs
        .run(["diff", OLD, NEW, "--check", "report.xlsx", "--csv"])
        .code(0);
    // What is said on stderr is in the table too, and in JSON.
    csv.tells("disagrees on 3 codes")
        .prints("notice,,,,CMS's report disagrees on 3 codes:,,,,,\n")
        .prints("notice,,,,A4001  reported: nothing; found: removed,")
        .prints("notice,,,,report.xlsx: left out 1 row of CPT and CDT,");
    let json = hcpcs.json(&["diff", OLD, NEW, "--check", "report.xlsx"]);
    let notices = json["notices"].to_string();
    for said in ["left out 1 row of CPT and CDT", "report.xlsx: line 9: "] {
        assert!(notices.contains(said), "{notices}");
    }
}

#[test]
fn watched_codes_that_neither_release_has_are_named_in_every_output() {
    let hcpcs = indexed();
    hcpcs.file("mine.txt", "J1640\nZ9999\nQ12*\n99213\n");
    let absent = "neither release has Q1200 to Q1299, Z9999";
    for sides in [[OLD, NEW], ["2025-10", "2026-01"]] {
        let diff = ["diff", sides[0], sides[1], "--only", "mine.txt"];
        let run = |format: &str| hcpcs.run([&diff[..], &[format]].concat()).code(0);
        run("--csv").tells(absent).prints(absent).prints("`99213`");
        for format in ["--json", "--summary"] {
            run(format).tells(absent).tells("`99213`");
        }
        let notices = hcpcs.json(&[&diff[..], &["--summary"]].concat())["notices"].to_string();
        assert!(
            notices.contains(absent) && notices.contains("`99213`"),
            "{notices}"
        );
    }
}

/// Filters say the same of a record as of its row in an index.
#[test]
fn filters_on_records_and_on_rows() {
    let searcher = starter();
    let (_, records) = searcher.release(&"2026-01".parse().unwrap()).unwrap();
    let filters = [
        Filters {
            betos: vec!["O1".parse().unwrap(), "D1E".parse().unwrap()],
            ..Filters::default()
        },
        Filters {
            coverage: vec!["D".parse().unwrap()],
            ..Filters::default()
        },
        Filters {
            kind: vec![::hcpcs::Kind::Modifier],
            ..Filters::default()
        },
        Filters {
            section: vec!["J".parse().unwrap()],
            ..Filters::default()
        },
        Filters {
            codes: vec!["J16*".parse().unwrap(), "A4000-E0700".parse().unwrap()],
            ..Filters::default()
        },
        Filters {
            pricing: vec!["51".parse().unwrap(), "32".parse().unwrap()],
            ..Filters::default()
        },
        Filters {
            type_of_service: vec!["1".parse().unwrap(), "P".parse().unwrap()],
            ..Filters::default()
        },
        Filters {
            action: vec!["N".parse().unwrap()],
            ..Filters::default()
        },
        Filters {
            asc_group: vec!["YY".parse().unwrap()],
            ..Filters::default()
        },
        Filters {
            not_otherwise_classified: true,
            ..Filters::default()
        },
        Filters {
            added: vec!["2010-01-01..".parse().unwrap()],
            ..Filters::default()
        },
        Filters {
            section: vec!["J".parse().unwrap()],
            betos: vec!["O1E".parse().unwrap()],
            ..Filters::default()
        },
    ];
    for filters in filters {
        let kept = records.iter().filter(|record| filters.passes(record, None));
        let kept: Vec<_> = kept.map(|record| record.code).collect();
        let query = Query {
            filters,
            terminated: true,
            limit: Some(10_000),
            ..Query::default()
        };
        let mut found: Vec<_> = searcher
            .search(&query)
            .unwrap()
            .hits
            .iter()
            .map(|hit| hit.code)
            .collect();
        found.sort();
        assert_eq!(kept, found, "{:?}", query.filters);
    }
}
