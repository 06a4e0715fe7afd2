//! The modifiers of a claim line: one by one, or several in a cell, glued or not.

use super::claim_line::{ClaimLine, GAPS, JOINS};
use super::value::{plain, refuse_shortened, whole};
use super::written_days::is_day;
use crate::codeset::Measure;
use crate::error::{Error, Result, excerpt};

/// A line with more modifiers is not a claim line; the formats of claims have four or five.
const MOST_MODIFIERS: usize = 24;
/// Words in the place of a modifier that would be read as glued modifiers, or as one.
const WORDS: &[&str] = &[
    "TRUE",
    "FALSE",
    "YES",
    "SAME",
    "LEFT",
    "RIGHT",
    "BOTH",
    "USED",
    "RENT",
    "RENTAL",
    "BILATERAL",
    "TECH",
    "PROF",
    "GLOBAL",
    "FULL",
    "PART",
    "ONLY",
    "EACH",
    "UNIT",
    "COMP",
    "PURCHASE",
];

impl ClaimLine {
    /// Adds a modifier, unless the text stands for none.
    pub(super) fn add_modifier(&mut self, text: &str) -> Result<()> {
        let text = plain(text);
        if text.is_empty() {
            return Ok(());
        }
        refuse_shortened(text)?;
        if is_word(text) {
            let reason = format!("`{text}` is a word and no modifier");
            return Err(Error::query(reason));
        }
        if self.modifiers.len() == MOST_MODIFIERS {
            return Err(Error::query(format!(
                "there are more than {MOST_MODIFIERS} modifiers; write one claim line a line"
            )));
        }
        self.modifiers.push(whole(text).to_uppercase());
        Ok(())
    }

    /// Adds the modifiers of a cell, which may hold several: `RR KX`, `RR,KX`, `RR-KX`, `RRKX`.
    pub(super) fn add_modifiers(&mut self, cell: &str) -> Result<()> {
        let is_gap = |letter: char| {
            letter.is_whitespace() || GAPS.contains(&letter) || JOINS.contains(&letter)
        };
        let cell = plain(cell);
        refuse_shortened(cell)?;
        if cell.len() > 2 && (is_day(cell) || is_number(whole(cell).split(is_gap))) {
            let reason = format!("`{}` is a day or a number and no modifier", excerpt(cell));
            return Err(Error::query(reason));
        }
        whole(cell)
            .split(is_gap)
            .try_for_each(|part| match pairs(part) {
                Some(pairs) => self.add_glued(part, &pairs),
                None => self.add_modifier(part),
            })
    }

    /// Adds the modifiers of a part of a text line, in which digits may also be a wrong day or a
    /// quantity.
    pub(super) fn add_written_modifiers(&mut self, part: &str) -> Result<()> {
        for own in whole(part).split(JOINS).map(plain) {
            // Behind a day, digits are mostly a quantity.
            let is_number = own.bytes().all(|byte| byte.is_ascii_digit());
            if refuse_quantity(own)? || (is_number && own.len() == 2 && self.dos.is_some()) {
                let reading = format!("`{own}` is read as a modifier, not as a quantity");
                self.readings.push(reading);
            }
            if refuse_amount(own)? {
                let reading = format!("`{own}` is read as modifiers, not as an amount");
                self.readings.push(reading);
            }
            match pairs(own).filter(|pairs| are_glued(pairs)) {
                Some(pairs) => self.add_glued(own, &pairs)?,
                None if own.chars().count() > 2 && !is_word(own) => {
                    return Err(Error::query(format!(
                        "`{}` is neither a day nor a modifier; write days as YYYY-MM-DD, and a \
                         modifier as two letters or digits",
                        excerpt(own)
                    )));
                }
                None => self.add_modifier(own)?,
            }
        }
        Ok(())
    }

    /// Adds glued modifiers. Letters alone may also be a word, so that their reading is said.
    pub(super) fn add_glued(&mut self, text: &str, pairs: &[&str]) -> Result<()> {
        let is_letters = text.bytes().all(|byte| byte.is_ascii_alphabetic());
        if pairs.len() > 1 {
            if is_word(text) {
                return self.add_modifier(text);
            }
            if is_letters {
                let names = pairs.join(", ").to_uppercase();
                let reading = format!("`{text}` is read as the modifiers {names}");
                self.readings.push(reading);
            }
        }
        pairs.iter().try_for_each(|own| self.add_modifier(own))
    }
}

/// Refuses a quantity such as `x2`; whether it is a modifier that looks like one, such as `X2`.
pub(super) fn refuse_quantity(part: &str) -> Result<bool> {
    let is_sign = |letter: char| matches!(letter, 'x' | 'X');
    let number = part.strip_prefix(is_sign).or(part.strip_suffix(is_sign));
    let is_digit = |byte: u8| byte.is_ascii_digit();
    let Some(number) = number.filter(|own| !own.is_empty() && own.bytes().all(is_digit)) else {
        return Ok(false);
    };
    if part.contains('x') || number.len() > 1 {
        let reason = format!(
            "`{}` seems to be a quantity; give the units in a column `units`, and a modifier in \
             capitals",
            excerpt(part)
        );
        return Err(Error::query(reason));
    }
    Ok(true)
}

/// Refuses an amount such as `50mg`; whether it is modifiers that look like one, such as `50MG`.
fn refuse_amount(part: &str) -> Result<bool> {
    let unit = part.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_amount = unit.len() < part.len() && Measure::of_word(&unit.to_lowercase()).is_some();
    if is_amount && unit.chars().all(char::is_lowercase) {
        let reason = format!(
            "`{}` seems to be an amount; give it in a column `dose`, and a modifier in capitals",
            excerpt(part)
        );
        return Err(Error::query(reason));
    }
    Ok(is_amount && part.len() > 2)
}

fn is_word(text: &str) -> bool {
    WORDS.iter().any(|own| own.eq_ignore_ascii_case(text))
}

/// A text split into modifiers of two characters; `None` if it does not consist of such.
pub(super) fn pairs(text: &str) -> Option<Vec<&str>> {
    let is_of_pairs = text.len().is_multiple_of(2)
        && text.len() <= 10
        && !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_of_pairs.then(|| {
        (0..text.len())
            .step_by(2)
            .map(|at| &text[at..at + 2])
            .collect()
    })
}

/// Whether all parts of a cell are digits and some of them no modifier, such as those of a wrong
/// day: CPT's modifiers of two digits begin with 22.
fn is_number<'c>(parts: impl Iterator<Item = &'c str>) -> bool {
    const FIRST: &str = "22";
    let mut all = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        all.extend(pairs(part).unwrap_or_else(|| vec![part]));
    }
    all.len() > 1 && all.iter().any(|own| *own < FIRST)
}

/// Whether pairs are modifiers of CPT, of which those of two digits begin with 22.
pub(super) fn are_of_cpt(pairs: &[&str]) -> bool {
    pairs
        .iter()
        .all(|own| own.parse().is_ok_and(|number: u8| number >= 22))
}

/// Whether pairs are modifiers and no number: several of digits alone, and digits after a letter
/// with a digit, are a number.
pub(super) fn are_glued(pairs: &[&str]) -> bool {
    let is_digits = |own: &str| own.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = pairs.iter().all(|own| is_digits(own))
        || pairs.windows(2).any(|two| {
            let ends_in_digit = two[0].ends_with(|last: char| last.is_ascii_digit());
            ends_in_digit && !is_digits(two[0]) && is_digits(two[1])
        });
    pairs.len() == 1 || !is_number
}
