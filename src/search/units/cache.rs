//! A cache of the billing unit of each version of a code, filled on first use.

use std::sync::OnceLock;

use crate::codeset::Dosage;

/// A unit, or that the descriptor states none; unset until read.
type Unit = OnceLock<Option<Box<Dosage>>>;

/// The unit of each version of a code. Reading a descriptor takes longer than the rest of its hit.
#[derive(Default)]
pub(crate) struct UnitCache(OnceLock<Box<[Unit]>>);

impl UnitCache {
    /// The unit of a version, one of `all`.
    pub(crate) fn unit(
        &self,
        doc: u32,
        all: u32,
        read: impl FnOnce() -> Option<Dosage>,
    ) -> Option<&Dosage> {
        let units = self
            .0
            .get_or_init(|| (0..all).map(|_| Unit::new()).collect());
        let unit = units.get(usize::try_from(doc).ok()?)?;
        unit.get_or_init(|| read().map(Box::new)).as_deref()
    }
}
