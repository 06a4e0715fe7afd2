//! Facets add up to the total; pages are stable and leave nothing out.

use hcpcs::search::{FILTERS, FacetCount};
use hcpcs::{Answer, Filters, Query};

use crate::hcpcs::starter;

fn ask(query: Query) -> Answer {
    let day = crate::hcpcs::DAY.parse().unwrap();
    let query = Query {
        as_of: Some(day),
        ..query
    };
    starter().search(&query).unwrap()
}

/// Questions of every kind: words, codes, a filter alone, words left out.
fn questions() -> Vec<Query> {
    let words = [
        "injection",
        "wheelchair seat cushion",
        "glycopyrolate",
        "J1*",
        "-injection",
        "per 1 mg",
    ];
    let mut questions: Vec<Query> = words
        .iter()
        .map(|text| Query {
            text: (*text).to_owned(),
            ..Query::default()
        })
        .collect();
    let filters = Filters {
        coverage: vec!["D".parse().unwrap()],
        ..Filters::default()
    };
    questions.push(Query {
        filters,
        ..Query::default()
    });
    questions
}

/// What is worked out once for a code is the same for every question: a code follows one neighbor
/// in an answer, and another one in the next.
#[test]
fn what_was_asked_before_changes_no_answer() {
    let used = hcpcs::Searcher::open(crate::hcpcs::starter_index()).unwrap();
    let words = ["injection", "glycopyrrolate", "rental", "sodium injection"];
    let mut questions = questions();
    questions.extend(words.map(|text| Query {
        text: text.to_owned(),
        limit: Some(200),
        ..Query::default()
    }));
    questions.extend(questions.clone().into_iter().map(|query| Query {
        sort: hcpcs::search::Sort::Code,
        ..query
    }));
    for query in questions {
        let fresh = hcpcs::Searcher::open(crate::hcpcs::starter_index()).unwrap();
        assert_eq!(used.search(&query).unwrap(), fresh.search(&query).unwrap());
    }
}

#[test]
fn facets_add_up_to_the_total() {
    for query in questions() {
        let answer = ask(Query {
            facets: true,
            ..query
        });
        let facets = answer.facets.unwrap();
        for filter in FILTERS.iter().filter(|filter| filter.facet.is_some()) {
            let counts = facets.of(filter.field);
            let sum: usize = counts.iter().map(|count: &FacetCount| count.count).sum();
            // the starter set has no taxonomy
            let total = if filter.field == "rbcs" {
                0
            } else {
                answer.total
            };
            assert_eq!(sum, total, "{}: {counts:?}", answer.query);
        }
    }
}

/// A facet counts what the filter of its value would leave.
#[test]
fn a_facet_is_what_its_filter_gives() {
    let text = "injection";
    let facets = ask(Query {
        text: text.into(),
        facets: true,
        ..Query::default()
    })
    .facets
    .unwrap();
    let given = |count: &&FacetCount| !count.code.is_empty();
    for FacetCount { code, count, .. } in facets.of("coverage").iter().filter(given) {
        let filters = Filters {
            coverage: vec![code.parse().unwrap()],
            ..Filters::default()
        };
        let answer = ask(Query {
            text: text.into(),
            filters,
            ..Query::default()
        });
        assert_eq!(answer.total, *count, "{code}");
    }
}

#[test]
fn pages_make_the_whole() {
    for query in questions() {
        let mut whole = ask(Query {
            limit: Some(usize::MAX),
            ..query.clone()
        });
        assert_eq!(whole.hits.len(), whole.total, "{}", query.text);
        for size in [1, 7] {
            let mut paged = Vec::new();
            for offset in (0..whole.total).step_by(size) {
                let page = ask(Query {
                    limit: Some(size),
                    offset,
                    ..query.clone()
                });
                assert_eq!(page.total, whole.total);
                paged.extend(page.hits);
            }
            // A hit is compared with those above it on its page.
            for hit in paged.iter_mut().chain(&mut whole.hits) {
                hit.alike = None;
            }
            assert_eq!(paged, whole.hits, "{} by {size}", query.text);
        }
        let ranks: Vec<usize> = whole.hits.iter().map(|hit| hit.rank).collect();
        assert_eq!(ranks, (1..=whole.total).collect::<Vec<_>>());
        let beyond = ask(Query {
            offset: whole.total,
            ..query.clone()
        });
        assert_eq!((beyond.total, beyond.hits.len()), (whole.total, 0));
        let behind = format!("no code is behind the first {}", whole.total);
        let says = |answer: &Answer| answer.notices.iter().any(|own| own.starts_with(&behind));
        assert_eq!(says(&beyond), whole.total > 0, "{}", query.text);
        assert!(!says(&whole), "{}", query.text);
    }
}

#[test]
fn no_code_twice() {
    for query in questions() {
        let hits = ask(Query {
            limit: Some(usize::MAX),
            ..query
        })
        .hits;
        let mut codes: Vec<_> = hits.iter().map(|hit| hit.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), hits.len());
    }
}
