//! What is printed: a list for people, JSON, a JSON object a line, CSV; and the exit codes.

use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs};

fn search(args: &[&str]) -> crate::hcpcs::Ran {
    Hcpcs::starter().run([&["search", "--as-of", DAY], args].concat())
}

const HEMIN: &str = "\
J1640  Hemin for injection, per 1 mg
       valid since 2006-01-01 · D Special coverage instructions apply · O1E
       Other drugs
       hemin in long descriptor
";

const HEMIN_JSON: &str = r#"{"query":"hemin","release":"2026-01/starter","release_scope":"809 of about 9,000 codes","as_of":"2026-02-01","age":{"newest_release":"2026-01/starter","quarters_before":0,"current":true,"text":"newest release 2026-01/starter"},"total":1,"complete":1,"hidden":0,"not_yet_valid":0,"searched_instead":[],"not_found":[],"notices":[],"hits":[{"rank":1,"code":"J1640","kind":"procedure","long_descriptor":"Hemin for injection, per 1 mg","short_descriptor":"Hemin, per 1 mg","status":"valid","added":"2006-01-01","terminated":null,"coverage":{"code":"D","meaning":"Special coverage instructions apply"},"betos":{"code":"O1E","meaning":"Other drugs"},"section":{"code":"J","meaning":"Drugs administered other than oral method"},"pricing":[{"code":"51","meaning":"Drugs"}],"multiple_pricing":{"code":"A","meaning":"Not applicable as HCPCS priced under one methodology"},"type_of_service":[{"code":"1","meaning":"Medical care"},{"code":"P","meaning":"Lump sum purchase of DME, prosthetics, orthotics"}],"asc_group":{"code":"YY","meaning":"Approved to be performed in an ambulatory surgical center"},"action":{"code":"N","meaning":"No maintenance for this code"},"not_otherwise_classified":false,"reissued":false,"unit":{"amount":"1","unit":"mg"},"why":[{"asked":"hemin","found":"Hemin","field":"long_descriptor","via":"word"}],"highlights":{"long_descriptor":[[0,5]],"short_descriptor":[[0,5]]}}]}
"#;

#[test]
fn a_list_for_people() {
    let ran = search(&["hemin"]).code(0);
    assert_eq!(ran.stdout, HEMIN);
    ran.told(
        "1 code matches · release 2026-01/starter, 809 of about 9,000 codes · as of 2026-02-01",
    );
}

#[test]
fn hits_that_look_alike_say_in_what_they_differ() {
    let ran = search(&["glycopyrrolate injection", "--json"]).code(0);
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let hit = |at: usize| &answer["hits"][at];
    assert_eq!(hit(0)["code"], "J1596");
    assert!(hit(0).get("alike").is_none());
    let expected = serde_json::json!({"code": "J1596", "has": "", "has_not": "Glyrx-PF brand"});
    assert_eq!(
        (&hit(1)["code"], &hit(1)["alike"]),
        (&"J1597".into(), &expected)
    );
    let listed = search(&["glycopyrrolate injection"]).code(0).stdout;
    assert!(
        listed.contains("       as J1596, with: Glyrx-PF brand\n"),
        "{listed}"
    );
}

#[test]
fn one_json_object() {
    let ran = search(&["hemin", "--json"]).code(0);
    assert_eq!(ran.stdout, HEMIN_JSON);
    ran.told("");
}

#[test]
fn json_with_facets() {
    let ran = search(&["hemin", "--json", "--facets"]).code(0);
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let expected = serde_json::json!([{"code": "D", "meaning": "Special coverage instructions apply", "count": 1}]);
    assert_eq!(answer["facets"]["coverage"], expected);
}

#[test]
fn a_json_object_a_line() {
    let lines = search(&["glycopyrrolate", "--jsonl"]).code(0).stdout;
    let hits: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let whole: Value = serde_json::from_str(&search(&["glycopyrrolate", "--json"]).stdout).unwrap();
    assert_eq!(whole["hits"], Value::Array(hits));
}

#[test]
fn csv() {
    assert_eq!(
        search(&["hemin", "--csv"]).code(0).stdout,
        "rank,code,kind,long_descriptor,short_descriptor,status,added,terminated,successors,coverage,betos,section,pricing,multiple_pricing,type_of_service,asc_group,action,rbcs,not_otherwise_classified,reissued,published,why,reason,nearest,unclear\n\
         1,J1640,procedure,\"Hemin for injection, per 1 mg\",\"Hemin, per 1 mg\",valid,2006-01-01,,,D,O1E,J,51,A,1 P,YY,N,,false,false,,hemin,,,\n"
    );
    assert_eq!(
        search(&["zzgibberish", "--csv", "--fields", "code"])
            .code(1)
            .stdout,
        "code\n"
    );
}

