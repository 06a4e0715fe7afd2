//! Reasons in words, for a terminal and a table.

use crate::index::Field;

use super::reason::Reason;
use crate::search::plan::plan::Via;

impl Reason {
    /// Why a code matches, in words; findings in the same field are merged.
    #[must_use]
    pub fn in_words(reasons: &[Self]) -> String {
        let mut findings: Vec<(Vec<String>, String)> = Vec::new();
        for reason in reasons {
            let place = place_of(reason);
            let word = word_of(reason);
            match findings.iter_mut().find(|(_, known)| *known == place) {
                Some((words, _)) => words.push(word),
                None => findings.push((vec![word], place)),
            }
        }
        let findings = findings
            .into_iter()
            .map(|(words, place)| format!("{}{place}", words.join(", ")));
        findings.collect::<Vec<_>>().join("; ")
    }
}

/// The word that was asked, and the found word if it differs.
fn word_of(reason: &Reason) -> String {
    let Reason {
        asked,
        found,
        via,
        through,
        ..
    } = reason;
    match via {
        Via::Code => "the code".to_owned(),
        Via::Synonym => format!("{asked} = {through}"),
        _ if reason.field == Field::Ndc && !through.is_empty() => found.to_string(),
        _ if asked.eq_ignore_ascii_case(found) => asked.to_string(),
        _ => format!("{asked} → {found}"),
    }
}

/// The field in which it was found.
fn place_of(reason: &Reason) -> String {
    let Reason {
        field,
        via,
        through,
        snippet,
        source,
        ..
    } = reason;
    if *via == Via::Code {
        return String::new();
    }
    let mut place = format!(" in {}", field.name());
    match field {
        Field::Ndc if !through.is_empty() => place = format!(", an NDC of {through}"),
        Field::DrugName | Field::Labeler => place.extend([" ", through]),
        Field::ClinicalNote if !snippet.is_empty() => place.extend([", ", through, ": ", snippet]),
        _ => {}
    }
    if let Some(source) = source {
        place.extend([" (", source, ")"]);
    }
    place
}
