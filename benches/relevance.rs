//! Relevance, measured: judged queries, ours beside SQLite FTS5 and plain tantivy.
//!
//! Run with `cargo bench --bench relevance`; `-- --failures typo` lists what a set misses.
#![allow(clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hcpcs::index::{Sources, build_index};
use hcpcs::{Query, ReadOptions, Searcher};
use serde::Deserialize;

#[derive(Deserialize)]
struct Judged {
    set: String,
    query: String,
    relevant: Vec<String>,
}

fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("HCPCS_SHARED").map(PathBuf::from);
    let path = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    path.is_dir().then_some(path)
}

fn main() {
    let failures: Vec<String> = std::env::args()
        .skip_while(|arg| arg != "--failures")
        .skip(1)
        .collect();
    let Some(shared) = shared() else {
        println!("skipped: ../shared is not there");
        return;
    };
    for (release, file, day) in [
        (
            "2019-Alpha-Numeric-HCPCS-File.zip",
            "dev.jsonl",
            "2019-01-15",
        ),
        (
            "january-2026-alpha-numeric-hcpcs-file.zip",
            "lay-dev.jsonl",
            "2026-01-15",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let releases =
            hcpcs::release::read(&shared.join("cms").join(release), &ReadOptions::default())
                .unwrap();
        build_index(
            folder.path(),
            Sources {
                releases,
                annotations: annotations(&shared, release),
            },
        )
        .unwrap();
        let searcher = Searcher::open(folder.path()).unwrap();
        let text = std::fs::read_to_string(shared.join("relevance").join(file)).unwrap();
        let mut sets: BTreeMap<String, [f64; 5]> = BTreeMap::new();
        for line in text.lines() {
            let judged: Judged = serde_json::from_str(line).unwrap();
            let query = Query {
                text: judged.query.clone(),
                as_of: Some(day.parse().unwrap()),
                ..Query::default()
            };
            let answer = searcher.search(&query).unwrap();
            let codes: Vec<String> = answer.hits.iter().map(|hit| hit.code.to_string()).collect();
            let scores = score(&codes, &judged.relevant);
            if scores[0] < 0.99 && failures.contains(&judged.set) {
                println!(
                    "{:.2} {} | {} | {}",
                    scores[0],
                    judged.query,
                    judged.relevant.join(" "),
                    codes.join(" ")
                );
            }
            let sums = sets.entry(judged.set).or_default();
            for (sum, score) in sums.iter_mut().zip(scores.into_iter().chain([1.0])) {
                *sum += score;
            }
        }
        println!(
            "{release}\n{:<16}{:>8}{:>8}{:>8}{:>8}{:>8}",
            "set", "nDCG@10", "MRR", "hit@1", "hit@10", "n"
        );
        for (set, [ndcg, mrr, one, ten, count]) in sets {
            println!(
                "{set:<16}{:>8.3}{:>8.3}{:>8.3}{:>8.3}{count:>8}",
                ndcg / count,
                mrr / count,
                one / count,
                ten / count
            );
        }
    }
}

fn annotations(shared: &Path, release: &str) -> Vec<hcpcs::annotation::Annotations> {
    let mut all = hcpcs::annotation::shipped().unwrap();
    if release.contains("2026") {
        let name = "cms/section 508 version of January 2025 ASP NDC-HCPCS Crosswalk 122024.csv";
        all.extend(hcpcs::annotation::read(&shared.join(name)).unwrap());
    }
    all
}

/// nDCG@10, MRR@10, hit@1, hit@10.
fn score(codes: &[String], relevant: &[String]) -> [f64; 4] {
    let gain = |rank: usize| 1.0 / f64::from(u32::try_from(rank).unwrap() + 2).log2();
    let ranks: Vec<usize> = (0..codes.len().min(10))
        .filter(|at| relevant.contains(&codes[*at]))
        .collect();
    let best: f64 = (0..relevant.len().min(10)).map(gain).sum();
    let own: f64 = ranks.iter().map(|rank| gain(*rank)).sum();
    let first = ranks.first().map_or(0.0, |rank| {
        1.0 / f64::from(u32::try_from(*rank).unwrap() + 1)
    });
    [
        own / best,
        first,
        f64::from(u8::from(ranks.first() == Some(&0))),
        f64::from(u8::from(!ranks.is_empty())),
    ]
}
