//! Filler words of a sentence: "please", "I need", what the asker does with the code.

use crate::codeset::function_word::is_function_word;
use crate::index::analyzer::token::Token;

use super::expansion::Expander;
use super::phrase::{MOST_ASKED, terms};

/// Filler words, which are searched for only if there are no others: who asks and for whom, and
/// what the sentence is made of.
const FILLERS: &[&str] = &[
    "billing",
    "cant",
    "code",
    "dad",
    "daughter",
    "doesnt",
    "dont",
    "father",
    "find",
    "get",
    "getting",
    "give",
    "goe",
    "grandfather",
    "grandma",
    "grandmother",
    "grandpa",
    "hcpc",
    "he",
    "help",
    "how",
    "husband",
    "i",
    "looking",
    "make",
    "me",
    "mom",
    "mother",
    "my",
    "need",
    "people",
    "please",
    "she",
    "show",
    "somebody",
    "someone",
    "something",
    "son",
    "stuff",
    "thing",
    "want",
    "what",
    "where",
    "which",
    "who",
    "wife",
    "you",
    "your",
];
/// The function word that makes a sentence of a list of words.
const THAT: &str = "that";
/// Words that say no more than fillers in a sentence that has one of them, or `that`.
const SPOKEN: &[&str] = &[
    "able", "around", "been", "being", "came", "can", "cannot", "come", "could", "do", "doe",
    "feel", "got", "had", "has", "have", "her", "him", "his", "just", "keep", "kept", "know",
    "let", "mine", "our", "person", "put", "really", "so", "stay", "still", "take", "their",
    "them", "then", "they", "too", "try", "trying", "use", "using", "very", "we", "when", "while",
    "will", "would",
];
/// Words that mark a sentence as a question. What the asker does with the code is not searched for
/// then.
const ASKING: &[&str] = &["how", "i", "we", "what", "which"];
/// As terms: `doe` is what the analyzer makes of `does`.
const DONE: &[&str] = &["bill", "charge", "report", "should", "submit"];

/// The function word that is an abbreviation too, in capitals: intrathecal.
const INTRATHECAL: &str = "it";

/// Whether a small word is an abbreviation with a meaning of its own: written in capitals, `WHO custom
/// fabricated`, or the plural of no such word, `pers` for `per`.
pub(super) fn is_abbreviation(word: &Token, text: &str, expander: &Expander<'_>) -> bool {
    let written = text.get(word.start as usize..word.end as usize);
    let written = written.unwrap_or_default();
    let is_capital = written.len() > 1 && !written.bytes().any(|byte| byte.is_ascii_lowercase());
    let may_be = if is_function_word(&word.term) {
        written.len() > word.term.len() || (is_capital && word.term == INTRATHECAL)
    } else {
        is_capital && !text.contains('?')
    };
    may_be && !expander.synonyms(&[&word.term]).is_empty()
}

/// Takes the filler words out, if there are others, and letters that name a section; those in a
/// phrase with a synonym stay, and abbreviations.
pub(super) fn leave_out_fillers(words: &mut Vec<&Token>, text: &str, expander: &Expander<'_>) {
    let asks = words.iter().any(|word| ASKING.contains(&&*word.term));
    let is_plain = |term: &str| FILLERS.binary_search(&term).is_ok();
    let speaks = words
        .iter()
        .any(|word| is_plain(&word.term) || word.term == THAT);
    let is_filler = |word: &Token| {
        let term = word.term.as_str();
        let is_said =
            || (asks && DONE.contains(&term)) || (speaks && SPOKEN.binary_search(&term).is_ok());
        (is_plain(term) || is_said()) && !is_abbreviation(word, text, expander)
    };
    let fillers: Vec<bool> = words.iter().map(|word| is_filler(word)).collect();
    let all = || words.iter().zip(&fillers);
    if all().all(|(word, is_filler)| *is_filler || is_function_word(&word.term)) {
        return;
    }
    let letters = section_letters(words);
    let known = in_synonyms(words, &fillers, expander);
    let mut fillers = fillers.into_iter();
    words.retain(|word| {
        let is_filler = fillers.next().unwrap_or_default();
        let is_known = known.contains(&word.position);
        (is_known || !is_filler) && !letters.contains(&word.position)
    });
}

/// The positions of letters that name a section, such as the J of a `J code`.
fn section_letters(words: &[&Token]) -> Vec<u32> {
    let pairs = words.windows(2);
    let named = pairs.filter(|pair| pair[0].term.len() == 1 && pair[1].term == "code");
    named.map(|pair| pair[0].position).collect()
}

/// The positions of filler words that belong to a phrase with a synonym: `oxygen you can carry`.
fn in_synonyms(words: &[&Token], fillers: &[bool], expander: &Expander<'_>) -> Vec<u32> {
    let mut known = Vec::new();
    if !fillers.contains(&true) {
        return known;
    }
    for count in 2..=MOST_ASKED {
        for (phrase, fillers) in words.windows(count).zip(fillers.windows(count)) {
            if fillers.contains(&true) && !expander.synonyms(&terms(phrase)).is_empty() {
                let own = phrase.iter().zip(fillers);
                let own = own.filter(|(_, is_filler)| **is_filler);
                known.extend(own.map(|(word, _)| word.position));
            }
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::inflection::fold_plural;

    #[test]
    fn the_lists_are_of_terms() {
        assert!(FILLERS.is_sorted() && SPOKEN.is_sorted());
        for word in [FILLERS, SPOKEN, ASKING, DONE].into_iter().flatten() {
            assert_eq!(fold_plural(word), **word);
        }
    }
}
