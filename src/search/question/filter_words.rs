//! Words of a question that filters answer, and words do not: `not covered by Medicare`, `added in
//! 2025`, `terminated codes`. A notice says so.

/// Words about Medicare's coverage of codes.
const COVERAGE: &[&str] = &[
    "not covered",
    "non-covered",
    "noncovered",
    "covered by medicare",
    "medicare covered",
];
/// Words about the day on which codes were added.
const ADDED: &[&str] = &[
    "added in",
    "added since",
    "new code",
    "new codes",
    "new hcpcs",
    "new for",
    "new in",
];
/// Words about codes that have ended.
const ENDED: &[&str] = &[
    "deleted code",
    "deleted codes",
    "discontinued code",
    "discontinued codes",
    "ended codes",
    "expired codes",
    "inactive codes",
    "obsolete codes",
    "retired codes",
    "terminated code",
    "terminated codes",
];

/// What all of them have one of; most questions have none.
const SIGNS: [&str; 4] = ["added", "code", "cover", "new "];

/// A notice of each kind of such words.
pub(crate) fn notices(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    if !SIGNS.iter().any(|own| text.contains(own)) {
        return Vec::new();
    }
    let words: Vec<&str> = text
        .split(|char: char| !(char.is_alphanumeric() || char == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let has = |asked: &str| {
        let asked: Vec<&str> = asked.split(' ').collect();
        words.windows(asked.len()).any(|own| own == asked)
    };
    // `New in` and `added in` are of a day only before a year.
    let has_year = || {
        let is_year = |word: &&str| word.len() == 4 && word.starts_with("20");
        words.iter().any(is_year)
    };
    let find = |list: &[&'static str]| list.iter().copied().find(|asked| has(asked));
    let coverage = find(COVERAGE).map(|own| (own, "Medicare's coverage is a filter"));
    let added = find(ADDED).filter(|own| own.contains("code") || has_year());
    let added = added.map(|own| (own, "the day on which a code was added is a filter"));
    let ended = find(ENDED).map(|own| (own, "ended codes are left out unless they are asked for"));
    let said = [coverage, added, ended].into_iter().flatten();
    said.map(|(own, what)| format!("\"{own}\" is searched for as words; {what}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_sign() {
        for words in [COVERAGE, ADDED, ENDED].into_iter().flatten() {
            assert!(SIGNS.iter().any(|own| words.contains(own)), "{words}");
        }
    }

    #[test]
    fn what_a_filter_answers_is_said() {
        for (text, said) in [
            ("walkers not covered by Medicare", 1),
            ("drugs added in 2025", 1),
            ("Terminated codes for wheelchairs, non-covered", 2),
            ("new codes", 1),
            ("lens new in box", 0),
            ("stent, coated/covered", 0),
            ("wheelchair", 0),
        ] {
            assert_eq!(notices(text).len(), said, "{text}");
        }
    }
}
