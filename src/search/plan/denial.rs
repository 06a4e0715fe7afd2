//! What a text denies: `without wheels`, `not wheeled`, `other than wood`. A code that has the
//! denied word is the opposite of what is asked, and one that says nothing of it is as asked.

use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::token::Token;

/// Words that deny the next one; `than` is that of `other than`.
const DENYING: [&str; 9] = [
    "except",
    "exclude",
    "excluding",
    "no",
    "non",
    "not",
    "than",
    "without",
    "wo",
];
/// Words between a denying word and the denied one: `without a tray`.
const BETWEEN: [&str; 4] = ["a", "an", "any", "the"];
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
    let is_between = |word: &&Token| BETWEEN.contains(&word.term.as_str());
    let before = words[..at].iter().rposition(|word| !is_between(word))?;
    let denies = DENYING.binary_search(&words[before].term.as_str()).is_ok();
    denies.then_some(before)
}

/// The positions of the denied words, each with that of the word that denies it.
pub(super) fn denied_words(words: &[&Token]) -> Vec<(u32, u32)> {
    let pairs = (0..words.len()).filter_map(|at| Some((at, denied_by(words, at)?)));
    let positions = pairs.map(|(at, by)| (words[at].position, words[by].position));
    positions.collect()
}

/// Whether a text may deny something: a quick look before its words are read.
pub(super) fn may_deny(text: &str) -> bool {
    text.split(' ')
        .any(|word| DENYING.binary_search(&word).is_ok())
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
        assert!(DENYING.is_sorted());
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
