//! What the tools take.

use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::release::ReleaseId;
use crate::search::{ChangesFilter, ChangesRequest, Query, QueryRequest};

/// How many hits are given where nothing is said, and at most.
const USUAL: usize = 10;
const MOST: usize = 50;
/// The same for the codes of a list of changes.
const USUAL_CHANGES: usize = 20;
const MOST_CHANGES: usize = 200;

/// A question.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct SearchParameters {
    /// Words (misspelt ones too), brand names, "phrases", -words left out, codes (J1640),
    /// patterns (J16*) or ranges (J1600-J1699).
    query: String,
    /// The day for which codes are asked, YYYY-MM-DD; today where there is none.
    as_of: Option<String>,
    /// What a code must be to be an answer.
    #[serde(default)]
    filters: CodeFilters,
    /// Also codes that are not valid on the day.
    #[serde(default)]
    terminated: bool,
    /// How many hits to give, up to 50; 10 where it is not said.
    limit: Option<usize>,
}

/// What a code must be to be an answer: of each list one value.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
struct CodeFilters {
    /// BETOS values, or parts of the tree: O1E, O1, O.
    #[serde(default)]
    betos: Vec<String>,
    /// Coverage: C, D, I, M, S.
    #[serde(default)]
    coverage: Vec<String>,
    /// procedure or modifier.
    #[serde(default)]
    kind: Vec<String>,
    /// Sections, the first letter of a code.
    #[serde(default)]
    section: Vec<String>,
    /// Codes, patterns and ranges.
    #[serde(default)]
    codes: Vec<String>,
    /// Pricing indicators.
    #[serde(default)]
    pricing: Vec<String>,
    /// Types of service.
    #[serde(default)]
    tos: Vec<String>,
    /// What the release did to the code: A added, C changed, D discontinued, N nothing.
    #[serde(default)]
    action: Vec<String>,
    /// RBCS values, or parts of the tree.
    #[serde(default)]
    rbcs: Vec<String>,
    /// Days on which the code was added: 2025-01-01.., ..2024-12-31.
    #[serde(default)]
    added: Vec<String>,
    /// Only codes "not otherwise classified".
    #[serde(default)]
    noc: bool,
}

impl SearchParameters {
    /// The question.
    pub(super) fn query(self) -> Result<Query> {
        Query::try_from(QueryRequest {
            query: self.query,
            as_of: self.as_of,
            limit: self.limit.unwrap_or(USUAL).min(MOST),
            terminated: self.terminated,
            ..self.filters.request()
        })
    }
}

impl CodeFilters {
    /// A question with these filters and nothing else.
    fn request(self) -> QueryRequest {
        QueryRequest {
            betos: self.betos,
            coverage: self.coverage,
            kind: self.kind,
            section: self.section,
            codes: self.codes,
            pricing: self.pricing,
            tos: self.tos,
            action: self.action,
            rbcs: self.rbcs,
            added: self.added,
            noc: self.noc,
            ..QueryRequest::default()
        }
    }
}

/// Two releases to compare.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct DiffParameters {
    /// The old release, such as 2025-10; `hcpcs_releases` lists those that are loaded.
    from: String,
    /// The new release, such as 2026-01.
    to: String,
    /// Only these codes: J1640, patterns (J16*) or ranges (J1600-J1699).
    #[serde(default)]
    only: Vec<String>,
    /// What a code must be, before or after.
    #[serde(default)]
    filters: CodeFilters,
    /// How many codes of each list to give, up to 200; 20 where it is not said.
    limit: Option<usize>,
}

impl DiffParameters {
    /// What is compared, and how many codes of each list are given.
    pub(super) fn request(self) -> Result<(ChangesRequest, usize)> {
        let within = ChangesFilter {
            filters: Query::try_from(self.filters.request())?.filters,
            only: ChangesFilter::watch_list(&self.only)?,
        };
        let request = ChangesRequest {
            old: release("from", &self.from)?,
            new: release("to", &self.to)?,
            within,
            summary: false,
        };
        let limit = self.limit.unwrap_or(USUAL_CHANGES).min(MOST_CHANGES);
        Ok((request, limit))
    }
}

fn release(name: &str, text: &str) -> Result<ReleaseId> {
    text.trim().parse().map_err(|_| {
        let shown: String = text.chars().take(40).collect();
        let reason = format!("`{name}` cannot be `{shown}`; give a release, such as 2026-01");
        Error::query(reason)
    })
}

/// Codes to look up over time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct HistoryParameters {
    /// 1 to 50 procedure codes or modifiers.
    #[schemars(length(min = 1, max = 50))]
    pub(super) codes: Vec<String>,
}

/// Codes to look up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct GetParameters {
    /// 1 to 50 procedure codes or modifiers.
    #[schemars(length(min = 1, max = 50))]
    pub(super) codes: Vec<String>,
    /// The day for which codes are asked, YYYY-MM-DD; today where there is none.
    pub(super) as_of: Option<String>,
}

/// Claim lines to check.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct CheckParameters {
    /// 1 to 200 lines, each a code with modifiers and a day of service: `J1640 JW 2026-01-15`,
    /// `HC:J1640:JW`, or an object with `code`, `modifiers` (a list), `dos`, `line_id`, `units`.
    #[schemars(length(min = 1, max = 200))]
    pub(super) lines: Vec<Value>,
    /// The day of service of lines that name none, YYYY-MM-DD; today where there is none.
    pub(super) as_of: Option<String>,
}

/// Nothing.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct NoParameters {}
