//! The reasons of a hit, in words.

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

/// The reasons that are not visible in the highlighted descriptor, in words; findings in the same
/// field are merged.
pub(crate) fn said(reasons: &[Reason]) -> Vec<Said> {
    let mut findings: Vec<(String, Vec<String>, &Reason)> = Vec::new();
    for reason in reasons.iter().filter(|reason| !is_plain(reason)) {
        let (word, place) = (word(reason), place(reason));
        match findings.iter_mut().find(|(known, ..)| *known == place) {
            Some((_, words, _)) if words.contains(&word) => {}
            Some((_, words, _)) => words.push(word),
            None => findings.push((place, vec![word], reason)),
        }
    }
    let one = |(place, words, reason): (String, Vec<String>, &Reason)| Said {
        text: if names_itself(reason) {
            place
        } else {
            format!("{}{place}", words.join(", "))
        },
        snippet: reason.snippet.clone(),
        source: reason.source.clone().unwrap_or_default(),
    };
    findings.into_iter().map(one).collect()
}

/// The words of the question that a code lacks, if any.
pub(crate) fn lacks(words: &[&str]) -> Option<Said> {
    (!words.is_empty()).then(|| Said {
        text: format!("without {}", words.join(", ")),
        snippet: String::new(),
        source: String::new(),
    })
}

/// Whether the typed word is in the descriptor, or the code itself was typed.
fn is_plain(reason: &Reason) -> bool {
    reason.via == Via::Code || (reason.via == Via::Word && reason.field == Field::LongDescriptor)
}

/// Whether the field already contains the word, so that it need not be repeated.
fn names_itself(reason: &Reason) -> bool {
    matches!(reason.field, Field::DrugName | Field::Labeler | Field::Ndc)
}

fn word(reason: &Reason) -> String {
    let Reason {
        asked,
        found,
        via,
        through,
        ..
    } = reason;
    match via {
        Via::Code => "the code itself".to_owned(),
        Via::Synonym => format!("{asked} = {through}"),
        Via::Word => asked.to_string(),
        _ => format!("{found}{}", by(reason)),
    }
}

/// How a word was matched.
fn by(reason: &Reason) -> String {
    let Reason {
        asked, found, via, ..
    } = reason;
    match via {
        Via::Code | Via::Synonym | Via::Word => String::new(),
        Via::Correction => format!(", corrected from {asked}"),
        _ if asked.eq_ignore_ascii_case(found) => String::new(),
        Via::Prefix => format!(", begun as {asked}"),
        _ => format!(", for {asked}"),
    }
}

fn place(reason: &Reason) -> String {
    let Reason {
        field,
        via,
        through,
        found,
        ..
    } = reason;
    let name: &str = if through.is_empty() || *via == Via::Synonym {
        found
    } else {
        through
    };
    match field {
        _ if *via == Via::Code => String::new(),
        Field::DrugName => format!("brand name {name}{}", by(reason)),
        Field::Labeler => format!("labeler {name}{}", by(reason)),
        Field::Ndc => format!("NDC {found}"),
        Field::ClinicalNote if *via != Via::Synonym && !through.is_empty() => {
            format!(" in the clinical note, {through}")
        }
        Field::Meaning => " in what a coded value means".to_owned(),
        _ => format!(" in the {}", field.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(asked: &str, found: &str, field: Field, via: Via, through: &str) -> Reason {
        Reason {
            asked: asked.into(),
            found: found.into(),
            field,
            via,
            through: through.into(),
            snippet: String::new(),
            source: None,
        }
    }

    #[test]
    fn reasons_are_words() {
        let long = Field::LongDescriptor;
        for (reasons, expected) in [
            (
                vec![reason(
                    "panhematin",
                    "Panhematin",
                    Field::DrugName,
                    Via::Word,
                    "Panhematin",
                )],
                "brand name Panhematin",
            ),
            (
                vec![reason(
                    "glycopirolate",
                    "glycopyrrolate",
                    long,
                    Via::Correction,
                    "",
                )],
                "glycopyrrolate, corrected from glycopirolate in the long descriptor",
            ),
            (
                vec![
                    reason("power", "Power", long, Via::Word, ""),
                    reason("wheel", "wheelchair", long, Via::Prefix, ""),
                ],
                "wheelchair, begun as wheel in the long descriptor",
            ),
            (
                vec![reason(
                    "cpap",
                    "continuous",
                    long,
                    Via::Synonym,
                    "continuous airway pressure",
                )],
                "cpap = continuous airway pressure in the long descriptor",
            ),
        ] {
            assert_eq!(said(&reasons)[0].text, expected);
        }
        let plain = [reason("J1640", "J1640", Field::Code, Via::Code, "")];
        assert!(said(&plain).is_empty());
    }
}
