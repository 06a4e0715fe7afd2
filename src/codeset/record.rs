//! `Record`: everything that a release says of one code.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::code::{Code, Kind};
use super::coded_value::{
    Action, AscGroup, Betos, Coverage, LaboratoryCertification, MultiplePricing, PricingIndicator,
    TypeOfService,
};
use super::date::Date;
use super::date_span::DateSpan;

/// A processing note that a record cites.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ProcessingNote {
    /// Its number, four digits. CMS: columns 253–256, `HCPCS_PRCSG_NOTE_NUM`.
    pub number: String,
    /// Its text, if the release defines it (note 0000 is used and not defined).
    pub text: Option<String>,
}

/// A value of a record that could not be read, kept as it was published.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct UnreadValue {
    /// CMS's alias of the field, such as `HCPCS_ASC_PMT_GRP_EFCTV_DT`.
    pub alias: String,
    /// The field's text.
    pub value: String,
}

/// Writes the alias and the value, `HCPCS_ASC_PMT_GRP_EFCTV_DT: 170401`.
impl fmt::Display for UnreadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.alias, self.value)
    }
}

/// Everything that a release of CMS says of one code, in CMS's terms.
///
/// Column numbers are those of the 320-column text, beginning with 1.
///
/// ```
/// use hcpcs::{Code, Record};
///
/// let mut record = Record::new("J1640".parse::<Code>()?);
/// record.long_descriptor = "Injection, hemin, 1 mg".into();
/// assert_eq!(record.record_identification, '3'); // a procedure
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Record {
    /// Columns 1–5, `HCPCS_CD`; a modifier in 4–5, `HCPCS_MDFR_CD`.
    pub code: Code,
    /// Columns 6–10, `HCPCS_SQNC_NUM`: the order of lines, by hundreds.
    pub sequence_number: Option<u32>,
    /// Column 11 of the first line, `HCPCS_REC_IDENT_CD`: 3 a procedure, 7 a modifier.
    pub record_identification: char,
    /// Columns 12–91 of each line, `HCPCS_LONG_DESC_TXT`, joined with one blank.
    pub long_descriptor: String,
    /// Columns 92–119, `HCPCS_SHRT_DESC_TXT`, at most 28 characters.
    pub short_descriptor: String,
    /// Columns 120–127, `HCPCS_PRCNG_IND_CD`, at most four.
    pub pricing: Vec<PricingIndicator>,
    /// Column 128, `HCPCS_MLTPL_PRCNG_IND_CD`.
    pub multiple_pricing: Option<MultiplePricing>,
    /// Columns 129–146, `HCPCS_CIM_RFRNC_SECT_NUM`, at most three.
    pub coverage_issues_manual: Vec<String>,
    /// Columns 147–170, `HCPCS_MCM_RFRNC_SECT_NUM`, at most three.
    pub carriers_manual: Vec<String>,
    /// Columns 171–180, `HCPCS_STATUTE_NUM`, as published.
    pub statute: Option<String>,
    /// Columns 181–204, `HCPCS_LAB_CRTFCTN_CD`, at most eight.
    pub laboratory_certification: Vec<LaboratoryCertification>,
    /// Columns 205–229, `HCPCS_XREF_CD`, at most five: codes, modifiers, CPT numbers or the word CPT.
    pub cross_references: Vec<String>,
    /// Column 230, `HCPCS_CVRG_CD`.
    pub coverage: Option<Coverage>,
    /// Columns 231–232, `HCPCS_ASC_PMT_GRP_CD`.
    pub asc_group: Option<AscGroup>,
    /// Columns 233–240, `HCPCS_ASC_PMT_GRP_EFCTV_DT`.
    pub asc_date: Option<Date>,
    /// Columns 241–243, the MOG payment group (workbook: OPPS); blank in every release seen.
    pub mog_group: Option<String>,
    /// Column 244, the MOG payment policy (workbook: `OPPS_PI`); blank in every release seen.
    pub mog_policy: Option<String>,
    /// Columns 245–252, the MOG effective date (workbook: `OPPS_DT`); blank in every release seen.
    pub mog_date: Option<Date>,
    /// Columns 253–256, `HCPCS_PRCSG_NOTE_NUM`, with the note's text.
    pub processing_note: Option<ProcessingNote>,
    /// Columns 257–259, `HCPCS_BETOS_CD`.
    pub betos: Option<Betos>,
    /// Columns 261–265, `HCPCS_TYPE_SRVC_CD`, at most five.
    pub type_of_service: Vec<TypeOfService>,
    /// Columns 266–268, `HCPCS_ANSTHSA_BASE_UNIT_QTY`.
    pub anesthesia_base_units: Option<u16>,
    /// Columns 269–276, `HCPCS_CD_ADD_DT`: the first day on which the code is valid.
    pub added: Option<Date>,
    /// Columns 277–284, `HCPCS_ACTN_EFCTV_DT`: the day of the last action; not validity.
    pub action_effective: Option<Date>,
    /// Columns 285–292, `HCPCS_TRMNTN_DT`: the last day on which the code is valid.
    pub terminated: Option<Date>,
    /// Column 293, `HCPCS_ACTN_CD`: what this release did to the code.
    pub action: Option<Action>,
    /// Whether the release's NOC list has it: "not otherwise classified", a claim needs a narrative.
    /// `None` if no such list came with the release.
    pub not_otherwise_classified: Option<bool>,
    /// Values that could not be read, as they were published.
    pub unread: Vec<UnreadValue>,
}

impl Record {
    /// Whether the release's action code says that the code is re-activated.
    pub(crate) fn is_reactivated(&self) -> bool {
        self.action.is_some_and(|action| action.as_str() == "R")
    }

    /// The days from the added date on of which the record does not say whether the code was valid:
    /// it was re-activated later, and had ended on a day that the record no longer has.
    pub(crate) fn unclear_days(&self) -> Option<DateSpan> {
        let (first, again) = (self.added?, self.action_effective?);
        (self.is_reactivated() && first < again).then(|| DateSpan {
            first,
            last: again.yesterday(),
        })
    }

    /// The same in words.
    pub(crate) fn unclear_days_in_words(&self) -> Option<String> {
        let DateSpan { first, last } = self.unclear_days()?;
        Some(format!(
            "re-activated after it had ended; no indexed release says when it ended, so it may not \
             have been valid on each day from {first} to {last}"
        ))
    }

    /// A record of which only the code is known.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            code,
            sequence_number: None,
            record_identification: if code.kind() == Kind::Modifier {
                '7'
            } else {
                '3'
            },
            long_descriptor: String::new(),
            short_descriptor: String::new(),
            pricing: Vec::new(),
            multiple_pricing: None,
            coverage_issues_manual: Vec::new(),
            carriers_manual: Vec::new(),
            statute: None,
            laboratory_certification: Vec::new(),
            cross_references: Vec::new(),
            coverage: None,
            asc_group: None,
            asc_date: None,
            mog_group: None,
            mog_policy: None,
            mog_date: None,
            processing_note: None,
            betos: None,
            type_of_service: Vec::new(),
            anesthesia_base_units: None,
            added: None,
            action_effective: None,
            terminated: None,
            action: None,
            not_otherwise_classified: None,
            unread: Vec::new(),
        }
    }
}
