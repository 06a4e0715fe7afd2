//! Charge lines and brand names that others wrote, and every descriptor: measured over CMS's
//! own files. Nothing of the judged texts is part of the repository.

use std::collections::{BTreeMap, HashMap, HashSet};

use hcpcs::export::{ExportFormat, ExportOptions};
use hcpcs::index::{Sources, build_index};
use hcpcs::{Date, Query, ReadOptions, Searcher, annotation, release};
use serde::Deserialize;

use crate::made::edited;
use crate::shared::shared;

const RELEASE: &str = "cms/january-2026-alpha-numeric-hcpcs-file.zip";
const CROSSWALK: &str =
    "cms/section 508 version of January 2026 ASP NDC-HCPCS Crosswalk 121725.csv";
const RBCS: &str = "cms/RBCS_RY_2025.csv";
const DAY: &str = "2026-01-15";

/// Set, least share of questions whose first answer is right, and of those with one among ten.
/// `benches/README.md` has what was reached.
const FLOORS: &[(&str, f64, f64)] = &[
    ("all", 0.71, 0.895),
    ("cdm-blood-lab", 0.66, 0.90),
    ("cdm-device", 0.43, 0.72),
    ("cdm-drug", 0.855, 0.965),
    ("cdm-orthotic", 0.48, 0.80),
    ("cdm-radiopharm", 0.84, 0.94),
    ("cdm-service", 0.72, 0.92),
    ("cdm-supply", 0.45, 0.775),
    ("partb-brand", 0.965, 0.985),
    ("partb-generic", 0.79, 0.94),
];

#[derive(Deserialize)]
struct Judged {
    set: String,
    query: String,
    relevant: Vec<String>,
}

/// The index of January 2026 with the crosswalk and RBCS.
pub(super) fn searcher(folder: &std::path::Path) -> Option<Searcher> {
    let releases = release::read(&shared(RELEASE)?, &ReadOptions::default()).unwrap();
    let mut annotations = annotation::shipped().unwrap();
    for source in [CROSSWALK, RBCS] {
        annotations.extend(annotation::read(&shared(source)?).unwrap());
    }
    let sources = Sources {
        releases,
        annotations,
    };
    build_index(folder, sources).unwrap();
    Some(Searcher::open(folder).unwrap())
}

pub(super) fn ask(searcher: &Searcher, text: &str, day: &str) -> Vec<String> {
    let query = Query {
        text: text.to_owned(),
        as_of: Some(day.parse::<Date>().unwrap()),
        ..Query::default()
    };
    let hits = searcher.search(&query).unwrap().hits;
    hits.iter().map(|hit| hit.code.to_string()).collect()
}

#[test]
#[ignore = "needs the releases in ../shared/cms and the judged texts in ../shared/relevance"]
fn texts_that_others_wrote_keep_what_was_reached() {
    let Some(path) = shared("relevance/real-dev.jsonl") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let searcher = searcher(folder.path()).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let mut counts: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for line in text.lines() {
        let judged: Judged = serde_json::from_str(line).unwrap();
        let codes = ask(&searcher, &judged.query, DAY);
        let rank = codes.iter().position(|code| judged.relevant.contains(code));
        for set in [judged.set.as_str(), "all"] {
            let (all, first, ten) = counts.entry(set.to_owned()).or_default();
            *all += 1.0;
            *first += f64::from(u8::from(rank == Some(0)));
            *ten += f64::from(u8::from(rank.is_some()));
        }
    }
    for (set, first, ten) in FLOORS {
        let (all, own_first, own_ten) = counts[*set];
        let (own_first, own_ten) = (own_first / all, own_ten / all);
        assert!(
            own_first >= *first && own_ten >= *ten,
            "{set}: {own_first:.3} first and {own_ten:.3} among ten are below {first} and {ten}"
        );
    }
}

/// Codes with their long and short descriptors.
pub(super) fn descriptors(searcher: &Searcher) -> Vec<(String, [String; 2])> {
    let mut bytes = Vec::new();
    let options = ExportOptions {
        as_of: Some(DAY.parse().unwrap()),
        ..ExportOptions::default()
    };
    searcher
        .export(&options, ExportFormat::Ndjson, &mut bytes)
        .unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let code = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
        (
            text("code"),
            [text("long_descriptor"), text("short_descriptor")],
        )
    };
    text.lines().map(code).collect()
}

#[test]
#[ignore = "needs the release in ../shared/cms"]
fn each_descriptor_typed_whole_is_first_with_its_equals() {
    let folder = tempfile::tempdir().unwrap();
    let Some(searcher) = searcher(folder.path()) else {
        return;
    };
    let codes = descriptors(&searcher);
    assert!(codes.len() > 7_000);
    for at in [0, 1] {
        let mut equal: HashMap<String, HashSet<&str>> = HashMap::new();
        for (code, texts) in &codes {
            equal
                .entry(texts[at].to_lowercase())
                .or_default()
                .insert(code);
        }
        for (text, equal) in equal.iter().filter(|(text, _)| !text.is_empty()) {
            let found = ask(&searcher, text, DAY);
            let first: HashSet<&str> = found.iter().take(equal.len()).map(String::as_str).collect();
            let all_first = first.is_subset(equal) && first.len() == equal.len().min(10);
            assert!(all_first, "{text}: {found:?}, not {equal:?}");
        }
    }
}

/// The share of misspelt words that may lead to no code with the word among ten: what is one
/// edit from several words of a few letters, or begins another word.
const UNFOUND: f64 = 0.03;

#[test]
#[ignore = "needs the release in ../shared/cms; takes minutes without optimization"]
fn a_word_with_one_edit_finds_a_code_with_the_word() {
    let folder = tempfile::tempdir().unwrap();
    let Some(searcher) = searcher(folder.path()) else {
        return;
    };
    let mut words: HashMap<String, HashSet<String>> = HashMap::new();
    for (code, texts) in descriptors(&searcher) {
        for word in texts
            .join(" ")
            .to_lowercase()
            .split(|char: char| !char.is_ascii_alphabetic())
        {
            words
                .entry(word.to_owned())
                .or_default()
                .insert(code.clone());
        }
    }
    let (mut asked, mut unfound) = (0u32, Vec::new());
    let mut terms: Vec<&String> = words.keys().collect();
    terms.sort();
    // Plurals are indexed by their singulars.
    let terms = terms
        .iter()
        .filter(|word| word.len() >= 5 && !word.ends_with('s'));
    for (nth, term) in terms.enumerate() {
        let Some(misspelt) = (0..)
            .map(|more| edited(term, nth + more))
            .take(8)
            .find(|word| !words.contains_key(word))
        else {
            continue;
        };
        asked += 1;
        let found = ask(&searcher, &misspelt, DAY);
        if !found.iter().any(|code| words[*term].contains(code)) {
            unfound.push(format!("{misspelt} for {term}"));
        }
    }
    assert!(asked > 5_000);
    #[expect(clippy::cast_precision_loss, reason = "a few thousand words")]
    let share = unfound.len() as f64 / f64::from(asked);
    assert!(share < UNFOUND, "{share:.3}: {unfound:#?}");
}
