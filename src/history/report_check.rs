//! Compares the changes that were found with CMS's own report of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::changes::{Change, Changes};
use crate::codeset::{Action, Code};
use crate::release::{ReportedAction, TransactionReport};

/// A code for which the report and the comparison of the releases disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// The code.
    pub code: Code,
    /// The action in the report's words; `None` if it does not have the code.
    pub reported: Option<String>,
    /// What was found, such as `added`, `revised: long_descriptor` or `no change`.
    pub found: String,
}

/// Lists every code for which the report and the changes disagree, sorted by code.
///
/// A report names one action for each code: a changed long descriptor covers whatever else changed
/// with it. Both agree if the reported action is among the changes found, or if neither has a
/// change, and if the reported descriptors are those of the release, or cut.
#[must_use]
pub fn check(changes: &Changes, report: &TransactionReport) -> Vec<Disagreement> {
    let mut found: BTreeMap<Code, (&'static str, &Change)> = BTreeMap::new();
    for (list, entries) in changes.lists() {
        found.extend(entries.iter().map(|change| (change.code, (list, change))));
    }
    let mut reported: BTreeMap<Code, Vec<&ReportedAction>> = BTreeMap::new();
    for row in &report.rows {
        reported.entry(row.code).or_default().push(row);
    }
    let codes: BTreeSet<Code> = found.keys().chain(reported.keys()).copied().collect();
    codes
        .into_iter()
        .filter_map(|code| {
            let rows = reported.get(&code).map_or(&[][..], Vec::as_slice);
            disagreement(code, found.get(&code).copied(), rows)
        })
        .collect()
}

fn disagreement(
    code: Code,
    found: Option<(&'static str, &Change)>,
    rows: &[&ReportedAction],
) -> Option<Disagreement> {
    let words: BTreeSet<&str> = rows.iter().map(|row| row.published.as_str()).collect();
    let words: Vec<&str> = words.into_iter().collect();
    let reported = (!words.is_empty()).then(|| words.join(", "));
    if !rows.iter().any(|row| agrees(row.action, found)) {
        return Some(Disagreement {
            code,
            reported,
            found: found.map_or("no change".to_owned(), described),
        });
    }
    let (_, change) = found?;
    let row = rows.iter().find(|row| !has_descriptors_of(row, change))?;
    Some(Disagreement {
        code,
        reported: Some(format!(
            "{}: {} | {}",
            row.published, row.short_descriptor, row.long_descriptor
        )),
        found: format!("{} | {}", change.short_descriptor, change.long_descriptor),
    })
}

/// The list of a change, and the fields that changed.
fn described((list, change): (&'static str, &Change)) -> String {
    let fields: Vec<&str> = change.fields.iter().map(|own| own.field).collect();
    if fields.is_empty() {
        list.to_owned()
    } else {
        format!("{list}: {}", fields.join(", "))
    }
}

/// The fields of a payment change.
const PAYMENT: [&str; 8] = [
    "pricing",
    "multiple_pricing",
    "asc_group",
    "asc_date",
    "mog_group",
    "mog_policy",
    "mog_date",
    "anesthesia_base_units",
];

/// Whether the reported action is among the changes found.
fn agrees(action: Option<Action>, found: Option<(&'static str, &Change)>) -> bool {
    let Some(action) = action else {
        return false;
    };
    let Some((list, change)) = found else {
        return action.as_str() == "N";
    };
    let is_revised = matches!(list, "revised" | "reissued");
    let has = |is: &dyn Fn(&str) -> bool| change.fields.iter().any(|own| is(own.field));
    let is_text = |field: &str| matches!(field, "long_descriptor" | "short_descriptor");
    match action.as_str() {
        "A" => list == "added",
        "D" => list == "terminated",
        "R" => list == "reactivated",
        _ if !is_revised => false,
        "B" => has(&|field| field == "long_descriptor") && has(&|field| !is_text(field)),
        "C" => has(&|field| field == "long_descriptor"),
        "S" => has(&|field| field == "short_descriptor"),
        "P" => has(&|field| PAYMENT.contains(&field)),
        "T" => has(&|field| matches!(field, "betos" | "type_of_service")),
        "F" => has(&|field| !is_text(field)),
        _ => false,
    }
}

/// Whether a row has a code's descriptors, the long one perhaps cut; an empty one matches any.
fn has_descriptors_of(row: &ReportedAction, change: &Change) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short = words(&row.short_descriptor);
    (short.is_empty() || short == words(&change.short_descriptor))
        && words(&change.long_descriptor).starts_with(&words(&row.long_descriptor))
}
