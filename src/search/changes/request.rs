//! `ChangesRequest`: which releases to compare, and over which codes.

use serde::Serialize;

use crate::codeset::{CodeSpan, Record};
use crate::error::{Error, Result, cannot_be, excerpt};
use crate::history::{Changes, Summary};
use crate::release::ReleaseId;
use crate::search::question::filter_table::{FilterSpec, Filters};
use crate::search::question::filter_value::FilterValue as _;
use crate::search::question::parameter;
use crate::search::question::request::{QueryRequest, plain};
use crate::search::question::slot::{Given, Slot};
use crate::search::searcher::Searcher;

/// The parameters of a request besides the filters of a search.
const OWN: &str = "old, new, only, summary";

/// The codes over which releases are compared: a record in either release must pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangesFilter {
    /// The filters on a record.
    pub filters: Filters,
    /// A watch-list, if given: only these codes.
    pub only: Option<Vec<CodeSpan>>,
}

/// Two indexed releases to compare.
///
/// ```
/// use hcpcs::search::ChangesRequest;
///
/// let pairs = [("old", "2025-10"), ("new", "2026-01"), ("betos", "O1E"), ("only", "J16*")];
/// let request = ChangesRequest::from_pairs(pairs)?;
/// assert_eq!(request.old, "2025-10".parse()?);
/// assert_eq!(request.within.filters.betos, ["O1E".parse()?]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ChangesRequest {
    /// The old release.
    pub old: ReleaseId,
    /// The new release.
    pub new: ReleaseId,
    /// The codes to compare.
    pub within: ChangesFilter,
    /// Whether to return only the summary.
    pub summary: bool,
}

/// The summary of the changes from one release to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ChangesSummary<'c> {
    /// The old release.
    pub from: &'c ReleaseId,
    /// The new release.
    pub to: &'c ReleaseId,
    /// How many codes changed, and in how many of them each field.
    pub summary: &'c Summary,
    /// What looks like a change and is none.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub notices: &'c [String],
}

impl<'c> From<&'c Changes> for ChangesSummary<'c> {
    fn from(changes: &'c Changes) -> Self {
        Self {
            from: &changes.from,
            to: &changes.to,
            summary: &changes.summary,
            notices: &changes.notices,
        }
    }
}

impl ChangesFilter {
    /// Reads a watch-list of codes, patterns and ranges; `None` for an empty list.
    ///
    /// # Errors
    ///
    /// An item is none of these.
    pub fn watch_list(texts: &[String]) -> Result<Option<Vec<CodeSpan>>> {
        let span = |text: &String| {
            CodeSpan::read(text).map_err(|why| Error::query(parameter::wrong("only", text, &why)))
        };
        let spans: Vec<CodeSpan> = texts.iter().map(span).collect::<Result<_>>()?;
        Ok(Some(spans).filter(|spans| !spans.is_empty()))
    }

    /// Whether a record passes. The taxonomy comes from the searcher; without one, no record passes
    /// a filter by RBCS.
    #[must_use]
    pub fn passes(&self, record: &Record, searcher: Option<&Searcher>) -> bool {
        let watched = self.only.as_ref();
        if !watched.is_none_or(|spans| spans.iter().any(|span| span.contains(record.code))) {
            return false;
        }
        let rbcs = searcher.filter(|_| !self.filters.rbcs.is_empty());
        let rbcs = rbcs.and_then(|searcher| searcher.rbcs(record.code));
        self.filters.passes(record, rbcs)
    }
}

