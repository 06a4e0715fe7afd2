//! `ChosenDays`: cells of days that were read in one of their two meanings.

use super::value::plain;
use crate::error::{counted, excerpt};

/// Cells that were read in one of their two meanings.
#[derive(Clone, Debug)]
pub(super) struct ChosenDays {
    /// The first of them.
    first: String,
    count: u64,
}

impl ChosenDays {
    /// Takes note of a cell.
    pub(super) fn add(place: &mut Option<Self>, cell: &str) {
        let chosen = place.get_or_insert_with(|| Self {
            first: excerpt(cell),
            count: 0,
        });
        chosen.count += 1;
    }

    /// What to say of them when a cell shows that they may mean something else.
    pub(super) fn in_doubt(&self, read_as: &str, cell: &str) -> String {
        let Self { first, count } = self;
        let were = if *count == 1 { "was" } else { "were" };
        let days = counted(count, "day");
        format!(
            "{days} before `{}` {were} read {read_as}, such as `{first}`; that may be \
             wrong, as the column writes days in more than one way",
            excerpt(plain(cell))
        )
    }
}
