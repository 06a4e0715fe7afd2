//! Whether a code means something else than before.

use std::collections::HashSet;

use crate::codeset::Record;
use crate::codeset::function_word::is_function_word;

/// Words that, like function words, do not distinguish one code from another.
const EMPTY_WORDS: [&str; 9] = [
    "include",
    "includes",
    "including",
    "not",
    "one",
    "otherwise",
    "their",
    "use",
    "without",
];

/// A revision keeps at least one in this many of the shorter descriptor's words. In the releases of
/// 2019 to 2026 the smallest share of a revision is 0.29 (G9247), and the greatest share of a
/// reissue is 0.09 (modifier CS).
const ONE_WORD_IN: usize = 4;

/// Whether a code was used again with another meaning, from one record of it to a later one.
///
/// It was if the long descriptors share less than a quarter of their words (modifier CS, an oil
/// spill until April 2020 and COVID-19 testing since), or if the code was added again after its
/// termination, with other words (J1440, filgrastim until 2013).
///
/// ```
/// use hcpcs::Record;
/// use hcpcs::history::is_reissue;
///
/// let mut old = Record::new("J1440".parse()?);
/// old.long_descriptor = "Injection, filgrastim (g-csf), 300 mcg".into();
/// let mut new = old.clone();
/// new.long_descriptor = "Injection, filgrastim (g-csf), excludes biosimilars, 1 mcg".into();
/// assert!(!is_reissue(&old, &new));
/// new.long_descriptor = "Fecal microbiota, live - jslm, 1 ml".into();
/// assert!(is_reissue(&old, &new));
/// # Ok::<(), hcpcs::ParseCodeError>(())
/// ```
#[must_use]
pub fn is_reissue(before: &Record, after: &Record) -> bool {
    if before.long_descriptor == after.long_descriptor {
        return false;
    }
    let (old, new) = (
        words(&before.long_descriptor),
        words(&after.long_descriptor),
    );
    if is_added_again(before, after) {
        return old != new;
    }
    let shared = old.intersection(&new).count();
    let shorter = old.len().min(new.len());
    shared * ONE_WORD_IN < shorter
}

/// Whether the code was terminated before it was added.
fn is_added_again(before: &Record, after: &Record) -> bool {
    match (before.terminated, after.added) {
        (Some(terminated), Some(added)) => terminated < added,
        _ => false,
    }
}

/// The words and numbers of a descriptor that identify the code.
fn words(text: &str) -> HashSet<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !(is_function_word(word) || EMPTY_WORDS.contains(&word.as_str())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(long: &str, added: &str, terminated: &str) -> Record {
        let mut record = Record::new("C9000".parse().unwrap());
        record.long_descriptor = long.into();
        record.added = added.parse().ok();
        record.terminated = terminated.parse().ok();
        record
    }

    #[test]
    fn revisions_are_none() {
        let before = record("Cyclosporin, parenteral, 250 mg", "1986-01-01", "");
        let after = record("Injection, cyclosporine, 250 mg", "1986-01-01", "");
        assert!(!is_reissue(&before, &after));
        let none = record("", "1986-01-01", "");
        assert!(!is_reissue(&none, &none));
    }

    #[test]
    fn added_again() {
        let before = record("Injection, a drug, 1 mg", "2010-01-01", "2010-12-31");
        let another = record("Injection, another drug, 1 mg", "2020-01-01", "");
        assert!(is_reissue(&before, &another));
        let same = record("Injection,  a drug, 1 mg", "2020-01-01", "");
        assert!(!is_reissue(&before, &same));
        let reactivated = record("Injection, a new drug, 1 mg", "2010-01-01", "");
        assert!(!is_reissue(&before, &reactivated));
    }
}
