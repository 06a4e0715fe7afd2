//! The parameters of an operation, in the query string or as a `Parameters` resource.
//!
//! Parameters that an operation does not read are no error, as with other FHIR servers: clients send
//! caching hints and parameters of other versions. The answer names them; see
//! [`super::notices::passed_over`].

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::error::excerpt;
use crate::server::http::query_string::Pair;

use super::parameter_kind::{KINDS, Kind, kind_of};
use super::refusal::Refusal;

/// The maximum of parameters of a request, and of codings of one concept.
const MAX_PARAMETERS: usize = 200;

/// The parameters, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Inputs(Vec<(String, Json)>);

impl Inputs {
    /// Reads the query string and the body, if there is one.
    pub(super) fn read(pairs: &[Pair<'_>], body: &[u8]) -> Result<Self, Refusal> {
        let text = |value: &Cow<'_, str>| Json::from(value.as_ref());
        // A text without a value is not given; a flag, number or day without one cannot be read.
        let is_given = |(name, value): &&Pair<'_>| !value.is_empty() || kind_of(name) != Kind::Text;
        let pairs = pairs.iter().filter(is_given);
        let mut inputs = Self(
            pairs
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect(),
        );
        inputs.read_body(body)?;
        Ok(inputs)
    }

    /// Adds the parameters of a body, if there is one.
    pub(super) fn read_body(&mut self, body: &[u8]) -> Result<(), Refusal> {
        if body.is_empty() {
            return check(self.0.len(), "parameters");
        }
        let invalid =
            |text: &str| Refusal::new(axum::http::StatusCode::BAD_REQUEST, "structure", text);
        let resource: Json = serde_json::from_slice(body).map_err(|cause| {
            invalid(&format!(
                "the body is not JSON: {cause}; send a Parameters resource"
            ))
        })?;
        match resource.get("resourceType").and_then(Json::as_str) {
            Some("Parameters") => {}
            Some("ValueSet") => {
                self.0.push(("valueSet".to_owned(), resource));
                return Ok(());
            }
            _ => return Err(invalid("the body is no Parameters resource; send one")),
        }
        let Some(given) = resource.get("parameter") else {
            return Ok(());
        };
        let given = given
            .as_array()
            .ok_or_else(|| invalid("`parameter` is no list; send one"))?;
        check(self.0.len() + given.len(), "parameters")?;
        for parameter in given {
            let object = parameter.as_object();
            let name = object.and_then(|object| object.get("name")?.as_str());
            let (Some(object), Some(name)) = (object, name) else {
                return Err(invalid("a parameter has no name; give each one a `name`"));
            };
            let is_value = |key: &str| key == "resource" || key.starts_with("value");
            let values = object.iter().filter(|(key, _)| is_value(key));
            let mut values = values.map(|(_, value)| value).filter(|own| !own.is_null());
            // as in a query string: a text without a value is not given, anything else is refused
            let none = (kind_of(name) != Kind::Text).then(|| Json::from(""));
            if let Some(value) = values.next().or(none.as_ref()) {
                let codings = value.get("coding").and_then(Json::as_array);
                check(codings.map_or(0, Vec::len), "codings")?;
                self.0.push((name.to_owned(), value.clone()));
            }
        }
        Ok(())
    }

    /// The same for an instance of a code system, whose URL and version are in the path.
    pub(super) fn of_instance(&self, system: &str, version: Option<String>) -> Self {
        let mut own = Self(self.0.clone());
        let mut add = |name: &str, value: &str| own.0.push((name.to_owned(), Json::from(value)));
        if self.one("coding").is_none() && self.one("codeableConcept").is_none() {
            add("system", system);
        }
        add("url", system);
        // a rule, as it holds for codings too, which have versions of their own
        if let Some(version) = version {
            add("system-version", &format!("{system}|{version}"));
        }
        own
    }

    /// Appends the parameters of another input, except those of a name.
    pub(super) fn append(&mut self, others: &Self, but: &str) {
        let others = others.0.iter().filter(|(name, _)| name != but);
        self.0.extend(others.cloned());
    }

    /// Each parameter with its value, in order.
    pub(super) fn each(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// All values of a name.
    pub(super) fn all<'i>(&'i self, name: &'i str) -> impl Iterator<Item = &'i Json> {
        self.0
            .iter()
            .filter(move |(other, _)| other == name)
            .map(|(_, value)| value)
    }

    /// The names in a parameter, repeated or separated by commas.
    pub(super) fn names(&self, name: &str) -> Vec<String> {
        let texts = self.all(name).filter_map(Json::as_str);
        let names = texts.flat_map(|text| text.split(',')).map(str::trim);
        names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The value of a name.
    pub(super) fn one(&self, name: &str) -> Option<&Json> {
        self.0
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value)
    }

    /// The value of a name as text, numbers and flags too.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.one(name)? {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            Json::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// Refuses values that are not of their parameter's kind; days are read by [`super::edition`].
    pub(super) fn check_kinds(&self) -> Result<(), Refusal> {
        for (name, kind) in KINDS {
            if self
                .all(name)
                .any(|value| value.is_object() || value.is_array())
            {
                let text = format!("`{name}` cannot be an object; give a single value");
                return Err(Refusal::invalid(text));
            }
            if name != "property" && self.all(name).nth(1).is_some() {
                let text = format!("`{name}` is given twice; give it once");
                return Err(Refusal::invalid(text));
            }
            match kind {
                Kind::Flag => drop(self.flag(name)?),
                Kind::Number => drop(self.number(name)?),
                Kind::Text | Kind::Day => {}
            }
        }
        Ok(())
    }

    /// The value of a name as a flag.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.text(name).as_deref() {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(other) => Err(Refusal::invalid(format!(
                "`{name}` cannot be `{}`; give true or false",
                excerpt(other)
            ))),
        }
    }

    /// The value of a name as a number.
    pub(super) fn number(&self, name: &str) -> Result<Option<u32>, Refusal> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        text.parse().map(Some).map_err(|_| {
            Refusal::invalid(format!(
                "`{name}` cannot be `{}`; give a number",
                excerpt(&text)
            ))
        })
    }
}

