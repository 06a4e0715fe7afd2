//! `Scope`: how much of CMS's code set a release holds.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::ReleaseId;
use crate::codeset::{Code, Kind, Record};

/// About how many codes CMS's releases have today; the starter set is compared with it.
const CODES_OF_A_RELEASE: &str = "9,000";

/// The sections of procedure codes that every release of CMS since 2016 has.
const SECTIONS: &str = "ABCEGHJKLMPQRSTV";
/// The section that came in 2020, and the first year in which every release has it.
const LATER_SECTION: (char, u16) = ('U', 2021);

/// How much of CMS's code set a release holds.
///
/// ```
/// use hcpcs::release::Scope;
///
/// let starter = hcpcs::Release::starter()?;
/// let scope = Scope::of(&starter.id, &starter.records);
/// assert_eq!(scope.to_string(), "809 of about 9,000 codes");
/// assert!(scope.may_lack("A4295".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Scope {
    /// A release of CMS with all its kinds and sections.
    #[default]
    Whole,
    /// The starter set, which the program ships.
    Starter {
        /// How many codes and modifiers it has.
        codes: usize,
    },
    /// A release without the modifiers, without the procedure codes or a section of them, or without
    /// dates.
    Partial {
        /// Whether it has no modifiers.
        no_modifiers: bool,
        /// The letters of the sections that are missing.
        no_sections: String,
        /// Whether it has no date of any code; a list of codes and descriptors has none.
        no_dates: bool,
    },
}

impl Scope {
    /// The scope of a release, by its identity and its records.
    #[must_use]
    pub fn of(id: &ReleaseId, records: &[Record]) -> Self {
        if id.is_starter() {
            let codes = records.len();
            return Self::Starter { codes };
        }
        let is_modifier = |own: &Record| own.code.kind() == Kind::Modifier;
        let sections: BTreeSet<char> = records
            .iter()
            .filter(|own| !is_modifier(own))
            .filter_map(|own| own.code.as_str().chars().next())
            .collect();
        let (later, since) = LATER_SECTION;
        let expected = SECTIONS.chars().chain((id.year >= since).then_some(later));
        let missing: BTreeSet<char> = expected.filter(|own| !sections.contains(own)).collect();
        let no_sections: String = missing.into_iter().collect();
        let no_modifiers = !records.iter().any(is_modifier);
        let no_dates = records
            .iter()
            .all(|own| own.added.is_none() && own.terminated.is_none());
        if no_sections.is_empty() && !no_modifiers && !no_dates {
            return Self::Whole;
        }
        Self::Partial {
            no_modifiers,
            no_sections,
            no_dates,
        }
    }

    /// Whether the release has all kinds and sections of the code set.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        *self == Self::Whole
    }

    /// Whether the code set may have a code that the release lacks.
    #[must_use]
    pub fn may_lack(&self, code: Code) -> bool {
        match self {
            Self::Whole => false,
            Self::Starter { .. } => true,
            Self::Partial {
                no_modifiers,
                no_sections,
                no_dates: _,
            } => match code.kind() {
                Kind::Modifier => *no_modifiers,
                Kind::Procedure => code.as_str().starts_with(|own| no_sections.contains(own)),
            },
        }
    }

    /// The scope in a few words, to follow the release's name; `None` for a whole release.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        match self {
            Self::Whole => None,
            Self::Partial { .. } => Some("partial".to_owned()),
            Self::Starter { .. } => Some(self.to_string()),
        }
    }
}

/// Writes the scope with all that is missing.
impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Whole => "whole".to_owned(),
            Self::Starter { codes } => format!("{codes} of about {CODES_OF_A_RELEASE} codes"),
            Self::Partial {
                no_modifiers,
                no_sections,
                no_dates,
            } => {
                let letters: Vec<String> = no_sections.chars().map(String::from).collect();
                let sections = match letters.as_slice() {
                    [] => None,
                    [one] => Some(format!("no codes of section {one}")),
                    _ if SECTIONS.chars().all(|own| no_sections.contains(own)) => {
                        Some("no procedure codes".to_owned())
                    }
                    several => Some(format!("no codes of sections {}", several.join(", "))),
                };
                let modifiers = no_modifiers.then(|| "no modifiers".to_owned());
                let dates = no_dates.then(|| "no dates".to_owned());
                let missing = modifiers.into_iter().chain(sections).chain(dates);
                let missing: Vec<String> = missing.collect();
                format!("partial: {}", missing.join(", "))
            }
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(codes: &[&str]) -> Scope {
        let records: Vec<Record> = codes
            .iter()
            .map(|code| {
                let mut record = Record::new(code.parse().unwrap());
                record.added = Some("2020-01-01".parse().unwrap());
                record
            })
            .collect();
        Scope::of(&"2026-01".parse().unwrap(), &records)
    }

    fn all() -> Vec<String> {
        let letters = SECTIONS.chars().chain([LATER_SECTION.0]);
        let codes = letters.map(|letter| format!("{letter}1000"));
        codes.chain(["JW".to_owned()]).collect()
    }

    #[test]
    fn what_is_missing_is_named() {
        let all = all();
        let codes: Vec<&str> = all.iter().map(String::as_str).collect();
        assert_eq!(scope(&codes), Scope::Whole);
        let without = |letters: &str| {
            let kept = codes.iter().copied();
            let kept = kept.filter(|code| !code.starts_with(|own| letters.contains(own)));
            scope(&kept.collect::<Vec<_>>())
        };
        let tv = without("TV");
        assert_eq!(tv.to_string(), "partial: no codes of sections T, V");
        assert!(tv.may_lack("V2020".parse().unwrap()) && !tv.may_lack("S0001".parse().unwrap()));
        assert!(
            !tv.may_lack("TC".parse().unwrap()),
            "a modifier of that letter"
        );
        assert_eq!(without("T").to_string(), "partial: no codes of section T");
        let unmodified = scope(&codes[..codes.len() - 1]);
        assert_eq!(unmodified.to_string(), "partial: no modifiers");
        assert!(unmodified.may_lack("JW".parse().unwrap()));
        assert_eq!(scope(&["JW"]).to_string(), "partial: no procedure codes");
        assert_eq!(scope(&["JW"]).note().unwrap(), "partial");
        let undated = [Record::new("JW".parse().unwrap())];
        let undated = Scope::of(&"2026-01".parse().unwrap(), &undated).to_string();
        assert_eq!(undated, "partial: no procedure codes, no dates");
    }

    #[test]
    fn a_section_of_later_years_is_not_missed() {
        let records: Vec<Record> = all()
            .iter()
            .filter(|code| !code.starts_with(LATER_SECTION.0))
            .map(|code| {
                let mut record = Record::new(code.parse().unwrap());
                record.added = Some("2010-01-01".parse().unwrap());
                record
            })
            .collect();
        let scope = |id: &str| Scope::of(&id.parse().unwrap(), &records);
        let code = "U0001".parse().unwrap();
        assert!(scope("2020-01").is_whole() && !scope("2020-01").may_lack(code));
        assert!(scope("2021-01").may_lack(code));
    }
}
