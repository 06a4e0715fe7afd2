//! Tests a record against filters, and a row against the filters and the day of a question.

use crate::codeset::{Date, Record};
use crate::history::{Calendar, Status};
use crate::index::store::row::{Row, Rows};

use super::filter_table::{FILTERS, FilterSpec, Filters};
use super::query::Query;
use super::standing::{Standing, Standings};

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
        if !answers || !self.passes(row) {
            return Standing::Out;
        }
        self.on_day(row)
    }

    /// The same where the standing of a version without filters is looked up in `known`.
    #[inline]
    pub(crate) fn standing_in(&self, known: &Standings, doc: u32, rows: Rows<'_>) -> Standing {
        let unfiltered = known.get(doc, || self.unfiltered(rows.row(doc)));
        if self.set.is_empty() || unfiltered == Standing::Out || self.passes(rows.row(doc)) {
            unfiltered
        } else {
            Standing::Out
        }
    }

    #[cold]
    fn unfiltered(&self, row: Row<'_>) -> Standing {
        if row.answers_on(self.day) {
            self.on_day(row)
        } else {
            Standing::Out
        }
    }

    pub(crate) fn day(&self) -> Date {
        self.day
    }

    /// Whether the question is about one day, of which a code that has ended is no answer.
    pub(crate) fn is_of_day(&self) -> bool {
        self.release.is_none() && !self.terminated
    }

    /// The standing of a version that answers on the day and passes the filters.
    fn on_day(&self, row: Row<'_>) -> Standing {
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
        let row = row.under(self.in_force);
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
