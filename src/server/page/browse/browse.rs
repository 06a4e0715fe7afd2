//! `/browse/{prefix}`: the sections, a section by hundreds, or the codes of a hundred.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, Uri};
use axum::response::Response;

use crate::codeset::Section;
use crate::search::{Filters, Query, Searcher, Shelf};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::page::search::result::Found;
use crate::server::page::shell::response::{html, or_problem};
use crate::server::page::shell::shell::Shell;
use crate::server::state::State;

/// The address of the modifiers among the sections.
const MODIFIERS: &str = "modifiers";

/// A part of the code set.
#[derive(Template)]
#[template(path = "browse.html")]
struct BrowsePage {
    shell: Shell,
    title: String,
    note: &'static str,
    /// The parts that hold this one, the outermost first.
    above: Vec<Part>,
    /// Its parts, where it has any: groups of them, each with its name.
    groups: Vec<(String, Vec<Part>)>,
    hits: Vec<Found>,
    summary: String,
    before: Option<Part>,
    after: Option<Part>,
}

/// A part of the code set, and how many codes it has.
struct Part {
    name: String,
    meaning: &'static str,
    href: String,
    valid: usize,
    not_valid: usize,
}

/// Shows a part of the code set.
pub(crate) async fn browse(
    Shared(state): Shared<Arc<State>>,
    prefix: Option<Path<String>>,
    uri: Uri,
) -> Response {
    let searcher = state.searcher();
    let prefix = prefix.map(|Path(prefix)| prefix).unwrap_or_default();
    or_problem(&searcher, &uri, page(&searcher, &prefix, &uri))
}

fn page(searcher: &Searcher, prefix: &str, uri: &Uri) -> Result<Response, Problem> {
    let day = crate::server::api::day("as_of", parameter::only(uri, "as_of")?.as_deref())?;
    let shelves = searcher.shelves(day);
    let shell = Shell::new(searcher, "Browse", "", day);
    let as_of = shell.other_day();
    let part = |name: String, meaning, prefix: &str, shelves: &[&Shelf]| Part {
        href: href(prefix, as_of.as_deref()),
        valid: shelves.iter().map(|own| own.valid).sum(),
        not_valid: shelves.iter().map(|own| own.not_valid).sum(),
        name,
        meaning,
    };
    let below = |prefix: &str| -> Vec<&Shelf> {
        let is_below = |own: &&Shelf| own.prefix.starts_with(prefix) && !own.prefix.is_empty();
        shelves.iter().filter(is_below).collect()
    };
    let modifiers: Vec<&Shelf> = shelves.iter().filter(|own| own.prefix.is_empty()).collect();
    let shell = Shell {
        is_browse: true,
        ..shell
    };
    let mut page = BrowsePage {
        title: String::new(),
        note: "",
        above: Vec::new(),
        groups: Vec::new(),
        hits: Vec::new(),
        summary: String::new(),
        before: None,
        after: None,
        shell,
    };
    if !prefix.is_empty() {
        let name = "All sections".to_owned();
        page.above.push(part(name, "", "", &[]));
    }
    let section = Section::table().entry(prefix.get(..1).unwrap_or_default());
    match (prefix.len(), section) {
        (0, _) => {
            "Browse HCPCS Level II".clone_into(&mut page.title);
            let entries = Section::table().entries().iter();
            let parts = entries.map(|entry| {
                part(
                    entry.code.to_owned(),
                    entry.meaning,
                    entry.code,
                    &below(entry.code),
                )
            });
            let last = part("Modifiers".into(), "two characters", MODIFIERS, &modifiers);
            let parts = parts
                .chain([last])
                .filter(|own| own.valid + own.not_valid > 0);
            page.groups.push((String::new(), parts.collect()));
        }
        (1, Some(section)) if !below(prefix).is_empty() => {
            page.title = format!("{} {}", section.code, section.meaning);
            page.note = section.note;
            for thousand in '0'..='9' {
                let thousand = format!("{prefix}{thousand}");
                let parts: Vec<Part> = below(&thousand)
                    .into_iter()
                    .map(|own| part(format!("{}xx", own.prefix), "", &own.prefix, &[own]))
                    .collect();
                if !parts.is_empty() {
                    page.groups
                        .push((format!("{thousand}000–{thousand}999"), parts));
                }
            }
        }
        (3, Some(section)) if !below(prefix).is_empty() => {
            let up = Part {
                meaning: section.meaning,
                ..part(section.code.into(), "", section.code, &[])
            };
            page.above.push(up);
            page.title = format!("{prefix}00–{prefix}99");
            let at = shelves.iter().position(|own| own.prefix == prefix);
            let near = |at: Option<usize>| {
                let own = shelves.get(at?).filter(|own| !own.prefix.is_empty())?;
                Some(part(format!("{}xx", own.prefix), "", &own.prefix, &[own]))
            };
            page.before = near(at.and_then(|at| at.checked_sub(1)));
            page.after = near(at.map(|at| at + 1));
            codes(
                &mut page,
                searcher,
                Filters {
                    codes: vec![span(prefix)?],
                    ..Filters::default()
                },
            )?;
        }
        _ if prefix == MODIFIERS => {
            "Modifiers".clone_into(&mut page.title);
            let kind = vec![crate::codeset::Kind::Modifier];
            codes(
                &mut page,
                searcher,
                Filters {
                    kind,
                    ..Filters::default()
                },
            )?;
        }
        _ => {
            let shown: String = prefix.chars().take(40).collect();
            let detail = format!(
                "no code begins with “{shown}”; sections are letters such as J, hundreds such as J15"
            );
            return Err(Problem::missing(detail));
        }
    }
    page.shell.title.clone_from(&page.title);
    Ok(html(StatusCode::OK, &page))
}

fn span(prefix: &str) -> Result<crate::codeset::CodeSpan, Problem> {
    let span = format!("{prefix}00-{prefix}99").parse();
    span.map_err(|_| Problem::missing(format!("no code begins with “{prefix}”")))
}

/// Lists the codes of a part, those that are not valid on the day among them.
fn codes(page: &mut BrowsePage, searcher: &Searcher, filters: Filters) -> Result<(), Problem> {
    let answer = searcher.search(&Query {
        filters,
        as_of: Some(page.shell.day),
        terminated: true,
        limit: 1000,
        ..Query::default()
    })?;
    let as_of = page.shell.other_day();
    let found = |hit| Found::new(hit, as_of.as_deref());
    page.hits = answer.hits.iter().map(found).collect();
    page.summary = match answer.total {
        1 => "1 code".to_owned(),
        total => format!("{total} codes"),
    };
    Ok(())
}

/// The address of a part.
pub(crate) fn href(prefix: &str, as_of: Option<&str>) -> String {
    let day = as_of.map_or_else(String::new, |day| format!("?as_of={day}"));
    let slash = if prefix.is_empty() { "" } else { "/" };
    format!("/browse{slash}{prefix}{day}")
}
