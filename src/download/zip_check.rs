//! Checks that a downloaded file is a zip, a release, and the one that the page promised.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::error::{Error, Remedy, Result};
use crate::release;
use crate::release::{ReadOptions, Release, ReleaseId};

/// The first bytes of a zip.
const MAGIC: [u8; 4] = *b"PK\x03\x04";

/// Checks that the received file is a zip and a release.
pub(super) fn check(part: &Path, url: &str, promised: &ReleaseId) -> Result<()> {
    let mut head = Vec::new();
    let read = File::open(part).and_then(|file| file.take(512).read_to_end(&mut head));
    read.map_err(|cause| Error::io(part, "cannot read what was downloaded", cause))?;
    if !head.starts_with(&MAGIC) {
        let is_page = head.trim_ascii_start().starts_with(b"<");
        let what = if is_page {
            "a web page"
        } else {
            "something else"
        };
        let reason = format!("the server sent {what} in place of a zip");
        return Err(Error::download(url, reason).with(Remedy::FetchByHand));
    }
    let reason = match release::is_release(part) {
        Ok(true) => return check_quarter(part, url, promised),
        Ok(false) => "the zip holds no HCPCS release".to_owned(),
        Err(Error::Source { reason, .. }) => format!("what the server sent {reason}"),
        Err(other) => return Err(other),
    };
    Err(Error::download(url, reason).with(Remedy::NamePage))
}

/// Checks that the zip holds the quarter that the page's link names, if it says which it holds.
fn check_quarter(part: &Path, url: &str, promised: &ReleaseId) -> Result<()> {
    // Unreadable content is reported when the release is indexed.
    let read = release::read(part, &ReadOptions::default()).unwrap_or_default();
    let is_promised = |release: &Release| release.id.is_same_quarter(promised);
    if read.is_empty() || read.iter().any(is_promised) {
        return Ok(());
    }
    let ids: Vec<String> = read.iter().map(|release| release.id.to_string()).collect();
    let reason = format!(
        "the page promised release {promised}, and the zip holds {}",
        ids.join(", ")
    );
    Err(Error::download(url, reason).with(Remedy::FetchByHand))
}
