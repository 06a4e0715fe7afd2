//! What changed between two releases, code by code and field by field.

use std::collections::BTreeMap;

use serde::Serialize;

use super::edition::{have_noc_list, have_processing_notes};
use super::fields::{BothHave, FieldChange, field_changes, of_one_side};
use super::reissue::is_reissue;
use crate::codeset::{Action, Code, Date, Kind, Record};
use crate::release::{Release, ReleaseId, Scope};

/// One side of a comparison of two releases.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Which release it is.
    pub id: &'a ReleaseId,
    /// Its records, one for each code, in any order.
    pub records: &'a [Record],
}

impl<'a> From<&'a Release> for Side<'a> {
    fn from(release: &'a Release) -> Self {
        Self {
            id: &release.id,
            records: &release.records,
        }
    }
}

/// The changes from one release to another. Each code is in one of the lists, which are sorted by
/// code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Changes {
    /// The old release.
    pub from: ReleaseId,
    /// The new release.
    pub to: ReleaseId,
    /// The size of each list.
    pub summary: Summary,
    /// Codes that only the new release has.
    pub added: Vec<Change>,
    /// Codes that got a termination date, with their other changes.
    pub terminated: Vec<Change>,
    /// Codes that only the old release has.
    pub removed: Vec<Change>,
    /// Codes that lost their termination date, and codes that only the new release has and whose
    /// action code says that they are re-activated.
    pub reactivated: Vec<Change>,
    /// Codes with any other change, such as a termination date that was moved.
    pub revised: Vec<Change>,
    /// Codes that mean something else than before (see [`is_reissue`]).
    pub reissued: Vec<Change>,
    /// What a partial release lacks, and what could not be read: it looks removed or added, and is
    /// no change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
}

/// How many codes changed, and in how many of them each field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Summary {
    /// Codes of the old release.
    pub old_codes: usize,
    /// Codes of the new release.
    pub new_codes: usize,
    /// Length of the list of this name.
    pub added: usize,
    /// Length of the list of this name.
    pub terminated: usize,
    /// Length of the list of this name.
    pub removed: usize,
    /// Length of the list of this name.
    pub reactivated: usize,
    /// Length of the list of this name.
    pub revised: usize,
    /// Length of the list of this name.
    pub reissued: usize,
    /// In how many codes of both releases a field changed, by its name.
    pub fields: BTreeMap<&'static str, usize>,
}

/// The change of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Change {
    /// The code.
    pub code: Code,
    /// Procedure or modifier.
    pub kind: Kind,
    /// As in the new release; for a removed code as in the old one, like the fields below.
    pub short_descriptor: String,
    /// The long descriptor.
    pub long_descriptor: String,
    /// The first day on which the code is valid.
    pub added: Option<Date>,
    /// The last day on which the code is valid.
    pub terminated: Option<Date>,
    /// The day of the last action.
    pub action_effective: Option<Date>,
    /// CMS's action code: what the release did to the code.
    pub action: Option<Action>,
    /// The fields that changed, in the order of the record; empty for added and removed codes.
    pub fields: Vec<FieldChange>,
}

impl Side<'_> {
    /// What the release lacks as a whole; `None` if nothing.
    fn scope_note(self) -> Option<String> {
        let (id, scope) = (self.id, Scope::of(self.id, self.records));
        let is_partial = !scope.is_whole();
        is_partial.then(|| format!("release {id}, {scope}; what it lacks is no change"))
    }
}

