//! `hcpcs check` on what people hand it: real exports, X12, arguments, and results that join back.

use serde_json::Value;

use crate::hcpcs::{Hcpcs, Ran, january_index, json_lines, starter};

const DAY: &str = "2026-02-01";

/// Checks a file with the starter set.
fn check(name: &str, bytes: impl AsRef<[u8]>, args: &[&str]) -> Ran {
    let program = Hcpcs::starter();
    program.file(name, bytes);
    program.run([&["check", name, "--as-of", DAY], args].concat())
}

/// Code, day, validity and modifiers of each line.
fn shown(ran: &Ran) -> Vec<String> {
    let show = |line: &Value| {
        let modifiers = line["modifiers"].as_array().map_or(Vec::new(), |own| {
            own.iter()
                .map(|own| format!("{}={}", own["modifier"], own["verdict"]).replace('"', ""))
                .collect()
        });
        let fields = ["code", "dos", "valid"].map(|name| line[name].to_string());
        format!("{} {}", fields.join(" "), modifiers.join(" ")).replace('"', "")
    };
    json_lines(ran).iter().map(show).collect()
}

#[test]
fn names_of_real_exports() {
    for table in [
        "DESY_SORT_KEY,CLM_LINE_NUM,HCPCS_CD,HCPCS_1ST_MDFR_CD,HCPCS_2ND_MDFR_CD,LINE_1ST_EXPNS_DT,LINE_LAST_EXPNS_DT\n1,1,E0601,RR,ZZ,20250615,20250615\n",
        "CUR_CLM_UNIQ_ID,LINE,HCPCS_CD,HCPCS_1_MDFR_CD,HCPCS_5_MDFR_CD,CLM_LINE_FROM_DT,CLM_LINE_THRU_DT\n1,1,E0601,RR,ZZ,2025-06-15,2025-06-15\n",
        "claim_id,claim_line_number,hcpcs_code,hcpcs_modifier_1,hcpcs_modifier_2,claim_line_start_date,paid_date\nA,1,E0601,RR,ZZ,2025-06-15 00:00:00,2025-07-01\n",
        "CPT/HCPCS;Mod A;Mod B;DOS From;DOS To;DOB\nE0601;RR;ZZ;06/15/2025;06/15/2025;1/1/1950\n",
        "Proc Code|M1|M2|M3|M4|Svc Date\nE0601|RR|ZZ|nan|-|Jun 15, 2025\n",
        "code\tmod1\tmod5\tdos\nE0601\tRR\tZZ\t6/15/25\n",
    ] {
        let ran = check("claims.csv", table, &["--json"]).code(1);
        assert_eq!(
            shown(&ran),
            ["E0601 2025-06-15 null RR=valid ZZ=undetermined"],
            "{table}"
        );
    }
}

#[test]
fn columns_that_are_not_understood_are_an_error() {
    let table = "code,Addl Modifier Thing,Batch Date\nE0601,ZZ,2025-06-15\n";
    check("c.csv", table, &[])
        .code(3)
        .tells("`Batch Date`; say what they hold with --columns");
    check("c.csv", table, &["--columns", "dos=Batch Date"])
        .code(3)
        .tells("not understood: `Addl Modifier Thing`");
    let mapped = [
        "--columns",
        "dos=Batch Date,modifier1=addl modifier thing",
        "--json",
    ];
    let ran = check("c.csv", table, &mapped).code(1);
    assert_eq!(shown(&ran), ["E0601 2025-06-15 null ZZ=undetermined"]);
    let passed = [
        "--columns",
        "dos=Batch Date",
        "--columns",
        "pass=Addl Modifier Thing",
    ];
    check("c.csv", table, &passed)
        .code(0)
        .tells("columns not read: Addl Modifier Thing");
    check("c.csv", "Item,Mod 1,DOS\nE0601,RR,2025-06-15\n", &[])
        .code(3)
        .tells("no column is known to hold the code: `Item`");
}

#[test]
fn a_span_is_judged_on_both_days() {
    let table = "code,from,thru\nQ9989,2017-12-01,2017-12-31\nQ9989,2017-12-01,2018-01-02\n";
    let ran = check("c.csv", table, &["--json"]).code(1);
    let lines = json_lines(&ran);
    assert_eq!(lines[0]["valid"], true);
    assert_eq!(lines[1]["verdict"], "terminated");
    let reason = lines[1]["reason"].as_str().unwrap();
    assert!(
        reason.contains("before the last day of service, 2018-01-02"),
        "{reason}"
    );
}

