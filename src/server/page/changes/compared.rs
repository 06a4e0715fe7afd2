//! The parameters of a comparison of two releases, and its URL.

use axum::http::Uri;

use crate::release::ReleaseId;
use crate::search::changes::request::release;
use crate::search::{ChangesFilter, FILTERS, Filters, Query, QueryRequest};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::page::search::address::{Address, USUAL};

/// The parameters of a comparison of two releases.
pub(crate) struct Asked {
    pub(crate) from: Option<ReleaseId>,
    pub(crate) to: Option<ReleaseId>,
    pub(crate) only: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) format: Option<String>,
    pub(crate) request: QueryRequest,
    pub(crate) filters: Filters,
}

impl Asked {
    /// Reads the parameters: two releases, a list, a field, a format, and the filters of a search.
    pub(crate) fn read(uri: &Uri) -> Result<Self, Problem> {
        let [mut from, mut to, mut only, mut field, mut format] = [const { None }; 5];
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in parameter::pairs(uri)? {
            let slot = match &*name {
                "from" => &mut from,
                "to" => &mut to,
                "change" => &mut only,
                "field" => &mut field,
                "format" => &mut format,
                "q" => return Err(comparison_takes()),
                _ => {
                    // A list may be pasted with a code on each line.
                    let value = value.replace(['\n', '\r', '\t', ' ', ';'], ",");
                    pairs.push((name.into_owned(), value));
                    continue;
                }
            };
            let value = value.trim();
            if !value.is_empty() && slot.replace(value.to_owned()).is_some() {
                return Err(parameter::twice(&name));
            }
        }
        let usual = USUAL.to_string();
        let usual = [("limit", usual.as_str())];
        let given = pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let request = QueryRequest::from_pairs(usual.into_iter().chain(given))?;
        let query = Query::try_from(request.clone())?;
        only_filters(&request)?;
        let named = |name, text: Option<String>| {
            let release = text.map(|text| release(name, Some(&text)));
            release.transpose()
        };
        Ok(Self {
            from: named("from", from)?,
            to: named("to", to)?,
            only,
            field,
            format,
            filters: query.filters,
            request,
        })
    }

    /// The codes to compare.
    pub(crate) fn within(&self) -> ChangesFilter {
        ChangesFilter {
            filters: self.filters.clone(),
            only: None,
        }
    }

    /// The URL of this comparison, without a page number.
    pub(crate) fn address(&self, from: &str, to: &str) -> Address {
        let mut address = Address::of(
            "/changes",
            &QueryRequest {
                offset: 0,
                ..self.request.clone()
            },
        );
        let own = [("change", &self.only), ("field", &self.field)];
        for (name, value) in own {
            if let Some(value) = value {
                address.add(name, value);
            }
        }
        address.with("from", Some(from)).with("to", Some(to))
    }
}

/// Refuses parameters of a search that a comparison does not take.
fn only_filters(request: &QueryRequest) -> Result<(), Problem> {
    let usual = QueryRequest::default();
    let is_search = !request.query.is_empty()
        || request.terminated
        || request.any_time
        || request.exact
        || request.explain
        || request.facets
        || request.notes
        || request.id.is_some()
        || request.annotations != usual.annotations;
    if is_search {
        return Err(comparison_takes());
    }
    Ok(())
}

fn comparison_takes() -> Problem {
    let known = FILTERS.each_ref().map(|filter| filter.name).join(", ");
    let detail = format!("two releases are compared; there is from, to, change, field, {known}");
    Problem::bad(detail)
}
