//! Answers without hits: the reasons, and the nearest codes.

use crate::error::Result;

use super::answer::Answer;
use crate::search::plan::plan::PlanOptions;
use crate::search::question::filter_table::Filters;
use crate::search::question::query::Query;
use crate::search::searcher::Searcher;

impl Searcher {
    /// Adds to an answer without hits the reasons, and the nearest codes.
    pub(crate) fn explain_nothing(&self, query: &Query, answer: &mut Answer) -> Result<()> {
        if !query.filters.is_empty() && !query.text.trim().is_empty() {
            let open = Query {
                filters: Filters::default(),
                limit: Some(1),
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
            if query.exact && answer.asked.is_empty() {
                let options = PlanOptions {
                    exact: false,
                    annotations: query.annotations,
                    force_corrections: false,
                    completes: !query.finished,
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
}
