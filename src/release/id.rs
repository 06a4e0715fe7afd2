//! `ReleaseId`: the year, quarter and issue of a release, and how they are read from a name.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::name::{Name, issue_date, year};
use super::quarter::Quarter;
use crate::codeset::Date;
use crate::error::{Error, excerpt};

/// The issue of the starter set; the name of the release always includes it.
const STARTER: &str = "starter";

/// Which release it is. CMS issues some quarters several times.
///
/// Releases are ordered by year, quarter and issue, an issue that is a date by its date.
///
/// ```
/// use hcpcs::{Quarter, ReleaseId};
///
/// let id: ReleaseId = "2026-01".parse()?;
/// assert_eq!(id, "2026-Q1".parse()?);
/// assert_eq!(id.quarter, Quarter::January);
/// assert_eq!(id.to_string(), "2026-01");
/// assert_eq!(id.first_day().to_string(), "2026-01-01");
///
/// let issue: ReleaseId = "2026-01/01122026".parse()?;
/// assert!(id < issue);
/// assert_eq!(issue.to_string(), "2026-01");
/// assert_eq!(format!("{issue:#}"), "2026-01/01122026");
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReleaseId {
    /// The year of the quarter.
    pub year: u16,
    /// The quarter.
    pub quarter: Quarter,
    /// Distinguishes the issues of one quarter, as in the file's name: a date such as `01122026`
    /// (month, day, year) or a version such as `v3`.
    pub issue: Option<String>,
}

impl ReleaseId {
    /// The first day of the quarter, on which the release comes into force.
    #[must_use]
    pub fn first_day(&self) -> Date {
        let number = u32::from(self.year) * 10_000 + u32::from(self.quarter.month()) * 100 + 1;
        Date::from_number(number).unwrap_or(Date::MIN)
    }

    /// Whether it is the starter set, which any release of CMS replaces.
    #[must_use]
    pub fn is_starter(&self) -> bool {
        self.issue.as_deref() == Some(STARTER)
    }

    /// The last day of the quarter, and so the last day that the release covers.
    #[must_use]
    pub fn last_day(&self) -> Date {
        let month_and_day = match self.quarter {
            Quarter::January => 3_31,
            Quarter::April => 6_30,
            Quarter::July => 9_30,
            Quarter::October => 12_31,
        };
        let number = u32::from(self.year) * 10_000 + month_and_day;
        Date::from_number(number).unwrap_or(Date::MAX)
    }

    /// Whether both are of the same quarter, in any issue.
    #[must_use]
    pub fn is_same_quarter(&self, other: &Self) -> bool {
        (self.year, self.quarter) == (other.year, other.quarter)
    }

    /// Reads the release from names, such as those of a member and of its archive; the first that
    /// has year and quarter wins. A year without a month is an annual release, of January.
    pub(crate) fn from_names(names: &[&str]) -> Option<Self> {
        let stated: Vec<Name> = names.iter().map(|name| Name::read(name)).collect();
        let year = stated.iter().find_map(|name| name.year)?;
        let quarter = stated
            .iter()
            .filter(|name| name.year.is_none_or(|own| own == year))
            .find_map(|name| name.quarter);
        let annual = stated.iter().any(|name| name.is_hcpcs);
        Some(Self {
            year,
            quarter: quarter.or(annual.then_some(Quarter::January))?,
            issue: stated.into_iter().find_map(|name| name.issue),
        })
    }

    /// The issue as a number if it is a date or a version, so that issues sort in time.
    fn issue_order(&self) -> (u32, Option<&str>) {
        let Some(issue) = self.issue.as_deref() else {
            return (0, None);
        };
        let number = issue_date(issue)
            .map(Date::number)
            .or_else(|| issue.strip_prefix('v')?.parse().ok());
        (number.unwrap_or(1), Some(issue))
    }
}

impl Ord for ReleaseId {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.year, self.quarter, self.issue_order()).cmp(&(
            other.year,
            other.quarter,
            other.issue_order(),
        ))
    }
}

impl PartialOrd for ReleaseId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Writes year and month, `2026-01`; with `{:#}` the issue too, `2026-01/01122026`. The starter set
/// is `2026-01/starter` in both.
impl fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quarter = format!("{:04}-{:02}", self.year, self.quarter.month());
        match &self.issue {
            Some(issue) if f.alternate() || self.is_starter() => {
                f.pad(&format!("{quarter}/{issue}"))
            }
            _ => f.pad(&quarter),
        }
    }
}

