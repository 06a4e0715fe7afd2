//! The question of a page, and its filters as removable items.

use axum::http::Uri;

use super::address::{Address, USUAL};
use crate::search::{Query, QueryRequest};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;

/// The maximum page size, and the furthest offset.
pub(crate) const MOST: usize = 100;
const FURTHEST: usize = 10_000;

/// The question of a page: as written, and parsed.
pub(crate) struct Question {
    pub(crate) request: QueryRequest,
    pub(crate) query: Query,
}

/// A filter of the answer, with the URL without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) meaning: String,
    pub(crate) without: Address,
}

impl Question {
    /// Reads the parameters of `/api/v1/search`.
    pub(crate) fn read(uri: &Uri) -> Result<Self, Problem> {
        let pairs = parameter::pairs(uri)?;
        let usual = USUAL.to_string();
        let mut named: Vec<(&str, &str)> = Vec::with_capacity(pairs.len() + 1);
        for (name, value) in &pairs {
            let name = if name == "q" { "query" } else { name };
            named.push((name, value.as_ref()));
        }
        if !named.iter().any(|(name, _)| *name == "limit") {
            named.push(("limit", &usual));
        }
        let request = QueryRequest::from_pairs(named)?;
        let query = Query::try_from(request.clone())?;
        let is_page = |limit| (1..=MOST).contains(&limit);
        if !query.limit.is_some_and(is_page) || query.offset > FURTHEST {
            let detail = format!(
                "the page is out of reach; give a `limit` of 1 to {MOST}, such as {USUAL}, and an \
                 `offset` up to {FURTHEST}"
            );
            return Err(Problem::bad(detail));
        }
        Ok(Self { request, query })
    }

    /// Whether the question is empty.
    pub(crate) fn is_blank(&self) -> bool {
        self.query.text.trim().is_empty() && self.query.filters.is_empty()
    }
}

/// The filters of the answer, each with the URL without it.
pub(crate) fn chosen(request: &QueryRequest, address: &Address) -> Vec<Chosen> {
    let mut all = Vec::new();
    for (filter, values) in request.filters.iter() {
        for value in values {
            let shown = value.to_ascii_uppercase();
            all.push(Chosen {
                name: filter.title,
                meaning: filter.meaning(&shown).unwrap_or_default().to_owned(),
                without: address.toggled(filter.name, value),
                value: if filter.is_flag { String::new() } else { shown },
            });
        }
    }
    for (name, is_set, words) in [
        (
            "terminated",
            request.terminated,
            "Codes not valid on the day too",
        ),
        ("any_time", request.any_time, "Versions of all days"),
        ("exact", request.exact, "Words exactly as written"),
        ("notes", request.notes, "Only clinical notes"),
        (
            "annotations",
            !request.annotations,
            "Only what the release says",
        ),
    ] {
        if is_set {
            all.push(Chosen {
                name: words,
                value: String::new(),
                meaning: String::new(),
                without: address.with(name, None),
            });
        }
    }
    all
}
