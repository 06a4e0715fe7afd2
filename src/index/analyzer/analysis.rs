//! Text → terms, in text order: words, wholes of hyphenated words, amounts.

use compact_str::{CompactString, format_compact};

use super::amount;
use super::inflection::fold_plural;
use super::qualified::qualifiers;
use super::qualifier::Qualifiers;
use super::token::{Form, Token, position};
use super::unit::is_number;
use super::words::{Span, spans};

/// The longest term, in bytes. Anything longer is no word that somebody searches for, and the
/// engine's dictionary would take a hundred times its length to hold it.
const LONGEST_TERM: usize = 255;

/// The terms of a text, in order; a whole comes before its parts.
pub(crate) fn analyze(text: &str) -> Vec<Token> {
    let mut spans = spans(text);
    let said = qualifiers(text, &spans);
    let mut tokens: Vec<Token> = Vec::with_capacity(spans.len() + 4);
    for at in 0..spans.len() {
        let first = tokens.len();
        if let Some(token) = amount::amount(&spans, at) {
            tokens.push(token);
        }
        if let Some(token) = joined(&spans, at) {
            tokens.push(token);
        }
        for whole in &mut tokens[first..] {
            let parts = spans[at..].iter().zip(&said[at..]);
            let parts = parts.take_while(|(span, _)| span.end <= whole.end);
            whole.said = parts.fold(Qualifiers::default(), |all, (_, said)| all.and(*said));
        }
        if is_negated(&spans, at) {
            continue;
        }
        let span = &mut spans[at];
        tokens.push(Token {
            // After this, only the word itself is used.
            term: std::mem::take(&mut span.term),
            start: span.start,
            end: span.end,
            position: position(at),
            form: Form::Word,
            after_mark: span.after_mark,
            said: said[at],
        });
    }
    tokens.retain(|token| token.term.len() <= LONGEST_TERM);
    tokens
}

/// Whether a word is part of a negated one such as `non-sterile`, of which only the whole is a
/// term: a non-sterile item is not sterile.
fn is_negated(spans: &[Span], at: usize) -> bool {
    let tied = spans[..at]
        .iter()
        .rev()
        .take_while(|span| span.hyphen_after)
        .count();
    let first = &spans[at - tied];
    first.word == "non" && first.hyphen_after
}

/// The whole of the hyphenated word that begins at a span, if there is one.
fn joined(spans: &[Span], at: usize) -> Option<Token> {
    let begins = spans[at].hyphen_after && (at == 0 || !spans[at - 1].hyphen_after);
    if !begins {
        return None;
    }
    let behind = &spans[at..];
    let parts = behind
        .iter()
        .position(|span| !span.hyphen_after)
        .map_or(behind.len(), |n| n + 1);
    let parts = &behind[..parts];
    let is_numeric = parts.iter().all(|span| is_number(&span.term));
    let term = match parts {
        [labeler, product, package] if is_numeric => drug_code(labeler, product, package)?,
        _ if is_numeric || parts.len() > 4 => return None,
        _ => {
            let whole: CompactString = parts.iter().map(|span| span.word.as_str()).collect();
            fold_plural(&whole)
        }
    };
    Some(Token {
        term,
        start: spans[at].start,
        end: parts.last()?.end,
        position: position(at),
        form: if is_negated(spans, at) {
            Form::Word
        } else {
            Form::Joined
        },
        after_mark: spans[at].after_mark,
        said: Qualifiers::default(),
    })
}

/// A National Drug Code padded to eleven digits, 5-4-2.
fn drug_code(labeler: &Span, product: &Span, package: &Span) -> Option<CompactString> {
    let (labeler, product, package) = (&labeler.word, &product.word, &package.word);
    let is_one = (4..=5).contains(&labeler.len())
        && (3..=4).contains(&product.len())
        && (1..=2).contains(&package.len());
    is_one.then(|| format_compact!("{labeler:0>5}{product:0>4}{package:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> String {
        let all: Vec<CompactString> = analyze(text).into_iter().map(|token| token.term).collect();
        all.join(" ")
    }

    #[test]
    fn descriptors_become_terms() {
        #[rustfmt::skip]
        let cases = [
            ("Injection, glycopyrrolate, 0.1 mg", "injection glycopyrrolate 0.1mg 0.1 mg"),
            ("Hemin, 1mg", "hemin 1mg 1 mg"),
            ("Sodium chloride 0.9%, 1,000 ml", "sodium chloride 0.9% 1000ml 1000 ml"),
            ("5.0 % dextrose, 5 or %", "5% dextrose 5 or"),
            ("(g-csf), 300 mcg", "gcsf g csf 300mcg 300 mcg"),
            ("non-impregnated gauze pads", "nonimpregnated gauze pad"),
            ("w/o battery, w/charger", "without battery with charger"),
            ("x-ray; X ray", "xray x ray x ray"),
            ("1 i.u. and 16 sq. in. or less", "1unit 1 iu and 16sqin 16 sq in or less"),
            ("concentrated form, per milligram", "concentrated form per 1mg milligram"),
            ("vitamin B12 (up to 1000 micrograms)", "vitamin b12 up to 1000mcg 1000 microgram"),
            ("Patient's orthoses, prostheses", "patient orthosis prosthesis"),
            ("caféine ½ µg", "cafeine 0.5mcg 0.5 μg"),
            ("Botox™ and Glyrx®-PF", "botox and glyrx pf"),
            ("glyco\u{ad}pyrrolate\u{200b} x", "glycopyrrolate x"),
            ("1½ hour; ½ hour", "1.5hour 1.5 hour 0.5hour 0.5 hour"),
            ("one half (1/2) hour", "one half 0.5 hour"),
            ("genes 1/2/3, 11/2", "gene 1 2 3 11 2"),
            (".5 mg or 5.0 mg", "0.5mg 0.5 mg or 5mg 5 mg"),
            ("each 15 minutes", "each 15min 15 minute"),
            ("NDC 55292-702-55", "ndc 55292070255 55292 702 55"),
            ("55292-702-55", "55292070255 55292 702 55"),
            ("NDC 55292-0702-55", "ndc 55292070255 55292 0702 55"),
            ("", ""),
            ("—;,. ()", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(terms(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_too_long_for_a_word_is_no_term() {
        let long = "x".repeat(LONGEST_TERM);
        assert_eq!(
            terms(&format!("hemin {long} mask")),
            format!("hemin {long} mask")
        );
        assert_eq!(
            terms(&format!("hemin {long}y {long}-{long} mask")),
            format!("hemin {long} {long} mask")
        );
    }

    #[test]
    fn tokens_have_their_places() {
        let text = "Injection, Hemin, 1 mg";
        let tokens = analyze(text);
        let hemin = tokens.iter().find(|token| token.term == "hemin").unwrap();
        assert_eq!(&text[hemin.start as usize..hemin.end as usize], "Hemin");
        assert!(hemin.after_mark);
        let amount = tokens
            .iter()
            .find(|token| token.form == Form::Amount)
            .unwrap();
        assert_eq!(&text[amount.start as usize..amount.end as usize], "1 mg");
    }
}
