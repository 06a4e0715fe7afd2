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

mod assembly;
mod fields;
mod id;
mod layout;
mod lines;
mod name;
mod noc_list;
mod processing_notes;
mod rows;
mod source;
mod starter;
mod transaction_report;
mod workbook;

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use self::id::{Quarter, ReleaseId};
use self::source::{Member, Source};
pub use self::transaction_report::{ReportedAction, TransactionReport, read_transaction_report};
use crate::codeset::Record;
use crate::error::{Error, Result};

/// A release of the code set, as read from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// Which release it is.
    pub id: ReleaseId,
    /// The archive, the folder or the file that was given.
    pub source: PathBuf,
    /// The member that was read, where the source is an archive or a folder.
    pub member: Option<String>,
    /// BLAKE3 of the bytes that the records were read from, in hexadecimal.
    pub hash: String,
    /// Procedures and modifiers, sorted by code, one a code.
    pub records: Vec<Record>,
    /// The lines or rows that could not be read, in the order of the file.
    pub skipped: Vec<Skipped>,
    /// The records that belong to other code sets.
    pub left_out: LeftOut,
    /// What else a user should know, a sentence each.
    pub notices: Vec<String>,
}

/// A line of a text or a row of a workbook that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The line or the row, beginning with 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// How many records of other code sets were left out; their descriptors are copyrighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Of CPT, the AMA's: HCPCS Level I.
    pub cpt: usize,
    /// Of CDT, the ADA's: dental codes.
    pub cdt: usize,
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Whether the first line that cannot be read is an error; else such lines are skipped and told.
    pub strict: bool,
    /// Which release it is where no name says it.
    pub id: Option<ReleaseId>,
}

/// Reads every release that lies at a path, sorted by release.
///
/// The path leads to a zip as CMS publishes it, to one of its members (fixed-width text, `.xlsx`,
/// `.xls`, or a `.csv` or `.tsv` with the workbook's headings), or to a folder of such files.
/// Members are known by what they hold. Where a release has text and workbook, the text is read.
///
/// # Errors
/// Nothing lies there, nothing there is a release, it is damaged, no name says which release it
/// is, or with [`ReadOptions::strict`] a line cannot be read.
pub fn read(path: &Path, options: &ReadOptions) -> Result<Vec<Release>> {
    let sources = source::open(path)?;
    let jobs: Vec<(&Source, usize, &Member)> = sources
        .iter()
        .flat_map(|source| {
            let members = source.releases().enumerate();
            members.map(move |(nth, member)| (source, nth, member))
        })
        .collect();
    let releases: Result<Vec<Release>> = jobs
        .into_par_iter()
        .map(|(source, nth, member)| {
            let mut release = source.read(member, options)?;
            // what is to be told of a whole source is told once
            let notices = source.notices.iter().filter(|_| nth == 0);
            release.notices.extend(notices.cloned());
            Ok(release)
        })
        .collect();
    let mut releases = releases?;
    let mut others = sources
        .iter()
        .filter(|source| source.releases().next().is_none())
        .flat_map(|source| source.notices.iter().cloned());
    let Some(first) = releases.first_mut() else {
        return Err(Error::source(path, no_release(others.next())));
    };
    first.notices.extend(others);
    releases.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(releases)
}

/// Whether a release of the code set lies at a path, by what the files hold.
///
/// # Errors
/// Nothing lies there, or it is damaged.
pub fn is_release(path: &Path) -> Result<bool> {
    let sources = source::open(path)?;
    Ok(sources
        .iter()
        .any(|source| source.releases().next().is_some()))
}

fn no_release(notice: Option<String>) -> String {
    let advice = "give the zip that CMS publishes, its text or its workbook";
    match notice {
        Some(notice) => format!("holds no HCPCS release that can be read: {notice}"),
        None => format!("holds no HCPCS release; {advice}"),
    }
}
