//! `/changes`: what changed between two indexed releases.

pub(crate) mod change_list;
pub(crate) mod changes;
pub(crate) mod compared;
