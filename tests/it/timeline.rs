//! Timelines of generated releases, compared with the content of each release.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use hcpcs::history::{Timeline, timeline};
use hcpcs::{Code, Date, ProcessingNote, Record, Release};
use proptest::prelude::*;

const CODES: [&str; 4] = ["A4206", "J1440", "J1640", "CS"];
const IDS: [&str; 9] = [
    "2019-01",
    "2019-04",
    "2019-04/v2",
    "2019-07",
    "2019-10/09302019",
    "2019-10/10152019",
    "2020-01",
    "2020-04",
    "2021-10",
];

/// A record of few values, so that releases often say the same.
fn record() -> impl Strategy<Value = Record> {
    let texts = prop::sample::select(vec!["Hemin", "Hemin,  1 mg", "Hemin, 1 mg", "Oil spill"]);
    let dates = prop::sample::select(vec!["", "2018-12-31", "2019-12-31"]);
    let note = prop::option::of((0..2_u8, prop::option::of(0..2_u8)));
    let quarterly = (
        prop::option::of(1..3_u32),
        prop::sample::select(vec!["", "N", "A"]),
        dates.clone(),
    );
    (
        prop::sample::select(CODES.to_vec()),
        texts,
        dates,
        note,
        any::<bool>(),
        quarterly,
    )
        .prop_map(
            |(code, long, terminated, note, is_noc, (sequence, action, effective))| {
                let mut record = Record::new(code.parse().unwrap());
                record.long_descriptor = long.into();
                record.short_descriptor = long.replace("  ", " ");
                record.terminated = terminated.parse().ok();
                record.processing_note = note.map(|(number, text)| ProcessingNote {
                    number: number.to_string(),
                    text: text.map(|text| format!("text {text} of note {number}")),
                });
                record.not_otherwise_classified = Some(is_noc);
                record.sequence_number = sequence;
                record.action = action.parse().ok();
                record.action_effective = effective.parse().ok();
                record
            },
        )
}

prop_compose! {
    fn release()(
        id in prop::sample::select(IDS.to_vec()),
        hash in any::<u64>(),
        mut records in prop::collection::vec(record(), 0..6),
        has_notes in any::<bool>(),
        has_list in any::<bool>(),
    ) -> Release {
        records.sort_by_key(|own| own.code);
        records.dedup_by_key(|own| own.code);
        let mut texts = std::collections::HashMap::new();
        for own in &mut records {
            if !has_list {
                own.not_otherwise_classified = None;
            }
            if let Some(note) = &mut own.processing_note {
                // a number has one text in a release
                let text = note.text.take().filter(|_| has_notes);
                note.text
                    .clone_from(texts.entry(note.number.clone()).or_insert(text));
            }
        }
        Release {
            id: id.parse().unwrap(),
            source: "made".into(),
            member: None,
            hash: hash.to_string(),
            records,
            skipped: Vec::new(),
            unread: Vec::new(),
            damage: Vec::new(),
            left_out: hcpcs::LeftOut::default(),
            notices: Vec::new(),
        }
    }
}

/// The releases that count, found the long way: of each quarter the greatest, of equals the last.
fn counting(releases: &[Release]) -> Vec<&Release> {
    let mut counting: Vec<&Release> = Vec::new();
    for (at, release) in releases.iter().enumerate() {
        let is_beaten = releases.iter().enumerate().any(|(other_at, other)| {
            other.id.is_same_quarter(&release.id) && (&other.id, other_at) > (&release.id, at)
        });
        if !is_beaten {
            counting.push(release);
        }
    }
    counting.sort_by_key(|own| own.id.first_day());
    counting
}

fn days() -> impl Iterator<Item = Date> {
    let months = (2018..2022).flat_map(|year| (1..13).map(move |month| (year, month)));
    months
        .flat_map(|(year, month)| [1, 28].map(|day| Date::new(year, month, day)))
        .flatten()
}

/// A release of one code with a processing note and a NOC flag, as far as it says them.
fn said(id: &str, note: Option<&str>, is_noc: Option<bool>) -> Release {
    let mut record = Record::new("J1640".parse().unwrap());
    record.processing_note = Some(ProcessingNote {
        number: "0067".into(),
        text: note.map(str::to_owned),
    });
    record.not_otherwise_classified = is_noc;
    let mut another = Record::new("J9999".parse().unwrap());
    another.not_otherwise_classified = is_noc.map(|_| true);
    Release {
        id: id.parse().unwrap(),
        source: "made".into(),
        member: None,
        hash: id.into(),
        records: vec![record, another],
        skipped: Vec::new(),
        unread: Vec::new(),
        damage: Vec::new(),
        left_out: hcpcs::LeftOut::default(),
        notices: Vec::new(),
    }
}

