//! An annotation replaces an earlier issue of it, or is added to the others.

use std::collections::BTreeSet;

use crate::annotation::{Annotations, Source};
use crate::codeset::Code;
use crate::error::Result;

use super::report::{AnnotationChange, Effect, ReleaseUpdate, SourceUpdate};
use crate::index::build::annotated::indexed;
use crate::index::build::annotation_guard::{check_annotations, check_whole_annotations};
use crate::index::build::content::Content;
use crate::index::build::latest_issue::{followed, is_later, is_of_cms, is_same};

/// The codes of an annotation that a release has.
type Joined = BTreeSet<Code>;

impl Content {
    /// Replaces an earlier issue among the first `before` annotations, unless its index is in
    /// `taken`; else appends the annotation. What CMS publishes by quarter or year replaces any
    /// earlier issue, and is ignored if a later one is there.
    ///
    /// # Errors
    /// It is damaged or lacks more than a tenth of what it replaces, and `force` is not set.
    pub(crate) fn put(
        &mut self,
        given: Annotations,
        before: usize,
        taken: &mut BTreeSet<usize>,
        force: bool,
    ) -> Result<SourceUpdate> {
        let codes = given.codes();
        let mut update = SourceUpdate {
            kind: given.source().kind.name(),
            label: label(given.source()),
            source: given.source().path.clone(),
            effect: Effect::Added,
            before: None,
            codes: codes.len(),
            unknown: codes.iter().filter(|code| !self.has(**code)).count(),
        };
        let is_of_cms = is_of_cms(&given);
        let among = if is_of_cms {
            self.annotations.len()
        } else {
            before
        };
        let same = (0..among).filter(|at| {
            (is_of_cms || !taken.contains(at)) && is_same(&self.annotations[*at], &given)
        });
        let by_path = |at: &usize| self.annotations[*at].source().path != given.source().path;
        // of two notes with one title, the one from the same file
        let Some(at) = same.min_by_key(|at| (by_path(at), *at)) else {
            if !force {
                check_whole_annotations(&given)?;
                if let Some(before) = followed(&given, &self.annotations) {
                    check_annotations(before, &given, |code| self.has(code))?;
                }
            }
            self.annotations.push(given);
            return Ok(update);
        };
        taken.insert(at);
        let there = &self.annotations[at];
        update.before = Some(there.source().path.clone());
        if there.source().hash == given.source().hash {
            update.effect = Effect::Unchanged;
        } else if is_of_cms && !is_later(given.source(), there.source()) {
            update.effect = Effect::Superseded;
        } else {
            if !force {
                check_whole_annotations(&given)?;
                check_annotations(there, &given, |code| self.has(code))?;
            }
            update.effect = Effect::Replaced;
            self.annotations[at] = given;
        }
        Ok(update)
    }

    /// For each annotation, its codes that a release has.
    pub(crate) fn joined(&self) -> Vec<Joined> {
        let joined = |own: &Annotations| {
            let codes = own.codes();
            codes.into_iter().filter(|code| self.has(*code)).collect()
        };
        self.annotations.iter().map(joined).collect()
    }

    /// The changes of the annotations that were indexed before, given the codes that they had then.
    pub(crate) fn annotation_changes(
        &self,
        before: Vec<Joined>,
        releases: &[ReleaseUpdate],
    ) -> Vec<AnnotationChange> {
        let ended = releases
            .iter()
            .filter_map(|release| release.changes.as_ref());
        let ended: BTreeSet<Code> = ended
            .flat_map(|changes| changes.terminated.iter().map(|change| change.code))
            .collect();
        let now = self.joined();
        let changes = before.into_iter().zip(now).zip(&self.annotations);
        let changes = changes.map(|((before, now), annotations)| AnnotationChange {
            kind: annotations.source().kind.name(),
            label: label(annotations.source()),
            joined: now.difference(&before).copied().collect(),
            no_longer_joined: before.difference(&now).copied().collect(),
            terminated: now.intersection(&ended).copied().collect(),
        });
        let is_one = |change: &AnnotationChange| {
            !(change.joined.is_empty()
                && change.no_longer_joined.is_empty()
                && change.terminated.is_empty())
        };
        changes.filter(is_one).collect()
    }

    fn has(&self, code: Code) -> bool {
        !self.timeline.versions_of(code).is_empty()
    }
}

fn label(source: &Source) -> String {
    indexed(source, Vec::new()).label()
}
