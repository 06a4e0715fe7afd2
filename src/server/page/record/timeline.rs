//! A code over time, drawn to scale: its validity, and the versions in the releases.

use std::fmt;

use crate::codeset::Date;
use crate::error::counted;
use crate::index::Manifest;
use crate::search::{Held, VersionView};

/// The maximum of year labels below the drawing.
const MOST_YEARS: u32 = 8;

/// A horizontal position in the drawing.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Share(f64);

/// A drawing of a code over time.
pub(crate) struct Drawing {
    /// Its content in words.
    pub(crate) label: String,
    pub(crate) valid: Vec<Bar>,
    pub(crate) versions: Vec<Bar>,
    /// The days on which releases came into force.
    pub(crate) releases: Vec<Share>,
    pub(crate) day: Share,
    pub(crate) years: Vec<Year>,
}

/// A span of days.
pub(crate) struct Bar {
    pub(crate) x: Share,
    pub(crate) width: Share,
    pub(crate) class: &'static str,
    pub(crate) title: String,
}

/// The first day of a year.
pub(crate) struct Year {
    pub(crate) x: Share,
    pub(crate) year: u32,
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}%", self.0 * 100.0)
    }
}

/// The years that a drawing shows.
struct Scale {
    first: u32,
    /// The year after the last one.
    end: u32,
}

impl Scale {
    fn at(&self, day: Date) -> f64 {
        let number = day.number();
        let (month, of_month) = (number / 100 % 100, number % 100);
        let in_year = (f64::from(month.saturating_sub(1))
            + f64::from(of_month.saturating_sub(1)) / 31.0)
            / 12.0;
        let years = f64::from(day.year()) - f64::from(self.first) + in_year;
        (years / f64::from(self.end - self.first)).clamp(0.0, 1.0)
    }

    fn bar(&self, from: Option<Date>, to: Option<Date>, class: &'static str, title: String) -> Bar {
        let x = from.map_or(0.0, |day| self.at(day));
        let end = to.map_or(1.0, |day| self.at(day));
        Bar {
            x: Share(x),
            width: Share((end - x).max(0.003)),
            class,
            title,
        }
    }

    fn years(&self) -> Vec<Year> {
        let count = self.end - self.first;
        let steps = [1, 2, 5, 10, 20, 50];
        let step = steps
            .into_iter()
            .find(|step| count / step < MOST_YEARS)
            .unwrap_or(100);
        // A label at the very end would be cut off.
        let years = (self.first..self.end).filter(|year| year % step == 0);
        years
            .map(|year| Year {
                x: Share(f64::from(year - self.first) / f64::from(count)),
                year,
            })
            .filter(|year| year.x < Share(0.965))
            .collect()
    }
}

/// Draws the versions of a code.
pub(crate) fn draw(versions: &[VersionView], manifest: &Manifest, day: Date) -> Option<Drawing> {
    let days: Vec<Date> = manifest
        .releases
        .iter()
        .map(|own| own.id.first_day())
        .collect();
    let (first, last) = (*days.first()?, *days.last()?);
    let lives = lives(versions);
    let added = lives.iter().filter_map(|(added, _)| *added).min();
    let ended = lives.iter().filter_map(|(_, ended)| *ended).max();
    let begin = added.map_or(first, |added| added.min(first)).min(day);
    let end = ended
        .map_or(last, |ended| ended.max(last))
        .max(day)
        .max(Date::today());
    let scale = Scale {
        first: begin.year(),
        end: end.year() + 1,
    };
    let valid = lives
        .iter()
        .map(|(added, ended)| scale.bar(*added, *ended, "valid", in_words(*added, *ended)));
    let mut meaning = 0;
    let bars = versions.iter().enumerate().map(|(at, version)| {
        meaning += usize::from(version.reissued);
        let class = match (meaning % 2, at % 2) {
            (0, 0) => "even",
            (0, _) => "odd",
            (_, 0) => "other even",
            _ => "other odd",
        };
        let held = &version.holds;
        // There is no data for the days before the first release.
        let from = held.from.or(Some(first));
        scale.bar(
            from,
            held.to,
            class,
            format!("wording {}: {}", at + 1, held_in_words(held)),
        )
    });
    let valid: Vec<Bar> = valid.collect();
    let label: Vec<String> = valid.iter().map(|bar| bar.title.clone()).collect();
    Some(Drawing {
        label: format!(
            "Valid {}; {} in the releases",
            label.join(", "),
            counted(versions.len(), "version")
        ),
        valid,
        versions: bars.collect(),
        releases: days.into_iter().map(|day| Share(scale.at(day))).collect(),
        day: Share(scale.at(day)),
        years: scale.years(),
    })
}

/// The spans of validity of a code, each once.
fn lives(versions: &[VersionView]) -> Vec<(Option<Date>, Option<Date>)> {
    let spans = versions.iter().map(|version| {
        let life = version.life;
        let known = life.dropped.map(|own| own.last_known);
        (life.from, known.or(life.until))
    });
    let mut lives: Vec<_> = spans.collect();
    lives.dedup();
    lives
}

/// The days of a version in words.
pub(crate) fn held_in_words(held: &Held) -> String {
    match (held.from, held.to) {
        (None, None) => "in every indexed release".to_owned(),
        (from, to) => in_words(from, to),
    }
}

/// A span in words.
pub(crate) fn in_words(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (None, None) => "on days that no release gives".to_owned(),
        (None, Some(to)) => format!("until {to}"),
        (Some(from), None) => format!("from {from}"),
        (Some(from), Some(to)) => format!("from {from} until {to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_lie_to_scale() {
        let scale = Scale {
            first: 2020,
            end: 2024,
        };
        let at = |day: &str| Share(scale.at(day.parse().unwrap())).to_string();
        assert_eq!(at("2020-01-01"), "0.00%");
        assert_eq!(at("2021-01-01"), "25.00%");
        assert_eq!(at("2022-07-01"), "62.50%");
        assert_eq!(at("1999-01-01"), "0.00%");
        let years: Vec<u32> = scale.years().iter().map(|own| own.year).collect();
        assert_eq!(years, [2020, 2021, 2022, 2023]);
        let long = Scale {
            first: 1982,
            end: 2027,
        };
        let years: Vec<u32> = long.years().iter().map(|own| own.year).collect();
        assert_eq!(years, [1990, 2000, 2010, 2020]);
    }

    #[test]
    fn what_has_no_end_goes_to_the_end() {
        let scale = Scale {
            first: 2020,
            end: 2024,
        };
        let bar = scale.bar("2022-01-01".parse().ok(), None, "valid", String::new());
        assert_eq!(
            (bar.x.to_string(), bar.width.to_string()),
            ("50.00%".into(), "50.00%".into())
        );
        assert_eq!(
            in_words(None, "2022-01-01".parse().ok()),
            "until 2022-01-01"
        );
    }
}
