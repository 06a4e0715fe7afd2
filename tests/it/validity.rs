//! Whether a code is valid on a day: one truth, whichever door is asked.

mod doors;
mod naive;
mod real;
#[cfg(feature = "serve")]
mod served;

use hcpcs::history::timeline;
use hcpcs::{Code, Date, LeftOut, Record, Release, Status};
use proptest::prelude::*;

use naive::read;

pub(crate) const CODES: [&str; 3] = ["J1440", "E1022", "CS"];
const IDS: [&str; 7] = [
    "2020-01", "2020-04", "2020-10", "2021-01", "2021-07", "2022-01", "2022-04",
];
/// Added and termination dates, on, before and after the first days of releases.
const DATES: [&str; 9] = [
    "",
    "2019-06-01",
    "2020-01-01",
    "2020-03-31",
    "2020-08-15",
    "2020-12-31",
    "2021-07-01",
    "2021-12-31",
    "2022-06-30",
];

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn record() -> impl Strategy<Value = Record> {
    let texts = prop::sample::select(vec!["Filgrastim, 1 mg", "Fecal microbiota, 1 ml", "Hemin"]);
    let dates = || prop::sample::select(DATES.to_vec());
    let actions = prop::sample::select(vec!["", "N", "A", "C", "D", "R"]);
    let codes = prop::sample::select(CODES.to_vec());
    let values = (codes, texts, dates(), dates(), dates(), actions);
    values.prop_map(|(code, long, added, ended, effective, action)| {
        let mut record = Record::new(code.parse().unwrap());
        record.long_descriptor = long.into();
        record.short_descriptor = long.into();
        record.added = added.parse().ok();
        record.terminated = ended.parse().ok();
        record.action_effective = effective.parse().ok();
        record.action = action.parse().ok();
        record
    })
}

prop_compose! {
    fn release(id: &'static str)(
        mut records in prop::collection::vec(record(), 1..5),
    ) -> Release {
        records.sort_by_key(|own| own.code);
        records.dedup_by_key(|own| own.code);
        Release {
            id: id.parse().unwrap(),
            source: "made".into(),
            member: None,
            hash: id.into(),
            records,
            skipped: Vec::new(),
            unread: Vec::new(),
            damage: Vec::new(),
            left_out: LeftOut::default(),
            notices: Vec::new(),
        }
    }
}

/// Some releases in the order of time.
pub(crate) fn releases() -> impl Strategy<Value = Vec<Release>> {
    let ids = prop::sample::subsequence(IDS.to_vec(), 1..=IDS.len());
    ids.prop_flat_map(|ids| ids.into_iter().map(release).collect::<Vec<_>>())
}

/// The days on which something may change, and the days before and after them.
pub(crate) fn days() -> Vec<Date> {
    let firsts = IDS.iter().map(|id| format!("{id}-01"));
    let dates = DATES.iter().filter(|day| !day.is_empty());
    let marks = dates.map(ToString::to_string).chain(firsts);
    let mut days: Vec<Date> = marks
        .flat_map(|mark| [day(&mark).yesterday(), day(&mark)])
        .collect();
    days.extend(["2018-01-01", "2021-04-01", "2022-07-01", "2030-01-01"].map(day));
    days.sort_unstable();
    days.dedup();
    days
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_timeline_is_read_as_by_hand(releases in releases()) {
        let timeline = timeline(&releases);
        let calendar = timeline.calendar();
        for code in CODES.map(|code| code.parse::<Code>().unwrap()) {
            for day in days() {
                let expected = read(&releases, code, day);
                let versions = timeline.versions_of(code).iter();
                let answering: Vec<_> = versions
                    .filter(|own| own.answers.is_some_and(|days| days.contains(day)))
                    .collect();
                prop_assert_eq!(answering.len(), usize::from(expected.is_some()), "{} {}", code, day);
                let (Some(expected), Some(own)) = (expected, answering.first()) else { continue };
                prop_assert_eq!(own.life.status(day), expected.status, "{} {}", code, day);
                prop_assert_eq!(own.life.from, expected.from);
                prop_assert_eq!(own.life.until, expected.until);
                prop_assert_eq!(&own.record.long_descriptor, &expected.record.long_descriptor);
                let in_force = calendar.in_force(day).unwrap();
                let release = in_force.clamp(own.first_release, own.last_release);
                prop_assert_eq!(usize::from(release), expected.release);
            }
        }
    }
}

