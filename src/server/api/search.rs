//! `/api/v1/search`: the parameters of a question in the query string, the answer as JSON.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use crate::search::{Answer, AnswerRow, Query, QueryRequest, Searcher, Takes};
use crate::server::beside_rows::beside_rows;
use crate::server::computation::Cancellation;
use crate::server::http::format::{AnswerFormat, table};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::state::State;

/// The name of the words in a query string; `query`, their name in JSON, is accepted too.
pub(super) const WORDS: &str = "q";
/// The maximum page size, and the furthest offset.
pub(super) const MOST: usize = 500;
pub(super) const FURTHEST: usize = 10_000;

/// Answers a question.
///
/// Lists take several values, separated by commas or as repeated parameters.
#[utoipa::path(
    get,
    operation_id = "search",
    path = "/api/v1/search",
    params(QueryRequest, ("format" = inline(Option<AnswerFormat>), Query,
        description = "`json`, or `csv` with a row a code; else what `Accept` asks for")),
    responses(
        (status = 200, description = "The codes that answer", content(
            (Answer = "application/json"), (String = "text/csv"),
        )),
        (status = 400, description = "A parameter is wrong", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn search(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Problem> {
    let format = AnswerFormat::take(&mut parameter::pairs(&uri)?, &headers)?;
    let response = match format {
        AnswerFormat::Json => {
            let answer = state.answer(&uri, |searcher, uri| Ok(searcher.search(&query(uri)?)?));
            answer.await?
        }
        AnswerFormat::Csv => {
            let mut query = query(&uri)?;
            // A list is written completely, up to the maximum page size.
            if query.limit.is_none() && query.text.trim().is_empty() {
                query.limit = Some(MOST);
            }
            let work = move |searcher: &Searcher, _: &Cancellation| csv(searcher, &query);
            state.compute(work).await??
        }
    };
    Ok(AnswerFormat::varied(response))
}

/// The hits as a table; the rest of the answer is in headers.
fn csv(searcher: &Searcher, query: &Query) -> Result<Response, Problem> {
    let answer = searcher.search(query)?;
    let fields = AnswerRow::usual_fields();
    let mut rows = vec![fields.iter().map(ToString::to_string).collect()];
    for row in answer.rows() {
        let cells = row.cells(&fields).map_err(|_| Problem::failed())?;
        rows.push(
            cells
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<String>>(),
        );
    }
    table(rows, &beside_rows(&answer))
}

fn query(uri: &Uri) -> Result<Query, Problem> {
    let mut pairs = parameter::pairs(uri)?;
    pairs.retain(|(name, _)| name != "format");
    let named = pairs.iter().map(|(name, value)| {
        let name = if name == WORDS { "query" } else { name };
        (name, value.as_ref())
    });
    parameter::refuse_blanks(uri, is_choice)?;
    let request = QueryRequest::from_pairs(named)?;
    if request.id.is_some() {
        let detail = "there is no parameter `id` here; `/api/v1/batch` gives ids back";
        return Err(Problem::bad(detail));
    }
    let query = Query::try_from(request)?;
    if query.text.trim().is_empty() && query.filters.is_empty() {
        let detail = "nothing is asked; give `query`, or a filter such as `coverage=D`";
        return Err(Problem::bad(detail));
    }
    if query.limit.is_some_and(|limit| limit > MOST) || query.offset > FURTHEST {
        let detail = format!(
            "the page is out of reach; give a `limit` up to {MOST} and an `offset` up to {FURTHEST}"
        );
        return Err(Problem::bad(detail));
    }
    Ok(query)
}

/// Whether a parameter selects values: without a value it would silently select nothing.
pub(super) fn is_choice(name: &str) -> bool {
    let named = QueryRequest::parameters().find(|parameter| parameter.name == name);
    named.is_some_and(|own| {
        matches!(
            own.takes,
            Takes::Flag | Takes::List | Takes::Choice(_) | Takes::Day
        )
    })
}
