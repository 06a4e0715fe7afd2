//! A code in the form for agents: the summary, and the requested parts in full.

use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::codeset::{Code, Date, Dosage, Kind};
use crate::error::Result;
use crate::history::{CrossReference, Dropped, Published, Status};
use crate::search::{Details, FILTERS, Searcher};

use super::portion::value;

/// The maximum of brands, labelers and the like in a summary.
const MOST_NAMES: usize = 6;

/// A part of the data of a code that is returned in full on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(crate = "schemars")]
pub(super) enum Include {
    Record,
    Notes,
    Products,
    #[serde(alias = "look-alikes")]
    LookAlikes,
    History,
}

/// The summary of a code.
#[derive(Serialize)]
struct CodeSummary<'d> {
    code: Code,
    kind: Kind,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    unclear: Option<&'d str>,
    release: &'d str,
    #[serde(skip_serializing_if = "is_in_force")]
    published: Published,
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped: Option<&'d Dropped>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    reissued: bool,
    long_descriptor: &'d str,
    short_descriptor: &'d str,
    added: Option<Date>,
    terminated: Option<Date>,
    /// `null` if it is unknown.
    not_otherwise_classified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'d Dosage>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    successors: &'d [CrossReference],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    predecessors: &'d [CrossReference],
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_in_force(published: &Published) -> bool {
    *published == Published::InForce
}

/// The filters whose values a summary decodes.
const DECODED: [&str; 3] = ["coverage", "betos", "pricing"];

/// The data of a code: the summary, and the requested parts.
pub(super) fn summary(
    searcher: &Searcher,
    details: &Details,
    include: &[Include],
) -> Result<Value> {
    let record = &details.record;
    let mut summary = value(&CodeSummary {
        code: details.code,
        kind: details.kind,
        status: details.status,
        unclear: details.unclear.as_deref(),
        release: &details.release,
        published: details.published,
        dropped: details.dropped.as_ref(),
        reissued: details.reissued,
        long_descriptor: &record.long_descriptor,
        short_descriptor: &record.short_descriptor,
        added: record.added,
        terminated: record.terminated,
        not_otherwise_classified: record.not_otherwise_classified,
        unit: details.unit.as_ref(),
        successors: &details.successors,
        predecessors: &details.predecessors,
    })?;
    for filter in FILTERS.iter().filter(|own| DECODED.contains(&own.name)) {
        let values = filter.of_record(record).into_iter();
        let decoded: Vec<Value> = values
            .map(|code| json!({"code": code, "meaning": filter.meaning(code)}))
            .collect();
        match &decoded[..] {
            [] => {}
            [only] => summary[filter.name] = only.clone(),
            _ => summary[filter.name] = decoded.into(),
        }
    }
    let about = &details.about;
    if let Some(rbcs) = &about.rbcs {
        summary["rbcs"] = rbcs.said.id.as_str().into();
    }
    let wants = |part: Include| include.contains(&part);
    if wants(Include::Record) {
        summary["record"] = value(record)?;
        summary["fields"] = value(&details.fields)?;
        summary["rbcs"] = value(&about.rbcs)?;
        summary["definitions"] = value(&about.definitions)?;
    }
    if wants(Include::LookAlikes) {
        summary["look_alikes"] = value(&details.alike)?;
    } else if !details.alike.is_empty() {
        let codes: Vec<Code> = details.alike.iter().map(|alike| alike.code).collect();
        summary["look_alikes"] = value(&codes)?;
    }
    if wants(Include::Products) {
        summary["products"] = value(&about.drug_products)?;
        summary["crosswalk"] = value(&details.crosswalk)?;
    } else if !about.drug_products.is_empty() {
        let products = &about.drug_products;
        summary["products"] = json!({
            "count": products.len(),
            "brands": names(products.iter().map(|own| own.said.brand.as_str())),
            "labelers": names(products.iter().map(|own| own.said.labeler.as_str())),
            "source": names(products.iter().map(|own| own.source.as_str())),
        });
    }
    if wants(Include::Notes) {
        summary["notes"] = value(&about.notes)?;
    } else if !about.notes.is_empty() {
        summary["notes"] = names(about.notes.iter().map(|note| note.title.as_str()));
    }
    if wants(Include::History) {
        summary["history"] = value(&searcher.code_history(details.code))?;
    }
    Ok(summary)
}

/// The first distinct names, and how many more there are.
fn names<'n>(all: impl Iterator<Item = &'n str>) -> Value {
    let mut own: Vec<&str> = Vec::new();
    for name in all.filter(|name| !name.is_empty()) {
        if !own.contains(&name) {
            own.push(name);
        }
    }
    let more = own.len().saturating_sub(MOST_NAMES);
    own.truncate(MOST_NAMES);
    let mut names: Vec<String> = own.into_iter().map(str::to_owned).collect();
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    names.into()
}
