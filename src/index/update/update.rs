//! An index and new sources → the next generation, without the old files.

use std::collections::BTreeSet;
use std::path::Path;

use crate::error::{Error, Result};

use super::report::UpdateReport;
use crate::index::build::build::Sources;
use crate::index::build::content::Content;
use crate::index::generation::manifest::Manifest;
use crate::index::generation::write_lock::WriteLock;

/// Update options.
#[derive(Clone, Copy, Debug)]
pub struct UpdateOptions {
    /// Whether to accept sources that are damaged, or lack more than a tenth of what they follow or
    /// replace.
    pub force: bool,
    /// Whether to write nothing and only report the changes.
    pub dry_run: bool,
    /// Called if another process writes the index, before waiting for it.
    pub on_wait: fn(),
}

impl Default for UpdateOptions {
    fn default() -> Self {
        Self {
            force: false,
            dry_run: false,
            on_wait: || {},
        }
    }
}

/// Adds releases and annotations to the sources of an index, and makes the new generation current.
///
/// A release is inserted by its date; a later issue of a quarter replaces an earlier one. An
/// annotation replaces one of the same kind and title (a crosswalk of the same quarter; of RBCS
/// there is one), or is added. A release of CMS replaces the starter set. If nothing is new,
/// nothing is written. Of two processes, the second waits for the first.
///
/// # Errors
/// There is no index, it cannot be read or written, or without [`UpdateOptions::force`] a source is
/// damaged, or lacks more than a tenth of what it follows or replaces, a kind or a section. Then
/// the index is unchanged.
///
/// ```
/// use hcpcs::Release;
/// use hcpcs::index::{Sources, UpdateOptions, build_index, update_index};
///
/// let folder = tempfile::tempdir()?;
/// let mut release = Release::starter()?;
/// release.id = "2026-01".parse()?;
/// build_index(folder.path(), Sources { releases: vec![release.clone()], ..Sources::default() })?;
///
/// release.id = "2026-04".parse()?;
/// release.records[0].terminated = Some("2026-03-31".parse()?);
/// let new = Sources { releases: vec![release], ..Sources::default() };
/// let report = update_index(folder.path(), new, &UpdateOptions::default())?;
/// assert_eq!(report.indexed.len(), 2);
/// assert_eq!(report.releases[0].changes.as_ref().unwrap().summary.terminated, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn update_index(
    folder: &Path,
    sources: Sources,
    options: &UpdateOptions,
) -> Result<UpdateReport> {
    // report a folder without an index before anything is written into it
    Manifest::read(folder)?;
    let lock = if options.dry_run {
        None
    } else {
        Some(lock(folder, options)?)
    };
    let mut content = Content::read(folder)?;
    let mut report = change(&mut content, sources, options)?;
    if let Some(lock) = lock.filter(|_| report.changed) {
        let (manifest, notices) = content.publish(folder, &lock)?;
        report.generation = Some(manifest.generation);
        report.notices = notices;
    }
    // Freeing all records takes longer than the report, so another thread does it.
    rayon::spawn(move || drop(content));
    Ok(report)
}

fn lock(folder: &Path, options: &UpdateOptions) -> Result<WriteLock> {
    if let Some(lock) = WriteLock::take(folder, false)? {
        return Ok(lock);
    }
    (options.on_wait)();
    WriteLock::take(folder, true)?.ok_or_else(|| Error::index(folder, "is locked; try again"))
}

/// Changes the sources of an index, and reports the changes.
fn change(
    content: &mut Content,
    sources: Sources,
    options: &UpdateOptions,
) -> Result<UpdateReport> {
    let Sources {
        mut releases,
        annotations,
    } = sources;
    releases.sort_by(|a, b| a.id.cmp(&b.id));
    let joined = content.joined();
    content.drop_starter(&releases);
    let admitted = releases
        .iter()
        .map(|own| content.insert_checked(own, options.force));
    let admitted = admitted.collect::<Result<Vec<_>>>()?;
    rayon::spawn(move || drop(releases));
    let releases = admitted;
    let (before, mut taken) = (content.annotations.len(), BTreeSet::new());
    let mut sources = Vec::new();
    for given in annotations {
        sources.push(content.put(given, before, &mut taken, options.force)?);
    }
    let is_changed = releases.iter().any(|own| own.effect.is_change())
        || sources.iter().any(|own| own.effect.is_change());
    Ok(UpdateReport {
        changed: is_changed,
        dry_run: options.dry_run,
        generation: None,
        annotations: content.annotation_changes(joined, &releases),
        notices: Vec::new(),
        releases,
        sources,
        indexed: content.releases.iter().map(|own| own.id.clone()).collect(),
        codes: content.codes(),
        versions: content.timeline.versions.len(),
    })
}
