//! Which codes a value set has: all of them, or those that its definition composes.

use regex::{Regex, RegexBuilder};
use serde_json::Value as Json;

use crate::search::Listed;

use super::edition::Edition;
use super::input::{Inputs, shown};
use super::property::{PROPERTIES, properties};
use super::resource::Refusal;
use super::system::{split, system, value_set};

/// The most bytes that a compiled regular expression takes.
const LARGEST_REGEX: usize = 1 << 20;

/// A value set.
#[derive(Debug, Default)]
pub(super) struct ValueSet {
    /// Its name; none where it has none.
    pub(super) url: Option<String>,
    /// Whether it leaves out codes that are not valid on the day asked for.
    pub(super) active_only: bool,
    /// The version that its definition names.
    pub(super) version: Option<String>,
    /// What is in it; all codes where there is nothing.
    include: Vec<Part>,
    exclude: Vec<Part>,
}

/// An `include` or `exclude`: listed codes, or those that pass all filters.
#[derive(Debug)]
struct Part {
    codes: Option<Vec<String>>,
    filters: Vec<Filter>,
}

/// A filter on a property, the code or the display.
#[derive(Debug)]
struct Filter {
    property: String,
    test: Test,
}

#[derive(Debug)]
enum Test {
    In(Vec<String>),
    NotIn(Vec<String>),
    Regex(Regex),
    Exists(bool),
    Below(String),
}

impl ValueSet {
    /// The value set that is asked for: by `url`, by its place, or as it is sent.
    pub(super) fn of(inputs: &Inputs, here: Option<&str>) -> Result<Self, Refusal> {
        if let Some(definition) = inputs.one("valueSet") {
            return Self::read(definition);
        }
        let url = inputs.text("url").or(here.map(str::to_owned));
        let url = url.ok_or_else(|| {
            Refusal::required("give `url`, the name of a value set, or `valueSet`, its definition")
        })?;
        let is_named = |definition: &&Json| definition["url"] == split(&url).0;
        if let Some(definition) = inputs.all("tx-resource").find(is_named) {
            return Self::read(definition);
        }
        let known = value_set(&url).ok_or_else(|| {
            let all = super::system::VALUE_SETS[0];
            Refusal::not_found(format!(
                "Unable to find value set '{}'; there is {all}",
                shown(&url)
            ))
        })?;
        Ok(Self {
            url: Some(known),
            version: inputs
                .text("valueSetVersion")
                .or(split(&url).1.map(str::to_owned)),
            ..Self::default()
        })
    }

    /// Reads a definition.
    fn read(definition: &Json) -> Result<Self, Refusal> {
        let wrong = |text: &str| Refusal::invalid(text);
        let is_value_set = definition["resourceType"] == "ValueSet";
        let compose = definition.get("compose").filter(|_| is_value_set);
        let compose =
            compose.ok_or_else(|| wrong("`valueSet` is no ValueSet with a `compose`; send one"))?;
        let mut version = None;
        let mut parts = |name: &str| -> Result<Vec<Part>, Refusal> {
            let all = compose.get(name).and_then(Json::as_array);
            let mut parts = Vec::new();
            for part in all.into_iter().flatten() {
                let own = Part::read(part)?;
                version = version
                    .take()
                    .or(part["version"].as_str().map(str::to_owned));
                parts.push(own);
            }
            Ok(parts)
        };
        let (include, exclude) = (parts("include")?, parts("exclude")?);
        if include.is_empty() {
            return Err(wrong("`compose` includes nothing; give it an `include`"));
        }
        Ok(Self {
            url: definition["url"].as_str().map(str::to_owned),
            active_only: compose["inactive"] == false,
            version,
            include,
            exclude,
        })
    }

    /// Whether a code is in it.
    pub(super) fn has(&self, listed: &Listed<'_>, edition: &Edition) -> bool {
        let has = |part: &Part| part.has(listed, edition);
        (self.include.is_empty() || self.include.iter().any(has)) && !self.exclude.iter().any(has)
    }
}

