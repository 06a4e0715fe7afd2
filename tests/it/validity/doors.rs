//! Every door says the same of a code on a day as a reading of the releases by hand.

use hcpcs::claims::{ClaimLine, Verdict};
use hcpcs::export::{ExportFormat, ExportOptions};
use hcpcs::index::{BuildOptions, Sources, build_index_with};
use hcpcs::search::{
    AskedCode, AskedVerdict, BatchOptions, ListQuery, ListedCode, Published, SuggestionKind,
};
use hcpcs::{Code, Date, Filters, Kind, Query, Release, Searcher, Status};
use proptest::prelude::*;
use serde_json::Value;

use super::naive::{Read, read};
use super::{CODES, days, releases};

fn open(releases: &[Release]) -> (tempfile::TempDir, Searcher) {
    let folder = tempfile::tempdir().unwrap();
    let sources = Sources {
        releases: releases.to_vec(),
        ..Sources::default()
    };
    let options = BuildOptions { force: true };
    build_index_with(folder.path(), sources, &options).unwrap();
    let searcher = Searcher::open(folder.path()).unwrap();
    (folder, searcher)
}

/// The codes as a search shows them: valid ones, or with `--terminated` those too that a release
/// up to the day lists.
fn shown(all: &[(Code, Read)], terminated: bool) -> impl Iterator<Item = &(Code, Read)> {
    all.iter().filter(move |(_, own)| match own.status {
        Status::Valid => true,
        Status::NotYetValid => terminated && !own.is_ahead,
        _ => terminated,
    })
}

fn verdict(status: Status) -> Verdict {
    match status {
        Status::Valid => Verdict::Valid,
        Status::Terminated => Verdict::Terminated,
        Status::NotYetValid => Verdict::NotYetValid,
        Status::NoLongerListed => Verdict::NoLongerListed,
        Status::UnknownBetweenReleases => Verdict::UnknownBetweenReleases,
    }
}

fn codes(searcher: &Searcher, query: &Query) -> Vec<Code> {
    let mut found: Vec<Code> = searcher
        .search(query)
        .unwrap()
        .hits
        .iter()
        .map(|hit| hit.code)
        .collect();
    found.sort_unstable();
    found
}

fn searches(searcher: &Searcher, all: &[(Code, Read)], day: Date) {
    for terminated in [false, true] {
        let shown: Vec<&(Code, Read)> = shown(all, terminated).collect();
        let expected: Vec<Code> = shown.iter().map(|own| own.0).collect();
        let query = |text: &str| Query {
            text: text.into(),
            as_of: Some(day),
            terminated,
            facets: true,
            annotations: false,
            ..Query::default()
        };
        let by_code = Query {
            filters: Filters {
                codes: CODES.iter().map(|code| code.parse().unwrap()).collect(),
                ..Filters::default()
            },
            ..query("")
        };
        assert_eq!(codes(searcher, &by_code), expected, "{day} {terminated}");
        let answer = searcher.search(&by_code).unwrap();
        assert_eq!(answer.total + answer.hidden, all.len(), "{day}");
        let not_yet = all
            .iter()
            .filter(|(_, own)| own.status == Status::NotYetValid && (!terminated || own.is_ahead));
        assert_eq!(answer.not_yet_valid, not_yet.count(), "{day}");
        let facets = answer.facets.unwrap();
        let counted: usize = facets.of("kind").iter().map(|own| own.count).sum();
        assert_eq!(counted, expected.len(), "{day}");
        let unclear = shown.iter().filter(|own| own.1.is_unclear).count();
        let said = format!("): {unclear} of the codes that match");
        let is_said = answer.notices.iter().any(|own| own.ends_with(&said));
        assert_eq!(is_said, unclear > 0, "{day} {:?}", answer.notices);
        for hit in &answer.hits {
            let (_, own) = all.iter().find(|own| own.0 == hit.code).unwrap();
            assert_eq!(hit.status, own.status, "{} {day}", hit.code);
            assert_eq!(hit.unclear.is_some(), own.is_unclear, "{} {day}", hit.code);
            let is_noticed = |text: &String| {
                text.starts_with("not known to be valid") && text.contains(hit.code.as_str())
            };
            assert_eq!(
                answer.notices.iter().any(is_noticed),
                own.is_unclear,
                "{day}"
            );
            assert_eq!(hit.long_descriptor, own.record.long_descriptor);
            assert_eq!((hit.added, hit.terminated), (own.from, own.until));
            let action = hit.action.as_ref().map(|action| action.code().to_owned());
            assert_eq!(action, own.record.action.map(|action| action.to_string()));
            let is_later = hit.published.as_ref().map(|own| own.when);
            assert_eq!(is_later == Some(Published::Later), own.is_ahead);
        }
        for word in ["filgrastim", "microbiota", "hemin"] {
            let has =
                |own: &&&(Code, Read)| own.1.record.long_descriptor.to_lowercase().contains(word);
            let expected: Vec<Code> = shown.iter().filter(has).map(|own| own.0).collect();
            let exact = Query {
                exact: true,
                ..query(word)
            };
            assert_eq!(
                codes(searcher, &exact),
                expected,
                "{word} {day} {terminated}"
            );
        }
        for action in ["A", "C", "D", "N"] {
            let has = |own: &&&(Code, Read)| {
                own.1
                    .record
                    .action
                    .is_some_and(|own| own.as_str() == action)
            };
            let expected: Vec<Code> = shown.iter().filter(has).map(|own| own.0).collect();
            let filtered = Query {
                filters: Filters {
                    action: vec![action.parse().unwrap()],
                    ..Filters::default()
                },
                ..query("")
            };
            assert_eq!(
                codes(searcher, &filtered),
                expected,
                "{action} {day} {terminated}"
            );
        }
        lists(searcher, &shown, terminated, day);
    }
}

