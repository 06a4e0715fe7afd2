//! How much an agent is given to read: a token is about four characters.

use rmcp::model::CallToolResult;
use serde_json::{Value, json};

use super::{Session, call, with_session, with_session_of};
use crate::hcpcs::{DAY, Hcpcs, starter};
use crate::shared::shared;

const CHARACTERS_PER_TOKEN: usize = 4;
/// The most tokens of a code by default, and of an answer.
const CODE: usize = 1_500;
const ANSWER: usize = 20_000;

/// The answer, and how many tokens its text has.
fn read(result: CallToolResult) -> (Value, usize) {
    assert_ne!(result.is_error, Some(true), "{result:?}");
    let text = result.content[0].as_text().unwrap().text.len();
    let answer = result.structured_content.unwrap();
    assert_eq!(answer.to_string().len(), text);
    (answer, text / CHARACTERS_PER_TOKEN)
}

/// Asks for codes in portions until all are there, each portion within the bounds.
async fn in_portions(session: &Session, codes: &[String], include: &Value) -> Vec<Value> {
    let (mut found, mut offset) = (Vec::new(), json!(0));
    while offset.is_number() {
        let asked = json!({"codes": codes, "as_of": DAY, "include": include, "offset": offset});
        let (answer, tokens) = read(call(session, "hcpcs_get", asked).await);
        let own = answer["found"].as_array().unwrap();
        assert!(!own.is_empty());
        assert!(tokens < ANSWER || own.len() == 1, "{tokens}");
        found.extend(own.clone());
        offset = answer["next_offset"].clone();
        let rest = codes.len() - found.len();
        assert_eq!(answer["not_shown"].as_u64().unwrap_or(0), rest as u64);
    }
    found
}

/// Holds the bounds for every code of an index.
async fn bounded(session: &Session, codes: &[String]) {
    for fifty in codes.chunks(50) {
        let found = in_portions(session, fifty, &json!([])).await;
        let named: Vec<&Value> = found.iter().map(|code| &code["code"]).collect();
        assert_eq!(json!(named), json!(fifty));
        for code in &found {
            let tokens = code.to_string().len() / CHARACTERS_PER_TOKEN;
            assert!(tokens < CODE - 200, "{tokens}: {code}");
        }
    }
}

#[test]
fn every_code_is_short_and_fifty_are_bounded() {
    let codes: Vec<String> = starter()
        .manifest()
        .releases
        .iter()
        .flat_map(|release| starter().release(&release.id).unwrap().1)
        .map(|record| record.code.to_string())
        .collect();
    with_session(async |session| bounded(&session, &codes).await);
}

#[test]
#[ignore = "reads CMS's files beside the checkout"]
fn every_code_of_cms_is_short_and_fifty_are_bounded() {
    let files = [
        "january-2026-alpha-numeric-hcpcs-file.zip",
        "section 508 version of January 2026 ASP NDC-HCPCS Crosswalk 121725.csv",
        "RBCS_RY_2025.csv",
    ];
    let hcpcs = Hcpcs::new();
    let mut command = vec!["index".into()];
    command.extend(files.map(|name| shared("cms").unwrap().join(name).into_os_string()));
    hcpcs.run(command).code(0);
    let searcher = hcpcs::Searcher::open(hcpcs.index()).unwrap();
    let id = searcher.manifest().releases[0].id.clone();
    let records = searcher.release(&id).unwrap().1;
    let codes: Vec<String> = records
        .iter()
        .map(|record| record.code.to_string())
        .collect();
    with_session_of(&hcpcs, async |session| bounded(&session, &codes).await);
}

