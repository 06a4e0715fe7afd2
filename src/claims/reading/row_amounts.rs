//! The amounts of a row: the unit of its dose, blank amounts, and numbers in doubt.

use serde_json::Value;

use super::claim_columns::ClaimColumns;
use super::claim_line::ClaimLine;
use super::column_content::Column;
use crate::codeset::{Measure, doubtful_point};

impl ClaimColumns {
    /// Gives the dose its unit, and a line blank amounts where its row has a place for them; says
    /// what its numbers may mean else.
    pub(super) fn put_amounts(&self, line: &mut ClaimLine, dose_unit: Option<&str>) {
        let of_name = self.unit_of_doses.map(Measure::symbol);
        for unit in [dose_unit, of_name].into_iter().flatten() {
            if let Some(dose) = &mut line.dose {
                put_unit(dose, unit);
            }
        }
        let units = line.units.as_ref().and_then(Value::as_str);
        let numbers = [units, line.ndc_quantity.as_deref()];
        let numbers = numbers.into_iter().flatten();
        let numbers = numbers.filter(|_| self.may_part_thousands);
        let doubts: Vec<String> = numbers.filter_map(doubtful_point).collect();
        line.readings.extend(doubts);
        if line.units.is_none() && self.columns.contains(&Column::Units) {
            line.say_no_units();
        }
        for (column, own) in [
            (Column::Dose, &mut line.dose),
            (Column::NdcQuantity, &mut line.ndc_quantity),
        ] {
            if own.is_none() && self.columns.contains(&column) {
                *own = Some(String::new());
            }
        }
    }
}

/// Appends the unit from a separate column to a dose without one.
fn put_unit(dose: &mut String, unit: &str) {
    let has_unit = dose.to_lowercase().ends_with(&unit.to_lowercase());
    if !has_unit {
        dose.push(' ');
        dose.push_str(unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dose_has_the_unit_of_its_column() {
        for (header, row, dose) in [
            ("code,Dose (mg)", "J1885,30", "30 mg"),
            ("code,Dose_mcg", "J1885,30 mcg", "30 mcg"),
            ("code,Dose (mcg)", "J1885,30 mg", "30 mg mcg"),
            ("code,Dose (mg),dose unit", "J1885,30,mcg", "30 mcg mg"),
            ("code,Dose in mg,dose unit", "J1885,30,mg", "30 mg"),
            ("code,Dose", "J1885,30", "30"),
        ] {
            let columns = ClaimColumns::from_header(header.split(',')).unwrap();
            let line = columns.line(row.split(',')).unwrap();
            assert_eq!(line.dose.as_deref(), Some(dose), "{header}");
        }
    }

    #[test]
    fn the_quantity_and_the_unit_of_a_package_may_be_called_alike() {
        for (header, row) in [
            ("code,ndc,NDC Qty,NDC Units", "J1885,1,2,ML"),
            ("code,ndc,NDC Units,NDC Qty", "J1885,1,ML,2"),
            ("code,ndc,NDC Units,NDC Unit of Measure", "J1885,1,2,ML"),
            (
                "code,NDC1,NDC2,NDC2 Qty,NDC Qty,NDC Units",
                "J1885,1,7,8,2,ML",
            ),
        ] {
            let columns = ClaimColumns::from_header(header.split(',')).unwrap();
            let line = columns.line(row.split(',')).unwrap();
            let found = (line.ndc, line.ndc_quantity, line.ndc_unit);
            let given = |text: &str| Some(text.to_owned());
            assert_eq!(found, (given("1"), given("2"), given("ML")), "{header}");
        }
    }
}