impl Part {
    fn read(part: &Json) -> Result<Self, Refusal> {
        let sets = part
            .get("valueSet")
            .and_then(Json::as_array)
            .map_or(&[][..], Vec::as_slice);
        for url in sets {
            let url = url.as_str().unwrap_or_default();
            if value_set(url).is_none() {
                return Err(Refusal::not_found(format!(
                    "Unable to find value set '{}'",
                    shown(url)
                )));
            }
        }
        match part["system"].as_str() {
            Some(name) if system(name).is_some() => {}
            None if !sets.is_empty() => {}
            Some(name) => {
                let text = format!("Unable to find code system '{}'", shown(name));
                return Err(Refusal::not_found(text));
            }
            None => return Err(Refusal::invalid("an `include` has no `system`; name it")),
        }
        let code = |concept: &Json| concept["code"].as_str().map(str::to_ascii_uppercase);
        let codes = part.get("concept").and_then(Json::as_array);
        let filters = part.get("filter").and_then(Json::as_array);
        Ok(Self {
            codes: codes.map(|concepts| concepts.iter().filter_map(code).collect()),
            filters: filters
                .into_iter()
                .flatten()
                .map(Filter::read)
                .collect::<Result<_, _>>()?,
        })
    }

    fn has(&self, listed: &Listed<'_>, edition: &Edition) -> bool {
        let code = listed.code();
        if self
            .codes
            .as_ref()
            .is_some_and(|codes| !codes.iter().any(|own| own == code))
        {
            return false;
        }
        if self.filters.is_empty() {
            return true;
        }
        let is_plain = |filter: &&Filter| matches!(filter.property.as_str(), "code" | "display");
        let plain = |filter: &Filter| match filter.property.as_str() {
            "code" => filter.passes(&[code.to_owned()]),
            _ => filter.passes(&[listed.long_descriptor().to_owned()]),
        };
        if !self.filters.iter().filter(is_plain).all(plain) {
            return false;
        }
        let mut others = self
            .filters
            .iter()
            .filter(|filter| !is_plain(filter))
            .peekable();
        if others.peek().is_none() {
            return true;
        }
        let Some(record) = listed.record() else {
            return false;
        };
        let all = properties(&record, listed.status(), edition.issue.as_deref());
        others.all(|filter| {
            let own = all
                .iter()
                .filter(|property| property.code == filter.property);
            filter.passes(
                &own.map(|property| property.value.text())
                    .collect::<Vec<_>>(),
            )
        })
    }
}

impl Filter {
    fn read(filter: &Json) -> Result<Self, Refusal> {
        let text = |name: &str| filter[name].as_str();
        let (Some(property), Some(op), Some(value)) = (text("property"), text("op"), text("value"))
        else {
            return Err(Refusal::invalid(
                "a filter is not whole; give `property`, `op` and `value`",
            ));
        };
        let names = || {
            PROPERTIES
                .iter()
                .map(String::as_str)
                .chain(["code", "display"])
        };
        if !names().any(|name| name == property) {
            let names: Vec<&str> = names().collect();
            let property = shown(property);
            return Err(Refusal::not_supported(format!(
                "there is no property '{property}'; there are {}",
                names.join(", ")
            )));
        }
        let list = || value.split(',').map(|one| one.trim().to_owned()).collect();
        let kind = match op {
            "=" => Test::In(vec![value.to_owned()]),
            "in" => Test::In(list()),
            "not-in" => Test::NotIn(list()),
            "regex" => Test::Regex(regex(value)?),
            "exists" => Test::Exists(value != "false"),
            "is-a" => Test::Below(value.to_owned()),
            _ => {
                return Err(Refusal::not_supported(format!(
                    "there is no filter '{}'; there are =, in, not-in, regex, exists, is-a",
                    shown(op)
                )));
            }
        };
        let property = property.to_owned();
        Ok(Self {
            property,
            test: kind,
        })
    }

    fn passes(&self, values: &[String]) -> bool {
        match &self.test {
            Test::In(list) => values.iter().any(|value| list.contains(value)),
            Test::NotIn(list) => !values.iter().any(|value| list.contains(value)),
            Test::Regex(regex) => values.iter().any(|value| regex.is_match(value)),
            Test::Exists(exists) => values.is_empty() != *exists,
            Test::Below(top) => values.iter().any(|value| value.starts_with(top.as_str())),
        }
    }
}

/// A regular expression that must fit the whole value.
fn regex(text: &str) -> Result<Regex, Refusal> {
    let whole = format!("^(?:{text})$");
    let mut builder = RegexBuilder::new(&whole);
    builder
        .size_limit(LARGEST_REGEX)
        .dfa_size_limit(LARGEST_REGEX);
    builder.build().map_err(|_| {
        let text = shown(text);
        Refusal::invalid(format!(
            "`{text}` is no regular expression, or too large a one"
        ))
    })
}
