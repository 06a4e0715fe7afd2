//! A text of any language that an answer quotes is readable through every door.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{Got, encoded, served};

const SYSTEM: &str = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
const FHIR: &str = "application/fhir+json";
/// Words of several scripts, of two that are written from right to left, with a sign that
/// composes, and with signs beyond 16 bits.
const TEXTS: &[&str] = &[
    "\u{f1}and\u{fa}",
    "a\u{301}rbol",
    "\u{65e5}\u{672c}\u{8a9e}",
    "\u{436}\u{443}\u{43a}",
    "\u{627}\u{644}\u{639}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    "\u{e01}\u{e32}\u{e23}",
    "\u{20000}\u{20001}",
];

/// All that an answer says: its headers, and its body or the texts in it.
fn all_said(got: &Got) -> String {
    assert!(got.status < 500, "{got:?}");
    let headers = got.said.iter().map(|own| {
        assert!(own.is_ascii(), "{own}");
        percent_decode_str(own).decode_utf8().unwrap().into_owned()
    });
    let body = match serde_json::from_str::<Value>(&got.body) {
        Ok(value) => texts(&value),
        Err(_) => got.body.clone(),
    };
    headers.chain([body]).collect::<Vec<_>>().join("\n")
}

/// The texts in a value and the names of its fields.
fn texts(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(texts).collect::<Vec<_>>().join("\n"),
        Value::Object(fields) => {
            let own = fields
                .iter()
                .map(|(name, own)| format!("{name}\n{}", texts(own)));
            own.collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

#[track_caller]
fn holds(got: &Got, text: &str, door: &str) {
    let said = all_said(got);
    assert!(said.contains(text), "{door} does not quote {text}: {said}");
}

#[test]
fn a_text_in_a_question_is_quoted() {
    for text in TEXTS {
        let word = encoded(text);
        for door in [
            "/api/v1/search?q=@",
            "/api/v1/search?q=@&format=csv",
            "/api/v1/search?q=hemin&coverage=@",
            "/api/v1/search?q=hemin&coverage=@&format=csv",
            "/api/v1/search?codes=@",
            "/api/v1/search?@=1",
            "/api/v1/codes/@",
            "/api/v1/history/@",
            "/api/v1/tables/@",
            "/api/v1/diff?old=@&new=2026-01",
            "/api/v1/units?code=J1640&dose=@",
            "/api/hcpcs/v3/search?terms=@",
            "/api/hcpcs/v3/search?terms=hemin&@=1",
            "/?q=@",
            "/codes/@",
            "/fhir/R4/CodeSystem/$lookup?system={}&code=@",
            "/fhir/R4/CodeSystem/$lookup?system=@&code=J1640",
            "/fhir/R4/CodeSystem/$lookup?system={}&code=J1640&property=@",
            "/fhir/R4/CodeSystem/$validate-code?url={}&code=@",
            "/fhir/R4/CodeSystem/$validate-code?url={}&code=J1640&display=@",
            "/fhir/R4/CodeSystem/$validate-code?url=@&code=J1640",
            "/fhir/R4/CodeSystem?@=1",
            "/fhir/R4/ValueSet/$expand?url=@",
        ] {
            let door = door.replace("{}", SYSTEM);
            holds(&served().get(&door.replace('@', &word)), text, &door);
        }
    }
}

#[test]
fn a_text_in_a_value_set_that_was_sent_is_quoted() {
    for text in TEXTS {
        for (name, include) in [
            (
                "code",
                json!({"system": SYSTEM, "concept": [{"code": text}, {"code": "J1640"}]}),
            ),
            ("system", json!({"system": text})),
            ("version", json!({"system": SYSTEM, "version": text})),
            (
                "property",
                json!({"system": SYSTEM, "filter": [{"property": text, "op": "=", "value": "x"}]}),
            ),
            (
                "value",
                json!({"system": SYSTEM, "filter": [{"property": "added", "op": "=", "value": text}]}),
            ),
            ("value set", json!({"valueSet": [text]})),
        ] {
            let set = json!({"resourceType": "ValueSet", "compose": {"include": [include]}});
            let body = json!({"resourceType": "Parameters",
                "parameter": [{"name": "valueSet", "resource": set}]});
            let got = served().post("/fhir/R4/ValueSet/$expand", FHIR, body.to_string());
            holds(&got, text, name);
        }
    }
}

#[test]
fn a_text_in_claim_lines_is_quoted() {
    for text in TEXTS {
        for table in [
            format!("code,{text}\nJ1640,x\n"),
            format!("code,dos\n{text},\nJ1640,\n"),
            format!("code,dos\nJ1640,{text}\n"),
            format!("code,units\nJ1640,{text}\n"),
            format!("code,mod1\nJ1640,{text}\n"),
            format!("code,dose,units\nJ1640,{text},1\n"),
            format!("J1640 {text}\n"),
        ] {
            for format in ["json", "csv"] {
                let door = format!("/api/v1/check?format={format}");
                let got = served().post(&door, "text/csv", &table);
                let lines = got.body.lines().map(|line| {
                    serde_json::from_str::<Value>(line).map_or(line.to_owned(), |own| texts(&own))
                });
                let said: Vec<String> = lines.chain([all_said(&got)]).collect();
                assert!(said.join("\n").contains(text), "{door} {table}: {said:?}");
            }
        }
    }
}

#[test]
fn a_property_that_no_code_has_is_said() {
    let lookup = |property: &str| {
        let target =
            format!("/fhir/R4/CodeSystem/$lookup?system={SYSTEM}&code=J1640&property={property}");
        all_said(&served().get(&target))
    };
    let said = lookup("betos,nonsense");
    assert!(
        said.contains("no code has the property `nonsense`"),
        "{said}"
    );
    for known in ["*", "betos", "designation", "parent", "lang.de", ""] {
        let said = lookup(known);
        assert!(!said.contains("no code has"), "{known}: {said}");
    }
}
