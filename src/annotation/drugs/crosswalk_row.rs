//! A row of a crosswalk as a drug product.

use super::crosswalk_columns::{
    BRAND, CODE, DOSAGE, LABELER, NDC, PACKAGE_UNITS, QUANTITY, SIZE, UNITS,
};
use super::drug_product::DrugProduct;
use super::ndc;
use super::ndc::Ndc;
use crate::annotation::csv_rows::Row;
use crate::annotation::text::squeeze;
use crate::codeset::Code;
use crate::error::excerpt;

/// Reads a row, and whether its NDC was restored; `None` if it is for a number of CPT.
pub(super) fn product(row: &Row<'_, 9>) -> Result<Option<(DrugProduct, bool)>, String> {
    let Some(code) = row.code(CODE)? else {
        return Ok(None);
    };
    let given = row.cell(NDC);
    let restored = restored(code, given);
    let number = restored.as_deref().unwrap_or(given);
    if is_shortened(number) {
        return Err(format!(
            "`{}` is a number that a spreadsheet has shortened, its digits are lost; format the \
             column as text and export it again",
            excerpt(number)
        ));
    }
    let (ndc, product_number) = match number.parse::<Ndc>() {
        Ok(ndc) => (Some(ndc), None),
        Err(_) if number.is_empty() => return Err(format!("{code} without an NDC")),
        Err(reason) if ndc::is_meant(number) => {
            return Err(format!("`{}`: {reason}", excerpt(number)));
        }
        Err(_) => (None, Some(squeeze(number))),
    };
    if row.cell(BRAND).is_empty() {
        return Err(format!("{code} {number} without a drug name"));
    }
    let product = DrugProduct {
        code,
        brand: squeeze(row.cell(BRAND)),
        labeler: squeeze(row.cell(LABELER)),
        ndc,
        product_number,
        dosage: squeeze(row.cell(DOSAGE)),
        package_size: squeeze(row.cell(SIZE)),
        package_quantity: squeeze(row.cell(QUANTITY)),
        billing_units: squeeze(row.cell(UNITS)),
        billing_units_per_package: squeeze(row.cell(PACKAGE_UNITS)),
    };
    Ok(Some((product, restored.is_some())))
}

/// An NDC of eleven digits that has lost its leading zeros in a spreadsheet; `None` if there is
/// nothing to restore. Makers of skin substitutes (Q41 to Q43) put short numbers of their own in
/// its place, and with ten digits it is unknown where a zero is missing.
fn restored(code: Code, number: &str) -> Option<String> {
    let is_substitute = ["Q41", "Q42", "Q43"]
        .iter()
        .any(|own| code.as_str().starts_with(own));
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = (7..=9).contains(&number.len());
    (is_number && is_short && !is_substitute).then(|| format!("{number:0>11}"))
}

/// Whether a spreadsheet has kept only some digits of a number: `5.52921E+10`.
fn is_shortened(number: &str) -> bool {
    let is_float = number.parse::<f64>().is_ok();
    is_float && number.contains("E+")
}
