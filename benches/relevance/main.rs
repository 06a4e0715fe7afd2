//! Measures relevance with judged queries: ours, SQLite FTS5 and plain tantivy.
//!
//! Run with `cargo bench --bench relevance`; `-- --failures typo` lists what ours misses in a set.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

#[allow(dead_code, reason = "the other benchmark uses the rest")]
#[path = "../peers/mod.rs"]
mod peers;
mod score;

use std::path::Path;

use hcpcs::annotation::Annotations;
use hcpcs::{Date, Release};

use self::peers::{Engine, Fts5, Ours, PlainTantivy, Question, release, shared};
use self::score::{Averages, Judged, Score, TRIALS, Trial, by_set, score};

/// A query with the codes that answered it and what they are worth.
type Scored<'q> = (&'q Judged, Vec<String>, Score);

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let failures = args.iter().position(|arg| arg == "--failures");
    let failures = failures.map_or(&[][..], |at| &args[at + 1..]);
    let Some(shared) = shared() else {
        println!("relevance: skipped, because there is no ../shared with judged queries");
        return;
    };
    for trial in &TRIALS {
        run(trial, &shared, failures);
    }
}

fn run(trial: &Trial, shared: &Path, failures: &[String]) {
    let all = release(&shared.join(trial.release));
    let queries = trial.questions.judged(shared);
    let mut said = hcpcs::annotation::shipped().unwrap();
    if let Some(crosswalk) = trial.crosswalk {
        said.extend(hcpcs::annotation::read(&shared.join(crosswalk)).unwrap());
    }
    let day: Date = trial.day.parse().unwrap();
    // Peers know no days; they are given only what answers on that day.
    let mut in_force = all.clone();
    in_force.records.retain(|record| {
        record.added.is_none_or(|added| added <= day)
            && record.terminated.is_none_or(|last| day <= last)
    });
    let ours = ask_all::<Ours>(all, said, &queries, day);
    let fts5 = ask_all::<Fts5>(in_force.clone(), Vec::new(), &queries, day);
    let tantivy = ask_all::<PlainTantivy>(in_force, Vec::new(), &queries, day);
    for (judged, codes, score) in &ours {
        if score.ndcg < 0.99 && failures.contains(&judged.set) {
            let [relevant, codes] = [judged.relevant.join(" "), codes.join(" ")];
            println!("{:.2} {} | {relevant} | {codes}", score.ndcg, judged.query);
        }
    }
    println!("\n{}", trial.release);
    table(&[
        (Ours::NAME, averages(&ours)),
        (Fts5::NAME, averages(&fts5)),
        (PlainTantivy::NAME, averages(&tantivy)),
    ]);
}

/// Asks an engine all queries over a release.
fn ask_all<E: Engine>(
    release: Release,
    said: Vec<Annotations>,
    queries: &[Judged],
    day: Date,
) -> Vec<Scored<'_>> {
    let folder = tempfile::tempdir().unwrap();
    E::build(folder.path(), release, said);
    let engine = E::open(folder.path());
    let scored = queries.iter().map(|judged| {
        let answer = engine.ask(&Question {
            words: judged.query.clone(),
            day: Some(day),
            ..Question::default()
        });
        let codes = E::codes(&answer);
        let score = score(&codes, &judged.relevant);
        (judged, codes, score)
    });
    scored.collect()
}

fn averages(scored: &[Scored<'_>]) -> Averages {
    by_set(scored.iter().map(|(judged, _, score)| (*judged, *score)))
}

fn table(engines: &[(&str, Averages)]) {
    let [set, queries, engine] = ["set", "queries", "engine"];
    let head = ["nDCG@10", "MRR", "hit@1", "hit@10"].map(|name| format!("{name:>9}"));
    println!("{set:<15}{queries:>8}  {engine:<9}{}", head.concat());
    let (_, first) = &engines[0];
    for set in first.keys() {
        let mut name = set.as_str();
        for (engine, sets) in engines {
            let (score, queries) = sets[set];
            let Score {
                ndcg,
                mrr,
                hit_at_1,
                hit_at_10,
            } = score;
            let values = [ndcg, mrr, hit_at_1, hit_at_10].map(|value| format!("{value:>9.3}"));
            let queries = if name.is_empty() {
                String::new()
            } else {
                queries.to_string()
            };
            println!("{name:<15}{queries:>8}  {engine:<9}{}", values.concat());
            name = "";
        }
    }
}
