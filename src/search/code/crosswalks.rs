//! The indexed NDC–HCPCS crosswalks, in the order in which they answer for a day.

use std::cmp::Reverse;

use serde::Serialize;

use super::annotations::Sourced;
use crate::annotation::{DrugProduct, SourceKind};
use crate::codeset::Date;
use crate::search::searcher::Searcher;

/// The crosswalk that answers for a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct CrosswalkOfDay {
    /// Its name, such as `NDC-HCPCS crosswalk, 2026-01`.
    pub source: String,
    /// Why it may be wrong for the day, if its quarter does not include the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

/// A crosswalk of a quarter.
struct Crosswalk {
    label: String,
    /// The first day of its quarter; `None` if it does not state one.
    first: Option<Date>,
}

/// All crosswalks: first the newest that has begun by the day, then the older ones, then those that
/// begin later.
pub(crate) struct Crosswalks {
    day: Date,
    all: Vec<Crosswalk>,
}

impl Searcher {
    /// The crosswalks in their order for a day.
    pub(crate) fn crosswalks(&self, day: Date) -> Crosswalks {
        let kind = SourceKind::DrugProducts.name();
        let sources = self.manifest().sources.iter();
        let mut all: Vec<Crosswalk> = sources
            .filter(|source| source.kind == kind)
            .map(|source| Crosswalk {
                label: source.label(),
                first: source
                    .date
                    .as_ref()
                    .and_then(|quarter| format!("{quarter}-01").parse().ok()),
            })
            .collect();
        all.sort_by_key(|own| match own.first {
            Some(first) if first > day => (true, Some(first), Reverse(None)),
            first => (false, None, Reverse(first)),
        });
        Crosswalks { day, all }
    }
}

impl Crosswalks {
    /// The one that answers for the day; `None` if no crosswalk is indexed.
    pub(crate) fn of_day(&self) -> Option<CrosswalkOfDay> {
        let own = self.all.first()?;
        let (label, day) = (&own.label, self.day);
        let notice = match own.first {
            Some(first) if day < first => Some(format!(
                "{label} holds from {first} on; no earlier one is indexed"
            )),
            Some(first) => last_of_quarter(first)
                .filter(|last| *last < day)
                .map(|last| {
                    format!("{label} holds until {last}; none that holds on {day} is indexed")
                }),
            None => Some(format!("{label} does not state its quarter")),
        };
        Some(CrosswalkOfDay {
            source: label.clone(),
            notice,
        })
    }

    /// The index of a crosswalk in the order; that of the day is 0.
    pub(crate) fn place(&self, source: &str) -> usize {
        let place = self.all.iter().position(|own| own.label == source);
        place.unwrap_or(self.all.len())
    }

    /// Sorts products by their crosswalks; within one they keep their order.
    pub(crate) fn sort(&self, products: &mut [Sourced<DrugProduct>]) {
        products.sort_by_key(|own| self.place(&own.source));
    }
}

/// The last day of the quarter that begins on a day.
fn last_of_quarter(first: Date) -> Option<Date> {
    let number = first.number();
    let (year, month) = (number / 10_000, number / 100 % 100 + 3);
    let next = if month > 12 {
        (year + 1) * 10_000 + (month - 12) * 100 + 1
    } else {
        year * 10_000 + month * 100 + 1
    };
    Date::from_number(next).map(Date::yesterday)
}
