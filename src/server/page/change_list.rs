//! What changed, as it is shown: fields with their old and new value, words that differ set off.

use super::address::of_code;
use crate::history::{Change, Changes, FieldChange, Mark, Run};

/// A field that changed.
pub(super) struct FieldView {
    pub(super) name: String,
    pub(super) old: String,
    pub(super) new: String,
    /// Of a descriptor, which words differ; else empty.
    pub(super) words: Vec<Word>,
}

/// Words with the same mark.
pub(super) struct Word {
    /// `same`, `removed` or `added`.
    pub(super) mark: &'static str,
    pub(super) text: String,
}

/// A code that changed.
pub(super) struct ChangeView {
    pub(super) list: &'static str,
    pub(super) code: String,
    pub(super) href: String,
    pub(super) text: String,
    pub(super) added: String,
    pub(super) fields: Vec<FieldView>,
}

/// A field's name in words.
pub(super) fn name(field: &str) -> String {
    field.replace('_', " ")
}

/// A field that changed, as it is shown.
pub(super) fn field_view(change: &FieldChange) -> FieldView {
    let word = |run: &Run| Word {
        mark: match run.mark {
            Mark::Same => "same",
            Mark::Removed => "removed",
            Mark::Added => "added",
        },
        text: run.text.clone(),
    };
    FieldView {
        name: name(change.field),
        old: change.old.clone(),
        new: change.new.clone(),
        words: change.words.iter().map(word).collect(),
    }
}

/// Keeps one list, and of the codes those of which a field changed; counts again.
pub(super) fn narrow(changes: &mut Changes, only: Option<&str>, field: Option<&str>) {
    let lists = [
        ("added", &mut changes.added, &mut changes.summary.added),
        (
            "terminated",
            &mut changes.terminated,
            &mut changes.summary.terminated,
        ),
        (
            "removed",
            &mut changes.removed,
            &mut changes.summary.removed,
        ),
        (
            "reactivated",
            &mut changes.reactivated,
            &mut changes.summary.reactivated,
        ),
        (
            "revised",
            &mut changes.revised,
            &mut changes.summary.revised,
        ),
        (
            "reissued",
            &mut changes.reissued,
            &mut changes.summary.reissued,
        ),
    ];
    for (name, list, count) in lists {
        if only.is_some_and(|only| only != name) {
            list.clear();
        }
        if let Some(field) = field {
            list.retain(|change| change.fields.iter().any(|own| own.field == field));
        }
        *count = list.len();
    }
}

/// A page of the changes.
pub(super) fn page(
    changes: &Changes,
    offset: usize,
    limit: usize,
    as_of: Option<&str>,
) -> Vec<ChangeView> {
    let lists = changes.lists().into_iter();
    let all = lists.flat_map(|(list, entries)| entries.iter().map(move |change| (list, change)));
    let page = all.skip(offset).take(limit);
    page.map(|(list, change)| view(list, change, as_of))
        .collect()
}

fn view(list: &'static str, change: &Change, as_of: Option<&str>) -> ChangeView {
    // Where the descriptor itself changed, it stands below with its words marked.
    let is_told = change
        .fields
        .iter()
        .any(|own| own.field == "long_descriptor");
    let text = if is_told && list != "reissued" {
        &change.short_descriptor
    } else {
        &change.long_descriptor
    };
    let added = change.added.filter(|_| list == "added");
    ChangeView {
        list,
        code: change.code.to_string(),
        href: of_code(change.code.as_str(), as_of),
        text: text.clone(),
        added: added.map_or_else(String::new, |day| day.to_string()),
        fields: change.fields.iter().map(field_view).collect(),
    }
}
