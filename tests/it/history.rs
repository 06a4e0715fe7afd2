//! How codes changed, on the real releases, compared with CMS's own reports.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use calamine::{Data, Reader, Xlsx, open_workbook};
use hcpcs::history::{
    Changes, Life, Side, Standing, Status, Timeline, changes, check, is_reissue, predecessors,
    successors, timeline,
};
use hcpcs::release::{ReadOptions, TransactionReport, read, read_transaction_report};
use hcpcs::{Code, Date, Record, Release};
use rayon::prelude::*;

use crate::hcpcs::is_valid;
use crate::shared::shared;

const JANUARY_2019: &str = "2019-Alpha-Numeric-HCPCS-File.zip";
const JANUARY_2020: &str = "2020-Alpha-Numeric-HCPCS-File.zip";
const APRIL_2020: &str = "HCPC2020_APR_ANWEB.xlsx";
const APRIL_2020_REPORT: &str = "HCPC2020_APR_Transaction_Report.xlsx";
const JANUARY_2025: &str = "january-2025-alpha-numeric-hcpcs-file.zip";
const OCTOBER_2025: &str = "HCPC2025_OCT_ANWEB_v3.xlsx";
const JANUARY_2026: &str = "january-2026-alpha-numeric-hcpcs-file.zip";

/// The six releases in the order of time, read once.
struct Real {
    releases: [Release; 6],
    timeline: Timeline,
}

fn real() -> Option<&'static Real> {
    static REAL: OnceLock<Option<Real>> = OnceLock::new();
    let load = || {
        let names = [
            JANUARY_2019,
            JANUARY_2020,
            APRIL_2020,
            JANUARY_2025,
            OCTOBER_2025,
            JANUARY_2026,
        ];
        let paths: Option<Vec<_>> = names.iter().map(|name| shared(&cms(name))).collect();
        let releases: Vec<Release> = paths?
            .par_iter()
            .flat_map(|path| read(path, &ReadOptions::default()).unwrap())
            .collect();
        let timeline = timeline(&releases);
        let releases = releases.try_into().unwrap();
        Some(Real { releases, timeline })
    };
    REAL.get_or_init(load).as_ref()
}

fn cms(name: &str) -> String {
    format!("cms/{name}")
}

