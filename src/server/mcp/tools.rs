//! The tools.

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock};
use rmcp::{tool, tool_router};
use serde_json::Value;

use super::answers::{check, diff, get, history, releases, search, units};
use super::parameter::{
    CheckParameters, DiffParameters, GetParameters, HistoryParameters, NoParameters,
    SearchParameters, UnitsParameters,
};
use super::{Mcp, output, schema};
use crate::error::Result;
use crate::search::Searcher;

#[tool_router(vis = "pub(super)")]
impl Mcp {
    #[tool(
        description = "Finds HCPCS Level II codes and modifiers by words (also misspelt), brand \
                       names, codes or patterns; each hit says which words were found where",
        input_schema = schema::input::<SearchParameters>(),
        output_schema = output::search(),
        annotations(
            title = "Search codes",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn hcpcs_search(
        &self,
        Parameters(asked): Parameters<SearchParameters>,
    ) -> CallToolResult {
        self.answer(move |searcher| search(searcher, asked)).await
    }

    #[tool(
        description = "What 1 to 50 codes are: descriptors, validity on a day, successors, billing \
                       unit, coverage, brands, look-alikes; `include` gives records, notes, drug \
                       products and history whole",
        input_schema = schema::input::<GetParameters>(),
        output_schema = output::look_up(),
        annotations(
            title = "Look codes up",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn hcpcs_get(&self, Parameters(asked): Parameters<GetParameters>) -> CallToolResult {
        self.answer(move |searcher| get(searcher, &asked)).await
    }

    #[tool(
        description = "Checks claim lines (code, modifiers, day of service): valid, not yet \
                       valid, terminated with successor, unknown with the nearest, NOC, CPT; \
                       whether units agree with a dose or with an NDC and its quantity",
        input_schema = schema::input::<CheckParameters>(),
        output_schema = output::check(),
        annotations(
            title = "Check claim lines",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn hcpcs_check(&self, Parameters(asked): Parameters<CheckParameters>) -> CallToolResult {
        self.answer(move |searcher| check(searcher, &asked)).await
    }

    #[tool(
        description = "Turns a dose, single-dose vials or an NDC's package into billing units of \
                       a code on a day, with JW and JZ lines; arithmetic on CMS's data, not \
                       billing advice",
        input_schema = schema::input::<UnitsParameters>(),
        output_schema = output::units(),
        annotations(
            title = "Dose to billing units",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn hcpcs_units(&self, Parameters(asked): Parameters<UnitsParameters>) -> CallToolResult {
        self.answer(move |searcher| units(searcher, asked)).await
    }

    #[tool(
        description = "What changed between two releases: codes added, terminated, removed, \
                       reactivated, revised or reissued, with old and new values, and how many of each",
        input_schema = schema::input::<DiffParameters>(),
        output_schema = output::diff(),
        annotations(
            title = "Compare releases",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn hcpcs_diff(&self, Parameters(asked): Parameters<DiffParameters>) -> CallToolResult {
        self.answer(move |searcher| diff(searcher, asked)).await
    }

    #[tool(
        description = "What the releases said of 1 to 50 codes over time, and whether a code was \
                       used again with another meaning",
        input_schema = schema::input::<HistoryParameters>(),
        output_schema = output::look_up(),
        annotations(
            title = "Codes over time",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn hcpcs_history(
        &self,
        Parameters(asked): Parameters<HistoryParameters>,
    ) -> CallToolResult {
        self.answer(move |searcher| history(searcher, &asked)).await
    }

    #[tool(
        description = "Which releases of CMS and which other sources are loaded, with file \
                       names and hashes",
        input_schema = schema::input::<NoParameters>(),
        output_schema = output::releases(),
        annotations(
            title = "List releases",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn hcpcs_releases(&self, Parameters(_): Parameters<NoParameters>) -> CallToolResult {
        self.answer(releases).await
    }
}

impl Mcp {
    /// The result of a tool; errors are worded so that the agent can correct the call.
    async fn answer(
        &self,
        work: impl FnOnce(&Searcher) -> Result<Value> + Send + 'static,
    ) -> CallToolResult {
        let worked = self.state.compute(move |searcher, _| work(searcher)).await;
        let refused = |text: String| CallToolResult::error(vec![ContentBlock::text(text)]);
        match worked {
            Ok(Ok(value)) => CallToolResult::structured(value),
            Ok(Err(error)) => refused(error.to_string()),
            Err(problem) => refused(problem.detail),
        }
    }
}
