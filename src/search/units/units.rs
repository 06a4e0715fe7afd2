//! A question for billing units → its answer.

use crate::codeset::{
    Amount, Code, Date, Decimal, Dosage, Dose, NdcQuantity, Package, QuantityUnit,
};
use crate::history::{Status, Validity};
use crate::release::ReleaseId;
use crate::search::searcher::Searcher;

use super::answer::{BASIS, PackageAnswer, RULE, UnitsAnswer, UnitsLine};
use super::error::UnitsError;
use super::package::quantities;
use super::request::UnitsRequest;
use super::taken_apart::{check, dose, subject};

/// The notice about vials.
const SINGLE_DOSE: &str = "JW and JZ are for single-dose containers; what is left in a multi-dose container is not billed";

/// The notice if the NDC's quantity on a claim is unknown.
const QUANTITY_UNKNOWN: &str = "the unit of the NDC's quantity on a claim (ML, UN) is not known: \
                                the crosswalk gives a size without one";

impl Searcher {
    /// Billing units of a code, or of the code of a package, on a day.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::search::UnitsRequest;
    /// # use hcpcs::{Release, Searcher};
    /// # let folder = tempfile::tempdir()?;
    /// # let releases = vec![Release::starter()?];
    /// # build_index(folder.path(), Sources { releases, ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let answer = searcher.units(&UnitsRequest {
    ///     code: Some("J1597".into()),
    ///     as_of: Some("2026-02-01".parse()?),
    ///     dose: Some("2 ml of 0.2 mg/ml".into()),
    ///     vial: Some("0.2 mg".into()),
    ///     ..UnitsRequest::default()
    /// })?;
    /// assert_eq!(answer.units, Some(4));
    /// assert_eq!(answer.vials.unwrap().discarded, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The code is unknown, not valid on the day or states no unit; the dose is invalid, or does
    /// not convert to that unit; the NDC is in no crosswalk, or has several codes.
    pub fn units(&self, request: &UnitsRequest) -> Result<UnitsAnswer, UnitsError> {
        check(request)?;
        let day = request.as_of.unwrap_or_else(Date::today);
        let dose = dose(request)?;
        let (code, ndc) = subject(request)?;
        let found = ndc.map(|ndc| self.package(ndc, code, day).map(|found| (ndc, found)));
        let found = found.transpose()?;
        let code = match (code, &found) {
            (Some(code), _) => code,
            (None, Some((_, found))) => found.code,
            (None, None) => return Err(UnitsError::Request("give a code or an NDC")),
        };
        let (doc, unit, release) = self.unit_on(code, day)?;
        let mut answer = UnitsAnswer {
            code,
            long_descriptor: self.reader.store.descriptors(doc).0.to_owned(),
            as_of: day,
            release_scope: self.scope_of(&release),
            release: release.to_string(),
            unit: unit.clone(),
            dose,
            units: None,
            rounded_up: false,
            vials: None,
            lines: Vec::new(),
            rule: None,
            package: None,
            notices: Vec::new(),
            basis: BASIS,
        };
        if let Some(age) = self.age(day).filter(crate::history::Age::is_notable) {
            answer.notices.push(age.text);
        }
        if let Some((ndc, found)) = found {
            answer.notices.extend(found.notice);
            let product = found.product.said;
            let quantities = quantities(&product, &answer.unit)
                .map_err(|reason| UnitsError::NotCounted { ndc, reason })?;
            answer.package = Some(PackageAnswer {
                ndc,
                brand: product.brand,
                labeler: product.labeler,
                dosage: product.dosage,
                quantities,
                source: found.product.source,
                vials: None,
                packages: None,
                exact_units: None,
                ndc_quantity: None,
            });
        }
        self.count_dose(request, &mut answer)?;
        count_package(request, &mut answer)?;
        let is_unknown = |package: &PackageAnswer| {
            (package.vials.is_some() || package.packages.is_some())
                && package.ndc_quantity.is_none()
        };
        if answer.package.as_ref().is_some_and(is_unknown) {
            answer.notices.push(QUANTITY_UNKNOWN.to_owned());
        }
        Ok(answer)
    }

    /// Whether a code is valid on a day.
    pub(super) fn is_valid(&self, code: Code, day: Date) -> bool {
        let validity = self.validity(code, day);
        validity.is_some_and(|validity| validity.status == Status::Valid)
    }

