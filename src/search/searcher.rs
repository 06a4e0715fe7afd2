//! `Searcher`: an opened index, its codes and its days.

use std::convert::Infallible;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::codeset::{Code, CodeSpan, Date, Dosage};
use crate::error::Result;
use crate::history::{Age, Validity};
use crate::index::generation::reader::Reader;
use crate::index::{IndexedRelease, Manifest};
use crate::release::ReleaseId;

use super::answer::alike::Compared;
use super::answer::code_on_day::Decoded;
use super::code::annotations::{ByCode, ByNdc};
use super::day_facts::DayFacts;
use super::question::standing::Standings;
use super::recent::Recent;
use crate::index::store::first_use::FirstUse;

/// The maximum of days whose facts are kept: claims of three years.
const MOST_DAYS: usize = 1_100;

/// The maximum of days whose standings are kept: each takes a byte for each version.
const MOST_STANDINGS: usize = 64;

/// An opened index. Later builds do not change its answers; threads may share it.
///
/// ```no_run
/// use hcpcs::{Query, Searcher};
///
/// let searcher = Searcher::open("index".as_ref())?;
/// let answer = searcher.search(&Query { text: "hemin".into(), ..Query::default() })?;
/// assert_eq!(answer.hits[0].code.as_str(), "J1640");
/// # Ok::<(), hcpcs::Error>(())
/// ```
pub struct Searcher {
    pub(crate) reader: Reader,
    pub(crate) about: OnceLock<ByCode>,
    pub(crate) by_ndc: OnceLock<ByNdc>,
    /// The unit of each version, if its descriptor states one.
    pub(crate) units: FirstUse<Option<Arc<Dosage>>>,
    /// Each version as it is answered while the release is in force that was when it was first asked.
    pub(crate) decoded: FirstUse<Option<Decoded>>,
    /// Each version compared with the first one that it followed among hits.
    pub(crate) compared: FirstUse<Compared>,
    days: Recent<Date, DayFacts>,
    standings: Recent<Date, Standings>,
}

impl Searcher {
    /// Opens the index of a folder in about a millisecond: the file is memory-mapped, its length and
    /// head are compared with the manifest, and each block with its checksum when it is first read,
    /// or after a few questions.
    /// [`Searcher::search`] returns damage as an error; after other questions,
    /// [`Searcher::check_read`] does.
    ///
    /// # Errors
    /// There is no index, it is damaged, or its format is not supported.
    pub fn open(folder: &Path) -> Result<Self> {
        Reader::open(folder).map(Self::of)
    }

    /// Reads the index of a folder into memory and compares its BLAKE3 with the manifest. It takes
    /// some milliseconds more than [`Searcher::open`], and later damage to the file cannot change
    /// an answer.
    ///
    /// # Errors
    /// As for [`Searcher::open`], or the file is damaged.
    pub fn load(folder: &Path) -> Result<Self> {
        Reader::load(folder).map(Self::of)
    }

    /// Checks that everything that was read of the index up to now is as it was written. A searcher
    /// that [`Searcher::load`] returned was checked as a whole.
    ///
    /// # Errors
    /// A block that was read is damaged.
    pub fn check_read(&self) -> Result<()> {
        self.reader.check_read()
    }

    fn of(reader: Reader) -> Self {
        Self {
            reader,
            about: OnceLock::new(),
            by_ndc: OnceLock::new(),
            units: FirstUse::default(),
            decoded: FirstUse::default(),
            compared: FirstUse::default(),
            days: Recent::of_at_most(MOST_DAYS),
            standings: Recent::of_at_most(MOST_STANDINGS),
        }
    }

