//! `/browse/{prefix}`: the sections, a section by hundreds, or the codes of a hundred.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, Uri};
use axum::response::Response;

use crate::codeset::{CodeSpan, Kind, Section};
use crate::error::{counted, excerpt};
use crate::search::{Filters, Query, Searcher, Shelf};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::page::search::result::Found;
use crate::server::page::shell::response::{html, or_problem};
use crate::server::page::shell::shell::{Place, Shell};
use crate::server::state::State;

/// The path of the modifiers among the sections.
const MODIFIERS: &str = "modifiers";

/// A part of the code set.
#[derive(Template)]
#[template(path = "browse.html")]
struct BrowsePage {
    shell: Shell,
    title: String,
    note: &'static str,
    /// The parts that contain this one, the outermost first.
    above: Vec<Part>,
    /// Its parts, if it has any, in named groups.
    groups: Vec<(String, Vec<Part>)>,
    hits: Vec<Found>,
    summary: String,
    before: Option<Part>,
    after: Option<Part>,
}

/// A part of the code set, with its number of codes.
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
    let day =
        crate::server::http::query_string::day("as_of", parameter::only(uri, "as_of")?.as_deref())?;
    let shell = Shell::new(searcher, "Browse", "", day);
    let shelves = Shelves {
        all: searcher.shelves(day),
        as_of: shell.other_day(),
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
        shell: Shell {
            place: Place::Browse,
            ..shell
        },
    };
    if !prefix.is_empty() {
        page.above.push(shelves.part("All sections".into(), "", ""));
    }
    let section = Section::table().entry(prefix.get(..1).unwrap_or_default());
    let has_codes = !shelves.below(prefix).is_empty();
    match (prefix.len(), section) {
        (0, _) => {
            "Browse HCPCS Level II".clone_into(&mut page.title);
            page.groups.push((String::new(), shelves.sections()));
        }
        (1, Some(section)) if has_codes => {
            page.title = format!("{} {}", section.code, section.meaning);
            page.note = section.note;
            page.groups = shelves.hundreds(prefix);
        }
        (3, Some(section)) if has_codes => {
            let name = section.code.to_owned();
            page.above
                .push(shelves.part(name, section.meaning, section.code));
            page.title = format!("{prefix}00–{prefix}99");
            (page.before, page.after) = shelves.around(prefix);
            let codes = vec![span(prefix)?];
            list(
                &mut page,
                searcher,
                Filters {
                    codes,
                    ..Filters::default()
                },
            )?;
        }
        _ if prefix == MODIFIERS => {
            "Modifiers".clone_into(&mut page.title);
            let kind = vec![Kind::Modifier];
            list(
                &mut page,
                searcher,
                Filters {
                    kind,
                    ..Filters::default()
                },
            )?;
        }
        _ => {
            let shown = excerpt(prefix);
            return Err(Problem::missing(format!(
                "no code begins with “{shown}”; sections are letters such as J, hundreds such as J15"
            )));
        }
    }
    page.shell.title.clone_from(&page.title);
    Ok(html(StatusCode::OK, &page))
}

/// The hundreds of the code set on a day.
struct Shelves {
    all: Vec<Shelf>,
    /// The day, if it is not today.
    as_of: Option<String>,
}

impl Shelves {
    /// The hundreds whose codes have a prefix; for [`MODIFIERS`] the modifiers.
    fn below(&self, prefix: &str) -> Vec<&Shelf> {
        let is_below = |own: &&Shelf| match prefix {
            MODIFIERS => own.prefix.is_empty(),
            _ => !own.prefix.is_empty() && own.prefix.starts_with(prefix),
        };
        self.all.iter().filter(is_below).collect()
    }

    fn part(&self, name: String, meaning: &'static str, prefix: &str) -> Part {
        let below = self.below(prefix);
        Part {
            href: href(prefix, self.as_of.as_deref()),
            valid: below.iter().map(|own| own.valid).sum(),
            not_valid: below.iter().map(|own| own.not_valid).sum(),
            name,
            meaning,
        }
    }

    fn hundred(&self, prefix: &str) -> Part {
        self.part(format!("{prefix}xx"), "", prefix)
    }

    /// The sections that have codes, the modifiers last.
    fn sections(&self) -> Vec<Part> {
        let entries = Section::table().entries().iter();
        let sections = entries.map(|own| self.part(own.code.to_owned(), own.meaning, own.code));
        let modifiers = self.part("Modifiers".into(), "two characters", MODIFIERS);
        let parts = sections.chain([modifiers]);
        parts.filter(|own| own.valid + own.not_valid > 0).collect()
    }

    /// The hundreds of a section, by thousands.
    fn hundreds(&self, section: &str) -> Vec<(String, Vec<Part>)> {
        let thousands = ('0'..='9').map(|digit| format!("{section}{digit}"));
        let group = |thousand: String| {
            let hundreds = self.below(&thousand).into_iter();
            let parts: Vec<Part> = hundreds.map(|own| self.hundred(&own.prefix)).collect();
            (format!("{thousand}000–{thousand}999"), parts)
        };
        let groups = thousands.map(group);
        groups.filter(|(_, parts)| !parts.is_empty()).collect()
    }

    /// The hundreds before and after one.
    fn around(&self, prefix: &str) -> (Option<Part>, Option<Part>) {
        let hundreds = self.below("");
        let at = hundreds.iter().position(|own| own.prefix == prefix);
        let near = |at: Option<usize>| Some(self.hundred(&hundreds.get(at?)?.prefix));
        let before = near(at.and_then(|at| at.checked_sub(1)));
        (before, near(at.map(|at| at + 1)))
    }
}

fn span(prefix: &str) -> Result<CodeSpan, Problem> {
    let span = format!("{prefix}00-{prefix}99").parse();
    span.map_err(|_| Problem::missing(format!("no code begins with “{prefix}”")))
}

/// Lists the codes of a part, including those that are not valid on the day.
fn list(page: &mut BrowsePage, searcher: &Searcher, filters: Filters) -> Result<(), Problem> {
    let answer = searcher.search(&Query {
        filters,
        as_of: Some(page.shell.day),
        terminated: true,
        limit: Some(1000),
        ..Query::default()
    })?;
    let as_of = page.shell.other_day();
    let found = |hit| Found::new(hit, as_of.as_deref(), "");
    page.hits = answer.hits.iter().map(found).collect();
    page.summary = counted(answer.total, "code");
    Ok(())
}

/// The path of a part.
pub(crate) fn href(prefix: &str, as_of: Option<&str>) -> String {
    let day = as_of.map_or_else(String::new, |day| format!("?as_of={day}"));
    let slash = if prefix.is_empty() { "" } else { "/" };
    format!("/browse{slash}{prefix}{day}")
}
