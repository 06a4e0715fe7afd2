//! The parameters of a question, as one table.

use super::filter_table::FILTERS;
use super::query::Sort;
use crate::error::excerpt;
use crate::search::plan::edit_distance::distance;

/// A parameter of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name in JSON and in a URL, such as `as_of`.
    pub name: &'static str,
    /// What it does, in one line.
    pub help: &'static str,
    /// What would be right if a value is wrong.
    pub accepts: &'static str,
    /// The type of its value.
    pub takes: Takes,
}

/// The type of a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Takes {
    /// Any JSON value.
    Any,
    /// A text.
    Text,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// A number that is not negative.
    Number,
    /// A number that is not negative, or `all`.
    Limit,
    /// One of these names.
    Choice(&'static [&'static str]),
    /// True or false.
    Flag,
    /// Several texts.
    List,
}

/// The parameters except filters.
#[rustfmt::skip]
const OWN: &[(&str, Takes, &str, &str)] = &[
    ("id", Takes::Any, "Given back with the answer as it is; any JSON value", "any JSON value"),
    ("query", Takes::Text, "Words, phrases, codes; may be empty if a filter is given", "text: words, codes or phrases"),
    ("as_of", Takes::Day, "Codes as they were valid on a day, YYYY-MM-DD [default: today]", "a day, `YYYY-MM-DD`"),
    ("terminated", Takes::Flag, "Also codes that are not valid on the day", FLAG),
    ("any_time", Takes::Flag, "What any release said at any time: each version of a code answers for itself", FLAG),
    ("exact", Takes::Flag, "Take words as they are written, without corrections", FLAG),
    ("annotations", Takes::Flag, "Also search drug names, notes, taxonomy and synonyms [default: true]", FLAG),
    ("notes", Takes::Flag, "Search clinical notes alone, and show the words around each match", FLAG),
    ("facets", Takes::Flag, "Count the whole match by coverage, BETOS, RBCS, section, kind, pricing, type of service", FLAG),
    ("explain", Takes::Flag, "Explain the score of each answer", FLAG),
    ("limit", Takes::Limit, "How many answers to show, or `all` [default: 10; of a list of codes, all that are named]", "a number, such as 10, or `all`"),
    ("offset", Takes::Number, "How many answers to pass over [default: 0]", "a number, such as 10"),
    ("sort", Takes::Choice(&Sort::NAMES), "The order of the answers: `best` or `code` [default: the best first, codes as asked]", "`best` or `code`"),
];
const FLAG: &str = "true or false";

/// Every parameter: those of the question itself, then the filters.
pub(crate) fn parameters() -> impl Iterator<Item = Parameter> {
    let own = OWN.iter().map(|(name, takes, help, accepts)| Parameter {
        name,
        help,
        accepts,
        takes: *takes,
    });
    own.chain(FILTERS.iter().map(|filter| Parameter {
        name: filter.name,
        help: filter.help,
        accepts: filter.accepts,
        takes: if filter.is_flag {
            Takes::Flag
        } else {
            Takes::List
        },
    }))
}

/// Other common names of parameters.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("asc_group", "asc"),
    ("code", "codes"),
    ("count", "limit"),
    ("date", "as_of"),
    ("not_otherwise_classified", "noc"),
    ("only", "codes"),
    ("q", "query"),
    ("size", "limit"),
    ("text", "query"),
    ("terms", "query"),
    ("type_of_service", "tos"),
];

/// The maximum of edits between an unknown name and the suggested one.
const MOST_EDITS: u8 = 2;

/// The name of a parameter, as the table has it.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    let mut names = parameters().map(|parameter| parameter.name);
    names.find(|known| *known == name)
}

/// The error for a value that a parameter does not take, and what it takes.
pub(crate) fn cannot_be(name: &str, value: &str) -> String {
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    let known = other.map_or(name, |(_, known)| *known);
    let right = parameters().find(|own| own.name == known);
    let right = right.map_or("another value", |own| own.accepts);
    crate::error::cannot_be(name, value, right)
}

/// The error for a value that a parameter does not take, with a reason if there is one.
pub(crate) fn wrong(name: &str, value: &str, why: &str) -> String {
    let between = if why.is_empty() { "" } else { ": " };
    cannot_be(name, value) + between + why
}

/// The error for an unknown name, with a suggestion.
pub(crate) fn unknown(what: &str, name: &str) -> String {
    let known = || parameters().map(|known| known.name);
    let edits = |known: &str| distance(known.as_bytes(), name.as_bytes(), MOST_EDITS);
    let alike = known().filter_map(|known| Some((edits(known)?, known)));
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    let meant = other.map(|(_, known)| *known).or_else(|| {
        let alike = alike.filter(|(edits, known)| usize::from(*edits) < known.len() - 1);
        alike
            .min_by_key(|(edits, _)| *edits)
            .map(|(_, known)| known)
    });
    let shown = excerpt(name);
    if let Some(meant) = meant {
        return format!("there is no {what} `{shown}`; did you mean `{meant}`?");
    }
    let all: Vec<&str> = known().collect();
    format!("there is no {what} `{shown}`; there are {}", all.join(", "))
}

/// The error for a second value of a parameter that takes one.
pub(crate) fn twice(name: &str) -> String {
    format!("`{name}` is given twice; give it once")
}

/// The error in a one-line JSON text.
pub(crate) fn json_reason(cause: &serde_json::Error) -> String {
    let place = format!(" at line {} column {}", cause.line(), cause.column());
    let text = cause.to_string();
    let reason = text.strip_suffix(&place).unwrap_or(&text);
    if cause.is_data() {
        return reason.to_owned();
    }
    let column = cause.column();
    format!(
        "not JSON: {reason} at character {column}; give an object such as {{\"query\":\"hemin\"}}"
    )
}
