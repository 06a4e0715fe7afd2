//! `hcpcs batch` and `Searcher::batch`: the order, the ids, bad lines, the same bytes as a search.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use ::hcpcs::search::{BatchOptions, BatchSummary};
use ::hcpcs::{Query, QueryRequest};
use proptest::prelude::*;
use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs, Ran, json_lines, starter};

/// Answers lines with the library.
fn batch(lines: &str) -> (Vec<String>, BatchSummary) {
    let mut out = Vec::new();
    let options = BatchOptions::default();
    let summary = starter()
        .batch(lines.as_bytes(), &mut out, &options)
        .unwrap();
    let text = String::from_utf8(out).unwrap();
    (text.lines().map(str::to_owned).collect(), summary)
}

fn value(line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// Runs the program on lines in a file.
fn run(lines: &str, args: &[&str]) -> Ran {
    let program = Hcpcs::starter();
    program.file("lines", lines);
    program.run([&["batch", "lines"], args].concat())
}

#[test]
fn the_order_of_the_input_is_kept_over_many_chunks() {
    let asked = [
        "hemin",
        "cpap mask",
        "J1640",
        "glycopyrolate",
        "wheelch",
        "99213",
        "zzgibberish",
    ];
    let lines: Vec<String> = (0..5_000usize)
        .map(|at| {
            format!(
                r#"{{"id":"{at}","query":"{}","limit":1}}"#,
                asked[at % asked.len()]
            )
        })
        .collect();
    let (answers, summary) = batch(&lines.join("\n"));
    assert_eq!((summary.lines, summary.bad), (5_000, 0));
    for (at, answer) in answers.iter().enumerate() {
        let answer = value(answer);
        assert_eq!(answer["id"], at.to_string());
        assert_eq!(answer["query"], asked[at % asked.len()]);
    }
    assert_eq!(answers.len(), 5_000);
}

/// Remembers the longest text that was written at once.
struct Longest(usize);

impl Write for Longest {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn answers_are_written_before_much_is_gathered() {
    let line = r#"{"section":["A","E","J"],"limit":100000,"annotations":false}"#;
    let lines = [line; 40].join("\n");
    let (mut longest, options) = (Longest(0), BatchOptions::default());
    starter()
        .batch(lines.as_bytes(), &mut longest, &options)
        .unwrap();
    let (one, _) = batch(line);
    assert!(one[0].len() > 200_000, "long enough for the test");
    assert!(longest.0 < (1 << 20) + one[0].len() + 10, "{}", longest.0);
}

#[test]
fn an_answer_has_the_bytes_of_a_search() {
    for line in [
        r#"{"query":"hemin","as_of":"2026-02-01"}"#,
        r#"{"query":"glycopyrolate","facets":true,"explain":true,"limit":2,"offset":1}"#,
        r#"{"query":"anemia","annotations":false,"terminated":true}"#,
        r#"{"coverage":["D"],"betos":["O1E"],"noc":false}"#,
        r#"{"query":"J1640 J1597","any_time":true}"#,
        r#"{"query":"zzgibberish","exact":true}"#,
    ] {
        let query = Query::try_from(QueryRequest::from_json(line).unwrap()).unwrap();
        let answer = serde_json::to_string(&starter().search(&query).unwrap()).unwrap();
        let (answers, _) = batch(line);
        assert_eq!(answers, [answer.replacen('{', r#"{"id":1,"#, 1)], "{line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_answer_has_the_bytes_of_a_search(
        id in any::<String>(),
        number in any::<f64>(),
        words in "\\PC{0,12}",
        known in prop::sample::select(vec!["", " hemin", " cpap mask", " 1 mg", " dolase"]),
    ) {
        for id in [Value::from(id), Value::from(number)] {
            let text = format!("{words}{known}");
            let request = serde_json::json!({"id": id, "query": text, "explain": true});
            let query = Query::try_from(QueryRequest::from_json(&request.to_string()).unwrap());
            let Ok(answer) = starter().search(&query.unwrap()) else {
                continue;
            };
            let answer = serde_json::to_string(&answer).unwrap();
            let id = if id.is_null() { "1".to_owned() } else { id.to_string() };
            let (answers, _) = batch(&request.to_string());
            prop_assert_eq!(answers, [answer.replacen('{', &format!("{{\"id\":{id},"), 1)]);
        }
    }
}

#[test]
fn every_filter_is_that_of_the_command_line() {
    for (name, value, flag) in [
        ("betos", r#"["o1e","D1"]"#, "--betos=O1E,D1"),
        ("coverage", r#"["d"]"#, "--coverage=D"),
        ("kind", r#"["modifier"]"#, "--kind=modifier"),
        ("section", r#"["j","E"]"#, "--section=J,E"),
        ("codes", r#"["j16*","E0601"]"#, "--codes=J16*,E0601"),
        ("pricing", r#"["51"]"#, "--pricing=51"),
        ("tos", r#"["p"]"#, "--tos=P"),
        ("action", r#"["d"]"#, "--action=D"),
        ("asc", r#"["yy"]"#, "--asc=YY"),
        ("rbcs", r#"["r"]"#, "--rbcs=R"),
        ("noc", "true", "--noc"),
        (
            "added",
            r#"["2024-01-01..","1982-01-01"]"#,
            "--added=2024-01-01..,1982-01-01",
        ),
        ("terminated", "true", "--terminated"),
        ("exact", "true", "--exact"),
        ("facets", "true", "--facets"),
        ("explain", "true", "--explain"),
        ("annotations", "false", "--no-annotations"),
        ("limit", "3", "--limit=3"),
        ("offset", "3", "--offset=3"),
    ] {
        let (answers, _) = batch(&format!(
            r#"{{"query":"injection","as_of":"{DAY}","{name}":{value}}}"#
        ));
        let search = ["search", "injection", "--json", "--as-of", DAY, flag];
        let searched = Hcpcs::starter().run(search).stdout;
        let searched = searched.trim_end().replacen('{', r#"{"id":1,"#, 1);
        assert_eq!(answers, [searched], "{name}");
    }
}

#[test]
fn ids_are_given_back_as_they_are() {
    let lines = "hemin\n{\"id\":7,\"query\":\"x1\"}\n{\"id\":{\"a\":[1,null]},\"query\":\"x1\"}\n\
                 {\"id\":null,\"query\":\"x1\"}\n{\"query\":\"x1\"}\n";
    let (answers, _) = batch(lines);
    let ids: Vec<String> = answers
        .iter()
        .map(|line| value(line)["id"].to_string())
        .collect();
    assert_eq!(ids, ["1", "7", r#"{"a":[1,null]}"#, "4", "5"]);
}

#[test]
fn a_bad_line_says_why_and_the_rest_goes_on() {
    let long = "x".repeat(70_000);
    let lines = format!(
        "hemin\n\n{{\"id\":\"b\",\"lmit\":3}}\n{{\"id\":\"c\",\"query\":\nnot ok: \u{1}\n{long}\n\
         {{\"id\":9,\"codes\":[\"99213\"]}}\n{}\ncpap",
        "y".repeat(5_000)
    );
    let (answers, summary) = batch(&lines);
    assert_eq!((summary.lines, summary.bad), (8, 5));
    let found: Vec<Value> = answers.iter().map(|line| value(line)).collect();
    for (line, id, said) in [
        (
            3,
            r#""b""#,
            "there is no field `lmit`; did you mean `limit`?",
        ),
        (4, "4", "not JSON"),
        (6, "6", "longer than 65536 bytes"),
        (7, "9", "a CPT number"),
        (8, "8", "ask with at most"),
    ] {
        let own = found.iter().find(|own| own["line"] == line).unwrap();
        assert_eq!(own["id"].to_string(), id);
        assert!(own["error"].as_str().unwrap().contains(said), "{own}");
    }
    assert_eq!(found[7]["hits"].as_array().map(Vec::is_empty), Some(false));
}

#[test]
fn bytes_that_are_not_utf_8_are_cp1252() {
    let mut out = Vec::new();
    let lines = b"hemin\nh\xE4m\r\nhemin\r\n";
    let summary = starter()
        .batch(&lines[..], &mut out, &BatchOptions::default())
        .unwrap();
    assert_eq!((summary.lines, summary.bad), (3, 0));
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(value(lines[1])["query"], "häm");
    assert_eq!(
        lines[0].replacen("\"id\":1", "", 1),
        lines[2].replacen("\"id\":3", "", 1)
    );
}

#[test]
fn exit_codes_and_what_is_reported() {
    let ran = run("hemin\ncpap\n", &[]).code(0).told("");
    assert_eq!(ran.stdout.lines().count(), 2);
    run("hemin\n{\"x\":1}\n", &[])
        .code(3)
        .prints(r#"{"id":2,"line":2,"error":"there is no field `x`"#)
        .told("warning: 1 of 2 lines could not be answered; each says why");
    run("", &[]).code(0).told("warning: no questions");
    run("query,limit\n", &[])
        .code(0)
        .told("warning: no questions");
    run("\n\n", &[]).code(3).tells("lines: hold no question");
    run("hemin\n\n\n", &[]).code(0).told("");
    let program = Hcpcs::starter();
    program
        .run(["batch", "nowhere"])
        .code(3)
        .tells("nowhere: cannot read");
    program.run(["batch", "."]).code(3).tells("cannot read");
}

#[test]
fn a_program_may_wait_for_its_answer_before_it_asks_again() {
    let mut child = Hcpcs::starter()
        .command(["batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ask = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for word in ["hemin", "cpap"] {
        writeln!(ask, "{word}").unwrap();
        let answer = answers.next().unwrap().unwrap();
        assert_eq!(value(&answer)["query"], word);
    }
    drop(ask);
    assert!(answers.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_may_leave() {
    let program = Hcpcs::starter();
    program.file("lines", "injection\n".repeat(3_000));
    let mut child = program
        .command(["batch", "lines"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.starts_with(r#"{"id":1,"#));
    let mut told = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    assert!(child.wait().unwrap().success(), "{told}");
    assert_eq!(told, "");
}

#[test]
fn a_table_in_and_out() {
    let table = "id,Query,limit,as-of,coverage,noc\n\
                 a,hemin,,2026-02-01,,\n\
                 b,\"glycopyrrolate, injection\",1,2026-02-01,\"C,D\",\n\
                 ,zzgibberish,,,,\n\
                 d,hemin,ten,,,\n";
    let ran = run(table, &["--csv"]).code(3);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(
        lines[0].starts_with("id,query,total,rank,code,kind,long_descriptor,short_descriptor,")
    );
    assert!(lines[0].ends_with(",why,reason,nearest,unclear,notices,error"));
    assert!(lines[1].starts_with("a,hemin,1,1,J1640,procedure,"));
    assert!(lines[2].starts_with("b,\"glycopyrrolate, injection\","));
    assert!(lines[3].starts_with("4,zzgibberish,0,,"));
    assert!(lines[4].starts_with("d,,,") && lines[4].contains("`limit` cannot be `ten`"));
    assert_eq!(lines.len(), 5);
    let columns = |line: &str| csv_row(line).len();
    assert!(lines.iter().all(|line| columns(line) == columns(lines[0])));
    ran.tells("1 of 4 lines could not be answered");
    let late = run(
        "query,as_of\nhemin,2026-08-01\nzzgibberish,2026-08-01\n",
        &["--csv"],
    );
    for line in late.code(0).stdout.lines().skip(1) {
        let notices = &csv_row(line)[columns(line) - 2];
        assert!(notices.contains("two quarters before 2026-08-01"), "{line}");
    }
}

#[test]
fn a_table_of_any_kind_gives_the_same_answers() {
    let table = "id,query,limit\nseven,hemin,1\n,cpap,2\n";
    let usual = run(table, &["--csv"]).code(0).stdout;
    let json = run(table, &[]).code(0).stdout;
    assert!(
        json.starts_with(r#"{"id":"seven","query":"hemin""#),
        "{json}"
    );
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    for bytes in [
        table.replace(',', ";").into_bytes(),
        table.replace(',', "\t").into_bytes(),
        table.replace(',', "|").into_bytes(),
        table.replace('\n', "\r\n").into_bytes(),
        table.replace('\n', "\r").into_bytes(),
        format!("\u{FEFF}{table}\n,,\n").into_bytes(),
        utf16(table),
    ] {
        let program = Hcpcs::starter();
        program.file("lines", bytes);
        assert_eq!(
            program.run(["batch", "lines", "--csv"]).code(0).stdout,
            usual
        );
        assert_eq!(program.run(["batch", "lines"]).code(0).stdout, json);
    }
    let separated = format!("sep=;\n{}", table.replace(',', ";"));
    let found = run(&separated, &[]).code(0).stdout;
    assert_eq!(found.replacen("\"id\":4", "\"id\":3", 1), json);
}

fn csv_row(line: &str) -> csv::StringRecord {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(line.as_bytes());
    reader.records().next().unwrap().unwrap()
}

#[test]
fn a_table_with_a_column_that_is_no_parameter() {
    run("id,query,covrage\n", &["--csv"])
        .code(3)
        .told("error: lines: there is no parameter `covrage`; did you mean `coverage`?");
    run("id,query\na,hemin,3\n", &["--csv"])
        .code(3)
        .prints("a,,,");
}

/// An id comes back with all its digits: as a number, or as text if no number keeps them.
#[test]
fn long_ids_keep_their_digits() {
    let starter = Hcpcs::starter();
    let ids = [
        "18446744073709551615",
        "18446744073709551616",
        "12345678901234567890123",
        "-0.5",
    ];
    for (command, name, asked) in [
        ("batch", "id", "\"query\":\"J1640\""),
        ("batch", "id", "\"qery\":1"),
        ("check", "line_id", "\"code\":\"J1640\""),
        ("check", "line_id", "\"code\":1"),
    ] {
        let lines: Vec<String> = ids
            .map(|id| format!("{{\"{name}\":{id},{asked}}}\n"))
            .to_vec();
        starter.file("lines.jsonl", lines.concat());
        let args: &[&str] = match command {
            "check" => &["check", "lines.jsonl", "--json"],
            _ => &["batch", "lines.jsonl"],
        };
        let given = json_lines(&starter.run(args));
        for (own, id) in given.iter().zip(ids) {
            assert_eq!(own[name].to_string().trim_matches('"'), id, "{own}");
            if let Some(input) = own.get("input") {
                assert!(input.to_string().contains(id), "{input}");
            }
        }
    }
}

/// A table whose header is in other words is not answered as lines of text.
#[test]
fn a_header_in_other_words_is_refused() {
    let starter = Hcpcs::starter();
    let named = "have a header, `Nummer`, that no question has";
    for text in [
        "Frage,Nummer\nhemin,1\n",
        "Nummer;Frage\n1;hemin\n2;heparin\n",
        "Frage\tNummer\n\n\"hemin, 1 mg\"\t7.5\n",
    ] {
        starter.file("table.csv", text);
        starter.run(["batch", "table.csv"]).code(3).tells(named);
    }
    for text in [
        "walker, folding\noxygen, portable\n",
        "hemin 1 mg, 2\nheparin, 3\n",
        "catheter, foley\ncatheter, 16\n",
        "a,b\nc\n",
    ] {
        starter.file("lines.txt", text);
        let ran = starter.run(["batch", "lines.txt"]).code(0);
        assert_eq!(ran.stdout.lines().count(), 2, "{text}");
        assert!(!ran.stderr.contains("cells"), "{ran:?}");
    }
    // two unknown headings look like two words: the whole says how the rows were read
    let said = "each line has 2 cells and is one question, its cells together; if it is a table";
    let sheet = crate::made::workbook(&[&["Frage", "Antwort"], &["hemin", "x"]]);
    starter.file("table.xlsx", sheet);
    for text in ["Frage,Antwort\nhemin,x\n", "Frage;Antwort\nhemin;x\n"] {
        starter.file("table.csv", text);
        for args in [&["table.csv"][..], &["table.csv", "--csv"], &["table.xlsx"]] {
            starter.run([&["batch"], args].concat()).code(0).tells(said);
        }
        assert!(batch(text).1.notice().unwrap().starts_with(said));
    }
}
