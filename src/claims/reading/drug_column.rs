//! Recognises the columns of a drug package: its NDC, its quantity and unit.

use super::column_content::Column;
use super::column_name::{Name, is_of};
use crate::codeset::{Measure, MeasureKind};

/// Whether a name is of the quantity of a drug or of its unit.
pub(super) fn is_of_a_drug(name: &Name) -> bool {
    let parts = ["ndc_quantity", "ndc_unit", "ndc_unit_name"];
    name.has("drug") && parts.iter().any(|part| name.has(part))
}

/// The unit of doses in the name of their column, such as `Dose (mg)`; `None` if it has none, or
/// several, as `Dose (mg/kg)`.
pub(super) fn unit_in(name: &Name) -> Option<Measure> {
    let mut units = name.0.iter().filter_map(|word| unit_of_dose(word));
    units.next().filter(|_| units.next().is_none())
}

/// The unit of a dose of a drug.
pub(super) fn unit_of_dose(word: &str) -> Option<Measure> {
    use MeasureKind::{Activity, Equivalent, Mass, Radioactivity, Volume};
    let is_of_drug = |own: &Measure| {
        matches!(
            own.kind(),
            Activity | Equivalent | Mass | Radioactivity | Volume
        )
    };
    let is_bare = matches!(word, "unit" | "units");
    Measure::of_word(word).filter(|own| is_of_drug(own) && !is_bare)
}

pub(super) fn of_drug(name: &Name) -> Column {
    const OF_PACKAGE: [&str; 8] = [
        "ndc",
        "with_ndc",
        "ndc_quantity",
        "ndc_unit",
        "ndc_unit_name",
        "drug",
        "with_units",
        "with_dose",
    ];
    // Of several packages of a line the first is read.
    if name
        .0
        .iter()
        .any(|word| matches!(&**word, "2" | "3" | "4" | "5" | "6"))
    {
        Column::Other
    } else if !name.is_of(&OF_PACKAGE) {
        // Of its price, or what was paid.
        Column::Other
    } else if name.has("ndc_unit_name") {
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

/// A column of doses or of their units.
pub(super) fn of_dose(name: &Name) -> Option<Column> {
    const BESIDE: [&str; 5] = [
        "dose",
        "with_dose",
        "ndc_quantity",
        "ndc_unit",
        "ndc_unit_name",
    ];
    let is_known = |word: &String| BESIDE.iter().any(|class| is_of(word, class));
    let (known, others): (Vec<_>, Vec<_>) = name.0.iter().partition(|word| is_known(word));
    if !known.iter().any(|word| is_of(word, "dose")) {
        return None;
    }
    if name.has("ndc_unit") || name.has("ndc_unit_name") || name.has_word("units") {
        return others.is_empty().then_some(Column::DoseUnit);
    }
    (others.is_empty() || (others.len() == 1 && unit_in(name).is_some())).then_some(Column::Dose)
}

/// Whether a column holds how much of a drug was discarded.
pub(super) fn is_of_waste(name: &Name) -> bool {
    const BESIDE: [&str; 8] = [
        "waste",
        "units",
        "ndc",
        "ndc_quantity",
        "ndc_unit",
        "drug",
        "dose",
        "with_dose",
    ];
    let is_beside = |word: &String| BESIDE.iter().any(|class| is_of(word, class));
    let is_known = |word: &String| is_beside(word) || unit_of_dose(word).is_some();
    name.has("waste") && name.0.iter().all(is_known)
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
