//! Mixed questions: words, misspelt, beginnings of words, with filters, codes; each as often.

use hcpcs::Release;
use serde_json::json;

use super::peers::{Manner, Question};
use super::queries::sets;

/// So many questions, the same ones in each run, in no order.
pub(crate) fn mixture(count: usize) -> Vec<Question> {
    let codes = Release::starter()
        .unwrap()
        .records
        .into_iter()
        .map(|record| Question {
            words: record.code.to_string(),
            manner: Manner::Whole,
            ..Question::default()
        });
    let mut kinds: Vec<Vec<Question>> = sets().into_iter().map(|set| set.questions).collect();
    kinds.push(codes.collect());
    let mut state = 1u64;
    let mut next = |below: usize| {
        // Knuth's linear congruential generator; its upper bits are random enough.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut question = || {
        let kind = &kinds[next(kinds.len())];
        kind[next(kind.len())].clone()
    };
    (0..count).map(|_| question()).collect()
}

/// A question as a line: plain text, or JSON where it has filters.
pub(crate) fn line(question: &Question) -> String {
    if question.coverage.is_none() && question.betos.is_none() {
        return format!("{}\n", question.words);
    }
    let request = json!({
        "query": question.words,
        "coverage": question.coverage,
        "betos": question.betos,
    });
    format!("{request}\n")
}
