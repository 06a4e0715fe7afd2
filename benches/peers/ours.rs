//! Ours, as it comes: `Searcher::search` with its default options.

use std::path::Path;

use hcpcs::annotation::Annotations;
use hcpcs::index::{Sources, build_index};
use hcpcs::{Answer, Filters, Query, Release, Searcher};

use super::{Engine, LIMIT, Question};

pub(crate) struct Ours(Searcher);

impl Engine for Ours {
    const NAME: &'static str = "hcpcs";
    type Answer = Answer;

    fn build(folder: &Path, release: Release, annotations: Vec<Annotations>) {
        let releases = vec![release];
        build_index(
            folder,
            Sources {
                releases,
                annotations,
            },
        )
        .unwrap();
    }

    fn open(folder: &Path) -> Self {
        Self(Searcher::open(folder).unwrap())
    }

    fn ask(&self, question: &Question) -> Answer {
        let coverage = question.coverage.iter();
        let betos = question.betos.iter();
        let query = Query {
            text: question.words.clone(),
            filters: Filters {
                coverage: coverage.map(|code| code.parse().unwrap()).collect(),
                betos: betos.map(|code| code.parse().unwrap()).collect(),
                ..Filters::default()
            },
            as_of: question.day,
            limit: Some(LIMIT),
            ..Query::default()
        };
        self.0.search(&query).unwrap()
    }

    fn codes(answer: &Answer) -> Vec<String> {
        let codes = answer.hits.iter().map(|hit| hit.code.to_string());
        codes.collect()
    }
}
