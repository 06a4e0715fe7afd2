//! Releases of CMS that follow each other, and what is true of codes between them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use hcpcs::history::{Timeline, Version, timeline};
use hcpcs::index::Sources;
use hcpcs::release::{ReadOptions, read};
use hcpcs::{Code, Date, Query, Record, Release, Searcher, Status};

use super::day;
use super::naive;
use crate::hcpcs::{Hcpcs, built, is_valid};
use crate::shared::shared;

const THREE: [&str; 3] = [
    "cms/january-2025-alpha-numeric-hcpcs-file.zip",
    "cms/HCPC2025_OCT_ANWEB_v3.xlsx",
    "cms/january-2026-alpha-numeric-hcpcs-file.zip",
];
const SPRING_2020: [&str; 2] = [
    "cms/2020-Alpha-Numeric-HCPCS-File.zip",
    "cms/HCPC2020_APR_ANWEB.xlsx",
];

fn releases(names: &[&str]) -> Vec<Release> {
    let paths = names.iter().map(|name| shared(name).unwrap());
    let options = ReadOptions::default();
    paths
        .flat_map(|path| read(&path, &options).unwrap())
        .collect()
}

fn three() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    built("three-releases", &FOLDER, || Sources {
        releases: releases(&THREE),
        ..Sources::default()
    })
}

#[test]
#[ignore = "needs the releases in ../shared/cms"]
fn codes_published_later_are_found_and_ended_ones_are_not_valid() {
    let searcher = Searcher::open(three()).unwrap();
    let releases = releases(&THREE);
    let (january, newest) = (&releases[0], &releases[2]);
    let august = day("2025-08-15");
    let status = |code: Code| searcher.validity(code, august).unwrap().status;
    let by = |release: &Release, code: Code| {
        let record = release.records.iter().find(|own| own.code == code);
        record.is_some_and(|own| is_valid(own, august))
    };
    let codes = || newest.records.iter().map(|own| own.code);
    let regained = codes().filter(|code| by(newest, *code) && !by(january, *code));
    let regained: Vec<Code> = regained.collect();
    assert_eq!(regained.len(), 127, "E1022 and others");
    let others = regained
        .iter()
        .filter(|code| status(**code) != Status::Valid);
    let others: Vec<&str> = others.map(Code::as_str).collect();
    assert_eq!(others, ["J0570"], "ended, and re-activated in October");
    let ended = codes().filter(|code| by(january, *code) && !by(newest, *code));
    let ended: Vec<Code> = ended.collect();
    assert_eq!(ended.len(), 49);
    assert!(ended.iter().all(|code| status(*code) == Status::Terminated));
    let valid = |day| {
        let query = Query {
            text: "A0000-Z9999".into(),
            as_of: Some(day),
            ..Query::default()
        };
        searcher.search(&query).unwrap().total
    };
    for text in [
        "2024-12-31",
        "2025-01-01",
        "2025-08-15",
        "2025-10-01",
        "2026-01-15",
        "2030-01-01",
    ] {
        let day = day(text);
        let mut count = 0;
        for record in &newest.records {
            let read = naive::read(&releases, record.code, day).unwrap();
            let own = searcher.validity(record.code, day).unwrap();
            assert_eq!(own.status, read.status, "{} {day}", record.code);
            let is_procedure = record.code.kind() == hcpcs::Kind::Procedure;
            count += usize::from(is_procedure && own.status == Status::Valid);
        }
        assert_eq!(valid(day), count, "{day}");
    }
}

#[test]
#[ignore = "needs the releases in ../shared/cms"]
fn further_releases_make_no_ended_code_valid() {
    let releases = releases(&THREE);
    let firsts = releases.iter().map(|own| own.id.first_day());
    let days: Vec<Date> = firsts
        .chain([day("2025-05-15"), day("2025-12-31")])
        .collect();
    let mut facts = 0;
    for known in 1..releases.len() {
        let (few, all) = (timeline(&releases[..known]), timeline(&releases));
        for day in days.iter().copied() {
            let answers = |own: &&Version| own.answers.is_some_and(|days| days.contains(day));
            let ended = |own: &&Version| own.life.status(day) == Status::Terminated;
            for ended in few.versions.iter().filter(answers).filter(ended) {
                let code = ended.record.code;
                let new = releases[known..].iter().flat_map(|own| &own.records);
                let new: Vec<&Record> = new.filter(|own| own.code == code).collect();
                let until = ended.life.until.unwrap();
                let begins = |own: &&Record| {
                    let begun = [own.added, own.action_effective].into_iter().flatten();
                    begun.into_iter().any(|begin| until < begin && begin <= day)
                };
                let is_new_fact = new.iter().any(begins);
                let is_valid = status(&all, code, day) == Some(Status::Valid);
                facts += usize::from(is_valid);
                assert!(!is_valid || is_new_fact, "{code} {day}");
            }
        }
    }
    assert!(facts > 0, "J0570 since October");
}