/// A suggested word says whether a code that it counts is in doubt.
fn words(searcher: &Searcher, all: &[(Code, Read)], day: Date) {
    for word in searcher.suggest("hem", 5, Some(day)) {
        let has = |own: &(Code, Read)| {
            own.1.is_unclear
                && own
                    .1
                    .record
                    .long_descriptor
                    .to_lowercase()
                    .contains(&word.text)
        };
        assert_eq!(
            word.unclear.is_some(),
            all.iter().any(has),
            "{word:?} {day}"
        );
    }
}

/// An export and a list to choose from.
fn lists(searcher: &Searcher, shown: &[&(Code, Read)], terminated: bool, day: Date) {
    let options = ExportOptions {
        as_of: Some(day),
        terminated,
        ..ExportOptions::default()
    };
    let mut body = Vec::new();
    searcher
        .export(&options, ExportFormat::Ndjson, &mut body)
        .unwrap();
    let body = String::from_utf8(body).unwrap();
    let lines = body
        .lines()
        .map(|line| -> Value { serde_json::from_str(line).unwrap() });
    let lines: Vec<Value> = lines.collect();
    assert_eq!(lines.len(), shown.len(), "{day}");
    for (line, (code, own)) in lines.iter().zip(shown) {
        assert_eq!(line["code"], code.as_str());
        assert_eq!(line["long_descriptor"], own.record.long_descriptor);
        assert_eq!(line["status"], serde_json::json!(own.status));
        assert_eq!(
            line.get("unclear").is_some(),
            own.is_unclear,
            "{code} {day}"
        );
    }
    let list = ListQuery {
        as_of: Some(day),
        terminated,
        ..ListQuery::default()
    };
    let list = searcher.list(&list, |_| true).unwrap();
    let mut listed: Vec<Code> = list
        .page
        .iter()
        .filter_map(ListedCode::parsed_code)
        .collect();
    listed.sort_unstable();
    assert!(listed.iter().eq(shown.iter().map(|own| &own.0)), "{day}");
}

