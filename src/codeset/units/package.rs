//! `Package`: a drug package of the crosswalk, and the billing units in its vials.

use serde::Serialize;

use super::super::decimal::Decimal;

/// The quantities of a row of CMS's NDC–HCPCS crosswalk.
///
/// CMS states the units of a package in a column of its own, which is not always the units of a
/// vial times the vials: both are kept as published.
///
/// ```
/// use hcpcs::codeset::Package;
///
/// let package = Package::read("2", "25", "4", "100").unwrap();
/// assert_eq!(package.units_of_vials(3), Some("12".parse()?));
/// assert_eq!(package.units_of_packages(1), Some("100".parse()?));
/// assert_eq!(package.vials_for(10), Some(3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Package {
    /// How much one vial or the like holds. CMS: `PKG SIZE`, whose unit the crosswalk does not say.
    pub size: Decimal,
    /// How many vials or the like are in a package. CMS: `PKG QTY`. JSON uses `vials` for the
    /// number that was asked for, so this one has another name.
    #[serde(rename = "vials_per_package")]
    pub vials: Decimal,
    /// Billing units in one vial or the like. CMS: `BILLUNITS`.
    pub units_per_vial: Decimal,
    /// Billing units in the package. CMS: `BILLUNITSPKG`.
    pub units_per_package: Decimal,
}

/// A number without the commas that group its thousands; `None` if they group something else.
fn without_grouping(text: &str) -> Option<String> {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = groups.all(|group| group.len() == 3)
        && (!whole.contains(',') || (1..=3).contains(&first.len()) && !first.starts_with('0'));
    (is_grouped && !text[whole.len()..].contains(',')).then(|| text.replace(',', ""))
}

impl Package {
    /// Reads the four columns of a row; `None` if one of them is not a number above zero. A comma
    /// groups thousands; one before any other number of digits is a decimal comma of another
    /// locale, by which the number would be read wrong.
    #[must_use]
    pub fn read(size: &str, vials: &str, per_vial: &str, per_package: &str) -> Option<Self> {
        let number = |text: &str| {
            let number: Decimal = without_grouping(text.trim())?.parse().ok()?;
            let fits = number.is_positive() && number.places() <= 9;
            (fits && number < Decimal::from(1_000_000_000_u32)).then_some(number)
        };
        Some(Self {
            size: number(size)?,
            vials: number(vials)?,
            units_per_vial: number(per_vial)?,
            units_per_package: number(per_package)?,
        })
    }

    /// Whether CMS's units of a package are those of a vial times the vials.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.units_per_vial.times(self.vials) == Some(self.units_per_package)
    }

    /// The billing units of a number of vials; not always whole.
    #[must_use]
    pub fn units_of_vials(&self, vials: u32) -> Option<Decimal> {
        self.units_per_vial.times(vials.into())
    }

    /// The billing units of a number of packages, by CMS's figure for a package.
    #[must_use]
    pub fn units_of_packages(&self, packages: u32) -> Option<Decimal> {
        self.units_per_package.times(packages.into())
    }

    /// The smallest number of vials that hold these units.
    #[must_use]
    pub fn vials_for(&self, units: u32) -> Option<u64> {
        let (whole, is_exact) = Decimal::from(units).how_often(self.units_per_vial)?;
        Some(whole + u64::from(!is_exact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(columns: [&str; 4]) -> Package {
        let [size, vials, units, package] = columns;
        Package::read(size, vials, units, package).unwrap()
    }

    #[test]
    fn a_vial_and_a_carton_are_two_things() {
        let glyrx = package(["2", "25", "4", "100"]);
        assert!(glyrx.agrees());
        assert_eq!(glyrx.units_of_vials(3), Some(12_u32.into()));
        assert_eq!(glyrx.units_of_packages(2), Some(200_u32.into()));
        assert_eq!(glyrx.vials_for(4), Some(1));
        assert_eq!(glyrx.vials_for(5), Some(2));
    }

    #[test]
    fn cms_counts_some_packages_otherwise() {
        let odd = package(["2.5", "25", "0.5", "13"]);
        assert!(!odd.agrees());
        assert_eq!(odd.units_of_vials(25), Some("12.5".parse().unwrap()));
        assert_eq!(odd.units_of_packages(1), Some(13_u32.into()));
        assert_eq!(odd.vials_for(1), Some(2));
    }

    #[test]
    fn rows_that_are_no_numbers() {
        for bad in [
            ["", "1", "1", "1"],
            ["1", "0", "1", "1"],
            ["1", "1", "-1", "1"],
            ["1", "1", "1", "x"],
            ["0,5", "1", "1", "1"],
            ["1", "1", "12,5", "12,5"],
            ["1", "1", "1", "12,50"],
        ] {
            let [size, vials, units, package] = bad;
            assert_eq!(Package::read(size, vials, units, package), None, "{bad:?}");
        }
    }
}
