//! Tells which release a file is: by its names, by the name of its sheet, and by its content.

use super::id::ReleaseId;
use super::latest_change::{Latest, of_quarter};
use super::name::Name;
use crate::codeset::Record;

/// A release of CMS has more codes: some of them ended, and some were added or changed in its
/// quarter.
pub(super) const LEAST_CODES: usize = 1_000;

/// The evidence of a file for its release.
pub(super) struct Identity<'a> {
    /// The names of the member and of the file, the nearer first.
    pub(super) names: [&'a str; 2],
    /// The sheet's name in the workbook; empty for a text.
    pub(super) sheet: &'a str,
    pub(super) records: &'a [Record],
}

/// Why it is unclear which release a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Doubt {
    pub(super) reason: String,
    /// The release that it seems to be.
    pub(super) likely: Option<ReleaseId>,
}

impl Identity<'_> {
    /// The release, with notices for the user. `given` is used if the file states no release or
    /// only a year, or contradicts itself.
    pub(super) fn release(
        &self,
        given: Option<&ReleaseId>,
    ) -> Result<(ReleaseId, Option<String>), Doubt> {
        match (self.stated(), given) {
            (Ok(Some(stated)), Some(given)) if !stated.id.is_same_quarter(given) => {
                if stated.is_sure {
                    let notice = format!(
                        "the name says {}, so it is not read as {given}; rename it if the name is \
                         wrong",
                        stated.id
                    );
                    return Ok((stated.id, Some(notice)));
                }
                self.given(given, stated.id.issue).map(|id| (id, None))
            }
            (Ok(Some(stated)), _) => Ok((stated.id, stated.notice)),
            (Ok(None), Some(given)) => self.given(given, None).map(|id| (id, None)),
            (Err(_), Some(given)) => {
                let issue = ReleaseId::from_names(&self.names).and_then(|id| id.issue);
                self.given(given, issue).map(|id| (id, None))
            }
            (Ok(None), None) => Err(Doubt {
                reason: "the name does not say which release this is".to_owned(),
                likely: None,
            }),
            (Err(doubt), None) => Err(doubt),
        }
    }

    /// The release that the file states, if its parts agree.
    fn stated(&self) -> Result<Option<Stated>, Doubt> {
        let [member, file] = self.names;
        let of_names = ReleaseId::from_names(&self.names);
        let named = Name::read(member).quarter.or(Name::read(file).quarter);
        let sheet = Name::read(self.sheet);
        let of_sheet = sheet.year.zip(sheet.quarter);
        if let (Some(own), Some(_), Some((year, quarter))) = (&of_names, named, of_sheet)
            && (own.year, own.quarter) != (year, quarter)
        {
            let other = of_quarter(year, quarter);
            return Err(Doubt {
                reason: format!(
                    "the name says {own}, and its sheet, {}, {other}",
                    self.sheet
                ),
                likely: Some(other),
            });
        }
        let Some(mut id) = ReleaseId::from_names(&[member, file, self.sheet]) else {
            return Ok(None);
        };
        let is_sure = named.is_some() || of_sheet.is_some();
        let mut notice = self.contradicted(&id);
        if let Some(latest) = Latest::of(self.records).filter(|latest| id.last_day() < latest.day) {
            let content = latest.release();
            if is_sure || content.year != id.year {
                return Err(Doubt {
                    reason: format!("the name says {id}, but {}", latest.text()),
                    likely: Some(content),
                });
            }
            notice = Some(format!(
                "the name says only {}; it is read as {content}, as {}",
                id.year,
                latest.text()
            ));
            id.quarter = content.quarter;
        }
        let is_large = self.records.len() >= LEAST_CODES;
        if let Some(latest) =
            Latest::of(self.records).filter(|own| is_large && own.day < id.first_day())
        {
            return Err(Doubt {
                reason: format!(
                    "the name says {id}, but its latest change is that {}",
                    latest.text()
                ),
                likely: Some(latest.release()),
            });
        }
        Ok(Some(Stated {
            id,
            is_sure,
            notice,
        }))
    }

    /// A notice that the name of the file is one of another release than the name of its member.
    fn contradicted(&self, id: &ReleaseId) -> Option<String> {
        let [member, file] = self.names.map(Name::read);
        member.year?;
        let year = file.year.filter(|_| file.is_hcpcs)?;
        let quarter = file.quarter.unwrap_or(id.quarter);
        ((year, quarter) != (id.year, id.quarter)).then(|| {
            let said = of_quarter(year, quarter);
            let own = self.names[0];
            format!("the name says {said}; it is read as {id}, as its member {own} says")
        })
    }

    /// The release that the user gave, unless the content contradicts it.
    fn given(&self, given: &ReleaseId, issue: Option<String>) -> Result<ReleaseId, Doubt> {
        match Latest::of(self.records) {
            Some(latest) if given.last_day() < latest.day => Err(Doubt {
                reason: format!("it cannot be {given}, as {}", latest.text()),
                likely: Some(latest.release()),
            }),
            _ => Ok(ReleaseId {
                issue: given.issue.clone().or(issue),
                ..given.clone()
            }),
        }
    }
}

