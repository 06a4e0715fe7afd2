//! `/api/hcpcs/v3/search`: the array format of NLM's Clinical Table Search Service, version 3.
//!
//! What could not be checked against the live service is assumed, and told here:
//! `display` is the long descriptor; `obsolete` and `is_noc` are booleans; modifiers are not in
//! the table; clauses of `q` beside each other are joined by OR, as Elasticsearch does it; an
//! error is a problem document; parameters that are not known are passed over.

mod answer;
mod constraint;
mod field;
mod highlight;
mod request;
mod tokens;

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;

use crate::codeset::Kind;
use crate::search::{ListQuery, Listed, Query, Searcher};

use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::http::reply;
use crate::server::state::State;

use answer::{Answer, Suggestions};
use request::Request;

/// Lists codes in NLM's format.
#[utoipa::path(
    get,
    path = "/api/hcpcs/v3/search",
    params(Request),
    responses(
        (status = 200, description = "Total, codes, extra fields, display strings",
            body = Vec<serde_json::Value>),
        (status = 400, description = "A parameter is wrong", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn search(
    Shared(state): Shared<Arc<State>>,
    uri: Uri,
) -> Result<Response, Problem> {
    let request = Request::read(&parameter::pairs(&uri)?, state.caps())?;
    let searcher = state.searcher();
    if request.suggest {
        return suggest(&searcher, &request);
    }
    let constraint = request.constraint()?;
    let query = ListQuery {
        fields: request
            .searched
            .iter()
            .filter_map(|field| field.indexed())
            .collect(),
        words: request.terms.clone(),
        offset: request.offset,
        limit: request.count,
        ..ListQuery::default()
    };
    let keep = |listed: &Listed<'_>| {
        let is_procedure = listed
            .parsed_code()
            .is_some_and(|code| code.kind() == Kind::Procedure);
        is_procedure
            && constraint
                .as_ref()
                .is_none_or(|constraint| constraint.holds(listed, &request.searched))
    };
    let list = searcher.list(&query, keep)?;
    Ok(reply::json(&Answer::new(&list, &request)))
}

/// Codes for a word that may be misspelt.
fn suggest(searcher: &Searcher, request: &Request) -> Result<Response, Problem> {
    let query = Query {
        text: request.field_val.clone(),
        limit: request.count,
        ..Query::default()
    };
    if query.text.trim().is_empty() {
        return Ok(reply::json(&Suggestions::default()));
    }
    let answer = searcher.search(&query)?;
    let hits = answer
        .hits
        .into_iter()
        .filter(|hit| hit.kind == Kind::Procedure);
    let (codes, displays) = hits
        .map(|hit| (hit.code.to_string(), hit.long_descriptor))
        .unzip();
    Ok(reply::json(&Suggestions(codes, displays, ())))
}