#[test]
fn only_some_fields_in_their_order() {
    let fields = ["hemin", "--fields", "coverage,code"];
    let with = |format| search(&[&fields[..], &[format]].concat()).code(0).stdout;
    let hit = r#"{"coverage":{"code":"D","meaning":"Special coverage instructions apply"},"code":"J1640"}"#;
    let json: Value = serde_json::from_str(&with("--json")).unwrap();
    assert_eq!(
        json["hits"],
        serde_json::from_str::<Value>(&format!("[{hit}]")).unwrap()
    );
    assert_eq!(json["total"], 1);
    assert_eq!(
        serde_json::from_str::<Value>(&with("--jsonl")).unwrap(),
        serde_json::from_str::<Value>(hit).unwrap()
    );
    assert_eq!(with("--csv"), "coverage,code\nD,J1640\n");
}

#[test]
fn wrong_fields_are_refused() {
    search(&["hemin", "--json", "--fields", "price"])
        .code(2)
        .tells("invalid value 'price' for '--fields <FIELDS>'")
        .tells("[possible values: rank, code, kind, ");
    search(&["hemin", "--fields", "code"])
        .code(2)
        .tells("<--json|--jsonl|--csv>");
    search(&["hemin", "--json", "--csv"])
        .code(2)
        .tells("cannot be used with");
}

#[test]
fn facets_are_printed() {
    let ran = search(&["glycopyrrolate", "--facets", "--limit", "0"]).code(0);
    let expected = "\
Coverage
      3  C      Carrier judgment
      2  D      Special coverage instructions apply
BETOS
      3  O1E    Other drugs
      2  D1G    Drugs administered through DME
";
    assert!(ran.stdout.starts_with(expected), "{}", ran.stdout);
}

#[test]
fn the_parts_of_a_score_add_up() {
    let ran = search(&["hemin", "--json", "--explain"]);
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let explanation = &answer["hits"][0]["explanation"];
    let parts = explanation["parts"].as_array().unwrap().iter();
    let sum: f64 = parts.map(|part| part["counts"].as_f64().unwrap()).sum();
    assert!(
        (sum - explanation["score"].as_f64().unwrap()).abs() < 1e-4,
        "{explanation}"
    );
}

/// The widest line in columns.
fn widest(text: &str) -> usize {
    text.lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0)
}

#[test]
fn lines_fit_the_terminal() {
    let hcpcs = Hcpcs::starter();
    for args in [
        &[
            "search",
            "power wheelchair",
            "--terminated",
            "--limit",
            "100",
        ][..],
        &["search", "injection", "--facets"],
        &["search", "--section", "G"],
        &["show", "G0511", "J1640", "JW"],
        &["table", "pricing"],
        &["table", "betos"],
        &["table"],
    ] {
        let at = |columns: &str| {
            let output = hcpcs
                .command(args)
                .env("COLUMNS", columns)
                .output()
                .unwrap();
            crate::hcpcs::Ran::from(output).code(0).stdout
        };
        let narrow = at("80");
        assert!(widest(&narrow) <= 80, "{args:?} {narrow}");
        assert!(widest(&at("120")) <= 120 && widest(&at("400")) <= 120);
        assert!(
            !narrow.contains('\u{1b}'),
            "colour without a terminal: {args:?}"
        );
        assert!(
            !narrow.lines().any(|line| line.ends_with(' ')),
            "{args:?} {narrow}"
        );
    }
    assert!(
        widest(
            &String::from_utf8(
                hcpcs
                    .command(["search", "wheelchair"])
                    .env("COLUMNS", "120")
                    .output()
                    .unwrap()
                    .stdout
            )
            .unwrap()
        ) > 80
    );
}

#[test]
fn exit_codes() {
    let hcpcs = Hcpcs::starter();
    hcpcs.run(["search", "hemin"]).code(0);
    hcpcs.run(["--help"]).code(0);
    hcpcs.run(["search", "hemin", "--offset", "5"]).code(0);
    hcpcs.run(["search", "zzgibberish"]).code(1);
    hcpcs.run(["show", "J0001"]).code(1);
    hcpcs.run(["search"]).code(2);
    hcpcs.run(["search", "--frobnicate"]).code(2);
    hcpcs.run(["index", "absent.zip"]).code(3);
    Hcpcs::new().run(["status"]).code(3);
}
