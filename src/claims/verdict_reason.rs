//! The reason for the verdict on a claim line, in a sentence.

use serde_json::Value;

use crate::codeset::ParseCodeError;
use crate::error::excerpt;
use crate::history::{Published, Standing};

use super::billed_units::BilledUnits;
use super::checked::{Checked, CheckedModifier};
use super::reading::claim_line::{ClaimLine, is_code};
use super::reading::composite::CodeSet;
use super::verdict::Verdict;

/// The reason for the verdict on a line; `why` is the error if the text in the code's place is no
/// code, `doubt` the reason why a code is undetermined, and `in_force` the release in force on the day.
pub(crate) fn reason(
    checked: &Checked,
    line: &ClaimLine,
    why: Option<ParseCodeError>,
    doubt: Option<String>,
    in_force: &str,
) -> String {
    let mut parts = vec![match (checked.verdict, why) {
        (Verdict::OutOfScope, _) if line.code_set == CodeSet::Hipps => {
            "a HIPPS rate code, which is not judged here".to_owned()
        }
        (Verdict::OutOfScope, _) if line.code_set == CodeSet::Ndc => {
            "the number of a drug package (NDC) in the place of the code, which is not judged \
             here; search for it"
                .to_owned()
        }
        (Verdict::OutOfScope, _) if line.code_set == CodeSet::Other => {
            "of a code set that is not judged here".to_owned()
        }
        (Verdict::OutOfScope, Some(ParseCodeError::NotACode)) => {
            "of the form of a HIPPS rate code, which is not judged here".to_owned()
        }
        (Verdict::NoCode, _) => "no code".to_owned(),
        (Verdict::OutOfScope | Verdict::Unknown, Some(why)) => why.of(&line.code),
        (Verdict::Unknown | Verdict::OutOfScope, None) => {
            "in no release that is indexed".to_owned()
        }
        (Verdict::Undetermined, _) => doubt.unwrap_or_default(),
        (Verdict::Noc, _) => "not otherwise classified, a claim needs a narrative".to_owned(),
        (Verdict::Valid, _) => valid(checked),
        (Verdict::NotYetValid, _) => {
            let from = checked.added.map(|day| format!(" until {day}"));
            format!("not valid{}", from.unwrap_or_default())
        }
        (Verdict::Terminated, _) => match checked.terminated {
            Some(day) if day >= checked.judged_as_of => {
                let last = checked.dos_through.unwrap_or(day);
                format!("ended {day}, before the last day of service, {last}")
            }
            Some(day) => format!("ended {day}"),
            None => "ended".to_owned(),
        },
        (verdict @ (Verdict::NoLongerListed | Verdict::UnknownBetweenReleases), _) => {
            dropped(verdict, checked)
        }
    }];
    if let Some(given) = &line.given_code {
        parts.push(format!(
            "`{given}` is read as {}, since spreadsheets drop zeros; it may be a revenue code or \
             a code without its letter",
            checked.code
        ));
    }
    parts.extend(line.readings.iter().cloned());
    parts.extend(coverage(checked));
    if checked.published == Published::Later && checked.release != in_force {
        parts.push(format!("published in {}", checked.release));
    }
    parts.extend(successors(checked));
    if !checked.nearest.is_empty() {
        let codes: Vec<&str> = checked
            .nearest
            .iter()
            .map(|near| near.code.as_str())
            .collect();
        parts.push(format!("nearest {}", codes.join(", ")));
    }
    if checked.reissued {
        parts.push("the code meant something else at another time".to_owned());
    }
    parts.extend(checked.modifiers.iter().filter_map(modifier));
    parts.extend(repeated(&checked.modifiers));
    parts.extend(checked.conflicts.iter().map(ToString::to_string));
    parts.extend(units(checked));
    parts.extend(checked.review.iter().map(|own| own.reason.clone()));
    parts.extend(checked.units_check.iter().map(|own| own.reason.clone()));
    parts.join("; ")
}

/// Says that Medicare does not pay for a valid code, which does not make its line invalid.
fn coverage(checked: &Checked) -> Option<String> {
    let coverage = checked.coverage.as_ref()?;
    let is_unpaid = matches!(coverage.code(), "M" | "I" | "S") && checked.verdict.is_valid();
    let meaning = coverage.meaning().unwrap_or_default().to_lowercase();
    let meaning = meaning.replace("medicare", "Medicare");
    is_unpaid.then(|| format!("coverage {}: {meaning}", coverage.code()))
}

