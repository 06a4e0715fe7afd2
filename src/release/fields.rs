//! The fields of one line or row, by name, become a `Record`.

use std::str::FromStr;

use super::layout::{Field, place};
use crate::codeset::{Code, Date, ProcessingNote, Record};

/// A line of the text or a row of a workbook, whose values are asked for by field.
pub(super) trait Fields {
    /// The `nth` value of a field, without blanks around it; empty where there is none.
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

/// Reads everything but the code; the reason says which field holds what it cannot hold.
pub(super) fn record(fields: &impl Fields, code: Code) -> Result<Record, String> {
    let own = Record::new(code);
    let identification = fields.first(Field::RecordIdentification).chars().next();
    Ok(Record {
        sequence_number: value(fields, Field::SequenceNumber)?,
        record_identification: identification.unwrap_or(own.record_identification),
        long_descriptor: fields.first(Field::LongDescriptor).to_owned(),
        short_descriptor: fields.first(Field::ShortDescriptor).to_owned(),
        pricing: values(fields, Field::Pricing)?,
        multiple_pricing: value(fields, Field::MultiplePricing)?,
        coverage_issues_manual: values(fields, Field::CoverageIssuesManual)?,
        carriers_manual: values(fields, Field::CarriersManual)?,
        statute: value(fields, Field::Statute)?,
        laboratory_certification: values(fields, Field::LaboratoryCertification)?,
        cross_references: values(fields, Field::CrossReference)?,
        coverage: value(fields, Field::Coverage)?,
        asc_group: value(fields, Field::AscGroup)?,
        asc_date: date(fields, Field::AscDate)?,
        mog_group: value(fields, Field::MogGroup)?,
        mog_policy: value(fields, Field::MogPolicy)?,
        mog_date: date(fields, Field::MogDate)?,
        processing_note: value(fields, Field::ProcessingNote)?
            .map(|number| ProcessingNote { number, text: None }),
        betos: value(fields, Field::Betos)?,
        type_of_service: values(fields, Field::TypeOfService)?,
        anesthesia_base_units: value(fields, Field::AnesthesiaBaseUnits)?,
        added: date(fields, Field::Added)?,
        action_effective: date(fields, Field::ActionEffective)?,
        terminated: date(fields, Field::Terminated)?,
        action: value(fields, Field::Action)?,
        ..own
    })
}

fn parse<T: FromStr>(text: &str, field: Field) -> Result<Option<T>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| misfit(field, text))
}

fn value<T: FromStr>(fields: &impl Fields, field: Field) -> Result<Option<T>, String> {
    parse(fields.first(field), field)
}

fn values<T: FromStr>(fields: &impl Fields, field: Field) -> Result<Vec<T>, String> {
    let mut values = Vec::new();
    for nth in 0..place(field).headings.len() {
        values.extend(parse(fields.text(field, nth), field)?);
    }
    Ok(values)
}

fn date(fields: &impl Fields, field: Field) -> Result<Option<Date>, String> {
    let text = fields.first(field);
    Date::from_cms(text).map_err(|_| misfit(field, text))
}

fn misfit(field: Field, text: &str) -> String {
    let place = place(field);
    let text: String = text.chars().take(40).collect();
    let heading = place.headings.first().unwrap_or(&place.alias);
    let what = if place.width == 8 && heading.ends_with("DT") {
        "not a date (YYYYMMDD)"
    } else {
        "not a value of this field"
    };
    format!("{heading} ({}): `{text}` is {what}", place.alias)
}
