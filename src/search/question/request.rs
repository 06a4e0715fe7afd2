//! `QueryRequest`: a question in JSON or as names and values, from scripts and services.

use serde_json::Value;

use super::filter_table::FilterSpec;
use super::filter_texts::FilterTexts;
use super::parameter;
use super::parameter::{Parameter, cannot_be};
use super::query::{Query, Sort};
use super::slot::{Given, Slot};
use crate::codeset::Date;
use crate::error::{Error, Result};
use crate::table::long_numbers::long_numbers_as_texts;

/// A question from scripts and services: every value as text, under the names of the command line.
/// `Query::try_from` reads the values.
///
/// ```
/// use hcpcs::{Query, QueryRequest};
///
/// let request = QueryRequest::from_json(r#"{"query":"hemin","coverage":["d"],"limit":3}"#)?;
/// let query = Query::try_from(request)?;
/// assert_eq!(query.filters.coverage[0].as_str(), "D");
///
/// let wrong = QueryRequest::from_json(r#"{"query":"hemin","covrage":["D"]}"#).unwrap_err();
/// assert!(wrong.to_string().contains("did you mean `coverage`"));
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct QueryRequest {
    /// Returned unchanged with the answer; any JSON value.
    pub id: Option<Value>,
    /// Words, phrases, codes; may be empty if a filter is given.
    pub query: String,
    /// How many hits to return; by default 10, and for a list of codes all that are named.
    pub limit: Option<usize>,
    /// How many hits to skip.
    pub offset: usize,
    /// The order of the hits: `best` or `code`.
    pub sort: Option<String>,
    /// The day of the question, `YYYY-MM-DD`; by default today.
    pub as_of: Option<String>,
    /// Whether versions of all days answer.
    pub any_time: bool,
    /// Whether codes that are not valid on the day answer too.
    pub terminated: bool,
    /// Whether words are searched as written, without corrections.
    pub exact: bool,
    /// Whether to return facets.
    pub facets: bool,
    /// Whether to search annotations too; by default true.
    pub annotations: bool,
    /// Whether only clinical notes are searched.
    pub notes: bool,
    /// Whether each hit has its score in numbers.
    pub explain: bool,
    /// Values of the filters.
    pub filters: FilterTexts,
}

impl Default for QueryRequest {
    fn default() -> Self {
        let query = Query::default();
        Self {
            id: None,
            query: query.text,
            limit: query.limit,
            offset: query.offset,
            sort: None,
            as_of: None,
            any_time: query.any_time,
            terminated: query.terminated,
            exact: query.exact,
            facets: query.facets,
            annotations: query.annotations,
            notes: query.notes,
            explain: query.explain,
            filters: FilterTexts::default(),
        }
    }
}

impl QueryRequest {
    /// Reads a JSON object.
    ///
    /// # Errors
    /// It is not JSON, has an unknown field, or a field has a value of the wrong type.
    pub fn from_json(text: &str) -> Result<Self> {
        let text = long_numbers_as_texts(text);
        serde_json::from_str(&text).map_err(|cause| Error::query(parameter::json_reason(&cause)))
    }

    /// Every parameter, the filters last.
    pub fn parameters() -> impl Iterator<Item = Parameter> {
        parameter::parameters()
    }

    /// The parameter of a name, as in a URL's query string or the header of a table.
    ///
    /// # Errors
    /// There is none; the error suggests one.
    pub fn parameter(name: &str) -> Result<&'static str> {
        parameter::known(&plain(name)).ok_or_else(|| unknown_parameter(name))
    }

    /// Reads names and values, as in a URL's query string or the cells of a row. A list has its
    /// values separated by commas or is given several times; a flag without a value is set.
    ///
    /// # Errors
    /// A parameter is unknown, given twice, or its value is of the wrong kind.
    pub fn from_pairs<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Result<Self> {
        let mut request = Self::default();
        let mut seen: Vec<&'static str> = Vec::new();
        for (name, value) in pairs {
            let slot = request.slot(&plain(name));
            let (name, slot) = slot.ok_or_else(|| unknown_parameter(name))?;
            if seen.contains(&name) && !slot.is_list() {
                return Err(Error::query(parameter::twice(name)));
            }
            seen.push(name);
            slot.put(name, Given::Text(value)).map_err(Error::query)?;
        }
        Ok(request)
    }

    /// The destination of a parameter's value, and its name.
    pub(crate) fn slot(&mut self, name: &str) -> Option<(&'static str, Slot<'_>)> {
        let name = parameter::known(name)?;
        let slot = match name {
            "id" => Slot::Any(&mut self.id),
            "query" => Slot::Text(&mut self.query),
            "limit" => Slot::Limit(&mut self.limit),
            "offset" => Slot::Number(&mut self.offset),
            "sort" => Slot::Name(&mut self.sort),
            "as_of" => Slot::Name(&mut self.as_of),
            "any_time" => Slot::Flag(&mut self.any_time),
            "terminated" => Slot::Flag(&mut self.terminated),
            "exact" => Slot::Flag(&mut self.exact),
            "facets" => Slot::Flag(&mut self.facets),
            "annotations" => Slot::Flag(&mut self.annotations),
            "explain" => Slot::Flag(&mut self.explain),
            "notes" => Slot::Flag(&mut self.notes),
            filter => {
                let is_flag = FilterSpec::named(filter).is_some_and(|filter| filter.is_flag);
                let values = self.filters.get_mut(filter)?;
                if is_flag {
                    Slot::FlagList(values)
                } else {
                    Slot::List(values)
                }
            }
        };
        Some((name, slot))
    }
}

