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

mod calendar;
mod edition;
mod publication;
mod quarterly;

mod lives;
mod validity;
mod version;

mod content;
mod gaps;
mod reissue;
mod runs;
mod timeline;

mod age;
mod known;

mod changes;
mod changes_csv;
mod fields;
mod report_check;
mod words;

mod cross_reference;
mod successor;

pub use age::Age;
pub use calendar::Calendar;
pub use changes::{Change, Changes, Side, Summary, changes};
pub use cross_reference::{CrossReference, Standing};
pub use edition::Edition;
pub use fields::FieldChange;
pub use known::Known;
pub use publication::{Publication, Published};
pub use quarterly::Quarterly;
pub use reissue::is_reissue;
pub use report_check::{Disagreement, check};
pub use successor::{predecessors, successors};
pub use timeline::{Timeline, timeline};
pub(crate) use validity::release_of;
pub use validity::{Dropped, Life, Status, Validity};
pub use version::Version;
pub(crate) use words::align;
pub use words::{Mark, Run, marks};
