//! `/codes/{code}`: everything about a code, and its history.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, Uri};
use axum::response::Response;

use super::calculator::{self, Calculator};
use super::look_alikes::{LookAlike, compare, look_alikes};
use super::note;
use super::note::NoteView;
use super::products::{Products, products};
use super::record_rows::{Field, Rbcs, Reference, Version, fields, rbcs, references, versions};
use super::timeline::{Drawing, draw};
use crate::annotation::FieldDefinition;
use crate::codeset::{Code, Date, ParseCodeError};
use crate::error::excerpt;
use crate::history::Known;
use crate::search::{Coded, Details, Searcher};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::page::browse::browse;
use crate::server::page::search::address::of_code;
use crate::server::page::search::result::{Fact, Near, StatusWords, status};
use crate::server::page::shell::prose::{Linker, Piece};
use crate::server::page::shell::response::{html, or_problem, problem_page};
use crate::server::page::shell::shell::Shell;
use crate::server::state::State;

/// Everything about a code.
#[derive(Template)]
#[template(path = "record.html")]
struct RecordPage {
    shell: Shell,
    details: Details,
    long: Vec<Piece>,
    status: StatusWords,
    facts: Vec<Fact>,
    /// The code as a table row.
    row: String,
    successors: Vec<Reference>,
    predecessors: Vec<Reference>,
    fields: Vec<Field>,
    /// The section and the hundred of the code, each with its path.
    above: Vec<(String, String)>,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
    calculator: Option<Calculator>,
    alike: Vec<LookAlike>,
    /// The URL of the code and its look-alikes side by side.
    compare: String,
    rbcs: Option<Rbcs>,
    drawing: Option<Drawing>,
    versions: Vec<Version>,
    known: Option<Known>,
    products: Vec<Products>,
    /// The filter of the products.
    product: String,
    notes: Vec<NoteView>,
    definitions: Vec<FieldDefinition>,
}

/// Shows a code.
pub(crate) async fn record(
    Shared(state): Shared<Arc<State>>,
    code: Option<Path<String>>,
    uri: Uri,
) -> Response {
    let searcher = state.searcher();
    let code = code.map(|Path(code)| code).unwrap_or_default();
    or_problem(&searcher, &uri, page(&searcher, &code, &uri))
}

pub(super) fn page(searcher: &Searcher, code: &str, uri: &Uri) -> Result<Response, Problem> {
    let pairs = parameters(uri)?;
    let given = |name: &str| {
        pairs
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| &**value)
    };
    let day = crate::server::http::query_string::day("as_of", given("as_of"))?;
    let code: Code = code.parse().map_err(|why: ParseCodeError| {
        let shown = excerpt(code);
        Problem::missing(format!("“{shown}” is {}", why.of(code)))
    })?;
    let details = searcher.details(code, day);
    let Some(details) = details else {
        return Ok(unknown(searcher, code, day));
    };
    let title = format!("{code} {}", details.record.short_descriptor);
    let shell = Shell::new(searcher, &title, "", day);
    let linker = Linker {
        searcher,
        day: details.as_of,
        as_of: shell.other_day(),
        own: Some(code),
    };
    let history = searcher.history(code);
    let as_of = shell.other_day();
    let (before, after) = searcher.neighbours(code);
    let link = |code: Code| (code.to_string(), of_code(code.as_str(), as_of.as_deref()));
    let record = &details.record;
    let facts = facts(&details);
    let status = status(
        details.status,
        details.unclear.is_some(),
        record.added,
        record.terminated,
    );
    let about = &details.about;
    let product = given("product").unwrap_or_default().to_owned();
    let all = products(&details, "");
    let calculator = details
        .unit
        .as_ref()
        .map(|unit| Calculator::new(searcher, code, day, unit, &pairs, &all));
    let http_status = match calculator.as_ref().and_then(|own| own.problem.as_ref()) {
        Some(problem) if problem.is_missing() => StatusCode::NOT_FOUND,
        Some(_) => StatusCode::BAD_REQUEST,
        None => StatusCode::OK,
    };
    let near = details.alike.iter().take(3).map(|own| own.code.as_str());
    let page = RecordPage {
        long: linker.pieces(&record.long_descriptor),
        row: row(&details, &status, &facts),
        successors: references(&details.successors, &linker),
        predecessors: references(&details.predecessors, &linker),
        fields: fields(&details, &linker),
        above: above(code, as_of.as_deref()),
        before: before.map(link),
        after: after.map(link),
        compare: compare(std::iter::once(code.as_str()).chain(near), as_of.as_deref()),
        calculator,
        alike: look_alikes(&details, &linker),
        rbcs: rbcs(&details),
        drawing: draw(&history, searcher.manifest(), details.as_of),
        versions: versions(&history),
        known: searcher.known(),
        products: products(&details, &product),
        product,
        notes: about
            .notes
            .iter()
            .map(|own| note::view(own, &linker))
            .collect(),
        definitions: about.definitions.clone(),
        facts,
        status,
        details,
        shell,
    };
    Ok(html(http_status, &page))
}

