//! Writes out what a question shortens: `w/o` as `without`, `isn't` as `not`, `≧` as `≥`. The
//! answer is then the same for each way of writing it.

use std::borrow::Cow;

/// Contractions with `not`, without their apostrophes. What cannot be is no denial: descriptors
/// speak of it.
const NOT: [&str; 15] = [
    "arent", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt", "shouldnt",
    "wasnt", "werent", "wont", "wouldnt", "aint",
];
/// Those of them that are other words without the apostrophe.
const OTHER_WORDS: [&str; 1] = ["wont"];
/// Who or what a clause of purpose is about, next to its `so`: `so I don't fall`, `so the skin does
/// not tear`. What is not to happen is no denial: descriptors speak of it.
const PURPOSE: [&str; 21] = [
    "a", "baby", "child", "dad", "he", "her", "his", "i", "it", "mom", "mother", "my", "our",
    "she", "that", "the", "their", "they", "we", "you", "your",
];
/// Marks that end a clause.
const CLAUSE_ENDS: [char; 4] = [',', ';', '.', '?'];
/// Pairs of words that are one word.
const PAIRS: [(&str, &str, &str); 4] = [
    ("can", "not", "cannot"),
    ("with", "out", "without"),
    ("w", "o", "without"),
    ("w", "out", "without"),
];
/// Greek letters of names, and how descriptors write them.
const GREEK: [(char, &str); 8] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('ω', "omega"),
];
/// Signs and entities, and how descriptors write them.
const SIGNS: [(&str, &str); 8] = [
    ("&gt;", ">"),
    ("&lt;", "<"),
    ("&ge;", "≥"),
    ("&le;", "≤"),
    ("≧", "≥"),
    ("⩾", "≥"),
    ("≦", "≤"),
    ("⩽", "≤"),
];

/// A question with its abbreviations of `with` and `not`, and its signs, written out.
pub(crate) fn written_out(text: &str) -> Cow<'_, str> {
    let text = signs(text);
    if !may_shorten(&text) {
        return text;
    }
    let mut made = String::with_capacity(text.len() + 8);
    let mut rest: &str = &text;
    let mut is_purpose = false;
    while !rest.is_empty() {
        let blanks = rest.len() - rest.trim_start().len();
        made.push_str(&rest[..blanks]);
        rest = &rest[blanks..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let next = behind.trim_start();
        let next = &next[..next.find(char::is_whitespace).unwrap_or(next.len())];
        let bare = word.trim_start_matches(['(', '[', '"', ',']);
        if let Some(one) = pair(bare, next) {
            made.push_str(&word[..word.len() - bare.len()]);
            made.push_str(one);
            rest = behind.trim_start().get(next.len()..).unwrap_or_default();
            continue;
        }
        let begins = begins_purpose(word, next);
        is_purpose |= begins;
        if !(begins || is_purpose && is_not(word)) {
            push(word, next, &mut made);
        }
        is_purpose &= !word.ends_with(CLAUSE_ENDS);
        rest = behind;
    }
    Cow::Owned(made)
}

/// Whether a text may have something to write out: a quick look.
fn may_shorten(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_sign = |byte: &u8| matches!(byte, b'/' | b'\'' | b'<' | b'>');
    let has = |part: &[u8]| {
        let mut parts = bytes.windows(part.len());
        parts.any(|own| own.eq_ignore_ascii_case(part))
    };
    let parts: [&[u8]; 5] = [b"nt", b" o", b"nn", b"so ", b" not"];
    bytes.iter().any(is_sign) || parts.into_iter().any(has)
}

/// Whether a word and the next one begin a clause of purpose.
fn begins_purpose(word: &str, next: &str) -> bool {
    word.eq_ignore_ascii_case("so") && PURPOSE.contains(&&*next.to_ascii_lowercase())
}

/// Whether a word is `not`, or a contraction with it.
fn is_not(word: &str) -> bool {
    let own = word.to_ascii_lowercase();
    let plain = own.replace('\'', "");
    let is_contraction = || NOT.contains(&&*plain);
    plain == "not" || is_contraction() && (plain != own || !OTHER_WORDS.contains(&&*plain))
}

