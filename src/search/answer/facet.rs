//! Facets: the number of matching codes for each coded value.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::index::Field;
use crate::index::store::tables::Store;
use crate::search::question::filter_table::{FILTERS, FilterSpec};

/// A value, and how many matching codes have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct FacetCount {
    /// The value; empty for codes that have none.
    pub code: String,
    /// Its meaning, if known.
    pub meaning: Option<String>,
    /// How many matching codes have it.
    pub count: usize,
}

/// Facet counts over all matching codes, by the fields of the filters that have a
/// [`facet`](FilterSpec::facet). In each facet a code is counted once, under its first value if it
/// has several, so that each facet adds up to the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facets(Vec<(&'static str, Vec<FacetCount>)>);

impl Facets {
    /// The counts of a field, such as `coverage`; empty if it has no facet.
    #[must_use]
    pub fn of(&self, field: &str) -> &[FacetCount] {
        let own = self.0.iter().find(|(name, _)| *name == field);
        own.map_or(&[], |(_, counts)| counts)
    }
}

impl Default for Facets {
    fn default() -> Self {
        let fields = counted(&FILTERS).into_iter().map(|filter| filter.field);
        Self(fields.map(|field| (field, Vec::new())).collect())
    }
}

impl Serialize for Facets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, counts)| (field, counts)))
    }
}

#[cfg(feature = "serve")]
impl utoipa::PartialSchema for Facets {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::{ArrayBuilder, ObjectBuilder, Ref};
        let of = Ref::from_schema_name(<FacetCount as utoipa::ToSchema>::name());
        let facets = counted(&FILTERS).into_iter();
        let object = facets.fold(ObjectBuilder::new(), |object, filter| {
            let counts = ArrayBuilder::new().items(of.clone());
            let counts = counts.description(filter.facet);
            object.property(filter.field, counts).required(filter.field)
        });
        let about = "Facet counts over all matching codes. In each facet a code is counted once, \
            under its first\nvalue if it has several, so that each facet adds up to the total.";
        object.description(Some(about)).into()
    }
}

#[cfg(feature = "serve")]
impl utoipa::ToSchema for Facets {
    fn schemas(all: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
        let name = <FacetCount as utoipa::ToSchema>::name();
        all.push((name.into(), <FacetCount as utoipa::PartialSchema>::schema()));
    }
}

/// The field whose values are a taxonomy's, which an index may lack.
const TAXONOMY: &str = "rbcs";

/// The filters with facets: those of releases, then that of the taxonomy.
fn counted(filters: &[FilterSpec]) -> Vec<&FilterSpec> {
    let own = filters.iter().filter(|filter| filter.facet.is_some());
    let (taxonomy, mut counted): (Vec<_>, Vec<_>) = own.partition(|own| own.field == TAXONOMY);
    counted.extend(taxonomy);
    counted
}

/// Counts some documents by their coded values.
pub(crate) fn count(store: &Store, docs: impl Iterator<Item = u32>) -> Facets {
    count_by(&FILTERS, store, docs)
}

fn count_by(filters: &[FilterSpec], store: &Store, docs: impl Iterator<Item = u32>) -> Facets {
    let mut facets: Vec<(&FilterSpec, BTreeMap<&str, usize>)> = counted(filters)
        .into_iter()
        .map(|filter| (filter, BTreeMap::new()))
        .collect();
    let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
    for doc in docs {
        let row = store.row(doc);
        for (filter, counts) in &mut facets {
            let mut first = None;
            filter.of_row(row, &mut |value| first = first.or(Some(value)));
            let mut value = first.unwrap_or_default();
            if filter.field == TAXONOMY {
                value = subcategory(value);
            }
            *counts.entry(value).or_default() += 1;
        }
        let rbcs = subcategory(row.rbcs().as_str());
        if !rbcs.is_empty() {
            // The texts of a subcategory's codes differ only in the family.
            labels.entry(rbcs).or_insert_with(|| {
                let text = store.text(doc, Field::Rbcs);
                text.split_once("; ").map_or(text, |(label, _)| label)
            });
        }
    }
    let facet = |(filter, mut counts): (&FilterSpec, BTreeMap<&str, usize>)| {
        let is_taxonomy = filter.field == TAXONOMY;
        if is_taxonomy && labels.is_empty() {
            counts.clear();
        }
        let label = |code: &str| labels.get(code).copied().filter(|_| is_taxonomy);
        let meaning = |code: &str| filter.meaning(code).or_else(|| label(code));
        (
            filter.field,
            in_order(&counts, |code| meaning(code).map(str::to_owned)),
        )
    };
    Facets(facets.into_iter().map(facet).collect())
}

/// Category and subcategory in a code's RBCS identifier.
fn subcategory(rbcs: &str) -> &str {
    rbcs.get(..2).unwrap_or_default()
}

/// Sorts counts, the most frequent first.
fn in_order(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::searcher::of_starter_set;

    #[test]
    fn a_filter_is_counted_because_its_entry_says_so() {
        let (_folder, searcher) = of_starter_set();
        let store = &searcher.reader.store;
        let made_up = [FilterSpec::made_up()];
        let facets = count_by(&made_up, store, 0..store.len());
        let counts = facets.of("made_up");
        assert!(
            counts
                .iter()
                .any(|own| own.code == "YY" && own.meaning.is_some())
        );
        let total: usize = counts.iter().map(|own| own.count).sum();
        assert_eq!(total, store.len() as usize);
        let json = serde_json::to_value(&facets).unwrap();
        assert_eq!(json["made_up"].as_array().unwrap().len(), counts.len());
    }
}