fn of_one_code(searcher: &Searcher, releases: &[Release], code: Code, own: &Read, day: Date) {
    let id = &releases[own.release].id;
    let details = searcher.details(code, Some(day)).unwrap();
    assert_eq!(details.status, own.status, "{code} {day}");
    assert_eq!(details.release, id.to_string(), "{code} {day}");
    assert_eq!(details.published == Published::Later, id.first_day() > day);
    assert_eq!(details.unclear.is_some(), own.is_unclear, "{code} {day}");
    assert_eq!(details.record.long_descriptor, own.record.long_descriptor);
    assert_eq!(details.record.action, own.record.action);
    assert_eq!(details.record.added, own.from);
    assert_eq!(details.record.terminated, own.until);
    let validity = searcher.validity(code, day).unwrap();
    assert_eq!(
        (validity.status, &validity.publication.release),
        (own.status, id)
    );
    let checked = searcher.check(&ClaimLine {
        code: code.to_string(),
        dos: Some(day),
        ..ClaimLine::default()
    });
    assert_eq!(checked.verdict, verdict(own.status), "{code} {day}");
    assert_eq!(checked.is_undetermined(), own.is_unclear, "{code} {day}");
    assert_eq!(checked.release, id.to_string());
    of_a_modifier(searcher, code, own, day);
    assert_eq!((checked.added, checked.terminated), (own.from, own.until));
    let listed = searcher.listed_code(code, day).unwrap();
    assert_eq!(listed.status(), own.status);
    assert_eq!(listed.unclear().is_some(), own.is_unclear, "{code} {day}");
    let named = searcher.search(&Query {
        text: code.to_string(),
        as_of: Some(day),
        ..Query::default()
    });
    let is_open = |own: &AskedCode| own.verdict == AskedVerdict::Undetermined && own.hits == 1;
    let is_open = named.unwrap().asked.first().is_some_and(is_open);
    assert_eq!(is_open, own.is_unclear && code.kind() == Kind::Procedure);
    let line = format!("{{\"query\":\"{code}\",\"as_of\":\"{day}\"}}");
    let mut batch = Vec::new();
    let options = BatchOptions::default();
    searcher
        .batch(line.as_bytes(), &mut batch, &options)
        .unwrap();
    let batch: Value = serde_json::from_slice(&batch).unwrap();
    let is_unclear = batch["hits"][0].get("unclear").is_some();
    assert_eq!(is_unclear, own.is_unclear, "{batch}");
    let suggested = searcher.suggest(code.as_str(), 5, Some(day));
    for one in suggested
        .iter()
        .filter(|own| own.kind == SuggestionKind::Code)
    {
        assert_eq!(one.unclear.is_some(), own.is_unclear, "{code} {day}");
    }
    assert_eq!(listed.long_descriptor(), own.record.long_descriptor);
    let history = searcher.history(code);
    let is_told = |from, until| {
        history
            .iter()
            .any(|view| (view.life.from, view.life.until) == (from, until))
    };
    assert!(is_told(own.from, own.until), "{code} {day}");
    if own.status == Status::Valid {
        let near = searcher.nearest(code.as_str(), day);
        assert!(code.kind() == hcpcs::Kind::Modifier || near.iter().any(|own| own.code == code));
    }
}

/// A modifier of a line is undetermined on the days on which it is so alone.
fn of_a_modifier(searcher: &Searcher, code: Code, own: &Read, day: Date) {
    let line = ClaimLine {
        code: "E1022".into(),
        modifiers: vec![code.to_string()],
        dos: Some(day),
        ..ClaimLine::default()
    };
    if code.kind() == Kind::Modifier {
        let verdict = searcher.check(&line).modifiers[0].verdict;
        assert_eq!(verdict == Verdict::Undetermined, own.is_unclear, "{day}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_door_says_what_the_records_say(releases in releases()) {
        let (_folder, searcher) = open(&releases);
        for day in days() {
            let mut all: Vec<(Code, Read)> = Vec::new();
            for code in CODES.map(|code| code.parse::<Code>().unwrap()) {
                match read(&releases, code, day) {
                    Some(own) => {
                        of_one_code(&searcher, &releases, code, &own, day);
                        all.push((code, own));
                    }
                    None => prop_assert!(searcher.details(code, Some(day)).is_none()),
                }
            }
            all.sort_by_key(|own| own.0);
            searches(&searcher, &all, day);
            words(&searcher, &all, day);
        }
    }
}
