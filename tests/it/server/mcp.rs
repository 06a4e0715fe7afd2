//! `hcpcs mcp`, driven by the client of the official SDK over a child process.

mod http;
mod schemas;
mod sizes;

use std::future::Future;

use hcpcs::search::FILTERS;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService, ServiceExt as _};
use rmcp::transport::TokioChildProcess;
use serde_json::{Value, json};

use crate::diff::indexed;
use crate::hcpcs::{DAY, Hcpcs};

type Session = RunningService<RoleClient, ()>;

fn with_session<F: Future<Output = ()>>(test: impl FnOnce(Session) -> F) {
    with_session_of(&Hcpcs::starter(), test);
}

fn with_session_of<F: Future<Output = ()>>(hcpcs: &Hcpcs, test: impl FnOnce(Session) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let command = tokio::process::Command::from(hcpcs.command(["mcp"]));
        let process = TokioChildProcess::new(command).unwrap();
        let session = ().serve(process).await.unwrap();
        test(session).await;
    });
}

async fn call(session: &Session, name: &'static str, arguments: Value) -> CallToolResult {
    let arguments = arguments.as_object().unwrap().clone();
    let request = CallToolRequestParams::new(name).with_arguments(arguments);
    session.call_tool(request).await.unwrap()
}

async fn answer(session: &Session, name: &'static str, arguments: Value) -> Value {
    let result = call(session, name, arguments).await;
    assert_ne!(result.is_error, Some(true), "{result:?}");
    let answer = result.structured_content.unwrap();
    let provenance = &answer["provenance"];
    assert_eq!(provenance["release"], "2026-01/starter", "{answer}");
    assert_eq!(provenance["release_scope"], "809 of about 9,000 codes");
    assert_eq!(provenance["file"], "release.tsv");
    assert!(provenance["hash"].as_str().unwrap().len() >= 64);
    answer
}

#[test]
fn the_tools_only_read() {
    with_session(async |session| {
        let server = session.peer_info().unwrap();
        assert!(server.instructions.as_ref().unwrap().contains("HCPCS"));
        let tools = session.list_all_tools().await.unwrap();
        let names: Vec<&str> = tools.iter().map(|tool| &*tool.name).collect();
        assert_eq!(
            names,
            [
                "hcpcs_check",
                "hcpcs_diff",
                "hcpcs_get",
                "hcpcs_history",
                "hcpcs_releases",
                "hcpcs_search",
                "hcpcs_units"
            ]
        );
        for tool in &tools {
            let hints = tool.annotations.as_ref().unwrap();
            assert_eq!(hints.read_only_hint, Some(true), "{}", tool.name);
            assert!(tool.description.as_ref().unwrap().len() > 40);
        }
        session.cancel().await.unwrap();
    });
}

#[test]
fn a_search_gives_ranks_and_reasons() {
    with_session(async |session| {
        let asked = json!({"query": "glycopirolate", "as_of": DAY, "limit": 2,
            "filters": {"section": ["J"]}});
        let found = answer(&session, "hcpcs_search", asked).await;
        let hits = found["hits"].as_array().unwrap();
        assert_eq!(hits.len(), 2);
        assert_eq!(hits[0]["rank"], format!("1 of {}", found["total"]));
        assert_eq!(hits[0]["matched"][0]["via"], "correction");
        assert_eq!(found["searched_instead"][0]["asked"], "glycopirolate");
        assert!(!found.to_string().contains("score"));
    });
}

/// An agent's own words, and the units of the dose that they state.
#[test]
fn a_question_is_answered_with_code_and_units() {
    with_session(async |session| {
        for query in [
            "what J code do I bill for 0.2 mg of glycopyrrolate",
            "which code should we use for glycopyrrolate 0.2 mg",
            "J code for glycopyrrolate 0.2mg",
            "glycopyrrolate 0.2 mg",
        ] {
            let asked = json!({"query": query, "as_of": DAY});
            let found = answer(&session, "hcpcs_search", asked).await;
            let first = &found["hits"][0];
            assert_eq!(
                (&first["code"], &first["units"]),
                (&json!("J1596"), &json!(2)),
                "{query}"
            );
        }
    });
}

