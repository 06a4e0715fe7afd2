//! The page without a question: what is indexed, and examples.

use super::address::Address;
use crate::annotation::SourceKind;
use crate::index::Manifest;

/// What is indexed.
pub(crate) struct Home {
    pub(crate) codes: usize,
    pub(crate) releases: Vec<ReleaseRow>,
    pub(crate) sources: Vec<SourceRow>,
    /// Clinical notes, as there are many of them.
    pub(crate) notes: Vec<SourceRow>,
    pub(crate) examples: Vec<Example>,
}

/// A release that is indexed.
pub(crate) struct ReleaseRow {
    pub(crate) id: String,
    /// The missing parts, if it is not complete.
    pub(crate) scope: Option<String>,
    pub(crate) procedures: usize,
    pub(crate) modifiers: usize,
    /// The changes since the previous release.
    pub(crate) changes: Option<Address>,
}

/// Another indexed source.
pub(crate) struct SourceRow {
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) date: String,
}

/// An example question.
pub(crate) struct Example {
    pub(crate) text: &'static str,
    pub(crate) what: &'static str,
    pub(crate) address: Address,
}

/// What can be typed, and what it shows.
const EXAMPLES: &[(&str, &str)] = &[
    ("power wheelchair", "words, the best answers first"),
    ("glycopirolate", "misspelt words are corrected"),
    ("panhematin", "brand names of drugs"),
    ("J1640", "a code"),
    ("E0601-E0610", "a range, or a pattern such as J16*"),
    ("\"nasal interface\" -full", "a phrase, and a word left out"),
];

impl Home {
    pub(crate) fn new(manifest: &Manifest, address: &Address) -> Self {
        let ids: Vec<String> = manifest
            .releases
            .iter()
            .map(|own| own.id.to_string())
            .collect();
        let mut releases: Vec<ReleaseRow> = Vec::new();
        for (at, own) in manifest.releases.iter().enumerate() {
            let changes = at.checked_sub(1).map(|before| {
                let from = Address::new("/changes").with("from", Some(&ids[before]));
                from.with("to", Some(&ids[at]))
            });
            releases.push(ReleaseRow {
                id: ids[at].clone(),
                scope: own.lacking(),
                procedures: own.procedures,
                modifiers: own.modifiers,
                changes,
            });
        }
        releases.reverse();
        let sources = manifest.sources.iter().map(|own| SourceRow {
            kind: own.kind.clone(),
            title: own.title.clone(),
            date: own.date.clone().unwrap_or_default(),
        });
        let note = SourceKind::ClinicalNote.name();
        let (notes, sources) = sources.partition(|own| own.kind == note);
        let examples = EXAMPLES.iter().map(|(text, what)| Example {
            text,
            what,
            address: address.with("q", Some(text)),
        });
        Self {
            codes: manifest.codes,
            releases,
            sources,
            notes,
            examples: examples.collect(),
        }
    }
}
