//! Which versions of codes may answer: filters and the day asked for, held against a row.

use crate::codeset::Date;
use crate::index::store::row::Row;

use super::filter_table::{FILTERS, FilterSpec, Filters};
use super::query::Query;

/// What a row is on the day asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It may answer.
    Visible,
    /// It would, but the code has ended.
    Terminated,
    /// It would, but the code is not valid yet.
    NotYetValid,
    /// A filter leaves it out, or another version holds on the day.
    Out,
}

/// The filters of a query and its day.
pub(crate) struct Filter<'q> {
    filters: &'q Filters,
    set: Vec<&'static FilterSpec>,
    day: u32,
    release_day: u32,
    any_time: bool,
    terminated: bool,
}

impl<'q> Filter<'q> {
    /// `first_day` is the first day of the earliest release: before it, that release answers.
    pub(crate) fn new(query: &'q Query, day: Date, first_day: Date) -> Self {
        Self {
            filters: &query.filters,
            set: FILTERS
                .iter()
                .filter(|filter| filter.is_set(&query.filters))
                .collect(),
            day: day.number(),
            release_day: day.max(first_day).number(),
            any_time: query.any_time,
            terminated: query.terminated || query.any_time,
        }
    }

    /// What a version is on the day asked for.
    pub(crate) fn standing(&self, row: Row<'_>) -> Standing {
        let (first, last) = row.holds();
        let holds = self.any_time || (first <= self.release_day && self.release_day <= last);
        if !holds || !self.passes(row) {
            Standing::Out
        } else if self.terminated || row.is_in_force(self.day) {
            Standing::Visible
        } else if row.is_terminated(self.day) {
            Standing::Terminated
        } else {
            Standing::NotYetValid
        }
    }

    fn passes(&self, row: Row<'_>) -> bool {
        let mut set = self.set.iter();
        set.all(|filter| filter.passes(self.filters, row))
    }
}
