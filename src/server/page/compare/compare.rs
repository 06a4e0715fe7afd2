//! `/compare?codes=J1596,J1597`: two to four codes side by side, with the differences emphasised.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Shared;
use axum::http::{StatusCode, Uri};
use axum::response::Response;

use crate::codeset::{Code, Date, ParseCodeError};
use crate::error::excerpt;
use crate::search::{Details, Searcher};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::page::search::address::of_code;
use crate::server::page::search::result::status;
use crate::server::page::shell::response::{html, or_problem};
use crate::server::page::shell::shell::Shell;
use crate::server::state::State;

/// The maximum of codes: more columns do not fit side by side.
const MOST: usize = 4;

/// Codes side by side.
#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    shell: Shell,
    asked: String,
    codes: Vec<(String, String)>,
    rows: Vec<Row>,
}

/// A field, and its value in each of the codes.
struct Row {
    name: &'static str,
    values: Vec<String>,
    differs: bool,
}

/// Compares codes.
pub(crate) async fn compare(Shared(state): Shared<Arc<State>>, uri: Uri) -> Response {
    let searcher = state.searcher();
    or_problem(&searcher, &uri, page(&searcher, &uri))
}

fn page(searcher: &Searcher, uri: &Uri) -> Result<Response, Problem> {
    let pairs = parameter::pairs(uri)?;
    let (mut asked, mut day) = (Vec::new(), None);
    for (name, value) in &pairs {
        match name.as_ref() {
            "codes" => asked.push(value.as_ref()),
            "as_of" => day = crate::server::http::query_string::day("as_of", Some(value))?,
            other => {
                let detail = format!("there is no parameter `{other}`; there are codes and as_of");
                return Err(Problem::bad(detail));
            }
        }
    }
    let asked = asked.join(" ");
    let details = details(searcher, &asked, day)?;
    let shell = Shell::new(searcher, "Compare codes", "", day);
    let as_of = shell.other_day();
    let code = |own: &Details| {
        let code = own.code.to_string();
        let href = of_code(&code, as_of.as_deref());
        (code, href)
    };
    let page = ComparePage {
        codes: details.iter().map(code).collect(),
        rows: rows(&details),
        asked,
        shell,
    };
    Ok(html(StatusCode::OK, &page))
}

fn details(searcher: &Searcher, asked: &str, day: Option<Date>) -> Result<Vec<Details>, Problem> {
    let mut all: Vec<Details> = Vec::new();
    let words = asked.split(|letter: char| letter == ',' || letter.is_whitespace());
    for word in words.filter(|word| !word.is_empty()) {
        let shown = excerpt(word);
        let code: Code = word.parse().map_err(|why: ParseCodeError| {
            Problem::bad(format!("“{shown}” is {}", why.of(word)))
        })?;
        if all.iter().any(|own| own.code == code) {
            continue;
        }
        let own = searcher.details(code, day);
        let today = day.unwrap_or_else(Date::today);
        let missing = || Problem::missing(searcher.missing(code, today).to_string());
        all.push(own.ok_or_else(missing)?);
    }
    if all.len() > MOST {
        let detail = format!(
            "{} codes are too many side by side; name at most {MOST}",
            all.len()
        );
        return Err(Problem::bad(detail));
    }
    Ok(all)
}

/// The fields that any of the codes has, in the order of the record layout.
fn rows(all: &[Details]) -> Vec<Row> {
    let status = all.iter().map(|own| {
        let (record, is_unclear) = (&own.record, own.unclear.is_some());
        status(own.status, is_unclear, record.added, record.terminated).text
    });
    let mut rows = vec![row("Status", status.collect())];
    let mut names: Vec<(&'static str, &'static str)> = Vec::new();
    for field in all.iter().flat_map(|own| &own.fields) {
        let name = (field.name, field.alias);
        if !names.contains(&name) && field.alias != "HCPCS_CD" {
            names.push(name);
        }
    }
    for (name, alias) in names {
        let value = |own: &Details| {
            let fields = own.fields.iter().filter(|field| field.alias == alias);
            let values = fields.map(|field| match &field.meaning {
                Some(meaning) => format!("{} {meaning}", field.value),
                None => field.value.clone(),
            });
            values.collect::<Vec<_>>().join("; ")
        };
        rows.push(row(name, all.iter().map(value).collect()));
    }
    rows
}

fn row(name: &'static str, values: Vec<String>) -> Row {
    let differs = values.windows(2).any(|pair| pair[0] != pair[1]);
    Row {
        name,
        values,
        differs,
    }
}