/// The release that a file states.
struct Stated {
    id: ReleaseId,
    /// Whether it states the quarter and not only the year.
    is_sure: bool,
    notice: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The release of a file whose codes were added and changed up to a day, or why there is none.
    fn release(name: &str, sheet: &str, until: &str, given: Option<&str>) -> String {
        let mut records = [
            Record::new("J1640".parse().unwrap()),
            Record::new("JW".parse().unwrap()),
        ];
        records[0].added = Some("2010-01-01".parse().unwrap());
        records[1].action_effective = Some(until.parse().unwrap());
        let given = given.map(|id| id.parse().unwrap());
        let identity = Identity {
            names: ["", name],
            sheet,
            records: &records,
        };
        match identity.release(given.as_ref()) {
            Ok((id, None)) => format!("{id:#}"),
            Ok((id, Some(notice))) => format!("{id:#}: {notice}"),
            Err(Doubt { reason, likely }) => {
                format!(
                    "{reason} ({})",
                    likely.map_or(String::new(), |id| id.to_string())
                )
            }
        }
    }

    #[test]
    fn names_sheets_and_content_that_agree() {
        for row in "
            HCPC2026_JAN.xlsx | HCPC2026_JAN_ANWEB | 2026-01-01 | 2026-01
            HCPC2026_JAN.xlsx | A | 2026-03-31 | 2026-01
            HCPC2026_JAN_01122026.xlsx | HCPC2026 | 2025-10-01 | 2026-01/01122026
            hcpcs-2026.xlsx | HCPC2026_JUL_contr | 2026-07-01 | 2026-07
            codes.xlsx | HCPC2026_JUL_contr | 2026-07-01 | 2026-07
            hcpcs-2019.txt |  | 2019-01-01 | 2019-01
        "
        .trim_matches([' ', '\n'])
        .lines()
        {
            let [name, sheet, until, id] = row.split('|').map(str::trim).collect::<Vec<_>>()[..]
            else {
                panic!("{row}")
            };
            assert_eq!(release(name, sheet, until, None), id, "{name}");
        }
        let stated = "2026-07: the name says only 2026; it is read as 2026-07, as JW was changed on 2026-07-01";
        assert_eq!(
            release("hcpcs-2026.xlsx", "Sheet1", "2026-07-01", None),
            stated
        );
    }

    #[test]
    fn contradictions_and_the_release_that_is_given() {
        for row in "
            HCPC2026_JAN.txt |  | 2026-04-01 | the name says 2026-01, but JW was changed on 2026-04-01 (2026-04)
            HCPC2026_JAN.xlsx | HCPC2025_OCT_ANWEB | 2025-10-01 | the name says 2026-01, and its sheet, HCPC2025_OCT_ANWEB, 2025-10 (2025-10)
            hcpcs-2025.txt |  | 2026-01-01 | the name says 2025-01, but JW was changed on 2026-01-01 (2026-01)
            codes.txt |  | 2026-01-01 | the name does not say which release this is ()
        "
        .trim_matches([' ', '\n'])
        .lines()
        {
            let [name, sheet, until, stated] = row.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
                panic!("{row}")
            };
            assert_eq!(release(name, sheet, until, None), stated, "{name}");
            assert_eq!(
                release(name, sheet, until, Some("2026-07")),
                "2026-07",
                "{name}"
            );
        }
        let stated = "it cannot be 2026-07, as JW was changed on 2026-10-01 (2026-10)";
        assert_eq!(
            release("codes.txt", "", "2026-10-01", Some("2026-07")),
            stated
        );
        assert_eq!(
            release("HCPC2026_JAN.txt", "", "2026-10-01", Some("2026-07")),
            stated
        );
        let kept = "2026-01: the name says 2026-01, so it is not read as 2026-07; rename it if the name is wrong";
        assert_eq!(
            release("HCPC2026_JAN.txt", "", "2026-01-01", Some("2026-07")),
            kept
        );
        assert_eq!(
            release("hcpcs-2026.txt", "", "2026-01-01", Some("2026-07")),
            "2026-07"
        );
    }

    #[test]
    fn a_file_named_for_another_release_than_its_member() {
        let notice = |file| {
            let identity = Identity {
                names: ["HCPC2025_JAN_ANWEB.txt", file],
                sheet: "",
                records: &[],
            };
            let (id, notice) = identity.release(None).unwrap();
            assert_eq!(id.to_string(), "2025-01");
            notice.unwrap_or_default()
        };
        assert_eq!(
            notice("january-2026-alpha-numeric-hcpcs-file.zip"),
            "the name says 2026-01; it is read as 2025-01, as its member HCPC2025_JAN_ANWEB.txt says"
        );
        assert!(notice("april-2025-alpha-numeric-hcpcs-file.zip").contains("says 2025-04"));
        for same in ["january-2025-hcpcs.zip", "hcpcs-2025.zip", "downloads-2026"] {
            assert_eq!(notice(same), "", "{same}");
        }
    }
}
