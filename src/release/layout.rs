//! The 320 columns of CMS's text and the headings of its workbook, as one table.
//!
//! Nothing else in the crate knows a column number or a heading.

use Field::{
    Action, ActionEffective, Added, AnesthesiaBaseUnits, AscDate, AscGroup, Betos, CarriersManual,
    Code, Coverage, CoverageIssuesManual, CrossReference, LaboratoryCertification, LongDescriptor,
    MogDate, MogGroup, MogPolicy, MultiplePricing, Pricing, ProcessingNote, RecordIdentification,
    SequenceNumber, ShortDescriptor, Statute, Terminated, TypeOfService,
};
use Need::{Optional, Required};
use Zeros::{Kept, Plain};

/// A field of the record layout, in the order of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Code,
    SequenceNumber,
    RecordIdentification,
    LongDescriptor,
    ShortDescriptor,
    Pricing,
    MultiplePricing,
    CoverageIssuesManual,
    CarriersManual,
    Statute,
    LaboratoryCertification,
    CrossReference,
    Coverage,
    AscGroup,
    AscDate,
    MogGroup,
    MogPolicy,
    MogDate,
    ProcessingNote,
    Betos,
    TypeOfService,
    AnesthesiaBaseUnits,
    Added,
    ActionEffective,
    Terminated,
    Action,
}

/// Whether a workbook can be read without the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

/// Whether leading zeros are part of a value; a workbook may have lost them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zeros {
    Kept,
    Plain,
}

/// The place of a field.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) field: Field,
    /// CMS's standard alias.
    pub(super) alias: &'static str,
    /// The first column of the text, beginning with 1.
    pub(super) first: usize,
    /// The columns of one value.
    pub(super) width: usize,
    /// The workbook's headings, one for each value: a field of four values has four.
    pub(super) headings: &'static [&'static str],
    pub(super) need: Need,
    pub(super) zeros: Zeros,
}

const fn at(
    field: Field,
    alias: &'static str,
    (first, width): (usize, usize),
    headings: &'static [&'static str],
    need: Need,
    zeros: Zeros,
) -> Place {
    Place {
        field,
        alias,
        first,
        width,
        headings,
        need,
        zeros,
    }
}

