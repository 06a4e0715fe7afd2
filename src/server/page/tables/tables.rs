//! `/tables/{name}`: the values of a code table, their meanings, and how many codes have each.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, Uri};
use axum::response::Response;

use crate::codeset::Table;
use crate::error::excerpt;
use crate::search::{FILTERS, FilterSpec, Searcher, TableRow};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::page::search::address::Address;
use crate::server::page::shell::response::{html, or_problem};
use crate::server::page::shell::shell::Shell;
use crate::server::state::State;

/// The tables, or one of them.
#[derive(Template)]
#[template(path = "tables.html")]
struct TablesPage {
    shell: Shell,
    others: Vec<Other>,
    title: &'static str,
    rows: Vec<Row>,
}

/// A link to a table.
struct Other {
    title: &'static str,
    address: String,
    is_shown: bool,
}

/// A value of the table.
struct Row {
    code: String,
    meaning: String,
    note: &'static str,
    group: String,
    count: usize,
    /// The codes that have the value.
    codes: Option<Address>,
}

/// Shows the names of all tables, and the values of one.
pub(crate) async fn tables(
    Shared(state): Shared<Arc<State>>,
    name: Option<Path<String>>,
    uri: Uri,
) -> Response {
    let searcher = state.searcher();
    let name = name.map(|Path(name)| name);
    or_problem(&searcher, &uri, page(&searcher, name.as_deref(), &uri))
}

fn page(searcher: &Searcher, name: Option<&str>, uri: &Uri) -> Result<Response, Problem> {
    let day =
        crate::server::http::query_string::day("as_of", parameter::only(uri, "as_of")?.as_deref())?;
    let all = Table::all();
    let table = match name {
        Some(name) => all.iter().find(|own| own.name == name).ok_or_else(|| {
            let shown = excerpt(name);
            Problem::missing(format!("there is no table “{shown}”"))
        })?,
        None => &all[0],
    };
    let shell = Shell::new(searcher, table.title, "", day);
    let as_of = shell.other_day();
    let other = |own: &&'static Table| Other {
        title: own.title,
        address: address(own.name, as_of.as_deref()),
        is_shown: own.name == table.name,
    };
    let row = |own: TableRow| row(own, table, as_of.as_deref());
    let page = TablesPage {
        others: all.iter().map(other).collect(),
        title: table.title,
        rows: searcher.table(table, day).into_iter().map(row).collect(),
        shell,
    };
    Ok(html(StatusCode::OK, &page))
}

fn row(own: TableRow, table: &Table, as_of: Option<&str>) -> Row {
    let of_table = |filter: &&FilterSpec| filter.table().is_some_and(|own| own.name == table.name);
    let filter = FILTERS.iter().find(of_table);
    let codes = filter.filter(|_| own.count > 0).map(|filter| {
        let address = Address::new("/").with(filter.name, Some(&own.code));
        address.with("as_of", as_of)
    });
    Row {
        meaning: own
            .meaning
            .unwrap_or_else(|| "not in CMS's table".to_owned()),
        note: table.entry(&own.code).map_or("", |entry| entry.note),
        group: own.group,
        count: own.count,
        codes,
        code: own.code,
    }
}

fn address(name: &str, as_of: Option<&str>) -> String {
    let day = as_of.map_or_else(String::new, |day| format!("?as_of={day}"));
    format!("/tables/{name}{day}")
}
