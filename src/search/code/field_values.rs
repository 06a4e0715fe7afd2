//! The values of a record with CMS's names and meanings.

use serde::Serialize;

use crate::codeset::{Date, Kind, Record};

/// A value of a record, named and decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct FieldValue {
    /// The field's name in CMS's words.
    pub name: &'static str,
    /// CMS's alias of the field, such as `HCPCS_CVRG_CD`.
    pub alias: &'static str,
    /// The value as published.
    pub value: String,
    /// Its meaning, if it is a coded value that its table lists.
    pub meaning: Option<String>,
}

/// Collects the values of fields.
struct Fields(Vec<FieldValue>);

impl Fields {
    fn add(&mut self, name: &'static str, alias: &'static str, value: impl ToString) {
        self.coded(name, alias, value, None);
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a value or a reference, as it comes"
    )]
    fn coded(
        &mut self,
        name: &'static str,
        alias: &'static str,
        value: impl ToString,
        meaning: Option<&str>,
    ) {
        let value = value.to_string();
        if !value.is_empty() {
            self.0.push(FieldValue {
                name,
                alias,
                value,
                meaning: meaning.map(str::to_owned),
            });
        }
    }
}

/// The values of a record, in the order of the record layout. `published` is the added date that
/// the release has, which is another one if CMS corrected it later or re-activated the code.
pub(super) fn fields(record: &Record, published: Option<Date>) -> Vec<FieldValue> {
    let mut fields = Fields(Vec::with_capacity(24));
    let alias = match record.code.kind() {
        Kind::Procedure => "HCPCS_CD",
        Kind::Modifier => "HCPCS_MDFR_CD",
    };
    let section = record.code.section();
    fields.coded(
        "Code",
        alias,
        record.code,
        section.and_then(|value| value.meaning()),
    );
    fields.add(
        "Long description",
        "HCPCS_LONG_DESC_TXT",
        &record.long_descriptor,
    );
    fields.add(
        "Short description",
        "HCPCS_SHRT_DESC_TXT",
        &record.short_descriptor,
    );
    coded_fields(record, &mut fields);
    dates(record, published, &mut fields);
    for value in &record.unread {
        fields.add("Published, cannot be read", "", value);
    }
    let (name, source) = ("Not otherwise classified", "NOC list");
    match record.not_otherwise_classified {
        Some(true) => fields.add(name, source, "yes, a claim needs a narrative"),
        None => fields.add(
            name,
            source,
            "not known, as no NOC list came with the release",
        ),
        Some(false) => {}
    }
    fields.0
}

fn coded_fields(record: &Record, fields: &mut Fields) {
    for value in &record.pricing {
        fields.coded(
            "Pricing indicator",
            "HCPCS_PRCNG_IND_CD",
            value,
            value.meaning(),
        );
    }
    if let Some(value) = record.multiple_pricing {
        let name = "Multiple pricing indicator";
        fields.coded(name, "HCPCS_MLTPL_PRCNG_IND_CD", value, value.meaning());
    }
    for section in &record.coverage_issues_manual {
        fields.add(
            "Coverage issues manual section",
            "HCPCS_CIM_RFRNC_SECT_NUM",
            section,
        );
    }
    for section in &record.carriers_manual {
        fields.add(
            "Medicare carriers manual section",
            "HCPCS_MCM_RFRNC_SECT_NUM",
            section,
        );
    }
    fields.add(
        "Statute",
        "HCPCS_STATUTE_NUM",
        record.statute.as_deref().unwrap_or_default(),
    );
    for value in &record.laboratory_certification {
        fields.coded(
            "Laboratory certification",
            "HCPCS_LAB_CRTFCTN_CD",
            value,
            value.meaning(),
        );
    }
    for code in &record.cross_references {
        fields.add("Cross reference", "HCPCS_XREF_CD", code);
    }
    if let Some(value) = record.coverage {
        fields.coded("Coverage", "HCPCS_CVRG_CD", value, value.meaning());
    }
    if let Some(value) = record.asc_group {
        fields.coded(
            "ASC payment group",
            "HCPCS_ASC_PMT_GRP_CD",
            value,
            value.meaning(),
        );
    }
    if let Some(day) = record.asc_date {
        fields.add(
            "ASC payment group effective",
            "HCPCS_ASC_PMT_GRP_EFCTV_DT",
            day,
        );
    }
    fields.add(
        "MOG payment group",
        "HCPCS_MOG_PMT_GRP_CD",
        record.mog_group.as_deref().unwrap_or_default(),
    );
    fields.add(
        "MOG payment policy",
        "HCPCS_MOG_PMT_PLCY_IND_CD",
        record.mog_policy.as_deref().unwrap_or_default(),
    );
    if let Some(day) = record.mog_date {
        fields.add("MOG effective", "HCPCS_MOG_PMT_GRP_EFCTV_DT", day);
    }
    if let Some(note) = &record.processing_note {
        fields.coded(
            "Processing note",
            "HCPCS_PRCSG_NOTE_NUM",
            &note.number,
            note.text.as_deref(),
        );
    }
    if let Some(value) = record.betos {
        fields.coded("BETOS", "HCPCS_BETOS_CD", value, value.meaning());
    }
    for value in &record.type_of_service {
        fields.coded(
            "Type of service",
            "HCPCS_TYPE_SRVC_CD",
            value,
            value.meaning(),
        );
    }
    if let Some(units) = record.anesthesia_base_units {
        fields.add(
            "Anesthesia base units",
            "HCPCS_ANSTHSA_BASE_UNIT_QTY",
            units,
        );
    }
}

fn dates(record: &Record, published: Option<Date>, fields: &mut Fields) {
    if let Some(day) = record.added {
        let published = published.filter(|own| *own != day);
        let said = published.map(|own| format!("valid from then; {own} as published"));
        fields.coded("Added", "HCPCS_CD_ADD_DT", day, said.as_deref());
    }
    if let Some(day) = record.action_effective {
        let said = record.unclear_days_in_words();
        fields.coded(
            "Action effective",
            "HCPCS_ACTN_EFCTV_DT",
            day,
            said.as_deref(),
        );
    }
    if let Some(day) = record.terminated {
        fields.add("Terminated", "HCPCS_TRMNTN_DT", day);
    }
    if let Some(value) = record.action {
        fields.coded("Action", "HCPCS_ACTN_CD", value, value.meaning());
    }
}
