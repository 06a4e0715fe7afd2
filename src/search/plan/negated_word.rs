//! Writes out words that deny a part of themselves: `wheelless` is without wheels, `nonwheeled`
//! is non wheeled.

use std::borrow::Cow;

use super::denial::same_denials;
use super::expansion::NON;

/// What denies the word before it.
const LESS: &str = "less";
/// The minimum of letters of what is denied.
const LEAST_REST: usize = 4;

/// A text with such words written out, if they are unknown as a whole and known in part;
/// `non_form` gives the form of the part that a text has behind `non`, so that the whole is found.
pub(super) fn negated_words<'s>(
    text: &str,
    is_known: impl Fn(&str) -> bool,
    non_form: impl Fn(&str) -> Option<&'s str>,
) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let has = |part: &str| {
        let mut parts = bytes.windows(part.len());
        parts.any(|own| own.eq_ignore_ascii_case(part.as_bytes()))
    };
    if !has(NON) && !has(LESS) {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len() + 8);
    let is_word = |char: char| char.is_ascii_alphabetic() || char == '-';
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        made.push_str(&rest[..start]);
        let own = &rest[start..];
        let end = own.find(|char| !is_word(char)).unwrap_or(own.len());
        match written_out(&own[..end].to_ascii_lowercase(), &is_known, &non_form) {
            Some(written) => made.push_str(&written),
            None => made.push_str(&own[..end]),
        }
        rest = &own[end..];
    }
    made.push_str(rest);
    Cow::Owned(made)
}

fn written_out<'s>(
    word: &str,
    is_known: &impl Fn(&str) -> bool,
    non_form: &impl Fn(&str) -> Option<&'s str>,
) -> Option<String> {
    let whole = word.replace('-', "");
    if is_known(&whole) || same_denials(&whole).any(|other| is_known(&other)) {
        return None;
    }
    let is_part = |rest: &&str| rest.len() >= LEAST_REST && !rest.contains('-') && is_known(rest);
    let non = word.strip_prefix(NON);
    let non = non.map(|rest| rest.trim_start_matches('-')).filter(is_part);
    let less = word.strip_suffix(LESS);
    let less = less.map(|rest| rest.trim_end_matches('-')).filter(is_part);
    match (non, less) {
        (Some(rest), _) => match non_form(rest) {
            Some(form) if form == rest => None,
            // `Non-emergent` is what descriptors call `non-emergency`.
            Some(form) => Some(format!("{NON}-{form}")),
            None => Some(format!("{NON} {rest}")),
        },
        (None, Some(rest)) => Some(format!("without {rest}")),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_deny_a_part_of_themselves() {
        let known = [
            "wheel",
            "wheeled",
            "uncoated",
            "coated",
            "stainless",
            "stain",
            "sterile",
            "nonsterile",
        ];
        #[rustfmt::skip]
        let cases = [
            ("Wheelless walker", "without wheel walker"),
            ("non-wheeled, nonwheeled", "non wheeled, non wheeled"),
            ("noncoated stainless", "noncoated stainless"),
            ("non-sterile unless none", "non-sterile unless none"),
            ("walker non-uncoated", "walker non-uncoated"),
            ("non-stain bag", "non-stained bag"),
        ];
        for (text, expected) in cases {
            let is_known = |word: &str| known.contains(&word);
            let non_form = |rest: &str| match rest {
                "uncoated" => Some("uncoated"),
                "stain" => Some("stained"),
                _ => None,
            };
            let written = negated_words(text, is_known, non_form);
            assert_eq!(written, expected, "{text}");
        }
    }
}
