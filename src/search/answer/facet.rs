//! Facets: the whole match counted by its coded values.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::codeset::{Betos, Coverage, PricingIndicator, Section, TypeOfService};
use crate::index::Field;
use crate::index::store::packed::Packed;
use crate::index::store::row::Row;
use crate::index::store::tables::Store;

/// A value and how many of the match have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct FacetCount {
    /// The value; empty for codes that have none.
    pub code: String,
    /// Its meaning, where it is known.
    pub meaning: Option<String>,
    /// How many codes of the match have it.
    pub count: usize,
}

/// Counts over the whole match. Every code counts once a facet, by its first value where it
/// has several, so that each facet adds up to the total.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
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
    /// By RBCS category and subcategory, where the index has that taxonomy.
    pub rbcs: Vec<FacetCount>,
}

/// Counts some documents by their coded values.
pub(crate) fn count(store: &Store, docs: impl Iterator<Item = u32>) -> Facets {
    let mut counts: [BTreeMap<&str, usize>; 7] = Default::default();
    let mut rbcs_labels: BTreeMap<&str, &str> = BTreeMap::new();
    for doc in docs {
        let row = store.row(doc);
        let rbcs = row.rbcs().get(..2).unwrap_or_default();
        let values = [
            row.coverage().as_str(),
            row.betos().as_str(),
            section(row),
            if row.is_modifier() {
                "modifier"
            } else {
                "procedure"
            },
            row.pricing().next().map_or("", Packed::as_str),
            row.type_of_service().next().map_or("", Packed::as_str),
            rbcs,
        ];
        if !rbcs.is_empty() {
            // The texts of a subcategory's codes differ only in the family.
            rbcs_labels.entry(rbcs).or_insert_with(|| {
                let text = store.text(doc, Field::Rbcs);
                text.split_once("; ").map_or(text, |(label, _)| label)
            });
        }
        for (counts, value) in counts.iter_mut().zip(values) {
            *counts.entry(value).or_default() += 1;
        }
    }
    let [
        coverage,
        betos,
        sections,
        kind,
        pricing,
        type_of_service,
        rbcs,
    ] = counts;
    Facets {
        coverage: counted(&coverage, meaning::<Coverage>(|value| value.meaning())),
        betos: counted(&betos, meaning::<Betos>(|value| value.meaning())),
        section: counted(&sections, meaning::<Section>(|value| value.meaning())),
        kind: counted(&kind, |_| None),
        pricing: counted(
            &pricing,
            meaning::<PricingIndicator>(|value| value.meaning()),
        ),
        type_of_service: counted(&type_of_service, meaning::<TypeOfService>(|v| v.meaning())),
        rbcs: if rbcs_labels.is_empty() {
            Vec::new()
        } else {
            let label = |code: &str| rbcs_labels.get(code).map(|label| (*label).to_owned());
            counted(&rbcs, label)
        },
    }
}

fn section(row: Row<'_>) -> &'static str {
    let section = row.code().and_then(|code| code.section());
    section
        .and_then(|section| Section::table().entry(section.as_str()))
        .map_or("", |entry| entry.code)
}

fn meaning<T: std::str::FromStr>(
    meaning: impl Fn(T) -> Option<&'static str>,
) -> impl Fn(&str) -> Option<String> {
    move |code| code.parse().ok().and_then(&meaning).map(str::to_owned)
}

/// The most frequent first.
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
