//! The versions of a code over all releases, and what changed between two releases.

use std::path::Path;

use serde::Serialize;

use crate::codeset::{Action, Code, Date, DateSpan, Record};
use crate::error::{Error, Result};
use crate::history::{
    Changes, FieldChange, Known, Life, Quarterly, Side, Version, changes, is_reissue,
};
use crate::release::ReleaseId;

use crate::index::fields_notice;
use crate::search::searcher::Searcher;

/// How many codes a notice names.
const MOST_NAMED: usize = 10;

/// A code over all releases.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct CodeHistory {
    /// The code.
    pub code: Code,
    /// When it is valid, by the newest release that covers it: a life for each time that it was
    /// added.
    pub lives: Vec<Life>,
    /// The quarters for which it is known, and those between that are not.
    pub known: Known,
    /// Its versions in order of time.
    pub versions: Vec<VersionView>,
}

/// A version of a code: what the releases said of it over a span of days.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct VersionView {
    /// The period.
    pub holds: Held,
    /// The releases between the previous version and this one that do not have the code.
    pub absent: Vec<ReleaseId>,
    /// Whether the code means something else than in the previous version.
    pub reissued: bool,
    /// The changes since the previous version; empty for the first.
    pub changes: Vec<FieldChange>,
    /// The actions of the releases on the code; an entry for each change.
    pub actions: Vec<ReleaseAction>,
    /// The life of the code to which it belongs, by the newest release that covers it.
    pub life: Life,
    /// On which of its days the code may not have been valid, if a release re-activated it and none
    /// that is indexed says when it had ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unclear: Option<String>,
    /// The record; values that belong to a quarter are those of the newest release.
    pub record: Record,
}

/// The period in which releases published a version.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Held {
    /// The first day; `None` for the earliest release, which also covers all days before.
    pub from: Option<Date>,
    /// The last day; `None` if the newest release publishes it.
    pub to: Option<Date>,
    /// The first release that published it.
    pub first_release: ReleaseId,
    /// The last release that published it.
    pub last_release: ReleaseId,
}

/// The action of a release on a code.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ReleaseAction {
    /// The release.
    pub release: ReleaseId,
    /// `HCPCS_ACTN_CD`.
    pub action: Option<Action>,
    /// `HCPCS_ACTN_EFCTV_DT`.
    pub effective: Option<Date>,
}

impl Searcher {
    /// The period of a version.
    pub(crate) fn held(&self, doc: u32) -> Option<Held> {
        let (first, last) = self.reader.store.row(doc).releases();
        self.held_by(self.reader.calendar.span(first, last), (first, last))
    }

    fn held_by(&self, span: DateSpan, (first, last): (u16, u16)) -> Option<Held> {
        Some(Held {
            from: (span.first > Date::MIN).then_some(span.first),
            to: (span.last < Date::MAX).then_some(span.last),
            first_release: self.release_id(first)?,
            last_release: self.release_id(last)?,
        })
    }

    /// A release by its number in order of time.
    fn release_id(&self, number: u16) -> Option<ReleaseId> {
        let release = self.manifest().releases.get(usize::from(number))?;
        Some(release.id.clone())
    }

