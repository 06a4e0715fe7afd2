//! The page at `/`: search, records, comparison, browsing, checking, code tables and changes for people.
//!
//! Every state is rendered here, so that it works without a script; the script replaces the results
//! as the user types. The state is in the URL, under the names of `/api/v1/search`. All data comes
//! from the library: nothing is ranked or decoded here.

mod search;

mod record;

mod compare;

mod browse;

mod check;

mod tables;

mod changes;

mod shell;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::server::state::State;

pub(super) use self::shell::asset::favicon;
pub(super) use self::shell::response::unknown;

/// The routes of the page.
pub(super) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/", get(search::search::search))
        .route("/list.csv", get(search::list_file::csv))
        .route("/list.xlsx", get(search::list_file::workbook))
        .route("/codes/{code}", get(record::record::record))
        .route("/compare", get(compare::compare::compare))
        .route("/browse", get(browse::browse::browse))
        .route("/browse/{prefix}", get(browse::browse::browse))
        .route("/check", get(check::check::form).post(check::check::check))
        .route("/tables", get(tables::tables::tables))
        .route("/tables/{name}", get(tables::tables::tables))
        .route("/changes", get(changes::changes::changes))
        .route("/assets/{name}", get(shell::asset::asset))
}
