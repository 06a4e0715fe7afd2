//! Turns the fields of one line or row, by name, into a `Record`.

use std::str::FromStr;

use super::layout::{Field, place};
use crate::codeset::{Code, Date, ProcessingNote, Record, UnreadValue};
use crate::error::excerpt;

/// The values of a text line or a workbook row, by field.
pub(super) trait Fields {
    /// The `nth` value of a field, trimmed; empty if there is none.
    fn text(&self, field: Field, nth: usize) -> &str;

    /// The first value of a field.
    fn first(&self, field: Field) -> &str {
        self.text(field, 0)
    }

    /// The record of a code; see [`record`].
    fn record(&self, code: Code) -> Result<Record, String>
    where
        Self: Sized,
    {
        record(self, code)
    }
}

/// Reads everything but the code. A value that its field cannot hold is kept as published. If it is
/// a date of validity there is no record, and the reason names the date.
pub(super) fn record(fields: &impl Fields, code: Code) -> Result<Record, String> {
    let own = Record::new(code);
    let identification = fields.first(Field::RecordIdentification).chars().next();
    let (added, terminated) = (
        date_of_validity(fields, Field::Added)?,
        date_of_validity(fields, Field::Terminated)?,
    );
    let mut read = Reading {
        fields,
        unread: Vec::new(),
    };
    let record = Record {
        sequence_number: read.value(Field::SequenceNumber),
        record_identification: identification.unwrap_or(own.record_identification),
        long_descriptor: fields.first(Field::LongDescriptor).to_owned(),
        short_descriptor: fields.first(Field::ShortDescriptor).to_owned(),
        pricing: read.values(Field::Pricing),
        multiple_pricing: read.value(Field::MultiplePricing),
        coverage_issues_manual: read.values(Field::CoverageIssuesManual),
        carriers_manual: read.values(Field::CarriersManual),
        statute: read.value(Field::Statute),
        laboratory_certification: read.values(Field::LaboratoryCertification),
        cross_references: read.values(Field::CrossReference),
        coverage: read.value(Field::Coverage),
        asc_group: read.value(Field::AscGroup),
        asc_date: read.date(Field::AscDate),
        mog_group: read.value(Field::MogGroup),
        mog_policy: read.value(Field::MogPolicy),
        mog_date: read.date(Field::MogDate),
        processing_note: read
            .value(Field::ProcessingNote)
            .map(|number| ProcessingNote { number, text: None }),
        betos: read.value(Field::Betos),
        type_of_service: read.values(Field::TypeOfService),
        anesthesia_base_units: read.value(Field::AnesthesiaBaseUnits),
        added,
        action_effective: read.date(Field::ActionEffective),
        terminated,
        action: read.value(Field::Action),
        ..own
    };
    Ok(Record {
        unread: read.unread,
        ..record
    })
}

/// Reads values and collects those that their fields cannot hold.
struct Reading<'f, F> {
    fields: &'f F,
    unread: Vec<UnreadValue>,
}

impl<F: Fields> Reading<'_, F> {
    fn parse<T: FromStr>(&mut self, field: Field, nth: usize) -> Option<T> {
        let text = self.fields.text(field, nth);
        if text.is_empty() {
            return None;
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.keep(field, text);
        }
        value
    }

    fn value<T: FromStr>(&mut self, field: Field) -> Option<T> {
        self.parse(field, 0)
    }

    fn values<T: FromStr>(&mut self, field: Field) -> Vec<T> {
        let count = place(field).headings.len();
        (0..count)
            .filter_map(|nth| self.parse(field, nth))
            .collect()
    }

    fn date(&mut self, field: Field) -> Option<Date> {
        let text = self.fields.first(field);
        Date::from_cms(text).unwrap_or_else(|_| {
            self.keep(field, text);
            None
        })
    }

    fn keep(&mut self, field: Field, text: &str) {
        self.unread.push(UnreadValue {
            alias: place(field).alias.to_owned(),
            value: text.to_owned(),
        });
    }
}

fn date_of_validity(fields: &impl Fields, field: Field) -> Result<Option<Date>, String> {
    let text = fields.first(field);
    Date::from_cms(text).map_err(|_| {
        let place = place(field);
        let text = excerpt(text);
        let heading = place.headings.first().unwrap_or(&place.alias);
        format!(
            "{heading} ({}): `{text}` is not a date (YYYYMMDD)",
            place.alias
        )
    })
}
