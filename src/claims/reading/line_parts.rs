//! A claim line from its parts in any order: code, modifiers, days.

use super::claim_line::{ClaimLine, GAPS, JOINS, is_code};
use super::composite::{CodeSet, Composite};
use super::line_modifiers::{are_glued, are_of_cpt, pairs, refuse_quantity};
use super::value::{plain, refuse_formula_error, refuse_shortened, whole};
use super::written_days::{Days, Place, days, is_day, says_no_end};
use crate::annotation::Ndc;
use crate::error::{Error, Result, excerpt};

impl ClaimLine {
    /// Reads the cells of a row without a header: the code first, then modifiers and days.
    pub(crate) fn from_cells<'c>(cells: impl IntoIterator<Item = &'c str>) -> Result<Self> {
        let mut line = Self::default();
        for cell in cells {
            line.add(cell)?;
        }
        let is_id = !is_code(&line.code) && line.code_set == CodeSet::Hcpcs;
        if let Some(code) = line.modifiers.iter().find(|own| is_id && is_code(own)) {
            let reason = format!(
                "`{}` comes before `{code}`; write the code first, or a header above the \
                 lines",
                excerpt(&line.code)
            );
            return Err(Error::query(reason));
        }
        line.checked()
    }

    /// Takes the next part of a line.
    pub(super) fn add(&mut self, part: &str) -> Result<()> {
        let part = plain(part);
        if part.is_empty() {
            return Ok(());
        }
        refuse_formula_error(part)?;
        if self.code.is_empty() {
            return self.put_first(part);
        }
        if self.code.eq_ignore_ascii_case("HC") && self.modifiers.is_empty() && is_code(part) {
            // X12's qualifier is also a modifier; it is the qualifier only if a code follows.
            self.code.clear();
            return self.put_first(part);
        }
        if self.add_days(part)? {
            return Ok(());
        }
        let is_gap = |letter: char| letter.is_whitespace() || GAPS.contains(&letter);
        if !part.contains(is_gap) {
            return if is_code(part) {
                self.add_modifier(part)
            } else {
                self.add_written_modifiers(part)
            };
        }
        part.split(is_gap).try_for_each(|own| self.add(own))
    }

    /// Takes the days that a part of a line names; whether it names some.
    fn add_days(&mut self, part: &str) -> Result<bool> {
        if self.dos.is_some() && says_no_end(part, Place::Text) {
            self.say_no_end();
            return Ok(true);
        }
        match days_in(part)? {
            Some(days) => self.put_days(days).map(|()| true),
            None => Ok(false),
        }
    }

    /// The first part of a line: the code, with or without modifiers.
    pub(super) fn put_first(&mut self, part: &str) -> Result<()> {
        refuse_shortened(part)?;
        let part = whole(part);
        if is_ndc(part) {
            part.clone_into(&mut self.code);
            return Ok(());
        }
        let is_gap = |letter: char| letter.is_whitespace() || GAPS.contains(&letter);
        if let Some((first, rest)) = part.split_once(is_gap) {
            self.add(first)?;
            return rest.split(is_gap).try_for_each(|own| self.add(own));
        }
        let (code, modifiers) = part.split_once(JOINS).unwrap_or((part, ""));
        let (code, glued) = match code
            .get(..5)
            .filter(|start| code.len() > 5 && is_code(start))
        {
            Some(start) => {
                refuse_quantity(&code[5..])?;
                match pairs(&code[5..]).filter(|own| are_glued(own) || are_of_cpt(own)) {
                    Some(pairs) => (start, pairs),
                    None => (code, Vec::new()),
                }
            }
            None => (code, Vec::new()),
        };
        self.code = code.to_uppercase();
        glued
            .into_iter()
            .try_for_each(|own| self.add_modifier(own))?;
        modifiers
            .split(JOINS)
            .try_for_each(|own| self.add_modifier(own))
    }

    /// Reads X12's composite.
    pub(super) fn of_composite(composite: &Composite<'_>) -> Result<Self> {
        let mut line = Self {
            code_set: composite.code_set,
            ..Self::default()
        };
        let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
        // Modifiers have four places; the part after them is the description, in free words.
        for part in composite.parts.iter().take(5) {
            for own in part.split(is_gap).filter(|own| !own.is_empty()) {
                if line.code.is_empty() {
                    line.code = plain(own).to_uppercase();
                } else if !line.add_days(own)? {
                    line.add_modifier(own)?;
                }
            }
            if line.code.is_empty() {
                // What follows are modifiers, and one of them would be judged as the code.
                return Err(Error::query("there is no code; give one such as `J1640`"));
            }
        }
        if let Some(end) = composite.parts.get(6).filter(|own| is_code(own.trim())) {
            line.say_unread("last code of its range (SV101-8, SV202-8)", end.trim());
        }
        if let Some(ninth) = composite
            .parts
            .iter()
            .skip(7)
            .find(|own| !own.trim().is_empty())
        {
            line.say_unread("part of its composite after the eighth", ninth.trim());
        }
        Ok(line)
    }

    /// Says of a part of the line that it is not checked.
    pub(super) fn say_unread(&mut self, what: &str, text: &str) {
        self.readings
            .push(format!("the {what}, `{}`, is not checked", excerpt(text)));
    }
}

impl std::str::FromStr for ClaimLine {
    type Err = Error;

    /// Reads `J1640`, `J1640 JW`, `J1640-JW`, `J1640JW`, `HC:J1640:JW`, with or without days of
    /// service.
    fn from_str(text: &str) -> Result<Self> {
        if let Some(composite) = Composite::of(text) {
            return Self::of_composite(&composite);
        }
        let is_gap = |letter: char| letter.is_whitespace() || GAPS.contains(&letter);
        if is_words(text) || is_ndc(text) {
            return Ok(Self {
                code: text.trim().to_uppercase(),
                ..Self::default()
            });
        }
        Self::from_cells(text.split(is_gap))
    }
}

/// Whether a text is the number of a drug package in its groups, and no code with modifiers.
fn is_ndc(text: &str) -> bool {
    let text = text.trim();
    let number = text.strip_prefix("N4").map_or(text, str::trim_start);
    number.parse::<Ndc>().is_ok()
}

/// Whether a text is words, such as `see pharmacy`, and no code with modifiers: a code has a digit.
fn is_words(text: &str) -> bool {
    let words = text.split_whitespace().map(plain);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.len() > 1
        && words.iter().any(|word| word.len() > 2)
        && !text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The days that a part of a line names; `None` if it is something else.
fn days_in(part: &str) -> Result<Option<Days>> {
    const SHORTEST: usize = "1/1/26".len();
    if part.len() < SHORTEST || !part.bytes().any(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    match days(part, Place::Text) {
        // What is wrong with a day is said of the day.
        Err(error) if is_day(part) => Err(error),
        found => Ok(found.ok().flatten()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_part_may_hold_the_modifiers() {
        for part in ["J1640 JW KX", "J1640,JW;KX", "J1640-JW-KX", "J1640JWKX"] {
            let mut line = ClaimLine::default();
            line.put_first(part).unwrap();
            assert_eq!(line.code, "J1640", "{part}");
            assert_eq!(line.modifiers, ["JW", "KX"], "{part}");
        }
        let line: ClaimLine = "List of codes with prices".parse().unwrap();
        assert_eq!(
            (line.code.as_str(), line.modifiers.len()),
            ("LIST OF CODES WITH PRICES", 0)
        );
    }
}