/// The fields of a record.
#[rustfmt::skip]
pub(super) static LAYOUT: [Place; 26] = [
    at(Code, "HCPCS_CD", (1, 5), &["HCPC"], Required, Plain),
    at(SequenceNumber, "HCPCS_SQNC_NUM", (6, 5), &["SEQNUM"], Optional, Kept),
    at(RecordIdentification, "HCPCS_REC_IDENT_CD", (11, 1), &["RECID"], Optional, Plain),
    at(LongDescriptor, "HCPCS_LONG_DESC_TXT", (12, 80), &["LONG DESCRIPTION"], Required, Plain),
    at(ShortDescriptor, "HCPCS_SHRT_DESC_TXT", (92, 28), &["SHORT DESCRIPTION"], Required, Plain),
    at(Pricing, "HCPCS_PRCNG_IND_CD", (120, 2), &["PRICE1", "PRICE2", "PRICE3", "PRICE4"], Optional, Kept),
    at(MultiplePricing, "HCPCS_MLTPL_PRCNG_IND_CD", (128, 1), &["MULT_PI"], Optional, Plain),
    at(CoverageIssuesManual, "HCPCS_CIM_RFRNC_SECT_NUM", (129, 6), &["CIM1", "CIM2", "CIM3"], Optional, Plain),
    at(CarriersManual, "HCPCS_MCM_RFRNC_SECT_NUM", (147, 8), &["MCM1", "MCM2", "MCM3"], Optional, Plain),
    at(Statute, "HCPCS_STATUTE_NUM", (171, 10), &["STATUTE"], Optional, Plain),
    at(LaboratoryCertification, "HCPCS_LAB_CRTFCTN_CD", (181, 3), &["LABCERT1", "LABCERT2", "LABCERT3", "LABCERT4", "LABCERT5", "LABCERT6", "LABCERT7", "LABCERT8"], Optional, Kept),
    at(CrossReference, "HCPCS_XREF_CD", (205, 5), &["XREF1", "XREF2", "XREF3", "XREF4", "XREF5"], Optional, Plain),
    at(Coverage, "HCPCS_CVRG_CD", (230, 1), &["COV"], Optional, Plain),
    at(AscGroup, "HCPCS_ASC_PMT_GRP_CD", (231, 2), &["ASC_GRP"], Optional, Kept),
    at(AscDate, "HCPCS_ASC_PMT_GRP_EFCTV_DT", (233, 8), &["ASC_DT"], Optional, Plain),
    at(MogGroup, "HCPCS_MOG_PMT_GRP_CD", (241, 3), &["OPPS"], Optional, Plain),
    at(MogPolicy, "HCPCS_MOG_PMT_PLCY_IND_CD", (244, 1), &["OPPS_PI"], Optional, Plain),
    at(MogDate, "HCPCS_MOG_PMT_GRP_EFCTV_DT", (245, 8), &["OPPS_DT"], Optional, Plain),
    at(ProcessingNote, "HCPCS_PRCSG_NOTE_NUM", (253, 4), &["PROCNOTE"], Optional, Kept),
    at(Betos, "HCPCS_BETOS_CD", (257, 3), &["BETOS"], Optional, Plain),
    at(TypeOfService, "HCPCS_TYPE_SRVC_CD", (261, 1), &["TOS1", "TOS2", "TOS3", "TOS4", "TOS5"], Optional, Plain),
    at(AnesthesiaBaseUnits, "HCPCS_ANSTHSA_BASE_UNIT_QTY", (266, 3), &["ANEST_BU"], Optional, Plain),
    at(Added, "HCPCS_CD_ADD_DT", (269, 8), &["ADD DT"], Required, Plain),
    at(ActionEffective, "HCPCS_ACTN_EFCTV_DT", (277, 8), &["ACT EFF DT"], Optional, Plain),
    at(Terminated, "HCPCS_TRMNTN_DT", (285, 8), &["TERM DT"], Required, Plain),
    at(Action, "HCPCS_ACTN_CD", (293, 1), &["ACTION CD"], Optional, Plain),
];

/// The length of a line of the text, with its filler.
pub(super) const LINE_LENGTH: usize = 320;

/// The number of values of a record, each in its own column of the workbook.
pub(super) const SLOTS: usize = 48;

/// Headings of releases that others have republished.
const OTHER_HEADINGS: [(&str, Field); 18] = [
    ("HCPCS", Code),
    ("HCPCS CODE", Code),
    ("HCPC CODE", Code),
    ("CODE", Code),
    ("LONG DESC", LongDescriptor),
    ("LONG DESCRIPTOR", LongDescriptor),
    ("SHORT DESC", ShortDescriptor),
    ("SHORT DESCRIPTOR", ShortDescriptor),
    ("COVERAGE CODE", Coverage),
    ("BETOS CODE", Betos),
    ("ADD DATE", Added),
    ("ADDED DATE", Added),
    ("ACT EFF DATE", ActionEffective),
    ("ACTION EFFECTIVE DATE", ActionEffective),
    ("TERM DATE", Terminated),
    ("TERMINATION DATE", Terminated),
    ("ACTION CODE", Action),
    ("RECORD ID", RecordIdentification),
];

/// How many known headings make a row the header of a release; a transaction report has four.
pub(super) const HEADINGS_OF_A_RELEASE: usize = 5;

/// The headings of the list of NOC ("not otherwise classified") codes; the first column has the
/// code.
pub(super) const HEADINGS_OF_A_NOC_LIST: [&str; 3] = ["HCPCS", "LONG DESCRIPTION", "ADD DATE"];

