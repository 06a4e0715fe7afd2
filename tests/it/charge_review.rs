//! `hcpcs check` on charge lines: the code's place among the best for the description, the best
//! codes, and a code proposed in the place of one that has ended.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::hcpcs::{DAY, Hcpcs, Ran};
use crate::made::{archive, line, workbook_with};

fn made() -> &'static Hcpcs {
    static HCPCS: OnceLock<Hcpcs> = OnceLock::new();
    HCPCS.get_or_init(|| {
        Hcpcs::new().release(&[
            line("J1001", "Injection, alphamycin, 10 mg"),
            line("J1002", "Injection, betamycin, 10 mg"),
            line(
                "J1003",
                "Injection, betamycin, not therapeutically equivalent to J1002, 10 mg",
            ),
            line("J1004", "Unclassified drugs").set(28, ""),
            line(
                "E0100",
                "Cane, includes canes of all materials, adjustable or fixed, with tip",
            ),
            // a look-alike, and what the description names
            line("J1006", "Injection, deltamycin in dextrose, 1 mg"),
            line("J1007", "Injection, deltamycin hydrochloride, 1 mg"),
            line("J1008", "Injection, deltamycin, 10 mg").set(285, "20241231"),
            // ended, with a successor, with a look-alike, with neither
            line("J1005", "Injection, alphamycin sulfate, 10 mg")
                .set(285, "20241231")
                .set(205, "J1001"),
            line(
                "E0101",
                "Cane, includes canes of all materials, adjustable or fixed, with tips",
            )
            .set(285, "20241231"),
            line("G0001", "Draining of a pond").set(285, "20241231"),
            // ended, with a valid twin, and with none
            line("C9001", "Injection, betamycin, 10 mg").set(285, "20241231"),
            line("C9002", "Injection, gammamycin, 500 mg").set(285, "20241231"),
            line("A1", "Dressing for one wound"),
        ])
    })
}

fn check(name: &str, bytes: impl AsRef<[u8]>, args: &[&str]) -> Ran {
    let path = made().file(name, bytes);
    let path = path.to_str().unwrap();
    made().run([&["check", path, "--as-of", DAY], args].concat())
}

fn reviews(ran: &Ran) -> Vec<Value> {
    let lines = ran.stdout.lines();
    lines
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["review"].clone())
        .collect()
}

fn codes(review: &Value) -> Vec<&str> {
    let best = review["best"].as_array().unwrap();
    best.iter()
        .map(|own| own["code"].as_str().unwrap())
        .collect()
}

const TABLE: &str = "\
Charge Code,Charge Description,HCPCS,Price
1,ALPHAMYCIN 10MG INJ,J1001,1.00
2,BETAMYCIN 10 MG,J1003,1.00
3,CANE W TIP,J1001,1.00
4,CANE WITH TIPS,E0101,1.00
5,ALPHAMYCIN SULFATE,J1005,1.00
6,POND DRAINING,G0001,1.00
7,BETAMYCIN INJECTION,,1.00
8,ZZYZX QWRT,J1001,1.00
9,CANE,99213,1.00
10,,J1001,1.00
";

