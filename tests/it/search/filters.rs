//! Filters: each against the records of the starter set.

use hcpcs::{Date, Kind, Record, Release};

use crate::hcpcs::{DAY, Hcpcs, is_valid};

type Is = fn(&Record) -> bool;

fn section(record: &Record, letters: &str) -> bool {
    record.code.kind() == Kind::Procedure && letters.contains(&record.code.as_str()[..1])
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn betos(record: &Record, prefix: &str) -> bool {
    record
        .betos
        .is_some_and(|value| value.as_str().starts_with(prefix))
}

fn coverage(record: &Record, values: &str) -> bool {
    record
        .coverage
        .is_some_and(|value| values.contains(value.as_str()))
}

#[test]
fn every_filter_is_an_argument() {
    for command in ["search", "diff", "export"] {
        let help = Hcpcs::starter().run([command, "--help"]).stdout;
        for filter in &hcpcs::search::FILTERS {
            let argument = format!("--{}", filter.name.replace('_', "-"));
            assert!(help.contains(&argument), "{command} {argument}");
        }
    }
}

const FILTERS: &[(&[&str], Is)] = &[
    (&["--betos", "O1E"], |own| betos(own, "O1E")),
    (&["--betos", "o1"], |own| betos(own, "O1")),
    (&["--betos", "O"], |own| betos(own, "O")),
    (&["--betos", "O1E,D1E"], |own| {
        betos(own, "O1E") || betos(own, "D1E")
    }),
    (&["--coverage", "D"], |own| coverage(own, "D")),
    (&["--coverage", "s,m"], |own| coverage(own, "SM")),
    (&["--coverage", "S", "--coverage", "M"], |own| {
        coverage(own, "SM")
    }),
    (&["--kind", "modifier"], |own| {
        own.code.kind() == Kind::Modifier
    }),
    (&["--kind", "procedure"], |own| {
        own.code.kind() == Kind::Procedure
    }),
    (&["--section", "J"], |own| section(own, "J")),
    (&["--section", "a,K"], |own| section(own, "AK")),
    (&["--codes", "J1000-J1999"], |own| {
        own.code.as_str().starts_with("J1")
    }),
    (&["--codes", "J16*,JW"], |own| {
        own.code.as_str().starts_with("J16") || own.code.as_str() == "JW"
    }),
    (&["--pricing", "51"], |own| {
        own.pricing.iter().any(|value| value.as_str() == "51")
    }),
    (&["--tos", "P"], |own| {
        own.type_of_service
            .iter()
            .any(|value| value.as_str() == "P")
    }),
    (&["--action", "A"], |own| {
        own.action.is_some_and(|value| value.as_str() == "A")
    }),
    (&["--asc", "YY"], |own| own.asc_group.is_some()),
    (&["--noc"], |own| own.not_otherwise_classified == Some(true)),
    (&["--added", "2025-01-01.."], |own| {
        own.added >= Some(day("2025-01-01"))
    }),
    (&["--added", "..1990-12-31"], |own| {
        own.added.is_some_and(|added| added <= day("1990-12-31"))
    }),
    (&["--added", "2024-01-01..2024-07-01"], |own| {
        own.added >= Some(day("2024-01-01")) && own.added <= Some(day("2024-07-01"))
    }),
    (&["--added", "2006-01-01"], |own| {
        own.added == Some(day("2006-01-01"))
    }),
    (&["--coverage", "D", "--betos", "O1E"], |own| {
        coverage(own, "D") && betos(own, "O1E")
    }),
    (&["--coverage", "C", "--section", "J", "--noc"], |own| {
        coverage(own, "C") && section(own, "J") && own.not_otherwise_classified == Some(true)
    }),
];

/// A filter alone lists every code that passes it and is in force.
#[test]
fn each_filter_alone_lists() {
    let hcpcs = Hcpcs::starter();
    let records = Release::starter().unwrap().records;
    for (args, is) in FILTERS {
        let passing = records.iter().filter(|own| is(own));
        let mut valid: Vec<&str> = passing
            .clone()
            .filter(|own| is_valid(own, day(DAY)))
            .map(|own| own.code.as_str())
            .collect();
        assert!(!valid.is_empty(), "{args:?} is no test");
        let all = [&["--limit", "10000"], *args].concat();
        let mut listed = hcpcs.codes(&all);
        valid.sort_unstable();
        listed.sort();
        assert_eq!(listed, valid, "{args:?}");
        let with_ended = hcpcs.codes(&[&["--terminated"], &all[..]].concat());
        assert_eq!(with_ended.len(), passing.count(), "{args:?}");
    }
}

#[test]
fn a_filter_narrows_words() {
    let hcpcs = Hcpcs::starter();
    let mut codes = hcpcs.codes(&["glycopyrrolate", "--coverage", "D"]);
    codes.sort();
    assert_eq!(codes, ["J7642", "J7643"]);
    let none = ["search", "hemin", "--coverage", "C", "--as-of", DAY];
    hcpcs.run(none).code(1);
    assert_eq!(hcpcs.codes(&["J1640 J1597", "--coverage", "D"]), ["J1640"]);
}

#[test]
fn an_unlisted_value_is_told_with_the_nearest() {
    let hcpcs = Hcpcs::starter();
    for (args, told) in [
        (
            ["--coverage", "Z"],
            "coverage: `Z` is not a listed value; the nearest are C Carrier judgment; D Special coverage instructions apply; I Not payable by Medicare; M Non-covered by Medicare; S Non-covered by Medicare statute",
        ),
        (
            ["--betos", "01E"],
            "betos: `01E` is not a listed value; the nearest are O1E Other drugs; ",
        ),
        (
            ["--section", "Z"],
            "section: `Z` is not a listed value; the nearest are ",
        ),
        (
            ["--pricing", "5"],
            "pricing: `5` is not a listed value; the nearest are ",
        ),
        (
            ["--tos", "?"],
            "type_of_service: `?` is not a listed value; the nearest are ",
        ),
        (
            ["--action", "X"],
            "action: `X` is not a listed value; the nearest are ",
        ),
        (
            ["--asc", "Y"],
            "asc_group: `Y` is not a listed value; the nearest are YY ",
        ),
        (
            ["--rbcs", "RI"],
            "rbcs: the index has no RBCS; index CMS's RBCS file with the release",
        ),
    ] {
        hcpcs
            .run([&["search"], &args[..]].concat())
            .code(1)
            .tells(told);
    }
    let answer = hcpcs.json(&["search", "--coverage", "D,Z", "--as-of", DAY]);
    assert_eq!(answer["notices"].as_array().unwrap().len(), 1);
    assert!(answer["total"].as_u64() > Some(100));
}

#[test]
fn a_value_that_cannot_be_one_is_refused() {
    Hcpcs::starter()
        .run(["search", "--coverage", "drug"])
        .code(2)
        .tells("give a coverage code, such as `D`; `hcpcs table coverage` lists them");
}