    /// Whether the folder still names the generation that was opened. It reads one small file; a
    /// long-running process calls it from time to time, and opens the index again if needed.
    ///
    /// It is also `false` if the folder's manifest cannot be read; opening the index reports why.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// assert!(searcher.is_current(folder.path()));
    ///
    /// build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = if searcher.is_current(folder.path()) { searcher } else { Searcher::open(folder.path())? };
    /// assert_eq!(searcher.manifest().codes, 809);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_current(&self, folder: &Path) -> bool {
        Manifest::read(folder).is_ok_and(|manifest| manifest == *self.manifest())
    }

    /// The manifest: what is indexed, from which files.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.reader.manifest
    }

    /// The rows of the codes of a span.
    pub(crate) fn rows(&self, span: CodeSpan) -> Vec<u32> {
        self.each_row(span).collect()
    }

    /// The rows of the codes of a span, as an iterator.
    pub(crate) fn each_row(&self, span: CodeSpan) -> impl Iterator<Item = u32> {
        let (first, last) = span.bounds();
        let store = &self.reader.store;
        let is_one = move |doc: &u32| {
            store
                .row(*doc)
                .code()
                .is_some_and(|code| span.contains(code))
        };
        store.rows_of(first, last).filter(is_one)
    }

    /// The release in force on a day; for days before the first release, the first.
    #[must_use]
    pub fn release_on(&self, day: Date) -> String {
        self.day_facts(day).release.clone()
    }

    /// What is said of a day in every answer.
    pub(crate) fn day_facts(&self, day: Date) -> Arc<DayFacts> {
        let Ok(facts) = self.days.get(&day, || {
            let release = self.indexed_release_on(day);
            Ok::<_, Infallible>(DayFacts {
                release: release.map_or_else(String::new, |own| own.id.to_string()),
                scope: release.and_then(|own| self.scope_of(&own.id)),
                age: Age::on(&self.reader.calendar, day),
            })
        });
        facts
    }

    /// How the versions stand on a day, filters aside, as far as known.
    pub(crate) fn standings(&self, day: Date) -> Arc<Standings> {
        let unknown = || Ok::<_, Infallible>(Standings::unknown(self.reader.store.len()));
        let Ok(standings) = self.standings.get(&day, unknown);
        standings
    }

    /// What the release in force on a day lacks, in a few words: codes, fields, words that another
    /// version of the program took apart; `None` if nothing.
    #[must_use]
    pub fn scope_on(&self, day: Date) -> Option<String> {
        self.day_facts(day).scope.clone()
    }

    /// What a user should know of the answers for a day, one sentence each: that the release in force
    /// does not hold the whole code set, and that it is of another quarter.
    #[must_use]
    pub fn notices_on(&self, day: Date) -> Vec<String> {
        self.day_facts(day).notices()
    }

    /// What an indexed release lacks, in a few words; `None` if nothing.
    pub(crate) fn scope_of(&self, id: &ReleaseId) -> Option<String> {
        self.manifest().scope_note(id)
    }

    /// The manifest's entry of the release in force on a day; for days before the first release, of
    /// the first.
    pub(crate) fn indexed_release_on(&self, day: Date) -> Option<&IndexedRelease> {
        let in_force = self.reader.calendar.in_force(day)?;
        self.manifest().releases.get(usize::from(in_force))
    }

    /// How old the releases are that answer for a day; `None` if there are none.
    #[must_use]
    pub fn age(&self, day: Date) -> Option<Age> {
        self.day_facts(day).age.clone()
    }

    /// Whether a code is valid on a day, and by which release; `None` if no release has it.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher, Status};
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let validity = searcher.validity("J1443".parse()?, "2026-02-01".parse()?);
    /// assert_eq!(validity.map(|own| own.status), Some(Status::Terminated));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn validity(&self, code: Code, day: Date) -> Option<Validity> {
        self.validity_of(self.version_on(code, day)?, day)
    }

    /// The validity of a version that answers on a day.
    pub(crate) fn validity_of(&self, doc: u32, day: Date) -> Option<Validity> {
        let row = self.reader.store.row(doc);
        let calendar = &self.reader.calendar;
        let validity = Validity::of(row.life(), row.releases(), calendar, day)?;
        let unclear = self.unclear_on(doc, day, calendar.in_force(day)?);
        Some(Validity {
            unclear,
            ..validity
        })
    }

    /// The version of a code that gives text and values on a day.
    pub(crate) fn version_on(&self, code: Code, day: Date) -> Option<u32> {
        let docs = self.rows(code.into());
        let store = &self.reader.store;
        docs.into_iter().find(|doc| store.row(*doc).answers_on(day))
    }
}

#[cfg(test)]
pub(crate) use tests::of_starter_set;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Sources, build_index};
    use crate::release::Release;

    /// A searcher of the starter set for tests of other files; its index is gone with the folder.
    pub(crate) fn of_starter_set() -> (tempfile::TempDir, Searcher) {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources {
            releases: vec![Release::starter().unwrap()],
            annotations: Vec::new(),
        };
        build_index(folder.path(), sources).unwrap();
        let searcher = Searcher::open(folder.path()).unwrap();
        (folder, searcher)
    }
}