impl Place {
    /// The column after the last of the `nth` value, which is also the index of its end.
    pub(super) fn end(&self, nth: usize) -> usize {
        self.first - 1 + (nth + 1) * self.width
    }

    /// The index of the field's first value among all values.
    pub(super) fn slot(&self) -> usize {
        let before = LAYOUT.iter().take(self.field as usize);
        before.map(|place| place.headings.len()).sum()
    }
}

/// The place of a field.
pub(super) fn place(field: Field) -> &'static Place {
    &LAYOUT[field as usize]
}

/// The index of a heading's value among all values. The heading is CMS's, its alias of the field,
/// or one of republished releases.
pub(super) fn slot_of(heading: &str) -> Option<usize> {
    let known = LAYOUT.iter().flat_map(|place| place.headings);
    let slot = known
        .enumerate()
        .find(|(_, known)| is_heading(heading, known))
        .map(|(slot, _)| slot);
    slot.or_else(|| {
        let is_other = |(other, _): &&(&str, Field)| is_heading(heading, other);
        let other = OTHER_HEADINGS.iter().find(is_other);
        let by_alias = LAYOUT.iter().find(|place| is_heading(heading, place.alias));
        let field = other.map(|(_, field)| *field);
        let field = field.or_else(|| by_alias.map(|place| place.field));
        field.map(|field| place(field).slot())
    })
}

/// Whether a cell is a heading, ignoring case, the number of blanks, and underscores for blanks.
pub(super) fn is_heading(cell: &str, heading: &str) -> bool {
    fn words(text: &str) -> impl Iterator<Item = &str> {
        let words = text.split(|letter: char| letter.is_whitespace() || letter == '_');
        words.filter(|word| !word.is_empty())
    }
    // Most cells begin with another letter than the heading.
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'_';
    let start = |text: &str| text.bytes().find(|byte| !is_blank(byte));
    let starts = start(cell).zip(start(heading));
    if starts.is_some_and(|(a, b)| a.is_ascii() && !a.eq_ignore_ascii_case(&b)) {
        return false;
    }
    let mut own = words(cell);
    words(heading).all(|word| own.next().is_some_and(|own| own.eq_ignore_ascii_case(word)))
        && own.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_follow_each_other() {
        let mut next = 1;
        for (index, place) in LAYOUT.iter().enumerate() {
            assert_eq!(place.field as usize, index, "{}", place.alias);
            // 260 is filler
            let first = if place.field == TypeOfService {
                261
            } else {
                next
            };
            assert_eq!(place.first, first, "{}", place.alias);
            next = place.first + place.headings.len() * place.width;
        }
        assert_eq!(next, 294);
        let values: usize = LAYOUT.iter().map(|place| place.headings.len()).sum();
        assert_eq!(values, SLOTS);
    }

    #[test]
    fn headings() {
        assert_eq!(slot_of(" hcpc "), Some(0));
        assert_eq!(slot_of("Act  Eff DT"), Some(45));
        assert_eq!(slot_of("PRICE3"), Some(place(Pricing).slot() + 2));
        assert_eq!(slot_of("HCPC/MOD"), None);
        assert_eq!(slot_of(""), None);
        assert_eq!(slot_of("LONG DESCRIPTION 2"), None);
        for (own, cms) in [
            ("hcpcs", "HCPC"),
            ("HCPCS_CODE", "HCPC"),
            ("hcpcs_cd", "HCPC"),
            ("LONG_DESCRIPTION", "LONG DESCRIPTION"),
            ("short_description", "SHORT DESCRIPTION"),
            ("mult pi", "MULT_PI"),
            ("term_date", "TERM DT"),
            ("HCPCS_ACTN_CD", "ACTION CD"),
        ] {
            assert_eq!(slot_of(own), slot_of(cms), "{own}");
            assert!(slot_of(own).is_some(), "{own}");
        }
    }
}
