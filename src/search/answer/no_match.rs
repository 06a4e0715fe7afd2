//! Nothing found: why, and what is near.

use crate::codeset::Code;
use crate::error::Result;
use crate::index::Field;

use super::answer::Answer;
use crate::search::plan::plan::PlanOptions;
use crate::search::question::filter_table::Filters;
use crate::search::question::query::Query;
use crate::search::searcher::Searcher;

/// The most codes that are named as near.
const MOST_NEAR: usize = 4;

impl Searcher {
    /// Adds to an answer without hits why there is none, and what is near.
    pub(crate) fn explain_nothing(&self, query: &Query, answer: &mut Answer) -> Result<()> {
        if !query.filters.is_empty() && !query.text.trim().is_empty() {
            let open = Query {
                filters: Filters::default(),
                limit: 1,
                facets: false,
                ..query.clone()
            };
            let total = self.search(&open)?.total;
            if total > 0 {
                let codes = if total == 1 {
                    "1 code matches"
                } else {
                    &format!("{total} codes match")
                };
                answer.notices.push(format!("{codes} without the filters"));
            }
        }
        for asked in &answer.not_found {
            if let Ok(code) = asked.parse::<Code>() {
                let near = self.near(code);
                if !near.is_empty() {
                    answer
                        .notices
                        .push(format!("near {code}: {}", near.join(", ")));
                }
            } else if query.exact {
                let options = PlanOptions {
                    exact: false,
                    annotations: query.annotations,
                    force_corrections: false,
                };
                let near = self.corrections_of(asked, options);
                if !near.is_empty() {
                    answer
                        .notices
                        .push(format!("near \"{asked}\": {}", near.join(", ")));
                }
            }
        }
        Ok(())
    }

    /// The codes that stand next to where a code would stand.
    pub(crate) fn near(&self, code: Code) -> Vec<String> {
        let store = &self.reader.store;
        let bytes = code.bytes();
        let at = crate::index::store::bytes::partition(store.len(), |doc| {
            store.row(doc).code_bytes() < bytes
        });
        let half = u32::try_from(MOST_NEAR / 2).unwrap_or(1);
        let around = at.saturating_sub(half)..at.saturating_add(half).min(store.len());
        let same_section = |doc: &u32| {
            let other = store.row(*doc).code();
            store.row(*doc).code_bytes()[0] == bytes[0]
                && other.is_some_and(|other| other.kind() == code.kind())
        };
        let mut near: Vec<String> = around
            .filter(same_section)
            .map(|doc| store.text(doc, Field::Code).to_owned())
            .collect();
        near.dedup();
        near
    }
}
