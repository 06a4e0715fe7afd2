//! `ValueSet/$expand`: filters, pages, value sets that are sent.

use serde_json::{Value, json};

use super::{ALL, SYSTEM, UNKNOWN, codes, get, post, resource};
use crate::hcpcs::DAY;
use crate::server::{Got, served};

#[test]
fn a_value_set_is_expanded() {
    let target = format!(
        "ValueSet/$expand?url={ALL}&filter=glycopyrrolate&count=2&activeOnly=true&offset=1"
    );
    let got = get(&target);
    let set = resource(&got, 200, "ValueSet");
    assert_eq!(
        (&set["url"], &set["status"]),
        (&json!(ALL), &json!("active"))
    );
    let expansion = &set["expansion"];
    let identifier = expansion["identifier"].as_str().unwrap();
    assert!(
        identifier.starts_with("urn:uuid:") && identifier.len() == 45,
        "{identifier}"
    );
    assert_eq!(
        get(&target).json()["expansion"]["identifier"],
        identifier,
        "it is stable"
    );
    assert!(expansion["total"].as_u64() >= Some(4));
    assert_eq!(expansion["offset"], 1);
    let echoed = [
        json!({"name": "filter", "valueString": "glycopyrrolate"}),
        json!({"name": "count", "valueInteger": 2}),
        json!({"name": "offset", "valueInteger": 1}),
        json!({"name": "activeOnly", "valueBoolean": true}),
        json!({"name": "used-codesystem", "valueUri": format!("{SYSTEM}|2026-01/starter")}),
    ];
    // What the header says is in the resource too, which is kept without it.
    let said = got.said.iter();
    let said = said.map(|own| json!({"name": "notice", "valueString": own}));
    assert!(!got.said.is_empty(), "the starter set is partial");
    let expected: Vec<_> = echoed.into_iter().chain(said).collect();
    assert_eq!(expansion["parameter"], json!(expected));
    assert_eq!(codes(&set).len(), 2);
    let first = &expansion["contains"][0];
    let keys: Vec<&String> = first.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["system", "version", "code", "display"]);
}

#[test]
fn a_filter_comes_before_the_page_and_sees_code_and_display() {
    let expand = |query: &str| get(&format!("ValueSet/$expand?url={ALL}&{query}")).json();
    let all = expand("filter=wheelchair");
    let total = all["expansion"]["total"].as_u64().unwrap();
    assert_eq!(all["expansion"]["total"], codes(&all).len());
    let mut paged = Vec::new();
    for offset in (0..total).step_by(7) {
        let page = expand(&format!("filter=wheelchair&count=7&offset={offset}"));
        assert_eq!(page["expansion"]["total"], total);
        paged.extend(codes(&page).into_iter().map(str::to_owned));
    }
    assert_eq!(
        paged,
        codes(&all),
        "pages do not overlap and leave nothing out"
    );
    assert_eq!(codes(&expand("filter=j1640")), ["J1640"]);
    assert_eq!(codes(&expand("filter=hemin")), ["J1640"]);
    assert_eq!(codes(&expand("count=0")), [""; 0]);
    assert!(expand("count=0")["expansion"]["total"].as_u64() > Some(500));
    let nothing = expand("filter=zzzz");
    assert_eq!(
        (&nothing["expansion"]["total"], codes(&nothing).len()),
        (&json!(0), 0)
    );
}

#[test]
fn inactive_codes_are_marked_or_left_out() {
    let of = |query: &str| {
        let set = get(&format!("ValueSet/$expand?url={ALL}&{query}")).json();
        set["expansion"]["contains"].as_array().unwrap().clone()
    };
    let is_inactive = |one: &Value| one["inactive"] == true;
    let (all, active) = (
        of(&format!("date={DAY}")),
        of(&format!("date={DAY}&activeOnly=true")),
    );
    let inactive = all.iter().filter(|one| is_inactive(one)).count();
    assert!(inactive > 10);
    assert_eq!(all.len() - inactive, active.len());
    assert!(!active.iter().any(is_inactive));
}

