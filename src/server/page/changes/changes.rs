//! `/changes`: the changes between two indexed releases, with filters and a download.

use std::borrow::Cow;
use std::sync::Arc;

use askama::Template;
use axum::extract::State as Shared;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

use super::change_list::{ChangeView, name, narrow, page};
use super::compared::Asked;
use crate::codeset::{Betos, Coverage, Section, Table};
use crate::error::{cannot_be, counted};
use crate::history::{Changes, Summary};
use crate::release::ReleaseId;
use crate::search::{Query, Searcher};
use crate::server::http::problem::Problem;
use crate::server::http::reply;
use crate::server::page::search::address::Address;
use crate::server::page::search::chosen::{Chosen, chosen};
use crate::server::page::shell::response::{html, or_problem};
use crate::server::page::shell::shell::{Place, Shell};
use crate::server::state::State;

/// How many codes a page shows.
const PAGE: usize = 100;

/// The changes between two releases.
#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    shell: Shell,
    releases: Vec<String>,
    comparison: Option<Comparison>,
    coverage: Vec<Choice>,
    betos: Vec<Choice>,
    section: Vec<Choice>,
    codes: String,
    kept: Vec<(&'static str, String)>,
    chosen: Vec<Chosen>,
}

/// An option of a choice.
struct Choice {
    code: &'static str,
    meaning: &'static str,
    is_on: bool,
}

/// The result of a comparison.
struct Comparison {
    from: String,
    to: String,
    old_codes: String,
    new_codes: usize,
    notices: Vec<String>,
    tabs: Vec<Tab>,
    fields: Vec<Tab>,
    changes: Vec<ChangeView>,
    range: String,
    before: Option<Address>,
    behind: Option<Address>,
    csv: Address,
    json: Address,
}

/// A list, or a field, with its number of codes.
struct Tab {
    name: String,
    count: usize,
    is_on: bool,
    address: Address,
}

/// Shows the changes, or returns them as a file.
pub(crate) async fn changes(Shared(state): Shared<Arc<State>>, uri: Uri) -> Response {
    let asked = uri.clone();
    // Comparing two releases of thousands of codes takes longer than a search.
    let work = move |searcher: &Searcher, _: &_| answer(searcher, &asked);
    let made = state.compute(work).await.flatten();
    or_problem(&state.searcher(), &uri, made)
}

fn answer(searcher: &Searcher, uri: &Uri) -> Result<Response, Problem> {
    let asked = Asked::read(uri)?;
    let ids: Vec<&ReleaseId> = searcher
        .manifest()
        .releases
        .iter()
        .map(|own| &own.id)
        .collect();
    let [.., before, last] = ids.as_slice() else {
        return Ok(html(StatusCode::OK, &asked.page(searcher, None)?));
    };
    let from = asked.from.as_ref().unwrap_or(before);
    let to = asked.to.as_ref().unwrap_or(last);
    let changes = searcher.changes_within(from, to, &asked.within())?;
    match asked.format.as_deref() {
        None => Ok(html(StatusCode::OK, &asked.page(searcher, Some(changes))?)),
        Some(format) => asked.download(format, changes),
    }
}

impl Asked {
    fn download(&self, format: &str, mut changes: Changes) -> Result<Response, Problem> {
        narrow(&mut changes, self.only.as_deref(), self.field.as_deref());
        let name = format!("hcpcs-{}-{}.{format}", changes.from, changes.to);
        let disposition = format!("attachment; filename=\"{name}\"");
        let (kind, bytes) = match format {
            "json" => {
                let mut response = reply::json(&changes);
                if let Ok(value) = disposition.parse() {
                    response
                        .headers_mut()
                        .insert(header::CONTENT_DISPOSITION, value);
                }
                return Ok(response);
            }
            "csv" => {
                let mut bytes = Vec::new();
                changes.write_csv(&mut bytes).map_err(|cause| {
                    let detail = format!("the changes could not be written: {cause}");
                    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
                })?;
                ("text/csv; charset=utf-8", bytes)
            }
            other => {
                return Err(Problem::bad(cannot_be("format", other, "`csv` or `json`")));
            }
        };
        let headers = [
            (header::CONTENT_TYPE, Cow::Borrowed(kind)),
            (header::CONTENT_DISPOSITION, Cow::Owned(disposition)),
        ];
        let headers = headers.map(|(name, value)| (name, value.into_owned()));
        Ok((headers, bytes).into_response())
    }