fn status(timeline: &Timeline, code: Code, day: Date) -> Option<Status> {
    let mut versions = timeline.versions_of(code).iter();
    let own = versions.find(|own| own.answers.is_some_and(|days| days.contains(day)))?;
    Some(own.life.status(day))
}

#[test]
#[ignore = "needs the releases in ../shared/cms"]
fn the_action_is_that_of_the_release_in_force() {
    let hcpcs = Hcpcs::new().with_index(three());
    let found = |action: &str, day: &str| {
        let args = ["search", "--action", action, "--as-of", day, "--terminated"];
        hcpcs.json(&args)["total"].as_u64().unwrap()
    };
    let all = |day: &str| ["D", "A", "C"].map(|action| found(action, day));
    assert_eq!(all("2025-10-15"), [7, 76, 10]);
    assert_eq!(all("2026-01-15"), [95, 160, 294]);
}

#[test]
#[ignore = "needs the releases in ../shared/cms"]
fn every_command_says_the_same_of_e1022() {
    let hcpcs = Hcpcs::new().with_index(three());
    let on = ["--as-of", "2025-08-15"];
    let run = |args: &[&str]| hcpcs.run([args, &on].concat());
    run(&["search", "E1022"])
        .code(0)
        .prints("published in 2025-10");
    run(&["search", "wheelchair transportation securement"])
        .code(0)
        .prints("E1022");
    run(&["show", "E1022"])
        .code(0)
        .prints("valid on 2025-08-15, published in 2025-10");
    hcpcs.file("claim.txt", "E1022 2025-08-15\n");
    hcpcs
        .run(["check", "claim.txt"])
        .code(0)
        .prints("valid since 2025-04-01")
        .prints("published in 2025-10");
    run(&["export"]).code(0).prints("\"E1022\"");
    let ended = hcpcs.run(["show", "J2930", "--as-of", "2025-08-15"]);
    ended
        .code(0)
        .prints("terminated 2024-03-31, as of 2025-08-15");
    let reactivated = |day| hcpcs.run(["show", "J0570", "--as-of", day]);
    let between = reactivated("2025-02-01");
    between.code(0).prints("terminated 2024-12-31");
    reactivated("2025-10-01")
        .code(0)
        .prints("valid on")
        .prints("2017-01-01 as");
}

#[test]
#[ignore = "needs the releases in ../shared/cms"]
fn a_code_of_a_pandemic_was_valid_before_it_was_published() {
    let folder = tempfile::tempdir().unwrap();
    let sources = Sources {
        releases: releases(&SPRING_2020),
        ..Sources::default()
    };
    hcpcs::index::build_index(folder.path(), sources).unwrap();
    let hcpcs = Hcpcs::new().with_index(folder.path());
    let found = |day: &str| hcpcs.run(["search", "U0001", "--as-of", day]);
    found("2020-02-15").code(0).prints("published in 2020-04");
    let before = hcpcs.json(&["search", "U0001", "--as-of", "2020-02-03"]);
    // A code that is asked for by name is answered, with what it is on the day.
    assert_eq!(before["hits"][0]["status"], "not_yet_valid");
    assert_eq!(before["asked"][0]["verdict"], "not_yet_valid");
    let searcher = Searcher::open(folder.path()).unwrap();
    let texts = ["2020-02-29", "2020-03-01"].map(|text| {
        let details = searcher
            .details("CS".parse().unwrap(), Some(day(text)))
            .unwrap();
        assert_eq!(details.record.added, Some(day("2011-01-01")));
        details.record.long_descriptor
    });
    assert_ne!(texts[0], texts[1], "one life, two texts");
    let dated_back = ["--as-of", "2020-03-20"];
    for command in ["search", "show"] {
        let said = hcpcs.run([&[command, "CS"], &dated_back[..]].concat());
        said.code(0).prints("published in 2020-04");
    }
    hcpcs.file("claim.txt", "CS 2020-03-20\n");
    let check = hcpcs.run(["check", "claim.txt"]);
    check.code(0).prints("published in 2020-04");
}