/// Says that the units of a line are not a number above zero, or that it is not known whether they
/// are.
fn units(checked: &Checked) -> Option<String> {
    let given = match checked.units.as_ref()? {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match checked.billed_units()? {
        BilledUnits::Number(number) if number.is_positive() => None,
        // The comparison with a dose or a drug package says it.
        BilledUnits::Unclear(_) if checked.units_check.is_some() => None,
        BilledUnits::Unclear(why) => Some(format!("units not checked: {why}")),
        _ => Some(format!(
            "the units `{}` are not a number above zero",
            excerpt(&given)
        )),
    }
}

/// The modifiers that stand again in a line.
fn repeated(modifiers: &[CheckedModifier]) -> Option<String> {
    let of = |own: &CheckedModifier| own.modifier.clone();
    let places = modifiers.iter().enumerate();
    let again = places.filter(|(at, own)| modifiers[..*at].iter().any(|one| of(one) == of(own)));
    let again: Vec<String> = again.map(|(_, own)| of(own)).collect();
    (!again.is_empty()).then(|| format!("stands more than once: modifier {}", again.join(", ")))
}

/// The sentence on a modifier.
fn modifier(own: &CheckedModifier) -> Option<String> {
    let what = match (own.verdict, own.added, own.terminated) {
        (Verdict::Valid | Verdict::Noc, ..) => return None,
        (Verdict::Terminated, _, Some(day)) => format!("ended {day}"),
        (Verdict::NotYetValid, Some(day), _) => format!("is valid from {day}"),
        (Verdict::OutOfScope, ..) => "is one of CPT, out of scope here".to_owned(),
        (Verdict::Unknown, ..) if is_code(&own.modifier) => {
            "is a code; write one code a line".to_owned()
        }
        (verdict, ..) => format!("is {verdict}"),
    };
    Some(format!("modifier {} {what}", own.modifier))
}

fn valid(checked: &Checked) -> String {
    match (checked.added, checked.terminated) {
        (_, Some(last)) => format!("valid until {last}"),
        (Some(first), None) => format!("valid since {first}"),
        (None, None) => "valid; no added date is given".to_owned(),
    }
}

/// Says since when the releases no longer list a code.
fn dropped(verdict: Verdict, checked: &Checked) -> String {
    let release = &checked.release;
    match checked.dropped {
        Some(own) if verdict == Verdict::NoLongerListed => {
            format!(
                "no longer listed from {}, last listed in {release}",
                own.from
            )
        }
        Some(own) => format!(
            "unknown between releases: {release} lists it and speaks until {}, the next indexed \
             release begins {} and no longer lists it",
            own.last_known, own.from
        ),
        None => verdict.to_string(),
    }
}

/// The successors of a code that has ended.
fn successors(checked: &Checked) -> Option<String> {
    if !matches!(
        checked.verdict,
        Verdict::Terminated | Verdict::NoLongerListed
    ) {
        return None;
    }
    let valid = checked
        .successors
        .iter()
        .filter(|own| own.standing == Standing::Valid);
    let valid: Vec<&str> = valid.map(|own| own.target.as_str()).collect();
    if !valid.is_empty() {
        return Some(format!("successor {}", valid.join(", ")));
    }
    let named = checked.successors.iter().map(|own| {
        let what = match own.standing {
            Standing::Valid => "valid",
            Standing::NotYetValid => "not yet valid",
            Standing::Terminated | Standing::Cycle => "terminated too",
            Standing::NoLongerListed => "no longer listed",
            Standing::UnknownBetweenReleases => "unknown between releases",
            Standing::Undetermined => "undetermined",
            Standing::Unknown => "unknown",
            Standing::Cpt => "CPT, not covered here",
            Standing::Cdt => "CDT, not covered here",
            Standing::NotACode => "not a code",
        };
        format!("{} ({what})", own.target)
    });
    let named: Vec<String> = named.collect();
    Some(match named.as_slice() {
        [] => "CMS names no successor".to_owned(),
        named => format!("CMS refers to {}", named.join(", ")),
    })
}
