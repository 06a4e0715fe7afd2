//! Cross references, followed as of a day: the successors of a terminated code, the
//! predecessors of a valid one.

use std::borrow::Borrow;
use std::collections::HashSet;

use super::cross_reference::{CrossReference, Standing};
use super::validity::Status;
use crate::codeset::{Code, ParseCodeError, Record};

/// Longer paths are not followed; the longest in the releases of 2019 to 2026 has three codes.
const LONGEST_PATH: usize = 32;

/// The successors of a code that has ended by a day, as CMS's cross references name them.
///
/// A target that has itself ended is followed further; codes without cross references, CPT numbers,
/// unknown codes and cycles end the path. Empty if the code has not ended on the day, is unknown,
/// or names none. `lookup` gives the record and the status of a code on the day.
///
/// ```
/// use hcpcs::history::{Standing, Status, successors};
/// use hcpcs::{Code, Record};
///
/// let mut old = Record::new("Q9989".parse()?);
/// old.cross_references = vec!["J3358".into()];
/// let new = Record::new("J3358".parse()?);
/// let codes = [(&old, Status::Terminated), (&new, Status::Valid)];
/// let lookup = |code: Code| codes.into_iter().find(|own| own.0.code == code);
/// let successors = successors(old.code, lookup);
/// assert_eq!(successors[0].target, "J3358");
/// assert_eq!(successors[0].standing, Standing::Valid);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn successors<R: Borrow<Record>>(
    code: Code,
    lookup: impl Fn(Code) -> Option<(R, Status)>,
) -> Vec<CrossReference> {
    let mut walk = Walk {
        lookup,
        followed: HashSet::new(),
        found: Vec::new(),
    };
    if let Some((record, status)) = (walk.lookup)(code)
        && status.has_ended()
    {
        walk.follow(record.borrow(), &[code]);
    }
    walk.found
}

/// The codes that a code valid on a day names as those it replaced. They are not followed.
///
/// Empty if the code is not valid on the day.
pub fn predecessors<R: Borrow<Record>>(
    code: Code,
    lookup: impl Fn(Code) -> Option<(R, Status)>,
) -> Vec<CrossReference> {
    let Some((record, Status::Valid)) = lookup(code) else {
        return Vec::new();
    };
    let named = record.borrow().cross_references.iter().map(|target| {
        let standing = match parse(target) {
            Ok(target) => standing(lookup(target).map(|(_, status)| status)),
            Err(standing) => standing,
        };
        CrossReference {
            target: target.clone(),
            standing,
            through: Vec::new(),
        }
    });
    named.collect()
}

struct Walk<L> {
    lookup: L,
    /// Codes whose cross references were followed.
    followed: HashSet<Code>,
    found: Vec<CrossReference>,
}

impl<R: Borrow<Record>, L: Fn(Code) -> Option<(R, Status)>> Walk<L> {
    /// Follows a code that has ended, the last of a path; no code is followed twice.
    fn follow(&mut self, record: &Record, path: &[Code]) {
        for target in &record.cross_references {
            let code = match parse(target) {
                Ok(code) => code,
                Err(standing) => {
                    self.find(target, standing, path);
                    continue;
                }
            };
            let next = (self.lookup)(code);
            let status = next.as_ref().map(|(_, status)| *status);
            let leads_on = |(record, status): &(R, Status)| {
                status.has_ended()
                    && !record.borrow().cross_references.is_empty()
                    && path.len() < LONGEST_PATH
            };
            if path.contains(&code) {
                self.find(target, Standing::Cycle, path);
            } else if let Some((next, _)) = next.filter(leads_on) {
                if self.followed.insert(code) {
                    let path: Vec<Code> = path.iter().copied().chain([code]).collect();
                    self.follow(next.borrow(), &path);
                }
            } else {
                self.find(target, standing(status), path);
            }
        }
    }

    fn find(&mut self, target: &str, standing: Standing, path: &[Code]) {
        if self.found.iter().all(|own| own.target != target) {
            self.found.push(CrossReference {
                target: target.to_owned(),
                standing,
                through: path.get(1..).unwrap_or_default().to_vec(),
            });
        }
    }
}

fn parse(target: &str) -> Result<Code, Standing> {
    if target.trim().eq_ignore_ascii_case("CPT") {
        return Err(Standing::Cpt);
    }
    target.parse().map_err(|error| match error {
        ParseCodeError::Cpt => Standing::Cpt,
        ParseCodeError::Cdt => Standing::Cdt,
        ParseCodeError::NotACode | ParseCodeError::Backwards => Standing::NotACode,
    })
}

