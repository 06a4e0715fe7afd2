//! How claim lines are checked: lines and tables in, verdicts out.

pub(crate) mod reading;

mod ambulance_route;
mod billed_units;
pub(crate) mod checked;
mod modifier_check;
pub(crate) mod modifier_pairs;
pub(crate) mod units_check;
pub(crate) mod verdict;
pub(crate) mod verdict_reason;
mod waste_check;

pub(crate) mod charge_review;
mod proposal;
mod review;
pub(crate) mod review_counts;

pub(crate) mod check;
pub(crate) mod report;
pub(crate) mod verdict_columns;

pub use charge_review::{ChargeReview, CodeFit, LikelyCode, Proposal, ProposalSource};
pub use checked::{Checked, CheckedModifier};
pub use modifier_pairs::ModifierConflict;
pub use reading::claim_columns::ClaimColumns;
pub use reading::claim_input::ClaimInput;
pub use reading::claim_line::ClaimLine;
pub use reading::column_mapping::ColumnMapping;
pub use reading::composite::CodeSet;
pub use reading::read_line::ReadLine;
pub use reading::reader::ClaimReader;
pub use report::LineReport;
pub use review_counts::ReviewCounts;
pub use units_check::{Agreement, UnitsCheck};
pub use verdict::Verdict;
pub use verdict_columns::VerdictColumns;
