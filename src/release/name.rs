//! Reads a release from the name of a file.

use super::quarter::Quarter;
use crate::codeset::Date;

/// The parts of a release in one name.
pub(super) struct Name {
    pub(super) year: Option<u16>,
    pub(super) quarter: Option<Quarter>,
    pub(super) issue: Option<String>,
    /// Whether the name is one of HCPCS.
    pub(super) is_hcpcs: bool,
}

impl Name {
    pub(super) fn read(name: &str) -> Self {
        let words = words(name);
        let mut read = Self {
            year: None,
            quarter: None,
            issue: None,
            is_hcpcs: false,
        };
        for (index, Word { text: word, .. }) in words.iter().enumerate() {
            let mut earlier = words[..index].iter().rev();
            let (last, second) = (earlier.next(), earlier.next());
            let before = last.map_or("", |own| own.text.as_str());
            read.is_hcpcs |= word.starts_with("hcpc") || word == "anweb";
            if read.year.is_none() {
                read.year = year(word, before);
            } else if read.quarter.is_none() && before.len() == 4 && year(before, "").is_some() {
                read.quarter = Quarter::of_month(word);
            }
            read.quarter = read.quarter.or_else(|| quarter(word));
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            if issue_date(word).is_some() {
                read.issue = Some(word.clone());
            } else if before == "v" && is_number && read.issue.is_none() {
                // The letter of a version begins a word or follows the year: any other run of
                // letters and digits, such as `tmpqv45`, is no version.
                let follows_year = second.is_some_and(|own| year(&own.text, "").is_some());
                if follows_year || last.is_some_and(|own| own.is_apart) {
                    read.issue = Some(format!("v{word}"));
                }
            }
        }
        read
    }
}

/// A run of letters or of digits, in lower case.
struct Word {
    text: String,
    /// Whether it begins the name or follows a punctuation mark, and not another run.
    is_apart: bool,
}

/// The runs of letters and the runs of digits of a name.
fn words(name: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut last = (false, false);
    for letter in name.chars() {
        let kind = (letter.is_ascii_digit(), letter.is_alphabetic());
        if kind != (false, false) {
            match words.last_mut() {
                Some(word) if last == kind => word.text.extend(letter.to_lowercase()),
                _ => words.push(Word {
                    text: letter.to_lowercase().collect(),
                    is_apart: last == (false, false),
                }),
            }
        }
        last = kind;
    }
    words
}

/// A year: `2026`, or `17` after `HCPC`.
pub(super) fn year(word: &str, before: &str) -> Option<u16> {
    let number: u16 = word.parse().ok()?;
    match word.len() {
        4 if (2000..2100).contains(&number) => Some(number),
        2 if before.starts_with("hcpc") => Some(2000 + number),
        _ => None,
    }
}

/// The quarter that begins with a month.
fn quarter(word: &str) -> Option<Quarter> {
    match word {
        "jan" | "january" => Some(Quarter::January),
        "apr" | "april" => Some(Quarter::April),
        "jul" | "july" => Some(Quarter::July),
        "oct" | "october" => Some(Quarter::October),
        _ => None,
    }
}

/// The day of an issue that CMS writes as month, day and year.
pub(super) fn issue_date(issue: &str) -> Option<Date> {
    let is_number = issue.len() == 8 && issue.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = is_number.then(|| issue.parse().ok())??;
    Date::from_number(number % 10_000 * 10_000 + number / 10_000)
}
