//! Finds CMS's transaction report in a workbook, a text or a zip.

use std::fs::File;
use std::io::Cursor;
use std::io::Read as _;
use std::path::Path;

use zip::ZipArchive;

use super::id::ReleaseId;
use super::transaction_report::{TransactionReport, parse};
use crate::error::{Error, Result};
use crate::table::sheet;

/// A file larger than this is not read; CMS's have 3 MiB.
const LARGEST_FILE: u64 = 64 << 20;

/// How many bytes identify a workbook.
const MAGIC: u64 = 4;

/// Reads a transaction report: the workbook or table itself, or the zip of a release that contains
/// it.
///
/// A report has the same rows on two sheets, sorted by action and by code. All sheets are read,
/// equal rows are kept once, and a notice names rows that only one sheet has.
///
/// # Errors
/// The file cannot be read, or no transaction report is in it.
pub fn read_transaction_report(path: &Path) -> Result<TransactionReport> {
    let bytes = read_file(path)?;
    let found = match archive(&bytes) {
        Some(zip) => find_member(zip),
        None => parse(&bytes).map(|report| report.map(|report| (None, report))),
    };
    match found {
        Ok(Some((member, report))) => {
            let own = path.file_name().unwrap_or_default().to_string_lossy();
            let names = [member.as_deref().unwrap_or_default(), &own];
            Ok(TransactionReport {
                source: path.to_owned(),
                id: ReleaseId::from_names(&names),
                member,
                ..report
            })
        }
        Ok(None) => Err(Error::source(
            path,
            "holds no transaction report; give the workbook in which CMS lists a quarter's changes",
        )),
        Err(reason) => Err(Error::source(path, reason)),
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>> {
    let cannot_read = |cause| Error::io(path, "cannot read", cause);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot_read)?;
    file.take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot_read)?;
    if bytes.len() as u64 > LARGEST_FILE {
        let reason = format!(
            "is larger than {} MiB, which no transaction report is; give the workbook that CMS publishes",
            LARGEST_FILE >> 20
        );
        return Err(Error::source(path, reason));
    }
    Ok(bytes)
}

/// The zip, if it is one and not a workbook; a damaged one gets the error of a workbook.
fn archive(bytes: &[u8]) -> Option<ZipArchive<Cursor<&[u8]>>> {
    let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let is_workbook = zip.index_for_name("[Content_Types].xml").is_some();
    (!is_workbook).then_some(zip)
}

/// A report and the member that holds it.
type Found = Option<(Option<String>, TransactionReport)>;

/// The first member of a zip that is a transaction report; members named so are tried first.
fn find_member(mut zip: ZipArchive<Cursor<&[u8]>>) -> Result<Found, String> {
    let names = (0..zip.len()).filter_map(|index| {
        let name = zip.name_for_index(index)?.ok()?.into_owned();
        Some((!name.to_lowercase().contains("trans"), name, index))
    });
    let mut members: Vec<(bool, String, usize)> = names.collect();
    members.sort();
    let mut left = LARGEST_FILE;
    let mut failure = None;
    for (_, name, index) in members {
        match unpack_workbook(&mut zip, index, &mut left) {
            Ok(None) => {}
            Ok(Some(bytes)) => {
                // a workbook that cannot be read may be anything
                if let Ok(Some(report)) = parse(&bytes) {
                    return Ok(Some((Some(name), report)));
                }
            }
            Err(cause) => {
                failure.get_or_insert(format!(
                    "{name}: is damaged ({cause}); download the zip again"
                ));
            }
        }
    }
    failure.map_or(Ok(None), Err)
}

/// The bytes of a member if it is a workbook; `left` bounds what all members together may unpack
/// to.
fn unpack_workbook(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    left: &mut u64,
) -> Result<Option<Vec<u8>>, Box<dyn std::error::Error>> {
    let mut member = zip.by_index(index)?;
    let mut bytes = Vec::new();
    member.by_ref().take(MAGIC).read_to_end(&mut bytes)?;
    if !sheet::is_workbook(&bytes) {
        return Ok(None);
    }
    member.take(*left).read_to_end(&mut bytes)?;
    *left = left.saturating_sub(bytes.len() as u64);
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_larger_than_any_report_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for (more, is_refused) in [(0, false), (1, true), (4096, true)] {
            file.as_file().set_len(LARGEST_FILE + more).unwrap();
            let read = read_file(file.path());
            assert_eq!(read.is_err(), is_refused, "{more}");
        }
    }
}