/// Compares two releases, over the codes of which a record in either passes `keep`.
///
/// Action code, action effective date and sequence number belong to the release, and double blanks
/// to its file format: they are no changes. Nor is the text of a processing note or the NOC flag if
/// one of the releases came without notes or without a list of NOC codes, nor any field of which
/// one of them has no value at all; a notice names these.
///
/// ```
/// use hcpcs::Release;
/// use hcpcs::history::{Side, changes};
///
/// let old = Release::starter()?;
/// let mut new = old.clone();
/// new.records[0].terminated = Some("2026-03-31".parse()?);
/// let changes = changes(Side::from(&old), Side::from(&new), |_| true);
/// assert_eq!(changes.terminated[0].fields[0].field, "terminated");
/// assert_eq!(changes.summary.terminated, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn changes(old: Side<'_>, new: Side<'_>, keep: impl Fn(&Record) -> bool) -> Changes {
    let both_have = BothHave {
        processing_notes: have_processing_notes(old.records) && have_processing_notes(new.records),
        noc_list: have_noc_list(old.records) && have_noc_list(new.records),
    };
    let mut pairs: BTreeMap<Code, (Option<&Record>, Option<&Record>)> = BTreeMap::new();
    for record in old.records {
        pairs.entry(record.code).or_default().0 = Some(record);
    }
    for record in new.records {
        pairs.entry(record.code).or_default().1 = Some(record);
    }
    let mut changes = Changes::none(old.id, new.id);
    changes
        .notices
        .extend([old, new].into_iter().filter_map(Side::scope_note));
    if new.id.first_day() < old.id.first_day() {
        changes.notices.push(format!(
            "the new release, {}, is older than the old one, {}: codes that were added look \
             removed",
            new.id, old.id
        ));
    }
    let of_one = of_one_side(old.records, new.records);
    if !of_one.is_empty() {
        let names = of_one.join(", ").replace('_', " ");
        changes.notices.push(format!(
            "not compared, as one of the releases has no value of it: {names}"
        ));
    }
    let is_kept =
        |(a, b): &(Option<&Record>, Option<&Record>)| a.is_some_and(&keep) || b.is_some_and(&keep);
    for (before, after) in pairs.into_values().filter(is_kept) {
        changes.summary.old_codes += usize::from(before.is_some());
        changes.summary.new_codes += usize::from(after.is_some());
        changes.compare(before, after, |before, after| {
            let mut fields = field_changes(before, after, both_have);
            fields.retain(|own| !of_one.contains(&own.field));
            fields
        });
    }
    changes.count();
    changes
}

impl Changes {
    /// The lists by name, in the order of the fields.
    #[must_use]
    pub fn lists(&self) -> [(&'static str, &[Change]); 6] {
        [
            ("added", &self.added),
            ("terminated", &self.terminated),
            ("removed", &self.removed),
            ("reactivated", &self.reactivated),
            ("revised", &self.revised),
            ("reissued", &self.reissued),
        ]
    }

    fn none(from: &ReleaseId, to: &ReleaseId) -> Self {
        Self {
            from: from.clone(),
            to: to.clone(),
            summary: Summary::default(),
            added: Vec::new(),
            terminated: Vec::new(),
            removed: Vec::new(),
            reactivated: Vec::new(),
            revised: Vec::new(),
            reissued: Vec::new(),
            notices: Vec::new(),
        }
    }

    fn compare(
        &mut self,
        before: Option<&Record>,
        after: Option<&Record>,
        differing: impl Fn(&Record, &Record) -> Vec<FieldChange>,
    ) {
        match (before, after) {
            (Some(before), Some(after)) => {
                let fields = differing(before, after);
                if let Some(list) = self.list(before, after, &fields) {
                    list.push(Change::of(after, fields));
                }
            }
            (None, Some(after)) if after.is_reactivated() => {
                self.reactivated.push(Change::of(after, Vec::new()));
            }
            (None, Some(after)) => self.added.push(Change::of(after, Vec::new())),
            (Some(before), None) => self.removed.push(Change::of(before, Vec::new())),
            (None, None) => {}
        }
    }

    /// The list for a code that both releases have, if something changed.
    fn list(
        &mut self,
        before: &Record,
        after: &Record,
        fields: &[FieldChange],
    ) -> Option<&mut Vec<Change>> {
        match (before.terminated, after.terminated) {
            _ if fields.is_empty() => None,
            (None, Some(_)) => Some(&mut self.terminated),
            _ if is_reissue(before, after) => Some(&mut self.reissued),
            (Some(_), None) => Some(&mut self.reactivated),
            _ => Some(&mut self.revised),
        }
    }

    fn count(&mut self) {
        self.summary.added = self.added.len();
        self.summary.terminated = self.terminated.len();
        self.summary.removed = self.removed.len();
        self.summary.reactivated = self.reactivated.len();
        self.summary.revised = self.revised.len();
        self.summary.reissued = self.reissued.len();
        let mut fields = BTreeMap::new();
        for (_, list) in self.lists() {
            for change in list.iter().flat_map(|change| &change.fields) {
                *fields.entry(change.field).or_default() += 1;
            }
        }
        self.summary.fields = fields;
    }
}

impl Change {
    fn of(record: &Record, fields: Vec<FieldChange>) -> Self {
        Self {
            code: record.code,
            kind: record.code.kind(),
            short_descriptor: record.short_descriptor.clone(),
            long_descriptor: record.long_descriptor.clone(),
            added: record.added,
            terminated: record.terminated,
            action_effective: record.action_effective,
            action: record.action,
            fields,
        }
    }
}
