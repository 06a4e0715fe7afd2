//! `hcpcs check` on odd files: what is not read as it was meant is said.

use crate::hcpcs::{DAY, Hcpcs, Ran, json_lines};
use crate::made::{archive, workbook_from_1904, workbook_of, workbook_with};

fn check(table: &str) -> Ran {
    let program = Hcpcs::starter();
    program.file("odd", table);
    program.run(["check", "odd", "--as-of", DAY, "--json"])
}

#[test]
fn a_header_that_comes_again_is_no_line() {
    let ran = check("code,mod1\nJ1640,JW\n\ncode,mod1\nE0601,RR\ncode,mod1\n").code(0);
    assert_eq!(json_lines(&ran).len(), 2);
    let ran = ran.tells("rows that repeat the header are not read");
    assert_eq!(ran.stderr.matches("repeat the header").count(), 1);
}

#[test]
fn a_column_without_a_name_is_said_where_it_holds_something() {
    check("code,,mod1,\nE0601,,RR,\nE0601,ZZ,RR,\nE0601,ZZ,RR,\n")
        .code(0)
        .tells("column 2 has no name and is not read");
    let ran = check("code,,mod1\nE0601,,RR\n").code(0);
    assert!(!ran.stderr.contains("no name"), "{ran:?}");
}

#[test]
fn two_codes_in_a_line_are_named() {
    let table = "code,mod1\nE0601 J1640,RR\n\"E0601,J1640\",RR\nE0601/J1640,\nE0601,J1640\n";
    for line in json_lines(&check(table).code(1)) {
        assert_eq!(line["valid"], false);
        let reason = line["reason"].as_str().unwrap();
        assert!(
            reason.contains("modifier J1640 is a code; write one code a line"),
            "{reason}"
        );
    }
}

#[test]
fn units_that_are_none_are_said() {
    let ran = check("code,units\nE0601,1\nE0601,1.5\nE0601,-1\nE0601,0\nE0601,(2)\nE0601,two\n");
    let lines = json_lines(&ran.code(1));
    let said = |at: usize| {
        lines[at]["reason"]
            .as_str()
            .unwrap()
            .contains("not a number above zero")
    };
    assert_eq!(
        (0..6).map(said).collect::<Vec<_>>(),
        [false, false, true, true, true, false]
    );
    let word = lines[5]["reason"].as_str().unwrap();
    assert!(word.contains("units not checked: the units `two` are a word"));
}

#[test]
fn days_with_times() {
    let days = [
        "46037",
        "46037.75",
        "202601151430",
        "20260115143000",
        "1/15/2026 2:30 PM",
    ];
    let ran = check(&format!("dos;code\n{};E0601\n", days.join(";E0601\n"))).code(0);
    for line in json_lines(&ran) {
        assert_eq!(line["dos"], "2026-01-15", "{line}");
    }
}

#[test]
fn fields_of_json_that_are_not_read() {
    let ran = check(
        "{\"code\":\"J1640\",\"payer\":\"x\",\"note\":1}\n{\"payer\":\"y\",\"code\":\"E0601\",\"plan\":2}\n\
         {\"code\":\"J1640\",\"payer\":\"x\",\"note\":1}\n",
    )
    .code(0);
    let all = json_lines(&ran);
    assert_eq!(all[0]["input"]["payer"], "x");
    assert_eq!(all[1]["input"]["plan"], 2);
    assert_eq!(all[0]["notices"][0], "fields not read: payer, note");
    let ran = ran
        .tells("fields not read: payer, note")
        .tells("fields not read: plan");
    assert_eq!(ran.stderr.matches("payer").count(), 1);
    // What looks like a modifier or a day of service is an error, as a column of that name is.
    for field in ["modfier", "some_date"] {
        let ran = check(&format!("{{\"code\":\"J1640\",\"{field}\":\"ZZ\"}}\n")).code(3);
        assert!(
            json_lines(&ran)[0]["error"]
                .as_str()
                .unwrap()
                .contains(field)
        );
    }
}