    fn page(&self, searcher: &Searcher, changes: Option<Changes>) -> Result<ChangesPage, Problem> {
        let day = Query::try_from(self.request.clone())?.as_of;
        let mut shell = Shell::new(searcher, "Changes", "", day);
        shell.place = Place::Changes;
        let releases = searcher.manifest().releases.iter().rev();
        let comparison = changes
            .map(|changes| self.comparison(changes, &shell))
            .transpose()?;
        let address = match &comparison {
            Some(own) => {
                shell.title = format!("Changes {} to {}", own.from, own.to);
                self.address(&own.from, &own.to)
            }
            None => Address::new("/changes"),
        };
        Ok(ChangesPage {
            releases: releases.map(|own| own.id.to_string()).collect(),
            comparison,
            coverage: choices(Coverage::table(), self.request.filters.get("coverage")),
            betos: choices(Betos::table(), self.request.filters.get("betos")),
            section: choices(Section::table(), self.request.filters.get("section")),
            codes: self.request.filters.get("codes").join(", "),
            kept: address.but(&[
                "from", "to", "coverage", "betos", "section", "codes", "as_of",
            ]),
            chosen: chosen(&self.request, &address),
            shell,
        })
    }

    fn comparison(&self, mut changes: Changes, shell: &Shell) -> Result<Comparison, Problem> {
        let (from, to) = (changes.from.to_string(), changes.to.to_string());
        let address = self.address(&from, &to);
        let old_codes = counted(changes.summary.old_codes, "code");
        let new_codes = changes.summary.new_codes;
        let fields = self.fields(&changes.summary, &address)?;
        narrow(&mut changes, None, self.field.as_deref());
        let tabs = self.tabs(&changes, &address)?;
        narrow(&mut changes, self.only.as_deref(), None);
        let total: usize = changes.lists().iter().map(|(_, list)| list.len()).sum();
        let offset = self.request.offset.min(total);
        let end = (offset + PAGE).min(total);
        let is_cut = offset > 0 || end < total;
        Ok(Comparison {
            old_codes,
            new_codes,
            notices: std::mem::take(&mut changes.notices),
            tabs,
            fields,
            changes: page(&changes, offset, PAGE, shell.other_day().as_deref()),
            range: if is_cut {
                format!("{}–{end} of {total}", offset + 1)
            } else {
                String::new()
            },
            before: (offset > 0).then(|| address.page_at(offset.saturating_sub(PAGE))),
            behind: (end < total).then(|| address.page_at(end)),
            csv: address.with("format", Some("csv")),
            json: address.with("format", Some("json")),
            from,
            to,
        })
    }

    /// Tabs for all changes, and for each list that is not empty.
    fn tabs(&self, changes: &Changes, address: &Address) -> Result<Vec<Tab>, Problem> {
        let lists = changes.lists();
        let only = self.only.as_deref();
        if let Some(only) = only.filter(|only| !lists.iter().any(|(name, _)| name == only)) {
            let known = format!("one of {}", lists.map(|(name, _)| name).join(", "));
            return Err(Problem::bad(cannot_be("change", only, &known)));
        }
        let all = Tab {
            name: "all".to_owned(),
            count: lists.iter().map(|(_, list)| list.len()).sum(),
            is_on: only.is_none(),
            address: address.with("change", None),
        };
        let tabs = lists.into_iter().map(|(name, list)| Tab {
            name: name.to_owned(),
            count: list.len(),
            is_on: only == Some(name),
            address: address.with("change", Some(name)),
        });
        let tabs = tabs.filter(|tab| tab.count > 0 || tab.is_on);
        Ok([all].into_iter().chain(tabs).collect())
    }

    /// The changed fields, the most frequent first.
    fn fields(&self, summary: &Summary, address: &Address) -> Result<Vec<Tab>, Problem> {
        let only = self.field.as_deref();
        if let Some(field) = only.filter(|own| {
            !own.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        }) {
            let detail = cannot_be("field", field, "a field such as `pricing`");
            return Err(Problem::bad(detail));
        }
        let tab = |(field, count): (&&'static str, &usize)| {
            let is_on = only == Some(*field);
            Tab {
                name: name(field),
                count: *count,
                is_on,
                address: address.with("field", (!is_on).then_some(*field)),
            }
        };
        let mut tabs: Vec<Tab> = summary.fields.iter().map(tab).collect();
        tabs.sort_by(|a, b| b.count.cmp(&a.count).then(a.name.cmp(&b.name)));
        Ok(tabs)
    }
}

fn choices(table: &Table, on: &[String]) -> Vec<Choice> {
    let choice = |entry: &crate::codeset::Entry| Choice {
        code: entry.code,
        meaning: entry.meaning,
        is_on: on.iter().any(|own| own.eq_ignore_ascii_case(entry.code)),
    };
    table.entries().iter().map(choice).collect()
}
