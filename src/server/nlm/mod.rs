//! `/api/hcpcs/v3/search`: the array format of NLM's Clinical Table Search Service, version 3.
//!
//! The following could not be checked against the live service and is assumed: `display` is the
//! long descriptor; `obsolete` and `is_noc` are booleans; modifiers are not in the table; the
//! header `hcpcs-notice` says that the release is old or partial, what was not found, and which codes
//! are not known to be valid; adjacent clauses of `q` are joined by OR,
//! as in Elasticsearch; an error is a problem document; unknown parameters are ignored, and the
//! header names them.

mod answer;
mod cells;
mod constraint;
mod constraint_parser;
mod field;
mod highlight;
mod request;
mod tokens;
mod value;

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;

use crate::codeset::{Date, Kind};
use crate::search::day_facts::unclear_notice;
use crate::search::list::list_query::behind_end;
use crate::search::{ListQuery, ListedCode, Query, Searcher};

use crate::server::computation::Cancellation;
use crate::server::http::format::with_notices;
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::http::reply;
use crate::server::state::{State, is_long};

use answer::{Answer, Suggestions};
use cells::Cells;
use constraint::Constraint;
use field::TableField;
use request::{Request, RequestParameters};

/// Lists codes in NLM's format.
#[utoipa::path(
    get,
    operation_id = "searchTable",
    path = "/api/hcpcs/v3/search",
    params(RequestParameters),
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
    if request.suggest {
        return suggest(&state.searcher(), &request);
    }
    let constraint = request.constraint()?;
    if constraint.is_none() && !request.terms.is_empty() && !is_long(&uri) {
        return list(&state.searcher(), &request, None, &|| false);
    }
    // A constraint is compared with every code.
    let work = move |searcher: &Searcher, cancellation: &Cancellation| {
        let is_due = || cancellation.is_due();
        list(searcher, &request, constraint.as_ref(), &is_due)
    };
    state.compute(work).await?
}

/// Lists the codes for a request. When `is_due`, it stops, as nobody gets the result.
fn list(
    searcher: &Searcher,
    request: &Request,
    constraint: Option<&Constraint>,
    is_due: &dyn Fn() -> bool,
) -> Result<Response, Problem> {
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
    let holds = |listed: &ListedCode<'_>, constraint: &Constraint| {
        !is_due() && constraint.holds(&Cells::new(*listed), &request.searched)
    };
    let keep = |listed: &ListedCode<'_>| {
        let code = listed.parsed_code();
        code.is_some_and(|code| code.kind() == Kind::Procedure)
            && constraint.is_none_or(|constraint| holds(listed, constraint))
    };
    let list = searcher.list(&query, keep)?;
    let mut notices = searcher.notices_on(Date::today());
    let unclear = list.page.iter().filter(|own| own.unclear().is_some());
    notices.extend(unclear_notice(unclear.map(ListedCode::code), Date::today()));
    notices.extend(behind_end(request.offset, list.total));
    if list.total == 0 {
        notices.push(request.nothing_found());
    }
    let names_noc = constraint.is_some_and(|own| own.names(TableField::IsNoc));
    let is_unknown = |listed: &ListedCode<'_>| listed.not_otherwise_classified().is_none();
    if names_noc && searcher.list(&ListQuery::default(), is_unknown)?.total > 0 {
        notices.push("is_noc: of some codes it is not known, as no NOC list came with them".into());
    }
    notices.extend(request.notices.iter().cloned());
    let response = reply::json(&Answer::new(&list, request));
    Ok(with_notices(response, &notices))
}

/// Codes for a possibly misspelt word.
fn suggest(searcher: &Searcher, request: &Request) -> Result<Response, Problem> {
    let query = Query {
        text: request.field_val.clone(),
        limit: Some(request.count),
        ..Query::default()
    };
    if query.text.trim().is_empty() {
        return Ok(reply::json(&Suggestions::default()));
    }
    let answer = searcher.search(&query)?;
    let mut notices = searcher.notices_on(answer.as_of);
    let others = answer.notices.iter().filter(|own| !notices.contains(own));
    let others: Vec<String> = others.cloned().collect();
    notices.extend(others);
    for own in &answer.searched_instead {
        let instead = own.instead.join(", ");
        notices.push(format!("searched for {instead} instead of {}", own.asked));
    }
    if !answer.not_found.is_empty() {
        notices.push(format!("no code has: {}", answer.not_found.join(", ")));
    }
    notices.extend(request.notices.iter().cloned());
    let hits = answer
        .hits
        .into_iter()
        .filter(|hit| hit.kind == Kind::Procedure);
    let (codes, displays) = hits
        .map(|hit| (hit.code.to_string(), hit.long_descriptor.clone()))
        .unzip();
    let suggestions = Suggestions(codes, displays, ());
    Ok(with_notices(reply::json(&suggestions), &notices))
}
