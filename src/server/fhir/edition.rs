//! `Edition`: the release that answers, by the requested day and version.

use crate::codeset::{Code, Date, ParseCodeError};
use crate::error::excerpt;
use crate::release::ReleaseId;
use crate::search::{ListedCode, Searcher, Status};

use super::input::Inputs;
use super::refusal::Refusal;
use super::system::{SYSTEM, split};

/// The day of a request, and the version that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edition {
    pub(super) day: Date,
    /// Year and month of the release in force on the day, or of the requested one, such as
    /// `2026-01`.
    pub(super) version: String,
    /// The requested release: its codes are the code system. `None` means the codes of the day by
    /// all releases.
    pub(super) release: Option<ReleaseId>,
}

impl Edition {
    /// The edition for a `date` and a version.
    pub(super) fn of(
        searcher: &Searcher,
        inputs: &Inputs,
        version: Option<&str>,
    ) -> Result<Self, Refusal> {
        let given = inputs.text("date");
        let date = given.as_deref().map(date).transpose()?;
        let rule = |name: &str| -> Option<String> {
            let rules = inputs.all(name).filter_map(|rule| rule.as_str());
            let own = rules.filter_map(|rule| {
                let (name, version) = split(rule);
                super::system::system(name)?;
                version.map(str::to_owned)
            });
            own.last()
        };
        let forced = rule("force-system-version");
        let usual = rule("system-version");
        let version = forced.as_deref().or(version).or(usual.as_deref());
        let edition = Self::on(searcher, date, version)?;
        match rule("check-system-version") {
            Some(checked)
                if Self::on(searcher, None, Some(&checked))?.version != edition.version =>
            {
                Err(Refusal::new(
                    axum::http::StatusCode::UNPROCESSABLE_ENTITY,
                    "exception",
                    format!(
                        "the version '{}' of {SYSTEM} answers, and '{}' is to be checked for",
                        edition.version,
                        excerpt(&checked)
                    ),
                ))
            }
            _ => Ok(edition),
        }
    }

    fn on(searcher: &Searcher, date: Option<Date>, version: Option<&str>) -> Result<Self, Refusal> {
        let releases = &searcher.manifest().releases;
        let ids = || releases.iter().map(|release| &release.id);
        let day = date.unwrap_or_else(Date::today);
        let in_force = searcher.release_on(day);
        let Some(version) = version.filter(|version| !version.is_empty()) else {
            return Ok(Self {
                day,
                version: in_force,
                release: None,
            });
        };
        let id = ids()
            .rev()
            .find(|id| is_version(id, version))
            .ok_or_else(|| {
                let mut known: Vec<String> = ids().map(ReleaseId::to_string).collect();
                known.dedup();
                Refusal::not_found(format!(
                    "A definition for CodeSystem '{SYSTEM}' version '{}' could not be found; \
                     there are {}",
                    excerpt(version),
                    known.join(", ")
                ))
            })?;
        let is_in_force = id.to_string() == in_force;
        Ok(Self {
            day: if is_in_force || date.is_some() {
                day
            } else {
                id.first_day()
            },
            version: id.to_string(),
            release: Some(id.clone()),
        })
    }

    /// A code of this edition, if the edition has it.
    pub(super) fn listed_code<'s>(
        &self,
        searcher: &'s Searcher,
        code: Code,
    ) -> Option<ListedCode<'s>> {
        match &self.release {
            Some(release) => searcher.listed_in(code, release, self.day),
            None => searcher
                .listed_code(code, self.day)
                .filter(ListedCode::is_known),
        }
    }

    /// Why the edition does not have a code, if more can be said than that.
    pub(super) fn why_unknown(&self, searcher: &Searcher, text: &str) -> Option<Why> {
        let code: Code = match text.parse() {
            Ok(code) => code,
            Err(why @ (ParseCodeError::Cpt | ParseCodeError::Cdt)) => {
                return Some(Why::OtherLevel(why.to_string()));
            }
            Err(why) => return Some(Why::NoCode(why.of(text))),
        };
        let mut releases = searcher.manifest().releases.iter().rev();
        let release = releases.find(|own| own.id.to_string() == self.version)?;
        if let Some(doubt) = release.doubt(code) {
            return Some(Why::Doubt(doubt));
        }
        let later = searcher.listed_code(code, self.day)?;
        let added = later.added().filter(|added| *added > self.day)?;
        Some(Why::NotYetValid(format!(
            "in a later release, and not valid until {added}"
        )))
    }

    /// Whether the edition has this code: a version has all codes that it lists, a day those that
    /// are valid by then.
    pub(super) fn has(&self, listed: &ListedCode<'_>) -> bool {
        self.release.is_some() || listed.status() != Status::NotYetValid
    }

    /// The version that a code of this edition is from.
    pub(super) fn version_of(&self, listed: &ListedCode<'_>) -> String {
        let release = listed.release();
        release.map_or_else(|| self.version.clone(), ToString::to_string)
    }
}

