//! `Slot`: where a parameter's value goes, read from JSON or from text.

use serde_json::Value;

use super::filter_value::flag;
use super::parameter::cannot_be;

/// The value for no limit.
const ALL: &str = "all";

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
