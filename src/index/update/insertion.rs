//! Inserts a release into the timeline; refuses one that lacks more than a tenth of the codes.

use std::collections::HashSet;
use std::mem;
use std::path::PathBuf;

use crate::codeset::{Code, Record};
use crate::error::Result;
use crate::history::{Edition, Side, changes};
use crate::release::Release;

use super::report::{Effect, ReleaseUpdate};
use crate::index::build::content::Content;
use crate::index::build::release_guard::{Before, check_release, check_whole};

impl Content {
    /// Drops the starter set, which is in the program's own words, if a release of CMS is given.
    pub(crate) fn drop_starter(&mut self, given: &[Release]) {
        let is_own = self.releases.iter().all(|own| own.id.is_starter());
        if is_own && given.iter().any(|release| !release.id.is_starter()) {
            self.timeline = crate::history::Timeline::default();
            self.releases.clear();
        }
    }

    /// Inserts a release by its date.
    ///
    /// # Errors
    /// It is damaged or lacks more than a tenth of the codes before it, or of one of their kinds or
    /// sections, and `force` is not set.
    pub(crate) fn insert_checked(
        &mut self,
        release: &Release,
        force: bool,
    ) -> Result<ReleaseUpdate> {
        let mut update = ReleaseUpdate {
            id: release.id.clone(),
            source: release.source.clone(),
            effect: Effect::Added,
            before: None,
            before_source: None,
            lacks: 0,
            changes: None,
            skipped: release.skipped.len(),
            left_out: release.left_out.cpt + release.left_out.cdt,
        };
        let releases = &self.timeline.releases;
        let begins_before =
            |own: &Edition| own.id.is_same_quarter(&release.id) || own.id < release.id;
        let Some(at) = releases.partition_point(begins_before).checked_sub(1) else {
            if !force {
                check_whole(release)?;
            }
            self.insert(release);
            return Ok(update);
        };
        let before = releases[at].clone();
        let before_source = self.source_of(&before);
        if before.id.is_same_quarter(&release.id) {
            update.effect = match before.id.cmp(&release.id) {
                std::cmp::Ordering::Greater => Effect::Superseded,
                std::cmp::Ordering::Equal if is_known(&before, release) => Effect::Unchanged,
                _ => Effect::Replaced,
            };
        }
        if update.effect.is_change() {
            let records = self.timeline.records(at);
            update.lacks = lacks(&records, release);
            if !force {
                check_whole(release)?;
                let (id, records) = (&before.id, records.as_slice());
                check_release(Before { id, records }, release)?;
            }
            let old = Side {
                id: &before.id,
                records: &records,
            };
            let timeline = mem::take(&mut self.timeline);
            let (changes, timeline) = rayon::join(
                || changes(old, Side::from(release), |_| true),
                || timeline.insert(release),
            );
            update.changes = Some(changes);
            self.timeline = timeline;
            self.add_releases(std::iter::once(release));
        }
        update.before_source = before_source;
        update.before = Some(before.id);
        Ok(update)
    }

    /// The file of an indexed release.
    fn source_of(&self, edition: &Edition) -> Option<PathBuf> {
        let mut indexed = self.releases.iter();
        let own = indexed.find(|own| own.id == edition.id && own.hash == edition.hash);
        own.map(|own| own.source.clone())
    }

    fn insert(&mut self, release: &Release) {
        self.timeline = mem::take(&mut self.timeline).insert(release);
        self.add_releases(std::iter::once(release));
    }
}

/// Whether a release is already indexed, including the lists published with its records.
fn is_known(before: &Edition, release: &Release) -> bool {
    let given = Edition::from(release);
    before.hash == given.hash
        && before.has_noc_list >= given.has_noc_list
        && before.has_processing_notes >= given.has_processing_notes
}

/// How many of the codes a release lacks.
fn lacks(before: &[Record], release: &Release) -> usize {
    let codes: HashSet<Code> = release.records.iter().map(|record| record.code).collect();
    let missing = before.iter().filter(|own| !codes.contains(&own.code));
    missing.count()
}
