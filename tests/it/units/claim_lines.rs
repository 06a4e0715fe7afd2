//! `hcpcs check` holds the units of a line against its dose, or its drug package and quantity.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};

use crate::hcpcs::{DAY, Ran, json_lines};

use super::terminal::made;

fn check(table: &str, args: &[&str]) -> Ran {
    // Tests run at once in one folder, and each table is a file of its own.
    let mut hasher = DefaultHasher::new();
    (table, args).hash(&mut hasher);
    let name = format!("{:x}.csv", hasher.finish());
    let path = made().file(&name, table);
    let path = path.to_str().unwrap();
    made().run([&["check", path, "--as-of", DAY], args].concat())
}

fn found(table: &str) -> Vec<Value> {
    let ran = check(table, &["--json"]);
    let lines = ran.stdout.lines();
    lines
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["units_check"].clone())
        .collect()
}

/// Agreement, expected units and a part of the reason, for a row below a header.
fn assert_rows(header: &str, rows: &[(&str, &str, Value, &str)]) {
    let lines: Vec<&str> = rows.iter().map(|(row, ..)| *row).collect();
    let found = found(&format!("{header}\n{}\n", lines.join("\n")));
    assert_eq!(found.len(), rows.len());
    for (own, (row, agreement, expected, said)) in found.iter().zip(rows) {
        assert_eq!(own["agreement"], *agreement, "{row}: {own}");
        assert_eq!(own["expected"], *expected, "{row}: {own}");
        let reason = own["reason"].as_str().unwrap();
        assert!(reason.contains(said), "{row}: {reason}");
        assert_eq!(own["basis"], "arithmetic on CMS's data, not billing advice");
    }
}

#[test]
fn a_unit_without_its_quantity_is_said() {
    assert_rows(
        "HCPCS,NDC,NDC Qty,NDC Unit,Units",
        &[(
            "J1001,51754-6001-04,,ML,4",
            "unknown",
            json!(null),
            "an NDC with a unit and no quantity",
        )],
    );
}