fn signs(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if text.is_ascii() && !text.contains('&') {
        return text;
    }
    for (sign, plain) in SIGNS {
        if text.contains(sign) {
            text = Cow::Owned(text.replace(sign, plain));
        }
    }
    let name = |char: char| GREEK.iter().find(|own| own.0 == char).map(|own| own.1);
    if text.is_ascii() || !text.contains(|char| name(char).is_some()) {
        return text;
    }
    // `β1a` is beta-1a.
    let mut made = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(char) = letters.next() {
        match name(char) {
            Some(name) => {
                let is_glued = letters.peek().is_some_and(char::is_ascii_alphanumeric);
                made.push_str(name);
                made.push_str(if is_glued { "-" } else { "" });
            }
            None => made.push(char),
        }
    }
    Cow::Owned(made)
}

/// Two words that are one, without marks around them.
fn pair(word: &str, next: &str) -> Option<&'static str> {
    let is = |own: &&(&str, &str, &str)| {
        word.eq_ignore_ascii_case(own.0) && next.eq_ignore_ascii_case(own.1)
    };
    PAIRS.iter().find(is).map(|own| own.2)
}

/// Adds a word, written out.
fn push(word: &str, next: &str, made: &mut String) {
    let is_number = |text: &str| {
        let number = text.trim_start_matches(['=', '≥', '≤', '.']);
        number.is_empty() || number.starts_with(|char: char| char.is_ascii_digit())
    };
    // `< bachelor degree`; before a number the sign stays.
    if matches!(word, "<" | ">") && !is_number(next) && next.starts_with(char::is_alphabetic) {
        made.push_str(if word == "<" {
            "less than"
        } else {
            "more than"
        });
        return;
    }
    let start = word.find(|char: char| char.is_ascii_alphabetic());
    let (before, inner) = word.split_at(start.unwrap_or(word.len()));
    let slash = inner.get(..2).filter(|own| own.eq_ignore_ascii_case("w/"));
    let is_sign = |char: Option<char>| char.is_none_or(|char| !char.is_ascii_alphanumeric());
    if slash.is_some() && is_sign(before.chars().next_back()) {
        let behind = &inner[2..];
        let out = ["out", "o"].into_iter().find(|own| {
            let is_own = behind
                .get(..own.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(own));
            is_own && is_sign(behind[own.len()..].chars().next())
        });
        made.push_str(before);
        made.push_str(if out.is_some() { "without" } else { "with" });
        let behind = &behind[out.map_or(0, str::len)..];
        if behind.starts_with(char::is_alphanumeric) {
            made.push(' ');
        }
        made.push_str(behind);
        return;
    }
    let end = inner
        .find(|char: char| !(char.is_ascii_alphabetic() || char == '\''))
        .unwrap_or(inner.len());
    let own = &inner[..end];
    let own = if is_not(own) && !own.eq_ignore_ascii_case("not") {
        "not"
    } else {
        own
    };
    made.push_str(before);
    made.push_str(own);
    made.push_str(&inner[end..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shortened() {
        #[rustfmt::skip]
        let cases = [
            ("bed W/O mattress, w/rails", "bed without mattress, with rails"),
            ("bed w/out mattress (w/ rails)", "bed without mattress (with rails)"),
            ("bed (with out a mattress)", "bed (without a mattress)"),
            ("walker w o wheels", "walker without wheels"),
            ("it isn't, wasnt and DIDN'T", "it not, not and not"),
            ("wasn't can't", "not can't"),
            ("child who can not or cannot stand", "child who cannot or cannot stand"),
            ("rail so I don't fall", "rail  I  fall"),
            ("pad so that it does NOT leak, not sterile", "pad  that it does  leak, not sterile"),
            ("so not sterile", "so not sterile"),
            ("shoulder SO not custom", "shoulder SO not custom"),
            ("w/o", "without"),
            ("ow/o 5w/o w/oxygen", "ow/o 5w/o with oxygen"),
            ("a &gt;= 140; b ≧ 9 ⩽ 8", "a >= 140; b ≥ 9 ≤ 8"),
            ("< bachelor degree", "less than bachelor degree"),
            ("< 22 in, > .5", "< 22 in, > .5"),
            ("patient's count", "patient's count"),
            ("interferon β-1a or β1a, α blocker", "interferon beta-1a or beta-1a, alpha blocker"),
            ("walker with o-ring", "walker with o-ring"),
        ];
        for (text, expected) in cases {
            assert_eq!(written_out(text), expected, "{text}");
        }
    }
}