#[test]
fn a_quoted_cell_that_swallows_rows_is_named() {
    let table =
        "code,mod1,note,units\nE0601,RR,\"open,1\nJ1640,JW,x,1\nE0601,ZZ,size 6\",1\nE0100,,y,1\n";
    let ran = check(table).code(3);
    let lines = json_lines(&ran);
    assert!(
        lines[0]["error"]
            .as_str()
            .unwrap()
            .contains("opened on line 2 is not closed")
    );
    let codes: Vec<&str> = lines[1..]
        .iter()
        .map(|own| own["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["J1640", "E0601", "E0100"]);
    assert_eq!(
        lines[2]["modifiers"][0]["modifier"], "ZZ",
        "it is not swallowed"
    );
}

#[test]
fn hidden_rows_of_a_workbook_are_read_and_said() {
    let hidden = r#"<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>E0601</t></is></c></row>"#;
    let program = Hcpcs::starter();
    let check = |more: &str| {
        program.file("odd.xlsx", workbook_with(&[&["code"], &["J1640"]], more));
        program
            .run(["check", "odd.xlsx", "--as-of", DAY, "--json"])
            .code(0)
    };
    let ran = check(hidden).tells("hidden in the sheet any, and read too: row 3");
    assert_eq!(json_lines(&ran)[1]["code"], "E0601");
    let shown = check("");
    assert!(!shown.stderr.contains("hidden"), "{}", shown.stderr);
}

#[test]
fn what_a_sheet_hides_is_said_of_the_sheet_that_is_read() {
    let row = |at: u32| {
        format!(
            r#"<row r="{at}" hidden="1"><c r="A{at}" t="inlineStr"><is><t>E0601</t></is></c></row>"#
        )
    };
    let (third, fifth) = (row(3), row(5));
    let rows: &[&[&str]] = &[&["code"], &["J1640"]];
    let program = Hcpcs::starter();
    for (sheets, said) in [
        (
            [("Jan", rows, &*third), ("Feb", rows, &*fifth)],
            "in the sheet Jan, and read too: row 3",
        ),
        (
            [("About", &[&["text"]], &*third), ("Feb", rows, &*fifth)],
            "in the sheet Feb, and read too: row 5",
        ),
        ([("About", &[&["text"]], &*third), ("Feb", rows, "")], ""),
    ] {
        program.file("odd.xlsx", workbook_of(&sheets));
        let ran = program.run(["check", "odd.xlsx", "--as-of", DAY, "--json"]);
        let ran = ran.code(0).tells(said).tells("sheets not read: ");
        assert_eq!(
            ran.stderr.matches("hidden").count(),
            usize::from(!said.is_empty()),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_workbook_that_counts_days_from_1904_says_so() {
    let said = "the workbook counts days from 1904";
    let own = workbook_with(&[&["code", "dos"], &["E0601", "#44565"]], "");
    let mut xls = include_bytes!("files/claims.xls").to_vec();
    let record = b"\x22\0\x02\0";
    let at = xls.windows(4).position(|own| own == record).unwrap();
    xls[at + 4] = 1;
    let program = Hcpcs::starter();
    program.file("plain.xlsx", own);
    program.file("old.xls", xls);
    program.run(["check", "old.xls", "--json"]).tells(said);
    // a number is the same day, whether it is formatted as one or not
    let rows: &[&[&str]] = &[
        &["code", "dos"],
        &["E0601", "#44575"],
        &["E0601", "#44575.5"],
    ];
    program.file("mac.xlsx", workbook_from_1904(rows));
    let ran = program.run(["check", "mac.xlsx", "--json"]).tells(said);
    for line in json_lines(&ran) {
        assert_eq!(line["dos"], "2026-01-15");
    }
    let ran = program.run(["check", "plain.xlsx", "--json"]);
    assert!(!ran.stderr.contains("1904"), "{}", ran.stderr);
}

/// A file of verdicts is read without what was printed beside it.
#[test]
fn what_is_known_at_the_end_is_in_every_output() {
    let said = "no line has a code of HCPCS Level II";
    let program = Hcpcs::starter();
    program.file("cpt.csv", "code\n99213\n99214\n");
    for format in ["--json", "--csv"] {
        let ran = program.run(["check", "cpt.csv", format]).code(1);
        let last = ran.stdout.lines().last().unwrap_or_default();
        assert!(last.contains(said) && ran.stderr.contains(said), "{ran:?}");
    }
    let ran = program.run(["check", "cpt.csv", "--xlsx", "--output", "out.xlsx"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let back = program.run(["check", "out.xlsx", "--csv"]).stdout;
    assert!(back.contains(said), "{back}");
}

#[test]
fn cells_merged_over_rows_are_said() {
    let rows: &[&[&str]] = &[&["code", "mod1"], &["E0601", "RR"]];
    let more = r#"<row r="3"><c r="A3" t="inlineStr"><is><t>E0601</t></is></c></row></sheetData>
                  <mergeCells><mergeCell ref="B2:B3"/></mergeCells><sheetData>"#;
    let program = Hcpcs::starter();
    program.file("odd.xlsx", workbook_with(rows, more));
    let ran = program.run(["check", "odd.xlsx", "--as-of", DAY, "--json"]);
    let ran = ran.tells("cells of the sheet any are merged over rows 2 to 3; only the first row");
    assert_eq!(json_lines(&ran).len(), 2);
}

#[test]
fn hidden_rows_and_columns_of_an_old_workbook_are_said() {
    let mut xls = include_bytes!("files/claims.xls").to_vec();
    // the records of the third row and of the fourth column, and their bits for hidden
    for (record, flags, bit) in [
        (&b"\x08\x02\x10\0\x02\0"[..], 16, 0x20),
        (b"\x7D\0\x0C\0\x03\0", 12, 1),
    ] {
        let at = xls.windows(6).position(|own| own == record).unwrap();
        xls[at + flags] |= bit;
    }
    let program = Hcpcs::starter();
    program.file("hidden.xls", xls);
    let ran = program.run(["check", "hidden.xls", "--json"]).code(1);
    let ran = ran.tells("hidden in the sheet odsx, and read too: row 3 and column 4");
    assert_eq!(json_lines(&ran).len(), 2);
}

#[test]
fn workbooks_of_other_programs_and_zips_of_them() {
    // The same two rows, as LibreOffice writes them.
    let (xls, ods) = (
        &include_bytes!("files/claims.xls")[..],
        &include_bytes!("files/claims.ods")[..],
    );
    let csv = &b"HCPCS,mod1,DOS,Units\nE0601,RR,2026-01-15,1\nJ1640,ZZ,2026-01-16,2\n"[..];
    let utf16: Vec<u8> = std::str::from_utf8(csv)
        .unwrap()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let program = Hcpcs::starter();
    for (name, bytes) in [
        ("claims.csv", csv.to_vec()),
        ("claims.xls", xls.to_vec()),
        ("claims.ods", ods.to_vec()),
        ("claims.zip", archive(&[("a/claims.csv", csv)])),
        ("xls.zip", archive(&[("claims.xls", xls)])),
        (
            "ods.zip",
            archive(&[("claims.ods", ods), ("__MACOSX/._claims.ods", b"\0\0")]),
        ),
        ("utf16.zip", archive(&[("claims.txt", &utf16)])),
    ] {
        program.file(name, bytes);
        let ran = program.run(["check", name, "--json"]).code(1);
        let lines: Vec<String> = json_lines(&ran)
            .iter()
            .map(|own| {
                format!(
                    "{} {} {} {}",
                    own["code"], own["dos"], own["units"], own["valid"]
                )
            })
            .collect();
        let expected = [
            r#""E0601" "2026-01-15" "1" true"#,
            r#""J1640" "2026-01-16" "2" null"#,
        ];
        assert_eq!(lines, expected, "{name}");
    }
}

#[test]
fn headers_of_questions_that_are_not_known() {
    let program = Hcpcs::starter();
    for (table, said) in [
        ("Description,Price\nhemin,1\n", "`Description`"),
        (
            "search term\nhemin\n",
            "call the column of the questions `query`",
        ),
        ("Price;Item Description\n1;hemin\n", "`Item Description`"),
    ] {
        program.file("questions.csv", table);
        program.run(["batch", "questions.csv"]).code(3).tells(said);
    }
    program.file("titled.csv", "My questions,,\nquery,limit,\nhemin,2,\n");
    let ran = program.run(["batch", "titled.csv"]).code(3);
    assert!(
        ran.stdout.contains("the line is the header of a table"),
        "{ran:?}"
    );
    program.file(
        "words",
        "what is a query, and what an answer\ndescription of hemin\n",
    );
    program.run(["batch", "words"]).code(0);
}

#[test]
fn the_code_set_of_a_code_is_in_another_column() {
    for name in [
        "Code Set",
        "Procedure Qualifier",
        "code_system",
        "HCPCS Qual",
    ] {
        let rows = "E0601,HCPCS\nE0601,2.16.840.1.113883.6.285\nE0601,ZZ\n00409379501,N4\n";
        let lines = json_lines(&check(&format!("procedure code,{name}\n{rows}")));
        let verdicts = ["valid", "valid", "out_of_scope", "out_of_scope"];
        for (line, verdict) in lines.iter().zip(verdicts) {
            assert_eq!(line["verdict"], verdict, "{name}: {line}");
        }
        let notice = lines[2]["notices"][0].as_str().unwrap();
        assert!(notice.contains("of the type ZZ"), "{notice}");
        let reason = lines[3]["reason"].as_str().unwrap();
        assert!(
            reason.contains("number of a drug package (NDC)"),
            "{reason}"
        );
    }
}

#[test]
fn a_column_far_to_the_right_is_read_in_every_form() {
    let far = |first: &'static str, last: &'static str| {
        let mut row = vec![""; 300];
        (row[0], row[299]) = (first, last);
        row
    };
    let (header, row) = (far("code", "mod1"), far("E0601", "ZZ"));
    let program = Hcpcs::starter();
    program.file("far.xlsx", workbook_with(&[&header, &row], ""));
    let text = [header.join(","), row.join(",")].join("\n");
    program.file("far.csv", text);
    for name in ["far.xlsx", "far.csv"] {
        let ran = program
            .run(["check", name, "--as-of", DAY, "--json"])
            .code(1);
        assert_eq!(
            json_lines(&ran)[0]["modifiers"][0]["modifier"],
            "ZZ",
            "{name}"
        );
    }
}
