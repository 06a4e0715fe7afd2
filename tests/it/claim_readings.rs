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
    let ran = check("E0601 RRKX\nE0601RRKX\nE0601X1\nE0601 X1\n");
    assert!(!reason_of(&ran, 2).contains("not as a quantity"));
    assert!(reason_of(&ran, 3).contains("not as a quantity"));
    assert!(reason_of(&ran, 0).contains("`RRKX` is read as the modifiers RR, KX"));
    assert!(!reason_of(&ran, 1).contains("is read as"));
}

fn reason_of(ran: &Ran, at: usize) -> String {
    json_lines(ran)[at]["reason"].as_str().unwrap().to_owned()
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
}

#[test]
fn ids_of_a_batch_are_named_if_two_answers_have_one() {
    let program = Hcpcs::starter();
    for (id, is_shared) in [("1", true), ("2", false), ("7", false), ("\"1\"", false)] {
        program.file(
            "q",
            format!("hemin\n\n{{\"id\":{id},\"query\":\"cpap\"}}\n"),
        );
        let ran = program.run(["batch", "q"]).code(0);
        let is_said = ran.stderr.contains("two answers have the id 1");
        assert_eq!(is_said, is_shared, "{id}");
        assert_eq!(ran.stderr.contains("two answers"), is_shared, "{id}");
    }
    for (id, is_shared) in [("3", true), ("2", false)] {
        program.file("q.csv", format!("query,id\nhemin,{id}\ncpap,\n"));
        let ran = program.run(["batch", "q.csv", "--csv"]).code(0);
        assert_eq!(ran.stderr.contains("the id 3"), is_shared, "{id}");
    }
}

#[test]
fn a_last_day_may_say_that_there_is_no_end() {
    let table = "code,from,thru\nE0601,2026-01-15,12/31/9999\nE0601,,99991231\n\
                 E0601,2026-01-15,12312999\nE0601,2026-01-15,\n";
    let json = "{\"code\":\"E0601\",\"dos\":\"2026-01-15\",\"dos_through\":\"9999-12-31\"}\n";
    let x12 = "SV1*HC:E0601*1*UN*1~DTP*472*RD8*20260115-99991231~\n";
    let text = "E0601 2026-01-15 9999-12-31\n";
    for input in [table, json, x12, text] {
        let ran = check(input).code(0);
        for (at, line) in json_lines(&ran).iter().enumerate() {
            let reason = line["reason"].as_str().unwrap();
            let has_end = at == 3;
            assert_eq!(reason.contains("no end"), !has_end, "{line}");
            let has_first = at != 1;
            assert_eq!(line["dos"].as_str(), has_first.then_some("2026-01-15"));
            assert_eq!(line["dos_through"], Value::Null);
        }
    }
    let ran = check("code,dos\nE0601,12/31/9999\n").code(3);
    ran.prints("no day of service");
}

#[test]
fn a_price_list_has_no_day_of_service() {
    for header in [
        "Effective Date,End Date",
        "Eff Date,Term Date",
        "Start,Term,Effective",
    ] {
        let row = ["1/1/2020", "12/31/9999", "x"];
        let width = header.split(',').count();
        let table = format!("HCPCS,{header}\nE0601,{}\n", row[..width].join(","));
        let ran = check(&table);
        if header.starts_with("Start") {
            // its start is the day of service
            assert_eq!(json_lines(&ran)[0]["dos"], "2020-01-01");
            continue;
        }
        let line = &json_lines(&ran.code(0))[0];
        assert_eq!(line["dos"], Value::Null);
        assert_eq!(line["judged_as_of"], DAY);
        let reason = line["reason"].as_str().unwrap();
        assert!(
            reason.contains("no day of service: when the row holds (`Eff"),
            "{reason}"
        );
        let csv = check_as("odd.csv", &table, &["--csv"]).code(0);
        csv.prints("no day of service").prints(DAY);
        check_as("odd.csv", &table, &[])
            .code(0)
            .tells("1 without a day of service judged as of");
    }
    check("HCPCS,Effective Date,Paid Date\nE0601,1/1/2020,\n")
        .code(3)
        .tells("no column is known to hold the day of service");
}

#[test]
fn units_that_are_not_known_leave_the_verdict_on_the_code() {
    for (units, finding, said) in [
        ("4 units", "valid", ""),
        ("2 EA", "valid", ""),
        ("0 units", "units", "not a number above zero"),
        ("60 min", "valid", "units not checked: the units `60 min`"),
        ("2 vials", "valid", "units not checked: the units `2 vials`"),
        (
            "EA",
            "valid",
            "units not checked: the units `EA` are a word",
        ),
        (
            "#DIV/0!",
            "valid",
            "units not checked: the units `#DIV/0!` are the error",
        ),
    ] {
        let line = check(format!("code,units\nE0601,{units}\n"));
        let line = &json_lines(&line)[0];
        let reason = line["reason"].as_str().unwrap();
        assert_eq!(line["finding"], finding, "{units}");
        assert!(reason.contains(said), "{reason}");
        assert_eq!(said.is_empty(), !reason.contains("units"), "{reason}");
    }
    let more = concat!(
        r#"<row r="2"><c r="A2" t="inlineStr"><is><t>E0601</t></is></c><c r="B2"><f>1+1</f></c>"#,
        r#"<c r="C2"><f>A1</f></c></row>"#,
    );
    let book = workbook_with(&[&["code", "units", "dose"]], more);
    let ran = check_as("c.xlsx", book, &["--json"]).code(0);
    let line = &json_lines(&ran)[0];
    assert_eq!(line["verdict"], "valid");
    let units = &line["units_check"];
    assert_eq!(units["agreement"], "unknown");
    let reason = units["reason"].as_str().unwrap();
    assert!(
        reason.contains("units not checked") && reason.contains("`#NO VALUE!`"),
        "{reason}"
    );
    let ran = check("code,ndc,units\nE0601,#REF!,1\n").code(0);
    ran.prints("units not checked").prints("#REF!");
}