/// The parameters of a record: the day, the fields of the calculator, the filter of the products.
fn parameters(uri: &Uri) -> Result<Vec<parameter::Pair<'_>>, Problem> {
    let pairs = parameter::pairs(uri)?;
    for (at, (name, _)) in pairs.iter().enumerate() {
        let is_known = ["as_of", "product"].contains(&&**name);
        if !is_known && !calculator::NAMES.contains(&&**name) {
            let known = format!("as_of, product, {}", calculator::NAMES.join(", "));
            return Err(parameter::unknown(name, &known));
        }
        if pairs[..at].iter().any(|(own, _)| own == name) {
            return Err(parameter::twice(name));
        }
    }
    Ok(pairs)
}

/// The page for a code that no release has, with the nearest existing codes.
fn unknown(searcher: &Searcher, code: Code, day: Option<Date>) -> Response {
    let shell = Shell::new(searcher, "Not Found", code.as_str(), day);
    let as_of = shell.other_day();
    let near = searcher.nearest(code.as_str(), shell.day);
    let near = near.iter().map(|own| Near::new(own, as_of.as_deref()));
    let near = near.collect();
    let problem = Problem::missing(searcher.missing_alone(code, shell.day).to_string());
    problem_page(shell, problem, near)
}

/// The section and the hundred of a code, as links.
fn above(code: Code, as_of: Option<&str>) -> Vec<(String, String)> {
    let Some(section) = code.section() else {
        let href = browse::href("modifiers", as_of);
        return vec![("Modifiers".to_owned(), href)];
    };
    let hundred = &code.as_str()[..3];
    let meaning = section.meaning().unwrap_or_default();
    vec![
        (
            format!("{section} {meaning}"),
            browse::href(section.as_str(), as_of),
        ),
        (format!("{hundred}xx"), browse::href(hundred, as_of)),
    ]
}

fn facts(details: &Details) -> Vec<Fact> {
    let coded = |alias: &str| {
        let field = details.fields.iter().find(|own| own.alias == alias)?;
        Some(Coded::other(&field.value, field.meaning.as_deref()))
    };
    [("Coverage", "HCPCS_CVRG_CD"), ("BETOS", "HCPCS_BETOS_CD")]
        .into_iter()
        .filter_map(|(name, alias)| Some(Fact::new(name, &coded(alias)?)))
        .collect()
}

fn row(details: &Details, status: &StatusWords, facts: &[Fact]) -> String {
    let record = &details.record;
    let cells = [
        details.code.to_string(),
        record.long_descriptor.clone(),
        status.text.clone(),
    ];
    let facts = facts
        .iter()
        .map(|fact| format!("{} {}", fact.code, fact.meaning));
    cells
        .into_iter()
        .chain(facts)
        .collect::<Vec<_>>()
        .join("\t")
}
