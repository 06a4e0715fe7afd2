//! Judged queries and what answers to them are worth.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use hcpcs::annotation::Annotations;
use serde::Deserialize;

/// How many answers count.
const LOOKED_AT: usize = 10;

/// Judged queries, the release by which they are judged, and a day in it.
pub(crate) struct Trial {
    pub(crate) release: &'static str,
    pub(crate) questions: Questions,
    /// The crosswalk of drug names, loaded in addition to the shipped annotations.
    pub(crate) crosswalk: Option<&'static str>,
    pub(crate) day: &'static str,
}

/// Where questions and right answers come from.
pub(crate) enum Questions {
    /// A file of judged queries.
    File(&'static str),
    /// The drug names of a crosswalk that an older one has too; right is what the newer says.
    Brands {
        older: &'static str,
        newer: &'static str,
    },
}

const CROSSWALK_2025: &str =
    "cms/section 508 version of January 2025 ASP NDC-HCPCS Crosswalk 122024.csv";
const CROSSWALK_2026: &str =
    "cms/section 508 version of January 2026 ASP NDC-HCPCS Crosswalk 121725.csv";

pub(crate) const TRIALS: [Trial; 3] = [
    Trial {
        release: "cms/2019-Alpha-Numeric-HCPCS-File.zip",
        questions: Questions::File("relevance/dev.jsonl"),
        crosswalk: None,
        day: "2019-01-15",
    },
    Trial {
        release: "cms/january-2026-alpha-numeric-hcpcs-file.zip",
        questions: Questions::File("relevance/lay-dev.jsonl"),
        crosswalk: Some(CROSSWALK_2025),
        day: "2026-01-15",
    },
    Trial {
        release: "cms/january-2026-alpha-numeric-hcpcs-file.zip",
        questions: Questions::Brands {
            older: CROSSWALK_2025,
            newer: CROSSWALK_2026,
        },
        crosswalk: Some(CROSSWALK_2025),
        day: "2026-01-15",
    },
];

/// A query and the codes that are right answers to it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Judged {
    pub(crate) set: String,
    pub(crate) query: String,
    pub(crate) relevant: Vec<String>,
}

impl Questions {
    /// The judged queries. `shared` is the folder of CMS's files.
    pub(crate) fn judged(&self, shared: &Path) -> Vec<Judged> {
        match self {
            Self::File(path) => {
                let text = std::fs::read_to_string(shared.join(path)).unwrap();
                let lines = text.lines().filter(|line| !line.trim().is_empty());
                lines
                    .map(|line| serde_json::from_str(line).unwrap())
                    .collect()
            }
            Self::Brands { older, newer } => {
                let known = brands(&shared.join(older));
                let asked = brands(&shared.join(newer)).into_iter();
                let both = asked.filter(|(name, _)| known.contains_key(name));
                let judged = both.map(|(query, relevant)| Judged {
                    set: "brand".to_owned(),
                    query,
                    relevant,
                });
                judged.collect()
            }
        }
    }
}

/// The drug names of a crosswalk in lower case, each with its codes.
fn brands(path: &Path) -> BTreeMap<String, Vec<String>> {
    let mut brands: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for annotations in hcpcs::annotation::read(path).unwrap() {
        if let Annotations::DrugProducts(_, products) = annotations {
            for product in products {
                let codes = brands.entry(product.brand.to_lowercase()).or_default();
                codes.push(product.code.to_string());
            }
        }
    }
    for codes in brands.values_mut() {
        codes.sort();
        codes.dedup();
    }
    brands
}

/// What answers are worth, each from 0 to 1; for one query or averaged over some.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Score {
    /// Normalized discounted cumulative gain of the first ten, gains 0 or 1.
    pub(crate) ndcg: f64,
    /// The reciprocal rank of the first right answer among ten.
    pub(crate) mrr: f64,
    /// Whether the first answer is right.
    pub(crate) hit_at_1: f64,
    /// Whether one of the first ten is right.
    pub(crate) hit_at_10: f64,
}

/// Scores the codes that answered one query.
pub(crate) fn score(codes: &[String], relevant: &[String]) -> Score {
    let gain = |rank: usize| 1.0 / number(rank + 2).log2();
    let ranks: Vec<usize> = (0..codes.len().min(LOOKED_AT))
        .filter(|rank| relevant.contains(&codes[*rank]))
        .collect();
    let best: f64 = (0..relevant.len().min(LOOKED_AT)).map(gain).sum();
    let own: f64 = ranks.iter().map(|rank| gain(*rank)).sum();
    let holds = |condition: bool| f64::from(u8::from(condition));
    Score {
        ndcg: if ranks.is_empty() { 0.0 } else { own / best },
        mrr: ranks.first().map_or(0.0, |rank| 1.0 / number(rank + 1)),
        hit_at_1: holds(ranks.first() == Some(&0)),
        hit_at_10: holds(!ranks.is_empty()),
    }
}

/// For each set the average, and how many queries it has.
pub(crate) type Averages = BTreeMap<String, (Score, usize)>;

/// Averages scores by set.
pub(crate) fn by_set<'q>(scores: impl Iterator<Item = (&'q Judged, Score)>) -> Averages {
    let mut sets: Averages = Averages::new();
    for (judged, score) in scores {
        let (sum, count) = sets.entry(judged.set.clone()).or_default();
        sum.ndcg += score.ndcg;
        sum.mrr += score.mrr;
        sum.hit_at_1 += score.hit_at_1;
        sum.hit_at_10 += score.hit_at_10;
        *count += 1;
    }
    for (sum, count) in sets.values_mut() {
        let count = number(*count);
        sum.ndcg /= count;
        sum.mrr /= count;
        sum.hit_at_1 /= count;
        sum.hit_at_10 /= count;
    }
    sets
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}