#[test]
fn a_blank_place_is_no_agreement_through_any_form() {
    let blank = "the place of its quantity is blank";
    for header in [
        "HCPCS,NDC,Units,NDC Qty",
        "HCPCS,NDC,Units,Dose,NDC Qty,NDC Unit",
    ] {
        let rest = ",".repeat(header.matches(',').count() - 2);
        let row = format!("J1001,51754-6001-04,4{rest}");
        assert_rows(header, &[(&row, "unknown", json!(null), blank)]);
    }
    assert_rows(
        "HCPCS,NDC,Units,Dose,NDC Qty",
        &[("J1001,51754-6001-04,4,0.4 mg,", "agrees", json!(4), blank)],
    );
    for input in [
        r#"{"code":"J1001","ndc":"51754-6001-04","units":4,"ndc_quantity":null}"#,
        "SV1*HC:J1001*1*UN*4~LIN**N4*51754600104~",
        "SV1*HC:J1001*1*UN*4~LIN**N4*51754600104~CTP****~",
    ] {
        let own = &found(input)[0];
        assert_eq!(own["agreement"], "unknown", "{input}");
        assert!(own["reason"].as_str().unwrap().contains(blank), "{own}");
    }
    let table = "HCPCS,Units,Dose\nJ1001,4,\nE0601,1,\n";
    let own = found(table);
    assert!(
        own[0]["reason"]
            .as_str()
            .unwrap()
            .contains("the place of the dose is blank")
    );
    assert_eq!(own[1], Value::Null, "no drug");
    let ran = check(table, &["--json"]).tells("1 whose units could not be checked");
    let line: Value = serde_json::from_str(ran.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(line.get("dose"), None, "nothing is given");
}

#[test]
fn a_dose_beside_the_units() {
    assert_rows(
        "HCPCS,Mod,Units,Dose Given",
        &[
            (
                "J1001,,4,0.4 mg",
                "agrees",
                json!(4),
                "0.4 mg is 4 units of 0.1 mg",
            ),
            ("J1001,,4.0,400 mcg", "agrees", json!(4), "the line has 4"),
            ("J1001,,40,0.4 mg", "differs", json!(4), "the line has 40"),
            (
                "J1001,,\"1,000\",100 mg",
                "agrees",
                json!(1000),
                "1000 units",
            ),
            (
                "J1010,,4,305 mg",
                "agrees",
                json!(4),
                "305 mg is 4 units of 100 mg",
            ),
            ("J1010,,3,305 mg", "differs", json!(4), "units differ"),
            // what is discarded counts in whole units only
            ("J1010,JW,0,95 mg", "agrees", json!(0), "95 mg is 0 units"),
            ("J1010,JW,1,95 mg", "differs", json!(0), "units differ"),
            (
                "J1001,,,0.4 mg",
                "unknown",
                json!(4),
                "the line has no units",
            ),
            (
                "J1001,,four,0.4 mg",
                "unknown",
                json!(4),
                "`four` are a word and no number",
            ),
            ("J1001,,-4,0.4 mg", "unknown", json!(4), "less than zero"),
            (
                "J1001,,4,2 ml",
                "unknown",
                Value::Null,
                "give the strength too",
            ),
            ("J1001,,4,a bit", "unknown", Value::Null, "not a dose"),
            ("J1001,,4,4", "unknown", Value::Null, "has no unit"),
            ("J1009,,1,4 mg", "unknown", Value::Null, "no billing unit"),
            (
                "J1007,,1,10 mg",
                "unknown",
                Value::Null,
                "not valid on 2026-02-01",
            ),
            (
                "J9999,,1,10 mg",
                "unknown",
                Value::Null,
                "no release that is indexed",
            ),
            (
                "99213,,1,10 mg",
                "unknown",
                Value::Null,
                "none of HCPCS Level II",
            ),
        ],
    );
    assert_rows(
        "code,units,dose,dose unit",
        &[
            ("J1001,4,0.4,mg", "agrees", json!(4), "units agree"),
            ("J1001,4,0.4 mg,mg", "agrees", json!(4), "units agree"),
            ("J1001,4,400.0,MCG", "agrees", json!(4), "units agree"),
            ("J1001,4,0.4 mg,ml", "unknown", Value::Null, "0.4 mg ml"),
        ],
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of claims")]
fn a_drug_package_beside_the_units() {
    assert_rows(
        "HCPCS,DOS,Units,NDC,NDC Qty,NDC UOM",
        &[
            (
                "J1001,2/1/2026,8,51754-6001-04,4,ML",
                "agrees",
                json!(8),
                "4 ML of 51754-6001-04 is 8 units (4 units a vial of 2)",
            ),
            (
                "J1001,2/1/2026,8,N451754600104,ML4,",
                "agrees",
                json!(8),
                "units agree",
            ),
            (
                "J1001,2/1/2026,4,51754600104,4,ML",
                "differs",
                json!(8),
                "the line has 4",
            ),
            (
                "J1001,2/1/2026,8,51754-6001-04,4,UN",
                "unknown",
                Value::Null,
                "in ML",
            ),
            (
                "J1001,2/1/2026,8,51754-6001-04,4,",
                "unknown",
                Value::Null,
                "has no unit",
            ),
            (
                "J1001,2/1/2026,8,51754-6001-04,4,N4",
                "unknown",
                Value::Null,
                "has no unit",
            ),
            (
                "J1001,2/1/2026,8,51754-6001-04,4,GR",
                "unknown",
                Value::Null,
                "not by this unit",
            ),
            (
                "J1001,2/1/2026,8,51754-6001-04,4,QQ",
                "unknown",
                Value::Null,
                "`QQ` is not a unit",
            ),
            (
                "J1001,2/1/2026,8,51754-6001-04,zero,ML",
                "unknown",
                Value::Null,
                "not a number above zero",
            ),
            // a label's ten digits and a spreadsheet's lost zeros
            (
                "J1004,2/1/2026,500,0944-2841-10,500,F2",
                "agrees",
                json!(500),
                "a unit is 1 unit",
            ),
            (
                "J1004,2/1/2026,500,944284110,500,F2",
                "agrees",
                json!(500),
                "00944-2841-10",
            ),
            (
                "J1004,2/1/2026,500,00944-2841-10,1,UN",
                "unknown",
                Value::Null,
                "differ in potency",
            ),
            // a part of a unit counts whole
            (
                "J1006,2/1/2026,1,00641-0928-25,1,UN",
                "agrees",
                json!(1),
                "0.5 units a vial of 1",
            ),
            (
                "J1006,2/1/2026,2,00641-0928-25,3,UN",
                "agrees",
                json!(2),
                "units agree",
            ),
            // a size of 1 is one milliliter or one vial
            (
                "J1006,2/1/2026,1,00641-0928-25,1,ML",
                "unknown",
                Value::Null,
                "a size without its unit",
            ),
            (
                "J1010,2/1/2026,2,00002-0002-02,1,ML",
                "unknown",
                Value::Null,
                "not numbers",
            ),
            (
                "J1002,2/1/2026,8,51754-6001-04,4,ML",
                "unknown",
                Value::Null,
                "under J1001, not under J1002",
            ),
            (
                "J1001,2/1/2026,8,51754-6001-99,4,ML",
                "unknown",
                Value::Null,
                "is not in NDC-HCPCS crosswalk",
            ),
            (
                "J1001,2/1/2026,8,12345,4,ML",
                "unknown",
                Value::Null,
                "not an NDC",
            ),
            // no crosswalk of that quarter
            (
                "J1001,6/1/2026,8,51754-6001-04,4,ML",
                "unknown",
                Value::Null,
                "by it 4 ML of 51754-6001-04 is 8 units",
            ),
        ],
    );
    let none = found("code,units,ndc\nJ1001,4,51754-6001-04\nJ1002,4,51754-6001-04\n");
    assert_eq!(none[0], Value::Null);
    assert!(
        none[1]["reason"]
            .as_str()
            .unwrap()
            .contains("not under J1002")
    );
}

#[test]
fn a_dose_and_a_package_that_contradict_each_other() {
    assert_rows(
        "code,units,dose,ndc,ndc quantity,ndc unit",
        &[
            (
                "J1001,4,0.4 mg,51754-6001-04,2,ML",
                "agrees",
                json!(4),
                "0.4 mg is 4 units of 0.1 mg, 2 ML",
            ),
            (
                "J1001,4,0.4 mg,51754-6001-04,4,ML",
                "differs",
                Value::Null,
                "is 8 units",
            ),
            (
                "J1001,4,0.4 mg,51754-6001-04,4,",
                "agrees",
                json!(4),
                "has no unit",
            ),
        ],
    );
}

#[test]
fn every_door_says_so() {
    let table = "code,units,dose\nJ1001,40,0.4 mg\nJ1001,4,0.4 mg\nJ1009,1,1 mg\n";
    check(table, &[])
        .code(1)
        .prints("units         J1001")
        .prints("units differ: 0.4 mg is 4 units of 0.1 mg;")
        .tells("3 lines, 3 valid (1 of them with wrong units), 1 whose units")
        .tells("differ from the dose, NDC quantity or waste")
        .tells("1 whose units could not be checked");
    let ran = check(table, &["--csv"]).code(1);
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|own| own == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(&rows[0][at("units_agree")], "differs");
    assert_eq!(&rows[0][at("units_expected")], "4");
    assert_eq!(&rows[1][at("units_agree")], "agrees");
    assert_eq!(&rows[2][at("units_agree")], "unknown");
    assert!(rows[2][at("units_reason")].contains("no billing unit"));
    // An interchange has package and quantity in LIN and CTP.
    let segments =
        "LX*1~SV1*HC:J1001*100*UN*4~DTP*472*D8*20260201~LIN**N4*51754600104~CTP****4*ML~\n";
    let own = &found(segments)[0];
    assert_eq!(
        (&own["agreement"], &own["expected"]),
        (&json!("differs"), &json!(8))
    );
    let line = r#"{"code":"J1001","units":4,"dose":0.4,"dose_unit":"mg","dos":"2026-02-01"}"#;
    assert_eq!(found(line)[0]["agreement"], "agrees");
}

#[test]
fn the_lines_that_units_gives_agree_in_a_check() {
    for dose in ["0.5 mg", "0.4 mg", "0.1 mg x 7", "0.02% 3 ml"] {
        let args = ["units", "51754-6001-04", dose, "--as-of", DAY];
        let got = made().json(&args);
        let lines = got["lines"].as_array().unwrap();
        let mut table = "code,mod,dos,units,ndc,ndc qty,ndc unit\n".to_owned();
        for line in lines {
            let quantity = &line["ndc_quantity"];
            let cells = [
                line["modifier"].as_str().unwrap_or_default(),
                DAY,
                &line["units"].to_string(),
                "51754-6001-04",
                quantity["quantity"].as_str().unwrap(),
                quantity["unit"].as_str().unwrap(),
            ];
            table += &["J1001,", &cells.join(","), "\n"].concat();
        }
        let ran = check(&table, &["--json"]).code(0);
        let checked = crate::hcpcs::json_lines(&ran);
        assert_eq!(checked.len(), lines.len(), "{table}");
        for line in checked {
            assert_eq!(line["units_check"]["agreement"], "agrees", "{line}");
        }
        let says = got["notices"].to_string().contains("grams in 100 ml");
        assert_eq!(says, dose.contains('%'), "{got}");
    }
}

#[test]
fn waste_is_held_against_the_modifiers_that_speak_of_it() {
    let rows = [
        (
            "JZ,2,4",
            "units",
            "JZ says that nothing was discarded, the line has 2",
        ),
        (
            "JZ,0.5 mL,4",
            "units",
            "nothing was discarded, the line has 0.5 mL",
        ),
        ("JZ,0,4", "valid", ""),
        ("JZ,,4", "valid", ""),
        (
            "JW,0,4",
            "units",
            "JW says that some was discarded, the line has 0",
        ),
        ("JW,2,4", "valid", ""),
        (",2,4", "valid", ""),
        (
            "JZ,some,4",
            "valid",
            "units not checked: how much was discarded, `some`",
        ),
    ];
    let table = rows.map(|(row, ..)| format!("J1001,{row}\n")).concat();
    let table = format!("code,modifiers,wasted units,units\n{table}");
    let ran = check(&table, &["--json"]);
    for (line, (row, finding, said)) in json_lines(&ran).iter().zip(rows) {
        assert_eq!(line["finding"], finding, "{row}");
        let reason = line["reason"].as_str().unwrap_or_default();
        assert!(reason.contains(said), "{row}: {reason}");
        assert_eq!(line["units_check"].is_object(), !said.is_empty(), "{row}");
    }
    let csv = check(&table, &["--csv"]).stdout;
    assert!(csv.contains("differs") && csv.contains("nothing was discarded"));
    assert_rows(
        "code,modifiers,dose,waste,units",
        &[
            (
                "J1001,JZ,0.4 mg,1,4",
                "differs",
                json!(4),
                "units differ: modifier JZ says that nothing was discarded, the line has 1; 0.4 mg",
            ),
            (
                "J1001,JZ,0.4 mg,1,3",
                "differs",
                json!(4),
                "the line has 3; modifier JZ says",
            ),
        ],
    );
}

#[test]
fn a_package_that_its_number_leaves_open_is_said() {
    for (ndc, is_open) in [
        ("944284110", true),
        ("N4944284110", true),
        ("00944284110", false),
        ("0944-2841-10", false),
        ("N400944284110", false),
    ] {
        let ran = check(&format!("code,ndc\nJ1004,{ndc}\n"), &["--json"]);
        let line = &json_lines(&ran)[0];
        assert_eq!(line["ndc"], "00944-2841-10", "{ndc}");
        let said = format!("`{ndc}` is read as 00944-2841-10, the only package");
        let reason = line["reason"].as_str().unwrap_or_default();
        assert_eq!(reason.contains(&said), is_open, "{reason}");
    }
}
