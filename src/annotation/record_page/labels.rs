//! The labels of a record page and the record's fields that they name, as one table.

use std::fmt::Display;
use std::str::FromStr;

use crate::annotation::text::squeeze;
use crate::codeset::{Date, ProcessingNote, Record};

/// A field of a record as a page labels it.
pub(crate) struct Field {
    /// CMS's label; on a page it may be followed by ` #1`, ` #2` and so on.
    pub label: &'static str,
    /// Sets the value in the record, or says why it cannot.
    pub set: fn(&mut Record, &str) -> Result<(), String>,
    /// The value as shown; empty if there is none.
    pub get: fn(&Record) -> String,
}

/// The field of a label, given without its ` #1`.
pub(crate) fn field(label: &str) -> Option<&'static Field> {
    FIELDS
        .iter()
        .find(|field| field.label.eq_ignore_ascii_case(label))
}

/// All fields but the code itself.
pub(crate) const FIELDS: &[Field] = &[
    Field {
        label: "Sequence Number",
        set: |record, value| put(&mut record.sequence_number, value),
        get: |record| show(record.sequence_number.as_ref()),
    },
    Field {
        label: "Code Description",
        set: |record, value| {
            record.long_descriptor = squeeze(value);
            Ok(())
        },
        get: |record| squeeze(&record.long_descriptor),
    },
    Field {
        label: "Short Description",
        set: |record, value| {
            record.short_descriptor = squeeze(value);
            Ok(())
        },
        get: |record| squeeze(&record.short_descriptor),
    },
    Field {
        label: "Pricing Indicator Code",
        set: |record, value| add(&mut record.pricing, value),
        get: |record| show_all(&record.pricing),
    },
    Field {
        label: "Multiple Pricing Indicator Code",
        set: |record, value| put(&mut record.multiple_pricing, value),
        get: |record| show(record.multiple_pricing.as_ref()),
    },
    Field {
        label: "Coverage Issues Manual Reference Section Number",
        set: |record, value| add(&mut record.coverage_issues_manual, value),
        get: |record| show_all(&record.coverage_issues_manual),
    },
    Field {
        label: "Medicare Carriers Manual Reference Section Number",
        set: |record, value| add(&mut record.carriers_manual, value),
        get: |record| show_all(&record.carriers_manual),
    },
    Field {
        label: "Statute Number",
        set: |record, value| put(&mut record.statute, value),
        get: |record| show(record.statute.as_ref()),
    },
    Field {
        label: "Laboratory Certification Code",
        set: |record, value| add(&mut record.laboratory_certification, value),
        get: |record| show_all(&record.laboratory_certification),
    },
    Field {
        label: "Lab Certification Code",
        set: |record, value| add(&mut record.laboratory_certification, value),
        get: |record| show_all(&record.laboratory_certification),
    },
    Field {
        label: "Cross Reference Code",
        set: |record, value| add(&mut record.cross_references, value),
        get: |record| show_all(&record.cross_references),
    },
    Field {
        label: "Coverage Code",
        set: |record, value| put(&mut record.coverage, value),
        get: |record| show(record.coverage.as_ref()),
    },
    Field {
        label: "ASC Payment Group Code",
        set: |record, value| put(&mut record.asc_group, value),
        get: |record| show(record.asc_group.as_ref()),
    },
    Field {
        label: "ASC Payment Group Effective Date",
        set: |record, value| put_date(&mut record.asc_date, value),
        get: |record| show(record.asc_date.as_ref()),
    },
    Field {
        label: "MOG Payment Group Code",
        set: |record, value| put(&mut record.mog_group, value),
        get: |record| show(record.mog_group.as_ref()),
    },
    Field {
        label: "MOG Payment Policy Indicator",
        set: |record, value| put(&mut record.mog_policy, value),
        get: |record| show(record.mog_policy.as_ref()),
    },
    Field {
        label: "MOG Effective Date",
        set: |record, value| put_date(&mut record.mog_date, value),
        get: |record| show(record.mog_date.as_ref()),
    },
    Field {
        label: "Processing Note Number",
        set: |record, value| {
            let number = value.to_owned();
            record.processing_note = Some(ProcessingNote { number, text: None });
            Ok(())
        },
        get: |record| show(record.processing_note.as_ref().map(|note| &note.number)),
    },
    Field {
        label: "Berenson-Eggers Type Of Service Code",
        set: |record, value| put(&mut record.betos, value),
        get: |record| show(record.betos.as_ref()),
    },
    Field {
        label: "Type Of Service Code",
        set: |record, value| add(&mut record.type_of_service, value),
        get: |record| show_all(&record.type_of_service),
    },
    // A blank means none, and so does zero: no code of Level II is anesthesia with base units.
    Field {
        label: "Anesthesia Base Unit Quantity",
        set: |record, value| put(&mut record.anesthesia_base_units, value),
        get: |record| record.anesthesia_base_units.unwrap_or(0).to_string(),
    },
    Field {
        label: "Code Added Date",
        set: |record, value| put_date(&mut record.added, value),
        get: |record| show(record.added.as_ref()),
    },
    Field {
        label: "Action Effective Date",
        set: |record, value| put_date(&mut record.action_effective, value),
        get: |record| show(record.action_effective.as_ref()),
    },
    Field {
        label: "Termination Date",
        set: |record, value| put_date(&mut record.terminated, value),
        get: |record| show(record.terminated.as_ref()),
    },
    Field {
        label: "Action Code",
        set: |record, value| put(&mut record.action, value),
        get: |record| show(record.action.as_ref()),
    },
];

fn put<T: FromStr<Err: Display>>(slot: &mut Option<T>, value: &str) -> Result<(), String> {
    *slot = Some(value.parse().map_err(|error: T::Err| error.to_string())?);
    Ok(())
}

fn put_date(slot: &mut Option<Date>, value: &str) -> Result<(), String> {
    *slot = Date::from_cms(value).map_err(|error| error.to_string())?;
    Ok(())
}

fn add<T: FromStr<Err: Display>>(list: &mut Vec<T>, value: &str) -> Result<(), String> {
    list.push(value.parse().map_err(|error: T::Err| error.to_string())?);
    Ok(())
}

fn show(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

fn show_all(values: &[impl ToString]) -> String {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    values.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_differs_from_every_other() {
        for field in FIELDS {
            let mut record = Record::new("E0601".parse().unwrap());
            let value = if field.label.contains("Date") {
                "20200101"
            } else {
                "1"
            };
            (field.set)(&mut record, value).unwrap();
            let shown = (field.get)(&record);
            assert!(
                matches!(shown.as_str(), "1" | "2020-01-01"),
                "{}: {shown}",
                field.label
            );
        }
    }
}
