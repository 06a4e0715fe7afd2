//! A question for billing units → its answer.

use super::answer::{BASIS, PackageAnswer, RULE, UnitsAnswer, UnitsLine};
use super::error::UnitsError;
use super::package::quantities;
use super::request::UnitsRequest;
use super::taken_apart::{check, dose, package_quantity, subject, with_package_of_dose};
use super::units_of_package::{QUANTITY_UNKNOWN, count_package, held_by_vial, quantity};
use crate::codeset::{Code, Date, Dosage, Dose};
use crate::history::{Status, Validity};
use crate::search::searcher::Searcher;

/// The notice about vials.
const SINGLE_DOSE: &str = "JW and JZ are for single-dose containers; what is left in a multi-dose container is not billed";

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
        let request = &*with_package_of_dose(request)?;
        check(request)?;
        let day = request.as_of.unwrap_or_else(Date::today);
        let dose = dose(request)?;
        let (code, ndc) = subject(request, self)?;
        let found = ndc.map(|ndc| self.package(ndc, code, day).map(|found| (ndc, found)));
        let found = found.transpose()?;
        let code = match (code, &found) {
            (Some(code), _) => code,
            (None, Some((_, found))) => found.code,
            (None, None) => {
                return Err(UnitsError::Request(
                    "neither a code nor an NDC is given; give one, such as J1597 or 51754-6001-04",
                ));
            }
        };
        let (doc, unit, validity) = self.unit_on(code, day)?;
        let release = validity.publication.release;
        let amounts = [&request.dose, &request.vial];
        let by_weight = [&request.weight, &request.per_kg];
        let written = amounts.into_iter().chain(by_weight).flatten();
        let assumed = |text: &String| Dose::assumed(text);
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
            notices: written.filter_map(assumed).collect(),
            basis: BASIS,
        };
        if let Some(age) = self.age(day).filter(crate::history::Age::is_notable) {
            answer.notices.push(age.text);
        }
        let unclear = validity.unclear.map(|why| format!("{code}: {why}"));
        answer.notices.extend(unclear);
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
        if let Some(quantity) = package_quantity(request)? {
            self.count_quantity(quantity, &mut answer)?;
        }
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

    /// The version of a code that is valid on a day, its billing unit, and its validity.
    pub(super) fn unit_on(
        &self,
        code: Code,
        day: Date,
    ) -> Result<(u32, &Dosage, Validity), UnitsError> {
        let missing = || UnitsError::UnknownCode(self.missing(code, day));
        let doc = self.version_on(code, day).ok_or_else(missing)?;
        let validity = self.validity_of(doc, day).ok_or_else(missing)?;
        if let Some(why) = not_valid(&validity) {
            return Err(UnitsError::NotValid { code, day, why });
        }
        let unit = self.unit_of(doc).ok_or_else(|| UnitsError::NoUnit {
            code,
            descriptor: self.reader.store.descriptors(doc).0.to_owned(),
        })?;
        Ok((doc, unit, validity))
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
        let package = answer.package.as_ref();
        let descriptor = &*answer.long_descriptor;
        let line = |modifier, units| UnitsLine {
            code,
            modifier,
            units,
            ndc_quantity: package
                .and_then(|own| own.quantities.quantity_of_units(code, descriptor, units)),
        };
        answer.lines = match (vials.discarded, jw) {
            (0, _) => vec![line(jz, vials.given)],
            (discarded, Some(_)) => vec![line(None, vials.given), line(jw, discarded)],
            (_, None) => vec![line(None, vials.given)],
        };
        if let (0, Some(left)) = (vials.discarded, &vials.left) {
            answer.notices.push(format!(
                "the {left} left are less than a unit and part of the last one, which is billed whole"
            ));
        }
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
