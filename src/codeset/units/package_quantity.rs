//! The quantity of a drug package on a claim, and its billing units.

use super::super::code::Code;
use super::super::decimal::Decimal;
use super::super::dosage::Dosage;
use super::super::measure::Measure;
use super::super::measure_kind::MeasureKind;
use super::ndc_quantity::NdcQuantity;
use super::package::Package;
use super::quantity_unit::QuantityUnit;

impl Package {
    /// The quantity of the NDC in one vial as a claim states it, if size and unit determine it:
    /// milliliters of a liquid, or one vial of a powder. `None` if they do not: a vial of size 1
    /// may hold a milliliter or a powder.
    #[must_use]
    pub fn quantity_of_vial(&self, code: Code, descriptor: &str) -> Option<NdcQuantity> {
        let ml = |quantity| {
            Some(NdcQuantity {
                quantity,
                unit: QuantityUnit::Milliliters,
            })
        };
        let unit = Dosage::read(code, descriptor)?;
        let of_volume = |measure: Measure| measure.kind() == MeasureKind::Volume;
        if unit.with.is_empty() && unit.amount.measure().is_some_and(of_volume) {
            let volume = self.units_per_vial.times(unit.amount.value)?;
            return if volume == self.size {
                ml(self.size)
            } else {
                None
            };
        }
        let descriptor = descriptor.to_lowercase();
        let has = |word: &str| descriptor.contains(word);
        let is_liquid = has("injection") || has("infusion");
        let is_powder = has("lyophilized") || has("powder");
        if self.size == Decimal::ONE {
            return is_only_powder(&descriptor).then_some(NdcQuantity {
                quantity: Decimal::ONE,
                unit: QuantityUnit::Units,
            });
        }
        let measured = unit.drugs().all(|drug| drug.measure().is_some());
        if measured && is_liquid && !is_powder && !has("oral") {
            ml(self.size)
        } else {
            None
        }
    }

    /// The quantity of the NDC that a claim line with these units states, if the crosswalk
    /// determines it: that of which [`Package::units_of_quantity`] gives these units.
    #[must_use]
    pub fn quantity_of_units(
        &self,
        code: Code,
        descriptor: &str,
        units: u64,
    ) -> Option<NdcQuantity> {
        let each = self.quantity_of_vial(code, descriptor)?;
        let quantity = each.quantity.times(units.into())?;
        let quantity = quantity.over(self.units_per_vial)?;
        let is_whole = each.unit == QuantityUnit::Milliliters || quantity.is_whole();
        is_whole.then_some(NdcQuantity {
            quantity,
            unit: each.unit,
        })
    }

    /// The billing units in a quantity of the NDC, exact and not always whole.
    ///
    /// A vial of size 1 may be one milliliter or one vial of powder; the crosswalk does not say
    /// which. A quantity in units then is the number of vials; one in milliliters is not converted.
    ///
    /// # Errors
    /// Why the quantity cannot be converted, in a few words.
    pub fn units_of_quantity(
        &self,
        code: Code,
        descriptor: &str,
        quantity: NdcQuantity,
    ) -> Result<Decimal, &'static str> {
        use QuantityUnit::{Milliliters, Units};
        let NdcQuantity { quantity, unit } = quantity;
        let each = match (self.quantity_of_vial(code, descriptor), unit) {
            (Some(each), unit) if each.unit == unit => each.quantity,
            (Some(each), Milliliters | Units) => {
                return Err(match each.unit {
                    Milliliters => "the package is a liquid, whose quantity a claim states in ML",
                    _ => "the package is a powder, whose quantity a claim states in UN",
                });
            }
            (None, Units) if self.size == Decimal::ONE => self.size,
            (None, Milliliters | Units) => {
                return Err("the crosswalk gives a size without its unit (ML, UN)");
            }
            (_, _) => return Err("the crosswalk counts packages by ML or UN, not by this unit"),
        };
        let units = quantity.times(self.units_per_vial);
        units
            .and_then(|units| units.over(each))
            .ok_or("the quantity is not a whole part of a vial")
    }
}

/// Whether a descriptor in lower case is of a powder only.
fn is_only_powder(descriptor: &str) -> bool {
    let has = |word: &str| descriptor.contains(word);
    (has("lyophilized") || has("powder"))
        && !has("non-lyophilized")
        && !has("solution")
        && !has("oral")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(columns: [&str; 4]) -> Package {
        let [size, vials, units, package] = columns;
        Package::read(size, vials, units, package).unwrap()
    }

    #[test]
    fn the_quantity_of_a_claim_is_known_or_not() {
        let quantity = |columns, descriptor| {
            let quantity = package(columns).quantity_of_vial("J9000".parse().unwrap(), descriptor);
            quantity.map(|quantity| format!("{}{}", quantity.unit.as_str(), quantity.quantity))
        };
        let known = |text: &str| Some(text.to_owned());
        assert_eq!(
            quantity(["2", "25", "4", "100"], "Injection, drug, 0.1 mg"),
            known("ML2")
        );
        assert_eq!(
            quantity(["0.5", "1", "0.5", "0.5"], "Globulin, 1 ml"),
            known("ML0.5")
        );
        assert_eq!(
            quantity(
                ["1", "1", "10", "10"],
                "Injection, drug, lyophilized, 0.1 mg"
            ),
            known("UN1")
        );
        for (columns, descriptor) in [
            (["1", "1", "10", "10"], "Injection, drug, 0.1 mg"),
            (
                ["1", "1", "10", "10"],
                "Injection, drug, non-lyophilized, 0.1 mg",
            ),
            (
                ["1", "1", "10", "10"],
                "Injection, drug, powder or solution, 10 mg",
            ),
            (["30", "1", "120", "120"], "Drug, oral, 0.25 mg"),
            (["50", "1", "1", "1"], "Globulin, per vial"),
            (["250", "1", "0.5", "0.5"], "Infusion, saline, 250 cc"),
        ] {
            assert_eq!(quantity(columns, descriptor), None, "{descriptor}");
        }
    }

    #[test]
    fn units_in_a_quantity() {
        let units = |columns, descriptor, quantity: &str| {
            let quantity = NdcQuantity::read(quantity, None).unwrap();
            package(columns)
                .units_of_quantity("J9000".parse().unwrap(), descriptor, quantity)
                .map(|units| units.to_string())
        };
        let liquid = (["2", "25", "4", "100"], "Injection, drug, 0.1 mg");
        assert_eq!(units(liquid.0, liquid.1, "ML2").as_deref(), Ok("4"));
        assert_eq!(units(liquid.0, liquid.1, "ML1.5").as_deref(), Ok("3"));
        assert!(
            units(liquid.0, liquid.1, "UN1")
                .unwrap_err()
                .contains("liquid")
        );
        assert!(units(liquid.0, liquid.1, "GR1").is_err());
        let powder = (["1", "1", "10", "10"], "Injection, drug, lyophilized, 1 mg");
        assert_eq!(units(powder.0, powder.1, "UN3").as_deref(), Ok("30"));
        assert!(
            units(powder.0, powder.1, "ML3")
                .unwrap_err()
                .contains("powder")
        );
        let either = (["1", "1", "10", "10"], "Injection, drug, 1 mg");
        assert_eq!(units(either.0, either.1, "UN3").as_deref(), Ok("30"));
        assert!(units(either.0, either.1, "ML3").is_err(), "3 ml or 3 vials");
        assert!(units(["50", "1", "1", "1"], "Globulin, per vial", "ML50").is_err());
    }
}
