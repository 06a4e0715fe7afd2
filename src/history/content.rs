//! The part of a record that describes the code and not the release.

use crate::codeset::{ProcessingNote, Record};

/// Whether both records say the same of the code. It ignores what belongs to a quarter (see
/// [`Quarterly`](super::quarterly::Quarterly)), and what not every release has: the text of the
/// processing note and the NOC flag.
pub(super) fn is_same(a: &Record, b: &Record) -> bool {
    // every field is named, so that a new one cannot be forgotten
    let Record {
        code,
        sequence_number: _,
        record_identification,
        long_descriptor,
        short_descriptor,
        pricing,
        multiple_pricing,
        coverage_issues_manual,
        carriers_manual,
        statute,
        laboratory_certification,
        cross_references,
        coverage,
        asc_group,
        asc_date,
        mog_group,
        mog_policy,
        mog_date,
        processing_note,
        betos,
        type_of_service,
        anesthesia_base_units,
        added,
        action_effective: _,
        terminated,
        action: _,
        not_otherwise_classified: _,
        unread,
    } = a;
    *code == b.code
        && *record_identification == b.record_identification
        && *added == b.added
        && *terminated == b.terminated
        && *pricing == b.pricing
        && *multiple_pricing == b.multiple_pricing
        && *coverage_issues_manual == b.coverage_issues_manual
        && *carriers_manual == b.carriers_manual
        && *statute == b.statute
        && *laboratory_certification == b.laboratory_certification
        && *cross_references == b.cross_references
        && *coverage == b.coverage
        && *asc_group == b.asc_group
        && *asc_date == b.asc_date
        && *mog_group == b.mog_group
        && *mog_policy == b.mog_policy
        && *mog_date == b.mog_date
        && number(processing_note.as_ref()) == number(b.processing_note.as_ref())
        && *betos == b.betos
        && *type_of_service == b.type_of_service
        && *anesthesia_base_units == b.anesthesia_base_units
        && *unread == b.unread
        && is_same_text(short_descriptor, &b.short_descriptor)
        && is_same_text(long_descriptor, &b.long_descriptor)
}

/// Whether both texts have the same words; blanks do not matter.
pub(super) fn is_same_text(a: &str, b: &str) -> bool {
    a == b || a.split_whitespace().eq(b.split_whitespace())
}

/// The number of a processing note.
pub(super) fn number(note: Option<&ProcessingNote>) -> Option<&str> {
    note.map(|note| note.number.as_str())
}
