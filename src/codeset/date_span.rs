//! `DateSpan`: days from one to another, open at either end.

use std::str::FromStr;

use super::date::{Date, ParseDateError};
use crate::error::excerpt;

/// Days from one to another, both included; either end may be open.
///
/// ```
/// use hcpcs::DateSpan;
///
/// let since: DateSpan = "2025-01-01..".parse()?;
/// assert!(since.contains("2026-01-01".parse()?));
/// assert!(!"..2024-12-31".parse::<DateSpan>()?.contains("2025-01-01".parse()?));
/// # Ok::<(), hcpcs::ParseDateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateSpan {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl DateSpan {
    /// Whether the day lies in the span.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

impl FromStr for DateSpan {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, ParseDateError> {
        let end = |part: &str, open: Date| match part.trim() {
            "" => Ok(open),
            day => day.parse(),
        };
        let (first, last) = match text.split_once("..") {
            Some((first, last)) => (end(first, Date::MIN)?, end(last, Date::MAX)?),
            None => (text.trim().parse()?, text.trim().parse()?),
        };
        if first > last {
            return Err(ParseDateError::Backwards(excerpt(text)));
        }
        Ok(Self { first, last })
    }
}
