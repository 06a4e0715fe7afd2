//! What a text denies: `without wheels`, `not wheeled`, `other than wood`. A code that has the
//! denied word is the opposite of what is asked, and one that says nothing of it is as asked.

use crate::codeset::function_word::is_function_word;
use crate::index::analyzer::negation::{denies, pair_denies};
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::token::Token;

/// Words between a denying word and the denied one, next to function words: `without having any
/// tray`.
const BETWEEN: [&str; 14] = [
    "been",
    "being",
    "contain",
    "containing",
    "had",
    "have",
    "having",
    "include",
    "including",
    "need",
    "use",
    "used",
    "using",
    "was",
];
/// Words before `not` that say nothing: `does not have`; `doe` is its term.
const AUXILIARY: [&str; 6] = ["but", "did", "do", "doe", "was", "were"];
/// Function words that end what is denied.
const ENDS: [&str; 3] = ["and", "or", "which"];
/// Prefixes that turn a word into its opposite.
const PREFIXES: [&str; 6] = ["dis", "im", "in", "ir", "non", "un"];
/// The minimum of letters behind such a prefix.
const LEAST_REST: usize = 4;

/// The place of the word that denies the word at a place, if one does. Only the next word is
/// surely denied: in `walker without wheels folding` it is not said what `folding` belongs to.
pub(super) fn denied_by(words: &[&Token], at: usize) -> Option<usize> {
    let said = words[at].said;
    if !said.has(Qualifiers::WITHOUT) || said.has(Qualifiers::WITH) {
        return None;
    }
    let is_small = |at: usize| {
        let term = words[at].term.as_str();
        is_function_word(term) || BETWEEN.binary_search(&term).is_ok()
    };
    if is_small(at) {
        return None;
    }
    let is_between = |at: &usize| {
        let ends = ENDS.contains(&words[*at].term.as_str());
        is_small(*at) && !ends && !denies_at(words, *at)
    };
    let before = (0..at).rev().find(|at| !is_between(at))?;
    denies_at(words, before).then_some(before)
}

/// Whether the word at a place denies the next one, alone or with the word before.
fn denies_at(words: &[&Token], at: usize) -> bool {
    let term = words[at].term.as_str();
    let first = at.checked_sub(1).map(|before| words[before].term.as_str());
    // `minus lens`: the word that begins a question takes nothing away.
    let is_first_minus = at == 0 && term == "minus";
    denies(term) && !is_first_minus || first.is_some_and(|first| pair_denies(first, term))
}

/// The positions of the denied words, each with that of the first word that denies it: `does` of
/// `does not have wheels`.
pub(super) fn denied_words(words: &[&Token]) -> Vec<(u32, u32)> {
    let pairs = (0..words.len()).filter_map(|at| Some((at, denied_by(words, at)?)));
    let first = |by: usize| {
        let is_first = |first: &usize| {
            let term = words[*first].term.as_str();
            AUXILIARY.contains(&term) || pair_denies(term, &words[by].term)
        };
        by.checked_sub(1).filter(is_first).unwrap_or(by)
    };
    let positions = pairs.map(|(at, by)| (words[at].position, words[first(by)].position));
    positions.collect()
}

/// Whether a text may deny something: a quick look before its words are read.
pub(super) fn may_deny(text: &str) -> bool {
    let mut before = "";
    text.split(' ').any(|word| {
        let first = std::mem::replace(&mut before, word);
        denies(word) || pair_denies(first, word)
    })
}

/// Whether one of two words is the other with a negating prefix: `coated` is no correction of
/// `uncoated`.
pub(super) fn are_opposites(one: &str, other: &str) -> bool {
    let negates = |one: &str, other: &str| {
        let rests = PREFIXES
            .iter()
            .filter_map(|prefix| one.strip_prefix(prefix));
        let mut rests = rests.filter(|rest| rest.len() >= LEAST_REST);
        rests.any(|rest| other.get(..3).is_some_and(|start| rest.starts_with(start)))
    };
    negates(one, other) != negates(other, one)
}

/// The same denial with the other prefixes: `noncoated` and `incoated` for `uncoated`.
pub(super) fn same_denials(term: &str) -> impl Iterator<Item = String> {
    let own = PREFIXES.iter().find_map(|prefix| {
        let rest = term.strip_prefix(prefix)?;
        (rest.len() >= LEAST_REST).then_some((*prefix, rest))
    });
    own.into_iter().flat_map(|(own, rest)| {
        let others = PREFIXES.iter().filter(move |prefix| **prefix != own);
        others.map(move |prefix| format!("{prefix}{rest}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::analysis::analyze;
    use crate::index::analyzer::token::Form;

    #[test]
    fn the_words_are_sorted() {
        assert!(BETWEEN.is_sorted());
    }

    #[test]
    fn the_next_word_is_denied() {
        #[rustfmt::skip]
        let cases = [
            ("CATHETER W/O TRAY", "tray"),
            ("walker not wheeled", "wheeled"),
            ("walker without any wheels folding", "wheel"),
            ("crutch underarm other than wood", "wood"),
            ("MRI w/o & w contrast", ""),
            ("drugs, not otherwise classified", ""),
            ("non-sterile gauze", ""),
            ("non sterile gauze", "sterile"),
            ("walker with wheels", ""),
            ("darbepoetin not on dialysis", "dialysis"),
            ("catheter not for use in dialysis", "dialysis"),
            ("lidocaine does not have epinephrine", "epinephrine"),
            ("foam dressing not with any border", "border"),
            ("cushion free of latex", "latex"),
            ("cushion rather than pad", "pad"),
            ("bag made of vinyl", ""),
        ];
        for (text, expected) in cases {
            let tokens = analyze(text);
            let is_word = |token: &&Token| token.form == Form::Word;
            let words: Vec<&Token> = tokens.iter().filter(is_word).collect();
            let denied = (0..words.len()).filter(|at| denied_by(&words, *at).is_some());
            let denied: Vec<&str> = denied.map(|at| words[at].term.as_str()).collect();
            assert_eq!(denied.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn opposites() {
        for (one, other, is_opposite) in [
            ("uncoated", "coated", true),
            ("coatd", "uncoated", true),
            ("noncoated", "coated", true),
            ("nonsteril", "sterile", true),
            ("uncoatd", "uncoated", false),
            ("infusoin", "infusion", false),
            ("nsulin", "insulin", false),
            ("indwellin", "indwelling", false),
        ] {
            assert_eq!(are_opposites(one, other), is_opposite, "{one} {other}");
        }
        assert!(same_denials("uncoated").any(|term| term == "noncoated"));
    }
}
