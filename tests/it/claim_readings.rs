//! What `hcpcs check` reads a file or a cell as: nothing is read as something else in silence.

use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs, Ran, json_lines};
use crate::made::workbook_with;

fn check_as(name: &str, table: impl AsRef<[u8]>, args: &[&str]) -> Ran {
    let program = Hcpcs::starter();
    program.file(name, table);
    program.run([&["check", name, "--as-of", DAY][..], args].concat())
}

fn check(table: impl AsRef<[u8]>) -> Ran {
    check_as("odd", table, &["--json"])
}

#[test]
fn the_name_of_a_column_is_no_segment_of_x12() {
    for first in [
        "CLM_ID",
        "CLM_FROM_DT",
        "CLM_NO",
        "AMT_PAID",
        "REF#",
        "ST_ID",
        "LX_ID",
        "SV1_ID",
        "SVC.",
        "SVC/",
        "HI.ID",
        "SVD_",
        "DTP_",
        "CLM",
    ] {
        for sign in [",", ";", "\t", "|"] {
            let table = [
                [first, "HCPCS_CD", "MOD"].join(sign),
                ["2026-01-15", "E0601", "RR"].join(sign),
            ];
            let ran = check(table.join("\n")).code(0);
            assert_eq!(json_lines(&ran)[0]["code"], "E0601", "{first}{sign}");
            assert_eq!(
                json_lines(&ran)[0]["modifiers"][0]["modifier"],
                "RR",
                "{first}"
            );
        }
    }
}

#[test]
fn x12_is_known_behind_a_mark_and_each_interchange_has_its_separators() {
    let one = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260115*1200*\
               ^*00501*000000001*0*P*:~GS*HC~ST*837*1~CLM*C1*1~LX*1~SV1*HC:E0601:RR*1*UN*1~\
               SE*5*1~GE*1~IEA*1*1~";
    let two = one.replace('*', "|").replace(':', ">").replace('~', "!");
    let both = [one, &two].concat();
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(both.encode_utf16().flat_map(u16::to_le_bytes));
    for bytes in [
        both.clone().into_bytes(),
        ["\u{FEFF}", &both].concat().into_bytes(),
        ["\r\n \r\n", &both].concat().into_bytes(),
        [one, "\n\u{FEFF}", &two].concat().into_bytes(),
        both.replace('~', "~\r\n").into_bytes(),
        utf16,
    ] {
        let ran = check(bytes).code(0);
        let codes: Vec<Value> = json_lines(&ran)
            .iter()
            .map(|own| own["code"].clone())
            .collect();
        assert_eq!(codes, ["E0601", "E0601"]);
    }
}

#[test]
fn revenue_lines_without_a_procedure_are_said_with_the_next_line() {
    let text = "CLM*C1*1~LX*1~SV2*0120**1*DA*3~LX*2~SV2*0636*HC:E0601:RR*1*UN*1~";
    let ran = check(text).code(0);
    assert_eq!(
        json_lines(&ran)[0]["notices"][0],
        "service lines without a procedure code are not checked"
    );
    ran.tells("service lines without a procedure code, not checked: 1");
}

