//! The qualifiers that a text gives its words: with or without it, less or more than it.

use super::bound::{bound, comparison};
use super::negation::{begins_pair, pair_denies};
use super::qualifier::Qualifiers;
use super::unit::{is_number, is_number_word};
use super::words::Span;

/// The plus of a name, as a word.
const PLUS: &str = "plus";

/// The qualifiers of each word of a text.
pub(super) fn qualifiers(text: &str, spans: &[Span]) -> Vec<Qualifiers> {
    let mut presence = Presence::default();
    let of = |(at, span): (usize, &Span)| {
        let mut said = presence.next(span, spans.get(at + 1));
        let has_digit = starts_with_digit(span);
        if has_digit || is_number_word(&span.word) {
            said = said.and(bound(text, spans, at));
        }
        if has_plus(text, span) || (!has_digit && is_named_plus(&spans[at + 1..])) {
            // `50+` is a lower bound, `pro+` a name.
            said = said.and(if has_digit && is_number(&span.term) {
                Qualifiers::MORE
            } else {
                Qualifiers::PLUS
            });
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
    /// The word before, if it may begin a pair that denies: `other than`.
    begun: Option<&'static str>,
    /// Whether the word before was `non`, which denies one word only: `non-sterile gauze pad`.
    was_non: bool,
    /// Whether the word before was `not`, which `with` does not end: `not with border`.
    was_not: bool,
}

impl Presence {
    fn next(&mut self, span: &Span, following: Option<&Span>) -> Qualifiers {
        let begun = std::mem::take(&mut self.begun);
        let was_non = std::mem::take(&mut self.was_non);
        let is_after_not = std::mem::take(&mut self.was_not);
        let term = span.term.as_str();
        let marker = match term {
            "with" | "w" | "including" | "include" if is_after_not => return Qualifiers::default(),
            "with" | "w" | "including" | "include" => Qualifiers::WITH,
            // `Plus or minus 4 d` is a number.
            "minus" if following.is_some_and(starts_with_digit) => return self.now,
            // `Not less than 140` is a bound.
            "not" | "no" if following.is_some_and(|next| comparison(&next.word).is_some()) => {
                return Qualifiers::default();
            }
            "not" | "no" => {
                self.was_not = true;
                Qualifiers::WITHOUT
            }
            "without" | "wo" | "lacking" | "minus" | "san" => Qualifiers::WITHOUT,
            "non" => {
                self.was_non = true;
                return Qualifiers::default();
            }
            "except" | "excl" | "excluding" | "exclude" => {
                Qualifiers::WITHOUT.and(Qualifiers::EXCLUDED)
            }
            _ if begun.is_some_and(|first| pair_denies(first, term)) => Qualifiers::WITHOUT,
            // `Not otherwise classified` denies nothing.
            "otherwise" => {
                *self = Self::default();
                return Qualifiers::default();
            }
            "other" => {
                self.begun = Some("other");
                return Qualifiers::default();
            }
            "a" | "an" | "and" | "any" | "by" | "followed" | "or" | "the" => {
                return Qualifiers::default();
            }
            _ => {
                self.begun = begins_pair(term);
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

fn starts_with_digit(span: &Span) -> bool {
    span.word.starts_with(|char: char| char.is_ascii_digit())
}

/// Whether a term compares numbers or is the plus of a name, so that a descriptor may write a sign
/// for it: `140 or higher`, `pro plus`.
pub(crate) fn is_sign_word(term: &str) -> bool {
    comparison(term).is_some() || term == PLUS
}

/// Whether the word `plus` follows, as part of a name and not of a number.
fn is_named_plus(behind: &[Span]) -> bool {
    let [plus, rest @ ..] = behind else {
        return false;
    };
    let is_sum = rest
        .first()
        .is_some_and(|next| starts_with_digit(next) || next.word == "or");
    plus.word == PLUS && !plus.after_mark && !is_sum
}

/// Whether a plus follows a word directly, or with a blank at the end of the text.
fn has_plus(text: &str, span: &Span) -> bool {
    let behind = text.as_bytes().get(span.end as usize..).unwrap_or_default();
    match behind.strip_prefix(b"+") {
        Some(rest) => !rest.first().is_some_and(u8::is_ascii_alphanumeric),
        None => behind.trim_ascii() == b"+",
    }
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
            ("foam dressing not with border", "wo:border"),
            ("epoetin not for dialysis", "wo:for wo:dialysis"),
            ("cushion instead of foam; free of latex", "wo:foam wo:latex"),
            ("sphere plus or minus 4 d", ""),
            ("stent minus delivery", "wo:delivery"),
            ("140 mmhg or more, 9 or higher", ">140 >9"),
            ("at most 50 ml, 50 or lower ml", "<50 <50"),
            ("not less than 140, no more than 9", ">140 <9"),
            ("exceeding 48 sq in, 50+ ml", ">48 >50"),
            ("up to and including 300 pounds", "w:<300 w:pound"),
            ("amniocore pro +", "+pro"),
            ("amniocore pro plus", "+pro"),
            ("lidocaine sans epinephrine", "wo:epinephrine"),
        ];
        for (text, expected) in cases {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
