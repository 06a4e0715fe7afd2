//! Qualifiers of the words of a text: with or without it, less or more than it.
//!
//! `Bed, without side rails, with mattress` and `bed, with side rails, without mattress` have
//! the same words; `< 140` and `>= 140` have the same number.

use super::unit::{is_number_word, unit};
use super::words::Span;

/// The qualifiers of a word, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Qualifiers(pub(crate) u8);

impl Qualifiers {
    /// The text says that it is present: `with wheels`.
    pub(crate) const WITH: Self = Self(1);
    /// The text says that it is absent: `without wheels`, `other than transvenous`.
    pub(crate) const WITHOUT: Self = Self(2);
    /// The number is an upper bound: `< 140`, `16 sq in or less`.
    pub(crate) const LESS: Self = Self(4);
    /// The number is a lower bound: `>= 140`, `more than 16 sq in`.
    pub(crate) const MORE: Self = Self(8);
    /// A plus follows the word: `Amniocore pro+`.
    pub(crate) const PLUS: Self = Self(16);
    /// The text says that it does not cover it: `excludes biosimilar`.
    pub(crate) const EXCLUDED: Self = Self(32);

    /// Whether it has all of the other's qualifiers.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The qualifiers of both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// How many words may separate a bound from its number: `more than or equal to 5`.
const REACH: usize = 5;

/// The qualifiers of each word of a text.
pub(super) fn qualifiers(text: &str, spans: &[Span]) -> Vec<Qualifiers> {
    let mut presence = Presence::default();
    let of = |(at, span): (usize, &Span)| {
        let mut said = presence.next(span);
        if span.word.starts_with(|char: char| char.is_ascii_digit()) || is_number_word(&span.word) {
            said = said.and(bound(text, spans, at));
        }
        if has_plus(text, span) {
            said = said.and(Qualifiers::PLUS);
        }
        said
    };
    spans.iter().enumerate().map(of).collect()
}

/// Tracks the qualifiers that earlier words give the next one.
#[derive(Default)]
struct Presence {
    now: Qualifiers,
    /// Whether the word before was such a qualifier too: `with or without contrast`.
    goes_on: bool,
    was_other: bool,
    /// Whether the word before was `non`, which denies one word only: `non-sterile gauze pad`.
    was_non: bool,
}

impl Presence {
    fn next(&mut self, span: &Span) -> Qualifiers {
        let was_other = std::mem::take(&mut self.was_other);
        let was_non = std::mem::take(&mut self.was_non);
        let marker = match span.term.as_str() {
            "with" | "w" | "including" | "include" => Qualifiers::WITH,
            "without" | "wo" | "not" | "no" => Qualifiers::WITHOUT,
            "non" => {
                self.was_non = true;
                return Qualifiers::default();
            }
            "except" | "excluding" | "exclude" => Qualifiers::WITHOUT.and(Qualifiers::EXCLUDED),
            "than" if was_other => Qualifiers::WITHOUT,
            // `Not otherwise classified` denies nothing.
            "otherwise" => {
                *self = Self::default();
                return Qualifiers::default();
            }
            "other" => {
                self.was_other = true;
                return Qualifiers::default();
            }
            "a" | "an" | "and" | "any" | "by" | "followed" | "or" | "the" => {
                return Qualifiers::default();
            }
            _ => {
                if span.after_mark && !self.goes_on {
                    self.now = Qualifiers::default();
                }
                self.goes_on = false;
                return if was_non {
                    Qualifiers::WITHOUT
                } else {
                    self.now
                };
            }
        };
        self.now = if self.goes_on {
            self.now.and(marker)
        } else {
            marker
        };
        self.goes_on = true;
        Qualifiers::default()
    }
}

/// Whether a number is a bound, by the sign or the words around it.
fn bound(text: &str, spans: &[Span], at: usize) -> Qualifiers {
    let before = text[..spans[at].start as usize].trim_end();
    let sign = before.trim_end_matches('=').trim_end().chars().next_back();
    match sign {
        Some('<' | '≤') => return Qualifiers::LESS,
        Some('>' | '≥') => return Qualifiers::MORE,
        _ => {}
    }
    for span in spans[..at].iter().rev().take(REACH) {
        match span.word.as_str() {
            "less" | "fewer" | "under" | "below" | "up" => return Qualifiers::LESS,
            "more" | "greater" | "over" | "above" | "least" => return Qualifiers::MORE,
            "than" | "or" | "equal" | "to" | "at" => {}
            _ => break,
        }
    }
    let is_unit = |span: &&Span| {
        unit(&span.word).is_some()
            || matches!(
                span.word.as_str(),
                "sq" | "in" | "year" | "years" | "of" | "age"
            )
    };
    let behind = spans[at + 1..].iter().take(REACH).skip_while(is_unit);
    let mut behind = behind.map(|span| span.word.as_str());
    match (behind.next(), behind.next()) {
        (Some("or" | "and"), Some("less" | "fewer" | "under" | "below" | "younger")) => {
            Qualifiers::LESS
        }
        (Some("or" | "and"), Some("more" | "greater" | "over" | "above" | "older" | "larger")) => {
            Qualifiers::MORE
        }
        _ => Qualifiers::default(),
    }
}

/// Whether a plus follows a word directly.
fn has_plus(text: &str, span: &Span) -> bool {
    let behind = text.as_bytes().get(span.end as usize..).unwrap_or_default();
    behind.first() == Some(&b'+') && !behind.get(1).is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::super::words::spans;
    use super::*;

    /// The qualified words of a text, each with the sign of its qualifier.
    fn said(text: &str) -> String {
        let spans = spans(text);
        let said = qualifiers(text, &spans);
        let signs = [
            (Qualifiers::WITH, "w:"),
            (Qualifiers::WITHOUT, "wo:"),
            (Qualifiers::LESS, "<"),
            (Qualifiers::MORE, ">"),
            (Qualifiers::PLUS, "+"),
        ];
        let word = |(span, said): (&Span, &Qualifiers)| {
            let signs = signs.iter().filter(|(bit, _)| said.has(*bit));
            let signs: String = signs.map(|(_, sign)| *sign).collect();
            (!signs.is_empty()).then(|| format!("{signs}{}", span.term))
        };
        let words: Vec<String> = spans.iter().zip(&said).filter_map(word).collect();
        words.join(" ")
    }

    #[test]
    fn what_a_text_says_of_its_words() {
        #[rustfmt::skip]
        let cases = [
            ("Hospital bed, without side rails, with mattress", "wo:side wo:rail w:mattress"),
            ("Walker, heavy duty, without wheels, rigid", "wo:wheel"),
            ("MRI w/o & w contrast", "w:wo:contrast"),
            ("MRI without contrast followed by with contrast", "wo:contrast w:contrast"),
            ("Lead, other than transvenous vdd", "wo:transvenous wo:vdd"),
            ("Drugs, not otherwise classified", ""),
            ("Pegfilgrastim, excludes biosimilar, 0.5 mg", "wo:biosimilar"),
            ("Shoe, includes fitting", "w:fitting"),
            ("with non-sterile pad", "wo:sterile w:pad"),
            ("width greater than or equal to three inches and less than five inches", ">three <five"),
            ("systolic < 140 mmhg; diastolic >= 90", "<140 >90"),
            ("pad size 16 sq. in. or less", "<16"),
            ("more than 16 sq. in. but less than or equal to 48 sq. in.", ">16 <48"),
            ("age 66 or older, up to 5 mg", ">66 <5"),
            ("Amniocore pro+, 4l+", "+pro +l"),
            ("plus 2+2", ""),
            ("dose = 5", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
