//! Sections of a clinical note: their titles, and the kinds of the known titles.

use serde::{Deserialize, Serialize};

use crate::annotation::text::squeeze;

/// A part of a clinical note under its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct NoteSection {
    /// What it is about, under whatever title.
    pub kind: SectionKind,
    /// Its title as the note has it.
    pub title: String,
    /// Its text, a line for each paragraph or with the note's line breaks; empty if the section is
    /// only a table of modifiers, which
    /// [`ClinicalNote::modifiers`](super::clinical_note::ClinicalNote::modifiers) has.
    pub text: String,
}

/// What a section of a clinical note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// The code in a few words; also text above the first title.
    Summary,
    /// What is billed with the code.
    BillingOverview,
    /// The kind of service.
    ServiceType,
    /// Where the service is given.
    SiteOfService,
    /// Who needs it, and how it is given.
    ClinicalContext,
    /// How the code is used on a claim.
    CodingSpecifications,
    /// Modifiers and when to use them.
    Modifiers,
    /// Doses and billing units.
    Dosage,
    /// Who pays, and under what conditions.
    Payers,
    /// What must be documented.
    Documentation,
    /// Other codes that are billed with this one or in its place.
    RelatedCodes,
    /// Diagnoses with which it is billed.
    Diagnoses,
    /// Where the note's facts come from.
    Sources,
    /// Anything else, under the note's own title.
    Other,
}

/// Known titles in lower case with `and` for `&`; the first of a kind is its usual one.
const TITLES: &[(SectionKind, &[&str])] = &[
    (
        SectionKind::Summary,
        &[
            "summary and overview",
            "summary",
            "overview",
            "code overview",
            "introduction",
        ],
    ),
    (
        SectionKind::BillingOverview,
        &[
            "billing code overview",
            "billing overview",
            "billing summary",
            "billing",
        ],
    ),
    (
        SectionKind::ServiceType,
        &["service type", "type of service"],
    ),
    (
        SectionKind::SiteOfService,
        &[
            "typical site of service",
            "typical sites of service",
            "site of service",
            "sites of service",
            "place of service",
        ],
    ),
    (
        SectionKind::ClinicalContext,
        &[
            "clinical context",
            "clinical overview",
            "clinical background",
            "clinical use",
            "clinical uses",
            "indications",
            "clinical indications",
            "indications and usage",
        ],
    ),
    (
        SectionKind::CodingSpecifications,
        &[
            "coding specifications",
            "clinical and coding specifications",
            "coding guidelines",
            "coding guidance",
            "coding notes",
            "coding",
        ],
    ),
    (
        SectionKind::Modifiers,
        &[
            "modifiers",
            "common modifiers",
            "commonly used modifiers",
            "applicable modifiers",
            "modifier usage",
        ],
    ),
    (
        SectionKind::Dosage,
        &[
            "dosage",
            "dosage and administration",
            "dosing",
            "dosage and billing units",
            "billing units",
            "units",
        ],
    ),
    (
        SectionKind::Payers,
        &[
            "payers",
            "key payers",
            "payer coverage",
            "payer considerations",
            "coverage",
            "coverage considerations",
            "medicare coverage",
            "payers and coverage",
        ],
    ),
    (
        SectionKind::Documentation,
        &["documentation", "documentation requirements"],
    ),
    (
        SectionKind::RelatedCodes,
        &[
            "related codes",
            "related hcpcs codes",
            "related cpt codes",
            "associated codes",
        ],
    ),
    (
        SectionKind::Diagnoses,
        &[
            "diagnoses",
            "related diagnoses",
            "diagnosis codes",
            "icd-10 codes",
            "related icd-10 codes",
            "associated icd-10 codes",
        ],
    ),
    (
        SectionKind::Sources,
        &["sources", "references", "sources and references"],
    ),
];

impl SectionKind {
    /// The kind of a title; [`SectionKind::Other`] if it is unknown.
    ///
    /// ```
    /// use hcpcs::annotation::SectionKind;
    ///
    /// assert_eq!(SectionKind::of("Summary & Overview:"), SectionKind::Summary);
    /// assert_eq!(SectionKind::of("History of the drug"), SectionKind::Other);
    /// ```
    #[must_use]
    pub fn of(title: &str) -> Self {
        // No known title is longer, so lines of text need no lookup.
        if title.len() > 48 {
            return Self::Other;
        }
        let title = squeeze(&title.replace('&', " and ")).to_lowercase();
        let title = title.trim_end_matches(':').trim_end();
        let known = TITLES.iter().find(|(_, titles)| titles.contains(&title));
        known.map_or(Self::Other, |(kind, _)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_is_known_once() {
        let mut titles: Vec<&str> = TITLES
            .iter()
            .flat_map(|(_, titles)| titles.iter().copied())
            .collect();
        for (kind, known) in TITLES {
            for title in *known {
                assert_eq!(SectionKind::of(&title.to_uppercase()), *kind, "{title}");
            }
        }
        let count = titles.len();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), count);
    }
}