#[test]
fn a_line_that_cannot_be_read_says_so() {
    for (line, said) in [
        ("E0601 31/12/2025", "neither a day nor a modifier"),
        ("E0601 1201", "neither a day nor a modifier"),
        ("E0601 RR x2", "a quantity"),
        ("5,E0601", "write the code first"),
        (
            "{\"code\":\"E0601\",\"mods\":{\"1\":\"RR\"}}",
            "`mods` cannot be",
        ),
        (
            "{\"code\":\"E0601\",\"modifiers\":true}",
            "a word and no modifier",
        ),
    ] {
        let ran = check(line).code(3);
        let error = json_lines(&ran)[0]["error"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(error.contains(said), "{line}: {error}");
    }
    let ran = Hcpcs::starter().run(["check", "E0601", "RR", "x2"]).code(3);
    ran.prints("a quantity");
    let ran = check("code,dos\nE0601,061525\nE0601,1900-01-01\nE0601,#N/A\n").code(3);
    let lines = json_lines(&ran);
    assert_eq!(lines[0]["dos"], "2025-06-15");
    assert!(
        lines[1]["error"]
            .as_str()
            .unwrap()
            .contains("no day of service")
    );
    assert!(
        lines[2]["error"]
            .as_str()
            .unwrap()
            .contains("error of a formula")
    );
}

#[test]
fn letters_that_may_be_a_word_are_said() {
    let ran = check("E0601 RRKX\nE0601RRKX\n");
    let reason = |at: usize| json_lines(&ran)[at]["reason"].as_str().unwrap().to_owned();
    assert!(reason(0).contains("`RRKX` is read as the modifiers RR, KX"));
    assert!(!reason(1).contains("is read as"));
}

#[test]
fn the_finding_is_the_same_through_every_door() {
    let table = "code,mod1,units\nE0601,RR,1\nE0601,RR,0\nE0601,NU RR,1\n99213,,-1\n";
    let expected = ["valid", "units", "modifier", "units"];
    let json = check(table).code(1);
    let found: Vec<Value> = json_lines(&json)
        .iter()
        .map(|own| own["finding"].clone())
        .collect();
    assert_eq!(found, expected);
    let csv = check_as("odd", table, &["--csv"]).code(1);
    let mut rows = csv::Reader::from_reader(csv.stdout.as_bytes());
    let at = rows
        .headers()
        .unwrap()
        .iter()
        .position(|own| own == "finding")
        .unwrap();
    let found: Vec<String> = rows
        .records()
        .map(|own| own.unwrap()[at].to_owned())
        .collect();
    assert_eq!(found, expected);
    let shown = check_as("odd", table, &[]).code(1);
    let begin = |line: &&str| !line.starts_with(' ');
    let found: Vec<String> = shown
        .stdout
        .lines()
        .filter(begin)
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect();
    assert_eq!(found, expected);
    shown.tells("2 whose units are not a number above zero");
}

#[test]
fn the_header_may_have_a_title_or_a_second_row() {
    for table in [
        "HCPCS Codes\nDOS;HCPCS;Mod\n1/15/2026;E0601;RR\n",
        "Procedure Codes,,\nDOS,HCPCS,Mod\n1/15/2026,E0601,RR\n",
        "Service,,Procedure,\nFrom,To,Code,Mod 1\n1/15/2026,1/15/2026,E0601,RR\n",
    ] {
        let ran = check(table).code(0);
        let line = &json_lines(&ran)[0];
        assert_eq!(line["code"], "E0601", "{table}");
        assert_eq!(line["dos"], "2026-01-15", "{table}");
        assert_eq!(line["modifiers"][0]["modifier"], "RR", "{table}");
    }
    let ran = check("code,,,\nE0601,RR,,KX\n").code(0);
    ran.tells("column 2 has no name")
        .tells("column 4 has no name");
}

#[test]
fn other_kinds_of_files_are_refused_by_check_and_batch() {
    let program = Hcpcs::starter();
    for (text, said) in [
        ("<html><table><tr><td>HCPCS</td></tr>", "HTML or XML"),
        ("<?xml version=\"1.0\"?><Workbook>", "HTML or XML"),
        ("[{\"code\":\"E0601\"}]", "a JSON array"),
        ("[\n {\"code\":\"E0601\"}\n]", "a JSON array"),
        ("{\n \"code\": \"E0601\"\n}", "several lines"),
    ] {
        program.file("other.xls", text);
        for command in ["check", "batch"] {
            program.run([command, "other.xls"]).code(3).tells(said);
        }
    }
    program.file("q", "hemin\n\n[1]\n");
    program
        .run(["batch", "q"])
        .code(3)
        .prints("\"id\":3,\"line\":3,\"error\":\"the line is a JSON array");
    program.file("q", "hemin\n\n{\"id\":1,\"query\":\"cpap\"}\n");
    program
        .run(["batch", "q"])
        .code(0)
        .tells("two answers may have one id");
}

#[test]
fn the_verdicts_do_not_replace_the_file_that_is_checked() {
    let program = Hcpcs::starter();
    program.file("claims.csv", "code\nE0601\n");
    let ran = program.run(["check", "claims.csv", "--csv", "--output", "./claims.csv"]);
    ran.code(2).tells("is the file that is checked");
    program.run(["check", "claims.csv"]).code(0);
}

#[test]
fn errors_and_truth_values_of_a_workbook_are_no_modifiers() {
    let cell = |kind: &str, value: &str| {
        format!(
            r#"<row r="2"><c r="A2" t="inlineStr"><is><t>E0601</t></is></c><c r="B2" t="{kind}"><v>{value}</v></c></row>"#
        )
    };
    for (kind, value, said) in [
        ("e", "#N/A", "error of a formula"),
        ("b", "1", "`TRUE` is a word"),
    ] {
        let book = workbook_with(&[&["code", "mod1"]], &cell(kind, value));
        let ran = check_as("c.xlsx", book, &["--json"]).code(3);
        let error = json_lines(&ran)[0]["error"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn ambulance_routes_are_modifiers_of_ambulance_codes_alone() {
    let ran = check("A0428 RH\nA0428 HN\nA0428 XH\nE0601 RH\nSV1*HC:A0428:SH*1*UN*1~\n");
    let lines = json_lines(&ran);
    for (at, said) in [
        (0, "from a residence to a hospital"),
        (1, "a skilled nursing facility"),
        (4, "to a hospital"),
    ] {
        let modifier = &lines[at]["modifiers"][0];
        assert_eq!(modifier["verdict"], "valid");
        assert!(
            modifier["long_descriptor"].as_str().unwrap().contains(said),
            "{modifier}"
        );
    }
    for at in [2, 3] {
        assert_ne!(lines[at]["modifiers"][0]["verdict"], "valid");
    }
}
