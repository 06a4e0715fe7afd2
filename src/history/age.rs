//! `Age`: how old the releases are that answer for a day, worded once for every front end.

use std::fmt;

use serde::Serialize;

use super::calendar::Calendar;
use super::known::number;
use crate::codeset::Date;

const NUMBERS: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// How old the releases are that answer for a day. As text it is the sentence that every front end
/// shows, as JSON its parts and that sentence.
///
/// ```
/// use hcpcs::history::{Age, Calendar};
///
/// let calendar = Calendar::new(["2026-01".parse()?]);
/// let age = Age::on(&calendar, "2026-11-26".parse()?).expect("there is a release");
/// assert_eq!(age.to_string(), "newest release 2026-01, three quarters before 2026-11-26");
/// assert!(age.is_notable());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Age {
    /// The newest release, such as `2026-01`.
    pub newest_release: String,
    /// How many quarters the release that answers is before the day; 0 if the day lies in its quarter
    /// or earlier.
    pub quarters_before: u32,
    /// Whether the release that answers is that of the day's quarter.
    pub current: bool,
    /// Both as a sentence, or which other release answers if the newest is not in force.
    pub text: String,
    #[serde(skip)]
    brief: String,
}

impl Age {
    /// The age of the releases of a calendar on a day; `None` if there is no release.
    #[must_use]
    pub fn on(calendar: &Calendar, day: Date) -> Option<Self> {
        let (first, newest) = (calendar.ids().first()?, calendar.ids().last()?);
        let in_force = calendar.in_force(day)?;
        let own = calendar.id(in_force)?;
        let next = calendar.id(in_force.saturating_add(1));
        let mut quarters_before = number(day).saturating_sub(number(newest.first_day()));
        let (brief, text) = if day < first.first_day() {
            let text = format!(
                "no indexed release is as old as {day}; the first indexed release, {first}, \
                 answers for days before it"
            );
            ("the day is before the first release".to_owned(), text)
        } else if let Some(next) = next.filter(|_| own.last_day() < day) {
            quarters_before = number(day) - number(own.first_day());
            let apart = quarters(quarters_before);
            let text = format!(
                "release {own} answers, {apart} before {day}; the next indexed release is {next}"
            );
            (format!("{apart} before the day"), text)
        } else if quarters_before > 0 {
            let old = quarters(quarters_before);
            let text = format!("newest release {newest}, {old} before {day}");
            (format!("newest release, {old} old"), text)
        } else {
            let text = format!("newest release {newest}");
            ("newest release".to_owned(), text)
        };
        Some(Self {
            newest_release: newest.to_string(),
            quarters_before,
            text,
            brief,
            current: own.first_day() <= day && day <= own.last_day(),
        })
    }

    /// A short form, for a place that already names the release: `newest release, three quarters
    /// old`.
    #[must_use]
    pub fn brief(&self) -> &str {
        &self.brief
    }

    /// Whether no release of the day's own quarter answers. Every front end must say so.
    #[must_use]
    pub fn is_notable(&self) -> bool {
        !self.current
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// A number of quarters in words.
fn quarters(count: u32) -> String {
    let number = usize::try_from(count).ok().and_then(|at| NUMBERS.get(at));
    let number = number.map_or_else(|| count.to_string(), ToString::to_string);
    let noun = if count == 1 { "quarter" } else { "quarters" };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(day: &str) -> String {
        let ids = ["2023-01", "2025-01", "2025-04"];
        let calendar = Calendar::new(ids.map(|id| id.parse().unwrap()));
        Age::on(&calendar, day.parse().unwrap())
            .unwrap()
            .to_string()
    }

    #[test]
    fn every_day_has_its_words() {
        for row in "
            2025-06-30 → newest release 2025-04
            2025-07-01 → newest release 2025-04, one quarter before 2025-07-01
            2030-01-01 → newest release 2025-04, 19 quarters before 2030-01-01
            2023-03-31 → newest release 2025-04
            2023-04-01 → release 2023-01 answers, one quarter before 2023-04-01; the next indexed release is 2025-01
            2022-12-31 → no indexed release is as old as 2022-12-31; the first indexed release, 2023-01, answers for days before it
        "
        .trim()
        .lines()
        {
            let (day, words) = row.trim().split_once(" → ").unwrap();
            assert_eq!(age(day), words);
        }
        assert_eq!(Age::on(&Calendar::default(), Date::MIN), None);
    }
}
