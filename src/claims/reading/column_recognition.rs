//! Recognises the content of a column from the words of its name.

use super::column_content::{CodeName, Column, Rank, TextRank};
use super::column_name::{Name, is_number, is_of, words};
use super::drug_column::{is_of_a_drug, is_of_waste, of_dose, of_drug, of_segment};
use super::modifier_column::of_modifier;

/// The content of a column with this name.
pub(crate) fn column(name: &str) -> Column {
    let mut name = Name(words(name));
    if let Some(of_box) = take_box(&mut name) {
        return of_box;
    }
    drop_form(&mut name);
    let is_day = name.has("day") || name.has("other_day_name") || is_a_day_of_service(&name);
    if name.0.is_empty() {
        Column::Other
    } else if name.has("ndc") && name.is_of(&["ndc", "text"]) && name.has("text") {
        Column::Description(TextRank::Plain)
    } else if is_of_waste(&name) {
        Column::Waste
    } else if name.has("ndc") || (name.has_word("national") && name.has_word("drug")) {
        of_drug(&name)
    } else if let Some(of_segment) = of_segment(&name) {
        of_segment
    } else if is_day {
        of_day(&name)
    } else if name.has("time")
        && name.has("of_service")
        && name.is_of(&["time", "of_service", "with_day"])
    {
        Column::UnclearDay
    } else if let Some(of_dose) = of_dose(&name) {
        of_dose
    } else if is_of_a_drug(&name)
        && name.is_of(&[
            "drug",
            "with_dose",
            "ndc_quantity",
            "ndc_unit",
            "ndc_unit_name",
        ])
    {
        of_drug(&name)
    } else if let Some(of_modifier) = of_modifier(&name) {
        of_modifier
    } else if let Some(of_type) = of_type(&name) {
        of_type
    } else if is_of(&name.0.join("_"), "house_code") {
        Column::Code(CodeName::House)
    } else if (name.has("code") && name.0.iter().all(|word| is_of_a_code(word)))
        || is_of(&name.0.join("_"), "whole_code")
    {
        let is_hcpcs = name.has_word("hcpcs") || name.has_word("hcpc");
        Column::Code(match (name.has_word("cpt"), is_hcpcs) {
            (true, false) => CodeName::Cpt,
            (false, true) => CodeName::Hcpcs,
            _ => CodeName::Any,
        })
    } else if is_a_description(&name) {
        Column::Description(text_rank(&name))
    } else if (name.has("units") && name.is_of(&["units", "with_units"]))
        || is_of(&name.0.join("_"), "whole_units")
    {
        Column::Units
    } else if name.has("code_set") && !name.has("about") {
        Column::Code(CodeName::Qualified)
    } else {
        of_id(&name)
    }
}

/// The content of a column named by its box of the UB-04 alone, such as `FL 45`; else the number of
/// the box is taken off the name, as of `45 Serv. Date`.
fn take_box(name: &mut Name) -> Option<Column> {
    let at = usize::from(matches!(name.0.first().map(String::as_str), Some("fl")));
    let is_line = |number: &&String| number.parse().is_ok_and(|own: u8| (42..=49).contains(&own));
    let number = name.0.get(at).filter(is_line)?.clone();
    // The text of box 43 is that of the revenue code.
    let is_alone = name.0.len() == at + 1 || number == "43";
    match (&*number, is_alone) {
        (_, true) if at == 0 && number != "43" => None,
        ("44", true) => Some(Column::Code(CodeName::Any)),
        ("45", true) => Some(Column::Start(Rank::Line)),
        ("46", true) => Some(Column::Units),
        (_, true) => Some(Column::Other),
        _ => {
            name.0.drain(..=at);
            None
        }
    }
}

/// Takes the form of days off the name of their column: `DOS (MM/DD/YYYY)`. Those in which the day
/// of the month comes first stay, as such days are not read.
fn drop_form(name: &mut Name) {
    for words in [1, 3] {
        if let Some(at) = name.0.len().checked_sub(words).filter(|at| *at > 0)
            && is_of(&name.0[at..].join("_"), "form_of_day")
        {
            name.0.truncate(at);
            return;
        }
    }
}

