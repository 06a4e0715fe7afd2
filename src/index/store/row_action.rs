//! `RowAction`: what a release did to the code of a version, if its releases differ in that.

use crate::codeset::Action;
use crate::history::Version;

use super::bytes::half;
use super::packed::Packed;

/// The action of a release on the code of a version; it holds for later releases up to the next
/// entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowAction {
    release: u16,
    action: Option<Action>,
}

impl RowAction {
    /// The size of an entry: the release's number, the action, a blank.
    pub(super) const SIZE: usize = 4;

    /// The actions of a version, an entry for each change.
    pub(super) fn of(version: &Version) -> Vec<Self> {
        let own = version.quarterly.iter().map(|own| Self {
            release: own.release,
            action: own.action,
        });
        let mut actions: Vec<Self> = own.collect();
        actions.dedup_by_key(|own| own.action);
        actions
    }

    pub(super) fn write(self, out: &mut Vec<u8>) {
        let end = out.len() + Self::SIZE;
        out.extend(self.release.to_le_bytes());
        Packed::write::<1>(out, self.action.iter().map(Action::as_str));
        out.resize(end, 0);
    }

    /// The action in a release, of the entries of a version.
    pub(super) fn in_release(entries: &[[u8; Self::SIZE]], release: u16) -> Option<Packed<'_>> {
        let own = entries.iter().rfind(|entry| half(*entry, 0) <= release);
        own.map(|entry| Packed::new(&entry[2..3]))
    }
}
