//! How codes change: records of several releases → versions of codes.
//!
//! ```
//! use hcpcs::Release;
//! use hcpcs::history::timeline;
//!
//! let timeline = timeline(&[Release::starter()?]);
//! let hemin = "J1640".parse()?;
//! for version in timeline.versions_of(hemin) {
//!     println!("{}..{}: {}", version.holds.first, version.holds.last, version.record.long_descriptor);
//! }
//! # assert_eq!(timeline.versions_of(hemin).len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod changes;
mod changes_csv;
mod check;
mod content;
mod edition;
mod fields;
mod gaps;
mod quarterly;
mod reissue;
mod runs;
mod since;
mod successor;
mod timeline;
mod words;

pub use changes::{Change, Changes, Side, Summary, changes};
pub use check::{Disagreement, check};
pub use edition::Edition;
pub use fields::FieldChange;
pub use quarterly::Quarterly;
pub use reissue::is_reissue;
pub use successor::{CrossReference, Standing, predecessors, successors};
pub use timeline::{Timeline, Version, timeline};
pub use words::{Mark, Run, marks};
