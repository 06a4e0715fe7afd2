//! `Timeline`: the versions of the codes of several releases.

use super::calendar::{Calendar, number};
use super::edition::Edition;
use super::runs::Codes;
use super::version::Version;
use crate::codeset::{Code, Record};
use crate::release::Release;

/// The versions of the codes of several releases.
///
/// It has one release for each quarter: of several issues the last, by
/// [`ReleaseId`](crate::ReleaseId)'s order (no issue, then by date or number), and of two with the
/// same name the one given last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The releases in order of time; versions name them by their index.
    pub releases: Vec<Edition>,
    /// Sorted by code, then by first day.
    pub versions: Vec<Version>,
}

/// Builds the versions of the codes of releases given in any order.
///
/// A version holds from the first day of the first release that published it to the day before the
/// first day of the next release that changed or dropped the code. The versions of the earliest
/// release also hold on all days before, those of the latest on all days after.
///
/// ```
/// use hcpcs::history::timeline;
/// use hcpcs::{Date, Release};
///
/// let mut january = Release::starter()?;
/// january.id = "2026-01".parse()?;
/// let mut april = january.clone();
/// april.id = "2026-04".parse()?;
/// april.records[0].long_descriptor.push_str(", each");
/// let timeline = timeline(&[april, january]);
/// let versions = timeline.versions_of(timeline.versions[0].record.code);
/// assert_eq!(versions.len(), 2);
/// assert_eq!(versions[0].holds.last.to_string(), "2026-03-31");
/// assert_eq!(versions[1].holds.last, Date::MAX);
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[must_use]
pub fn timeline(releases: &[Release]) -> Timeline {
    let mut sorted: Vec<&Release> = releases.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let mut counting: Vec<&Release> = Vec::new();
    for release in sorted {
        counting.pop_if(|before| before.id.is_same_quarter(&release.id));
        counting.push(release);
    }
    let mut codes = Codes::default();
    for (number, release) in counting.iter().enumerate() {
        codes.add(number, release);
    }
    let releases: Vec<Edition> = counting.into_iter().map(Edition::from).collect();
    Timeline {
        versions: codes.versions(&releases),
        releases,
    }
}

impl Timeline {
    /// Inserts a release by its date; the result is that of [`timeline`] with all releases.
    ///
    /// It replaces an earlier issue of its quarter; if there is a later issue, nothing changes.
    #[must_use]
    pub fn insert(self, release: &Release) -> Self {
        let own = &release.id;
        let at = self
            .releases
            .partition_point(|other| other.id < *own && !other.id.is_same_quarter(own));
        let there = self
            .releases
            .get(at)
            .filter(|other| other.id.is_same_quarter(own));
        if there.is_some_and(|other| other.id > *own) {
            return self;
        }
        let replaced = usize::from(there.is_some());
        let moved = |old: usize| match old {
            before if before < at => Some(before),
            behind if behind >= at + replaced => Some(behind + 1 - replaced),
            _ => None,
        };
        let mut codes = Codes::default();
        for version in &self.versions {
            codes.take(version, moved);
        }
        codes.add(at, release);
        let mut releases = self.releases.clone();
        releases.splice(at..at + replaced, [Edition::from(release)]);
        Self {
            versions: codes.versions(&releases),
            releases,
        }
    }

    /// The versions of a code, in order of time.
    #[must_use]
    pub fn versions_of(&self, code: Code) -> &[Version] {
        let first = self.versions.partition_point(|own| own.record.code < code);
        let behind = self.versions.partition_point(|own| own.record.code <= code);
        self.versions.get(first..behind).unwrap_or_default()
    }

    /// Which release is in force on a day.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        Calendar::new(self.releases.iter().map(|own| own.id.clone()))
    }

    /// The records of a release, by its index, sorted by code and as it published them.
    #[must_use]
    pub fn records(&self, release: usize) -> Vec<Record> {
        let Some(edition) = self.releases.get(release) else {
            return Vec::new();
        };
        let number = number(release);
        let own =
            |version: &&Version| (version.first_release..=version.last_release).contains(&number);
        let versions = self.versions.iter().filter(own);
        let records = versions.filter_map(|version| {
            let mut record = version.record.clone();
            version.quarterly_of(number)?.apply(&mut record);
            if !edition.has_noc_list {
                record.not_otherwise_classified = None;
            }
            if let (Some(note), false) = (&mut record.processing_note, edition.has_processing_notes)
            {
                note.text = None;
            }
            Some(record)
        });
        records.collect()
    }
}
