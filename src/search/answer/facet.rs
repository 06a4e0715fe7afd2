//! Facets: the number of matching codes for each coded value.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::Field;
use crate::index::store::tables::Store;
use crate::search::question::filter_table::FilterSpec;

/// A value, and how many matching codes have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FacetCount {
    /// The value; empty for codes that have none.
    pub code: String,
    /// Its meaning, if known.
    pub meaning: Option<String>,
    /// How many matching codes have it.
    pub count: usize,
}

/// Facet counts over all matching codes. In each facet a code is counted once, under its first
/// value if it has several, so that each facet adds up to the total.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facets {
    /// By coverage.
    pub coverage: Vec<FacetCount>,
    /// By BETOS.
    pub betos: Vec<FacetCount>,
    /// By section; modifiers have none.
    pub section: Vec<FacetCount>,
    /// By kind.
    pub kind: Vec<FacetCount>,
    /// By the first pricing indicator.
    pub pricing: Vec<FacetCount>,
    /// By the first type of service.
    pub type_of_service: Vec<FacetCount>,
    /// By RBCS category and subcategory, if the index has that taxonomy.
    pub rbcs: Vec<FacetCount>,
}

impl Facets {
    /// The fields with facets.
    pub(crate) const FIELDS: [&str; 7] = [
        "coverage",
        "betos",
        "section",
        "kind",
        "pricing",
        "type_of_service",
        "rbcs",
    ];

    /// The counts of a field; empty if it has no facet.
    #[must_use]
    pub fn of(&self, field: &str) -> &[FacetCount] {
        match field {
            "coverage" => &self.coverage,
            "betos" => &self.betos,
            "section" => &self.section,
            "kind" => &self.kind,
            "pricing" => &self.pricing,
            "type_of_service" => &self.type_of_service,
            "rbcs" => &self.rbcs,
            _ => &[],
        }
    }
}

/// Counts some documents by their coded values.
pub(crate) fn count(store: &Store, docs: impl Iterator<Item = u32>) -> Facets {
    let mut counts: [BTreeMap<&str, usize>; 7] = Default::default();
    let mut rbcs_labels: BTreeMap<&str, &str> = BTreeMap::new();
    let filters = Facets::FIELDS.map(FilterSpec::of_field);
    for doc in docs {
        let row = store.row(doc);
        for (counts, filter) in counts.iter_mut().zip(filters.iter().flatten()) {
            let mut first = None;
            filter.of_row(row, &mut |value| first = first.or(Some(value)));
            let value = first.unwrap_or_default();
            let value = if filter.field == "rbcs" {
                subcategory(value)
            } else {
                value
            };
            *counts.entry(value).or_default() += 1;
        }
        let rbcs = subcategory(row.rbcs());
        if !rbcs.is_empty() {
            // The texts of a subcategory's codes differ only in the family.
            rbcs_labels.entry(rbcs).or_insert_with(|| {
                let text = store.text(doc, Field::Rbcs);
                text.split_once("; ").map_or(text, |(label, _)| label)
            });
        }
    }
    let [
        coverage,
        betos,
        section,
        kind,
        pricing,
        type_of_service,
        mut rbcs,
    ] = std::array::from_fn(|at| {
        counted(&counts[at], |code| {
            let label = rbcs_labels
                .get(code)
                .filter(|_| Facets::FIELDS[at] == "rbcs");
            let meaning = filters[at].and_then(|filter| filter.meaning(code));
            meaning.or(label.copied()).map(str::to_owned)
        })
    });
    if rbcs_labels.is_empty() {
        rbcs.clear();
    }
    Facets {
        coverage,
        betos,
        section,
        kind,
        pricing,
        type_of_service,
        rbcs,
    }
}

/// Category and subcategory in a code's RBCS identifier.
fn subcategory(rbcs: &str) -> &str {
    rbcs.get(..2).unwrap_or_default()
}

/// Sorts counts, the most frequent first.
fn counted(
    counts: &BTreeMap<&str, usize>,
    meaning: impl Fn(&str) -> Option<String>,
) -> Vec<FacetCount> {
    let count = |(code, count): (&&str, &usize)| FacetCount {
        code: (*code).to_owned(),
        meaning: meaning(code),
        count: *count,
    };
    let mut counts: Vec<FacetCount> = counts.iter().map(count).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then(a.code.cmp(&b.code)));
    counts
}