#[test]
fn hits_are_paged() {
    with_session(async |session| {
        let whole = json!({"query": "injection", "as_of": DAY, "limit": 50});
        let whole = answer(&session, "hcpcs_search", whole).await;
        let (mut codes, mut offset) = (Vec::new(), json!(0));
        while offset.is_number() && codes.len() < 50 {
            let asked = json!({"query": "injection", "as_of": DAY, "limit": 20, "offset": offset});
            let page = answer(&session, "hcpcs_search", asked).await;
            codes.extend(page["hits"].as_array().unwrap().clone());
            offset = page["next_offset"].clone();
        }
        codes.truncate(50);
        assert_eq!(whole["hits"], json!(codes));
        assert_eq!(whole["next_offset"], 50);
        let few = json!({"query": "hemin", "as_of": DAY, "limit": 50});
        let few = answer(&session, "hcpcs_search", few).await;
        assert!(few.get("next_offset").is_none(), "{few}");
    });
}

/// What the table of filters has, every tool that filters takes.
#[test]
fn every_filter_is_taken() {
    with_session(async |session| {
        let asked = json!({"query": "injection", "as_of": DAY, "filters": {"asc": ["yy"]}});
        let found = answer(&session, "hcpcs_search", asked).await;
        assert!(!found["hits"].as_array().unwrap().is_empty());
        let mut filtering = 0;
        for tool in session.list_all_tools().await.unwrap() {
            let schema = json!(tool.input_schema);
            let properties = &schema["properties"]["filters"]["properties"];
            for filter in FILTERS.iter().filter(|_| properties.is_object()) {
                let own = &properties[filter.name];
                assert_eq!(
                    own["description"], filter.help,
                    "{} {}",
                    tool.name, filter.name
                );
                filtering += 1;
            }
        }
        assert_eq!(filtering, 2 * FILTERS.len());
    });
}

#[test]
fn codes_are_looked_up() {
    with_session(async |session| {
        let asked = json!({"codes": ["J1640", "jw", "J0000", "99213"], "as_of": DAY});
        let got = answer(&session, "hcpcs_get", asked).await;
        let found = got["found"].as_array().unwrap();
        assert_eq!(
            (&found[0]["code"], &found[1]["kind"]),
            (&json!("J1640"), &json!("modifier"))
        );
        let missing = got["notFound"].as_array().unwrap();
        assert_eq!(missing[0]["code"], "J0000");
        assert!(missing[1]["reason"].as_str().unwrap().contains("CPT"));
    });
}

