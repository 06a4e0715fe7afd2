//! `UnitsRequest`: a question about the billing units of a code or a package.

use std::str::FromStr;

use serde::Deserialize;

use crate::codeset::Date;
use crate::error::{cannot_be, excerpt};

use super::error::UnitsError;

/// A question for billing units. The texts are as people write them; [`crate::Searcher::units`]
/// reads and validates them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "serve", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "serve", into_params(parameter_in = Query))]
pub struct UnitsRequest {
    /// A procedure code, such as `J1597`, or an NDC.
    pub code: Option<String>,
    /// The NDC of a drug package, such as `51754-6001-04`, alone or with one of its codes.
    pub ndc: Option<String>,
    /// The day of service, `YYYY-MM-DD`; by default today.
    #[cfg_attr(feature = "serve", param(value_type = Option<String>))]
    pub as_of: Option<Date>,
    /// How much was given: `0.4 mg`, `2 ml of 0.2 mg/ml`, `70 kg x 5 mg/kg`; or, with an NDC, its
    /// quantity on a claim: `ML2.5`.
    pub dose: Option<String>,
    /// A body weight, for a dose for each kilogram: `70 kg`.
    pub weight: Option<String>,
    /// The dose for each kilogram of body weight: `5 mg`.
    pub per_kg: Option<String>,
    /// The content of a single-dose vial: `0.2 mg`.
    pub vial: Option<String>,
    /// A number of vials of the package.
    pub vials: Option<u32>,
    /// A number of whole packages.
    pub packages: Option<u32>,
    /// A number of billing units to take from vials of the package.
    pub units: Option<u32>,
}

/// The names of a question's parameters.
const NAMES: &str = "code, ndc, as_of, dose, weight, per_kg, vial, vials, packages, units";

impl UnitsRequest {
    /// Reads a question from names and values, as in a query string or a form; blank values are
    /// ignored.
    ///
    /// # Errors
    /// A name is unknown or repeated, or a value is not a number or not a day.
    pub fn from_pairs<'p>(
        pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> Result<Self, UnitsError> {
        let mut request = Self::default();
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in pairs {
            if seen.contains(&name) {
                let reason = format!("`{name}` is given twice; give it once");
                return Err(UnitsError::Parameter(reason));
            }
            seen.push(name);
            let value = value.trim();
            let text = (!value.is_empty()).then(|| value.to_owned());
            match name {
                "code" => request.code = text,
                "ndc" => request.ndc = text,
                "dose" => request.dose = text,
                "weight" => request.weight = text,
                "per_kg" => request.per_kg = text,
                "vial" => request.vial = text,
                "as_of" => request.as_of = parsed(name, value, "a day, `YYYY-MM-DD`")?,
                "vials" => request.vials = parsed(name, value, "a number, such as 3")?,
                "packages" => request.packages = parsed(name, value, "a number, such as 1")?,
                "units" => request.units = parsed(name, value, "a number, such as 12")?,
                _ => {
                    let name = excerpt(name);
                    let reason = format!("there is no parameter `{name}`; there is {NAMES}");
                    return Err(UnitsError::Parameter(reason));
                }
            }
        }
        Ok(request)
    }
}

fn parsed<T: FromStr>(name: &str, value: &str, wanted: &str) -> Result<Option<T>, UnitsError> {
    if value.is_empty() {
        return Ok(None);
    }
    value
        .parse()
        .map(Some)
        .map_err(|_| UnitsError::Parameter(cannot_be(name, value, wanted)))
}
