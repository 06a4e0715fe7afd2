//! Plurals, and the families of words that share a stem.

use std::cell::RefCell;

use compact_str::{CompactString, format_compact};
use rust_stemmers::{Algorithm, Stemmer};
use smallvec::SmallVec;

/// The singular of an irregular plural, or of a word that only looks like a plural.
fn irregular(word: &str) -> Option<&'static str> {
    Some(match word {
        "calves" => "calf",
        "canes" => "cane",
        "children" => "child",
        "feet" => "foot",
        "formulae" => "formula",
        "gas" | "gases" => "gas",
        "halves" => "half",
        "lens" | "lenses" => "lens",
        "men" => "man",
        "teeth" => "tooth",
        "vertebrae" => "vertebra",
        "women" => "woman",
        _ => return None,
    })
}

/// The singular of a word in lower case.
pub(crate) fn fold_plural(word: &str) -> CompactString {
    if let Some(singular) = irregular(word) {
        return singular.into();
    }
    let letters = word.len();
    let plain =
        letters < 4 || !word.ends_with('s') || word.contains(|char: char| char.is_ascii_digit());
    if plain || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return word.into();
    }
    let without = |cut: usize, tail: &str| format_compact!("{}{tail}", &word[..letters - cut]);
    let ends = |tail: &str| word.ends_with(tail);
    if letters > 4 && ends("ies") {
        without(3, "y")
    } else if ["theses", "thoses", "gnoses", "enoses", "lyses"]
        .iter()
        .any(|tail| ends(tail))
    {
        without(2, "is")
    } else if ["sses", "xes", "ches", "shes", "zzes", "uses"]
        .iter()
        .any(|tail| ends(tail))
    {
        without(2, "")
    } else {
        without(1, "")
    }
}

/// The common stem of the forms of a word: `inject`, for `injection` and `injectable`.
///
/// Words with a digit and short words are their own stem.
pub(crate) fn family(term: &str) -> String {
    thread_local! {
        static STEMMER: RefCell<Stemmer> = RefCell::new(Stemmer::create(Algorithm::English));
    }
    if term.len() < 4 || !term.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return term.to_owned();
    }
    STEMMER.with(|stemmer| stemmer.borrow().stem(term).into_owned())
}

/// The families of some words in alphabetical order: the same for these words in any order and
/// form.
pub(crate) fn any_order<'t>(words: impl Iterator<Item = &'t str>) -> String {
    let families: Vec<String> = words.map(family).collect();
    in_order(families.iter().map(String::as_str)).join(" ")
}

/// Known families in that order.
pub(crate) fn in_order<'f>(families: impl Iterator<Item = &'f str>) -> SmallVec<[&'f str; 5]> {
    let mut families: SmallVec<[&str; 5]> = families.collect();
    families.sort_unstable();
    families
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        for (word, singular) in [
            ("wheelchairs", "wheelchair"),
            ("batteries", "battery"),
            ("dressings", "dressing"),
            ("boxes", "box"),
            ("nurses", "nurse"),
            ("doses", "dose"),
            ("orthoses", "orthosis"),
            ("lenses", "lens"),
            ("access", "access"),
            ("virus", "virus"),
            ("pancreatitis", "pancreatitis"),
            ("bus", "bus"),
            ("buses", "bus"),
            ("axles", "axle"),
        ] {
            assert_eq!(fold_plural(word), singular, "{word}");
        }
    }

    #[test]
    fn families() {
        assert_eq!(family("injection"), family("injectable"));
        assert_ne!(family("j1640"), family("j1641"));
        let [one, other] =
            ["clip toenail", "toenail clipping"].map(|text| any_order(text.split(' ')));
        assert_eq!(one, other);
    }
}