/// A name as in the table of parameters.
pub(crate) fn plain(name: &str) -> String {
    name.trim().to_ascii_lowercase().replace('-', "_")
}

fn unknown_parameter(name: &str) -> Error {
    Error::query(parameter::unknown("parameter", &plain(name)))
}

impl TryFrom<QueryRequest> for Query {
    type Error = Error;

    fn try_from(request: QueryRequest) -> Result<Self> {
        let as_of = match request.as_of.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(day) => Some(
                day.parse::<Date>()
                    .map_err(|_| Error::query(cannot_be("as_of", day)))?,
            ),
        };
        Ok(Self {
            filters: request.filters.read()?,
            text: request.query,
            as_of,
            any_time: request.any_time,
            terminated: request.terminated,
            limit: request.limit,
            offset: request.offset,
            sort: request.sort.as_deref().map_or(Ok(Sort::Best), sort)?,
            finished: false,
            exact: request.exact,
            facets: request.facets,
            annotations: request.annotations,
            notes: request.notes,
            explain: request.explain,
        })
    }
}

fn sort(name: &str) -> Result<Sort> {
    name.parse()
        .map_err(|_| Error::query(cannot_be("sort", name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codeset::Kind;

    const FULL: &str = r#"{"id":{"n":7},"query":"hemin","limit":3,"offset":1,"sort":"code",
        "as_of":"2026-01-01","any_time":true,"terminated":true,"exact":true,"facets":true,
        "annotations":false,"explain":true,"betos":["o1e"],"coverage":"d","kind":["modifier"],
        "section":["j"],"codes":["j16*","J1-J9"],"pricing":["51"],"tos":["1","p"],"action":["n"],
        "asc":["yy"],"rbcs":["ri"],"noc":true,"added":["2025-01-01.."]}"#;
    const PAIRS: &str = "query=hemin&limit=3&offset=1&sort=code&as-of=2026-01-01&any_time=yes&\
        terminated=1&exact=&facets=TRUE&annotations=false&explain=true&betos=o1e&coverage=d&\
        kind=modifier&section=j&codes=j16*, J1-J9&pricing=51&tos=1&tos=p&action=n&asc=yy&rbcs=ri&\
        noc=&added=2025-01-01..";

    #[test]
    fn every_field_is_read_from_json_and_from_pairs() {
        let mut json = QueryRequest::from_json(FULL).unwrap();
        assert_eq!(json.id.take(), Some(serde_json::json!({"n": 7})));
        let pairs = PAIRS.split('&').filter_map(|pair| pair.split_once('='));
        let pairs = QueryRequest::from_pairs(pairs).unwrap();
        assert_eq!(json, pairs);
        let query = Query::try_from(json).unwrap();
        assert_eq!((query.limit, query.offset), (Some(3), 1));
        assert_eq!(query.sort, Sort::Code);
        assert_eq!(query.as_of, "2026-01-01".parse().ok());
        assert!(query.any_time && query.terminated && query.exact && query.facets);
        assert!(query.explain && !query.annotations);
        let filters = query.filters;
        assert_eq!(filters.betos, ["O1E".parse().unwrap()]);
        assert_eq!(filters.coverage, ["D".parse().unwrap()]);
        assert_eq!(filters.kind, [Kind::Modifier]);
        assert_eq!(filters.codes[1], "J1-J9".parse().unwrap());
        assert_eq!(filters.type_of_service[1], "P".parse().unwrap());
        assert_eq!(filters.rbcs, ["RI"]);
        assert!(filters.not_otherwise_classified);
        assert_eq!(filters.added, ["2025-01-01..".parse().unwrap()]);
    }

    #[test]
    fn nothing_said_is_the_default() {
        for text in [
            "{}",
            r#"{"as_of":null,"betos":null,"limit":null,"noc":null}"#,
        ] {
            let query = Query::try_from(QueryRequest::from_json(text).unwrap()).unwrap();
            assert_eq!(query, Query::default(), "{text}");
        }
    }

    #[test]
    fn pairs_that_are_wrong() {
        let wrong = |name, value| {
            let pairs = [("limit", "1"), (name, value)];
            QueryRequest::from_pairs(pairs).unwrap_err().to_string()
        };
        assert!(wrong("limit", "2").contains("`limit` is given twice"));
        assert!(wrong("covrage", "D").contains("no parameter `covrage`; did you mean `coverage`?"));
        assert!(wrong("offset", "x").contains("`offset` cannot be `x`"));
    }
}
