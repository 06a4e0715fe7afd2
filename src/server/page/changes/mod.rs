//! `/changes`: the changes between two indexed releases.

pub(crate) mod change_list;
pub(crate) mod changes;
pub(crate) mod compared;
