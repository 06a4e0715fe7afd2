//! `hcpcs export`: documents that fit their mapping, and mappings of what the engines document.

use std::collections::{BTreeMap, HashSet};
use std::fs;

use ::hcpcs::Date;
use serde_json::{Map, Value, json};

use crate::diff::indexed;
use crate::hcpcs::{DAY, Hcpcs, json_lines, starter};
use crate::made::{line, text};

/// Types of OpenSearch's documentation ("Supported field types") and the parameters of each that
/// it lists, as far as they are of use.
const OPENSEARCH: &[(&str, &[&str])] = &[
    (
        "keyword",
        &["boost", "doc_values", "ignore_above", "index", "normalizer"],
    ),
    (
        "text",
        &[
            "analyzer",
            "boost",
            "fields",
            "index",
            "index_options",
            "norms",
        ],
    ),
    ("date", &["boost", "doc_values", "format", "index"]),
    ("boolean", &["boost", "doc_values", "index"]),
    ("integer", &["boost", "coerce", "doc_values", "index"]),
];

/// Types of Quickwit's documentation ("Index configuration") and their parameters.
const QUICKWIT: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "stored",
            "indexed",
            "tokenizer",
            "record",
            "fieldnorms",
            "fast",
        ],
    ),
    (
        "u64",
        &["stored", "indexed", "fast", "coerce", "output_format"],
    ),
    (
        "datetime",
        &[
            "input_formats",
            "output_format",
            "stored",
            "indexed",
            "fast",
            "fast_precision",
        ],
    ),
    ("bool", &["stored", "indexed", "fast"]),
];

/// What some parameters may be.
const VALUES: &[(&str, &[&str])] = &[
    ("analyzer", &["english"]),
    ("format", &["strict_date"]),
    ("tokenizer", &["raw", "default", "en_stem", "whitespace"]),
    ("record", &["basic", "freq", "position"]),
    ("output_format", &["rfc3339"]),
    ("fast_precision", &["seconds", "milliseconds"]),
];

/// The files that an export leaves.
struct Files(BTreeMap<String, String>);

