//! Recognises the columns of a drug package: its NDC, its quantity and unit.

use super::column_content::Column;
use super::column_name::{Name, is_of};

/// Whether a name is of the quantity of a drug or of its unit.
pub(super) fn is_of_a_drug(name: &Name) -> bool {
    let parts = ["ndc_quantity", "ndc_unit", "ndc_unit_name"];
    name.has("drug") && parts.iter().any(|part| name.has(part))
}

pub(super) fn of_drug(name: &Name) -> Column {
    if name.has("ndc_unit_name") {
        Column::NdcUnit
    } else if name.has("ndc_quantity") {
        Column::NdcQuantity
    } else if name.has("ndc_unit") {
        Column::NdcUnit
    } else if name.is_of(&["ndc", "with_ndc"]) {
        Column::Ndc
    } else {
        Column::Other
    }
}

/// Columns named by the position of their element in X12, such as `CTP04`.
pub(super) fn of_segment(name: &Name) -> Option<Column> {
    let own = name.0.join("_");
    let is = |class| is_of(&own, class);
    if is("ndc_element") {
        Some(Column::Ndc)
    } else if is("ndc_quantity_element") {
        Some(Column::NdcQuantity)
    } else {
        is("ndc_unit_element").then_some(Column::NdcUnit)
    }
}
