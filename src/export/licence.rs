//! Licence notes for passing documents on, by their sources.

use crate::annotation::SourceKind;
use crate::index::Manifest;

const RELEASE: &str = "HCPCS Level II codes and descriptors are a work of the US government. \
    No CPT and no CDT is among them but bare numbers in cross references.";
const STARTER: &str = "The starter set has CMS's facts in words of the hcpcs project, under MIT \
    or Apache-2.0: do not bill from it.";

/// The licence terms of each kind of source.
const OF_SOURCES: [(SourceKind, &str); 2] = [
    (
        SourceKind::DrugProducts,
        "CMS keeps the ASP NDC-HCPCS crosswalk to support ASP-based Medicare Part B payment only; \
         it is no complete list of drugs. Brand names belong to their owners.",
    ),
    (
        SourceKind::ClinicalNote,
        "Clinical notes have the licences that they name; those that may not be passed on \
         are left out.",
    ),
];

/// The licence notes of an index's releases and sources.
pub(crate) fn of(manifest: &Manifest) -> Vec<&'static str> {
    let is_starter = |own: &crate::index::IndexedRelease| own.id.is_starter();
    let mut notes = Vec::new();
    if manifest.releases.iter().any(|own| !is_starter(own)) {
        notes.push(RELEASE);
    }
    if manifest.releases.iter().any(is_starter) {
        notes.push(STARTER);
    }
    for (kind, note) in OF_SOURCES {
        if manifest.sources.iter().any(|own| own.kind == kind.name()) {
            notes.push(note);
        }
    }
    notes
}
