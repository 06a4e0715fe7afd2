//! `/api/v1/suggest`: completions of a partly typed text.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;

use crate::codeset::Date;
use crate::search::Suggestion;
use crate::server::http::format::with_notices;
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::state::State;

use crate::server::http::query_string::{day, refuse_blank_day};

/// The default number of completions, and the maximum.
const USUAL: usize = 10;
const MOST: usize = 100;

/// Completes a partly typed text.
#[utoipa::path(
    get,
    operation_id = "suggest",
    path = "/api/v1/suggest",
    params(
        ("q" = String, Query, description = "What was typed so far; `query` is the same", example = "glycop"),
        ("limit" = Option<usize>, Query, maximum = 100, description = "How many completions to give, up to 100; else 10"),
        ("as_of" = Option<String>, Query, format = Date, description = "Codes valid on this day, `YYYY-MM-DD`; else today"),
    ),
    responses(
        (status = 200, description = "Codes and words, the ones that lead to most codes first",
            body = Vec<Suggestion>),
        (status = 400, description = "A parameter is wrong", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn suggest(
    Shared(state): Shared<Arc<State>>,
    uri: Uri,
) -> Result<Response, Problem> {
    let (_, _, as_of) = read(&uri)?;
    let notices = state
        .searcher()
        .notices_on(as_of.unwrap_or_else(Date::today));
    let answer = state.answer(&uri, |searcher, uri| {
        let (typed, limit, as_of) = read(uri)?;
        Ok(searcher.suggest(&typed, limit, as_of))
    });
    Ok(with_notices(answer.await?, &notices))
}

fn read(uri: &Uri) -> Result<(Cow<'_, str>, usize, Option<Date>), Problem> {
    refuse_blank_day(uri)?;
    let [mut typed, mut limit, mut as_of] = [const { None }; 3];
    for (name, value) in parameter::pairs(uri)? {
        let slot = match &*name {
            "q" | "query" => &mut typed,
            "limit" => &mut limit,
            "as_of" => &mut as_of,
            _ => return Err(parameter::unknown(&name, "query, limit, as_of")),
        };
        if slot.replace(value).is_some() {
            return Err(parameter::twice(&name));
        }
    }
    let typed = typed.ok_or_else(|| {
        Problem::bad("`q` is missing; give what was typed so far, such as `glycop`")
    })?;
    let limit = limit.map_or(Ok(USUAL), |limit| limit.trim().parse());
    let limit = limit.ok().filter(|limit| *limit <= MOST).ok_or_else(|| {
        Problem::bad(format!(
            "`limit` is no number up to {MOST}; give one such as {USUAL}"
        ))
    })?;
    let as_of = day("as_of", as_of.as_deref())?;
    Ok((typed, limit, as_of))
}
