//! A question as a JSON object, its fields read one by one so that a message can name the field.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::parameter;
use super::request::QueryRequest;
use super::slot::Given;
use crate::error::Result;

impl<'de> Deserialize<'de> for QueryRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

/// Reads the fields of an object one by one, so that a message can name the field.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = QueryRequest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object such as {\"query\":\"hemin\",\"limit\":5}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<QueryRequest, A::Error> {
        let mut request = QueryRequest::default();
        let mut seen: Vec<&'static str> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let (name, slot) = request
                .slot(&name)
                .ok_or_else(|| de::Error::custom(parameter::unknown("field", &name)))?;
            if seen.contains(&name) {
                return Err(de::Error::custom(parameter::twice(name)));
            }
            seen.push(name);
            let value = map.next_value()?;
            slot.put(name, Given::Json(value))
                .map_err(de::Error::custom)?;
        }
        Ok(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::question::query::Query;

    #[test]
    fn what_is_wrong_is_named_with_what_would_be_right() {
        let wrong = |text: &str| {
            let query = QueryRequest::from_json(text).and_then(Query::try_from);
            query.unwrap_err().to_string()
        };
        #[rustfmt::skip]
        let cases = [
            (r#"{"lmit":3}"#, "there is no field `lmit`; did you mean `limit`?"),
            (r#"{"type_of_service":["1"]}"#, "did you mean `tos`?"),
            (r#"{"zzzzzzzzz":1}"#, "there are id, query, as_of"),
            (r#"{"limit":"ten"}"#, "`limit` cannot be `ten`; give a number, such as 10, or `all`"),
            (r#"{"limit":-1}"#, "`limit` cannot be `-1`; give a number"),
            (r#"{"noc":"maybe"}"#, "`noc` cannot be `maybe`; give true or false"),
            (r#"{"query":["a"]}"#, "`query` cannot be `[\"a\"]`; give text"),
            (r#"{"pricing":[51]}"#, "`pricing` cannot be `51`"),
            (r#"{"betos":["O1EXX"]}"#, "`betos` cannot be `O1EXX`; give a value of the BETOS"),
            (r#"{"kind":["thing"]}"#, "`kind` cannot be `thing`; give `procedure` or `modifier`"),
            (r#"{"codes":["99213"]}"#, "a CPT number"),
            (r#"{"as_of":"tomorrow"}"#, "`as_of` cannot be `tomorrow`; give a day, `YYYY-MM-DD`"),
            (r#"{"added":["2025"]}"#, "`added` cannot be `2025`; give days"),
            (r#"{"query":"a","query":"b"}"#, "`query` is given twice"),
            (r#"["hemin"]"#, "expected an object such as"),
            (r#"{"query":"hemin""#, "not JSON: "),
        ];
        for (text, said) in cases {
            let reason = wrong(text);
            assert!(reason.contains(said), "{text}: {reason}");
            assert!(!reason.contains("at line"), "{reason}");
        }
    }
}
