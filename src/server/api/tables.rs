//! `/api/v1/tables`: the code tables, and each with the number of codes that have its values.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::codeset::{Date, Table};
use crate::error::excerpt;
use crate::search::TableRow;
use crate::server::http::format::with_notices;
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::http::reply;
use crate::server::state::State;

use crate::server::http::query_string::{day, refuse_blank_day};

/// A code table.
#[derive(Serialize, ToSchema)]
pub(super) struct TableName {
    /// Its name, as in the path.
    #[schema(example = "coverage")]
    name: &'static str,
    /// What its values say of a code, in CMS's words.
    #[schema(example = "Coverage code")]
    title: &'static str,
}

/// All code tables.
#[utoipa::path(
    get,
    operation_id = "listTables",
    path = "/api/v1/tables",
    responses((status = 200, description = "Their names", body = Vec<TableName>))
)]
pub(super) async fn tables(uri: Uri) -> Result<Response, Problem> {
    parameter::none(&uri)?;
    let name = |table: &Table| TableName {
        name: table.name,
        title: table.title,
    };
    Ok(reply::json(&Table::all().map(name)))
}

/// The values of a code table.
#[utoipa::path(
    get,
    operation_id = "getTable",
    path = "/api/v1/tables/{name}",
    params(
        ("name" = String, Path, description = "The table", example = "coverage"),
        ("as_of" = Option<String>, Query, format = Date, description = "Count codes valid on this day, `YYYY-MM-DD`; else today"),
    ),
    responses(
        (status = 200, description = "Its values with meaning and count", body = Vec<TableRow>),
        (status = 400, description = "A parameter is wrong", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "There is no such table", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn table(
    Shared(state): Shared<Arc<State>>,
    Path(name): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    refuse_blank_day(&uri)?;
    let as_of = day("as_of", parameter::only(&uri, "as_of")?.as_deref())?;
    let wanted = name.to_ascii_lowercase().replace(['-', ' '], "_");
    let table = Table::all().into_iter().find(|table| table.name == wanted);
    let table = table.ok_or_else(|| {
        let names = Table::all().map(|table| table.name).join(", ");
        let shown = excerpt(&name);
        Problem::missing(format!("there is no table `{shown}`; there are {names}"))
    })?;
    let searcher = state.searcher();
    let response = reply::json(&searcher.table(table, as_of));
    let notices = searcher.notices_on(as_of.unwrap_or_else(Date::today));
    Ok(with_notices(response, &notices))
}
