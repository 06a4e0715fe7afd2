//! The questions of the speed benchmark: everyday drug names and device words, and charge lines
//! made up in the manner of hospital price lists, in sets.

use super::peers::{Manner, Question};

/// Set, words, and what answers must have: a coverage code, a BETOS code.
const QUERIES: &str = include_str!("queries.tsv");

/// Questions of one kind.
pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) questions: Vec<Question>,
}

/// All sets, in the order of the file.
pub(crate) fn sets() -> Vec<Set> {
    let mut sets: Vec<Set> = Vec::new();
    for line in QUERIES.lines().skip(1) {
        let mut values = line.split('\t');
        let mut next = || values.next().unwrap();
        let [name, words, coverage, betos] = [next(), next(), next(), next()];
        let question = Question {
            words: words.to_owned(),
            coverage: given(coverage),
            betos: given(betos),
            day: None,
            manner: match name {
                "search_prefix" => Manner::Prefix,
                "search_misspelt" => Manner::Misspelt,
                "search_charge_line" => Manner::Unknown,
                _ => Manner::Whole,
            },
        };
        match sets.last_mut().filter(|set| set.name == name) {
            Some(set) => set.questions.push(question),
            None => sets.push(Set {
                name,
                questions: vec![question],
            }),
        }
    }
    sets
}

fn given(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}
