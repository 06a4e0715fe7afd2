//! Notices for unknown filter values, with the closest listed values.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::index::store::tables::Store;

use super::filter_table::{FILTERS, Filters};

/// How many listed values are suggested for one that is not.
const MOST: usize = 5;
/// Letters and digits that are misread or mistyped for one another.
const LOOK_ALIKE: [&str; 5] = ["0O", "1IL", "5S", "8B", "2Z"];

/// The notices for filter values that are not listed.
pub(crate) fn notices(filters: &Filters, store: &Store) -> Vec<String> {
    let mut notices = of_tables(filters);
    if !filters.rbcs.is_empty() {
        add_rbcs(&filters.rbcs, store, &mut notices);
    }
    if filters.not_otherwise_classified {
        let unknown = (0..store.len()).filter(|doc| store.row(*doc).is_noc().is_none());
        let count = unknown.count();
        if count > 0 {
            notices.push(format!(
                "noc: of {count} of {} versions it is not known, as no NOC list came with their \
                 releases",
                store.len()
            ));
        }
    }
    notices
}

/// Those for values that are not in CMS's tables.
fn of_tables(filters: &Filters) -> Vec<String> {
    let mut notices = Vec::new();
    for filter in &FILTERS {
        let Some(table) = filter.table() else {
            continue;
        };
        for value in filter.asked(filters) {
            if table.entry(value).is_none() {
                let entries = table.entries().iter();
                let listed = entries.map(|entry| (entry.code, entry.meaning)).collect();
                notices.push(notice(table.name, value, listed));
            }
        }
    }
    notices
}

impl Filters {
    /// Notices for values that are not in CMS's tables, one sentence each, with the nearest listed
    /// ones.
    #[must_use]
    pub fn unlisted(&self) -> Vec<String> {
        of_tables(self)
    }
}

/// Adds notices for RBCS, which has no table: the values in the index are the listed ones.
fn add_rbcs(values: &[String], store: &Store, notices: &mut Vec<String>) {
    let mut listed = BTreeMap::new();
    for doc in 0..store.len() {
        let code = store.row(doc).rbcs().as_str();
        for length in [1, 2, code.len()] {
            if let Some(level) = code.get(..length).filter(|level| !level.is_empty()) {
                listed.entry(level).or_insert("");
            }
        }
    }
    if listed.is_empty() {
        notices.push("rbcs: the index has no RBCS; index CMS's RBCS file with the release".into());
        return;
    }
    for value in values {
        if !listed.keys().any(|code| code.starts_with(value.as_str())) {
            let listed = listed.iter().map(|(code, meaning)| (*code, *meaning));
            notices.push(notice("rbcs", value, listed.collect()));
        }
    }
}

fn notice(table: &str, value: &str, listed: Vec<(&str, &str)>) -> String {
    let nearest: Vec<String> = nearest(value, listed)
        .into_iter()
        .map(|(code, meaning)| format!("{code} {meaning}").trim_end().to_owned())
        .collect();
    format!(
        "{table}: `{value}` is not a listed value; the nearest are {}",
        nearest.join("; ")
    )
}

/// The listed values nearest to a value, the nearest first.
fn nearest<'t>(value: &str, listed: Vec<(&'t str, &'t str)>) -> Vec<(&'t str, &'t str)> {
    let place = listed.partition_point(|(code, _)| *code < value);
    let mut ordered: Vec<_> = listed.into_iter().enumerate().collect();
    ordered.sort_by_key(|(at, (code, _))| {
        let same = code.bytes().zip(value.bytes());
        let shared = same.take_while(|(a, b)| a == b).count();
        (distance(value, code), Reverse(shared), at.abs_diff(place))
    });
    ordered.truncate(MOST);
    ordered.sort_by_key(|(at, (code, _))| (distance(value, code), *at));
    ordered.into_iter().map(|(_, entry)| entry).collect()
}

/// The edit distance: 2 for each character, 1 if they look alike.
fn distance(from: &str, to: &str) -> usize {
    let mut costs: Vec<usize> = (0..=to.len()).map(|at| at * 2).collect();
    for (row, a) in from.bytes().enumerate() {
        let mut diagonal = costs[0];
        costs[0] = (row + 1) * 2;
        for (column, b) in to.bytes().enumerate() {
            let changed = diagonal + change(a, b);
            diagonal = costs[column + 1];
            costs[column + 1] = changed.min(diagonal + 2).min(costs[column] + 2);
        }
    }
    costs[to.len()]
}

fn change(a: u8, b: u8) -> usize {
    let has = |set: &str| set.bytes().any(|c| c == a) && set.bytes().any(|c| c == b);
    match a == b {
        true => 0,
        false if LOOK_ALIKE.into_iter().any(has) => 1,
        false => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codeset::{Betos, Coverage, Table};

    #[test]
    fn the_nearest_come_first() {
        let codes = |value: &str, table: &'static Table| -> Vec<&str> {
            let listed = table.entries().iter().map(|entry| (entry.code, ""));
            let nearest = nearest(value, listed.collect()).into_iter();
            nearest.map(|(code, _)| code).collect()
        };
        assert_eq!(codes("01E", Betos::table())[0], "O1E");
        assert_eq!(codes("O1", Betos::table())[0], "O1");
        let near = codes("O1Z", Betos::table());
        assert!(near.iter().all(|code| code.starts_with("O1")), "{near:?}");
        assert_eq!(codes("Z", Coverage::table()).len(), 5);
    }

    #[test]
    fn distances() {
        for (from, to, expected) in [
            ("", "", 0),
            ("O1E", "O1E", 0),
            ("01E", "O1E", 1),
            ("O1", "O1E", 2),
            ("X", "", 2),
            ("AB", "BA", 4),
        ] {
            assert_eq!(distance(from, to), expected, "{from} {to}");
        }
    }
}
