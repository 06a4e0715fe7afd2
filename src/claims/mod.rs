//! How claim lines are checked: lines and tables in, verdicts out.

pub(crate) mod reading;

pub(crate) mod check;
pub(crate) mod verdict_reason;

pub use check::{Checked, CheckedModifier, Verdict};
pub use reading::claim_line::ClaimLine;
pub use reading::columns::ClaimColumns;
pub use reading::reader::{ClaimReader, ReadLine};
