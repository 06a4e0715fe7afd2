//! The parameters of a question, as one table; and how a value, from JSON or from text, is read.

use serde_json::Value;

use super::filter_table::FILTERS;
use super::filter_value::flag;
use super::query::Sort;
use crate::search::plan::correction::distance;

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

/// The value for no limit.
const ALL: &str = "all";
/// The maximum of edits between an unknown name and the suggested one.
const MOST_EDITS: u8 = 2;
/// The maximum of characters of a wrong value that a message repeats.
pub(crate) const SHOWN: usize = 40;

/// A value as given.
pub(crate) enum Given<'v> {
    /// From a URL or a cell.
    Text(&'v str),
    /// From a JSON object.
    Json(Value),
}

/// The destination of a parameter's value.
pub(crate) enum Slot<'r> {
    Any(&'r mut Option<Value>),
    Text(&'r mut String),
    Name(&'r mut Option<String>),
    Number(&'r mut usize),
    /// A number or `all`.
    Limit(&'r mut Option<usize>),
    Flag(&'r mut bool),
    /// The values of a filter.
    List(&'r mut Vec<String>),
    /// A filter that is true or false; its one value is `true`.
    FlagList(&'r mut Vec<String>),
}

/// The name of a parameter, as the table has it.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    let mut names = parameters().map(|parameter| parameter.name);
    names.find(|known| *known == name)
}

impl Slot<'_> {
    /// Whether it takes several values.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }

    /// Stores a value; the error says what would be right. JSON's `null` means not given.
    pub(crate) fn put(self, name: &str, given: Given<'_>) -> Result<(), String> {
        match given {
            Given::Text(text) => self.put_text(name, text),
            Given::Json(Value::Null) => Ok(()),
            Given::Json(value) => self.put_json(name, value),
        }
    }

    fn put_text(self, name: &str, text: &str) -> Result<(), String> {
        match self {
            Self::Any(id) => *id = Some(Value::from(text)),
            Self::Text(slot) => text.clone_into(slot),
            Self::Name(slot) => *slot = Some(text.to_owned()),
            Self::Number(slot) => {
                *slot = text.trim().parse().map_err(|_| cannot_be(name, text))?;
            }
            Self::Limit(slot) => *slot = Some(limit(text).ok_or_else(|| cannot_be(name, text))?),
            Self::Flag(slot) => *slot = flag(text).ok_or_else(|| cannot_be(name, text))?,
            Self::FlagList(slot) => {
                set_flag(slot, flag(text).ok_or_else(|| cannot_be(name, text))?);
            }
            Self::List(slot) => {
                let values = text.split(',').map(str::trim);
                slot.extend(values.filter(|value| !value.is_empty()).map(str::to_owned));
            }
        }
        Ok(())
    }

    fn put_json(self, name: &str, value: Value) -> Result<(), String> {
        match (self, value) {
            (Self::Any(id), value) => *id = Some(value),
            (Self::Text(slot), Value::String(text)) => *slot = text,
            (Self::Name(slot), Value::String(text)) => *slot = Some(text),
            (Self::Flag(slot), Value::Bool(value)) => *slot = value,
            (Self::FlagList(slot), Value::Bool(value)) => set_flag(slot, value),
            (Self::Number(slot), Value::Number(number)) => {
                *slot = whole(&number).ok_or_else(|| cannot_be(name, &number.to_string()))?;
            }
            (Self::Limit(slot), Value::Number(number)) => {
                let value = whole(&number).ok_or_else(|| cannot_be(name, &number.to_string()))?;
                *slot = Some(value);
            }
            (Self::Limit(slot), Value::String(text)) if text == ALL => *slot = Some(usize::MAX),
            (Self::List(slot), Value::String(text)) => slot.push(text),
            (Self::List(slot), Value::Array(values)) => {
                for value in values {
                    match value {
                        Value::String(text) => slot.push(text),
                        other => return Err(cannot_be(name, &other.to_string())),
                    }
                }
            }
            (_, Value::String(text)) => return Err(cannot_be(name, &text)),
            (_, other) => return Err(cannot_be(name, &other.to_string())),
        }
        Ok(())
    }
}

fn whole(number: &serde_json::Number) -> Option<usize> {
    let value = number.as_u64()?;
    usize::try_from(value).ok()
}

/// A limit: a number, or `all`.
fn limit(text: &str) -> Option<usize> {
    match text.trim() {
        ALL => Some(usize::MAX),
        number => number.parse().ok(),
    }
}

fn set_flag(slot: &mut Vec<String>, is_set: bool) {
    slot.clear();
    if is_set {
        slot.push("true".to_owned());
    }
}

/// The error for a value that a parameter does not take, and what it takes.
pub(crate) fn cannot_be(name: &str, value: &str) -> String {
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    let known = other.map_or(name, |(_, known)| *known);
    let right = parameters().find(|own| own.name == known);
    let right = right.map_or("another value", |own| own.accepts);
    let value: String = value.chars().take(SHOWN).collect();
    format!("`{name}` cannot be `{value}`; give {right}")
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
    let shown: String = name.chars().take(SHOWN).collect();
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
