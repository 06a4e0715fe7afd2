//! Facets next to the results: counts over all matching codes, each a link that adds the filter or
//! removes it.

use std::collections::BTreeMap;

use super::address::Address;
use super::tree;
use crate::error::Result;
use crate::search::{Answer, FILTERS, FacetCount, FilterSpec, Query, Searcher};

/// How many rows of a group are shown; the others are folded.
const SHOWN: usize = 9;

/// A facet.
pub(crate) struct Group {
    pub(crate) title: &'static str,
    /// The parameter.
    pub(crate) name: &'static str,
    pub(crate) rows: Vec<Row>,
    /// Folded rows.
    pub(crate) more: Vec<Row>,
}

/// A value of a facet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) count: Option<usize>,
    /// The link; `None` for what is only counted.
    pub(crate) href: Option<Address>,
    pub(crate) is_on: bool,
    pub(crate) depth: usize,
}

/// The data for the groups.
pub(crate) struct Asked<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) query: &'a Query,
    pub(crate) address: &'a Address,
    pub(crate) answer: &'a Answer,
}

impl Asked<'_> {
    /// All facets with a choice.
    pub(crate) fn groups(&self) -> Result<Vec<Group>> {
        let mut groups = vec![self.status()?];
        for filter in FILTERS.iter().filter(|filter| filter.is_offered) {
            let group = self.group(filter)?;
            let has_choice = group.rows.iter().any(|row| row.href.is_some());
            groups.extend(has_choice.then_some(group));
        }
        Ok(groups)
    }

    /// A facet. The counts ignore the facet's own filter, so that its other values can be chosen
    /// too.
    fn group(&self, filter: &FilterSpec) -> Result<Group> {
        let asked = filter.asked(&self.query.filters);
        // an empty question was turned into one for all codes, which nobody chose
        let is_chosen = self.address.has(filter.name);
        let asked = asked.into_iter().filter(|_| is_chosen);
        let on: Vec<String> = asked.map(str::to_owned).collect();
        let is_blank_on = self.query.filters.without.has(filter.name);
        let open = if on.is_empty() && !is_blank_on {
            None
        } else {
            Some(self.without(filter)?)
        };
        let facets = open.as_ref().unwrap_or(self.answer).facets.as_ref();
        let counts = facets.map_or(&[][..], |facets| facets.of(filter.field));
        let rows = if filter.is_tree {
            self.tree(filter, counts, &on)
        } else {
            let row = |own: &FacetCount| self.row(filter, own, &on);
            counts.iter().map(row).collect()
        };
        let mut rows = with_chosen(rows, &on, |value| {
            let none = FacetCount {
                code: value.to_owned(),
                meaning: None,
                count: 0,
            };
            self.row(filter, &none, &on)
        });
        let more = if rows.len() > SHOWN + 1 {
            rows.split_off(SHOWN)
        } else {
            Vec::new()
        };
        Ok(Group {
            title: filter.title,
            name: filter.name,
            rows,
            more,
        })
    }

    /// The answer to the same question without a filter; only its counts are used.
    fn without(&self, filter: &FilterSpec) -> Result<Answer> {
        let mut query = Query {
            limit: Some(0),
            offset: 0,
            ..self.query.clone()
        };
        filter.clear(&mut query.filters);
        query.filters.without.remove(filter.name);
        everything_if_blank(&mut query);
        self.searcher.search(&query)
    }

    fn row(&self, filter: &FilterSpec, own: &FacetCount, on: &[String]) -> Row {
        let is_blank = own.code.is_empty();
        let label = match (&own.meaning, filter.name) {
            (Some(meaning), _) => meaning.clone(),
            (None, "kind") => return self.kind_row(filter, own, on),
            (None, _) if is_blank => "none given".to_owned(),
            (None, _) => String::new(),
        };
        Row {
            label,
            href: Some(if is_blank {
                self.address
                    .with(filter.name, None)
                    .toggled("without", filter.name)
            } else {
                let address = self.address.without_value("without", filter.name);
                if filter.is_tree {
                    address.toggled_in_tree(filter.name, &own.code)
                } else {
                    address.toggled(filter.name, &own.code)
                }
            }),
            is_on: if is_blank {
                self.query.filters.without.has(filter.name)
            } else {
                on.contains(&own.code)
            },
            count: Some(own.count),
            code: own.code.clone(),
            depth: 0,
        }
    }

    fn kind_row(&self, filter: &FilterSpec, own: &FacetCount, on: &[String]) -> Row {
        Row {
            label: if own.code == "modifier" {
                "Modifiers"
            } else {
                "Procedures and supplies"
            }
            .into(),
            href: Some(self.address.toggled(filter.name, &own.code)),
            is_on: on.contains(&own.code),
            count: Some(own.count),
            ..Row::default()
        }
    }

    fn tree(&self, filter: &FilterSpec, counts: &[FacetCount], on: &[String]) -> Vec<Row> {
        let chosen: Vec<&str> = on.iter().map(String::as_str).collect();
        let labels = labels(filter, counts);
        let rows = tree::nodes(counts, &chosen).into_iter().map(|node| {
            let meaning = labels.get(node.code.as_str()).cloned();
            let own = FacetCount {
                code: node.code,
                meaning,
                count: node.count,
            };
            Row {
                depth: node.depth,
                ..self.row(filter, &own, on)
            }
        });
        let blank = counts.iter().filter(|own| own.code.is_empty());
        rows.chain(blank.map(|own| self.row(filter, own, on)))
            .collect()
    }
}

/// Turns an empty question into one for all codes.
pub(crate) fn everything_if_blank(query: &mut Query) {
    use crate::codeset::Kind::{Modifier, Procedure};
    if query.text.trim().is_empty() && query.filters.is_empty() {
        query.filters.kind = vec![Procedure, Modifier];
    }
}

/// The rows, including the chosen ones, which are never folded.
fn with_chosen(mut rows: Vec<Row>, on: &[String], row: impl Fn(&str) -> Row) -> Vec<Row> {
    let is_there = |rows: &[Row], value: &String| rows.iter().any(|own| own.code == *value);
    for value in on {
        if !is_there(&rows, value) && !rows.iter().any(|own| own.is_on) {
            rows.insert(0, row(value));
        }
    }
    rows
}

/// The meanings of a tree's values, including inner ones.
fn labels(filter: &FilterSpec, counts: &[FacetCount]) -> BTreeMap<String, String> {
    if let Some(table) = filter.table() {
        let entries = table.entries().iter();
        return entries
            .map(|entry| (entry.code.to_owned(), entry.meaning.to_owned()))
            .collect();
    }
    let mut labels = BTreeMap::new();
    for own in counts {
        let meaning = own.meaning.as_deref().unwrap_or_default();
        let (category, subcategory) = meaning.split_once(": ").unwrap_or((meaning, meaning));
        if let Some(first) = own.code.get(..1) {
            labels.insert(first.to_owned(), category.to_owned());
            labels.insert(own.code.clone(), subcategory.to_owned());
        }
    }
    labels
}
