//! Which versions of codes may answer: filters and the day asked for, held against a row.

use crate::codeset::{Date, Kind};
use crate::index::store::row::{Row, RowFlags};

use super::query::{Filters, Query};

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
    is_open: bool,
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
            is_open: query.filters.is_empty(),
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
        if !holds || !(self.is_open || self.passes(row)) {
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
        let filters = self.filters;
        let kind = if row.is_modifier() {
            Kind::Modifier
        } else {
            Kind::Procedure
        };
        any(&filters.betos, |value| {
            row.betos().as_str().starts_with(value.as_str())
        }) && any(&filters.coverage, |value| {
            row.coverage().as_str() == value.as_str()
        }) && any(&filters.kind, |value| kind == *value)
            && any(&filters.section, |value| {
                kind == Kind::Procedure && row.code_bytes()[..1] == *value.as_str().as_bytes()
            })
            && any(&filters.codes, |span| {
                row.code().is_some_and(|code| span.contains(code))
            })
            && any(&filters.pricing, |value| {
                row.pricing().any(|own| own.as_str() == value.as_str())
            })
            && any(&filters.type_of_service, |value| {
                row.type_of_service()
                    .any(|own| own.as_str() == value.as_str())
            })
            && any(&filters.action, |value| {
                row.action().as_str() == value.as_str()
            })
            && any(&filters.asc_group, |value| {
                row.asc_group().as_str() == value.as_str()
            })
            && any(&filters.rbcs, |value| {
                row.rbcs().starts_with(value.as_str())
            })
            && (!filters.not_otherwise_classified || row.has(RowFlags::NOC))
            && any(&filters.added, |span| {
                (span.first.number()..=span.last.number()).contains(&row.added())
            })
    }
}

fn any<T>(values: &[T], is: impl Fn(&T) -> bool) -> bool {
    values.is_empty() || values.iter().any(is)
}