    /// The version of a code that is valid on a day, its billing unit, and the release.
    pub(super) fn unit_on(
        &self,
        code: Code,
        day: Date,
    ) -> Result<(u32, &Dosage, ReleaseId), UnitsError> {
        let doc = self
            .version_on(code, day)
            .ok_or(UnitsError::UnknownCode(code))?;
        let validity = self
            .validity_of(doc, day)
            .ok_or(UnitsError::UnknownCode(code))?;
        if let Some(why) = not_valid(&validity) {
            return Err(UnitsError::NotValid { code, day, why });
        }
        let unit = self.unit_of(doc).ok_or_else(|| UnitsError::NoUnit {
            code,
            descriptor: self.reader.store.descriptors(doc).0.to_owned(),
        })?;
        Ok((doc, unit, validity.publication.release))
    }

    /// Adds the units of the dose, and the vials that it needs.
    fn count_dose(
        &self,
        request: &UnitsRequest,
        answer: &mut UnitsAnswer,
    ) -> Result<(), UnitsError> {
        let Some(dose) = &answer.dose else {
            return Ok(());
        };
        let code = answer.code;
        let of_code = |cause| UnitsError::Dose {
            code: Some(code),
            cause,
        };
        let billed = answer.unit.units(dose).map_err(of_code)?;
        (answer.units, answer.rounded_up) = (Some(billed.units), billed.rounded_up);
        let vial = match (&request.vial, &answer.package) {
            (Some(vial), _) => vial.parse::<Dose>()?,
            (None, Some(package)) => match held_by_vial(&answer.unit, &package.quantities) {
                Some(vial) if dose.amounts().len() == 1 => vial,
                _ => {
                    let reason =
                        "vials are not counted: a unit of the code is not one amount of a drug";
                    answer.notices.push(reason.to_owned());
                    return Ok(());
                }
            },
            (None, None) => return Ok(()),
        };
        let vials = answer.unit.vials(dose, &vial).map_err(of_code)?;
        if let Some(package) = &mut answer.package {
            package.vials = Some(vials.vials);
            package.ndc_quantity =
                quantity(package, code, &answer.long_descriptor, Some(vials.vials));
        }
        let modifier = |text: &str| {
            let modifier: Option<Code> = text.parse().ok();
            modifier.filter(|code| self.is_valid(*code, answer.as_of))
        };
        let (jw, jz) = (modifier("JW"), modifier("JZ"));
        let line = |modifier, units| UnitsLine {
            code,
            modifier,
            units,
        };
        answer.lines = match (vials.discarded, jw) {
            (0, _) => vec![line(jz, vials.given)],
            (discarded, Some(_)) => vec![line(None, vials.given), line(jw, discarded)],
            (_, None) => vec![line(None, vials.given)],
        };
        let day = answer.as_of;
        if vials.discarded == 0 && jz.is_none() {
            answer.notices.push(format!(
                "JZ is not valid on {day}, so the line carries none"
            ));
        }
        if vials.discarded > 0 && jw.is_none() {
            answer.notices.push(format!(
                "JW is not valid on {day}, so discarded units have no line"
            ));
        }
        answer.rule = Some(RULE);
        answer.notices.push(SINGLE_DOSE.to_owned());
        answer.vials = Some(vials);
        Ok(())
    }
}

/// Why a code is not valid on the day; `None` if it is.
fn not_valid(validity: &Validity) -> Option<String> {
    let shown = |day: Option<Date>| day.map_or(String::new(), |day| format!(" {day}"));
    let life = &validity.life;
    Some(match validity.status {
        Status::Valid => return None,
        Status::Terminated => format!("it ended on{}", shown(life.until)),
        Status::NotYetValid => format!("it begins on{}", shown(life.from)),
        Status::UnknownBetweenReleases => {
            let last = life.dropped.map(|dropped| dropped.last_known);
            format!(
                "no release that is indexed speaks of it after{}",
                shown(last)
            )
        }
        Status::NoLongerListed => {
            let from = life.dropped.map(|dropped| dropped.from);
            format!("releases no longer list it since{}", shown(from))
        }
    })
}

/// The content of a vial of the package: its billing units times the code's unit, or the sum of a
/// combination.
fn held_by_vial(unit: &Dosage, package: &Package) -> Option<Dose> {
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
fn count_package(request: &UnitsRequest, answer: &mut UnitsAnswer) -> Result<(), UnitsError> {
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
        reason: "the number is too large",
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
fn quantity(
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
