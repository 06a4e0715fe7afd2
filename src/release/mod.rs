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

mod archive;
mod encoding;
mod fields;
mod id;
mod layout;
mod lines;
mod noc_list;
mod processing_notes;
mod rows;
mod sheet;
mod starter;
mod transaction_report;
mod workbook;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use self::archive::{Content, Member, Source};
pub use self::id::{Quarter, ReleaseId};
use self::rows::Parsed;
use self::sheet::Book;
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
    /// SHA-256 of the bytes that the records were read from, in hexadecimal.
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
    let sources = archive::open(path)?;
    let jobs: Vec<(&Source, &Member)> = sources
        .iter()
        .flat_map(|source| source.releases().map(move |member| (source, member)))
        .collect();
    let releases: Result<Vec<Release>> = jobs
        .into_par_iter()
        .map(|(source, member)| source.read(member, options))
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
    let sources = archive::open(path)?;
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

impl Source {
    /// The members from which a release is read.
    fn releases(&self) -> impl Iterator<Item = &Member> {
        self.members
            .iter()
            .filter(|member| matches!(member.content, Content::Text | Content::Sheet(_)))
    }

    fn read(&self, member: &Member, options: &ReadOptions) -> Result<Release> {
        let (id, notice) = self.id(member, options)?;
        let path = self.path_of(member);
        let (parsed, hash) = rayon::join(|| parse(member), || hash(&member.bytes));
        let mut parsed = parsed.map_err(|reason| Error::source(&path, reason))?;
        if options.strict {
            check_strictly(&path, &parsed)?;
        }
        if parsed.records.is_empty() {
            return Err(Error::source(&path, nothing_read(&parsed)));
        }
        let mut notices: Vec<String> = notice.into_iter().collect();
        notices.append(&mut parsed.notices);
        notices.extend(parsed.undefined.take().map(|undefined| undefined.reason));
        notices.extend(self.join(&id, &mut parsed.records));
        notices.extend(self.notices.iter().cloned());
        Ok(Release {
            id,
            source: self.path.clone(),
            member: member.name.clone(),
            hash,
            records: parsed.records,
            skipped: parsed.skipped,
            left_out: parsed.left_out,
            notices,
        })
    }

    /// The member's path, for messages only: a member's name may be anything.
    fn path_of(&self, member: &Member) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        if let Some(name) = &member.name {
            path.push("/");
            path.push(name);
        }
        path.into()
    }

    /// Which release a member is, and what is to be told of it.
    fn id(&self, member: &Member, options: &ReadOptions) -> Result<(ReleaseId, Option<String>)> {
        let own = self.path.file_name().unwrap_or_default().to_string_lossy();
        let names = [member.name.as_deref().unwrap_or_default(), &own];
        match (ReleaseId::from_names(&names), &options.id) {
            (Some(told), Some(given)) if !told.is_same_quarter(given) => {
                let notice = format!(
                    "the name says {told}, so it is not read as {given}; rename it if the name is wrong"
                );
                Ok((told, Some(notice)))
            }
            (Some(told), _) => Ok((told, None)),
            (None, Some(given)) => Ok((given.clone(), None)),
            (None, None) => Err(Error::source(
                &self.path_of(member),
                "the name does not say which release this is; say it with --release 2026-01 (year and first month of the quarter)",
            )),
        }
    }

    /// Joins what lies beside a release: processing notes and the list of NOC codes.
    fn join(&self, id: &ReleaseId, records: &mut [Record]) -> Vec<String> {
        let is_alone = self.is_one_release || self.releases().count() == 1;
        let is_its_own =
            |member: &Member| is_alone || member.id().is_some_and(|own| own.is_same_quarter(id));
        let mut notices = Vec::new();
        for member in self.members.iter().filter(|member| is_its_own(member)) {
            match member.content {
                Content::ProcessingNotes => {
                    let notes = processing_notes::read(&member.bytes);
                    notices.extend(processing_notes::join(&notes, records));
                }
                Content::NocList(sheet) => {
                    let list = Book::open(&member.bytes)
                        .and_then(|mut book| noc_list::read(&mut book, sheet));
                    let name = member.name.as_deref().unwrap_or_default();
                    match list {
                        Ok(list) => notices.extend(list.join(records)),
                        Err(reason) => notices.push(format!("{name}: {reason}")),
                    }
                }
                _ => {}
            }
        }
        notices
    }
}

fn parse(member: &Member) -> Result<Parsed, String> {
    match member.content {
        Content::Sheet(sheet) => workbook::read(Book::open(&member.bytes)?, sheet),
        _ => Ok(lines::read(&member.bytes)),
    }
}

fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // writing to a text cannot fail
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Makes an error of the first thing that was skipped.
fn check_strictly(path: &Path, parsed: &Parsed) -> Result<()> {
    let skipped = parsed.skipped.first().map(|own| (own.line, &own.reason));
    let undefined = parsed.undefined.as_ref().map(|own| (own.line, &own.reason));
    match skipped.into_iter().chain(undefined).min() {
        None => Ok(()),
        Some((line, reason)) => Err(Error::Line {
            path: path.to_owned(),
            line,
            reason: reason.clone(),
        }),
    }
}

fn nothing_read(parsed: &Parsed) -> String {
    let LeftOut { cpt, cdt } = parsed.left_out;
    match parsed.skipped.first() {
        Some(Skipped { line, reason }) => format!(
            "holds no HCPCS release that can be read: {} lines are broken, the first is line {line}: {reason}; download it again",
            parsed.skipped.len()
        ),
        None if cpt + cdt > 0 => "holds no HCPCS release: it has only CPT or CDT codes, which are not covered; give the zip that CMS publishes".to_owned(),
        None => no_release(None),
    }
}