impl ChangesRequest {
    /// Reads names and values, as of a URL's query string: `old`, `new`, `only`, `summary` and the
    /// filters of [`QueryRequest`].
    ///
    /// # Errors
    /// A parameter is unknown, given twice or missing, or its value is wrong.
    pub fn from_pairs<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Result<Self> {
        let mut own = Own::default();
        let mut others = Vec::new();
        for (name, value) in pairs {
            let plain = plain(name);
            if FilterSpec::named(&plain).is_some() {
                others.push((name, value));
            } else if !own.take(&plain, value)? {
                return Err(unknown(&plain));
            }
        }
        Ok(Self {
            old: release("old", own.old)?,
            new: release("new", own.new)?,
            within: ChangesFilter {
                filters: QueryRequest::from_pairs(others)?.filters.read()?,
                only: ChangesFilter::watch_list(&own.only)?,
            },
            summary: own.summary.unwrap_or(false),
        })
    }
}

/// The parameters besides filters, as given.
#[derive(Default)]
struct Own<'p> {
    old: Option<&'p str>,
    new: Option<&'p str>,
    only: Vec<String>,
    summary: Option<bool>,
}

impl<'p> Own<'p> {
    /// Takes a parameter, if it is one of these.
    fn take(&mut self, name: &str, value: &'p str) -> Result<bool> {
        let given = Given::Text(value);
        let is_twice = match name {
            "old" => self.old.replace(value).is_some(),
            "new" => self.new.replace(value).is_some(),
            "only" => {
                let put = Slot::List(&mut self.only).put(name, given);
                put.map_err(Error::query)?;
                false
            }
            "summary" => {
                let mut summary = false;
                let put = Slot::Flag(&mut summary).put(name, given);
                put.map_err(Error::query)?;
                self.summary.replace(summary).is_some()
            }
            _ => return Ok(false),
        };
        if is_twice {
            return Err(Error::query(parameter::twice(name)));
        }
        Ok(true)
    }
}

fn unknown(name: &str) -> Error {
    let shown = excerpt(name);
    let reason =
        format!("there is no parameter `{shown}`; there are {OWN} and the filters of a search");
    Error::query(reason)
}

/// The release that a parameter names.
pub(crate) fn release(name: &str, text: Option<&str>) -> Result<ReleaseId> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| {
        let reason = format!("`{name}` is missing; give a release, such as 2026-01");
        Error::query(reason)
    })?;
    text.parse()
        .map_err(|_| Error::query(cannot_be(name, text, "a release, such as 2026-01")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |query: &str| {
            let pairs = query
                .split('&')
                .map(|part| part.split_once('=').unwrap_or((part, "")));
            ChangesRequest::from_pairs(pairs).unwrap_err().to_string()
        };
        for row in "
             | there is no parameter ``
            old=2025-10 | `new` is missing; give a release
            old=x&new=2026-01 | `old` cannot be `x`; give a release
            old=2025-10&old=2025-10&new=2026-01 | `old` is given twice
            old=2025-10&new=2026-01&limit=1 | there is no parameter `limit`
            old=2025-10&new=2026-01&query=x | there is no parameter `query`
            old=2025-10&new=2026-01&only=99213 | `only` cannot be `99213`; give codes
            old=2025-10&new=2026-01&summary=maybe | `summary` cannot be `maybe`
            old=2025-10&new=2026-01&summary&summary | `summary` is given twice
            old=2025-10&new=2026-01&betos=O1EXX | `betos` cannot be `O1EXX`
        "
        .trim_matches([' ', '\n'])
        .lines()
        {
            let [query, said] = row.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
                panic!("{row}")
            };
            let reason = wrong(query);
            assert!(reason.contains(said), "{query}: {reason}");
        }
    }

    #[test]
    fn a_watch_list_and_a_filter_must_both_be_passed() {
        let pairs = [
            ("old", "2025-10"),
            ("new", "2026-01"),
            ("only", "J16*, J17*"),
            ("noc", ""),
        ];
        let within = ChangesRequest::from_pairs(pairs).unwrap().within;
        let mut record = Record::new("J1640".parse().unwrap());
        assert!(!within.passes(&record, None));
        record.not_otherwise_classified = Some(true);
        assert!(within.passes(&record, None));
        record.code = "J1800".parse().unwrap();
        assert!(!within.passes(&record, None));
        assert!(ChangesFilter::default().passes(&record, None));
    }
}
