//! Reading what CMS publishes.

mod bad_input;
mod containers;
mod fixed_width;
mod real;
mod tables;

use std::path::Path;

use hcpcs::release::{ReadOptions, read};
use hcpcs::{Record, Release, Result};

use crate::made::{self, Line};

/// Reads a file of some content, whose name gives the release.
fn read_as(name: &str, bytes: impl AsRef<[u8]>) -> Result<Vec<Release>> {
    let folder = tempfile::tempdir().unwrap();
    read(
        &made::file(folder.path(), name, bytes),
        &ReadOptions::default(),
    )
}

/// Reads a text.
fn read_text(text: impl AsRef<[u8]>) -> Release {
    read_as("HCPC2026_JAN_ANWEB.txt", text).unwrap().remove(0)
}

/// Reads the text of some records.
fn read_lines(records: &[Line]) -> Release {
    read_text(made::text(records))
}

fn record<'a>(release: &'a Release, code: &str) -> &'a Record {
    let own = release.records.iter().find(|own| own.code.as_str() == code);
    own.unwrap_or_else(|| panic!("no {code}"))
}

fn skipped(release: &Release) -> Vec<(usize, &str)> {
    let skipped = release.skipped.iter();
    skipped.map(|own| (own.line, own.reason.as_str())).collect()
}

/// The message of an error, without the path before it.
fn message(path: &Path) -> String {
    let error = read(path, &ReadOptions::default()).unwrap_err().to_string();
    let own = path.display().to_string();
    error.strip_prefix(&own).unwrap_or(&error).to_owned()
}