#[test]
fn what_a_release_does_not_say_is_no_change() {
    let told = |releases: &[Release]| -> Vec<(u16, u16, Option<String>, Option<bool>)> {
        let timeline = timeline(releases);
        let versions = timeline.versions_of("J1640".parse().unwrap()).iter();
        versions
            .map(|own| {
                let note = own.record.processing_note.clone().unwrap();
                let is_noc = own.record.not_otherwise_classified;
                (own.first_release, own.last_release, note.text, is_noc)
            })
            .collect()
    };
    let zip = said("2019-01", Some("a"), Some(true));
    let workbook = said("2019-04", None, None);
    let releases = [zip, workbook, said("2019-07", Some("a"), Some(true))];
    assert_eq!(told(&releases), [(0, 2, Some("a".into()), Some(true))]);
    assert_eq!(told(&releases[1..]), [(0, 1, Some("a".into()), Some(true))]);
    let [zip, workbook, _] = releases;
    let releases = [zip, workbook, said("2019-07", Some("b"), Some(false))];
    let expected = [
        (0, 1, Some("a".into()), Some(true)),
        (2, 2, Some("b".into()), Some(false)),
    ];
    assert_eq!(told(&releases), expected);
}

#[test]
fn the_last_issue_of_a_quarter_counts() {
    let ids = |given: &[&str]| -> Vec<String> {
        let releases: Vec<Release> = given.iter().map(|id| said(id, None, None)).collect();
        let timeline = timeline(&releases);
        timeline
            .releases
            .iter()
            .map(|own| format!("{:#}", own.id))
            .collect()
    };
    assert_eq!(
        ids(&["2026-01/01122026", "2025-10", "2026-01/12182025", "2026-01"]),
        ["2025-10", "2026-01/01122026"]
    );
    assert_eq!(
        ids(&["2025-10/v3", "2025-10/v10", "2025-10"]),
        ["2025-10/v10"]
    );
    assert_eq!(ids(&[]), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_after_the_other_or_all_at_once(releases in prop::collection::vec(release(), 0..8)) {
        let all = timeline(&releases);
        let one_by_one = releases.iter().fold(Timeline::default(), Timeline::insert);
        prop_assert_eq!(one_by_one, all);
    }

    #[test]
    fn every_release_comes_back(releases in prop::collection::vec(release(), 0..8)) {
        let timeline = timeline(&releases);
        let counting = counting(&releases);
        prop_assert_eq!(timeline.releases.len(), counting.len());
        for (number, release) in counting.iter().enumerate() {
            prop_assert_eq!(&timeline.releases[number].id, &release.id);
            prop_assert_eq!(&timeline.records(number), &release.records);
        }
    }

    #[test]
    fn one_version_holds_on_a_day(releases in prop::collection::vec(release(), 1..8)) {
        let timeline = timeline(&releases);
        let counting = counting(&releases);
        for day in days() {
            let release = counting[usize::from(timeline.calendar().in_force(day).unwrap())];
            for code in CODES.map(|code| code.parse::<Code>().unwrap()) {
                let versions = timeline.versions_of(code).iter();
                let holding: Vec<_> = versions.filter(|own| own.holds.contains(day)).collect();
                let said = release.records.iter().find(|own| own.code == code);
                prop_assert_eq!(holding.len(), usize::from(said.is_some()));
                let (Some(said), Some(version)) = (said, holding.first()) else { continue };
                let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert_eq!(words(&said.long_descriptor), words(&version.record.long_descriptor));
                prop_assert_eq!(said.terminated, version.record.terminated);
            }
        }
    }

    #[test]
    fn versions_that_follow_each_other_differ(releases in prop::collection::vec(release(), 0..8)) {
        let timeline = timeline(&releases);
        for pair in timeline.versions.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            prop_assert!((a.record.code, a.holds.first) < (b.record.code, b.holds.first));
            if a.record.code == b.record.code && a.last_release + 1 == b.first_release {
                let mut as_before = b.record.clone();
                as_before.sequence_number = a.record.sequence_number;
                as_before.action = a.record.action;
                as_before.action_effective = a.record.action_effective;
                as_before.long_descriptor = as_before.long_descriptor.replace("  ", " ");
                let mut before = a.record.clone();
                before.long_descriptor = before.long_descriptor.replace("  ", " ");
                prop_assert_ne!(before, as_before);
            }
        }
    }
}
