//! The properties of a code, for `$lookup` and for filters of value sets.

use std::sync::LazyLock;

use crate::codeset::{Date, Record};
use crate::search::{FILTERS, FilterSpec, ListedCode, Status};

use super::resource::{Parameter, Value};

/// A property with its value.
pub(super) struct Property {
    pub(super) code: String,
    pub(super) value: Value,
    description: Option<String>,
}

/// The properties that no code table lists, before those that one lists and after them.
const BEFORE: [&str; 3] = ["inactive", "status", "kind"];
const AFTER: [&str; 11] = [
    "multiple-pricing",
    "laboratory-certification",
    "processing-note",
    "statute",
    "cross-reference",
    "not-otherwise-classified",
    "added",
    "action-effective",
    "terminated",
    "release-issue",
    "reissued",
];

/// The name of every property, in order.
pub(super) static PROPERTIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let coded = coded_filters().map(property_code);
    let before = BEFORE.map(str::to_owned).into_iter().chain(coded);
    before.chain(AFTER.map(str::to_owned)).collect()
});

/// The type of a property's values.
pub(super) fn type_of(property: &str) -> &'static str {
    match property {
        "inactive" | "not-otherwise-classified" | "reissued" => "boolean",
        "statute" | "cross-reference" | "release-issue" => "string",
        "added" | "action-effective" | "terminated" => "dateTime",
        _ => "code",
    }
}

/// The filters that compare values of a table of CMS.
fn coded_filters() -> impl Iterator<Item = &'static FilterSpec> {
    FILTERS.iter().filter(|filter| filter.table().is_some())
}

/// The name of a filter's property, such as `type-of-service`.
fn property_code(filter: &FilterSpec) -> String {
    filter.field.replace('_', "-")
}

/// Collects properties.
struct Properties(Vec<Property>);

impl Properties {
    fn add(&mut self, code: &str, value: Value, description: Option<&str>) {
        let description = description.map(str::to_owned);
        self.0.push(Property {
            code: code.to_owned(),
            value,
            description,
        });
    }

    fn coded(&mut self, code: &str, value: &str, meaning: Option<&str>) {
        self.add(code, Value::Code(value.to_owned()), meaning);
    }

    fn day(&mut self, code: &str, day: Option<Date>) {
        if let Some(day) = day {
            self.add(code, Value::DateTime(day.to_string()), None);
        }
    }
}

/// What a code's record does not say of it.
pub(super) struct Standing<'s> {
    pub(super) status: Status,
    /// Of a valid code: why it may not have been valid on the day all the same.
    pub(super) unclear: Option<String>,
    /// The issue of its release, if there are several issues.
    pub(super) issue: Option<&'s str>,
    /// Whether it meant something else at another time.
    pub(super) is_reissued: bool,
}

impl<'s> Standing<'s> {
    /// That of a listed code.
    pub(super) fn of(listed: &ListedCode<'s>) -> Self {
        Self {
            status: listed.status(),
            unclear: listed.unclear(),
            issue: listed.release().and_then(|own| own.issue.as_deref()),
            is_reissued: listed.is_reissued(),
        }
    }
}

/// The properties of a code, in the order of their names.
pub(super) fn properties(record: &Record, standing: Standing<'_>) -> Vec<Property> {
    let Standing {
        status,
        unclear,
        issue,
        is_reissued,
    } = standing;
    let mut all = Properties(Vec::with_capacity(16));
    all.add("inactive", Value::Boolean(status != Status::Valid), None);
    let name = unclear.as_ref().map_or(status.name(), |_| "undetermined");
    let name = Value::Code(name.replace(' ', "-"));
    all.add("status", name, unclear.as_deref());
    all.add("kind", Value::Code(record.code.kind().to_string()), None);
    for filter in coded_filters() {
        for value in filter.of_record(record) {
            all.coded(&property_code(filter), value, filter.meaning(value));
        }
    }
    if let Some(value) = &record.multiple_pricing {
        all.coded("multiple-pricing", value.as_str(), value.meaning());
    }
    for value in &record.laboratory_certification {
        all.coded("laboratory-certification", value.as_str(), value.meaning());
    }
    if let Some(note) = &record.processing_note {
        all.coded("processing-note", &note.number, note.text.as_deref());
    }
    if let Some(statute) = &record.statute {
        all.add("statute", Value::String(statute.clone()), None);
    }
    for code in &record.cross_references {
        all.add("cross-reference", Value::String(code.clone()), None);
    }
    if let Some(is_unclassified) = record.not_otherwise_classified {
        let value = Value::Boolean(is_unclassified);
        all.add("not-otherwise-classified", value, None);
    }
    all.day("added", record.added);
    all.day("action-effective", record.action_effective);
    all.day("terminated", record.terminated);
    if let Some(issue) = issue {
        all.add("release-issue", Value::String(issue.to_owned()), None);
    }
    if is_reissued {
        all.add("reissued", Value::Boolean(true), None);
    }
    all.0
}

impl From<Property> for Parameter {
    fn from(property: Property) -> Self {
        let mut parts = vec![
            Parameter::new("code", Value::Code(property.code)),
            Parameter::new("value", property.value),
        ];
        let description = property.description.filter(|text| !text.is_empty());
        parts.extend(description.map(|text| Parameter::new("description", Value::String(text))));
        Parameter::parts("property", parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_is_listed_and_in_its_place() {
        let record = crate::Release::starter().unwrap().records;
        let place = |code: &str| PROPERTIES.iter().position(|own| own == code).unwrap();
        for (at, code) in PROPERTIES.iter().enumerate() {
            assert_eq!(
                place(code),
                at,
                "{code} is a filter: take it out of `AFTER`"
            );
        }
        for record in &record {
            let standing = Standing {
                status: Status::Valid,
                unclear: None,
                issue: Some("v3"),
                is_reissued: true,
            };
            let all = properties(record, standing);
            assert!(
                all.is_sorted_by_key(|property| place(&property.code)),
                "{}",
                record.code
            );
        }
    }
}
