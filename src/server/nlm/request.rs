//! The parameters of NLM's service.

use utoipa::IntoParams;

use crate::error::{cannot_be, excerpt};
use crate::server::http::problem::Problem;
use crate::server::http::query_string::Pair;

use super::constraint::Constraint;
use super::field::TableField;

/// The default page size, the maximum, and the furthest offset.
const USUAL: usize = 7;
const MOST: usize = 500;
const FURTHEST: usize = 7_500;
/// The parameters that are read, and those that the widget sends for itself.
const KNOWN: [&str; 13] = [
    "terms",
    "q",
    "maxList",
    "count",
    "offset",
    "df",
    "sf",
    "cf",
    "ef",
    "hl",
    "suggest",
    "field_val",
    "authenticity_token",
];
/// The maximum of fields of a parameter.
const MAX_FIELDS: usize = 20;

/// The parameters of a request.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) terms: String,
    q: String,
    pub(super) count: usize,
    pub(super) offset: usize,
    /// The fields of a display string.
    pub(super) displayed: Vec<TableField>,
    /// The fields in which `terms` are searched.
    pub(super) searched: Vec<TableField>,
    /// The field that is returned as the code.
    pub(super) code_field: TableField,
    /// Extra fields, each with its name in the answer.
    pub(super) extra: Vec<(String, TableField)>,
    pub(super) is_highlighted: bool,
    pub(super) suggest: bool,
    pub(super) field_val: String,
    /// What is said beside the answer: parameters that are not known, a page that is cut.
    pub(super) notices: Vec<String>,
}

/// The parameters as described in OpenAPI; all are optional.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only its description is used")]
pub(super) struct RequestParameters {
    /// Prefixes of words, all of which a code must have; may be empty.
    #[param(example = "glyco")]
    terms: Option<String>,
    /// A constraint, such as `is_noc:false AND code:(A4206 OR J16*)`.
    q: Option<String>,
    /// How many codes to return, at most 500; by default 7, and 500 if empty.
    #[param(rename = "maxList", value_type = Option<String>, pattern = "^[0-9]{0,9}$")]
    max_list: Option<String>,
    /// The same, before `maxList`; 7 if empty.
    #[param(pattern = "^[0-9]{0,9}$")]
    count: Option<String>,
    /// How many codes to skip; with `count` at most 7500.
    #[param(pattern = "^[0-9]{0,9}$")]
    offset: Option<String>,
    /// The fields of a display string: `code,display`.
    df: Option<String>,
    /// The fields in which `terms` are searched: `code,short_desc,long_desc`.
    sf: Option<String>,
    /// The field that is returned as the code: `code`.
    cf: Option<String>,
    /// Extra fields, each with an optional alias after a colon: `add_dt,long_desc:long`.
    ef: Option<String>,
    /// Whether matched words are wrapped in `<span>` in display strings; 1 for yes.
    hl: Option<String>,
    /// Whether to return codes for `field_val`, which may be misspelt; 1 for yes.
    suggest: Option<String>,
    /// The word for which to return codes, with `suggest`.
    field_val: Option<String>,
}