/// What is asked for is there whole, and a summary says how much there is of the rest.
#[test]
fn parts_are_given_whole_where_they_are_asked_for() {
    let product = |at: usize| {
        format!(
            "J1640,1 MG,{at:05}-0001-01,Brand {},Labeler {at},1,1,1,1\n",
            at % 9
        )
    };
    let header = "2026_CODE,HCPCS dosage,NDC2,Drug Name,LABELER NAME,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\n";
    let products: String = (1..=20).map(product).collect();
    let hcpcs = Hcpcs::new();
    let release = hcpcs.file(
        "HCPC2026_JAN_ANWEB.txt",
        crate::made::text(&[crate::made::line("J1640", "Injection, hemin, 1 mg")]),
    );
    let crosswalk = hcpcs.file("crosswalk.csv", format!("{header}{products}"));
    hcpcs
        .run(["index".as_ref(), release.as_os_str(), crosswalk.as_os_str()])
        .code(0);
    with_session_of(&hcpcs, async |session| {
        let get = async |include: Value| {
            let asked = json!({"codes": ["J1640"], "as_of": DAY, "include": include});
            let (answer, _) = read(call(&session, "hcpcs_get", asked).await);
            answer["found"][0].clone()
        };
        let summary = get(json!([])).await;
        assert_eq!(summary["products"]["count"], 20, "{summary}");
        let brands = summary["products"]["brands"].as_array().unwrap();
        assert_eq!(brands.last().unwrap(), "and 3 more");
        for part in ["record", "history", "fields"] {
            assert!(summary[part].is_null(), "{part}");
        }
        let whole = get(json!([
            "record",
            "products",
            "history",
            "notes",
            "look_alikes"
        ]))
        .await;
        assert_eq!(whole["products"].as_array().unwrap().len(), 20);
        assert_eq!(
            whole["record"]["long_descriptor"],
            summary["long_descriptor"]
        );
        assert!(whole["fields"].is_array() && whole["history"]["versions"].is_array());
        assert!(whole["notes"].is_array() && whole["look_alikes"].is_array());
    });
}

#[test]
fn many_claim_lines_come_in_portions() {
    with_session(async |session| {
        let lines = vec!["J1640 JW KX RR LT 2026-01-15"; 200];
        let (mut seen, mut offset) = (0, json!(0));
        while offset.is_number() {
            let asked = json!({"lines": lines, "offset": offset});
            let (answer, tokens) = read(call(&session, "hcpcs_check", asked).await);
            assert!(tokens < ANSWER, "{tokens}");
            for line in answer["lines"].as_array().unwrap() {
                seen += 1;
                assert_eq!(line["line_id"], seen);
            }
            offset = answer["next_offset"].clone();
        }
        assert_eq!(seen, 200);
    });
}

/// As many codes as a question can name: in portions, and what is cut is said.
#[test]
fn a_long_list_of_codes_comes_in_portions() {
    let id = starter().manifest().releases[0].id.clone();
    let records = starter().release(&id).unwrap().1;
    let codes: Vec<String> = records
        .iter()
        .filter(|record| record.code.as_str().len() == 5)
        .map(|record| record.code.to_string())
        .take(300)
        .collect();
    with_session(async |session| {
        let (mut seen, mut offset) = (Vec::new(), json!(0));
        while offset.is_number() {
            let asked = json!({"query": codes.join(" "), "as_of": DAY, "offset": offset,
                "limit": 50});
            let (answer, tokens) = read(call(&session, "hcpcs_search", asked).await);
            assert!(tokens < ANSWER, "{tokens}");
            let hits = answer["hits"].as_array().unwrap();
            seen.extend(
                hits.iter()
                    .map(|hit| hit["code"].as_str().unwrap().to_owned()),
            );
            offset = answer["next_offset"].clone();
        }
        assert_eq!(seen, codes);
        // Of codes that no release has, there is more to say.
        let unknown: Vec<String> = (0..400).map(|number| format!("J{number:04}")).collect();
        let asked = json!({"query": unknown.join(" "), "as_of": DAY});
        let (answer, tokens) = read(call(&session, "hcpcs_search", asked).await);
        let shown = answer["asked"].as_array().unwrap().len();
        assert!(tokens < ANSWER && shown < unknown.len(), "{tokens} {shown}");
        let notices = answer["notices"].to_string();
        assert!(
            notices.contains(&format!("ask for the other {}", unknown.len() - shown)),
            "{notices}"
        );
        let asked = json!({"query": codes.join(" "), "as_of": DAY});
        let (answer, tokens) = read(call(&session, "hcpcs_search", asked).await);
        assert!(
            tokens < ANSWER && answer["next_offset"].is_number(),
            "{tokens}"
        );
    });
}