#[test]
fn a_code_is_held_against_its_description() {
    let ran = check("charges.csv", TABLE, &["--json"]).code(1);
    let reviews = reviews(&ran);
    let fits: Vec<&Value> = reviews.iter().map(|own| &own["fit"]).collect();
    let judged = |fit: &str| json!(fit);
    assert_eq!(
        fits,
        [
            &judged("first"),
            &judged("among"),
            &judged("unlike"),
            &judged("not_judged"),
            &judged("not_judged"),
            &judged("not_judged"),
            &judged("not_judged"),
            &judged("not_judged"),
            &judged("not_judged"),
            &Value::Null,
        ]
    );
    assert_eq!(
        (&reviews[0]["rank"], &reviews[1]["rank"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(codes(&reviews[2]), ["E0100"]);
    let why = &reviews[2]["best"][0]["why"][0];
    assert_eq!(
        (&why["asked"], &why["field"]),
        (&json!("CANE"), &json!("long_descriptor"))
    );
    assert_eq!(codes(&reviews[6])[..2], ["J1002", "J1003"]);
    assert!(codes(&reviews[7]).is_empty());
    assert!(
        reviews[7]["reason"]
            .as_str()
            .unwrap()
            .contains("no code is found")
    );
}

#[test]
fn a_dead_code_gets_a_proposal() {
    let ran = check("dead.csv", TABLE, &["--json"]).code(1);
    let reviews = reviews(&ran);
    let proposal = |at: usize| {
        (
            &reviews[at]["proposal"]["code"],
            &reviews[at]["proposal"]["from"],
        )
    };
    assert_eq!(proposal(3), (&json!("E0100"), &json!("look_alike")));
    assert_eq!(proposal(4), (&json!("J1001"), &json!("successor")));
    assert_eq!(reviews[5]["proposal"], Value::Null);
    assert!(
        reviews[4]["reason"]
            .as_str()
            .unwrap()
            .contains("; proposal: J1001, the successor")
    );
    check("dead.csv", TABLE, &[])
        .code(1)
        .prints("proposal: E0100")
        .tells(
            "9 with a description: 3 of a dead code, 1 whose code is not the first for it, 1 unlike \
             the code, 2 with a code proposed",
        )
        .tells("columns not read: Charge Code, Price");
}

/// The rows of the CSV or of a workbook that the program wrote, by name.
fn rows(csv: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn tables_have_it_too() {
    let ran = check("out.csv", TABLE, &["--csv"]).code(1);
    let rows = rows(&ran.stdout);
    let of = |row: usize, name: &str| rows[row][name].as_str();
    assert_eq!(of(1, "description_fit"), "among");
    assert_eq!(of(1, "description_rank"), "2");
    assert_eq!(of(1, "best_codes"), "J1002 J1003");
    assert!(of(1, "best_codes_why").starts_with("J1002: BETAMYCIN"));
    assert_eq!((of(4, "proposal"), of(9, "best_codes")), ("J1001", ""));
    assert_eq!(of(6, "verdict"), "no code");
    assert_eq!(of(6, "valid"), "");
    let book = made().folder().join("out.xlsx");
    let name = book.to_str().unwrap().to_owned();
    check("out.csv", TABLE, &["--xlsx", "--output", &name]).code(1);
    let again = made().run(["check", &name, "--json", "--columns", "code=HCPCS"]);
    let first: Value = serde_json::from_str(again.stdout.lines().nth(1).unwrap()).unwrap();
    assert_eq!(first["input"]["best_codes"], "J1002 J1003", "{again:?}");
}

#[test]
fn a_table_of_descriptions_alone() {
    let table = "Charges of May\n\nItem Description;Price\nBETAMYCIN 10MG;1,00\nCANE;2,00\n";
    let ran = check("alone.csv", table, &["--json"]).code(0);
    let reviews = reviews(&ran);
    assert_eq!(
        (codes(&reviews[0]), codes(&reviews[1])),
        (vec!["J1002", "J1003"], vec!["E0100"])
    );
    let zip = archive(&[("charges.csv", table.as_bytes())]);
    assert_eq!(
        check("alone.zip", zip, &["--json"]).code(0).stdout,
        ran.stdout
    );
    // A title that looks like a header of descriptions is none where a code's column follows.
    let titled = "Item Description,\n,\nHCPCS,Mod\nJ1001,\n";
    let ran = check("titled.csv", titled, &["--json"]).code(0);
    assert!(ran.stdout.contains("\"code\":\"J1001\""), "{ran:?}");
}

#[test]
fn a_description_asks_for_nothing_but_its_words() {
    let table =
        "description,code\n\"-ALPHAMYCIN \"\"10 MG\"\" NOT sulfate\",J1001\nJ1002 cane,E0100\n";
    let reviews = reviews(&check("words.csv", table, &["--json"]).code(0));
    assert_eq!(reviews[0]["fit"], "first", "{}", reviews[0]);
    assert_eq!(reviews[1]["fit"], "first", "{}", reviews[1]);
}

#[test]
fn many_lines_keep_their_order() {
    let lines: Vec<String> = (0..2_000)
        .map(|at| {
            format!(
                "{at},{},J1001\n",
                ["CANE", "ALPHAMYCIN", "BETAMYCIN"][at % 3]
            )
        })
        .collect();
    let table = format!("id,description,code\n{}", lines.concat());
    let ran = check("many.csv", table, &["--json"]).code(0);
    for (at, line) in ran.stdout.lines().enumerate() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["line_id"], at.to_string());
        let fit = ["unlike", "first", "unlike"][at % 3];
        assert_eq!(line["review"]["fit"], fit, "{line}");
    }
    assert_eq!(ran.stdout.lines().count(), 2_000);
}

/// The findings of lines of `description,code` with other columns, in their sentences.
fn said(table: &str) -> (Vec<String>, String) {
    static TABLES: AtomicUsize = AtomicUsize::new(0);
    let number = TABLES.fetch_add(1, Ordering::Relaxed);
    let ran = check(&format!("said{number}.csv"), table, &["--json"]);
    let lines = ran.stdout.lines();
    let lines = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    let said = lines.map(|line| {
        let said = if line["error"].is_null() {
            "reason"
        } else {
            "error"
        };
        format!(
            "{} {}",
            line["code"].as_str().unwrap_or("?"),
            line[said].as_str().unwrap()
        )
    });
    (said.collect(), ran.stderr)
}

#[test]
fn a_proposal_is_what_the_description_or_the_code_says() {
    let (said, _) = said(
        "description,code\nBETAMYCIN 10MG,C9001\nALPHAMYCIN 10 MG,C9002\nZZYZX,G0001\n\
         CANE,J1005\nCANE,E0101\nZZYZX,E0101\nCANE,G0001\n",
    );
    for (line, says) in said.iter().zip([
        "proposal: J1002, a valid code with the descriptor of C9001",
        "proposal: J1001",
        "no code is proposed",
        "proposal: J1001, the successor that CMS names",
        "proposal: E0100, the nearest valid look-alike of E0101",
        "by the code alone, which the description does not confirm",
        "proposal: E0100, the first of the codes for the description, with all its words",
    ]) {
        assert!(line.contains(says), "{line}");
    }
}

#[test]
fn a_modifier_is_held_against_modifiers() {
    let (said, _) = said("description,code\nDressing for one wound,A1\n");
    assert!(said[0].contains("first of the codes"), "{said:?}");
}

#[test]
fn the_last_word_of_a_charge_is_written_to_its_end() {
    // As typed, `alpha` begins alphamycin.
    made()
        .run(["search", "alpha", "--as-of", DAY])
        .prints("J1001");
    let (said, _) = said("description,code\nCANE BETA,E0100\n");
    assert!(said[0].contains("none has all its words"), "{said:?}");
}

#[test]
fn a_code_that_the_description_names_is_said_unless_it_is_the_line_s() {
    let (said, _) = said(
        "description,code\nALPHAMYCIN (E0100),J1001\nRENTAL E0100,\nCANE J1001,J1001\n\
         ALPHAMYCIN J1001,J1001\nCANE E0101 E0101-RR,E0100\nCANE MODEL E0999,E0100\n",
    );
    for (line, says) in said.iter().zip([
        "; its description names E0100",
        "; its description names E0100",
        "; its description names J1001",
        "",
        "; its description names E0101, which is not valid on",
        "",
    ]) {
        assert_eq!(line.contains("names"), !says.is_empty(), "{line}");
        assert!(line.matches("E0101").count() < 2, "{line}");
        assert!(line.contains(says), "{line}");
    }
}

#[test]
fn the_words_that_the_code_of_a_line_lacks_are_named() {
    let (said, _) = said(
        "description,code\nCANE BETA,E0100\nCANE,E0100\nALPHAMYCIN 10 MG,J1001\n\
         ALPHAMYCIN 20 MG TAB,J1001\n",
    );
    assert!(said[0].contains("; E0100 lacks `BETA`"), "{said:?}");
    assert!(!said[1].contains("lacks"), "{said:?}");
    assert!(!said[2].contains("lacks"), "{said:?}");
    assert!(said[3].contains("; J1001 lacks `TAB`"), "{said:?}");
}

#[test]
fn a_drug_package_that_vouches_for_nothing_is_named() {
    let (said, _) =
        said("description,code,ndc\nALPHAMYCIN,J1001,123\nALPHAMYCIN,J1001,00409-9999-01\n");
    assert!(said[0].contains("`123` is not an NDC"), "{said:?}");
    assert!(said[1].contains("none is indexed"), "{said:?}");
}

#[test]
fn a_drug_package_does_not_outweigh_a_description_of_another_thing() {
    let program = Hcpcs::new().release(&[
        line("J1001", "Injection, alphamycin, 10 mg"),
        line("E0100", "Cane, includes canes of all materials"),
    ]);
    let crosswalk = program.file(
        "crosswalk.csv",
        "_2026_CODE,NDC2,Drug Name,LABELER NAME,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,\
         BILLUNITSPKG\nJ1001,00409-9999-01,Alphadrug,Maker,10 MG,1,1,2,2\n",
    );
    program.run(["update", crosswalk.to_str().unwrap()]).code(0);
    program.file(
        "charges.csv",
        "description,code,ndc\nCANE,J1001,00409-9999-01\nALPHADRUG,J1001,00409-9999-01\n\
         CANE PHARMACY,J1001,00409-9999-01\n",
    );
    let ran = program.run(["check", "charges.csv", "--json", "--as-of", DAY]);
    let fits: Vec<Value> = reviews(&ran).iter().map(|own| own["fit"].clone()).collect();
    assert_eq!(fits, ["unlike", "first", "first"], "{ran:?}");
}

#[test]
fn the_standard_charges_of_a_hospital() {
    let header = "description,code|1,code|1|type,code|2,code|2|type,standard_charge|gross\n";
    let rows = "ALPHAMYCIN,J1001,HCPCS,0636,RC,20\nCANE,0290,RC,E0100,HCPCS,2\nBED,0120,RC,,,9\n\
                CANE,55292-0702-55,NDC,99213,CPT,1\n";
    let titles = "hospital_name,last_updated_on\nGeneral,2026-01-01\n";
    for above in ["", titles] {
        let (said, told) = said(&format!("{above}{header}{rows}"));
        for (line, begins) in said.iter().zip([
            "J1001 valid",
            "E0100 valid",
            "0120 of a code set that is not judged here",
            "99213 a CPT number",
        ]) {
            assert!(line.starts_with(begins), "{line}");
        }
        assert_eq!(said.len(), 4);
        let above = told.contains("2 rows above the header on line 3 are not read");
        assert_eq!(above, told.contains("line 3"), "{told}");
    }
    // The values of a column of types are no header.
    let (said, _) = said("Item Description,Code Type,Price\nALPHAMYCIN,HCPCS,5\nCANE,CPT,5\n");
    assert_eq!(said.len(), 2, "{said:?}");
    let (said, _) = self::said("billing_code_type,billing_code,description\nRC,0636,ALPHAMYCIN\n");
    assert!(said[0].contains("not judged here"), "{said:?}");
}

#[test]
fn a_column_of_codes_is_known_or_named() {
    for name in [
        "Default CPT",
        "OP HCPCS",
        "HCPCS Code - Medicare",
        "HCPCS (if applicable)",
    ] {
        let (said, _) = said(&format!("{name},Item Description\nJ1001,ALPHAMYCIN\n"));
        assert!(said[0].starts_with("J1001 valid"), "{name}: {said:?}");
    }
    let (said, told) = self::said("Our Number,Item Description\nJ1001,ALPHAMYCIN\n");
    assert!(said[0].contains("no code;"), "{said:?}");
    assert!(
        told.contains("`Our Number` seems to (`J1001`), and is not read"),
        "{told}"
    );
    let (_, told) = self::said("Price of May\nItem Description,HCPCS\nCANE,E0100\n");
    assert!(
        told.contains("the row above the header on line 2 is not read"),
        "{told}"
    );
    let (_, told) = self::said("Description,Description,code\nCANE,x,E0100\n");
    assert!(told.contains("Description (column 2)"), "{told}");
}

#[test]
fn a_code_as_it_stands_in_a_cell() {
    let (said, _) = said(
        "description,code\nCANE,E0100.0\nCANE,HCPCS E0100\nCANE,(E0100)\nER VISIT,450\n\
         CANE,see pharmacy\nCANE,#REF!\n#N/A,E0100\n",
    );
    for (line, says) in said.iter().zip([
        "E0100 valid",
        "E0100 valid",
        "E0100 valid",
        "`450` is read as 00450, since spreadsheets drop zeros; it may be a revenue code",
        "SEE PHARMACY not a HCPCS Level II code",
        "`#REF!` is the error of a formula and no value",
        "its description is the error of a formula",
    ]) {
        assert!(line.contains(says), "{line}");
    }
}

/// Programs that write workbooks often do not calculate: the value of a formula is not known then,
/// and it is no blank cell. A formula whose value is an empty text is one.
#[test]
fn a_formula_without_a_value() {
    let more = concat!(
        r#"<row r="2"><c r="A2" t="inlineStr"><is><t>CANE</t></is></c>"#,
        r#"<c r="B2"><f>CONCATENATE("E0","100")</f><v></v></c></row>"#,
        r#"<row r="3"><c r="A3"><f>A2</f></c><c r="B3" t="inlineStr"><is><t>E0100</t></is></c></row>"#,
        r#"<row r="4"><c r="A4" t="inlineStr"><is><t>CANE</t></is></c>"#,
        r#"<c r="B4" t="str"><f>""</f><v></v></c></row>"#,
    );
    let book = workbook_with(&[&["description", "code"]], more);
    let ran = check("formula.xlsx", book, &["--json"]).code(3);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    for (line, says) in lines.iter().zip([
        "`#NO VALUE!` is the error of a formula and no value",
        "its description is the error of a formula",
        "no code; best codes",
    ]) {
        assert!(line.contains(says), "{line}");
    }
    assert_eq!(lines.len(), 3);
}

#[test]
fn a_proposal_is_the_first_of_the_codes_for_the_description() {
    for (text, code) in [
        ("deltamycin hydrochloride 10 mg", "J1007"),
        ("DELTAMYCIN IN DEXTROSE 5 ML", "J1006"),
    ] {
        made().file("dead.csv", format!("code,description\nJ1008,{text}\n"));
        let ran = made().run(["check", "dead.csv", "--as-of", DAY, "--json"]);
        let line = &crate::hcpcs::json_lines(&ran)[0];
        assert_eq!(line["review"]["proposal"]["code"], code, "{line}");
        assert_eq!(line["review"]["best"][0]["code"], code, "{line}");
    }
}
