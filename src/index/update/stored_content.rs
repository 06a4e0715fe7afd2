//! The stored sources of an index, from which updates rebuild: the timeline and the annotations.

use rayon::prelude::*;

use crate::annotation::Annotations;
use crate::history::{Timeline, Version};

use crate::index::generation::reader::Reader;
use crate::index::store::row::RowFlags;
use crate::index::store::tables::Section;

impl Reader {
    /// The timeline from which the index was built; `None` if it is damaged.
    pub(crate) fn timeline(&self) -> Option<Timeline> {
        self.timeline_of(|_| true)
    }

    /// The timeline with only the versions that a release published, by its number.
    pub(crate) fn timeline_on(&self, release: u16) -> Option<Timeline> {
        self.timeline_of(|doc| self.store.row(doc).is_listed_in(release))
    }

    fn timeline_of(&self, keep: impl Fn(u32) -> bool + Sync) -> Option<Timeline> {
        let docs = (0..self.store.len()).into_par_iter();
        let versions = docs.filter(|doc| keep(*doc)).map(|doc| self.version(doc));
        Some(Timeline {
            releases: postcard::from_bytes(self.store.whole_section(Section::Editions)).ok()?,
            versions: versions.collect::<Option<Vec<Version>>>()?,
        })
    }

    /// A version as in the timeline; `None` if it is damaged.
    pub(crate) fn version(&self, doc: u32) -> Option<Version> {
        let row = self.store.row(doc);
        let (record, quarterly) = postcard::from_bytes(self.store.record(doc)).ok()?;
        let (first_release, last_release) = row.releases();
        Some(Version {
            record,
            holds: self.calendar.span(first_release, last_release),
            first_release,
            last_release,
            reissued: row.has(RowFlags::REISSUED),
            quarterly,
            life: row.life(),
            answers: row.answers(),
        })
    }

    /// The annotations from which the index was built; `None` if they are damaged.
    pub(crate) fn annotations(&self) -> Option<Vec<Annotations>> {
        postcard::from_bytes(self.store.whole_section(Section::Annotations)).ok()
    }
}
