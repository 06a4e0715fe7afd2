//! `ClinicalNote`: an overview of one or several codes.

use serde::{Deserialize, Serialize};

use super::modifier_table::ModifierUse;
use super::section::NoteSection;
use crate::codeset::{Code, Date};

/// What somebody wrote about one code or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicalNote {
    /// The codes it is about; a note has at least one.
    pub codes: Vec<Code>,
    /// Its title.
    pub title: String,
    /// The basis of the note, from its front matter.
    pub source: Option<String>,
    /// When it was written, from its front matter.
    pub date: Option<Date>,
    /// Its licence, from its front matter.
    pub license: Option<String>,
    /// Its sections, in order.
    pub sections: Vec<NoteSection>,
    /// Modifiers and when to use them.
    pub modifiers: Vec<ModifierUse>,
}

impl ClinicalNote {
    /// Whether an export may contain the note. A note without a licence belongs to its author and
    /// is not passed on, nor is one whose licence is `none`, says "all rights reserved", "not to be
    /// passed on", "internal", "confidential" or "proprietary".
    #[must_use]
    pub fn may_be_passed_on(&self) -> bool {
        const MARKS: [&str; 6] = [
            "all rights reserved",
            "not to be passed on",
            "not be passed on",
            "internal",
            "confidential",
            "proprietary",
        ];
        let license = self.license.as_deref().unwrap_or("none").to_lowercase();
        license != "none" && !MARKS.iter().any(|mark| license.contains(mark))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_passed_on() {
        let mut note = ClinicalNote::default();
        assert!(!note.may_be_passed_on(), "no licence");
        for (license, expected) in [
            ("none", false),
            ("(c) A. All rights reserved.", false),
            ("Not to be passed on", false),
            ("internal use", false),
            ("MIT OR Apache-2.0", true),
            ("public domain", true),
        ] {
            note.license = Some(license.into());
            assert_eq!(note.may_be_passed_on(), expected, "{license}");
        }
    }
}