/// Reads `2026-01`, `2026-1` or `2026-Q1`, each with or without an issue: `2026-01/v3`.
impl FromStr for ReleaseId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let read = || {
            let (quarter, issue) = match text.trim().split_once('/') {
                Some((quarter, issue)) => (quarter, Some(issue.to_lowercase())),
                None => (text.trim(), None),
            };
            let (number, part) = quarter.split_once('-')?;
            let quarter = match part.strip_prefix(['Q', 'q']) {
                Some("1") => Quarter::January,
                Some("2") => Quarter::April,
                Some("3") => Quarter::July,
                Some("4") => Quarter::October,
                _ => Quarter::of_month(part)?,
            };
            let fits = |issue: &String| {
                !issue.is_empty()
                    && issue
                        .chars()
                        .all(|letter| letter.is_alphanumeric() || "-_.".contains(letter))
            };
            Some(Self {
                year: year(number, "")?,
                quarter,
                issue: match issue {
                    Some(issue) => Some(Some(issue).filter(fits)?),
                    None => None,
                },
            })
        };
        read().ok_or_else(|| {
            let text = excerpt(text);
            Error::query(format!(
                "`{text}` is not a release; write its year and the first month of its quarter, such as 2026-01 or 2026-Q1"
            ))
        })
    }
}

impl Serialize for ReleaseId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{self:#}"))
    }
}

impl<'de> Deserialize<'de> for ReleaseId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(names: &[&str]) -> Option<String> {
        ReleaseId::from_names(names).map(|id| format!("{id:#}"))
    }

    #[test]
    fn names_of_releases() {
        for (name, id) in [
            ("HCPC2026_JAN_ANWEB_01122026.txt", "2026-01/01122026"),
            ("january-2026-alpha-numeric-hcpcs-file.zip", "2026-01"),
            ("HCPC2025_OCT_ANWEB_v3.xlsx", "2025-10/v3"),
            ("2019-Alpha-Numeric-HCPCS-File.zip", "2019-01"),
            ("HCPC2019_CONTR_ANWEB.txt", "2019-01"),
            ("HCPC2020_APR_ANWEB.xlsx", "2020-04"),
            ("HCPC2020_ANWEB_w_disclaimer.txt", "2020-01"),
            ("HCPC17_CONTR_ANWEB.txt", "2017-01"),
            ("HCPC2018_CONTR_ANWEB_disc.txt", "2018-01"),
            ("proc_notes_JAN2026.txt", "2026-01"),
            ("NOC codes_JUL2025.xlsx", "2025-07"),
            ("my hcpcs 2024-04 v2.csv", "2024-04/v2"),
            ("HCPC2024v2.csv", "2024-01/v2"),
            (".tmpQv45z HCPC2024.csv", "2024-01"),
            ("HCPC2024_rev3.csv", "2024-01"),
            ("hcpcs_2024_13.csv", "2024-01"),
        ] {
            assert_eq!(stated(&[name]).as_deref(), Some(id), "{name}");
        }
        for name in ["codes.txt", "notes-2019.txt", "release.tsv", "", "HCPC.txt"] {
            assert_eq!(stated(&[name]), None, "{name}");
        }
    }

    #[test]
    fn the_first_name_that_says_it_counts() {
        let archive = "january-2026-alpha-numeric-hcpcs-file.zip";
        let stated_of = |member: &str| stated(&[member, archive]).unwrap();
        assert_eq!(stated_of("codes.txt"), "2026-01");
        assert_eq!(stated_of("HCPC2025_OCT_ANWEB.txt"), "2025-10");
        assert_eq!(stated_of("HCPC2019_CONTR_ANWEB.txt"), "2019-01");
        assert_eq!(stated_of("HCPC2026.txt"), "2026-01");
    }

    #[test]
    fn written_and_read_again() {
        for text in [
            "2026-01",
            "2026-10/v3",
            "2026-01/01122026",
            "2026-01/starter",
        ] {
            let id: ReleaseId = text.parse().unwrap();
            assert_eq!(format!("{id:#}"), text);
            let json = serde_json::to_string(&id).unwrap();
            assert_eq!(serde_json::from_str::<ReleaseId>(&json).unwrap(), id);
        }
        assert_eq!(
            "2026-1".parse::<ReleaseId>().unwrap().to_string(),
            "2026-01"
        );
        assert_eq!(
            "2026-q4".parse::<ReleaseId>().unwrap().to_string(),
            "2026-10"
        );
        for bad in [
            "",
            "2026",
            "2026-02",
            "26-01",
            "2026-01/",
            "2026-01/a b",
            "2026-Q5",
            "é",
        ] {
            assert!(bad.parse::<ReleaseId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn issues_sort_in_time() {
        let sorted = [
            "2025-10/v3",
            "2026-01",
            "2026-01/12182025",
            "2026-01/01122026",
            "2026-04/v2",
            "2026-04/v10",
        ];
        assert!(sorted.is_sorted_by_key(|text| text.parse::<ReleaseId>().unwrap()));
    }
}
