//! Facets beside the results: counts of the whole match, each a link that narrows it or, where
//! it does already, takes that back.

use std::collections::BTreeMap;

use super::address::Address;
use super::tree;
use crate::codeset::Date;
use crate::error::Result;
use crate::search::{Answer, FILTERS, FacetCount, FilterSpec, Query, Searcher};

/// As many rows of a group are shown; the others fold.
const SHOWN: usize = 9;

/// A facet.
pub(crate) struct Group {
    pub(crate) title: &'static str,
    /// The parameter.
    pub(crate) name: &'static str,
    pub(crate) rows: Vec<Row>,
    /// Rows that fold.
    pub(crate) more: Vec<Row>,
}

/// A value of a facet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) count: Option<usize>,
    /// Where it leads; none for codes without a value, which no filter chooses.
    pub(crate) href: Option<Address>,
    pub(crate) is_on: bool,
    pub(crate) depth: usize,
}

/// What the groups are made of.
pub(crate) struct Asked<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) query: &'a Query,
    pub(crate) address: &'a Address,
    pub(crate) answer: &'a Answer,
}

/// The filters whose values are counted.
const COUNTED: [&str; 5] = ["coverage", "betos", "rbcs", "section", "kind"];

impl Asked<'_> {
    /// All facets that have something to choose.
    pub(crate) fn groups(&self) -> Result<Vec<Group>> {
        let mut groups = vec![self.status()?];
        let counted = |filter: &&FilterSpec| COUNTED.contains(&filter.name);
        for filter in FILTERS.iter().filter(counted) {
            let group = self.group(filter)?;
            let has_choice = group.rows.iter().any(|row| row.href.is_some());
            groups.extend(has_choice.then_some(group));
        }
        Ok(groups)
    }

    /// A facet. Of one that narrows the answer, the counts are those without it, so that its
    /// other values can be chosen too.
    fn group(&self, filter: &FilterSpec) -> Result<Group> {
        let asked = filter.asked(&self.query.filters);
        let on: Vec<String> = asked.into_iter().map(str::to_owned).collect();
        let open = if on.is_empty() {
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

    /// The answer to the same question without a filter, of which only the counts are wanted.
    fn without(&self, filter: &FilterSpec) -> Result<Answer> {
        let mut query = Query {
            limit: Some(0),
            offset: 0,
            ..self.query.clone()
        };
        filter.clear(&mut query.filters);
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
            href: (!is_blank).then(|| {
                if filter.is_tree {
                    self.address.toggled_in_tree(filter.name, &own.code)
                } else {
                    self.address.toggled(filter.name, &own.code)
                }
            }),
            is_on: on.contains(&own.code),
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

    /// What the day lets through, and what it hides.
    fn status(&self) -> Result<Group> {
        let is_open = self.query.terminated || self.query.any_time;
        let narrow = if is_open {
            let mut query = Query {
                limit: Some(0),
                offset: 0,
                terminated: false,
                any_time: false,
                ..self.query.clone()
            };
            everything_if_blank(&mut query);
            Some(self.searcher.search(&query)?)
        } else {
            None
        };
        let valid = narrow.as_ref().unwrap_or(self.answer);
        let address = self.address.toggled("terminated", "true");
        let row = |label: &str, count: usize, href: Option<&Address>| Row {
            label: label.to_owned(),
            count: Some(count),
            href: href.cloned(),
            is_on: href.is_some() && self.query.terminated,
            ..Row::default()
        };
        // A list of codes shows each of them, whatever it is on the day.
        let shown = if valid.asked.is_empty() {
            "Valid"
        } else {
            "In the list"
        };
        let mut rows = vec![row(shown, valid.total, None)];
        let ended = valid.hidden - valid.not_yet_valid;
        if ended > 0 || self.query.terminated {
            rows.push(row("Terminated", ended, Some(&address)));
        }
        if valid.not_yet_valid > 0 {
            rows.push(row("Not yet valid", valid.not_yet_valid, Some(&address)));
        }
        if self.searcher.manifest().releases.len() > 1 {
            rows.push(Row {
                label: "Versions of all days".to_owned(),
                count: self.query.any_time.then_some(self.answer.total),
                href: Some(self.address.toggled("any_time", "true")),
                is_on: self.query.any_time,
                ..Row::default()
            });
        }
        Ok(Group {
            title: "Status",
            name: "status",
            rows,
            more: Vec::new(),
        })
    }
}

/// Makes a question that asks nothing one that asks for everything.
pub(crate) fn everything_if_blank(query: &mut Query) {
    use crate::codeset::Kind::{Modifier, Procedure};
    if query.text.trim().is_empty() && query.filters.is_empty() {
        query.filters.kind = vec![Procedure, Modifier];
    }
}

/// The status that a day gives in words, for the title of its facet.
pub(crate) fn on_day(day: Date, today: Date) -> String {
    if day == today {
        "today".to_owned()
    } else {
        format!("on {day}")
    }
}

/// The rows, with the chosen ones among them and never folded.
fn with_chosen(mut rows: Vec<Row>, on: &[String], row: impl Fn(&str) -> Row) -> Vec<Row> {
    let is_there = |rows: &[Row], value: &String| rows.iter().any(|own| own.code == *value);
    for value in on {
        if !is_there(&rows, value) && !rows.iter().any(|own| own.is_on) {
            rows.insert(0, row(value));
        }
    }
    rows
}

/// What the values of a tree mean, inner ones too.
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
