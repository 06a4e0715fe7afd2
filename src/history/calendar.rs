//! `Calendar`: which release is in force on a day.

use crate::codeset::{Date, DateSpan};
use crate::release::ReleaseId;

/// The releases of a timeline in order of time, looked up by day.
///
/// ```
/// use hcpcs::history::Calendar;
///
/// let calendar = Calendar::new(["2025-01".parse()?, "2025-10".parse()?]);
/// assert_eq!(calendar.in_force("2025-08-15".parse()?), Some(0));
/// assert_eq!(calendar.in_force("2025-10-01".parse()?), Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    ids: Vec<ReleaseId>,
    first_days: Vec<Date>,
}

impl Calendar {
    /// The calendar of releases given in order of time, one for each quarter.
    pub fn new(ids: impl IntoIterator<Item = ReleaseId>) -> Self {
        let ids: Vec<ReleaseId> = ids.into_iter().collect();
        let first_days = ids.iter().map(ReleaseId::first_day).collect();
        Self { ids, first_days }
    }

    /// The number of the release in force on a day: the last that began by then. The first one
    /// answers for the days before it. `None` if there is no release.
    #[must_use]
    pub fn in_force(&self, day: Date) -> Option<u16> {
        let begun = self.first_days.partition_point(|first| *first <= day);
        (!self.ids.is_empty()).then(|| number(begun.saturating_sub(1)))
    }

    /// A release by its number in order of time.
    #[must_use]
    pub fn id(&self, release: u16) -> Option<&ReleaseId> {
        self.ids.get(usize::from(release))
    }

    /// The number of a release.
    #[must_use]
    pub fn number(&self, id: &ReleaseId) -> Option<u16> {
        self.ids.iter().position(|own| own == id).map(number)
    }

    /// The releases in order of time.
    #[must_use]
    pub fn ids(&self) -> &[ReleaseId] {
        &self.ids
    }

    /// The first day of a release; `None` after the last one.
    pub(super) fn first_day(&self, release: u16) -> Option<Date> {
        self.first_days.get(usize::from(release)).copied()
    }

    /// The days on which consecutive releases are in force. The first one is also in force on all
    /// days before it, the last one on all days after.
    pub(crate) fn span(&self, first: u16, last: u16) -> DateSpan {
        let begins = match first {
            0 => None,
            _ => self.first_day(first),
        };
        DateSpan {
            first: begins.unwrap_or(Date::MIN),
            last: self
                .first_day(last.saturating_add(1))
                .map_or(Date::MAX, Date::yesterday),
        }
    }
}

/// An index as a release number. There is one release for each quarter, so a `u16` is wide enough.
pub(super) fn number(release: usize) -> u16 {
    u16::try_from(release).unwrap_or(u16::MAX)
}
