//! The provenance of an answer: release, file, hash.

use serde::Serialize;

use crate::codeset::Date;
use crate::search::{Age, Searcher};

/// The provenance of an answer.
#[derive(Debug, Serialize)]
pub(super) struct Provenance {
    /// The release that answers, such as `2026-01`.
    release: String,
    /// How much of the code set that release holds, if not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    release_scope: Option<String>,
    /// Its issue, if there are several.
    issue: Option<String>,
    /// The file of CMS that was read.
    file: String,
    /// Its member, if it is an archive.
    member: Option<String>,
    /// The hash of the bytes that were read.
    hash: String,
    /// The day of the question.
    as_of: Date,
    /// How old the releases are that answer for the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<Age>,
    /// The program that answers.
    program: &'static str,
}

impl Provenance {
    /// The provenance of answers for a day.
    pub(super) fn of(searcher: &Searcher, as_of: Date) -> Self {
        Self {
            age: searcher.age(as_of),
            ..Self::of_release(searcher, searcher.release_on(as_of), as_of)
        }
    }

    /// The provenance of a release's data, by its year and quarter.
    pub(super) fn of_release(searcher: &Searcher, name: String, as_of: Date) -> Self {
        let releases = &searcher.manifest().releases;
        let release = releases
            .iter()
            .rev()
            .find(|release| release.id.to_string() == name);
        let file = release.and_then(|release| release.source.file_name());
        Self {
            release_scope: release.and_then(|own| searcher.scope_of(&own.id)),
            issue: release.and_then(|release| release.id.issue.clone()),
            file: file.map_or_else(String::new, |file| file.to_string_lossy().into_owned()),
            member: release.and_then(|release| release.member.clone()),
            hash: release.map_or_else(String::new, |release| release.hash.clone()),
            release: name,
            as_of,
            age: None,
            program: concat!("hcpcs ", env!("CARGO_PKG_VERSION")),
        }
    }
}
