//! Which columns hold the units of a line, and which the unit of its dose or drug package.

use super::claim_columns::ClaimColumns;
use super::column_content::Column;
use super::column_mapping::ColumnMapping;
use super::column_name::{Name, words};

impl ClaimColumns {
    /// The columns whose names say what they are only beside others.
    pub(super) fn choose_units(&mut self, mapping: &ColumnMapping) {
        self.choose_measurement(mapping);
        self.choose_unit_of_package(mapping);
        self.choose_unit_behind_amount(mapping);
        self.choose_billed_units(mapping);
    }

    /// `UOM` behind a dose or the quantity of a package is its unit, unless another column is; so is
    /// `Unit` if another column has the units of the line.
    fn choose_unit_behind_amount(&mut self, mapping: &ColumnMapping) {
        let has_units = self.named(|column| column == Column::Units).len() > 1;
        for at in 1..self.columns.len() {
            let unit = match self.columns[at - 1] {
                Column::Dose => Column::DoseUnit,
                Column::NdcQuantity => Column::NdcUnit,
                _ => continue,
            };
            let own = Name(words(&self.names[at]));
            let is_unit = own.is(&["uom"])
                || own.is(&["unit", "of", "measure"])
                || (own.is(&["unit"]) && has_units);
            if is_unit && mapping.of(&self.names[at]).is_none() && !self.columns.contains(&unit) {
                self.columns[at] = unit;
            }
        }
    }

    /// Of several columns of units, those that are allowed or a total, and `Unit`, are not the
    /// line's billed ones.
    fn choose_billed_units(&mut self, mapping: &ColumnMapping) {
        let is_lesser = |name: &String| {
            let own = Name(words(name));
            mapping.of(name).is_none()
                && (own.has_word("allowed") || own.has_word("total") || own.is(&["unit"]))
        };
        let all = self.named(|column| column == Column::Units);
        if all.iter().all(is_lesser) {
            return;
        }
        for (column, name) in self.columns.iter_mut().zip(&self.names) {
            if *column == Column::Units && is_lesser(name) {
                *column = Column::Other;
            }
        }
    }

    /// Next to `drug_type_of_measurement`, which is the unit of a drug's quantity in a hospital's
    /// standard charges, `drug_unit_of_measurement` is the quantity.
    fn choose_measurement(&mut self, mapping: &ColumnMapping) {
        let is = |name: &String, kind: &str| {
            mapping.of(name).is_none() && words(name) == ["drug", kind, "of", "measurement"]
        };
        if !self.names.iter().any(|name| is(name, "type")) {
            return;
        }
        for (column, name) in self.columns.iter_mut().zip(&self.names) {
            if is(name, "type") {
                *column = Column::NdcUnit;
            } else if is(name, "unit") {
                *column = Column::NdcQuantity;
            }
        }
    }

    /// Next to `NDC Qty`, and where nothing else is the unit of that quantity, `NDC Units` is it.
    fn choose_unit_of_package(&mut self, mapping: &ColumnMapping) {
        let quantities = self.named(|column| column == Column::NdcQuantity);
        if quantities.len() != 2 || self.columns.contains(&Column::NdcUnit) {
            return;
        }
        for (column, name) in self.columns.iter_mut().zip(&self.names) {
            if *column == Column::NdcQuantity
                && mapping.of(name).is_none()
                && words(name) == ["ndc", "units"]
            {
                *column = Column::NdcUnit;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_of_a_line_and_those_of_its_amounts() {
        for (header, row) in [
            ("code,dose,unit,units", "J1885,30,mg,2"),
            ("code,dose,UOM,unit", "J1885,30,mg,2"),
            ("code,dose,unit of measure,qty", "J1885,30,mg,2"),
            (
                "code,allowed units,total units,dose,unit,billed units",
                "J1885,7,8,30,mg,2",
            ),
            ("code,unit,dose,dose unit,units", "J1885,EA,30,mg,2"),
            ("code,units,UOM,dose,dose unit", "J1885,2,UN,30,mg"),
        ] {
            let columns = ClaimColumns::from_header(header.split(',')).unwrap();
            let line = columns.line(row.split(',')).unwrap();
            assert_eq!(line.dose.as_deref(), Some("30 mg"), "{header}");
            assert_eq!(line.units, Some("2".into()), "{header}");
        }
        for (header, unit) in [
            ("code,ndc,ndc qty,uom,units", Some("ML")),
            ("code,ndc,ndc qty,units,uom", None),
        ] {
            let columns = ClaimColumns::from_header(header.split(',')).unwrap();
            let line = columns.line(["J1885", "1", "2", "ML", "ML"]).unwrap();
            assert_eq!(line.ndc_unit.as_deref(), unit, "{header}");
        }
        let columns = ClaimColumns::from_header(["code", "allowed units"]).unwrap();
        let line = columns.line(["J1885", "2"]).unwrap();
        assert_eq!(line.units, Some("2".into()));
    }
}
