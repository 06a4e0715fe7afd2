//! The parameters of a question by name: what each takes, from JSON or from text.

use serde_json::Value;

use super::request::QueryRequest;
use crate::search::plan::correction::distance;

/// Every parameter, and what would be right for it.
const PARAMETERS: &[(&str, &str)] = &[
    ("id", "any JSON value"),
    ("query", "text: words, codes or phrases"),
    ("limit", "a number, such as 10"),
    ("offset", "a number, such as 10"),
    ("as_of", "a day, `YYYY-MM-DD`"),
    ("any_time", "true or false"),
    ("terminated", "true or false"),
    ("exact", "true or false"),
    ("facets", "true or false"),
    ("annotations", "true or false"),
    ("notes", "true or false"),
    ("explain", "true or false"),
    ("betos", "a value of the BETOS tree, such as `O1E` or `O1`"),
    ("coverage", "a coverage code, such as `D`"),
    ("kind", "`procedure` or `modifier`"),
    ("section", "the first letter of a code, such as `J`"),
    ("codes", "codes, such as `J1640`, `J16*` or `J1600-J1699`"),
    ("pricing", "a pricing indicator in quotes, such as `51`"),
    ("tos", "a type of service in quotes, such as `1`"),
    ("action", "an action code, such as `A`"),
    ("asc", "an ASC payment group, such as `YY`"),
    ("rbcs", "a value of the RBCS tree, such as `RI` or `RI035N`"),
    ("noc", "true or false"),
    (
        "added",
        "days, such as `2025-01-01..` or `2025-01-01..2025-12-31`",
    ),
];

/// What else people call a parameter.
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

/// The most edits by which an unknown name may differ from the one that is meant.
const MOST_EDITS: u8 = 2;
/// The most characters of a wrong value that a message repeats.
pub(crate) const SHOWN: usize = 40;

/// A value as it was given.
pub(crate) enum Given<'v> {
    /// Of a URL or a cell.
    Text(&'v str),
    /// Of a JSON object.
    Json(Value),
}

/// Where a parameter's value goes.
pub(crate) enum Slot<'r> {
    Any(&'r mut Option<Value>),
    Text(&'r mut String),
    Day(&'r mut Option<String>),
    Number(&'r mut usize),
    Flag(&'r mut bool),
    List(&'r mut Vec<String>),
}

/// The parameter of a name.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    let mut names = PARAMETERS.iter().map(|(known, _)| *known);
    names.find(|known| *known == name)
}

impl QueryRequest {
    /// The place of a parameter's value, and its name.
    pub(crate) fn slot(&mut self, name: &str) -> Option<(&'static str, Slot<'_>)> {
        let name = known(name)?;
        let slot = match name {
            "id" => Slot::Any(&mut self.id),
            "query" => Slot::Text(&mut self.query),
            "limit" => Slot::Number(&mut self.limit),
            "offset" => Slot::Number(&mut self.offset),
            "as_of" => Slot::Day(&mut self.as_of),
            "any_time" => Slot::Flag(&mut self.any_time),
            "terminated" => Slot::Flag(&mut self.terminated),
            "exact" => Slot::Flag(&mut self.exact),
            "facets" => Slot::Flag(&mut self.facets),
            "annotations" => Slot::Flag(&mut self.annotations),
            "explain" => Slot::Flag(&mut self.explain),
            "notes" => Slot::Flag(&mut self.notes),
            "betos" => Slot::List(&mut self.betos),
            "coverage" => Slot::List(&mut self.coverage),
            "kind" => Slot::List(&mut self.kind),
            "section" => Slot::List(&mut self.section),
            "codes" => Slot::List(&mut self.codes),
            "pricing" => Slot::List(&mut self.pricing),
            "tos" => Slot::List(&mut self.tos),
            "action" => Slot::List(&mut self.action),
            "asc" => Slot::List(&mut self.asc),
            "rbcs" => Slot::List(&mut self.rbcs),
            "noc" => Slot::Flag(&mut self.noc),
            "added" => Slot::List(&mut self.added),
            _ => return None,
        };
        Some((name, slot))
    }
}

impl Slot<'_> {
    /// Whether it takes several values.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }

    /// Puts a value in its place; the error says what would be right. JSON's `null` is nothing said.
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
            Self::Day(slot) => *slot = Some(text.to_owned()),
            Self::Number(slot) => {
                *slot = text.trim().parse().map_err(|_| cannot_be(name, text))?;
            }
            Self::Flag(slot) => *slot = flag(text).ok_or_else(|| cannot_be(name, text))?,
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
            (Self::Day(slot), Value::String(text)) => *slot = Some(text),
            (Self::Flag(slot), Value::Bool(value)) => *slot = value,
            (Self::Number(slot), Value::Number(number)) => {
                let value = number
                    .as_u64()
                    .and_then(|value| usize::try_from(value).ok());
                *slot = value.ok_or_else(|| cannot_be(name, &number.to_string()))?;
            }
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

fn flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "" | "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// That a parameter does not take a value, and what it takes.
pub(crate) fn cannot_be(name: &str, value: &str) -> String {
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    let known = other.map_or(name, |(_, known)| *known);
    let right = PARAMETERS.iter().find(|(own, _)| *own == known);
    let right = right.map_or("another value", |(_, right)| right);
    let value: String = value.chars().take(SHOWN).collect();
    format!("`{name}` cannot be `{value}`; give {right}")
}

/// That a name is unknown, and which one is meant.
pub(crate) fn unknown(what: &str, name: &str) -> String {
    let known = || PARAMETERS.iter().map(|(known, _)| *known);
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

/// That a parameter which takes one value has two.
pub(crate) fn twice(name: &str) -> String {
    format!("`{name}` is given twice; give it once")
}

/// What is wrong with a JSON text of one line.
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
