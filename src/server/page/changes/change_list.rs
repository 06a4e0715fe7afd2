//! Changes as shown: fields with their old and new value, differing words highlighted.

use crate::history::{Change, Changes, FieldChange, Mark, Run};
use crate::server::page::search::address::of_code;

/// A field that changed.
pub(crate) struct FieldView {
    pub(crate) name: String,
    pub(crate) old: String,
    pub(crate) new: String,
    /// For descriptors, the words that differ; else empty.
    pub(crate) words: Vec<Word>,
}

/// Words with the same mark.
pub(crate) struct Word {
    /// `same`, `removed` or `added`.
    pub(crate) mark: &'static str,
    pub(crate) text: String,
}

/// A code that changed.
pub(crate) struct ChangeView {
    pub(crate) list: &'static str,
    pub(crate) code: String,
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) added: String,
    pub(crate) fields: Vec<FieldView>,
}

/// A field's name in words.
pub(crate) fn name(field: &str) -> String {
    field.replace('_', " ")
}

/// A changed field as shown.
pub(crate) fn field_view(change: &FieldChange) -> FieldView {
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

/// Keeps one list, and in it the codes with a changed field; recounts.
pub(crate) fn narrow(changes: &mut Changes, only: Option<&str>, field: Option<&str>) {
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
pub(crate) fn page(
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
    // A changed descriptor is shown below with its words highlighted.
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