fn made(id: &str, added: &str, ended: &str) -> Release {
    let mut record = Record::new("J1440".parse().unwrap());
    record.added = added.parse().ok();
    record.terminated = ended.parse().ok();
    of(id, vec![record])
}

pub(crate) fn of(id: &str, records: Vec<Record>) -> Release {
    Release {
        id: id.parse().unwrap(),
        source: "made".into(),
        member: None,
        hash: id.into(),
        records,
        skipped: Vec::new(),
        unread: Vec::new(),
        damage: Vec::new(),
        left_out: LeftOut::default(),
        notices: Vec::new(),
    }
}

/// The lives of one code in some releases, each once.
fn lives(releases: &[Release]) -> Vec<(String, String)> {
    let timeline = timeline(releases);
    let text = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    let lives = timeline.versions.iter().map(|own| own.life);
    let mut lives: Vec<_> = lives.map(|own| (text(own.from), text(own.until))).collect();
    lives.dedup();
    lives
}

#[test]
fn what_begins_a_life_and_what_does_not() {
    let pair = |from: &str, until: &str| (from.to_owned(), until.to_owned());
    let used_again = [
        made("2016-01", "1994-01-01", "2013-12-31"),
        made("2025-01", "2023-07-01", ""),
    ];
    assert_eq!(
        lives(&used_again),
        [pair("1994-01-01", "2013-12-31"), pair("2023-07-01", "")]
    );
    let reactivated = [
        made("2025-01", "2017-01-01", "2024-12-31"),
        made("2025-10", "2017-01-01", ""),
    ];
    assert_eq!(
        lives(&reactivated),
        [pair("2017-01-01", "2024-12-31"), pair("2025-10-01", "")]
    );
    let taken_back = [
        &reactivated[..],
        &[made("2026-01", "2017-01-01", "2024-12-31")],
    ]
    .concat();
    assert_eq!(lives(&taken_back), [pair("2017-01-01", "2024-12-31")]);
    let end_moved = [
        made("2025-01", "2017-01-01", "2024-12-31"),
        made("2025-10", "2017-01-01", "2025-06-30"),
    ];
    assert_eq!(lives(&end_moved), [pair("2017-01-01", "2025-06-30")]);
    let end_given_up = [
        made("2025-01", "2017-01-01", "2025-03-31"),
        made("2025-04", "2017-01-01", ""),
    ];
    assert_eq!(lives(&end_given_up), [pair("2017-01-01", "")]);
    let corrected = [
        made("2025-01", "2025-01-01", ""),
        made("2025-04", "2024-12-15", ""),
    ];
    assert_eq!(lives(&corrected), [pair("2024-12-15", "")]);
    let dates_left_out = [
        made("2025-01", "2017-01-01", "2024-12-31"),
        made("2025-04", "", ""),
    ];
    assert_eq!(lives(&dates_left_out), [pair("2017-01-01", "2024-12-31")]);
    let back_after_a_gap = [
        made("2020-01", "2015-01-01", ""),
        of("2021-01", vec![Record::new("J0001".parse().unwrap())]),
        made("2022-01", "2022-01-01", ""),
    ];
    let told = lives(&back_after_a_gap);
    assert!(told.contains(&pair("2015-01-01", "")), "{told:?}");
    assert!(told.contains(&pair("2022-01-01", "")), "{told:?}");
}

#[test]
fn a_code_that_is_listed_no_longer() {
    let releases = [
        made("2023-01", "1994-01-01", ""),
        of("2025-01", vec![Record::new("J0001".parse().unwrap())]),
    ];
    let timeline = timeline(&releases);
    let life = timeline.versions_of("J1440".parse().unwrap())[0].life;
    for (text, status) in [
        ("1993-12-31", Status::NotYetValid),
        ("2023-03-31", Status::Valid),
        ("2023-04-01", Status::UnknownBetweenReleases),
        ("2024-12-31", Status::UnknownBetweenReleases),
        ("2025-01-01", Status::NoLongerListed),
    ] {
        assert_eq!(life.status(day(text)), status, "{text}");
    }
}

#[test]
fn a_code_that_ends_before_it_begins_is_never_valid() {
    let timeline = timeline(&[made("2021-01", "2021-07-01", "2020-12-31")]);
    let life = timeline.versions[0].life;
    assert!(days().iter().all(|day| life.status(*day) != Status::Valid));
}
