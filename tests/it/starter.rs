//! The starter set: large enough, and true to CMS's release of January 2026.

use std::collections::BTreeSet;

use hcpcs::release::{ReadOptions, read};
use hcpcs::{Coverage, Kind, Record, Release};

use crate::shared::shared;

fn starter() -> Vec<Record> {
    Release::starter().unwrap().records
}

#[test]
fn it_is_large_enough() {
    let records = starter();
    let count = |kind| records.iter().filter(|own| own.code.kind() == kind).count();
    assert!(count(Kind::Procedure) >= 250 && count(Kind::Modifier) >= 40);
    let coverage: BTreeSet<_> = records.iter().filter_map(|own| own.coverage).collect();
    assert_eq!(coverage.len(), Coverage::table().entries().len());
    let betos: BTreeSet<_> = records.iter().filter_map(|own| own.betos).collect();
    assert!(betos.len() >= 40, "{}", betos.len());
    for code in ["J1640", "J1596", "J1597", "J1598", "J7642", "J7643"] {
        assert!(
            records.iter().any(|own| own.code.as_str() == code),
            "{code}"
        );
    }
    assert!(records.iter().any(|own| own.terminated.is_some()));
}

fn sections(records: &[Record]) -> BTreeSet<String> {
    let sections = records.iter().filter_map(|own| own.code.section());
    sections.map(|section| section.to_string()).collect()
}

/// What is a fact and not wording, as text.
fn facts(own: &Record) -> Vec<(&'static str, String)> {
    vec![
        ("pricing", format!("{:?}", own.pricing)),
        ("multiple pricing", format!("{:?}", own.multiple_pricing)),
        ("statute", format!("{:?}", own.statute)),
        (
            "laboratory certification",
            format!("{:?}", own.laboratory_certification),
        ),
        ("cross references", format!("{:?}", own.cross_references)),
        ("coverage", format!("{:?}", own.coverage)),
        ("ASC", format!("{:?} {:?}", own.asc_group, own.asc_date)),
        (
            "processing note",
            format!(
                "{:?}",
                own.processing_note.as_ref().map(|note| &note.number)
            ),
        ),
        ("BETOS", format!("{:?}", own.betos)),
        ("type of service", format!("{:?}", own.type_of_service)),
        (
            "dates",
            format!(
                "{:?} {:?} {:?}",
                own.added, own.action_effective, own.terminated
            ),
        ),
        ("action", format!("{:?}", own.action)),
        ("NOC", format!("{:?}", own.not_otherwise_classified)),
    ]
}

/// The amounts in a descriptor: runs of digits, with a decimal point among them.
fn amounts(text: &str) -> BTreeSet<String> {
    let text = text.replace(',', "");
    let amounts = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    amounts
        .map(|amount| amount.trim_matches('.').to_owned())
        .filter(|amount| !amount.is_empty())
        .collect()
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn every_row_is_true_to_the_release() {
    let zip = shared("cms/january-2026-alpha-numeric-hcpcs-file.zip").unwrap();
    let release = read(&zip, &ReadOptions::default()).unwrap().remove(0);
    let records = starter();
    assert_eq!(sections(&records), sections(&release.records));
    let mut wrong = Vec::new();
    for own in &records {
        let Ok(at) = release
            .records
            .binary_search_by_key(&own.code, |other| other.code)
        else {
            wrong.push(format!("{}: not in the release", own.code));
            continue;
        };
        let cms = &release.records[at];
        for ((name, mine), (_, theirs)) in facts(own).into_iter().zip(facts(cms)) {
            if mine != theirs {
                wrong.push(format!("{}: {name} {mine}, and not {theirs}", own.code));
            }
        }
        let (mine, theirs) = (amounts(&own.long_descriptor), amounts(&cms.long_descriptor));
        if mine != theirs {
            wrong.push(format!(
                "{}: amounts {mine:?}, and not {theirs:?}",
                own.code
            ));
        }
        if own.long_descriptor == cms.long_descriptor && own.long_descriptor.len() > 40 {
            wrong.push(format!("{}: CMS's own sentence", own.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