/// Refuses more items than a request may have.
fn check(given: usize, what: &str) -> Result<(), Refusal> {
    if given > MAX_PARAMETERS {
        return Err(Refusal::too_costly(format!(
            "the request has {given} {what}; give at most {MAX_PARAMETERS}"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_another_kind_is_refused() {
        for (name, value) in [
            ("inferSystem", "7"),
            ("fuzzy", ""),
            ("count", ""),
            ("offset", "x"),
        ] {
            let odd = Inputs::read(&[(name.into(), value.into())], b"").unwrap();
            assert!(odd.check_kinds().is_err(), "{name}={value}");
        }
        let body = br#"{"resourceType":"Parameters","parameter":[
            {"name":"version","valuePeriod":{"start":"2026-01-01"}}]}"#;
        assert!(Inputs::read(&[], body).unwrap().check_kinds().is_err());
    }

    #[test]
    fn both_ways_say_the_same() {
        let pairs = [
            ("code".into(), "J1640".into()),
            ("count".into(), "5".into()),
        ];
        let query = Inputs::read(&pairs, b"").unwrap();
        let body = br#"{"resourceType":"Parameters","parameter":[
            {"name":"code","valueCode":"J1640"},{"name":"count","valueInteger":5}]}"#;
        let posted = Inputs::read(&[], body).unwrap();
        for inputs in [query, posted] {
            assert_eq!(inputs.codes()[0].code, "J1640");
            assert_eq!(inputs.number("count").unwrap(), Some(5));
            assert_eq!(inputs.flag("activeOnly").unwrap(), None);
            assert!(inputs.flag("code").is_err());
            assert!(inputs.check_kinds().is_ok());
            assert!(inputs.number("code").is_err());
        }
    }

    #[test]
    fn what_is_no_input() {
        for body in [
            "{",
            "[]",
            "{}",
            r#"{"resourceType":"Patient"}"#,
            r#"{"resourceType":"Parameters","parameter":1}"#,
            r#"{"resourceType":"Parameters","parameter":[{}]}"#,
            r#"{"resourceType":"Parameters","parameter":[1]}"#,
        ] {
            assert!(Inputs::read(&[], body.as_bytes()).is_err(), "{body}");
        }
        let many = vec![r#"{"name":"x","valueString":"y"}"#; MAX_PARAMETERS + 1].join(",");
        let body = format!(r#"{{"resourceType":"Parameters","parameter":[{many}]}}"#);
        assert!(Inputs::read(&[], body.as_bytes()).is_err());
    }
}
