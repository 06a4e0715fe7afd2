//! The properties of a code, as `$lookup` gives them and filters of value sets ask for them.

use crate::codeset::{Date, Record};
use crate::search::Status;

use super::resource::{Parameter, Value};

/// A property with its value.
pub(super) struct Property {
    pub(super) code: &'static str,
    pub(super) value: Value,
    description: Option<String>,
}

/// Every property: its name, type and what it says.
pub(super) const PROPERTIES: [(&str, &str, &str); 20] = [
    (
        "inactive",
        "boolean",
        "Whether the code is not valid on the day asked for",
    ),
    (
        "status",
        "code",
        "valid, terminated or not-yet-valid on the day asked for",
    ),
    ("kind", "code", "procedure or modifier"),
    ("section", "code", "The section of the code set"),
    ("coverage", "code", "Medicare's coverage"),
    ("betos", "code", "Berenson-Eggers type of service"),
    ("pricing", "code", "How a unit price is made under Part B"),
    (
        "multiple-pricing",
        "code",
        "Whether the code could be priced in several ways",
    ),
    (
        "type-of-service",
        "code",
        "The kind of service as carriers are told",
    ),
    (
        "asc-group",
        "code",
        "Payment group of an ambulatory surgical centre",
    ),
    (
        "laboratory-certification",
        "code",
        "A certification that a laboratory needs",
    ),
    (
        "processing-note",
        "code",
        "A processing note of the release",
    ),
    ("statute", "string", "The statute that is cited"),
    (
        "cross-reference",
        "string",
        "Another code that the record names",
    ),
    (
        "not-otherwise-classified",
        "boolean",
        "Whether a claim needs a narrative",
    ),
    ("action", "code", "What the release did to the code"),
    ("added", "dateTime", "The first valid day"),
    ("action-effective", "dateTime", "The day of the last action"),
    ("terminated", "dateTime", "The last valid day"),
    (
        "release-issue",
        "string",
        "Which issue of the release it is",
    ),
];

/// Gathers properties.
struct Properties(Vec<Property>);

impl Properties {
    fn add(&mut self, code: &'static str, value: Value, description: Option<&str>) {
        let description = description.map(str::to_owned);
        self.0.push(Property {
            code,
            value,
            description,
        });
    }

    fn coded(&mut self, code: &'static str, value: &str, meaning: Option<&str>) {
        self.add(code, Value::Code(value.to_owned()), meaning);
    }

    fn day(&mut self, code: &'static str, day: Option<Date>) {
        if let Some(day) = day {
            self.add(code, Value::DateTime(day.to_string()), None);
        }
    }
}

/// The properties of a code, in the order in which they are listed.
pub(super) fn properties(record: &Record, status: Status, issue: Option<&str>) -> Vec<Property> {
    let mut all = Properties(Vec::with_capacity(16));
    all.add("inactive", Value::Boolean(status != Status::Valid), None);
    let status = status.name().replace(' ', "-");
    all.add("status", Value::Code(status), None);
    all.add("kind", Value::Code(record.code.kind().to_string()), None);
    if let Some(section) = record.code.section() {
        all.coded("section", section.as_str(), section.meaning());
    }
    coded_values(record, &mut all);
    if let Some(note) = &record.processing_note {
        all.coded("processing-note", &note.number, note.text.as_deref());
    }
    if let Some(statute) = &record.statute {
        all.add("statute", Value::String(statute.clone()), None);
    }
    for code in &record.cross_references {
        all.add("cross-reference", Value::String(code.clone()), None);
    }
    let is_unclassified = record.not_otherwise_classified;
    all.add(
        "not-otherwise-classified",
        Value::Boolean(is_unclassified),
        None,
    );
    if let Some(action) = &record.action {
        all.coded("action", action.as_str(), action.meaning());
    }
    all.day("added", record.added);
    all.day("action-effective", record.action_effective);
    all.day("terminated", record.terminated);
    if let Some(issue) = issue {
        all.add("release-issue", Value::String(issue.to_owned()), None);
    }
    all.0
}

fn coded_values(record: &Record, all: &mut Properties) {
    if let Some(value) = &record.coverage {
        all.coded("coverage", value.as_str(), value.meaning());
    }
    if let Some(value) = &record.betos {
        all.coded("betos", value.as_str(), value.meaning());
    }
    for value in &record.pricing {
        all.coded("pricing", value.as_str(), value.meaning());
    }
    if let Some(value) = &record.multiple_pricing {
        all.coded("multiple-pricing", value.as_str(), value.meaning());
    }
    for value in &record.type_of_service {
        all.coded("type-of-service", value.as_str(), value.meaning());
    }
    if let Some(value) = &record.asc_group {
        all.coded("asc-group", value.as_str(), value.meaning());
    }
    for value in &record.laboratory_certification {
        all.coded("laboratory-certification", value.as_str(), value.meaning());
    }
}

impl From<Property> for Parameter {
    fn from(property: Property) -> Self {
        let mut parts = vec![
            Parameter::new("code", Value::Code(property.code.to_owned())),
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
        let place = |code: &str| {
            PROPERTIES
                .iter()
                .position(|(name, ..)| *name == code)
                .unwrap()
        };
        for record in &record {
            let all = properties(record, Status::Valid, Some("v3"));
            assert!(
                all.is_sorted_by_key(|property| place(property.code)),
                "{}",
                record.code
            );
        }
    }
}
