//! A code table with the number of codes that have each value on a day.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::codeset::{Date, MultiplePricing, Table};
use crate::index::store::row::Row;

use crate::search::question::filter::Filter;
use crate::search::question::filter_table::FilterSpec;
use crate::search::question::query::Query;
use crate::search::question::standing::Standing;
use crate::search::searcher::Searcher;

/// A value of a code table, and how many codes have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct TableRow {
    /// The value.
    pub code: String,
    /// CMS's meaning; `None` if the table does not list the value.
    pub meaning: Option<String>,
    /// The heading or the value above it; empty if there is none.
    pub group: String,
    /// How many valid codes have it; in a tree, how many have it or a value below it.
    pub count: usize,
}

impl Searcher {
    /// The rows of a code table, and unlisted values that codes have, with the number of codes
    /// valid on a day (by default today).
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// use hcpcs::Coverage;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let rows = searcher.table(Coverage::table(), Some("2026-02-01".parse()?));
    /// let carrier = rows.iter().find(|row| row.code == "C").ok_or("listed")?;
    /// assert_eq!(carrier.meaning.as_deref(), Some("Carrier judgment"));
    /// assert!(carrier.count > 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn table(&self, table: &Table, as_of: Option<Date>) -> Vec<TableRow> {
        let query = Query::default();
        let day = as_of.unwrap_or_else(Date::today);
        let filter = Filter::new(&query, day, &self.reader.calendar);
        let in_force = self.reader.calendar.in_force(day).unwrap_or(0);
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let store = &self.reader.store;
        for doc in 0..store.len() {
            let row = store.row(doc);
            if filter.standing(row) == Standing::Visible {
                for value in values(row.under(in_force), table.name) {
                    *counts.entry(value).or_default() += 1;
                }
            }
        }
        let is_tree = FilterSpec::of_field(table.name).is_some_and(|filter| filter.is_tree);
        let mut rows: Vec<TableRow> = table
            .entries()
            .iter()
            .map(|entry| TableRow {
                code: entry.code.to_owned(),
                meaning: Some(entry.meaning.to_owned()),
                group: entry.group.to_owned(),
                count: if is_tree {
                    let below = counts
                        .iter()
                        .filter(|(code, _)| code.starts_with(entry.code));
                    below.map(|(_, count)| count).sum()
                } else {
                    counts.get(entry.code).copied().unwrap_or(0)
                },
            })
            .collect();
        let unlisted = counts
            .into_iter()
            .filter(|(code, _)| table.entry(code).is_none());
        rows.extend(unlisted.map(|(code, count)| TableRow {
            code,
            meaning: None,
            group: String::new(),
            count,
        }));
        rows
    }
}

/// The values of a row in a table, each once.
fn values(row: Row<'_>, table: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    let mut add = |value: &str| values.push(value.to_owned());
    match FilterSpec::of_field(table) {
        Some(filter) => filter.of_row(row, &mut add),
        None if table == MultiplePricing::table().name => add(row.multiple_pricing().as_str()),
        None => {
            let certifications = row.laboratory_certification();
            certifications.for_each(|value| add(value.as_str()));
        }
    }
    values.retain(|value| !value.is_empty());
    values.sort_unstable();
    values.dedup();
    values
}
