//! What the ranking reached on the judged queries stays reached.

mod real;
mod ways_of_writing;

use hcpcs::index::{Sources, build_index};
use hcpcs::{Date, Query, ReadOptions, Searcher, annotation, release};

use crate::shared::shared;

#[allow(dead_code, reason = "the benchmark uses the rest")]
#[path = "../../benches/relevance/score.rs"]
mod score;

use score::{TRIALS, Trial, by_set, score as scored};

/// The least nDCG@10 of each set. `benches/README.md` has what was reached.
const FLOORS: &[(&str, f64)] = &[
    ("index", 0.90),
    ("drug", 0.975),
    ("prefix", 0.995),
    ("typo", 0.985),
    ("lay", 0.90),
    ("brand", 0.98),
];
/// The judged queries of each trial come from one release.
const LEAST_QUERIES: usize = 20;

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn the_ranking_keeps_what_it_reached() {
    for trial in &TRIALS {
        assert!(shared("relevance/dev.jsonl").is_some());
        let published = shared(trial.release).unwrap();
        let root = published.ancestors().nth(2).unwrap();
        let judged = trial.questions.judged(root);
        assert!(judged.len() >= LEAST_QUERIES, "{}", trial.release);
        let folder = tempfile::tempdir().unwrap();
        let searcher = searcher(trial, root, folder.path());
        let day: Date = trial.day.parse().unwrap();
        let scores = judged.iter().map(|judged| {
            let query = Query {
                text: judged.query.clone(),
                as_of: Some(day),
                ..Query::default()
            };
            let hits = searcher.search(&query).unwrap().hits;
            let codes: Vec<String> = hits.iter().map(|hit| hit.code.to_string()).collect();
            (judged, scored(&codes, &judged.relevant))
        });
        for (set, (score, queries)) in by_set(scores) {
            let floor = FLOORS.iter().find(|(name, _)| *name == set);
            let floor = floor.map_or(0.0, |(_, floor)| *floor);
            let reached = score.ndcg;
            assert!(
                reached >= floor,
                "{set}: nDCG@10 {reached:.4} of {queries} queries is below {floor}"
            );
        }
    }
}

fn searcher(trial: &Trial, root: &std::path::Path, folder: &std::path::Path) -> Searcher {
    let releases = release::read(&root.join(trial.release), &ReadOptions::default()).unwrap();
    let mut annotations = annotation::shipped().unwrap();
    if let Some(crosswalk) = trial.crosswalk {
        annotations.extend(annotation::read(&root.join(crosswalk)).unwrap());
    }
    let sources = Sources {
        releases,
        annotations,
    };
    build_index(folder, sources).unwrap();
    Searcher::open(folder).unwrap()
}
