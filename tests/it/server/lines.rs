//! `/api/v1/batch` and `/api/v1/check`: lines in, lines out.

use std::io::{BufRead as _, BufReader, Write as _};

use serde_json::Value;

use super::served;
use crate::hcpcs::{DAY, Hcpcs, json_lines};

fn lines(body: &str) -> Vec<Value> {
    body.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_batch_is_what_the_command_gives() {
    let questions = format!(
        "hemin\n{{\"id\":\"b\",\"query\":\"cpap\",\"as_of\":\"{DAY}\",\"limit\":2}}\n{{\"lmit\":1}}\n\n"
    );
    let hcpcs = Hcpcs::starter();
    let file = hcpcs.file("questions.jsonl", &questions);
    let ran = hcpcs.run(["batch".as_ref(), file.as_os_str()]);
    let got = served().post("/api/v1/batch", "application/x-ndjson", &questions);
    assert_eq!(
        (got.status, &*got.content_type),
        (200, "application/x-ndjson")
    );
    assert_eq!(got.body, ran.stdout);
}

#[test]
fn what_is_known_at_the_end_is_a_last_line() {
    let body = "hemin\n{\"id\":1,\"query\":\"cpap\"}\n";
    let got = served().post("/api/v1/batch", "application/x-ndjson", body);
    let said = &lines(&got.body)[2]["notices"][0];
    assert!(said.as_str().unwrap().contains("two answers have the id 1"));
    let body = body.replace(":1,", ":3,");
    let got = served().post("/api/v1/batch", "application/x-ndjson", &body);
    assert_eq!(lines(&got.body).len(), 2);

    let path = format!("/api/v1/check?as_of={DAY}");
    let table = "description,code\ncane,E0601\ncane,J1443\n";
    let hcpcs = Hcpcs::starter();
    hcpcs.file("c.csv", table);
    let ran = hcpcs.run(["check", "c.csv", "--as-of", DAY]);
    let got = lines(&served().post(&path, "text/csv", table).body);
    let counts = &got[2]["review_counts"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!((count("described"), count("dead")), (2, 1));
    ran.tells(&format!(
        "2 with a description: 1 of a dead code, {} whose code is not the first for it, \
         {} unlike the code, {} with a code proposed",
        count("not_first"),
        count("unlike"),
        count("proposed")
    ));
    let got = served().post(&path, "text/plain", "E0601\n");
    assert_eq!(lines(&got.body).len(), 1);
    let empty = served().post(&format!("{path}&format=csv"), "text/csv", "code\n");
    assert!(empty.body.contains("no claim lines below the header"));
}

#[test]
fn a_page_of_a_batch_has_a_limit() {
    let body = "{\"query\":\"injection\",\"limit\":501}\n{\"query\":\"hemin\"}\n";
    let got = served().post("/api/v1/batch", "application/x-ndjson", body);
    let answers = lines(&got.body);
    assert_eq!(
        answers[0]["error"],
        "`limit` cannot be `501`; give at most 500"
    );
    assert_eq!(answers[1]["hits"][0]["code"], "J1640");
}

#[test]
fn a_batch_streams_both_ways() {
    let mut stream = served().stream();
    let head =
        "POST /api/v1/batch HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    for word in ["hemin", "cpap", "wheelchair"] {
        let chunk = format!("{word}\n");
        let chunk = format!("{:x}\r\n{chunk}\r\n", chunk.len());
        stream.write_all(chunk.as_bytes()).unwrap();
        // The answer is there before the next question is asked.
        let mut line = String::new();
        while !line.starts_with('{') {
            line.clear();
            assert_ne!(answers.read_line(&mut line).unwrap(), 0);
        }
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["query"], word);
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
}

#[test]
fn a_long_batch_is_answered_in_order() {
    use std::fmt::Write as _;
    let mut body = String::new();
    for id in 0..3000 {
        writeln!(body, "{{\"id\":{id},\"query\":\"hemin\",\"limit\":1}}").unwrap();
    }
    let got = served().post("/api/v1/batch", "application/x-ndjson", &body);
    let ids = lines(&got.body)
        .into_iter()
        .map(|answer| answer["id"].as_u64().unwrap());
    assert!(ids.eq(0..3000));
}

#[test]
fn a_check_is_what_the_command_gives() {
    let claims =
        format!("HC:J1640:JW\nE0601 RR 2020-01-01\nJ0000\n99213\n{{\"kode\":1}}\nQ9989 {DAY}\n");
    let hcpcs = Hcpcs::starter();
    let file = hcpcs.file("claims.txt", &claims);
    let args = ["check", "--json", "--as-of", DAY].map(std::ffi::OsStr::new);
    let ran = hcpcs.run(args.into_iter().chain([file.as_os_str()]));
    let got = served().post(&format!("/api/v1/check?as_of={DAY}"), "text/plain", &claims);
    assert_eq!(got.body, ran.stdout);
    assert_eq!(lines(&got.body)[0]["verdict"], "valid");
    let csv = served().post("/api/v1/check", "text/csv", "code,mod1\nJ1640,JW\n");
    assert_eq!(lines(&csv.body)[0]["modifiers"][0]["modifier"], "JW");
}

#[test]
fn lines_that_break_off_are_reported() {
    let raw = served().raw(
        b"POST /api/v1/batch HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
          transfer-encoding: chunked\r\n\r\n6\r\nhemin\n\r\nZZ\r\n",
    );
    assert!(raw.contains("J1640"), "{raw}");
    assert!(raw.contains("break off"), "{raw}");
}

#[test]
fn a_body_of_which_nothing_is_read_is_refused() {
    let post = |path: &str, body: &str| served().post(path, "text/csv", body);
    for (path, body, said) in [
        ("/api/v1/check", "\n\n", "hold no line"),
        ("/api/v1/batch", "\n\n", "hold no question"),
        (
            "/api/v1/check",
            "code,modfier\nE0601,ZZ\n",
            "`modfier`; say what they hold with the parameter `columns`",
        ),
        (
            "/api/v1/check",
            "code,paid date\nE0601,2026-01-01\n",
            "day of service",
        ),
        (
            "/api/v1/check?columns=weight%3Dkg",
            "J1640\n",
            "has no `weight`",
        ),
    ] {
        let got = post(path, body);
        assert_eq!(
            (got.status, &*got.content_type),
            (400, "application/problem+json"),
            "{body}"
        );
        assert!(got.body.contains(said), "{}", got.body);
        if path == "/api/v1/check" {
            let got = post("/api/v1/check?format=csv", body);
            assert_eq!(got.status, 400, "{body}: {}", got.body);
        }
    }
    let units = "code,units\nJ1640,0\n";
    let got = post("/api/v1/check", units);
    assert_eq!(lines(&got.body)[1]["valid_with_wrong_units"], 1);
    let got = post("/api/v1/check?format=csv", units);
    assert!(got.body.contains("valid lines with wrong units: 1"));
    let mapped = post(
        "/api/v1/check?columns=modifier1%3Dmodfier",
        "code,modfier,x\nE0601,ZZ,1\n",
    );
    let line = &lines(&mapped.body)[0];
    assert_eq!(line["modifiers"][0]["modifier"], "ZZ");
    assert_eq!(line["notices"][0], "columns not read: x");
    let empty = post("/api/v1/check", "");
    assert_eq!(
        lines(&empty.body)[0]["notices"][0],
        "no claim lines: the input is empty"
    );
    let long = "x".repeat((32 << 20) + 1);
    assert_eq!(post("/api/v1/check", &long).status, 413);
}

#[test]
fn a_body_that_unpacks_to_too_much_is_refused() {
    let line = b"E0601,RR\n".repeat(1 << 20);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("claims.csv", zip::write::SimpleFileOptions::default())
        .unwrap();
    for _ in 0..=(257 << 20) / line.len() {
        std::io::Write::write_all(&mut zip, &line).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 32 << 20, "{} bytes", bytes.len());
    for path in ["/api/v1/check", "/api/v1/batch"] {
        let got = served().post(path, "application/zip", &bytes);
        assert_eq!(
            (got.status, &*got.content_type),
            (413, "application/problem+json"),
            "{path}"
        );
        assert!(got.body.contains("256 MiB"), "{}", got.body);
    }
}

#[test]
fn what_is_no_code_of_hcpcs_is_the_same_through_each_door() {
    let texts = [
        "HC::JW",
        "KAQE0",
        "HC:1AA11",
        "HC:J1640:JW~",
        "HC:J1640:::::x:J1645:y",
    ];
    let body = texts.join("\n");
    let path = format!("/api/v1/check?as_of={DAY}");
    let got = lines(&served().post(&path, "text/plain", &body).body);
    let hcpcs = Hcpcs::starter();
    hcpcs.file("lines.txt", &body);
    let ran = hcpcs.run(["check", "lines.txt", "--as-of", DAY, "--json"]);
    assert_eq!(got, json_lines(&ran));
    let error = got[0]["error"].as_str().unwrap();
    assert!(error.contains("there is no code"), "{error}");
    for own in &got[1..3] {
        assert_eq!(
            (&own["verdict"], &own["valid"]),
            (&"out_of_scope".into(), &Value::Null)
        );
        assert!(own["reason"].as_str().unwrap().contains("HIPPS"), "{own}");
    }
    assert_eq!(got[3]["modifiers"][0]["modifier"], "JW");
    let reason = got[4]["reason"].as_str().unwrap();
    assert!(
        reason.contains("`J1645`, is not checked") && reason.contains("`y`"),
        "{reason}"
    );
    let csv = served()
        .post(&format!("{path}&format=csv"), "text/plain", &body)
        .body;
    assert_eq!(csv.matches("HIPPS").count(), 2, "{csv}");
}

#[test]
fn the_description_of_a_revenue_code_is_not_that_of_the_line() {
    let path = format!("/api/v1/check?as_of={DAY}");
    let header = "REV. CD.,DESCRIPTION,HCPCS / RATE / HIPPS CODE,SERV. DATE";
    let table = format!("{header}\n0636,DRUGS/DETAIL CODE,J1640,011526\n");
    let got = &lines(&served().post(&path, "text/csv", &table).body)[0];
    assert_eq!(
        (&got["dos"], &got["review"]),
        (&"2026-01-15".into(), &Value::Null)
    );
    assert!(got["notices"].to_string().contains("DESCRIPTION"), "{got}");
}
