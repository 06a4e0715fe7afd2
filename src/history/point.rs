//! `Point`: what one release says of one code.

use super::calendar::number;
use super::quarterly::Quarterly;
use crate::codeset::Record;

/// What one release says of one code.
pub(super) struct Point<'a> {
    /// Its index in the order of releases.
    pub(super) release: usize,
    pub(super) record: &'a Record,
    pub(super) quarterly: Quarterly,
}

impl<'a> Point<'a> {
    /// The point of a release's record of a code.
    pub(super) fn of(release: usize, record: &'a Record) -> Self {
        Self {
            release,
            record,
            quarterly: Quarterly::of(number(release), record),
        }
    }
}
