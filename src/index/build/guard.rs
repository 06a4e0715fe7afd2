//! What the guards share: signs of damage, and how much may be missing.

use std::path::Path;

use crate::error::{Error, Result};

/// If more than one in this many is missing, the source is taken for damaged. In the releases of
/// 2019 to 2026 none lacks a code of the one before.
pub(super) const ONE_IN: usize = 10;

/// Refuses a file with signs that it is cut or damaged.
pub(super) fn check_damage(path: &Path, damage: &[String]) -> Result<()> {
    let (first, more) = match damage {
        [] => return Ok(()),
        [first] => (first, String::new()),
        [first, others @ ..] => (first, format!(" (and {} more faults)", others.len())),
    };
    let reason = format!("{first}{more}, so that it may be incomplete, and nothing was changed");
    Err(Error::refused(path, reason))
}

/// Whether more than one in so many is missing; a single one is always accepted.
pub(super) fn is_more_than(missing: usize, all: usize, one_in: usize) -> bool {
    missing > 1 && missing * one_in > all
}
