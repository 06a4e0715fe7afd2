//! Parses a question for billing units: the dose or number, and the code or package.

use std::borrow::Cow;

use crate::annotation::Ndc;
use crate::codeset::{Code, Dose, NdcQuantity};
use crate::error::excerpt;

use super::error::UnitsError;
use super::request::UnitsRequest;
use crate::search::searcher::Searcher;

/// Why a question with two packages has no answer.
const TWO_NDCS: &str = "two NDCs are given; give a code and an NDC, or an NDC alone";

/// The digits of an NDC, without or with the zeros of a claim.
const DIGITS_OF_NDC: std::ops::RangeInclusive<usize> = 9..=11;

/// The question with the package at its own place, if it is given in the place of the dose, as a
/// claim writes it: `N451754600104UN1`, `51754-6001-04 0.4 mg`.
pub(super) fn with_package_of_dose(
    request: &UnitsRequest,
) -> Result<Cow<'_, UnitsRequest>, UnitsError> {
    let written = request.dose.as_deref().and_then(package_in_dose);
    let Some((ndc, dose)) = written else {
        return Ok(Cow::Borrowed(request));
    };
    if request.ndc.is_some() {
        return Err(UnitsError::Request(TWO_NDCS));
    }
    Ok(Cow::Owned(UnitsRequest {
        ndc: Some(ndc.to_owned()),
        dose: Some(dose.to_owned()).filter(|dose| !dose.is_empty()),
        ..request.clone()
    }))
}

/// The package at the beginning of a dose, with a quantity directly behind it, and the rest. Many
/// digits alone are a package, with a unit they are an amount.
fn package_in_dose(dose: &str) -> Option<(&str, &str)> {
    let dose = dose.trim();
    let marked = ["N4", "NDC"].into_iter().find_map(|mark| {
        let start = dose.get(..mark.len())?;
        start
            .eq_ignore_ascii_case(mark)
            .then(|| &dose[mark.len()..])
    });
    let text = marked.unwrap_or(dose).trim_start_matches([' ', ':', '#']);
    let (ndc, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let number = NdcQuantity::behind_ndc(ndc).0;
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_number = number
        .bytes()
        .all(|own| own.is_ascii_digit() || own == b'-');
    let is_package = is_number && DIGITS_OF_NDC.contains(&digits);
    let is_meant = marked.is_some() || number.contains('-') || rest.is_empty();
    (is_package && is_meant).then_some((ndc, rest.trim()))
}

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
            Some(_) => Err(UnitsError::Request(TWO_NDCS)),
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

#[cfg(test)]
mod tests {
    use super::package_in_dose;

    #[test]
    fn a_package_in_the_place_of_the_dose() {
        for (dose, package) in [
            ("N451754600104UN1", Some(("51754600104UN1", ""))),
            ("n451754600104 UN1", Some(("51754600104", "UN1"))),
            ("N4 51754-6001-04 ML 2.5", Some(("51754-6001-04", "ML 2.5"))),
            ("NDC: 51754-6001-04", Some(("51754-6001-04", ""))),
            ("51754-6001-04 0.4 mg", Some(("51754-6001-04", "0.4 mg"))),
            ("51754600104", Some(("51754600104", ""))),
            ("5175460010 units", None),
            ("1000000000 cells", None),
            ("10-20 mg", None),
            ("0.4 mg", None),
            ("N4", None),
            ("UN1", None),
            ("", None),
        ] {
            assert_eq!(package_in_dose(dose), package, "{dose}");
        }
    }
}
