//! Asides: what a text names and is not about. A drug comes dissolved in a diluent, `potassium
//! chloride in sodium chloride`; a code excludes a thing, `pegfilgrastim, excludes biosimilar`.

use std::ops::Range;

use super::qualifier::Qualifiers;
use super::token::{Form, Token};
use super::unit::is_number;

/// The words of diluents.
const DILUENTS: [&str; 14] = [
    "chloride", "d10w", "d5", "d5w", "dex", "dextrose", "lr", "nacl", "ns", "saline", "sodium",
    "sw", "swfi", "water",
];

/// Whether each token of a text is an aside.
pub(crate) fn asides(tokens: &[Token]) -> impl Iterator<Item = bool> {
    let diluent = diluent(tokens);
    let is_aside = move |(at, token): (usize, &Token)| {
        diluent.contains(&at) || token.said.has(Qualifiers::EXCLUDED)
    };
    tokens.iter().enumerate().map(is_aside)
}

/// Whether a term is a word of a diluent.
pub(crate) fn is_diluent(term: &str) -> bool {
    DILUENTS.binary_search(&term).is_ok()
}

/// The tokens of a text that name a diluent, `in 0.9% sodium chloride`; empty if there are none. One
/// diluent in another is the product itself: `dextrose in water`.
pub(crate) fn diluent(tokens: &[Token]) -> Range<usize> {
    let is_begin = |at: &usize| {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        tokens[*at].term == "in" && before.is_some_and(|own| own.term != "dextrose")
    };
    let found = (0..tokens.len()).filter(is_begin).find_map(|at| {
        let belongs = |token: &&Token| {
            let is_other = token.form != Form::Word || is_number(token.term.trim_end_matches('%'));
            !token.after_mark && (is_other || is_diluent(&token.term))
        };
        let count = tokens[at + 1..].iter().take_while(belongs).count();
        let range = at..at + 1 + count;
        tokens[range.clone()]
            .iter()
            .any(|token| is_diluent(&token.term))
            .then_some(range)
    });
    found.unwrap_or(0..0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::analysis::analyze;
    use crate::index::analyzer::inflection::fold_plural;

    #[test]
    fn words_after_in() {
        #[rustfmt::skip]
        let cases = [
            ("Injection, midazolam in 0.9% sodium chloride, 1 mg", "in 0.9% sodium chloride"),
            ("Potassium Chloride In Sodium Chloride", "In Sodium Chloride"),
            ("Epinephrine in nacl (baxter)", "in nacl"),
            ("Heparin (Porcine) In D5W", "In D5W"),
            ("Magnesium Sulfate in 5% Dextrose", "in 5% Dextrose"),
            ("Infusion, dextrose in water, 500 ml", ""),
            ("16 sq. in. or less", ""),
            ("Sodium chloride 0.9%", ""),
            ("In water", ""),
            ("Used in a bath, saline", ""),
        ];
        for (text, expected) in cases {
            let tokens = analyze(text);
            let range = diluent(&tokens);
            let start = tokens
                .get(range.start)
                .map_or(0, |token| token.start as usize);
            let last = range.last();
            let found = last.map_or("", |last| &text[start..tokens[last].end as usize]);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_is_excluded() {
        #[rustfmt::skip]
        let cases = [
            ("Injection, pegfilgrastim, excludes biosimilar, 0.5 mg", "biosimilar"),
            ("Pump, replacement (excludes implantable catheter), each", "implantable catheter"),
            ("Fistula of the colon (excluding anorectal fistula) with plug", "anorectal fistula"),
            ("Patients were excluded from that month", ""),
        ];
        for (text, expected) in cases {
            let tokens = analyze(text);
            let found = tokens.iter().zip(asides(&tokens)).filter(|(_, own)| *own);
            let found: Vec<&str> = found.map(|(token, _)| token.term.as_str()).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn the_words_are_sorted_terms() {
        assert!(DILUENTS.is_sorted());
        assert!(DILUENTS.iter().all(|word| fold_plural(word) == **word));
    }
}
