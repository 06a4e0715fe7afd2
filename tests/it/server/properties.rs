//! Whatever the query string and the body, each route answers, and never by a fault of its own.

use proptest::prelude::*;

use super::{Got, encoded, served};

/// Names that some route knows, and others.
const NAMES: &[&str] = &[
    "q",
    "query",
    "limit",
    "offset",
    "as_of",
    "betos",
    "codes",
    "kind",
    "facets",
    "noc",
    "added",
    "terms",
    "maxList",
    "count",
    "df",
    "sf",
    "cf",
    "ef",
    "suggest",
    "field_val",
    "hl",
    "url",
    "code",
    "system",
    "filter",
    "activeOnly",
    "date",
    "version",
    "property",
    "display",
    "mode",
    "old",
    "new",
    "only",
    "summary",
    "format",
    "x",
];
/// Values that lead into a route, and others.
const VALUES: &[&str] = &[
    "hemin",
    "J1640",
    "JW",
    "99213",
    "1",
    "0",
    "-1",
    "99999999999999999999",
    "2026-01-01",
    "2026-13-01",
    "true",
    "2026-01",
    "csv",
    "code:J16*",
    "(",
    "NOT",
    "\"",
    "[1 TO 2]",
    "code,display",
    "O1E",
    "*",
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "",
    "%",
    "é",
    "ȴ",
    "\n",
    "\u{0}",
    "terminology",
    "http://terminology.hl7.org/ValueSet/v3-HealthCareCommonProcedureCodingSystem",
];
const ROUTES: &[&str] = &[
    "/api/v1/search",
    "/api/v1/suggest",
    "/api/v1/codes/J1640",
    "/api/v1/history/J1640",
    "/api/v1/diff",
    "/api/v1/units",
    "/api/v1/tables",
    "/api/v1/tables/betos",
    "/api/v1/status",
    "/api/hcpcs/v3/search",
    "/fhir/R4/metadata",
    "/fhir/R4/CodeSystem/$lookup",
    "/fhir/R4/CodeSystem/$validate-code",
    "/fhir/R4/ValueSet/$expand",
    "/fhir/R4/ValueSet/$validate-code",
    "/fhir/R4/ValueSet/hcpcs/$expand",
];

fn is_answered(got: &Got) -> Result<(), TestCaseError> {
    prop_assert!(got.status < 500, "{:?}", got);
    if got.content_type.starts_with("text/csv") {
        return Ok(());
    }
    prop_assert!(got.content_type.contains("json"), "{:?}", got);
    prop_assert!(
        serde_json::from_str::<serde_json::Value>(&got.body).is_ok(),
        "{:?}",
        got
    );
    Ok(())
}

fn value() -> impl Strategy<Value = String> {
    let known = prop::sample::select(VALUES).prop_map(str::to_owned);
    prop_oneof![3 => known, 1 => ".{0,30}", 1 => "[(): *\"A-J0-9]{0,40}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn query_strings(pairs in prop::collection::vec((prop::sample::select(NAMES), value()), 0..5)) {
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        for route in ROUTES {
            is_answered(&served().get(&format!("{route}?{}", pairs.join("&"))))?;
        }
    }

    #[test]
    fn query_strings_of_any_bytes(query in "[!-~]{0,60}") {
        for route in ROUTES {
            let request = format!("GET {route}?{query} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
            let raw = served().raw(request.as_bytes());
            prop_assert!(raw.starts_with("HTTP/1.1 2") || raw.starts_with("HTTP/1.1 4"), "{}", raw);
        }
    }

    #[test]
    fn bodies(lines in prop::collection::vec(value(), 0..6), json in "[{}\\[\\]\":,a-z0-9 ]{0,60}") {
        let body = lines.join("\n") + "\n" + &json;
        for route in ["/api/v1/batch", "/api/v1/check"] {
            let got = served().post(route, "text/plain", &body);
            // where nothing is read, that is said
            prop_assert!([200, 400].contains(&got.status), "{} {}", got.status, got.body);
            for line in got.body.lines() {
                prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", line);
            }
        }
        for operation in ["ValueSet/$expand", "CodeSystem/$lookup", "ValueSet/$validate-code"] {
            let target = format!("/fhir/R4/{operation}");
            is_answered(&served().post(&target, "application/fhir+json", &json))?;
        }
    }
}

#[test]
fn a_page_behind_the_end_says_so_through_each_door() {
    let said = "no code is behind the first 40; the list has 1 code";
    let value_set =
        encoded("http://terminology.hl7.org/ValueSet/v3-HealthCareCommonProcedureCodingSystem");
    for target in [
        "/api/v1/search?q=hemin&offset=40".to_owned(),
        "/api/v1/search?q=hemin&offset=40&format=csv".to_owned(),
        "/api/v1/search?q=J1640,J0000&offset=40".to_owned(),
        "/?q=hemin&offset=40".to_owned(),
        "/api/hcpcs/v3/search?terms=hemin&offset=40".to_owned(),
        format!("/fhir/R4/ValueSet/$expand?url={value_set}&filter=hemin&offset=40"),
        format!("/fhir/R4/ValueSet/$expand?url={value_set}&filter=hemin&offset=40&fuzzy=true"),
    ] {
        let is_told = |target: &str| {
            let got = served().get(target);
            assert_eq!(got.status, 200, "{target}");
            got.body.contains(said) || got.said.iter().any(|own| own == said)
        };
        assert!(is_told(&target), "{target}");
        assert!(
            !is_told(&target.replace("offset=40", "offset=0")),
            "{target}"
        );
    }
    let asked = "{\"query\":\"hemin\",\"offset\":40}";
    let got = served().post("/api/v1/batch", "application/x-ndjson", asked);
    assert!(got.body.contains(said), "{got:?}");
}