impl Request {
    /// Reads the parameters; unknown ones are ignored, as by NLM's service.
    pub(super) fn read(pairs: &[Pair<'_>], caps: bool) -> Result<Self, Problem> {
        let value = |name: &str| {
            let own = pairs.iter().rev().find(|(other, _)| other == name);
            own.map(|(_, value)| value.trim())
        };
        let fields = |name: &str, usual: &str| -> Result<Vec<TableField>, Problem> {
            let names = value(name)
                .filter(|names| !names.is_empty())
                .unwrap_or(usual);
            check(name, names)?;
            names
                .split(',')
                .map(|field| TableField::named(field.trim()))
                .collect()
        };
        let most = if caps { MOST } else { usize::MAX };
        let number = |name: &str, empty: usize| match value(name) {
            None => Ok(None),
            Some("") => Ok(Some(empty)),
            Some(text) => text
                .parse()
                .map(Some)
                .map_err(|_| Problem::bad(cannot_be(name, text, "a number"))),
        };
        let offset = number("offset", 0)?.unwrap_or(0);
        let listed = number("maxList", most)?.unwrap_or(USUAL);
        let asked = number("count", USUAL)?.unwrap_or(listed);
        let furthest = if caps { FURTHEST } else { usize::MAX };
        let count = asked.min(most).min(furthest.saturating_sub(offset));
        let is_set = |name: &str| match value(name).unwrap_or_default() {
            "" | "0" | "false" => Ok(false),
            "1" | "true" => Ok(true),
            other => Err(Problem::bad(cannot_be(name, other, "1 or 0"))),
        };
        let unknown = pairs.iter().map(|(name, _)| &**name);
        // a name that begins so is there against caches
        let unknown = unknown.filter(|name| !KNOWN.contains(name) && !name.starts_with('_'));
        let mut notices: Vec<String> = unknown
            .take(MAX_FIELDS)
            .map(|name| {
                let shown = excerpt(name);
                format!("there is no parameter `{shown}`; it is passed over")
            })
            .collect();
        if count < asked {
            notices.push(format!(
                "at most {MOST} codes are given, and those up to the {FURTHEST}th: {count} instead of \
                 {asked}"
            ));
        }
        let text = |name: &str| value(name).unwrap_or_default().to_owned();
        Ok(Self {
            terms: text("terms"),
            q: text("q"),
            count,
            offset,
            displayed: fields("df", "code,display")?,
            searched: fields("sf", "code,short_desc,long_desc")?,
            code_field: TableField::named(
                value("cf").filter(|cf| !cf.is_empty()).unwrap_or("code"),
            )?,
            extra: extra(value("ef").unwrap_or_default())?,
            is_highlighted: is_set("hl")?,
            suggest: is_set("suggest")?,
            field_val: text("field_val"),
            notices,
        })
    }

    /// What is said if no code is found.
    pub(super) fn nothing_found(&self) -> String {
        let asked = [("terms", &self.terms), ("q", &self.q)];
        let asked = asked.into_iter().filter(|(_, text)| !text.is_empty());
        let asked: Vec<String> = asked
            .map(|(name, text)| format!("`{}` as {name}", excerpt(text)))
            .collect();
        format!("no code has {}", asked.join(" and "))
    }

    /// The constraint, if there is one.
    pub(super) fn constraint(&self) -> Result<Option<Constraint>, Problem> {
        if self.q.is_empty() {
            return Ok(None);
        }
        Constraint::parse(&self.q)
            .map(Some)
            .map_err(|why| Problem::bad(format!("`q`: {why}")))
    }
}

/// Refuses more fields than a parameter may have.
fn check(name: &str, fields: &str) -> Result<(), Problem> {
    let given = fields.split(',').count();
    if given > MAX_FIELDS {
        let detail = format!("`{name}` has {given} fields; give at most {MAX_FIELDS}");
        return Err(Problem::bad(detail));
    }
    Ok(())
}

fn extra(names: &str) -> Result<Vec<(String, TableField)>, Problem> {
    check("ef", names)?;
    let names = names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names
        .map(|name| {
            let (field, other) = name.split_once(':').unwrap_or((name, name));
            Ok((other.to_owned(), TableField::named(field)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str, caps: bool) -> Result<Request, Problem> {
        let uri = format!("/x?{query}").parse().unwrap();
        Request::read(
            &crate::server::http::query_string::pairs(&uri).unwrap(),
            caps,
        )
    }

    #[test]
    fn how_many_are_given() {
        for (query, expected) in [
            ("", (0, 7)),
            ("maxList=", (0, 500)),
            ("maxList=20", (0, 20)),
            ("maxList=9999", (0, 500)),
            ("maxList=20&count=3", (0, 3)),
            ("count=&offset=", (0, 7)),
            ("count=500&offset=7400", (7400, 100)),
            ("count=500&offset=9000", (9000, 0)),
        ] {
            let request = read(query, true).unwrap();
            assert_eq!((request.offset, request.count), expected, "{query}");
        }
        assert_eq!(
            read("maxList=&offset=8000", false).unwrap().count,
            usize::MAX - 8000
        );
        assert!(read("count=-1", true).is_err());
        assert!(read("offset=x", true).is_err());
    }

    #[test]
    fn fields_by_name() {
        let request = read("ef=long_desc:long,%20is_noc&df=&cf=display&_=1", true).unwrap();
        let extra = [
            ("long".to_owned(), TableField::LongDesc),
            ("is_noc".to_owned(), TableField::IsNoc),
        ];
        assert_eq!(request.extra, extra);
        assert_eq!(request.displayed, [TableField::Code, TableField::Display]);
        assert_eq!(request.code_field, TableField::Display);
        assert!(read("df=price", true).is_err());
        for name in ["df", "sf", "ef"] {
            let many = vec!["code"; MAX_FIELDS + 1].join(",");
            assert!(read(&format!("{name}={many}"), true).is_err(), "{name}");
        }
    }
}