fn report(name: &str) -> TransactionReport {
    read_transaction_report(&shared(&cms(name)).unwrap()).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn between(old: &Release, new: &Release) -> Changes {
    changes(Side::from(old), Side::from(new), |_| true)
}

fn disagreements(changes: &Changes, report: &TransactionReport) -> Vec<String> {
    let told = check(changes, report).into_iter().map(|own| {
        let reported = own.reported.unwrap_or("nothing".into());
        format!("{} {reported} / {}", own.code, own.found)
    });
    told.collect()
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn january_to_april_2020() {
    let Real { releases, .. } = real().unwrap();
    let changes = between(&releases[1], &releases[2]);
    let report = report(APRIL_2020_REPORT);
    let reported = |action: &str| -> BTreeSet<Code> {
        let rows = report.rows.iter();
        let own = rows.filter(|row| row.action == action.parse().ok());
        own.map(|row| row.code).collect()
    };
    let added: BTreeSet<Code> = changes.added.iter().map(|own| own.code).collect();
    let terminated: BTreeSet<Code> = changes.terminated.iter().map(|own| own.code).collect();
    assert_eq!((added.len(), terminated.len()), (18, 1));
    assert_eq!(added, reported("A"));
    assert_eq!(terminated, reported("D"));
    assert!(changes.removed.is_empty() && changes.reactivated.is_empty());
    let reissued: Vec<&str> = changes
        .reissued
        .iter()
        .map(|own| own.code.as_str())
        .collect();
    assert_eq!(reissued, ["CS"]);
    assert_eq!(
        disagreements(&changes, &report),
        [
            // note 0000, which no file defines, was taken away
            "AX No Change / revised: processing_note",
            // January's text has question marks where April's workbook has hyphens
            "G2136 No Change / revised: long_descriptor",
            "G2137 No Change / revised: long_descriptor",
            "G2140 No Change / revised: long_descriptor",
            "G2141 No Change / revised: long_descriptor",
            "G2144 No Change / revised: long_descriptor",
            "G2145 No Change / revised: long_descriptor",
            "G9448 No Change / revised: long_descriptor",
            "G9676 No Change / revised: long_descriptor",
            "G9949 No Change / revised: long_descriptor",
            // "and/or" became "and": changed in the file and reported nowhere
            "L2006 No Change / revised: long_descriptor",
            // as AX
            "V5289 No Change / revised: processing_note",
        ]
    );
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn october_2025_to_january_2026() {
    let Real { releases, .. } = real().unwrap();
    let changes = between(&releases[4], &releases[5]);
    let summary = &changes.summary;
    assert_eq!((summary.old_codes, summary.new_codes), (8_846, 9_006));
    assert_eq!((summary.added, summary.removed), (160, 0));
    assert_eq!((summary.terminated, summary.reactivated), (95, 0));
    assert_eq!((summary.revised, summary.reissued), (364, 0));
    assert_eq!(summary.fields["long_descriptor"], 295);
    assert_eq!(summary.fields["terminated"], 95);
    // the workbook of October has neither notes nor the list, which is no change
    assert!(!summary.fields.contains_key("processing_note_text"));
    assert!(!summary.fields.contains_key("not_otherwise_classified"));

    let report = report(JANUARY_2026);
    assert_eq!(report.rows.len(), 9_006);
    assert_eq!(
        report.left_out.cdt, 6,
        "dental codes, all of them discontinued"
    );
    let notice = "its sheets do not say the same of G9871";
    assert_eq!(report.notices, [notice], "only one of them has it");
    assert_eq!(
        disagreements(&changes, &report),
        [
            // each changed in the file and is reported nowhere, not even among the corrections
            "C9248 No Change / revised: pricing",
            "J1572 No Change / revised: asc_group, asc_date",
            "J3290 No Change / revised: multiple_pricing",
            "L6034 No Change / revised: long_descriptor",
        ]
    );
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn january_2019_to_january_2020_against_a_quarters_report() {
    let Real { releases, .. } = real().unwrap();
    let changes = between(&releases[0], &releases[1]);
    let found = disagreements(&changes, &report(JANUARY_2020));
    assert_eq!(found.len(), 36);
    // the report has the changes since October: codes of the quarters between are no additions
    let of_between = |line: &&String| line.ends_with("/ added");
    assert_eq!(found.iter().filter(of_between).count(), 29);
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn a_code_that_is_active_again() {
    let Real { releases, .. } = real().unwrap();
    let changes = between(&releases[3], &releases[4]);
    let reactivated: Vec<&str> = changes
        .reactivated
        .iter()
        .map(|own| own.code.as_str())
        .collect();
    assert_eq!(reactivated, ["J0570"]);
    assert_eq!(changes.reactivated[0].fields[0].old, "2024-12-31");
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn a_watch_list() {
    let Real { releases, .. } = real().unwrap();
    let watched = [code("L6034"), code("G9871"), code("J1640")];
    let (old, new) = (Side::from(&releases[4]), Side::from(&releases[5]));
    let changes = changes(old, new, |record: &Record| watched.contains(&record.code));
    assert_eq!((changes.added.len(), changes.revised.len()), (1, 1));
    assert_eq!(
        (changes.summary.old_codes, changes.summary.new_codes),
        (2, 3)
    );
    let json = serde_json::to_value(&changes).unwrap();
    assert_eq!(json["from"], "2025-10/v3");
    assert_eq!(json["summary"]["added"], 1);
    assert_eq!(json["revised"][0]["fields"][0]["field"], "long_descriptor");
    assert_eq!(
        json["revised"][0]["fields"][0]["words"][1]["mark"],
        "removed"
    );
    for list in ["terminated", "removed", "reactivated", "reissued"] {
        assert_eq!(json[list], serde_json::json!([]), "{list}");
    }
}

/// Whether `YYYYMMDD` fields, blank or `00000000` or `19000101` for none, enclose a day.
fn encloses(added: &str, terminated: &str, day: u32) -> bool {
    let date = |field: &str| field.trim().parse().ok().filter(|date| *date > 1900_01_01);
    date(added).is_none_or(|added: u32| added <= day)
        && date(terminated).is_none_or(|terminated: u32| day <= terminated)
}

/// Counts the lines of a text that begin a record valid on a day, by its columns alone.
fn valid_in_text(archive: &str, member: &str, day: u32) -> usize {
    let file = std::fs::File::open(shared(&cms(archive)).unwrap()).unwrap();
    let mut zip = zip::ZipArchive::new(file).unwrap();
    let mut text = Vec::new();
    std::io::copy(&mut zip.by_name(member).unwrap(), &mut text).unwrap();
    let columns = |line: &[u8], first: usize, last: usize| {
        let end = last.min(line.len());
        let columns = line.get(first - 1..end).unwrap_or_default();
        String::from_utf8_lossy(columns).into_owned()
    };
    let lines = text.split(|byte| *byte == b'\n');
    let records = lines.filter(|line| {
        let numbers = columns(line, 6, 11);
        let is_number = numbers.len() == 6 && numbers.bytes().all(|byte| byte.is_ascii_digit());
        is_number && numbers.ends_with(['3', '7'])
    });
    let is_valid = |line: &&[u8]| encloses(&columns(line, 269, 276), &columns(line, 285, 292), day);
    records.filter(is_valid).count()
}

/// Counts the rows of a workbook whose code is valid on a day.
fn valid_in_workbook(path: &Path, day: u32) -> usize {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<Vec<String>> = sheet
        .rows()
        .map(|row| row.iter().map(Data::to_string).collect())
        .collect();
    let header = rows.iter().position(|row| row[0] == "HCPC").unwrap();
    let column = |name: &str| rows[header].iter().position(|cell| cell == name).unwrap();
    let (kind, added, terminated) = (column("RECID"), column("ADD DT"), column("TERM DT"));
    let records = rows[header + 1..].iter();
    records
        // G0503 goes on in a second row
        .filter(|row| matches!(row[kind].trim(), "3" | "7"))
        .filter(|row| encloses(&row[added], &row[terminated], day))
        .count()
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn codes_valid_on_a_day() {
    let Real { timeline, .. } = real().unwrap();
    assert_eq!(timeline.versions.len(), 10_632);
    let valid = |text: &str| {
        let day = day(text);
        let answering = timeline
            .versions
            .iter()
            .filter(|own| own.answers.is_some_and(|days| days.contains(day)));
        let valid = answering.filter(|own| own.life.status(day) == Status::Valid);
        let count = valid.count();
        let in_force = timeline.calendar().in_force(day).unwrap();
        let records = timeline.records(in_force.into());
        let said = records.iter().filter(|own| is_valid(own, day)).count();
        (said, count)
    };
    let april_2020 = shared(&cms(APRIL_2020)).unwrap();
    let raw = [
        valid_in_text(JANUARY_2019, "HCPC2019_CONTR_ANWEB.txt", 2019_01_01),
        valid_in_workbook(&april_2020, 2020_04_01),
        valid_in_text(JANUARY_2026, "HCPC2026_JAN_ANWEB_01122026.txt", 2026_01_15),
    ];
    let found = ["2019-01-01", "2020-04-01", "2026-01-15"].map(valid);
    assert_eq!(found.map(|own| own.0), raw);
    assert_eq!(found, [(6_285, 6_302), (6_481, 6_483), (7_686, 7_686)]);
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn a_release_put_in_its_place_in_time() {
    let Real {
        releases,
        timeline: all,
    } = real().unwrap();
    for (number, release) in releases.iter().enumerate() {
        assert!(all.records(number) == release.records, "{}", release.id);
        let mut others = releases.to_vec();
        others.remove(number);
        assert!(timeline(&others).insert(release) == *all, "{}", release.id);
    }
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn modifier_cs_before_and_after_april_2020() {
    let Real { timeline, .. } = real().unwrap();
    let on = |text: &str| {
        let mut versions = timeline.versions_of(code("CS")).iter();
        versions.find(|own| own.holds.contains(day(text))).unwrap()
    };
    let (before, after) = (on("2020-03-31"), on("2020-04-01"));
    assert_eq!(
        before.record.short_descriptor,
        "Gulf oil 2010 spill related"
    );
    assert_eq!(
        after.record.short_descriptor,
        "Covid-19 testing related svc"
    );
    assert_eq!(before.record.added, after.record.added);
    assert!(before.reissued && after.reissued);
    assert_eq!(on("2000-01-01"), before, "before the first release");
    assert_eq!(on("2024-12-31"), after);
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn what_is_marked_as_reissued() {
    let Real { timeline, .. } = real().unwrap();
    let marked = timeline.versions.iter().filter(|own| own.reissued);
    let marked: BTreeSet<&str> = marked.map(|own| own.record.code.as_str()).collect();
    // M1009 to M1015: "treatment and final evaluation complete" until 2019, "discharge or
    // discontinuation of the episode of care" since; no word is the same
    let expected = [
        "CS", "M1009", "M1010", "M1011", "M1012", "M1013", "M1014", "M1015",
    ];
    assert_eq!(marked, expected.into());
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn a_code_that_was_used_again_after_years() {
    let Real {
        releases, timeline, ..
    } = real().unwrap();
    // the releases of 2019 and 2020 do not have J1440: it had left the file
    assert_eq!(timeline.versions_of(code("J1440")).len(), 1);
    let mut old = Record::new(code("J1440"));
    old.long_descriptor = "Injection, filgrastim (g-csf), 300 mcg".into();
    old.added = Some(day("1994-01-01"));
    old.terminated = Some(day("2013-12-31"));
    let mut release = releases[0].clone();
    release.id = "2016-01".parse().unwrap();
    release.hash = "made".into();
    release.records = vec![old.clone()];
    let timeline = timeline.clone().insert(&release);
    let versions = timeline.versions_of(old.code);
    assert_eq!(versions.len(), 2);
    assert!(versions.iter().all(|own| own.reissued));
    assert!(is_reissue(&versions[0].record, &versions[1].record));
    let spans = versions.iter().map(|own| (own.holds.first, own.holds.last));
    let expected = [
        (Date::MIN, day("2018-12-31")),
        (day("2025-01-01"), Date::MAX),
    ];
    assert!(spans.eq(expected), "in 2019 and 2020 no release has it");
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn successors_and_predecessors() {
    let Real { timeline, .. } = real().unwrap();
    let records = timeline.records(5);
    let lookup = |code: Code| {
        let at = records.binary_search_by_key(&code, |own| own.code).ok()?;
        let record = records.get(at)?;
        let life = Life {
            from: record.added,
            until: record.terminated,
            dropped: None,
        };
        Some((record, life.status(day("2026-01-15"))))
    };
    let told = |from: &str| -> Vec<(String, Standing, Vec<String>)> {
        let found = successors(code(from), lookup).into_iter();
        let through = |codes: Vec<Code>| codes.iter().map(Code::to_string).collect();
        found
            .map(|own| (own.target, own.standing, through(own.through)))
            .collect()
    };
    let through = |from: &str, by: &[&str]| {
        let by = by.iter().map(ToString::to_string).collect();
        (from.to_owned(), Standing::Valid, by)
    };
    assert_eq!(told("Q9989"), [through("J3358", &[])]);
    assert_eq!(told("C9487"), [through("J3358", &["Q9989"])]);
    assert_eq!(told("J3358"), [], "valid: it names a predecessor");
    let named = predecessors(code("J3358"), lookup);
    assert_eq!(named[0].target, "Q9989");
    assert_eq!(named[0].standing, Standing::Terminated);
    assert_eq!(told("C9735")[0].1, Standing::Cpt);
    let mut standings = [0; 3];
    let terminated = records.iter().filter(|own| own.terminated.is_some());
    for found in terminated.flat_map(|own| successors(own.code, lookup)) {
        match found.standing {
            Standing::Valid => standings[0] += 1,
            Standing::Cpt => standings[1] += 1,
            Standing::Terminated => standings[2] += 1,
            other => panic!("{} {other:?}", found.target),
        }
    }
    assert_eq!(standings, [142, 46, 5]);
}
