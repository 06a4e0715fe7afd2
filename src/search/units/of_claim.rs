//! The billing units of a claim line's dose, or of its drug package and quantity.

use crate::annotation::drugs::ndc_candidates::readings;
use crate::annotation::{Ndc, ParseNdcError};
use crate::codeset::{
    Amount, BillingUnits, Code, Date, Decimal, Dosage, Dose, Measure, NdcQuantity, QuantityUnit,
};
use crate::error::excerpt;
use crate::search::searcher::Searcher;

use super::answer::UnitsAnswer;
use super::error::UnitsError;
use super::package::quantities;

/// The units of a quantity of a drug package, with the calculation.
pub(crate) struct QuantityUnits {
    /// Exact; a claim bills whole ones.
    pub(crate) units: Decimal,
    /// The factors, in words: `4 units a vial of 2`.
    pub(crate) basis: String,
    /// Why the figure may be wrong for the day: no crosswalk of its quarter is indexed.
    pub(crate) other_quarter: Option<String>,
}

/// The number of a package without the qualifier of X12.
fn without_qualifier(text: &str) -> &str {
    let text = text.trim();
    match text.get(..2) {
        Some(start) if start.eq_ignore_ascii_case("N4") => text[2..].trim_start(),
        _ => text,
    }
}

impl Searcher {
    /// The drug package that a claim names: eleven digits, or fewer if the missing zeros of a label
    /// or a spreadsheet can be restored in only one way that a crosswalk knows.
    ///
    /// # Errors
    /// The text is no NDC, or may be several packages.
    pub(crate) fn package_named(&self, text: &str) -> Result<Ndc, UnitsError> {
        let (text, number) = (text.trim(), without_qualifier(text));
        let reason = match number.parse::<Ndc>() {
            Ok(ndc) => return Ok(ndc),
            Err(reason) => reason,
        };
        let all = readings(number).into_iter();
        let packages = all.filter_map(|own| own.digits().parse::<Ndc>().ok());
        let (known, unknown): (Vec<Ndc>, Vec<Ndc>) =
            packages.partition(|ndc| self.products_of_ndc(*ndc).next().is_some());
        let text = excerpt(text);
        let packages = match known[..] {
            [ndc] => return Ok(ndc),
            [] if reason == ParseNdcError::TenDigits => {
                unknown.iter().map(ToString::to_string).collect()
            }
            [] => return Err(UnitsError::NotAnNdc { text, reason }),
            _ => known
                .iter()
                .map(|ndc| self.package_in_words(*ndc))
                .collect(),
        };
        Err(UnitsError::AmbiguousNdc { text, packages })
    }

    /// What to say of a number that leaves open which package it is, and is read as the only one
    /// that a crosswalk has.
    pub(crate) fn guessed_package(&self, text: &str) -> Option<String> {
        let is_open = without_qualifier(text).parse::<Ndc>().is_err();
        let ndc = self.package_named(text).ok().filter(|_| is_open)?;
        let text = excerpt(text.trim());
        Some(format!(
            "`{text}` is read as {ndc}, the only package of a crosswalk that it may be"
        ))
    }

    /// A package of a crosswalk: `55292-0702-55 (Panhematin, J1640)`.
    fn package_in_words(&self, ndc: Ndc) -> String {
        let mut said: Vec<String> = Vec::new();
        for product in self.products_of_ndc(ndc) {
            for own in [product.said.brand.clone(), product.said.code.to_string()] {
                if !said.contains(&own) {
                    said.push(own);
                }
            }
        }
        format!("{ndc} ({})", said.join(", "))
    }

    /// The units of a dose of a code on a day, and the billing unit.
    pub(crate) fn units_of_dose(
        &self,
        code: Code,
        day: Date,
        dose: &Dose,
    ) -> Result<(BillingUnits, &Dosage), UnitsError> {
        let (_, unit, _) = self.unit_on(code, day)?;
        let billed = unit.units(dose).map_err(|cause| UnitsError::Dose {
            code: Some(code),
            cause,
        })?;
        Ok((billed, unit))
    }

    /// Whether the crosswalk of a day has a package under a code.
    pub(crate) fn package_has_code(
        &self,
        ndc: Ndc,
        code: Option<Code>,
        day: Date,
    ) -> Result<(), UnitsError> {
        self.package(ndc, code, day).map(|_| ())
    }

    /// The units of a quantity of a drug package under a code on a day.
    pub(crate) fn units_of_ndc(
        &self,
        ndc: Ndc,
        quantity: NdcQuantity,
        code: Code,
        day: Date,
    ) -> Result<QuantityUnits, UnitsError> {
        let found = self.package(ndc, Some(code), day)?;
        let (doc, unit, _) = self.unit_on(code, day)?;
        if quantity.unit == QuantityUnit::InternationalUnits {
            let (units, basis) = of_activity(code, unit, quantity.quantity)?;
            return Ok(QuantityUnits {
                units,
                basis,
                other_quarter: None,
            });
        }
        let not_counted = |reason| UnitsError::NotCounted { ndc, reason };
        let package = quantities(&found.product.said, unit).map_err(not_counted)?;
        let descriptor = self.reader.store.descriptors(doc).0;
        let units = package
            .units_of_quantity(code, descriptor, quantity)
            .map_err(not_counted)?;
        let each = package.units_per_vial;
        let word = if each == Decimal::ONE {
            "unit"
        } else {
            "units"
        };
        Ok(QuantityUnits {
            units,
            basis: format!("{each} {word} a vial of {}", package.size),
            other_quarter: found.notice,
        })
    }
}

impl Searcher {
    /// Adds the units of a quantity of the package.
    pub(super) fn count_quantity(
        &self,
        quantity: NdcQuantity,
        answer: &mut UnitsAnswer,
    ) -> Result<(), UnitsError> {
        let Some(package) = &mut answer.package else {
            return Err(UnitsError::Request(
                "a quantity such as UN1 or ML2.5 is that of a drug package; give its NDC, or a \
                 dose such as 10 mg",
            ));
        };
        let ndc = package.ndc;
        let exact = self
            .units_of_ndc(ndc, quantity, answer.code, answer.as_of)?
            .units;
        let (whole, is_exact) = exact
            .how_often(Decimal::ONE)
            .ok_or(UnitsError::NotCounted {
                ndc,
                reason: "the quantity is too large; give a smaller one",
            })?;
        (answer.units, answer.rounded_up) = (Some(whole + u64::from(!is_exact)), !is_exact);
        (package.exact_units, package.ndc_quantity) = (Some(exact), Some(quantity));
        Ok(())
    }
}

/// The units of a quantity in international units, which is a dose.
fn of_activity(
    code: Code,
    unit: &Dosage,
    quantity: Decimal,
) -> Result<(Decimal, String), UnitsError> {
    let not_read = UnitsError::Request("the NDC's quantity cannot be counted in units");
    let measure = Measure::of_word("units").ok_or(not_read)?;
    let dose = Dose::from(Amount::new(quantity, measure));
    let billed = unit.units(&dose).map_err(|cause| UnitsError::Dose {
        code: Some(code),
        cause,
    })?;
    Ok((billed.units.into(), format!("a unit is {unit}")))
}