#[test]
fn what_is_out_of_scope_is_not_judged() {
    let ran = check("c", "99213 25\nD0120\nHP:1AA11\n", &["--json"]).code(1);
    for line in json_lines(&ran).iter().take(3) {
        assert_eq!(
            (&line["verdict"], &line["valid"]),
            (&"out_of_scope".into(), &Value::Null)
        );
    }
    check("c", "99213 ZZ\n", &[]).code(1);
}

/// As with a search for codes: 1 if no code that is asked for is valid, in every form of a file.
#[test]
fn lines_without_a_valid_code_are_nothing_found() {
    for [text, x12] in [
        ["99213", "SV1*HC:99213*1"],
        ["J1443", "SV1*HC:J1443*1"],
        ["99213 25", "SV1*HC:99213:25*1"],
    ] {
        let (one, two) = text.split_once(' ').unwrap_or((text, ""));
        for form in [
            format!("{text}\n{text}\n"),
            format!("code,mod1\n{one},{two}\n{one},{two}\n"),
            format!("{{\"code\":\"{text}\"}}\n{{\"code\":\"{text}\"}}\n"),
            format!("CLM*A*1~LX*1~{x12}~LX*2~{x12}~"),
        ] {
            check("c", &form, &[]).code(1);
            let with_valid = if form.starts_with("CLM") {
                format!("{form}LX*3~SV1*HC:J1640*1~")
            } else if form.starts_with('{') {
                format!("{form}{{\"code\":\"J1640\"}}\n")
            } else {
                format!(
                    "{form}J1640{}\n",
                    if form.starts_with("code") { "," } else { "" }
                )
            };
            let code = check("c", &with_valid, &[]).code;
            assert_eq!(code, i32::from(text == "J1443"), "{with_valid}");
        }
    }
}

#[test]
fn modifiers_that_exclude_each_other() {
    let ran = check("c", "J1640 JW JZ\nE0601 RR NU\n", &["--json"]).code(1);
    for (line, pair) in json_lines(&ran).iter().zip(["JW and JZ", "RR and NU"]) {
        assert_eq!(line["valid"], false);
        assert!(
            line["reason"]
                .as_str()
                .unwrap()
                .contains(&format!("modifiers {pair} exclude"))
        );
        assert!(!line["conflicts"][0]["source"].as_str().unwrap().is_empty());
    }
}

#[test]
fn an_interchange() {
    let head = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260115*1200*^*00501*000000001*0*P*>";
    let segments = [
        head,
        "GS*HC*A*B*20260115*1200*1*X*005010X222A1",
        "ST*837*0001*005010X222A1",
        "CLM*A37*100***11>B>1*Y*A*Y*Y",
        "LX*1",
        "SV1*HC>J1640>JW>>>>hemin 1 mg*100*UN*336***1",
        "DTP*472*D8*20260115",
        "LIN**N4*55292070255",
        "CTP****336*UN",
        "LX*2",
        "SV1*HC>E0601>RR*50*UN*1***1",
        "DTP*472*RD8*20260101-20260131",
        "SE*11*0001",
        "GE*1*1",
        "IEA*1*1",
        "",
    ];
    for end in ["~", "~\r\n", "\n"] {
        let ran = check("c.837", segments.join(end), &["--json"]).code(0);
        assert_eq!(
            shown(&ran),
            [
                "J1640 2026-01-15 true JW=valid",
                "E0601 2026-01-01 true RR=valid"
            ]
        );
        let lines = json_lines(&ran);
        assert_eq!(lines[0]["ndc"], "55292-0702-55");
        assert_eq!(
            (&lines[0]["line_id"], &lines[1]["dos_through"]),
            (&"A37-1".into(), &"2026-01-31".into())
        );
        assert_eq!(lines[0]["input"]["claim"], "A37");
    }
}

#[test]
fn arguments_are_a_line() {
    let program = Hcpcs::starter();
    program
        .run(["check", "J1640", "JW", "--as-of", "1/15/2026"])
        .code(0)
        .prints("valid");
    program.run(["check", "E0601", "ZZ"]).code(1);
    program.run(["check", "HC:J1640:JW"]).code(0);
    for other in ["claims.cvs", "hemin"] {
        program.run(["check", other]).code(3).tells("no such file");
    }
    program
        .run(["check", "J1640", "E0601"])
        .code(3)
        .tells("no such file");
    program.file("J1640", "E0601\n");
    program.run(["check", "J1640"]).code(0).prints("E0601");
}

