//! Reasons in words: briefly for a terminal and a table, as phrases for the page.

use crate::index::Field;

use super::reason::Reason;
use crate::search::plan::plan::Via;

/// The reasons that share a field, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasonText<'r> {
    /// The found words, each with how it was found.
    words: Vec<String>,
    /// The field, and for an annotation its name.
    place: String,
    /// The first of the reasons.
    pub first: &'r Reason,
}

impl ReasonText<'_> {
    /// The words and their field.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.words.join(", "), self.place)
    }
}

impl Reason {
    /// Why a code matches, in words; findings in the same field are merged.
    #[must_use]
    pub fn in_words(reasons: &[Self]) -> String {
        let findings = merged(reasons, |own| (own.word_briefly(), own.place_briefly()));
        let texts = findings.iter().map(ReasonText::text);
        texts.collect::<Vec<_>>().join("; ")
    }

    /// The same as phrases, without snippets and sources. A brand name, a labeler and an NDC
    /// contain their word, which is not repeated.
    pub fn as_phrases<'r>(reasons: impl IntoIterator<Item = &'r Self>) -> Vec<ReasonText<'r>> {
        let mut findings = merged(reasons, |own| (own.word_as_phrase(), own.place_as_phrase()));
        for own in &mut findings {
            if matches!(
                own.first.field,
                Field::DrugName | Field::Labeler | Field::Ndc
            ) {
                own.words.clear();
            }
        }
        findings
    }

    /// The word that was asked, and the found word if it differs.
    fn word_briefly(&self) -> String {
        let (asked, found, through) = (&self.asked, &self.found, &self.through);
        match self.via {
            Via::Code => "the code".to_owned(),
            Via::Synonym => format!("{asked} = {through}"),
            _ if self.field == Field::Ndc && !through.is_empty() => found.to_string(),
            _ if asked.eq_ignore_ascii_case(found) => asked.to_string(),
            _ => format!("{asked} → {found}"),
        }
    }

    /// The field in which it was found, with snippet and source.
    fn place_briefly(&self) -> String {
        let (through, snippet) = (&self.through, &self.snippet);
        if self.via == Via::Code {
            return String::new();
        }
        let mut place = format!(" in {}", self.field.name());
        match self.field {
            Field::Ndc if !through.is_empty() => place = format!(", an NDC of {through}"),
            Field::DrugName | Field::Labeler => place.extend([" ", through]),
            Field::ClinicalNote if !snippet.is_empty() => {
                place.extend([", ", through, ": ", snippet]);
            }
            _ => {}
        }
        if let Some(source) = &self.source {
            place.extend([" (", source, ")"]);
        }
        place
    }

    /// The found word, and how it was found from the word that was asked.
    fn word_as_phrase(&self) -> String {
        match self.via {
            Via::Code => "the code itself".to_owned(),
            Via::Synonym => format!("{} = {}", self.asked, self.through),
            Via::Word if self.asked.contains(' ') || !self.found.contains(' ') => {
                self.asked.to_string()
            }
            Via::Word => self.found.to_string(),
            _ => format!("{}{}", self.found, self.found_by()),
        }
    }

    fn found_by(&self) -> String {
        let asked = &self.asked;
        match self.via {
            Via::Code | Via::Synonym | Via::Word => String::new(),
            Via::Correction => format!(", corrected from {asked}"),
            _ if asked.eq_ignore_ascii_case(&self.found) => String::new(),
            Via::Prefix => format!(", begun as {asked}"),
            _ => format!(", for {asked}"),
        }
    }

    fn place_as_phrase(&self) -> String {
        let (found, through) = (&self.found, &self.through);
        let is_synonym = self.via == Via::Synonym;
        let name: &str = if through.is_empty() || is_synonym {
            found
        } else {
            through
        };
        match self.field {
            _ if self.via == Via::Code => String::new(),
            Field::DrugName => format!("brand name {name}{}", self.found_by()),
            Field::Labeler => format!("labeler {name}{}", self.found_by()),
            Field::Ndc => format!("NDC {found}"),
            Field::ClinicalNote if !is_synonym && !through.is_empty() => {
                format!(" in the clinical note, {through}")
            }
            Field::Meaning => " in what a coded value means".to_owned(),
            _ => format!(" in the {}", self.field.name()),
        }
    }
}

/// Merges the reasons of the same place.
fn merged<'r>(
    reasons: impl IntoIterator<Item = &'r Reason>,
    in_words: impl Fn(&Reason) -> (String, String),
) -> Vec<ReasonText<'r>> {
    let mut findings: Vec<ReasonText<'r>> = Vec::new();
    for reason in reasons {
        let (word, place) = in_words(reason);
        match findings.iter_mut().find(|known| known.place == place) {
            Some(known) if known.words.contains(&word) => {}
            Some(known) => known.words.push(word),
            None => findings.push(ReasonText {
                words: vec![word],
                place,
                first: reason,
            }),
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_words() {
        let reason = |asked: &str, found: &str, field, via, through: &str| Reason {
            asked: asked.into(),
            found: found.into(),
            field,
            via,
            through: through.into(),
            snippet: String::new(),
            source: None,
        };
        let long = Field::LongDescriptor;
        let cpap = "continuous airway pressure";
        for (reasons, briefly, as_phrase) in [
            (
                vec![reason(
                    "panhematin",
                    "Panhematin",
                    Field::DrugName,
                    Via::Word,
                    "Panhematin",
                )],
                "panhematin in drug name Panhematin",
                "brand name Panhematin",
            ),
            (
                vec![reason("glyco", "glycopyrrolate", long, Via::Correction, "")],
                "glyco → glycopyrrolate in long descriptor",
                "glycopyrrolate, corrected from glyco in the long descriptor",
            ),
            (
                vec![
                    reason("power", "Power", long, Via::Word, ""),
                    reason("wheel", "wheelchair", long, Via::Prefix, ""),
                ],
                "power, wheel → wheelchair in long descriptor",
                "power, wheelchair, begun as wheel in the long descriptor",
            ),
            (
                vec![reason("cpap", "continuous", long, Via::Synonym, cpap)],
                "cpap = continuous airway pressure in long descriptor",
                "cpap = continuous airway pressure in the long descriptor",
            ),
        ] {
            assert_eq!(Reason::in_words(&reasons), briefly);
            assert_eq!(Reason::as_phrases(&reasons)[0].text(), as_phrase);
        }
    }
}
