//! Any text is a question: never a panic, and the counts fit together.

use hcpcs::claims::ClaimReader;
use hcpcs::search::ListQuery;
use hcpcs::{Answer, CodeSpan, Date, Query};
use proptest::prelude::*;

use crate::hcpcs::starter;

/// Text as people type it: words, codes, marks, and anything.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-z]{1,12}",
        "[A-Za-z][0-9]{4}",
        "[0-9]{1,5}(\\.[0-9])?",
        prop::sample::select(vec![
            "injection",
            "wheelchair",
            "mg",
            "\"",
            "-",
            "*",
            " - ",
            "(",
            ")",
            "w/o",
            "x-ray",
            "J16*",
            "J1600-J1699",
            "AND",
            "OR",
            "+",
            "field:",
            "^2",
            "~1",
            "[a TO b]",
            "é",
            "ß",
            "\u{1F600}",
            "\u{0}",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec((part, "[ \t\u{a0}\u{2003}\u{3000}]{0,2}"), 0..8).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(part, blank)| part + &blank)
            .collect()
    })
}

fn is_consistent(answer: &Answer, query: &Query) {
    assert!(answer.complete <= answer.total);
    assert!(answer.not_yet_valid <= answer.hidden);
    let behind = answer.total.saturating_sub(query.offset);
    match query.limit {
        Some(limit) => assert_eq!(answer.hits.len(), behind.min(limit)),
        None if answer.asked.is_empty() => assert_eq!(answer.hits.len(), behind.min(10)),
        None => assert!(answer.hits.len() >= behind.min(10)),
    }
    let hits: usize = answer.asked.iter().map(|own| own.hits).sum();
    assert!(answer.asked.is_empty() || hits == answer.total);
    if answer.asked.is_empty() {
        let lack = answer
            .hits
            .iter()
            .filter(|hit| !hit.lacks.is_empty())
            .count();
        let whole = answer.hits.len() - lack;
        assert!(whole <= answer.complete && lack <= answer.total - answer.complete);
        let said = answer
            .notices
            .iter()
            .any(|notice| notice == "no code has all the words");
        assert_eq!(said, answer.total > 0 && answer.complete == 0);
    }
    let facets = answer.facets.as_ref().unwrap();
    let counts = facets.of("coverage").iter().map(|count| count.count);
    assert_eq!(counts.sum::<usize>(), answer.total);
    for (hit, rank) in answer.hits.iter().zip(query.offset + 1..) {
        assert_eq!(hit.rank, rank);
        for (text, places) in [
            (&hit.long_descriptor, &hit.highlights.long_descriptor),
            (&hit.short_descriptor, &hit.highlights.short_descriptor),
        ] {
            let length = text.chars().count();
            let ends = places.windows(2).all(|pair| pair[0].1 < pair[1].0);
            assert!(
                ends && places
                    .iter()
                    .all(|(start, end)| start < end && *end <= length)
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_text_is_a_question(text in text(), exact: bool, terminated: bool, offset in 0..30_usize, limit in prop::option::of(0..30_usize)) {
        let query = Query { text, exact, terminated, offset, limit, facets: true, explain: true, ..Query::default() };
        match starter().search(&query) {
            Ok(answer) => is_consistent(&answer, &query),
            Err(error) => prop_assert!(error.is_usage(), "{error}"),
        }
    }

    /// What completes, lists and checks takes any text too.
    #[test]
    fn any_text_is_completed_listed_and_checked(text in text()) {
        let searcher = starter();
        for suggestion in searcher.suggest(&text, 10, None) {
            prop_assert!(suggestion.codes > 0);
        }
        let query = ListQuery { words: text.clone(), ..ListQuery::default() };
        if let Err(error) = searcher.list(&query, |_| true) {
            prop_assert!(error.is_usage(), "{error}");
        }
        let mut lines = ClaimReader::new(text.as_bytes());
        while let Ok(Some(line)) = lines.next_line() {
            if let Ok(claim) = line.claim {
                let _ = searcher.check(&claim);
            }
        }
        let _ = text.parse::<CodeSpan>();
        let _ = text.parse::<Date>();
    }
}
