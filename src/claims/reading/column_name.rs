//! The words of a column's name, and their classes: `HCPCS_1ST_MDFR_CD` is hcpcs, 1, mdfr, cd.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The words of column names, by what they say.
static CLASSES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut classes: HashMap<&str, Vec<&str>> = HashMap::new();
    let rows = include_str!("column_words.tsv").lines().skip(2);
    for (class, row) in rows.filter_map(|row| row.split_once('\t')) {
        let words = row.rsplit('\t').next().unwrap_or_default();
        for word in words.split(' ') {
            classes.entry(word).or_default().push(class);
        }
    }
    classes
});

/// The words of a name.
pub(super) struct Name(pub(super) Vec<String>);

impl Name {
    /// Whether a word is of a class.
    pub(super) fn has(&self, class: &str) -> bool {
        self.0.iter().any(|word| is_of(word, class))
    }

    /// Whether every word is of one of some classes.
    pub(super) fn is_of(&self, some: &[&str]) -> bool {
        let is_one = |word: &String| some.iter().any(|class| is_of(word, class));
        self.0.iter().all(is_one)
    }

    pub(super) fn is(&self, words: &[&str]) -> bool {
        self.0 == words
    }

    pub(super) fn has_word(&self, word: &str) -> bool {
        self.0.iter().any(|own| own == word)
    }
}

/// Whether a word is of a class.
pub(super) fn is_of(word: &str, class: &str) -> bool {
    let classes = CLASSES.get(word);
    classes.is_some_and(|classes| classes.contains(&class))
}

pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words that names join without a separator, as in `hcpcscode`.
const GLUED: &[&str] = &[
    "hcpcs",
    "hcpc",
    "cpt",
    "code",
    "codes",
    "cd",
    "procedure",
    "proc",
    "px",
    "mod",
    "mods",
    "modifier",
    "modifiers",
    "mdfr",
    "date",
    "dt",
    "dos",
    "service",
    "svc",
    "srvc",
    "expns",
    "from",
    "thru",
    "through",
    "to",
    "start",
    "end",
    "begin",
    "first",
    "last",
    "line",
    "claim",
    "clm",
    "id",
    "num",
    "number",
    "no",
    "units",
    "unit",
    "qty",
    "quantity",
    "count",
    "of",
    "day",
    "ndc",
    "charge",
    "item",
    "description",
    "desc",
    "paid",
    "birth",
    "received",
    "rev",
    "sv",
];
/// Ordinals and letters that number columns.
const ORDINALS: &[(&str, &str)] = &[
    ("first", "1"),
    ("second", "2"),
    ("third", "3"),
    ("fourth", "4"),
    ("fifth", "5"),
    ("sixth", "6"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
];

/// The words of a name in lower case: split where letters meet digits, where a capital follows a
/// small letter, and between known joined words. `1ST` and `first` are `1`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let letters: Vec<char> = name.chars().collect();
    let mut word = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied();
        let next = letters.get(at + 1).copied();
        let starts = before.is_some_and(|before| {
            before.is_ascii_digit() != letter.is_ascii_digit()
                || (letter.is_uppercase() && before.is_lowercase())
                || (letter.is_uppercase()
                    && before.is_uppercase()
                    && next.is_some_and(char::is_lowercase))
        });
        if starts || !letter.is_alphanumeric() {
            add(&std::mem::take(&mut word), &mut words);
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
    }
    add(&word, &mut words);
    join_letters(&mut words);
    words
}

/// Joins letters that are written apart, if they are a known word: `D.O.S.` is dos.
fn join_letters(words: &mut Vec<String>) {
    const FEWEST: usize = 3;
    let mut at = 0;
    while at < words.len() {
        let letters = words[at..]
            .iter()
            .take_while(|word| word.len() == 1)
            .count();
        let joined = words[at..at + letters].concat();
        if letters >= FEWEST && CLASSES.contains_key(&*joined) {
            words.splice(at..at + letters, [joined]);
        }
        at += letters.max(1);
    }
}

fn add(word: &str, words: &mut Vec<String>) {
    let is_number = words
        .last()
        .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    let is_ending = matches!(word, "st" | "nd" | "rd" | "th");
    if word.is_empty() || (is_number && is_ending) {
        return;
    }
    match unglue(word) {
        Some(parts) => words.extend(parts.into_iter().map(ordinal)),
        None => words.push(ordinal(word)),
    }
}

fn ordinal(word: &str) -> String {
    let number = ORDINALS.iter().find(|(ordinal, _)| *ordinal == word);
    number.map_or(word, |(_, number)| number).to_owned()
}

/// The known words that are joined in a word.
fn unglue(word: &str) -> Option<Vec<&str>> {
    if word.is_empty() {
        return Some(Vec::new());
    }
    let mut starts: Vec<&&str> = GLUED.iter().filter(|own| word.starts_with(**own)).collect();
    starts.sort_by_key(|own| std::cmp::Reverse(own.len()));
    starts.into_iter().find_map(|own| {
        let mut parts = unglue(&word[own.len()..])?;
        parts.insert(0, &word[..own.len()]);
        Some(parts)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_words() {
        for (name, expected) in [
            ("HCPCS_1ST_MDFR_CD", "hcpcs 1 mdfr cd"),
            ("LINE_1ST_EXPNS_DT", "line 1 expns dt"),
            ("hcpcs_modifier_1", "hcpcs modifier 1"),
            ("HCPCSCode", "hcpcs code"),
            ("D.O.S. From", "dos from"),
            ("Mod A B C", "mod a b c"),
            ("hcpcscode", "hcpcs code"),
            ("dateofservice", "date of service"),
            ("ServiceDateFrom", "service date from"),
            ("mod1", "mod 1"),
            ("Mod A", "mod a"),
            ("CPT/HCPCS", "cpt hcpcs"),
            ("sv101", "sv 101"),
            ("First Modifier", "1 modifier"),
            ("  Model # ", "model"),
            ("modified", "modified"),
            ("", ""),
            ("é", "é"),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }
}