impl Files {
    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.0[name]).unwrap()
    }

    fn lines(&self, name: &str) -> Vec<Value> {
        let text = &self.0[name];
        assert!(text.ends_with('\n'));
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

fn export(hcpcs: &Hcpcs, args: &[&str]) -> Files {
    hcpcs
        .run([&["export", "--output", "out"], args].concat())
        .code(0);
    let folder = fs::read_dir(hcpcs.folder().join("out")).unwrap();
    let files = folder.map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    Files(files.collect())
}

/// An index with everything that a document may hold.
fn full() -> Hcpcs {
    let hcpcs = Hcpcs::new();
    let hemin = line("J1640", "Injection, hemin, 1 mg").set(257, "O1E");
    let hemin = hemin
        .set(230, "D")
        .set(120, "51")
        .set(261, "1P")
        .set(205, "J1641");
    let old = line("J1000", "Injection, old").set(285, "20240630");
    hcpcs.file(
        "in/HCPC2026_JAN_ANWEB.txt",
        text(&[hemin, old, line("JW", "Drug wasted")]),
    );
    hcpcs.file(
        "in/crosswalk.csv",
        "January 2026 ASP NDC - HCPCS Crosswalk\n\n_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\nJ1640,Hemin,Recordati,55292-0702-55,Panhematin,1 MG,1,1,336,336\n",
    );
    let note = |licence: &str| {
        format!(
            "---\ncode: J1640\ntitle: Hemin, {licence}\nlicense: {licence}\n---\n## Clinical context\nPorphyria under {licence}.\n"
        )
    };
    hcpcs.file("in/free.md", note("CC BY 4.0"));
    hcpcs.file("in/own.md", note("none"));
    hcpcs.run(["index", "in"]).code(0);
    hcpcs
}

/// Holds that a mapping is of a documented type with documented parameters.
#[track_caller]
fn is_documented(documented: &[(&str, &[&str])], kind: &str, mapping: &Map<String, Value>) {
    let known = documented.iter().find(|(own, _)| *own == kind);
    let (_, parameters) = known.unwrap_or_else(|| panic!("{kind} is no documented type"));
    for (name, value) in mapping
        .iter()
        .filter(|(name, _)| !["type", "name"].contains(&&***name))
    {
        assert!(parameters.contains(&name.as_str()), "{kind} has no {name}");
        let values = VALUES.iter().find(|(own, _)| own == name);
        if let Some((_, values)) = values {
            assert!(values.contains(&value.as_str().unwrap()), "{name}: {value}");
        }
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<::hcpcs::Date>().is_ok()
}

#[test]
fn opensearch() {
    let hcpcs = full();
    let files = export(&hcpcs, &["--format", "opensearch", "--terminated"]);
    assert!(
        files
            .0
            .keys()
            .eq(["bulk.ndjson", "index.json", "provenance.json"])
    );
    let index = files.json("index.json");
    assert!(
        index
            .as_object()
            .unwrap()
            .keys()
            .eq(["settings", "mappings"])
    );
    assert_eq!(index["mappings"]["dynamic"], "strict");
    let properties = index["mappings"]["properties"].as_object().unwrap();
    for property in properties.values() {
        let kind = property["type"].as_str().unwrap();
        is_documented(OPENSEARCH, kind, property.as_object().unwrap());
    }
    let lines = files.lines("bulk.ndjson");
    assert_eq!(lines.len(), 6);
    for pair in lines.chunks(2) {
        let [action, source] = pair else {
            panic!("an action without a document")
        };
        assert_eq!(*action, json!({"index": {"_id": source["code"]}}));
        for (name, value) in source.as_object().unwrap() {
            let kind = properties[name]["type"].as_str().unwrap();
            let values = value
                .as_array()
                .cloned()
                .unwrap_or_else(|| vec![value.clone()]);
            assert!(!values.is_empty(), "{name} says nothing");
            for value in values {
                let fits = match kind {
                    "keyword" => value.as_str().is_some_and(|text| text.len() < 32_766),
                    "text" => value.is_string(),
                    "date" => value.as_str().is_some_and(is_day),
                    "boolean" => value.is_boolean(),
                    "integer" => value.as_u64().is_some_and(|number| number < 1 << 31),
                    _ => false,
                };
                assert!(fits, "{name}: {value} is no {kind}");
            }
        }
    }
    let meta = &index["mappings"]["_meta"];
    assert_eq!(*meta, files.json("provenance.json"));
}

#[test]
fn quickwit() {
    let hcpcs = full();
    let files = export(&hcpcs, &["--format", "quickwit", "--terminated"]);
    assert!(
        files
            .0
            .keys()
            .eq(["documents.ndjson", "index-config.json", "provenance.json"])
    );
    let config = files.json("index-config.json");
    let known = ["version", "index_id", "doc_mapping", "search_settings"];
    assert!(config.as_object().unwrap().keys().eq(known));
    assert_eq!(config["doc_mapping"]["mode"], "strict");
    let mut kinds = BTreeMap::new();
    for mapping in config["doc_mapping"]["field_mappings"].as_array().unwrap() {
        let (name, kind) = (
            mapping["name"].as_str().unwrap(),
            mapping["type"].as_str().unwrap(),
        );
        assert!(name.starts_with(|letter: char| letter.is_ascii_alphabetic()));
        assert!(
            name.chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        );
        let inner = kind
            .strip_prefix("array<")
            .and_then(|kind| kind.strip_suffix('>'));
        is_documented(
            QUICKWIT,
            inner.unwrap_or(kind),
            mapping.as_object().unwrap(),
        );
        assert_eq!(kinds.insert(name, kind), None, "{name} is mapped twice");
    }
    for field in config["search_settings"]["default_search_fields"]
        .as_array()
        .unwrap()
    {
        assert!(kinds[field.as_str().unwrap()].contains("text"));
    }
    for document in files.lines("documents.ndjson") {
        for (name, value) in document.as_object().unwrap() {
            let kind = kinds[name.as_str()];
            let fits = match kind {
                "text" => value.is_string(),
                "array<text>" => value.as_array().unwrap().iter().all(Value::is_string),
                "datetime" => {
                    let day = value
                        .as_str()
                        .and_then(|text| text.strip_suffix("T00:00:00Z"));
                    day.is_some_and(is_day)
                }
                "bool" => value.is_boolean(),
                "u64" => value.is_u64(),
                _ => false,
            };
            assert!(fits, "{name}: {value} is no {kind}");
        }
    }
}

#[test]
fn a_document_says_everything_and_where_it_comes_from() {
    let hcpcs = full();
    let ran = hcpcs.run(["export"]).code(0);
    let ran = ran
        .tells("2 documents")
        .tells("left out 1 code not valid on the day");
    let ran = ran.tells("left out 1 clinical note that may not be passed on");
    let document: Value = serde_json::from_str(ran.stdout.lines().next().unwrap()).unwrap();
    let expected = json!({
        "id": "J1640", "code": "J1640", "kind": "procedure", "section": "J",
        "long_descriptor": "Injection, hemin, 1 mg", "status": "valid", "added": "2020-01-01",
        "coverage": "D", "coverage_meaning": "Special coverage instructions apply",
        "betos": "O1E", "betos_tree": ["O", "O1", "O1E"], "pricing": ["51"],
        "type_of_service": ["1", "P"], "cross_references": ["J1641"],
        "not_otherwise_classified": null, "brands": ["Panhematin"], "labelers": ["Recordati"],
        "ndcs": ["55292-0702-55"], "release": "2026-01",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(document[name], *value, "{name}");
    }
    assert_eq!(document["release_hash"].as_str().unwrap().len(), 64);
    assert_eq!(document["as_of"], Date::today().to_string());
    assert!(
        document["sources"][0]
            .as_str()
            .unwrap()
            .starts_with("NDC-HCPCS crosswalk")
    );
    let notes = document["notes"].as_array().unwrap().iter();
    let mut notes = notes.map(|note| note.as_str().unwrap());
    assert!(notes.any(|note| note.contains("under CC BY") && note.ends_with("licence: CC BY 4.0")));
    assert!(
        !ran.stdout.contains("under none"),
        "it may not be passed on"
    );
    let files = export(&hcpcs, &["--format", "ndjson"]);
    let provenance = files.json("provenance.json");
    assert!(files.0["documents.ndjson"] == ran.stdout);
    let licences = provenance["licences"].to_string();
    for note in [
        "US government",
        "Part B payment only",
        "may not be passed on",
    ] {
        assert!(licences.contains(note), "{licences}");
    }
    assert_eq!(provenance["releases"][0]["source"], "in");
    assert_eq!(
        provenance["sources"].as_array().unwrap().len(),
        3 + shipped()
    );
}

/// A document that is read without what was printed next to it says its day, and what is to be known
/// of that day's releases.
#[test]
fn each_document_says_its_day_its_age_and_its_scope() {
    for day in ["2018-01-01", DAY, "2030-01-01"] {
        for options in [&[][..], &["--any-time"]] {
            let args = [&["export", "--as-of", day, "--section", "J"], options].concat();
            let ran = Hcpcs::starter().run(args).code(0);
            let notices = starter().notices_on(day.parse().unwrap());
            assert!(notices[0].contains("809 of about"), "{notices:?}");
            for document in json_lines(&ran) {
                assert_eq!(document["as_of"], day);
                assert_eq!(document["notices"], json!(notices));
            }
        }
    }
}

/// How many sources the program ships besides the files of a folder.
fn shipped() -> usize {
    let hcpcs = Hcpcs::new();
    hcpcs.file("in/HCPC2026_JAN_ANWEB.txt", text(&[line("J1640", "Hemin")]));
    hcpcs.run(["index", "in"]).code(0);
    hcpcs.json(&["status"])["sources"].as_array().unwrap().len()
}

#[test]
fn filters_and_days_are_those_of_a_search() {
    let hcpcs = Hcpcs::starter();
    for args in [
        &["--betos", "O1E", "--as-of", DAY][..],
        &[
            "--coverage",
            "D,C",
            "--section",
            "J",
            "--terminated",
            "--as-of",
            DAY,
        ],
        &["--kind", "modifier", "--as-of", "2010-01-01"],
        &["--added", "2020-01-01..", "--any-time"],
        &["--noc"],
    ] {
        let ran = hcpcs.run([&["export"], args].concat()).code(0);
        let found = hcpcs.json(&[&["search", "--limit", "1000"], args].concat());
        let code = |value: &Value| value["code"].as_str().unwrap().to_owned();
        let mut expected: Vec<String> =
            found["hits"].as_array().unwrap().iter().map(code).collect();
        let lines = ran.stdout.lines();
        let mut codes: Vec<String> = lines
            .map(|line| code(&serde_json::from_str(line).unwrap()))
            .collect();
        expected.sort();
        codes.sort();
        assert_eq!(codes, expected, "{args:?}");
        // Nothing of CPT, which begin with a digit, and of CDT, which begin with D.
        assert!(
            !codes
                .iter()
                .any(|code| code.len() == 5 && code.starts_with(['0', '1', '9', 'D']))
        );
    }
    hcpcs
        .run(["export", "--codes", "J0000"])
        .code(1)
        .tells("0 documents");
    hcpcs
        .run(["export", "--format", "opensearch"])
        .code(2)
        .tells("--output");
    hcpcs.run(["export", "--format", "lucene"]).code(2);
    let blocked = hcpcs.file("file", "");
    hcpcs
        .run(["export".as_ref(), "--output".as_ref(), blocked.as_os_str()])
        .code(3)
        .tells("cannot write");
}

#[test]
fn every_version_is_a_document_of_its_own() {
    let hcpcs = indexed();
    let files = export(&hcpcs, &["--format", "opensearch", "--any-time"]);
    let lines = files.lines("bulk.ndjson");
    let ids: HashSet<&str> = lines
        .iter()
        .filter_map(|line| line["index"]["_id"].as_str())
        .collect();
    assert_eq!(ids.len(), lines.len() / 2, "no name twice");
    assert!(
        ids.contains("CS@2025-10") && ids.contains("CS@2026-01"),
        "{ids:?}"
    );
    let spill = lines
        .iter()
        .find(|line| line["id"] == "CS@2025-10")
        .unwrap();
    assert_eq!(spill["holds_to"], "2025-12-31");
    assert_eq!(spill["release"], "2025-10");
    assert_eq!(files.json("provenance.json")["as_of"], Value::Null);
}
