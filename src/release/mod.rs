//! What CMS publishes: releases of the code set, read from a zip, a folder or a file.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use hcpcs::release::{ReadOptions, read};
//!
//! let path = Path::new("january-2026-alpha-numeric-hcpcs-file.zip");
//! for release in read(path, &ReadOptions::default())? {
//!     println!("{}: {} records", release.id, release.records.len());
//! }
//! # Ok::<(), hcpcs::Error>(())
//! ```

mod id;
mod name;
mod quarter;

mod latest_change;
mod layout;

mod member;
mod source;
mod source_opening;

mod damage;
mod fields;
mod fixed_width_line;
mod headings;
mod lines;
mod rows;
mod workbook;

mod noc_list;
mod processing_notes;
mod report_action;
mod report_file;
mod transaction_report;

mod assembly;
mod identity;
mod reading;
mod release;
mod scope;
mod starter;

pub use id::ReleaseId;
pub(crate) use lines::is_release as is_text_of_release;
pub use noc_list::NocList;
pub use quarter::Quarter;
pub use reading::{is_release, read, read_noc_list};
pub use release::{LeftOut, ReadOptions, Release, Skipped};
pub use report_file::read_transaction_report;
pub use scope::Scope;
pub use transaction_report::{ReportedAction, TransactionReport};