#[test]
fn a_code_of_another_type_is_named() {
    let table = "description,code|1,code|1|type,code|2,code|2|type\nCPAP,E0601,HCPCS,0636,RC\n\
                 CPAP,E0601,HCPCS,0637,RC\n";
    let ran = check_as("odd.csv", table, &["--json"]);
    assert_eq!(json_lines(&ran)[0]["code"], "E0601");
    assert_eq!(ran.stderr.matches("of the type").count(), 1);
    ran.tells("codes of the type RC are not judged here, as in `code|2`");
}

#[test]
fn the_notices_of_a_table_are_in_its_first_row_also_if_that_is_unreadable() {
    let ran = check_as("odd.csv", "code,dos,colour\nE0601,soon,x\n", &["--csv"]).code(3);
    ran.prints("columns not read: colour")
        .prints(",not readable\n");
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

#[test]
fn a_line_that_cannot_be_read_keeps_its_id() {
    for text in [
        "line_id,code,dos\na9,J1640,soon\n",
        r#"{"line_id":"a9","code":"J1640","dos":"soon"}"#,
        "CLM*a*1~LX*9~SV1*HC*1*UN*1~",
    ] {
        let line = &json_lines(&check(text))[0];
        let id = line["line_id"].as_str().unwrap();
        assert_eq!(id.replace('-', ""), "a9", "{line}");
        assert!(line["error"].is_string(), "{line}");
    }
}

#[test]
fn a_number_is_no_modifier_and_no_number_of_cpt() {
    for (text, verdict) in [
        ("J1640 10", "unknown"),
        ("J1640 00", "unknown"),
        ("J1640 1J", "unknown"),
        ("J1640 22", "out_of_scope"),
        ("J1640 8P", "out_of_scope"),
    ] {
        let line = &json_lines(&check(text))[0];
        assert_eq!(line["modifiers"][0]["verdict"], verdict, "{text}: {line}");
    }
    for (text, verdict) in [("0601E", "unknown"), ("0001F", "out_of_scope")] {
        let line = &json_lines(&check(text))[0];
        assert_eq!(line["verdict"], verdict, "{text}: {line}");
    }
}

#[test]
fn what_a_service_of_x12_has_and_is_not_read_is_said() {
    let ran = check(
        "CLM*A*1~LX*1~SV1*HC:J1640:JW::::text:J1645*1*UN*1~LIN**N4*55292070255~CTP****1*UN~\
         LIN**N4*00409379501~CTP****5*ML~LX*2~SV6*HC:A0425*1~EQ**HC:J1640~SVC*HC:J1885*1*1**1*HC:J1886~",
    );
    let lines = json_lines(&ran);
    let reason = lines[0]["reason"].as_str().unwrap();
    for said in [
        "second drug package, `00409379501`, is not read",
        "(SV101-8, SV202-8), `J1645`, is not checked",
    ] {
        assert!(reason.contains(said), "{reason}");
    }
    assert_eq!(lines[0]["ndc_quantity"], "1");
    let reason = lines[1]["reason"].as_str().unwrap();
    assert!(reason.contains("(SVC06), `HC:J1886`"), "{reason}");
    ran.tells("services in segments SV4, SV6, EQ and EB, not checked: 2");
    for (text, said) in [
        (
            "CLM*A*1~LX*1~SV2*0120**15*DA*3~",
            "without a procedure code: 1",
        ),
        ("ST*270*1~EQ**HC:J1640~SE*3*1~", "EQ and EB: 1"),
        ("CLM*A*1~", "no segment SV1"),
    ] {
        check(text).code(3).tells(said);
    }
    check("CLM*A*1~LX*1~SV1*HC:99213*1~SV1*HC:99214*1~").tells("no line has a code of HCPCS");
    let ran = check("code,units,NDC Qty\nJ1640,1,5\nJ1640,1,0\n");
    let lines = json_lines(&ran);
    assert_eq!(lines[0]["units_check"]["agreement"], "unknown");
    ran.tells("1 whose units could not be checked");
}

#[test]
fn a_word_in_the_place_of_modifiers_is_no_modifier() {
    for word in ["TECH", "prof", "Global", "UNIT"] {
        let line = &json_lines(&check(format!("code,mod\nJ1640,{word}\n")))[0];
        let error = line["error"].as_str().unwrap_or_default();
        assert!(error.contains("is a word and no modifier"), "{line}");
    }
}

#[test]
fn valid_lines_with_wrong_units_are_counted() {
    check_as("odd", "code,units\nJ1640,0\nJ1640,1\n", &[])
        .code(1)
        .tells("2 lines, 2 valid (1 of them with wrong units)");
}
