//! `IndexedRelease`: what the manifest says of a release.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::codeset::{Code, Kind, blank_fields};
use crate::release::{Release, ReleaseId, Scope};

/// An indexed release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct IndexedRelease {
    /// Year, quarter and issue, such as `2026-01` or `2026-01/01122026`.
    pub id: ReleaseId,
    /// How much of the code set it holds.
    pub scope: Scope,
    /// The fields of which none of its codes has a value: it has no such columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blank_fields: Vec<String>,
    /// The file that was given.
    #[cfg_attr(feature = "serve", schema(value_type = String))]
    pub source: PathBuf,
    /// The member of it that was read.
    pub member: Option<String>,
    /// BLAKE3 of the bytes that were read.
    pub hash: String,
    /// Number of procedure codes.
    pub procedures: usize,
    /// Number of modifiers.
    pub modifiers: usize,
    /// How many of both have a termination date.
    pub terminated: usize,
    /// How many lines could not be read.
    pub skipped: usize,
    /// The codes of these lines, as far as they have one, that the release has on no other line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread_codes: Vec<Code>,
    /// How many values could not be read and are kept as published.
    pub unread: usize,
    /// Signs that the file is cut or damaged, if it was accepted by force.
    pub damage: Vec<String>,
    /// How many rows of CPT and CDT, which are not covered, were left out.
    pub left_out: usize,
    /// Notices about it.
    pub notices: Vec<String>,
}

impl From<&Release> for IndexedRelease {
    fn from(release: &Release) -> Self {
        let kind = |kind: Kind| {
            release
                .records
                .iter()
                .filter(|record| record.code.kind() == kind)
                .count()
        };
        Self {
            id: release.id.clone(),
            scope: Scope::of(&release.id, &release.records),
            blank_fields: blank_fields(&release.records)
                .into_iter()
                .map(str::to_owned)
                .collect(),
            source: release.source.clone(),
            member: release.member.clone(),
            hash: release.hash.clone(),
            procedures: kind(Kind::Procedure),
            modifiers: kind(Kind::Modifier),
            terminated: release
                .records
                .iter()
                .filter(|record| record.terminated.is_some())
                .count(),
            skipped: release.skipped.len(),
            unread_codes: release.unread_codes(),
            unread: release.unread.len(),
            damage: release.damage.clone(),
            left_out: release.left_out.cpt + release.left_out.cdt,
            notices: release.notices.clone(),
        }
    }
}

impl IndexedRelease {
    /// Why it cannot say whether the code set has a code that it lacks, as a clause about the code;
    /// `None` if it can.
    #[must_use]
    pub fn doubt(&self, code: Code) -> Option<String> {
        let Self { id, scope, .. } = self;
        if self.unread_codes.contains(&code) {
            Some(format!(
                "on a line of release {id} that could not be read, so that it is not known whether \
                 it is valid"
            ))
        } else {
            scope.may_lack(code).then(|| {
                format!("not in release {id}, {scope}, which cannot say whether it is a code")
            })
        }
    }
}
