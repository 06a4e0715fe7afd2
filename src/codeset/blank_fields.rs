//! The fields of which no record of a release has a value: its file has no such column, or leaves it
//! blank.

use super::record::Record;

/// With fewer records a blank field may be the truth of each code.
const ENOUGH: usize = 50;

/// A field's name for readers, and whether a record has a value.
type Has = (&'static str, fn(&Record) -> bool);

/// The fields by which codes are chosen and counted, and of which every release of CMS has values.
#[rustfmt::skip]
static FIELDS: [Has; 9] = [
    ("coverage", |own| own.coverage.is_some()),
    ("BETOS", |own| own.betos.is_some()),
    ("pricing", |own| !own.pricing.is_empty()),
    ("multiple pricing", |own| own.multiple_pricing.is_some()),
    ("laboratory certification", |own| !own.laboratory_certification.is_empty()),
    ("type of service", |own| !own.type_of_service.is_empty()),
    ("ASC group", |own| own.asc_group.is_some()),
    ("action", |own| own.action.is_some()),
    ("added", |own| own.added.is_some()),
];

/// The names of the fields of which no record has a value; of a few records none.
///
/// ```
/// use hcpcs::{Release, blank_fields};
///
/// let mut records = Release::starter()?.records;
/// assert!(blank_fields(&records).is_empty());
/// records.iter_mut().for_each(|record| record.betos = None);
/// assert_eq!(blank_fields(&records), ["BETOS"]);
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[must_use]
pub fn blank_fields(records: &[Record]) -> Vec<&'static str> {
    if records.len() < ENOUGH {
        return Vec::new();
    }
    let is_blank = |(_, has): &&Has| !records.iter().any(has);
    FIELDS.iter().filter(is_blank).map(|own| own.0).collect()
}