#[test]
fn claim_lines_are_checked() {
    with_session(async |session| {
        let line = json!({"code": "E0601", "modifiers": ["RR"], "dos": DAY, "line_id": "x"});
        let asked = json!({"lines": ["HC:J1640:JW", line, "J0000", {"kode": 1}], "as_of": DAY});
        let got = answer(&session, "hcpcs_check", asked).await;
        let verdicts: Vec<&Value> = got["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| &line["verdict"])
            .collect();
        assert_eq!(
            verdicts,
            ["valid", "valid", "undetermined", ""]
                .map(|text| match text {
                    "" => Value::Null,
                    text => Value::from(text),
                })
                .iter()
                .collect::<Vec<_>>()
        );
        assert_eq!(got["lines"][1]["line_id"], "x");
        assert_eq!(got["not_read"], 1);
        assert_eq!(got["review_counts"], Value::Null);
        let asked = json!({"lines": [{"code": "J1443", "description": "cane"}], "as_of": DAY});
        let counts = &answer(&session, "hcpcs_check", asked).await["review_counts"];
        assert_eq!(
            (&counts["described"], &counts["dead"]),
            (&json!(1), &json!(1))
        );
        // What is not understood is an error, and not read as something else.
        let asked = json!({"lines": ["J1596 x12", "J1640 JW", {"code": "J1596 2 units"},
            {"code": "J1596", "units": "two", "line_id": "y"}], "as_of": DAY});
        let got = answer(&session, "hcpcs_check", asked).await;
        assert_eq!(got["not_read"], 3);
        for (at, said) in [
            (0, "`x12` seems to be a quantity"),
            (2, "neither a day nor a modifier"),
            (3, "`units`"),
        ] {
            let line = &got["lines"][at];
            assert!(line["error"].as_str().unwrap().contains(said), "{line}");
            assert!(line.get("verdict").is_none());
        }
        assert_eq!(got["lines"][3]["line_id"], "y");
        assert_eq!(got["lines"][1]["verdict"], "valid");
    });
}

#[test]
fn doses_become_units() {
    with_session(async |session| {
        let asked = json!({"code": "J9035", "dose": "305 mg", "vial": "100 mg", "as_of": DAY});
        let got = answer(&session, "hcpcs_units", asked).await;
        assert_eq!(
            (&got["units"], &got["unit"]["unit"]),
            (&json!(31), &json!("mg"))
        );
        assert_eq!(
            got["lines"][1],
            json!({"code": "J9035", "modifier": "JW", "units": 9})
        );
        let asked = json!({"code": "J9035", "dose": "2 ml"});
        let result = call(&session, "hcpcs_units", asked).await;
        assert_eq!(result.is_error, Some(true), "{result:?}");
    });
}

#[test]
fn releases_are_listed() {
    with_session(async |session| {
        let got = answer(&session, "hcpcs_releases", json!({})).await;
        assert_eq!(got["releases"][0]["id"], "2026-01/starter");
        assert!(got["sources"].as_array().is_some());
    });
}

#[test]
fn releases_are_compared() {
    let hcpcs = indexed();
    with_session_of(&hcpcs, async |session| {
        let asked = json!({"from": "2025-10", "to": "2026-01"});
        let got = call(&session, "hcpcs_diff", asked).await;
        let got = got.structured_content.unwrap();
        assert_eq!(got["provenance"]["release"], "2026-01", "{got}");
        assert_eq!(got["provenance"]["file"], "HCPC2026_JAN_ANWEB.txt");
        assert_eq!(got["compared_with"]["file"], "HCPC2025_OCT_ANWEB.txt");
        let told = hcpcs.json(&["diff", "2025-10", "2026-01"]);
        for list in ["summary", "added", "removed", "revised", "reissued"] {
            assert_eq!(got[list], told[list], "{list}");
        }
        assert_eq!(got["not_shown"], 0);
        let asked = json!({"from": "2025-10", "to": "2026-01", "only": ["J*"], "limit": 0,
            "filters": {"betos": ["O1E"]}});
        let got = call(&session, "hcpcs_diff", asked).await;
        let got = got.structured_content.unwrap();
        assert_eq!(
            (&got["summary"]["revised"], &got["not_shown"]),
            (&json!(1), &json!(1))
        );
        assert_eq!(got["revised"], json!([]));
        let asked = json!({"codes": ["CS", "J0000"]});
        let got = call(&session, "hcpcs_history", asked).await;
        let got = got.structured_content.unwrap();
        assert_eq!(got["found"][0], hcpcs.json(&["history", "CS"])[0]);
        assert_eq!(got["notFound"][0]["code"], "J0000");
        assert_eq!(got["provenance"]["release"], "2026-01");
    });
}

#[test]
fn what_is_wrong_is_told_to_the_agent() {
    with_session(async |session| {
        for (name, arguments, said) in [
            ("hcpcs_search", json!({"query": ""}), "nothing is asked"),
            (
                "hcpcs_search",
                json!({"query": "x", "as_of": "soon"}),
                "`as_of` cannot be `soon`",
            ),
            ("hcpcs_get", json!({"codes": []}), "give 1 to 50 `codes`"),
            ("hcpcs_check", json!({"lines": []}), "give 1 to 200 `lines`"),
            (
                "hcpcs_history",
                json!({"codes": []}),
                "give 1 to 50 `codes`",
            ),
            (
                "hcpcs_search",
                json!({"query": "x", "limit": 51}),
                "`limit` cannot be 51; give at most 50",
            ),
            (
                "hcpcs_get",
                json!({"codes": ["J1640"], "as_of": "soon"}),
                "`as_of` cannot be `soon`",
            ),
            (
                "hcpcs_diff",
                json!({"from": "x", "to": "2026-01"}),
                "`from` cannot be `x`",
            ),
            (
                "hcpcs_diff",
                json!({"from": "2024-01", "to": "2026-01"}),
                "2024-01 is not indexed; there are 2026-01",
            ),
            (
                "hcpcs_diff",
                json!({"from": "2026-01", "to": "2026-01", "offset": 5}),
                "`offset` cannot be 5; the list has 0",
            ),
            (
                "hcpcs_diff",
                json!({"from": "2026-01", "to": "2026-01", "only": ["?"]}),
                "`only` cannot be `?`",
            ),
        ] {
            let result = call(&session, name, arguments).await;
            assert_eq!(result.is_error, Some(true), "{result:?}");
            assert!(format!("{result:?}").contains(said), "{result:?}");
            assert!(!format!("{result:?}").contains("--"), "{result:?}");
        }
        let behind = json!({"query": "hemin", "as_of": DAY, "offset": 5});
        let behind = answer(&session, "hcpcs_search", behind).await;
        let said = "no code is behind the first 5; the list has 1 code";
        assert!(behind["notices"].to_string().contains(said), "{behind}");
        // A parameter that there is not is refused, and the session goes on.
        let request = CallToolRequestParams::new("hcpcs_search")
            .with_arguments(json!({"qurey": "x"}).as_object().unwrap().clone());
        let refused = format!("{:?}", session.call_tool(request).await);
        assert!(refused.contains("qurey"), "{refused}");
        answer(&session, "hcpcs_releases", json!({})).await;
    });
}

#[test]
fn a_line_that_is_no_message_gets_an_error() {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::process::Stdio;
    let hcpcs = Hcpcs::starter();
    let mut command = hcpcs.command(["mcp"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let initialize = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": {"name": "x", "version": "1"}}});
    let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let ping = json!({"jsonrpc": "2.0", "id": 2, "method": "ping"});
    let mut ask = |line: &str| {
        input.write_all(format!("{line}\n").as_bytes()).unwrap();
    };
    let mut answer = || {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        serde_json::from_str::<Value>(&line).unwrap()
    };
    ask(&initialize.to_string());
    assert_eq!(answer()["id"], 1);
    ask(&ready.to_string());
    for (line, code) in [("nonsense", -32700), ("{\"id\":7", -32700), ("[]", -32600)] {
        ask(line);
        let answer = answer();
        assert_eq!(answer["error"]["code"], code, "{answer}");
    }
    ask(&ping.to_string());
    assert_eq!(answer()["id"], 2, "the session goes on");
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_client_that_leaves_before_it_begins_is_named_and_not_the_index() {
    let ran = Hcpcs::starter().run(["mcp"]).code(2);
    assert!(!ran.stderr.contains("index"), "{}", ran.stderr);
    ran.tells("the client closed standard input before it sent `initialize`");
}

/// A first message that begins no session is answered, or ends it with what was expected.
#[test]
fn a_session_that_does_not_begin_with_initialize() {
    use std::io::Write as _;
    let hcpcs = Hcpcs::starter();
    for first in [
        r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#,
    ] {
        let mut command = hcpcs.command(["mcp"]);
        let pipe = std::process::Stdio::piped;
        let child = command.stdin(pipe()).stdout(pipe()).stderr(pipe()).spawn();
        let mut child = child.unwrap();
        writeln!(child.stdin.take().unwrap(), "{first}").unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let expected = "error: the client's first message was no `initialize`; let an MCP client \
                        start the program, or use `serve`\n";
        assert_eq!(
            (said.as_str(), output.status.code()),
            (expected, Some(2)),
            "{first}"
        );
    }
}
