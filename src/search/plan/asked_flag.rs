//! What kind of code the words of a question ask for: a part, what is not classified, a report of
//! quality, a procedure.

use crate::index::build::descriptor::flag_of;
use crate::index::store::row::RowFlags;

/// Words of questions that ask for codes which report the quality of care.
const QUALITY_WORDS: [&str; 16] = [
    "assessment",
    "clinician",
    "diagnosis",
    "document",
    "documentation",
    "documented",
    "eligible",
    "measure",
    "mip",
    "mvp",
    "patient",
    "performance",
    "quality",
    "reason",
    "reporting",
    "screening",
];

/// Words of questions that ask for a procedure.
const PROCEDURE_WORDS: [&str; 35] = [
    "ablation",
    "administration",
    "angioplasty",
    "arthroplasty",
    "arthroscopy",
    "atherectomy",
    "biopsy",
    "bronchoscopy",
    "colonoscopy",
    "cystoscopy",
    "debridement",
    "destruction",
    "endoscopy",
    "exam",
    "examination",
    "excision",
    "implantation",
    "injection",
    "insertion",
    "laparoscopic",
    "laparoscopy",
    "percutaneous",
    "placement",
    "procedure",
    "removal",
    "repair",
    "revascularization",
    "revision",
    "screening",
    "surgery",
    "surgical",
    "therapy",
    "thrombectomy",
    "transluminal",
    "treatment",
];

/// The row flag that a word of a question asks for, if any.
pub(super) fn asked_flag(term: &str) -> u8 {
    let is_quality = QUALITY_WORDS.binary_search(&term).is_ok();
    let is_procedure = PROCEDURE_WORDS.binary_search(&term).is_ok();
    flag_of(term)
        | (u8::from(is_quality) * RowFlags::QUALITY)
        | (u8::from(is_procedure) * RowFlags::PERFORMED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::analysis::analyze;

    #[test]
    fn the_words_are_sorted_terms() {
        assert!(QUALITY_WORDS.is_sorted() && PROCEDURE_WORDS.is_sorted());
        for word in QUALITY_WORDS.iter().chain(&PROCEDURE_WORDS) {
            assert_eq!(analyze(word)[0].term, *word);
        }
    }
}
