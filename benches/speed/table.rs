//! The medians of a run and their ratios, as a table.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use serde::Deserialize;

use super::peers::{Engine, Fts5, Ours, PlainTantivy};
use super::queries::Set;

/// What criterion keeps of a measurement, as far as it is read here.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    /// In nanoseconds.
    point_estimate: f64,
}

/// Prints what was measured since `begin`; a search by the question.
pub(crate) fn print(results: &Path, begin: SystemTime, sets: &[Set]) {
    let whole = ["read", "build", "open"].map(|name| (name, 1));
    let searches = sets.iter().map(|set| (set.name, set.questions.len()));
    let engines = [Ours::NAME, Fts5::NAME, PlainTantivy::NAME];
    let rows: Vec<String> = whole
        .into_iter()
        .chain(searches)
        .filter_map(|(name, parts)| {
            let medians = engines.map(|engine| {
                let path = results.join(name).join(engine).join("new/estimates.json");
                median(&path, begin).map(|nanoseconds| nanoseconds / count(parts))
            });
            let measured = medians.iter().any(Option::is_some);
            measured.then(|| row(name, medians))
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    println!("Medians; a search by the question, over all questions of its set.");
    println!("Ratios: ours to the peer, below 1 where ours is faster.\n");
    let [ours, fts5, tantivy] = engines;
    println!(
        "{:<18}{ours:>11}{fts5:>11}{tantivy:>11}{:>8}{:>9}",
        "", "/fts5", "/tantivy"
    );
    for row in rows {
        println!("{row}");
    }
}

fn row(name: &str, medians: [Option<f64>; 3]) -> String {
    let times = medians.map(|median| format!("{:>11}", median.map_or("–".into(), time)));
    let [ours, fts5, tantivy] = medians;
    let ratio = |peer: Option<f64>| match (ours, peer) {
        (Some(ours), Some(peer)) => format!("{:.2}", ours / peer),
        _ => "–".to_owned(),
    };
    let [fts5, tantivy] = [ratio(fts5), ratio(tantivy)];
    format!("{name:<18}{}{fts5:>8}{tantivy:>9}", times.concat())
}

/// The median of a measurement, if it was made since `begin`.
fn median(path: &Path, begin: SystemTime) -> Option<f64> {
    let written = fs::metadata(path).ok()?.modified().ok()?;
    let text = (written >= begin).then(|| fs::read_to_string(path).ok())??;
    let estimates: Estimates = serde_json::from_str(&text).ok()?;
    Some(estimates.median.point_estimate)
}

fn time(nanoseconds: f64) -> String {
    if nanoseconds < 1e6 {
        format!("{:.1} µs", nanoseconds / 1e3)
    } else {
        format!("{:.1} ms", nanoseconds / 1e6)
    }
}

fn count(parts: usize) -> f64 {
    f64::from(u32::try_from(parts).unwrap())
}
