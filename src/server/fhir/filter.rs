//! A filter of a value set's definition: on a property, the code or the display.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::codeset::Date;
use crate::error::excerpt;
use crate::search::ListedCode;

use super::pattern::Pattern;
use super::property::{PROPERTIES, Property, Standing, properties, type_of};
use super::refusal::Refusal;

/// A filter on a property, the code or the display.
#[derive(Debug)]
pub(super) struct Filter {
    property: String,
    test: Test,
}

#[derive(Debug)]
enum Test {
    In(HashSet<String>),
    NotIn(HashSet<String>),
    Matches(Arc<Pattern>),
    Exists(bool),
    Below(String),
}

/// The values of a code for filters, each read at most once and on demand.
pub(super) struct Values<'s> {
    listed: ListedCode<'s>,
    properties: OnceCell<Option<Vec<(String, String)>>>,
}

impl<'s> Values<'s> {
    /// The values of a code.
    pub(super) fn new(listed: ListedCode<'s>) -> Self {
        Self {
            listed,
            properties: OnceCell::new(),
        }
    }

    /// The code.
    pub(super) fn code(&self) -> &'s str {
        self.listed.code()
    }

    /// Its properties by name; `None` if the record cannot be read.
    fn properties(&self) -> Option<&[(String, String)]> {
        let read = || {
            let record = self.listed.record()?;
            let all = properties(&record, Standing::of(&self.listed));
            let named = |property: Property| (property.code, property.value.text());
            Some(all.into_iter().map(named).collect())
        };
        self.properties.get_or_init(read).as_deref()
    }
}

impl Filter {
    /// Parses a filter of a definition.
    pub(super) fn read(filter: &Json) -> Result<Self, Refusal> {
        let given = |name: &str| filter[name].as_str();
        let (Some(property), Some(op), Some(value)) =
            (given("property"), given("op"), given("value"))
        else {
            return Err(Refusal::invalid(
                "a filter is not whole; give `property`, `op` and `value`",
            ));
        };
        let names = || {
            let names = PROPERTIES.iter().map(String::as_str);
            names.chain(["code", "display"])
        };
        if !names().any(|name| name == property) {
            let names: Vec<&str> = names().collect();
            let property = excerpt(property);
            return Err(Refusal::not_supported(format!(
                "there is no property '{property}'; there are {}",
                names.join(", ")
            )));
        }
        let values = || value.split(',').map(|one| one.trim().to_owned());
        let test = match op {
            "=" => Test::In(checked(property, [value.to_owned()].into_iter())?),
            "in" => Test::In(checked(property, values())?),
            "not-in" => Test::NotIn(checked(property, values())?),
            "regex" => Test::Matches(Pattern::of(value)?),
            "exists" => match value {
                "true" => Test::Exists(true),
                "false" => Test::Exists(false),
                _ => return Err(cannot_be("exists", value, "true or false")),
            },
            "is-a" => Test::Below(value.to_owned()),
            _ => {
                return Err(Refusal::not_supported(format!(
                    "there is no filter '{}'; there are =, in, not-in, regex, exists, is-a",
                    excerpt(op)
                )));
            }
        };
        let property = property.to_owned();
        Ok(Self { property, test })
    }

    /// Whether a code passes it.
    pub(super) fn passes(&self, values: &Values<'_>) -> bool {
        match self.property.as_str() {
            "code" => self.test.passes([values.listed.code()].into_iter()),
            "display" => self
                .test
                .passes([values.listed.long_descriptor()].into_iter()),
            name => values.properties().is_some_and(|properties| {
                let own = properties.iter().filter(|(code, _)| *code == name);
                self.test.passes(own.map(|(_, value)| value.as_str()))
            }),
        }
    }
}

/// The values of a property, if they are of its type: others would silently match nothing.
fn checked(
    property: &str,
    values: impl Iterator<Item = String>,
) -> Result<HashSet<String>, Refusal> {
    let checked = |value: String| match type_of(property) {
        "boolean" if value != "true" && value != "false" => {
            Err(cannot_be(property, &value, "true or false"))
        }
        "dateTime" => match value.parse::<Date>() {
            Ok(day) => Ok(day.to_string()),
            Err(_) => Err(cannot_be(property, &value, "a day, YYYY-MM-DD")),
        },
        _ => Ok(value),
    };
    values.map(checked).collect()
}

fn cannot_be(what: &str, value: &str, expected: &str) -> Refusal {
    Refusal::invalid(crate::error::cannot_be(what, value, expected))
}

impl Test {
    fn passes<'v>(&self, mut values: impl Iterator<Item = &'v str>) -> bool {
        match self {
            Self::In(list) => values.any(|value| list.contains(value)),
            Self::NotIn(list) => !values.any(|value| list.contains(value)),
            Self::Matches(pattern) => values.any(|value| pattern.matches(value)),
            Self::Exists(exists) => values.next().is_some() == *exists,
            Self::Below(top) => values.any(|value| value.starts_with(top.as_str())),
        }
    }
}
