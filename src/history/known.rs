//! `Known`: which quarters the releases of an index speak of, and which lie between and are missing.

use serde::Serialize;

use super::calendar::Calendar;
use crate::codeset::Date;

/// The quarters that a history is known for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Known {
    /// The first day of the earliest release.
    pub from: Date,
    /// The last day of the newest release's quarter.
    pub until: Date,
    /// The quarters between that are not indexed, such as `2019-04` or `2020-07 to 2024-10`.
    pub missing: Vec<String>,
    /// The above in words, as every front end says it.
    pub text: String,
}

impl Known {
    /// The quarters of the releases of a calendar; `None` if it has none.
    ///
    /// ```
    /// use hcpcs::history::{Calendar, Known};
    ///
    /// let calendar = Calendar::new(["2025-01".parse()?, "2025-07".parse()?]);
    /// assert_eq!(Known::of(&calendar).unwrap().missing, ["2025-04"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(calendar: &Calendar) -> Option<Self> {
        let ids = calendar.ids();
        let (first, last) = (ids.first()?, ids.last()?);
        let gaps = ids.windows(2).filter_map(|pair| match pair {
            [before, after] => between(before.first_day(), after.first_day()),
            _ => None,
        });
        let missing: Vec<String> = gaps.collect();
        let (begin, end) = (
            name(number(first.first_day())),
            name(number(last.first_day())),
        );
        let text = match (begin == end, missing.as_slice()) {
            (true, _) => format!("only {begin} is indexed: what other releases said is not known"),
            (false, []) => format!("known from {begin} to {end}, every quarter"),
            (false, some) => format!(
                "known from {begin} to {end}; quarters between that are not indexed: {}",
                some.join(", ")
            ),
        };
        Some(Self {
            from: first.first_day(),
            until: last.last_day(),
            missing,
            text,
        })
    }
}

/// The quarters between those of two days, in words.
fn between(before: Date, after: Date) -> Option<String> {
    let (first, behind) = (number(before) + 1, number(after));
    match behind.checked_sub(first)? {
        0 => None,
        1 => Some(name(first)),
        _ => Some(format!("{} to {}", name(first), name(behind - 1))),
    }
}

/// The number of quarters from the year 0 to a day's.
pub(super) fn number(day: Date) -> u32 {
    day.year() * 4 + (day.number() / 100 % 100 - 1) / 3
}

/// The name of a quarter, as releases have it.
fn name(number: u32) -> String {
    format!("{}-{:02}", number / 4, number % 4 * 3 + 1)
}