/// Whether a word of a code's name leaves it one; `HCPCS 2` is a second code, `HCPCS 2026` a title.
fn is_of_a_code(word: &str) -> bool {
    is_of(word, "code") || is_of(word, "with_code") || (is_number(word) && word.len() <= 2)
}

/// A numbered code, or the type of a code: `code|1`, `code|1|type`, `billing_code_type`,
/// `Procedure Qualifier`.
fn of_type(name: &Name) -> Option<Column> {
    let number = |word: &String| word.parse().ok().filter(|number| *number > 0);
    match &name.0[..] {
        [code, at] if code == "code" && is_number(at) => {
            number(at).map(|at| Column::Code(CodeName::Numbered(at)))
        }
        [code, at, of] if code == "code" && of == "type" => number(at).map(Column::CodeType),
        [named @ .., code, of] if code == "code" && of == "type" => named
            .iter()
            .all(|word| is_of_a_code(word))
            .then_some(Column::CodeType(0)),
        [named @ .., of] if matches!(&**of, "qualifier" | "qlfr" | "qual" | "set" | "system") => {
            let is_of_code = named
                .iter()
                .any(|word| is_of(word, "code") || word == "code");
            (is_of_code && named.iter().all(|word| is_of_a_code(word)))
                .then_some(Column::CodeType(0))
        }
        _ => None,
    }
}

fn of_day(name: &Name) -> Column {
    // The `EXPNSDT2` of CMS's limited data sets.
    let is_second = name.is(&["expns", "dt", "2"]);
    let is_known =
        is_second || name.is_of(&["day", "of_service", "start", "end", "with_day", "clock"]);
    if name.has("other_day") {
        Column::OtherDay
    } else if name.has("about") || !is_known {
        Column::UnclearDay
    } else if name.has("end") || is_second {
        Column::End(rank(name))
    } else if name.has("of_service") || name.has("start") || name.0.len() == 1 {
        Column::Start(rank(name))
    } else {
        Column::UnclearDay
    }
}

/// Whether a name is of a description: `Charge Description`, `Item Name`; `Name` alone may be of
/// anything.
fn is_a_description(name: &Name) -> bool {
    let is_named = name.has_word("name") && (name.has("of_charge") || name.has("named"));
    (name.has("text") || is_named) && name.is_of(&["text", "of_charge", "with_text", "named"])
}

fn text_rank(name: &Name) -> TextRank {
    if name.has_word("short") {
        TextRank::Short
    } else if name.has("of_charge") {
        TextRank::OfCharge
    } else if name.has("of_code") {
        TextRank::OfCode
    } else {
        TextRank::Plain
    }
}

fn of_id(name: &Name) -> Column {
    let is_id = name.has("id") || name.is(&["line"]) || name.is(&["row"]);
    if name.is(&["claim", "line"]) || name.is(&["clm", "line"]) {
        return Column::LineId(Rank::Line);
    }
    if !is_id || !name.is_of(&["id", "with_id"]) {
        return Column::Other;
    }
    if name.has("of_line") || name.is(&["id"]) {
        Column::LineId(Rank::Line)
    } else if name.has("of_claim") {
        Column::LineId(Rank::Claim)
    } else {
        Column::Other
    }
}

fn rank(name: &Name) -> Rank {
    if name.has("of_line") {
        Rank::Line
    } else if name.has("of_claim") {
        Rank::Claim
    } else {
        Rank::Service
    }
}

