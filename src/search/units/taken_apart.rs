//! Parses a question for billing units: the dose or number, and the code or package.

use crate::annotation::Ndc;
use crate::codeset::{Code, Dose, NdcQuantity};
use crate::error::excerpt;

use super::error::UnitsError;
use super::request::UnitsRequest;
use crate::search::searcher::Searcher;

/// Refuses contradictory questions.
pub(super) fn check(request: &UnitsRequest) -> Result<(), UnitsError> {
    let asked = [
        request.vials.is_some(),
        request.packages.is_some(),
        request.units.is_some(),
    ];
    let counts = asked.iter().filter(|asked| **asked).count();
    let has_dose = request.dose.is_some()
        || request.weight.is_some()
        || request.per_kg.is_some()
        || package_quantity(request)?.is_some();
    let is_zero = [request.vials, request.packages, request.units].contains(&Some(0));
    let wrong = if request.weight.is_some() != request.per_kg.is_some() {
        Some("a body weight and the dose for each kilogram belong together; give both or neither")
    } else if request.dose.is_some() && request.weight.is_some() {
        Some("a dose and a dose by body weight are given; give one of them")
    } else if counts > 1 || (counts == 1 && has_dose) {
        Some(
            "several are given of a dose, a number of vials, of packages and of units; give one of \
             them",
        )
    } else if is_zero {
        Some("a number of vials, packages or units is zero; give one that is more than zero")
    } else if request.vial.is_some() && !has_dose {
        Some("what a vial holds is given without a dose; give the dose too")
    } else {
        None
    };
    wrong.map_or(Ok(()), |wrong| Err(UnitsError::Request(wrong)))
}

/// The code or the NDC in question, or both.
pub(super) fn subject(
    request: &UnitsRequest,
    searcher: &Searcher,
) -> Result<(Option<Code>, Option<Ndc>), UnitsError> {
    // as a claim writes it, or without hyphens if the crosswalks have one such package
    let ndc = |text: &str| searcher.package_named(NdcQuantity::behind_ndc(text).0);
    let package = request.ndc.as_deref().map(ndc).transpose()?;
    let Some(code) = request
        .code
        .as_deref()
        .map(str::trim)
        .filter(|code| !code.is_empty())
    else {
        return Ok((None, package));
    };
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    if digits > 5
        || code
            .get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("ndc"))
    {
        return match package {
            Some(_) => Err(UnitsError::Request(
                "two NDCs are given; give a code and an NDC, or an NDC alone",
            )),
            None => Ok((None, Some(ndc(code)?))),
        };
    }
    let code = code.parse().map_err(|reason| UnitsError::NotACode {
        text: excerpt(code),
        reason,
    })?;
    Ok((Some(code), package))
}

/// The quantity of the package as a claim states it, in the place of the dose or behind the NDC:
/// `UN1`, `N455292070255ML2.5`.
pub(super) fn package_quantity(request: &UnitsRequest) -> Result<Option<NdcQuantity>, UnitsError> {
    let of_dose = request.dose.as_deref().map(str::trim);
    let of_dose = of_dose.filter(|text| text.starts_with(char::is_alphabetic));
    let behind = [&request.code, &request.ndc].into_iter().flatten();
    let mut behind = behind.filter_map(|text| NdcQuantity::behind_ndc(text.trim()).1);
    let read = |text: &str| NdcQuantity::read(text, None).ok();
    match (of_dose.and_then(read), behind.next()) {
        (None, Some(_)) if request.dose.is_some() => Err(UnitsError::Request(
            "a dose and a quantity behind the NDC are given; give one of them",
        )),
        (Some(_), Some(_)) => Err(UnitsError::Request(
            "two quantities of the NDC are given; give one of them",
        )),
        (of_dose, behind) => Ok(of_dose.or(behind.and_then(read))),
    }
}

/// The dose, written out or by body weight.
pub(super) fn dose(request: &UnitsRequest) -> Result<Option<Dose>, UnitsError> {
    Ok(match (&request.dose, &request.weight, &request.per_kg) {
        (Some(_), ..) if package_quantity(request)?.is_some() => None,
        (Some(dose), ..) => Some(dose.parse()?),
        (None, Some(weight), Some(per_kg)) => Some(Dose::for_weight(weight, per_kg)?),
        _ => None,
    })
}
