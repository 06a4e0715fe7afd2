//! The reasons of a hit, as its row shows them.

use crate::index::Field;
use crate::search::{Reason, Via};

/// A reason in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// The found words and their field.
    pub(crate) text: String,
    /// A snippet of a clinical note; else empty.
    pub(crate) snippet: String,
    /// The source, if it is not the release.
    pub(crate) source: String,
}

/// The reasons that are not visible in the highlighted descriptor.
pub(crate) fn said(reasons: &[Reason]) -> Vec<Said> {
    let phrases = Reason::as_phrases(reasons.iter().filter(|reason| !is_plain(reason)));
    let said = phrases.iter().map(|own| Said {
        text: own.text(),
        snippet: own.first.snippet.clone(),
        source: own.first.source.clone().unwrap_or_default(),
    });
    said.collect()
}

/// The words of the question that a code lacks, if any.
pub(crate) fn lacks(words: &[&str]) -> Option<Said> {
    (!words.is_empty()).then(|| Said {
        text: format!("without {}", words.join(", ")),
        ..Said::default()
    })
}

/// Whether the typed word is in the descriptor, or the code itself was typed.
fn is_plain(reason: &Reason) -> bool {
    reason.via == Via::Code || (reason.via == Via::Word && reason.field == Field::LongDescriptor)
}
