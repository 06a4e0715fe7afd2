//! The calculator next to a record: a dose, a weight, a vial or a package → billing units and claim
//! lines.

use super::products::Products;
use crate::codeset::{Code, Date, Dosage};
use crate::error::counted;
use crate::search::{PackageAnswer, Searcher, UnitsAnswer, UnitsError, UnitsRequest};
use crate::server::http::query_string::Pair;

/// The fields of the form, under the names of `/api/v1/units`.
pub(crate) const NAMES: [&str; 6] = ["dose", "weight", "per_kg", "vial", "ndc", "vials"];

/// The calculator of a code.
pub(crate) struct Calculator {
    /// What one billing unit is.
    pub(crate) unit: String,
    pub(crate) asked: UnitsRequest,
    /// The typed number of vials.
    pub(crate) vials: String,
    pub(crate) packages: Vec<Package>,
    pub(crate) billed: Option<Billed>,
    pub(crate) problem: Option<UnitsError>,
}

/// A package to choose from.
pub(crate) struct Package {
    pub(crate) ndc: String,
    pub(crate) text: String,
    pub(crate) is_on: bool,
}

/// The billing units.
pub(crate) struct Billed {
    /// The number of units, such as `4 units`, if it was calculated.
    pub(crate) units: String,
    /// The amount that they cover.
    pub(crate) of: String,
    /// Facts, each with a name.
    pub(crate) facts: Vec<(&'static str, String)>,
    /// The claim lines: code with modifier, units, and their purpose.
    pub(crate) lines: Vec<(String, u64, String)>,
    pub(crate) notices: Vec<String>,
    pub(crate) basis: &'static str,
}

impl Calculator {
    /// The calculator of a code with a billing unit, with the result for its fields.
    pub(crate) fn new(
        searcher: &Searcher,
        code: Code,
        day: Option<Date>,
        unit: &Dosage,
        fields: &[Pair<'_>],
        products: &[Products],
    ) -> Self {
        let given = |name: &str| {
            let field = fields.iter().find(|(own, _)| own == name);
            field
                .map(|(_, value)| value.trim())
                .filter(|value| !value.is_empty())
        };
        let text = |name: &str| given(name).map(str::to_owned);
        let asked = UnitsRequest {
            code: Some(code.to_string()),
            as_of: day,
            dose: text("dose"),
            weight: text("weight"),
            per_kg: text("per_kg"),
            vial: text("vial"),
            ndc: text("ndc"),
            ..UnitsRequest::default()
        };
        let is_asked = NAMES.iter().any(|name| given(name).is_some());
        let answer = is_asked.then(|| {
            let pairs = fields.iter().map(|(name, value)| (&**name, &**value));
            let own = pairs.filter(|(name, _)| NAMES.contains(name));
            let read = UnitsRequest::from_pairs(own)?;
            searcher.units(&UnitsRequest {
                code: asked.code.clone(),
                as_of: day,
                ..read
            })
        });
        let (billed, problem) = match answer {
            Some(Ok(answer)) => (Some(Billed::new(&answer)), None),
            Some(Err(error)) => (None, Some(error)),
            None => (None, None),
        };
        Self {
            unit: unit.to_string(),
            packages: packages(products, asked.ndc.as_deref()),
            vials: text("vials").unwrap_or_default(),
            asked,
            billed,
            problem,
        }
    }
}

/// The packages of the crosswalk of the day.
fn packages(products: &[Products], chosen: Option<&str>) -> Vec<Package> {
    let rows = products.first().map_or(&[][..], |list| &list.rows);
    let mut packages: Vec<Package> = Vec::new();
    for row in rows.iter().filter(|row| row.is_ndc) {
        if packages.iter().any(|own| own.ndc == row.number) {
            continue;
        }
        let product = &row.product;
        let text = format!(
            "{}, {}, {} × {}",
            product.brand, product.labeler, product.package_quantity, product.package_size
        );
        packages.push(Package {
            is_on: chosen == Some(&*row.number),
            ndc: row.number.clone(),
            text,
        });
    }
    packages
}

impl Billed {
    fn new(answer: &UnitsAnswer) -> Self {
        let units = answer.units.map(|units| counted(units, "unit"));
        let units = units.unwrap_or_default();
        let dose = answer.dose.as_ref();
        let of = dose.map_or_else(String::new, |dose| format!(" for {dose}"));
        let mut facts = Vec::new();
        if answer.rounded_up {
            let text = "the last unit is only partly given";
            facts.push(("Rounded up", text.to_owned()));
        }
        if let Some(vials) = &answer.vials {
            let left = vials.left.as_ref();
            let left = left.map_or_else(String::new, |left| format!(", {left} left"));
            facts.push(("Vials", format!("{} of {}{left}", vials.vials, vials.vial)));
        }
        if let Some(package) = &answer.package {
            facts.extend(of_package(package));
        }
        let line = |own: &crate::search::UnitsLine| {
            let modifier = own.modifier.map(|code| code.to_string());
            let what = match modifier.as_deref() {
                Some("JW") => "discarded",
                Some("JZ") => "given, nothing discarded",
                _ => "given",
            };
            let quantity = own.ndc_quantity.map(|own| format!(", NDC quantity {own}"));
            let what = what.to_owned() + &quantity.unwrap_or_default();
            let code = match modifier {
                Some(modifier) => format!("{} {modifier}", own.code),
                None => own.code.to_string(),
            };
            (code, own.units, what)
        };
        let rule = answer.rule.map(|rule| format!("Rule: {rule}"));
        Self {
            units,
            of: format!("of {}{of}", answer.unit),
            facts,
            lines: answer.lines.iter().map(line).collect(),
            notices: answer.notices.iter().cloned().chain(rule).collect(),
            basis: answer.basis,
        }
    }
}

fn of_package(package: &PackageAnswer) -> Vec<(&'static str, String)> {
    let quantities = &package.quantities;
    let mut facts = vec![
        (
            "Package",
            format!("{} {}, {}", package.ndc, package.brand, package.labeler),
        ),
        (
            "CMS counts",
            format!(
                "{} a vial of size {}, {} a package of {}",
                counted(quantities.units_per_vial, "unit"),
                quantities.size,
                counted(quantities.units_per_package, "unit"),
                quantities.vials
            ),
        ),
    ];
    if let Some(exact) = &package.exact_units {
        facts.push(("Units, exact", exact.to_string()));
    }
    if let Some(own) = &package.ndc_quantity {
        facts.push(("NDC quantity", own.to_string()));
    }
    facts
}
