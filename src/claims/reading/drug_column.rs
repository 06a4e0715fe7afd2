//! Recognises the columns of a drug package: its NDC, its quantity and unit.

use super::column_content::Column;
use super::column_name::{Name, is_of};
use crate::codeset::NdcQuantity;

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

/// An NDC and the quantity that a paper claim writes after it: `N455292070255 UN1`.
pub(super) fn with_quantity(cell: &str) -> (&str, Option<&str>) {
    let prefix = cell
        .get(..2)
        .filter(|start| start.eq_ignore_ascii_case("N4"))
        .map_or(0, str::len);
    let is_letter = |letter: char| letter.is_ascii_alphabetic();
    let Some(end) = cell[prefix..].find(is_letter) else {
        return (cell, None);
    };
    let (ndc, quantity) = cell.split_at(prefix + end);
    match NdcQuantity::read(quantity, None) {
        Ok(_) => (ndc.trim_end(), Some(quantity)),
        Err(_) => (cell, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_after_an_ndc() {
        for (cell, ndc, quantity) in [
            ("N455292070255 UN1", "N455292070255", Some("UN1")),
            ("n455292070255ML4.0", "n455292070255", Some("ML4.0")),
            ("55292-0702-55 ML2.5", "55292-0702-55", Some("ML2.5")),
            ("55292-0702-55", "55292-0702-55", None),
            ("N4", "N4", None),
            ("55292 hemin", "55292 hemin", None),
        ] {
            assert_eq!(with_quantity(cell), (ndc, quantity), "{cell}");
        }
    }
}
