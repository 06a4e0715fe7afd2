//! Writes rows and full records of versions of codes.

use crate::codeset::{
    Action, AscGroup, Betos, Coverage, Date, LaboratoryCertification, MultiplePricing,
    PricingIndicator, Record, TypeOfService,
};
use crate::history::Version;

use super::packed::Packed;
use super::row::RowFlags;

/// The part of a row that the builder adds to the record.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RowParts {
    pub(crate) flags: RowFlags,
    pub(crate) traits: u8,
    pub(crate) rbcs: [u8; 6],
    /// The IDF sum of all words of the long descriptor.
    pub(crate) mass: f32,
    /// The IDF sum of the words of its head.
    pub(crate) head_mass: f32,
    /// A key of the head's words, equal for equal heads; 0 if there is no head.
    pub(crate) head_key: u32,
    pub(crate) texts: (u32, u32),
    pub(crate) record: (u32, u32),
    /// The offset and number of the actions of several releases; 0 if all are the same.
    pub(crate) actions: (u32, u16),
}

/// Appends a row.
pub(super) fn write_row(out: &mut Vec<u8>, version: &Version, parts: &RowParts) {
    let record = &version.record;
    let start = out.len();
    out.extend(record.code.bytes());
    Packed::write::<1>(out, record.coverage.iter().map(Coverage::as_str));
    Packed::write::<3>(out, record.betos.iter().map(Betos::as_str));
    Packed::write::<1>(
        out,
        record.multiple_pricing.iter().map(MultiplePricing::as_str),
    );
    Packed::write_list::<2, 4>(out, record.pricing.iter().map(PricingIndicator::as_str));
    Packed::write_list::<1, 5>(
        out,
        record.type_of_service.iter().map(TypeOfService::as_str),
    );
    Packed::write::<2>(out, record.asc_group.iter().map(AscGroup::as_str));
    Packed::write::<1>(out, record.action.iter().map(Action::as_str));
    out.push(
        parts.flags.0
            | flag(record.not_otherwise_classified == Some(true), RowFlags::NOC)
            | flag(
                record.not_otherwise_classified.is_none(),
                RowFlags::NOC_UNKNOWN,
            )
            | flag(version.reissued, RowFlags::REISSUED)
            | flag(is_unpaid(record), RowFlags::UNPAID)
            | flag(reports_quality(record), RowFlags::QUALITY)
            | flag(is_performed(record), RowFlags::PERFORMED),
    );
    out.extend(parts.rbcs);
    out.push(parts.traits);
    out.resize(start + 34, 0);
    out.extend(parts.actions.1.to_le_bytes());
    let day = |date: Option<Date>| date.map_or(0, Date::number);
    let life = &version.life;
    for number in [
        day(life.from),
        day(life.until),
        day(version.answers.map(|span| span.first)),
        day(version.answers.map(|span| span.last)),
        parts.mass.to_bits(),
        parts.head_mass.to_bits(),
        parts.head_key,
        u32::from(version.first_release) | u32::from(version.last_release) << 16,
        parts.texts.0,
        parts.texts.1,
        parts.record.0,
        parts.record.1,
    ] {
        out.extend(number.to_le_bytes());
    }
    Packed::write_list::<3, 8>(
        out,
        record
            .laboratory_certification
            .iter()
            .map(LaboratoryCertification::as_str),
    );
    for number in [
        day(life.dropped.map(|own| own.last_known)),
        day(life.dropped.map(|own| own.from)),
        parts.actions.0,
    ] {
        out.extend(number.to_le_bytes());
    }
}

/// Whether Medicare does not pay for a code, by its coverage.
fn is_unpaid(record: &Record) -> bool {
    let coverage = record.coverage;
    coverage.is_some_and(|coverage| matches!(coverage.as_str(), "I" | "M" | "S"))
}

/// Whether a code reports the quality of care and bills nothing: CMS lists such codes of the sections
/// G and M as medical care without a price, in BETOS categories that fit none of them.
fn reports_quality(record: &Record) -> bool {
    let section = record.code.section();
    let pricing = record.pricing.iter().map(PricingIndicator::as_str);
    let service = record.type_of_service.iter().map(TypeOfService::as_str);
    let betos = record.betos.as_ref().map(Betos::as_str);
    section.is_some_and(|section| matches!(section.as_str(), "G" | "M"))
        && pricing.eq(["00"])
        && service.eq(["1"])
        && betos.is_some_and(|betos| matches!(betos, "M5B" | "P7B" | "Z2"))
}

/// Whether a code is a procedure that a physician performs: surgery by its type of service, and by
/// its BETOS category.
fn is_performed(record: &Record) -> bool {
    let mut service = record.type_of_service.iter().map(TypeOfService::as_str);
    let betos = record.betos.as_ref().map(Betos::as_str);
    service.any(|service| service == "2") && betos.is_some_and(|betos| betos.starts_with('P'))
}

fn flag(holds: bool, flag: u8) -> u8 {
    if holds { flag } else { 0 }
}

/// The bytes of a full record, followed by its quarterly values.
pub(crate) fn record_bytes(version: &Version) -> Result<Vec<u8>, postcard::Error> {
    // Room for most records, so that the buffer seldom grows.
    let room = Vec::with_capacity(512);
    postcard::to_extend(&(&version.record, &version.quarterly), room)
}
