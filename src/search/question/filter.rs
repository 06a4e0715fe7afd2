//! Tests a record against filters, and a row against the filters and the day of a question.

use crate::codeset::{Date, Record};
use crate::history::{Calendar, Status};
use crate::index::store::row::Row;

use super::filter_table::{FILTERS, FilterSpec, Filters};
use super::query::Query;

impl Filters {
    /// Whether there are no values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a record passes, as its row of an index would in a search. `rbcs` is the code's
    /// identifier in the taxonomy, if it has one.
    ///
    /// ```
    /// use hcpcs::{Filters, Record};
    ///
    /// let mut record = Record::new("J1640".parse()?);
    /// record.betos = Some("O1E".parse()?);
    /// let filters = Filters { betos: vec!["O1".parse()?], ..Filters::default() };
    /// assert!(filters.passes(&record, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn passes(&self, record: &Record, rbcs: Option<&str>) -> bool {
        let mut set = FILTERS.iter().filter(|filter| filter.is_set(self));
        set.all(|filter| (filter.passes_record)(self, record, rbcs))
    }
}

/// The standing of a row on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is an answer.
    Visible,
    /// It passes the filters, but the code has ended, or no release covers it on the day.
    Terminated,
    /// It passes the filters, but the code is not valid yet.
    NotYetValid,
    /// A filter leaves it out, or another version answers on the day.
    Out,
}

/// The filters of a query and its day.
pub(crate) struct Filter<'q> {
    filters: &'q Filters,
    set: Vec<&'static FilterSpec>,
    day: Date,
    /// Number of the release in force on the day.
    in_force: u16,
    /// Number of the release whose codes all answer, whatever the day.
    release: Option<u16>,
    any_time: bool,
    terminated: bool,
}

impl<'q> Filter<'q> {
    /// The filters of a query on a day, with the calendar of the releases.
    pub(crate) fn new(query: &'q Query, day: Date, calendar: &Calendar) -> Self {
        Self {
            filters: &query.filters,
            set: FILTERS
                .iter()
                .filter(|filter| filter.is_set(&query.filters))
                .collect(),
            day,
            in_force: calendar.in_force(day).unwrap_or(0),
            release: None,
            any_time: query.any_time,
            terminated: query.terminated || query.any_time,
        }
    }

    /// The same filters over the codes of one release, whatever the day.
    pub(crate) fn of_release(self, release: Option<u16>) -> Self {
        Self {
            in_force: release.unwrap_or(self.in_force),
            release,
            ..self
        }
    }

    /// Whether each version of a code answers for itself.
    pub(crate) fn has_all_versions(&self) -> bool {
        self.any_time
    }

    /// The standing of a version on the day.
    #[inline]
    pub(crate) fn standing(&self, row: Row<'_>) -> Standing {
        let answers = match self.release {
            Some(release) => row.is_listed_in(release),
            None => self.any_time || row.answers_on(self.day),
        };
        if !answers || !self.passes(row.under(self.in_force)) {
            return Standing::Out;
        }
        match row.life().status(self.day) {
            Status::Valid => Standing::Visible,
            // on the day, no release had it yet
            Status::NotYetValid if !self.any_time && self.in_force < row.releases().0 => {
                Standing::NotYetValid
            }
            _ if self.terminated => Standing::Visible,
            Status::NotYetValid => Standing::NotYetValid,
            Status::Terminated | Status::NoLongerListed | Status::UnknownBetweenReleases => {
                Standing::Terminated
            }
        }
    }

    #[inline]
    fn passes(&self, row: Row<'_>) -> bool {
        let mut set = self.set.iter();
        set.all(|filter| filter.passes(self.filters, row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_record_passes_no_filter_on_a_value() {
        let record = Record::new("J1640".parse().unwrap());
        for filter in &FILTERS {
            let Some(table) = filter.table().filter(|_| filter.name != "section") else {
                continue;
            };
            for entry in table.entries() {
                let mut filters = Filters::default();
                filter.add(&mut filters, entry.code).unwrap();
                assert!(
                    !filters.passes(&record, None),
                    "{} {}",
                    filter.name,
                    entry.code
                );
            }
        }
    }
}