/// Why an edition does not have a code, as a clause about the code.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The release cannot say that there is no such code.
    Doubt(String),
    /// It is of a code set that is not covered.
    OtherLevel(String),
    /// It is no code of any release.
    NoCode(String),
    /// A later release has it.
    NotYetValid(String),
}

impl Why {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Doubt(text)
            | Self::OtherLevel(text)
            | Self::NoCode(text)
            | Self::NotYetValid(text) => text,
        }
    }
}

/// Whether a version means a release: `2026-01`, `2026.1.21AA`, or `2026` for the last one of a
/// year.
pub(super) fn is_version(id: &ReleaseId, version: &str) -> bool {
    let is_any = |part: &str| matches!(part, "x" | "X" | "*");
    if is_any(version) {
        return true;
    }
    if let Some((start, end)) = version.rsplit_once(['.', '-'])
        && is_any(end)
    {
        return is_version(id, start);
    }
    if let Ok(asked) = version.parse::<ReleaseId>() {
        let is_issue = asked.issue.is_none() || asked.issue == id.issue;
        return is_issue && asked.is_same_quarter(id);
    }
    let mut parts = version.split('.');
    let year = parts.next().and_then(|year| year.parse::<u16>().ok());
    let quarter = parts.next().map(|quarter| quarter.parse::<u8>().ok());
    year == Some(id.year)
        && quarter.is_none_or(|quarter| quarter == Some(id.quarter.month().div_ceil(3)))
}

/// Refuses a `date` that cannot be read.
pub(super) fn check_day(inputs: &Inputs) -> Result<(), Refusal> {
    let given = inputs.text("date");
    given.as_deref().map_or(Ok(()), |text| date(text).map(drop))
}

/// A day in FHIR's types: year, month or day; a time is ignored.
fn date(text: &str) -> Result<Date, Refusal> {
    let day = text.split('T').next().unwrap_or_default();
    let whole = match day.len() {
        4 => format!("{day}-01-01"),
        7 => format!("{day}-01"),
        _ => day.to_owned(),
    };
    whole.parse().map_err(|_| {
        Refusal::invalid(format!(
            "`date` cannot be `{}`; give YYYY-MM-DD",
            excerpt(text)
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_in_use() {
        let id: ReleaseId = "2021-07".parse().unwrap();
        for (version, expected) in [
            ("2021-07", true),
            ("2021-07/xyz", false),
            ("2021.3.21AA", true),
            ("2021.3", true),
            ("2021", true),
            ("2021-Q3", true),
            ("2021-10", false),
            ("2021.1.21AA", false),
            ("2020", false),
            ("2021.x", true),
            ("2021-*", true),
            ("2021.3.x", true),
            ("*", true),
            ("2020.x", false),
            ("2021.1.x", false),
            ("", false),
            ("x.3", false),
        ] {
            assert_eq!(is_version(&id, version), expected, "{version}");
        }
    }

    #[test]
    fn days_of_all_lengths() {
        for (text, expected) in [
            ("2015", "2015-01-01"),
            ("2015-07", "2015-07-01"),
            ("2015-07-04", "2015-07-04"),
            ("2015-07-04T10:00:00Z", "2015-07-04"),
        ] {
            assert_eq!(date(text).unwrap().to_string(), expected);
        }
        for bad in ["", "x", "2015-13", "20150704T"] {
            assert!(date(bad).is_err() || bad == "20150704T", "{bad}");
        }
    }
}