fn standing(status: Option<Status>) -> Standing {
    match status {
        None => Standing::Unknown,
        Some(Status::Valid) => Standing::Valid,
        Some(Status::NotYetValid) => Standing::NotYetValid,
        Some(Status::Terminated) => Standing::Terminated,
        Some(Status::NoLongerListed) => Standing::NoLongerListed,
        Some(Status::UnknownBetweenReleases) => Standing::UnknownBetweenReleases,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Life;

    /// Codes with their termination dates and cross references.
    const CODES: [(&str, &str, &[&str]); 9] = [
        ("C9487", "2017-06-30", &["Q9989"]),
        ("Q9989", "2017-12-31", &["J3358"]),
        ("J3358", "", &["Q9989"]),
        ("J0001", "2020-12-31", &["J0002"]),
        ("J0002", "2021-12-31", &["J0001", "99213"]),
        (
            "J0003",
            "2020-12-31",
            &["CPT", "D0120", "QQQ", "J9999", "J0005"],
        ),
        ("J0004", "2019-12-31", &["C9487", "Q9989"]),
        ("J0006", "2019-12-31", &["J0006"]),
        ("J0005", "2019-12-31", &[]),
    ];

    fn lookup(code: Code, day: &str) -> Option<(Record, Status)> {
        let (_, terminated, references) = CODES.iter().find(|own| own.0 == code.as_str())?;
        let life = Life {
            from: "2015-01-01".parse().ok(),
            until: terminated.parse().ok(),
            dropped: None,
        };
        let mut record = Record::new(code);
        record.cross_references = references.iter().map(ToString::to_string).collect();
        Some((record, life.status(day.parse().unwrap())))
    }

    fn followed_to(code: &str, day: &str) -> Vec<(String, Standing, String)> {
        let found = successors(code.parse().unwrap(), |code| lookup(code, day));
        let through = |own: &CrossReference| {
            let codes: Vec<&str> = own.through.iter().map(Code::as_str).collect();
            codes.join(" ")
        };
        found
            .into_iter()
            .map(|own| (own.target.clone(), own.standing, through(&own)))
            .collect()
    }

    fn one(target: &str, standing: Standing, through: &str) -> (String, Standing, String) {
        (target.into(), standing, through.into())
    }

    #[test]
    fn chains_are_followed_as_of_the_day() {
        let valid = Standing::Valid;
        assert_eq!(
            followed_to("C9487", "2026-01-15"),
            [one("J3358", valid, "Q9989")]
        );
        assert_eq!(
            followed_to("C9487", "2017-08-01"),
            [one("Q9989", valid, "")]
        );
        assert_eq!(followed_to("C9487", "2017-06-30"), []);
        assert_eq!(followed_to("J3358", "2026-01-15"), []);
        assert_eq!(followed_to("J9998", "2026-01-15"), []);
        assert_eq!(
            followed_to("C9487", "2010-01-01"),
            [],
            "not terminated yet on that day"
        );
    }

    #[test]
    fn where_chains_end() {
        assert_eq!(
            followed_to("J0001", "2026-01-15"),
            [
                one("J0001", Standing::Cycle, "J0002"),
                one("99213", Standing::Cpt, "J0002"),
            ]
        );
        assert_eq!(
            followed_to("J0003", "2026-01-15"),
            [
                one("CPT", Standing::Cpt, ""),
                one("D0120", Standing::Cdt, ""),
                one("QQQ", Standing::NotACode, ""),
                one("J9999", Standing::Unknown, ""),
                one("J0005", Standing::Terminated, ""),
            ]
        );
    }

    #[test]
    fn two_ways_to_one_code_are_no_cycle() {
        let found = followed_to("J0004", "2026-01-15");
        assert_eq!(found, [one("J3358", Standing::Valid, "C9487 Q9989")]);
        assert_eq!(
            followed_to("J0006", "2026-01-15"),
            [one("J0006", Standing::Cycle, "")]
        );
    }

    #[test]
    fn a_valid_code_names_its_predecessor() {
        let on = |day: &str| predecessors("J3358".parse().unwrap(), |code| lookup(code, day));
        let day = on("2026-01-15");
        assert_eq!(day[0].target, "Q9989");
        assert_eq!(day[0].standing, Standing::Terminated);
        assert_eq!(on("2010-01-01"), []);
    }
}
