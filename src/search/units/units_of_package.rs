//! The billing units of a drug package, and its quantity on a claim.

use super::answer::{PackageAnswer, UnitsAnswer};
use super::error::UnitsError;
use super::request::UnitsRequest;
use crate::codeset::{Amount, Code, Decimal, Dosage, Dose, NdcQuantity, Package, QuantityUnit};

/// The notice if the NDC's quantity on a claim is unknown.
pub(super) const QUANTITY_UNKNOWN: &str = "the unit of the NDC's quantity on a claim (ML, UN) is not known: \
                                the crosswalk gives a size without one";

/// The content of a vial of the package: its billing units times the code's unit, or the sum of a
/// combination.
pub(super) fn held_by_vial(unit: &Dosage, package: &Package) -> Option<Dose> {
    let each = if unit.with.is_empty() {
        &unit.amount
    } else {
        unit.equals.as_ref()?
    };
    each.measure().filter(|_| !unit.is_one_dose())?;
    let held: Amount = each.times(package.units_per_vial)?;
    Some(Dose::from(held))
}

/// Adds the units of vials or packages, or the vials for units.
pub(super) fn count_package(
    request: &UnitsRequest,
    answer: &mut UnitsAnswer,
) -> Result<(), UnitsError> {
    let asks = request.vials.is_some() || request.packages.is_some() || request.units.is_some();
    let (code, descriptor) = (answer.code, &answer.long_descriptor);
    let Some(package) = &mut answer.package else {
        let wrong = "vials, packages and units are counted of an NDC's package; give the NDC";
        return if asks {
            Err(UnitsError::Request(wrong))
        } else {
            Ok(())
        };
    };
    let ndc = package.ndc;
    let too_many = || UnitsError::NotCounted {
        ndc,
        reason: "the number is too large; give a smaller one",
    };
    if !package.quantities.agrees() {
        let Package {
            vials,
            units_per_vial,
            units_per_package,
            ..
        } = package.quantities;
        answer.notices.push(format!(
            "CMS states {units_per_package} units a package, which is not {vials} times the {units_per_vial} of a vial; both are as published"
        ));
    }
    let exact = match (request.vials, request.packages, request.units) {
        (Some(vials), ..) => {
            package.vials = Some(vials.into());
            Some(
                package
                    .quantities
                    .units_of_vials(vials)
                    .ok_or_else(too_many)?,
            )
        }
        (None, Some(packages), _) => {
            package.packages = Some(packages);
            Some(
                package
                    .quantities
                    .units_of_packages(packages)
                    .ok_or_else(too_many)?,
            )
        }
        (None, None, Some(units)) => {
            let vials = package.quantities.vials_for(units).ok_or_else(too_many)?;
            package.vials = Some(vials);
            (answer.units, answer.rounded_up) = (Some(units.into()), false);
            None
        }
        (None, None, None) => return Ok(()),
    };
    if let Some(exact) = exact {
        let (whole, is_exact) = exact.how_often(Decimal::ONE).ok_or_else(too_many)?;
        let units = whole + u64::from(!is_exact);
        (answer.units, answer.rounded_up) = (Some(units), !is_exact);
        package.exact_units = Some(exact);
    }
    package.ndc_quantity = quantity(package, code, descriptor, package.vials);
    Ok(())
}

/// The quantity of the NDC on a claim for a number of vials, or for the packages.
pub(super) fn quantity(
    package: &PackageAnswer,
    code: Code,
    descriptor: &str,
    vials: Option<u64>,
) -> Option<NdcQuantity> {
    let each = package.quantities.quantity_of_vial(code, descriptor)?;
    let vials = match (vials, package.packages) {
        (Some(vials), _) => vials.into(),
        (None, Some(packages)) => package.quantities.vials.times(packages.into())?,
        (None, None) => return None,
    };
    let quantity = each.quantity.times(vials)?;
    let is_whole = each.unit == QuantityUnit::Milliliters || quantity.is_whole();
    is_whole.then_some(NdcQuantity {
        quantity,
        unit: each.unit,
    })
}
