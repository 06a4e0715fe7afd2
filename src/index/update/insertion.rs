//! A release takes its place in time, unless it lacks too much.

use std::collections::HashSet;
use std::mem;

use crate::codeset::{Code, Record};
use crate::error::{Error, Result};
use crate::history::{Side, changes};
use crate::release::{Release, ReleaseId};

use super::report::{Effect, ReleaseUpdate};
use crate::index::build::content::Content;

/// A release that lacks more than one in so many of the codes before it is taken for damaged. In
/// the releases of 2019 to 2026 none lacks as many.
const ONE_IN: usize = 10;

impl Content {
    /// Leaves out the starter set, which is in the program's own words, where CMS's come.
    pub(crate) fn drop_starter(&mut self, given: &[Release]) {
        let is_own = self.releases.iter().all(|own| own.id.is_starter());
        if is_own && given.iter().any(|release| !release.id.is_starter()) {
            self.timeline = crate::history::Timeline::default();
            self.releases.clear();
        }
    }

    /// Puts a release into its place in time.
    ///
    /// # Errors
    /// It lacks more than a tenth of the codes before it, and `force` is not set.
    pub(crate) fn admit(&mut self, release: &Release, force: bool) -> Result<ReleaseUpdate> {
        let mut update = ReleaseUpdate {
            id: release.id.clone(),
            source: release.source.clone(),
            effect: Effect::Added,
            before: None,
            lacks: 0,
            changes: None,
            skipped: release.skipped.len(),
            left_out: release.left_out.cpt + release.left_out.cdt,
        };
        let releases = &self.timeline.releases;
        let begins_before = |own: &crate::history::Edition| {
            own.id.is_same_quarter(&release.id) || own.id < release.id
        };
        let Some(at) = releases.partition_point(begins_before).checked_sub(1) else {
            self.insert(release);
            return Ok(update);
        };
        let before = releases[at].clone();
        if before.id.is_same_quarter(&release.id) {
            update.effect = match before.id.cmp(&release.id) {
                std::cmp::Ordering::Greater => Effect::Superseded,
                std::cmp::Ordering::Equal if before.hash == release.hash => Effect::Unchanged,
                _ => Effect::Replaced,
            };
        }
        if update.effect.is_change() {
            let records = self.timeline.records(at);
            update.lacks = lacks(&records, release);
            if update.lacks * ONE_IN > records.len() && !force {
                return Err(refused(release, &before.id, update.lacks, records.len()));
            }
            let old = Side {
                id: &before.id,
                records: &records,
            };
            let timeline = mem::take(&mut self.timeline);
            let (told, timeline) = rayon::join(
                || changes(old, Side::from(release), |_| true),
                || timeline.insert(release),
            );
            update.changes = Some(told);
            self.timeline = timeline;
            self.tell_releases(std::iter::once(release));
        }
        update.before = Some(before.id);
        Ok(update)
    }

    fn insert(&mut self, release: &Release) {
        self.timeline = mem::take(&mut self.timeline).insert(release);
        self.tell_releases(std::iter::once(release));
    }
}

/// How many of the codes a release does not have.
fn lacks(before: &[Record], release: &Release) -> usize {
    let codes: HashSet<Code> = release.records.iter().map(|record| record.code).collect();
    let missing = before.iter().filter(|own| !codes.contains(&own.code));
    missing.count()
}

fn refused(release: &Release, before: &ReleaseId, lacks: usize, of: usize) -> Error {
    let reason = format!(
        "{} lacks {lacks} of the {of} codes of {before}, more than a tenth, and nothing was changed",
        release.id
    );
    Error::refused(&release.source, reason)
}
