//! The package of an NDC in the crosswalk of a day.

use crate::annotation::{DrugProduct, Ndc};
use crate::codeset::{Code, Date, Decimal, MeasureKind, Package};
use crate::search::code::annotations::Sourced;
use crate::search::searcher::Searcher;

use super::error::UnitsError;

/// The row of a package, its code, and a notice about its source.
pub(super) struct Found {
    pub(super) code: Code,
    pub(super) product: Sourced<DrugProduct>,
    pub(super) notice: Option<String>,
}

impl Searcher {
    /// The row of an NDC in the crosswalk of a day, under a code if one is given.
    pub(super) fn package(
        &self,
        ndc: Ndc,
        code: Option<Code>,
        day: Date,
    ) -> Result<Found, UnitsError> {
        let crosswalks = self.crosswalks(day);
        let crosswalk = crosswalks.of_day().ok_or(UnitsError::NoCrosswalk(ndc))?;
        let source_name = || crosswalk.source.clone();
        let all = self.products_of_ndc(ndc);
        let mut rows: Vec<&Sourced<DrugProduct>> = all
            .filter(|product| product.source == crosswalk.source)
            .collect();
        let codes = |rows: &[&Sourced<DrugProduct>]| -> Vec<Code> {
            let mut codes: Vec<Code> = rows.iter().map(|product| product.said.code).collect();
            codes.dedup();
            codes
        };
        if rows.is_empty() {
            let source_name = source_name();
            return Err(UnitsError::UnknownNdc { ndc, source_name });
        }
        if let Some(code) = code {
            let others = codes(&rows);
            rows.retain(|product| product.said.code == code);
            if rows.is_empty() {
                let source_name = source_name();
                return Err(UnitsError::OtherCode {
                    ndc,
                    code,
                    others,
                    source_name,
                });
            }
        } else {
            let valid: Vec<_> = rows
                .iter()
                .copied()
                .filter(|product| self.is_valid(product.said.code, day))
                .collect();
            // if none is valid, report the first one's reason
            if !valid.is_empty() {
                rows = valid;
            }
            let codes = codes(&rows);
            if codes.len() > 1 {
                return Err(UnitsError::SeveralCodes { ndc, codes, day });
            }
        }
        let [product, others @ ..] = &rows[..] else {
            let source_name = source_name();
            return Err(UnitsError::UnknownNdc { ndc, source_name });
        };
        if others
            .iter()
            .any(|other| !same_quantities(&other.said, &product.said))
        {
            let reason =
                "the crosswalk has several rows of it that differ; ask by the code and the dose";
            return Err(UnitsError::NotCounted { ndc, reason });
        }
        let product = (*product).clone();
        Ok(Found {
            code: product.said.code,
            product,
            notice: crosswalk.notice,
        })
    }
}

fn same_quantities(one: &DrugProduct, other: &DrugProduct) -> bool {
    let of = |product: &DrugProduct| {
        [
            product.package_size.clone(),
            product.package_quantity.clone(),
            product.billing_units.clone(),
            product.billing_units_per_package.clone(),
        ]
    };
    of(one) == of(other)
}

/// The quantities of a row.
///
/// CMS writes a clotting factor, whose vials differ in potency, as one or ten units of activity in
/// a package of one. That does not determine the content of a vial.
pub(super) fn quantities(
    product: &DrugProduct,
    unit: &crate::codeset::Dosage,
) -> Result<Package, &'static str> {
    let package = product.package().ok_or(
        "the crosswalk's size, quantity or billing units are not numbers; ask by the code and the \
         dose",
    )?;
    let is_activity = unit
        .amount
        .measure()
        .is_some_and(|measure| measure.kind() == MeasureKind::Activity);
    let held = package.units_per_vial.times(unit.amount.value);
    let one = Decimal::ONE;
    let is_nominal = is_activity
        && package.size == one
        && package.vials == one
        && held.is_some_and(|held| held <= 10_u32.into());
    if is_nominal {
        return Err(
            "its vials differ in potency, and the crosswalk gives a nominal unit; ask by the code and the dose in units, as labelled",
        );
    }
    Ok(package)
}
