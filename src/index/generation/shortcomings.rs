//! What an index cannot answer as a whole release of today's program would: parts of the code set,
//! fields, words that another version of the program took apart.

use std::borrow::Borrow;

use super::indexed_release::IndexedRelease;
use super::manifest::Manifest;
use crate::codeset::{Record, blank_fields};
use crate::index::analyzer::ANALYSIS;
use crate::release::ReleaseId;

impl IndexedRelease {
    /// All that it lacks, to follow its name; `None` if nothing.
    #[must_use]
    pub fn lacking(&self) -> Option<String> {
        let scope = (!self.scope.is_whole()).then(|| self.scope.to_string());
        joined([scope, self.without_fields()])
    }

    fn without_fields(&self) -> Option<String> {
        without(&self.blank_fields)
    }
}

impl Manifest {
    /// That another version of the program took the words apart; `None` if this one did.
    #[must_use]
    pub fn other_analysis(&self) -> Option<String> {
        (self.analysis != ANALYSIS).then(|| {
            format!(
                "its words taken apart by another version of the program (analysis {}, this program \
                 has {ANALYSIS}), so that some are not found: index the files again",
                self.analysis
            )
        })
    }

    /// What an indexed release lacks, in a few words that follow its name in every answer; `None` if
    /// nothing.
    pub(crate) fn scope_note(&self, id: &ReleaseId) -> Option<String> {
        let release = self.releases.iter().find(|own| own.id == *id)?;
        let fields = release.without_fields();
        joined([release.scope.note(), fields, self.other_analysis()])
    }
}

fn without<T: Borrow<str>>(fields: &[T]) -> Option<String> {
    let names = fields.join(", ");
    (!names.is_empty()).then(|| format!("without the fields {names}"))
}

/// What a comparison says of a release whose records have no value of some fields.
#[must_use]
pub fn fields_notice(id: &ReleaseId, records: &[Record]) -> Option<String> {
    let fields = without(&blank_fields(records))?;
    Some(format!(
        "release {id}, {fields}; what it lacks is no change"
    ))
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
