//! The starter set, which is part of the program, so that it can answer on a fresh machine.

use std::path::PathBuf;

use super::id::ReleaseId;
use super::member::Member;
use super::release::ReadOptions;
use super::release::Release;
use super::source::Source;
use crate::error::{Error, Result};

const PATH: &str = "data/starter/release.tsv";
const RELEASE: &str = include_str!("../../data/starter/release.tsv");
const NOC_CODES: &str = include_str!("../../data/starter/noc_codes.tsv");

impl Release {
    /// The starter set: some hundred codes and modifiers in all sections, in the project's own words.
    ///
    /// ```
    /// let starter = hcpcs::Release::starter()?;
    /// assert_eq!(starter.id.to_string(), "2026-01/starter");
    /// assert!(starter.records.iter().any(|record| record.code.as_str() == "J1640"));
    /// # Ok::<(), hcpcs::Error>(())
    /// ```
    ///
    /// # Errors
    /// None, as long as the project's tests pass.
    pub fn starter() -> Result<Self> {
        let source = Source {
            path: PathBuf::from(PATH),
            is_one_release: true,
            members: vec![
                Member::of(None, RELEASE.as_bytes().to_vec()),
                Member::of(None, NOC_CODES.as_bytes().to_vec()),
            ],
            notices: Vec::new(),
            damage: Vec::new(),
        };
        let id: ReleaseId = "2026-01/starter".parse()?;
        let options = ReadOptions {
            strict: true,
            id: Some(id),
        };
        let Some(member) = source.releases().next() else {
            return Err(Error::source(&source.path, "holds no codes"));
        };
        let mut release = source.read(member, &options)?;
        // the set leaves out columns for which no code has a value
        release.notices.clear();
        Ok(release)
    }
}