/// Days whose names have no word for a day: `Service From`, `Thru`, `day of service`.
fn is_a_day_of_service(name: &Name) -> bool {
    let is_span = |word: &String| word != "1" && (is_of(word, "start") || is_of(word, "end"));
    (name.0.iter().any(is_span) && name.is_of(&["start", "end", "of_service", "with_day"]))
        || name.is(&["day"])
        || (name.0.ends_with(&["24".into(), "a".into()]) && name.is_of(&["with_day", "of_service"]))
        || name.is(&["day", "of", "service"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_real_files() {
        use Column::{
            Code, CodeType, End, LineId, Modifier, Ndc, Other, OtherDay, Start, UnclearDay, Units,
        };
        let any = Code(CodeName::Any);
        #[rustfmt::skip]
        let cases = [
            (Modifier, "HCPCS_1ST_MDFR_CD HCPCS_5TH_MDFR_CD HCPCS_1_MDFR_CD hcpcs_modifier_5 Mod_A mod1 MOD \
                 Modifiers modifier_codes Modifier1 M1 M4 mod5 Proc_Mod_2 CPT_Modifier first_modifier \
                 Procedure_Code_Modifier_1 SVC_MOD_1 ProcedureModifier modifier_code_1 Modif Modif_1 PXMOD PXMOD1 Box_24D_Modifier \
                 MD1 Md_1 MODF1 HCPCS_Suffix CPT_Code_Suffix Modifier(s) Mod(s)"),
            (Code(CodeName::Hcpcs), "HCPCS/RATE/HIPPS_CODE HCPCS_/_Rate_/_HIPPS_Code FL_44_HCPCS/RATE/HIPPS_CODE 44_HCPCS HCPCS HCPCS_CD hcpcs_code HCPCSCode hcpcscd CLM_LINE_HCPCS_CD hcpcs_level_ii hcpc"),
            (Code(CodeName::Cpt), "CPT CPT_Code CPT4 cptcode"),
            (any, "code CPT/HCPCS hcpcs_cpt_code Procedure Procedure_Code Proc_Code proccd sv101 \
                 PX_CODE PXCODE 24D_CPT/HCPCS FL44 FL_44 24D Box_24D"),
            (Code(CodeName::House), "Service_Code Billing_Code Charge_Code chargecode"),
            (Code(CodeName::Qualified), "Default_CPT Default_HCPCS Medicare_HCPCS OP_HCPCS Outpatient_HCPCS \
                 HCPCS_OP CDM_HCPCS Alt_HCPCS Hospital_CPT HCPCS_Code_-_Medicare HCPCS_(if_applicable) \
                 Medicaid_CPT/HCPCS HCPCS_2026"),
            (Code(CodeName::Numbered(2)), "code|2"),
            (CodeType(0), "Code_Set Procedure_Qualifier HCPCS_Qual Proc_Code_Qlfr code_system code_type billing_code_type HCPCS_Code_Type"),
            (CodeType(2), "code|2|type"),
            (Start(Rank::Service), "DOS_(MM/DD/YYYY) DOS_YYYYMMDD Service_Date_(CCYY-MM-DD) SERVICE_DT_TM Service_Date_Time dos date day Date_of_Service service_date SvcDate DOS_From FROM_DATE From \
                 Service_Date_From Procedure_Date procedure_dt fromdate servicefromdate dayofservice \
                 Svc_Start_Dt date_of_service_start Begin_Date 24A_From Box_24A PXDATE PXDATE_From \
                 24A SERV._DATE 45_Serv._Date FL_45_SERV._DATE EXPNSDT1 EXPNS_DT_1 FDOS FST_DT Srvc_Bgn_Dt D.O.S. D/O/S D.O.S._From Per._Begin"),
            (Start(Rank::Line), "FL45 FL_45 LINE_1ST_EXPNS_DT CLM_LINE_FROM_DT claim_line_start_date linedate REV_CNTR_DT \
                 LINE_SRVC_BGN_DT"),
            (Start(Rank::Claim), "CLM_FROM_DT claim_start_date Statement_From_Date Statement_Covers_From Statement_Covers_Period_From"),
            (End(Rank::Service), "DOS_To DOS_Thru Thru_Date To_Date thru To service_end_date Service_Through End_Date 24A_To \
                 EXPNSDT2 EXPNS_DT_2 TDOS LDOS LST_DT Per._End"),
            (End(Rank::Line), "LINE_LAST_EXPNS_DT CLM_LINE_THRU_DT claim_line_end_date"),
            (OtherDay, "paid_date Date_Paid DOB BIRTH_DT Received_Date NCH_WKLY_PROC_DT admission_date \
                 discharge_date Modified_Date bill_date date_of_birth posting_date CLM_ADMSN_DT Start_of_care start_of_care_date SOC_Date"),
            (UnclearDay, "DOS_(DD/MM/YYYY) DOS_DDMMYY some_date date_2 date_last_seen claim_date Service_Month month_of_service Visit_Year"),
            (LineId(Rank::Line), "line_id id LINE line_number lineno CLM_LINE_NUM claim_line claimlineid row \
                 claim_line_number"),
            (LineId(Rank::Claim), "Claim_ID CLM_ID claim_no CUR_CLM_UNIQ_ID claim_number"),
            (Units, "units Qty quantity unit Service_Units LINE_SRVC_CNT CLM_LINE_SRVC_UNIT_QTY \
                 unitcount Days_or_Units REV_CNTR_UNIT_CNT units_of_service service_unit_quantity 24G_Units 24G Box_24G FL46 FL_46 SERV._UNITS 46_SERV._UNITS Unit(s)"),
            (Ndc, "NDC NDC1 NDC_1 ndc_code LINE_NDC_CD NDC_11 REV_CNTR_IDE_NDC_UPC_NUM national_drug_code"),
            (Column::NdcQuantity, "NDC_Qty REV_CNTR_NDC_QTY ndc_units NDC_UNIT_COUNT NDC_Quantity_Billed Drug_Quantity \
                 drug_unit_count CTP04 NDC_Qty_Dispensed NDC_Qty_Administered"),
            (Column::NdcUnit, "NDC_Unit REV_CNTR_NDC_QTY_QLFR_CD ndc_uom NDC_UOM_CD NDC_Unit_of_Measure \
                 ndc_qualifier Drug_Unit CTP05"),
            (Column::Dose, "Drug_Dose_Administered Medication_Dose_(mg) Dose_(mg) Dose_mcg Dose_in_mg dose_ml Administered_Dose_(IU) dose Dose_Given administered_dose Dose_Amount Dose_Qty total_dose dose_administered"),
            (Column::Waste, "wasted_units units_wasted Waste_Qty Drug_Waste_Amount discarded_units Waste_(mg) dose_wasted \
                 Wastage Discarded_Drug_Amount Amount_Discarded Waste_ml NDC_Units_Wasted"),
            (Column::Description(TextRank::Plain), "Description DESC long_description Procedure_Description Service_Description full_desc \
                 Drug_Name Medication_Name NDC_Description Generic_Name Label_Name Proc_Name PX_DESC Bill_Desc"),
            (Column::Description(TextRank::OfCode), "Code_Description hcpcs_description CPT_Description CPT/HCPCS_Description HCPCS_Code_Description proccodedesc Procedure_Code_Description HCPCS_Desc HCPCS_Level_II_Description"),
            (Column::Description(TextRank::OfCharge), "Charge_Description CDM_Description chargedescription Item_Desc charge_desc Item_Name \
                 Product_Description Charge_Name CDM_DESC Material_Description standard_charge_description"),
            (Column::Description(TextRank::Short), "Short_Description"),
            (Column::DoseUnit, "Dose_Unit dose_uom Dose_Units Dose_Unit_of_Measure"),
            (Column::UnclearModifier, "modfier modifierr_x mod_special other_modifier_thing"),
            (Other, "FL42 FL_42 FL_43 FL_47 43_Description FL_42_REV._CD. 47_Total_Charges HCPCS_rate patient charge model modality Modifier_1_Description HCPCS_YR \
                 procedure_type LINE_PLACE_OF_SRVC_CD unit_price ICD_PRCDR_CD1 diagnosis_code \
                 LINE_CMS_TYPE_SRVC_CD member_id charge_amount revenue_code é # \
                 NDC_Unit_Price NDC_Amount_Paid NDC_Charge_Amount NDC_Quantity_Price NDC2 NDC_2 NDC2_Qty NDC_2_Unit Dose_(mg/kg) Dose_(days) max_dose_mg dosage HCPCS_Dosage dose_form waste_reason wasted_flag waste_type ordered_dose drug_code \
                 Diagnosis_Description Revenue_Code_Description Rev_Code_Desc Charge_Description_Master Place_of_Service_Code_Description \
                 Denial_Reason_Description Department_Description name suffix md patient_suffix Start_Time Service_Time"),
        ];
        for (expected, names) in cases {
            for name in names.split_whitespace() {
                assert_eq!(column(name), expected, "{name}");
                let spaced = column(&name.replace('_', " ").to_uppercase());
                assert!(
                    spaced == expected || !name.contains('_'),
                    "{name}: {spaced:?}"
                );
            }
        }
    }
}
