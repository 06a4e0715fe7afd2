//! `/`: the question, the answer, and the facets.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Shared;
use axum::http::{StatusCode, Uri};
use axum::response::Response;

use super::address::{Address, USUAL};
use super::chosen::{Chosen, MOST, Question, chosen};
use super::facets::{Asked, Group, everything_if_blank};
use super::home::Home;
use super::notices::{Notice, notices};
use super::result::{Found, Near, Row, Without};
use super::status_facet::on_day;
use crate::error::counted;
use crate::search::{Answer, AnswerRow, AskedCode, AskedVerdict, Query, Searcher, Sort};
use crate::server::http::problem::Problem;
use crate::server::page::shell::response::{html, or_problem};
use crate::server::page::shell::shell::Shell;
use crate::server::state::{State, is_long};

/// A question and its answer.
#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    shell: Shell,
    /// The hidden fields of the form, besides words and day.
    kept: Vec<(&'static str, String)>,
    home: Option<Home>,
    groups: Vec<Group>,
    chosen: Vec<Chosen>,
    without_filters: Address,
    summary: String,
    notices: Vec<Notice>,
    nearest: Vec<Near>,
    rows: Vec<Row>,
    pages: Pages,
    tools: Tools,
    /// The dose of the question as understood.
    dose: String,
    /// The question for the printed page: words, day, release, filters.
    on_paper: Vec<(&'static str, String)>,
}

/// The tools for the list.
struct Tools {
    /// The sort orders and page sizes: a label, its URL, and whether it is current.
    sorts: Vec<(&'static str, Address, bool)>,
    sizes: Vec<(usize, Address, bool)>,
    csv: Address,
    workbook: Address,
}

/// The previous and next pages.
#[derive(Default)]
struct Pages {
    range: String,
    before: Option<Address>,
    behind: Option<Address>,
}

/// Answers a question.
pub(crate) async fn search(Shared(state): Shared<Arc<State>>, uri: Uri) -> Response {
    if !is_long(&uri) {
        let searcher = state.searcher();
        return or_problem(&searcher, &uri, page(&searcher, &uri));
    }
    let asked = uri.clone();
    let work = move |searcher: &Searcher, _: &_| page(searcher, &asked);
    let made = state.compute(work).await.flatten();
    or_problem(&state.searcher(), &uri, made)
}

fn page(searcher: &Searcher, uri: &Uri) -> Result<Response, Problem> {
    let question = Question::read(uri)?;
    let address = Address::of("/", &question.request);
    let mut query = Query {
        facets: true,
        ..question.query.clone()
    };
    let is_blank = question.is_blank();
    if is_blank {
        query.limit = Some(0);
        everything_if_blank(&mut query);
    }
    let answer = searcher.search(&query)?;
    let asked = Asked {
        searcher,
        query: &query,
        address: &address,
        answer: &answer,
    };
    let mut groups = asked.groups()?;
    let text = question.request.query.trim();
    let shell = Shell::new(searcher, text, &question.request.query, query.as_of);
    if let Some(status) = groups.first_mut().filter(|_| shell.day != shell.today) {
        status.title = "Status on the day";
    }
    let as_of = shell.other_day();
    let dose = answer
        .dose
        .as_ref()
        .map_or_else(String::new, ToString::to_string);
    let row = |row| match row {
        AnswerRow::Hit(hit) => Row::Hit(Box::new(Found::new(hit, as_of.as_deref(), &dose))),
        AnswerRow::Without(asked) => Row::Without(Without::new(asked, as_of.as_deref())),
    };
    let chosen = chosen(&question.request, &address);
    let pages = pages(&answer, &query, &address);
    let page = SearchPage {
        tools: tools(&question, &answer),
        on_paper: on_paper(&shell, text, &chosen, &pages),
        kept: address.but(&["q", "as_of"]),
        home: is_blank.then(|| Home::new(searcher.manifest(), &address)),
        groups,
        chosen,
        without_filters: Address::new("/")
            .with("q", Some(text).filter(|text| !text.is_empty()))
            .with("as_of", as_of.as_deref()),
        summary: summary(&answer, &on_day(shell.day, shell.today)),
        notices: notices(searcher, &query, &answer, &address, as_of.clone()),
        nearest: nearest(searcher, &answer, text, as_of.as_deref()),
        rows: answer.rows().map(row).collect(),
        dose,
        pages,
        shell,
    };
    Ok(html(StatusCode::OK, &page))
}

/// The number of matching codes, in words.
fn summary(answer: &Answer, day: &str) -> String {
    let Answer {
        total, complete, ..
    } = answer;
    let is_any_time = answer.hits.iter().any(|hit| hit.holds.is_some());
    let what = if is_any_time { "version" } else { "code" };
    let found = match total {
        0 => return format!("No code matches {day}"),
        total => counted(total, what),
    };
    // Of a list, what is no code is a row too.
    let is_without = |own: &&AskedCode| own.hits == 0 && own.verdict != AskedVerdict::LeftOut;
    let without = answer.asked.iter().filter(is_without).count();
    if without > 0 {
        format!("{found}, and {without} of the list that no code answers")
    } else if complete < total && *complete > 0 {
        format!("{found}, {complete} with all the words")
    } else {
        found
    }
}

/// The codes that were possibly meant, if the text is nearly a code.
fn nearest(searcher: &Searcher, answer: &Answer, text: &str, as_of: Option<&str>) -> Vec<Near> {
    if answer.total > 0 || answer.hidden > 0 || !answer.asked.is_empty() {
        return Vec::new();
    }
    let found = searcher.nearest(text, answer.as_of);
    found.iter().map(|own| Near::new(own, as_of)).collect()
}

/// The sort orders and page sizes of the list, and its files.
fn tools(question: &Question, answer: &Answer) -> Tools {
    let is_list = !answer.asked.is_empty();
    let best = if is_list { "as asked" } else { "relevance" };
    let Question { request, query } = question;
    let at = |path| Address::of(path, request).page_at(0);
    let here = at("/");
    let sort = |sort: Sort, word| {
        let value = (sort != Sort::default()).then(|| sort.name());
        (word, here.with("sort", value), query.sort == sort)
    };
    let size = |size: usize| {
        let value = (size != USUAL).then(|| size.to_string());
        let address = here.with("limit", value.as_deref());
        (size, address, query.limit == Some(size))
    };
    Tools {
        sorts: vec![sort(Sort::Best, best), sort(Sort::Code, "code")],
        sizes: [USUAL, 50, MOST].map(size).into(),
        csv: at("/list.csv").with("limit", None),
        workbook: at("/list.xlsx").with("limit", None),
    }
}

/// The header of a printed list.
fn on_paper(
    shell: &Shell,
    text: &str,
    chosen: &[Chosen],
    pages: &Pages,
) -> Vec<(&'static str, String)> {
    let mut said = vec![
        (
            "Question",
            if text.is_empty() {
                "none".to_owned()
            } else {
                text.to_owned()
            },
        ),
        ("As of", shell.day.to_string()),
    ];
    let parts = [Some(&shell.release), shell.scope.as_ref()];
    let age = shell.age.as_ref().map(|(_, age)| age);
    let parts: Vec<&str> = parts
        .into_iter()
        .chain([age])
        .flatten()
        .map(String::as_str)
        .collect();
    said.push(("Release", parts.join(", ")));
    let filter = |own: &Chosen| {
        let words = [own.name, &own.value, &own.meaning];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    let filters: Vec<String> = chosen.iter().map(filter).collect();
    if !filters.is_empty() {
        said.push(("Filters", filters.join("; ")));
    }
    if !pages.range.is_empty() {
        said.push(("Rows", pages.range.clone()));
    }
    said
}

fn pages(answer: &Answer, query: &Query, address: &Address) -> Pages {
    let (Some(first), Some(last)) = (answer.hits.first(), answer.hits.last()) else {
        return Pages::default();
    };
    if first.rank == 1 && last.rank == answer.total {
        return Pages::default();
    }
    let before = query.offset.saturating_sub(query.limit.unwrap_or(USUAL));
    Pages {
        range: format!("{}–{} of {}", first.rank, last.rank, answer.total),
        before: (query.offset > 0).then(|| address.page_at(before)),
        behind: (last.rank < answer.total).then(|| address.page_at(last.rank)),
    }
}