#[test]
fn the_result_joins_back() {
    let table = "Patient ID;HCPCS;mod1;DOS;NDC;verdict;note\n\
                 007;J1640;JW;1/15/2026;55292070255;mine;\"=1+2\nb\"\n0100;Q9989;;2026-01-15;;;\n";
    let program = Hcpcs::starter();
    program.file("c.csv", table);
    let ran = program.run(["check", "c.csv", "--csv"]).code(1);
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let header = reader.headers().unwrap().clone();
    let names: Vec<&str> = header.iter().take(7).collect();
    assert_eq!(
        names,
        [
            "Patient ID",
            "HCPCS",
            "mod1",
            "DOS",
            "NDC",
            "verdict",
            "note"
        ]
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |row: usize, name: &str| {
        let at = header
            .iter()
            .position(|own| own == name)
            .unwrap_or_else(|| panic!("{name}: {header:?}"));
        rows[row][at].to_owned()
    };
    for (row, name, value) in [
        (0, "Patient ID", "007"),
        (0, "note", "=1+2\nb"),
        (0, "verdict", "mine"),
        (0, "checked_verdict", "valid"),
        (0, "checked_NDC", ""),
        (1, "successors", "J3358"),
        (1, "valid", "false"),
    ] {
        if name != "checked_NDC" {
            assert_eq!(of(row, name), value, "{name}");
        }
    }
    assert_eq!(of(0, "checked_ndc"), "55292-0702-55");
    assert_eq!(of(0, "checked_mod1"), "JW");
    program
        .run(["check", "c.csv", "--csv", "--output", "out.csv"])
        .code(1);
    let written = std::fs::read_to_string(program.folder().join("out.csv")).unwrap();
    assert_eq!(written, ran.stdout);
    // The workbook is read back by the program itself.
    program
        .run(["check", "c.csv", "--xlsx", "--output", "out.xlsx"])
        .code(1);
    let again = program.run(["check", "out.xlsx", "--json", "--columns", "code=HCPCS"]);
    let lines = json_lines(&again);
    let input = &lines[0]["input"];
    assert_eq!(input["Patient ID"], "007", "{again:?}");
    assert_eq!(input["note"], "=1+2\nb");
    assert_eq!(input["judged_as_of"], "2026-01-15");
    assert_eq!(input["checked_ndc"], "55292-0702-55");
    program
        .run(["check", "c.csv", "--xlsx"])
        .code(2)
        .tells("--output");
}

#[test]
fn json_keeps_the_input_and_says_once_what_is_not_read() {
    let table = "code,patient\nJ1640,007\nE0601,8\n";
    let lines = json_lines(&check("c.csv", table, &["--json"]).code(0));
    assert_eq!(
        lines[0]["input"],
        serde_json::json!({"code": "J1640", "patient": "007"})
    );
    assert_eq!(
        lines[0]["notices"],
        serde_json::json!(["columns not read: patient"])
    );
    assert_eq!(lines[1]["notices"], Value::Null);
    let lines = json_lines(&check(
        "c",
        "{\"code\":\"J1640\",\"x\":{\"y\":1}}\n",
        &["--json"],
    ));
    assert_eq!(lines[0]["input"]["x"]["y"], 1);
}

#[test]
fn a_file_of_which_nothing_is_read_is_no_success() {
    check("c", "", &[])
        .code(1)
        .tells("no claim lines: the input is empty");
    check("c", "code,mod1\n", &[])
        .code(1)
        .tells("no claim lines below the header");
    check("c", "\n\n", &[]).code(3).tells("c: hold no line");
    check("c", b"%PDF-1.7\n1 0 obj", &[])
        .code(3)
        .tells("no text and no table");
}

#[test]
fn control_characters_are_not_written_to_a_terminal() {
    let ran = check("c", "J1640\u{1b}[2J ZZ\n", &[]).code(1);
    assert!(!ran.stdout.contains('\u{1b}'), "{ran:?}");
}

#[test]
fn coverage_is_said_beside_valid() {
    let Some(index) = january_index() else {
        return;
    };
    let searcher = ::hcpcs::Searcher::open(index).unwrap();
    for (line, said) in [
        ("A4265 2026-02-01", None),
        (
            "A9270 2026-02-01",
            Some("coverage M: non-covered by Medicare"),
        ),
    ] {
        let checked = searcher.check(&line.parse().unwrap());
        assert_eq!(checked.valid, Some(true), "{line}");
        match said {
            Some(said) => assert!(checked.reason.contains(said), "{}", checked.reason),
            None => assert!(!checked.reason.contains("coverage"), "{}", checked.reason),
        }
    }
    let _ = starter();
}

#[test]
fn parts_of_a_unit_are_said_and_leave_a_line_valid() {
    for (row, said) in [
        (
            "J1640,1.5",
            "the units 1.5 are not whole, as those of a drug",
        ),
        ("J1640,1.50", "the units 1.5 are not whole"),
        ("J1640,2.0", ""),
        (
            "E0601,0.5",
            "the units 0.5 are not whole, as those of most codes",
        ),
        ("A0425,12.4", ""),
    ] {
        for (form, args) in [("--json", "\"valid\":true"), ("--csv", ",valid,")] {
            let ran = check("c.csv", format!("code,units\n{row}\n"), &[form]).code(0);
            let ran = ran.prints(args);
            assert_eq!(ran.stdout.contains("not whole"), !said.is_empty(), "{row}");
            assert!(ran.stdout.contains(said), "{row}: {}", ran.stdout);
        }
    }
}

#[test]
fn the_last_day_of_a_span_may_lie_beyond_the_releases() {
    let far = "newest release 2026-01/starter, 144 quarters before 2062-01-05";
    let table = "code,from,thru\nE0601,01/05/2026,01/05/2062\n";
    for form in ["--json", "--csv"] {
        let ran = check("c.csv", table, &[form]).code(0).tells(far);
        ran.prints("2062-01-05").prints("144 quarters before");
    }
    let ran = check("c.csv", table.replace("2062", "2026"), &["--json"]).code(0);
    ran.prints("\"current\":true");
}

#[test]
fn a_description_of_the_code_is_compared_and_is_no_code() {
    let table = "HCPCS,HCPCS Description,Rev Code Description\nE0601,Hemin,x\n";
    let ran = check("c.csv", table, &["--json"])
        .code(0)
        .prints("unlike its description");
    ran.tells("columns not read: Rev Code Description");
    let both = "HCPCS,Code Description,Charge Description\nE0601,Hemin,CPAP machine\n";
    let ran = check("c.csv", both, &["--json"])
        .code(0)
        .prints("its description");
    let ran = ran.tells("columns not read: Code Description");
    assert!(!ran.stdout.contains("unlike"), "{}", ran.stdout);
    check("c.csv", "HCPCS - Description,Units\nE0601 - CPAP,1\n", &[])
        .code(3)
        .tells("no column is known to hold the code: `HCPCS - Description`");
}

#[test]
fn what_a_line_leaves_open_is_said_in_the_line() {
    let program = Hcpcs::starter();
    for (input, said) in [
        (
            "code;units\nE0601;1.000\n",
            "`1.000` is read as 1; it is 1000 if",
        ),
        ("code,units\nE0601,1.000\n", ""),
        ("code;units\nE0601;1.5\n", ""),
        ("code,units\nE0601,\n", "the place of its units is blank"),
        ("code,units\nE0601,n/a\n", "the place of its units is blank"),
        (
            "{\"code\":\"E0601\",\"units\":null}\n",
            "the place of its units is blank",
        ),
        (
            "CLM*A*1~LX*1~SV1*HC:E0601*1*UN*~",
            "the place of its units is blank",
        ),
        ("CLP*A*1~SVC*HC:E0601*1*1~", ""),
        ("code\nE0601\n", ""),
        ("E0601 RR RR\n", "stands more than once: modifier RR"),
        (
            "code,mod1,mod2\nE0601,RR,RR\n",
            "stands more than once: modifier RR",
        ),
        ("code,mod1,mod2\nE0601,RR,KX\n", ""),
        ("55292-0702-55\n", "looks like the number of a drug package"),
        ("55292 0702 55\n", "looks like the number of a drug package"),
        (
            "code\nNDC 55292-702-55\n",
            "looks like the number of a drug package",
        ),
        (
            "code\nN455292070255\n",
            "looks like the number of a drug package",
        ),
        (
            "code\n55292070255\n",
            "looks like the number of a drug package",
        ),
    ] {
        program.file("in", input);
        for form in ["--json", "--csv"] {
            let ran = program.run(["check", "in", "--as-of", DAY, form]);
            let asked = ["read as", "blank", "more than once", "drug package"];
            let is_said = asked.iter().any(|own| ran.stdout.contains(own));
            assert_eq!(is_said, !said.is_empty(), "{input}: {}", ran.stdout);
            assert!(ran.stdout.contains(said), "{input}: {}", ran.stdout);
        }
    }
}