#[test]
fn where_nlm_has_its_tables() {
    let target = "ValueSet/hcpcs/$expand?filter=glycopyr&count=3&offset=0&_format=json";
    let set = resource(&get(target), 200, "ValueSet");
    assert_eq!(codes(&set).len(), 3);
    let url = "http://clinicaltables.nlm.nih.gov/fhir/R4/ValueSet/hcpcs";
    let by_url = get(&format!(
        "ValueSet/$expand?url={url}&filter=glycopyr&count=3&offset=0"
    ));
    assert_eq!(codes(&by_url.json()), codes(&set));
}

/// Expands a value set that is sent.
fn composed(compose: &Value) -> Got {
    let set = json!({"resourceType": "ValueSet", "url": "urn:mine", "compose": compose});
    post(
        "ValueSet/$expand",
        &json!([{"name": "valueSet", "resource": set}]),
    )
}

fn filtered(property: &str, op: &str, value: &str) -> Got {
    let filter = json!([{"property": property, "op": op, "value": value}]);
    composed(&json!({"include": [{"system": SYSTEM, "filter": filter}]}))
}

#[test]
fn a_value_set_that_is_sent() {
    let concepts = json!([{"code": "J1640"}, {"code": "J1597"}, {"code": UNKNOWN}]);
    let include = json!([{"system": SYSTEM, "concept": concepts}]);
    let set = resource(&composed(&json!({"include": include})), 200, "ValueSet");
    assert_eq!(set["url"], "urn:mine");
    assert_eq!(codes(&set), ["J1597", "J1640"]);
    let exclude = json!([{"system": SYSTEM, "concept": [{"code": "J1597"}]}]);
    let set = composed(&json!({"include": include, "exclude": exclude})).json();
    assert_eq!(codes(&set), ["J1640"]);
    let total = |got: Got| {
        let set = resource(&got, 200, "ValueSet");
        set["expansion"]["total"].as_u64().unwrap()
    };
    assert!(total(filtered("betos", "=", "O1E")) > 5);
    let some = total(filtered("coverage", "in", "D,M"));
    assert_eq!(
        some,
        total(filtered("coverage", "=", "D")) + total(filtered("coverage", "=", "M"))
    );
    let set = filtered("code", "regex", "J16.*").json();
    assert!(codes(&set).len() > 3 && codes(&set).iter().all(|code| code.starts_with("J16")));
    assert_eq!(
        total(filtered("code", "regex", "J16")),
        0,
        "the whole value must fit"
    );
    let (ended, others) = (
        filtered("terminated", "exists", "true"),
        filtered("terminated", "exists", "false"),
    );
    assert_eq!(
        total(ended) + total(others),
        total(filtered("inactive", "in", "true,false"))
    );
    assert!(total(filtered("not-otherwise-classified", "=", "true")) > 5);
    let body = json!({"resourceType": "ValueSet", "compose": {"include": include}}).to_string();
    let direct = served().post("/fhir/R4/ValueSet/$expand", "application/json", &body);
    assert_eq!(codes(&direct.json()), ["J1597", "J1640"]);
}

#[test]
fn value_sets_that_are_not_understood() {
    for (got, status) in [
        (filtered("price", "=", "1"), 422),
        (filtered("betos", "generalizes", "O1E"), 422),
        (filtered("code", "regex", "("), 400),
        (filtered("code", "regex", "(a{1000}){1000}"), 400),
        (composed(&json!({})), 400),
        (composed(&json!({"include": [{}]})), 400),
        (
            composed(&json!({"include": [{"system": "http://loinc.org"}]})),
            404,
        ),
        (get("ValueSet/$expand"), 400),
        (get("ValueSet/$expand?url=http://elsewhere"), 404),
        (get(&format!("ValueSet/$expand?url={ALL}&count=x")), 400),
        (
            get(&format!("ValueSet/$expand?url={ALL}&activeOnly=x")),
            400,
        ),
    ] {
        resource(&got, status, "OperationOutcome");
    }
}
