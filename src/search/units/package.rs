//! The package of an NDC in the crosswalk that holds on a day.

use crate::annotation::{DrugProduct, Ndc, SourceKind};
use crate::codeset::{Code, Date, Decimal, MeasureKind, Package};
use crate::search::code::annotations::Sourced;
use crate::search::searcher::Searcher;

use super::error::UnitsError;

/// A crosswalk that is indexed.
struct Crosswalk {
    label: String,
    /// The first day of its quarter; none where it does not say one.
    first: Option<Date>,
    /// The last day of its quarter.
    last: Option<Date>,
}

/// The row of a package, its code, and what is to be known of its source.
pub(super) struct Found {
    pub(super) code: Code,
    pub(super) product: Sourced<DrugProduct>,
    pub(super) notice: Option<String>,
}

impl Searcher {
    /// The row of an NDC in the crosswalk of a day, under a code where one is asked for.
    pub(super) fn package(
        &self,
        ndc: Ndc,
        code: Option<Code>,
        day: Date,
    ) -> Result<Found, UnitsError> {
        let (crosswalk, notice) = self.crosswalk_on(day).ok_or(UnitsError::NoCrosswalk(ndc))?;
        let source_name = || crosswalk.label.clone();
        let all = self
            .by_code()
            .values()
            .flat_map(|about| &about.drug_products);
        let mut rows: Vec<&Sourced<DrugProduct>> = all
            .filter(|product| product.said.ndc == Some(ndc) && product.source == crosswalk.label)
            .collect();
        rows.sort_by_key(|product| product.said.code);
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
            // where none is valid, the first says why
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
            let reason = "the crosswalk has several rows of it that differ";
            return Err(UnitsError::NotCounted { ndc, reason });
        }
        let product = (*product).clone();
        Ok(Found {
            code: product.said.code,
            product,
            notice,
        })
    }

    /// The crosswalk whose quarter has a day, else the last before it, else the first; and what
    /// to say where it is not of that day.
    fn crosswalk_on(&self, day: Date) -> Option<(Crosswalk, Option<String>)> {
        let kind = SourceKind::DrugProducts.name();
        let sources = self
            .manifest()
            .sources
            .iter()
            .filter(|source| source.kind == kind);
        let mut crosswalks: Vec<Crosswalk> = sources
            .map(|source| {
                let first = source
                    .date
                    .as_ref()
                    .and_then(|quarter| format!("{quarter}-01").parse().ok());
                Crosswalk {
                    label: source.label(),
                    first,
                    last: first.and_then(last_of_quarter),
                }
            })
            .collect();
        crosswalks.sort_by_key(|crosswalk| crosswalk.first);
        let begun = crosswalks
            .iter()
            .rposition(|crosswalk| crosswalk.first.is_none_or(|first| first <= day));
        let at = begun.unwrap_or(0);
        if crosswalks.is_empty() {
            return None;
        }
        let crosswalk = crosswalks.swap_remove(at);
        let label = &crosswalk.label;
        let notice = match (crosswalk.first, crosswalk.last) {
            (Some(first), _) if day < first => Some(format!(
                "{label} holds from {first} on; no earlier one is indexed"
            )),
            (_, Some(last)) if last < day => Some(format!(
                "{label} holds until {last}; none that holds on {day} is indexed"
            )),
            (None, _) => Some(format!("{label} does not say for which quarter it holds")),
            _ => None,
        };
        Some((crosswalk, notice))
    }
}

/// The last day of the quarter that begins on a day.
fn last_of_quarter(first: Date) -> Option<Date> {
    let number = first.number();
    let (year, month) = (number / 10_000, number / 100 % 100 + 3);
    let next = if month > 12 {
        (year + 1) * 10_000 + (month - 12) * 100 + 1
    } else {
        year * 10_000 + month * 100 + 1
    };
    Date::from_number(next).map(Date::yesterday)
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
/// a package of one: that says nothing of a vial.
pub(super) fn quantities(
    product: &DrugProduct,
    unit: &crate::codeset::Dosage,
) -> Result<Package, &'static str> {
    let package = Package::read(
        &product.package_size,
        &product.package_quantity,
        &product.billing_units,
        &product.billing_units_per_package,
    )
    .ok_or("the crosswalk's size, quantity or billing units are not numbers")?;
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
            "its vials differ in potency, and the crosswalk gives a nominal unit; give the dose in units, as labelled",
        );
    }
    Ok(package)
}