    /// The versions of a code in order of time; empty if no release has it.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let versions = searcher.history("J1640".parse()?);
    /// assert_eq!(versions.len(), 1);
    /// assert_eq!((versions[0].holds.from, versions[0].holds.to), (None, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn history(&self, code: Code) -> Vec<VersionView> {
        let docs = self.rows(code.into()).into_iter();
        let versions: Vec<Version> = docs.filter_map(|doc| self.reader.version(doc)).collect();
        let views = versions.iter().enumerate().map(|(at, version)| {
            let before = at.checked_sub(1).and_then(|before| versions.get(before));
            self.view(version, before)
        });
        views.collect::<Option<_>>().unwrap_or_default()
    }

    /// A code with its versions, if a release has it.
    #[must_use]
    pub fn code_history(&self, code: Code) -> Option<CodeHistory> {
        let versions = self.history(code);
        let mut lives: Vec<Life> = versions.iter().map(|own| own.life).collect();
        lives.dedup();
        (!versions.is_empty()).then_some(CodeHistory {
            code,
            lives,
            known: self.known()?,
            versions,
        })
    }

    /// The quarters for which histories are known, and those between that are not.
    #[must_use]
    pub fn known(&self) -> Option<Known> {
        Known::of(&self.reader.calendar)
    }

    fn view(&self, version: &Version, before: Option<&Version>) -> Option<VersionView> {
        let absent = before.map_or(0..0, |before| {
            before.last_release + 1..version.first_release
        });
        let action = |own: &Quarterly| {
            Some(ReleaseAction {
                release: self.release_id(own.release)?,
                action: own.action,
                effective: own.action_effective,
            })
        };
        let mut actions: Vec<ReleaseAction> = version.quarterly.iter().filter_map(action).collect();
        // sequence numbers and blanks are left out, so two entries may be equal
        actions.dedup_by(|b, a| (a.action, a.effective) == (b.action, b.effective));
        let mut releases = version.quarterly.iter().map(|own| own.release);
        let unclear =
            releases.find_map(|release| version.clone().record_on(release).unclear_days_in_words());
        Some(VersionView {
            unclear,
            holds: self.held_by(version.holds, (version.first_release, version.last_release))?,
            absent: absent
                .filter_map(|number| self.release_id(number))
                .collect(),
            reissued: before.is_some_and(|own| is_reissue(&own.record, &version.record)),
            changes: before.map_or_else(Vec::new, |own| version.changes_since(own)),
            actions,
            life: version.life,
            record: version.record.clone(),
        })
    }

    /// The records of an indexed release, sorted by code and as it published them, with the issue
    /// that is indexed.
    ///
    /// # Errors
    /// The release is not indexed, or the index is damaged.
    pub fn release(&self, wanted: &ReleaseId) -> Result<(ReleaseId, Vec<Record>)> {
        let releases = &self.manifest().releases;
        let is_it = |own: &ReleaseId| match wanted.issue {
            Some(_) => own == wanted,
            None => own.is_same_quarter(wanted),
        };
        let Some(at) = releases.iter().position(|own| is_it(&own.id)) else {
            let known: Vec<String> = releases.iter().map(|own| format!("{:#}", own.id)).collect();
            let known = known.join(", ");
            let reason = format!("{wanted:#} is not indexed; there are {known}");
            return Err(Error::query(reason));
        };
        let timeline = self
            .reader
            .timeline_on(u16::try_from(at).unwrap_or(u16::MAX));
        let damaged = || Error::damaged(Path::new(&self.manifest().generation));
        let timeline = timeline.ok_or_else(damaged)?;
        Ok((releases[at].id.clone(), timeline.records(at)))
    }

    /// The changes between two indexed releases, over the codes of which a record in either passes
    /// `keep`. A quarter without an issue means the indexed issue.
    ///
    /// # Errors
    /// One of them is not indexed, or the index is damaged.
    pub fn changes(
        &self,
        from: &ReleaseId,
        to: &ReleaseId,
        keep: impl Fn(&Record) -> bool,
    ) -> Result<Changes> {
        let (old, new) = rayon::join(|| self.release(from), || self.release(to));
        let ((from, old), (to, new)) = (old?, new?);
        let side = |id, records| Side { id, records };
        let mut changes = changes(side(&from, &old), side(&to, &new), keep);
        let lacking = [(&from, &old), (&to, &new)].into_iter();
        let lacking = lacking.filter_map(|(id, records)| fields_notice(id, records));
        changes.notices.extend(lacking);
        let unread = [&from, &to].into_iter();
        changes
            .notices
            .extend(unread.filter_map(|id| self.unread_notice(id)));
        Ok(changes)
    }

    /// The codes of an indexed release on lines that could not be read, which look like changes, in
    /// a sentence; `None` if there are none.
    #[must_use]
    pub fn unread_notice(&self, id: &ReleaseId) -> Option<String> {
        let mut releases = self.manifest().releases.iter();
        let codes = &releases.find(|own| own.id == *id)?.unread_codes;
        let named: Vec<&str> = codes.iter().take(MOST_NAMED).map(Code::as_str).collect();
        let more = codes.len().saturating_sub(MOST_NAMED);
        let more = (more > 0).then(|| format!(" and {more} more"));
        (!named.is_empty()).then(|| {
            format!(
                "release {id}: codes on lines that could not be read, which look removed or added: \
                 {}{}",
                named.join(", "),
                more.unwrap_or_default()
            )
        })
    }
}
