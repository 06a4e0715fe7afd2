//! Workbooks, and tables with the workbook's headings.

use proptest::prelude::*;

use super::{read_as, read_lines, record, skipped};
use crate::hcpcs::Hcpcs;
use crate::made::{line, workbook, workbook_with};

const HEADER: [&str; 8] = [
    "HCPC",
    "SEQNUM",
    "RECID",
    "LONG DESCRIPTION",
    "SHORT DESCRIPTION",
    "ADD DT",
    "TERM DT",
    "PRICE1",
];
const ROW: [&str; 8] = [
    "J1640",
    "0010",
    "3",
    "Injection, hemin, 1 mg",
    "Injection, hemin, 1 mg",
    "20060101",
    "",
    "51",
];

fn absent(release: &hcpcs::Release) -> bool {
    release
        .notices
        .iter()
        .any(|notice| notice.starts_with("no column "))
}

#[test]
fn a_workbook_gives_what_the_text_gives() {
    let text = read_lines(&[
        line("J1640", "Injection, hemin, 1 mg")
            .set(269, "2006010100000000")
            .set(293, " ")
            .set(120, "51"),
        line("JW", "Drug wasted")
            .set(269, "2003010100000000")
            .set(293, " ")
            .set(120, "00"),
    ]);
    let modifier = [
        "   JW",
        "#10",
        "7",
        "Drug wasted",
        "Drug wasted",
        "#20030101",
        "#0",
        "#0",
    ];
    let book = workbook(&[&["Some prose"], &[], &HEADER, &ROW, &modifier]);
    let release = read_as("HCPC2026_JAN.xlsx", book).unwrap().remove(0);
    assert_eq!(release.records, text.records);
    assert_eq!(skipped(&release), []);
}

#[test]
fn the_same_in_tables_of_text() {
    let book = read_as("HCPC2026_JAN.xlsx", workbook(&[&HEADER, &ROW]))
        .unwrap()
        .remove(0);
    for delimiter in [",", "\t", ";", "|"] {
        let quoted = |cells: [&str; 8]| cells.map(|cell| format!("\"{cell}\"")).join(delimiter);
        let text = format!(
            "Prose, above\r\n\r\n{}\r\n{}\r\n",
            quoted(HEADER),
            quoted(ROW)
        );
        let release = read_as("hcpcs-2026-01.csv", text).unwrap().remove(0);
        assert_eq!(release.records, book.records, "{delimiter:?}");
    }
}

#[test]
fn columns_are_known_by_their_headings() {
    let reversed = |mut cells: [&'static str; 8]| {
        cells.reverse();
        cells
    };
    let straight = read_as("HCPC2026_JAN.xlsx", workbook(&[&HEADER, &ROW]))
        .unwrap()
        .remove(0);
    let moved = workbook(&[&reversed(HEADER), &reversed(ROW)]);
    let release = read_as("HCPC2026_JAN.xlsx", moved).unwrap().remove(0);
    assert_eq!(release.records, straight.records);
    assert!(absent(&release));
}

#[test]
fn a_missing_column() {
    let without = |gone: &str| {
        let keep = |cells: [&'static str; 8]| -> Vec<&str> {
            let kept = HEADER.into_iter().zip(cells);
            kept.filter(|(heading, _)| *heading != gone)
                .map(|(_, cell)| cell)
                .collect()
        };
        read_as("HCPC2026_JAN.xlsx", workbook(&[&keep(HEADER), &keep(ROW)]))
    };
    for heading in [
        "HCPC",
        "LONG DESCRIPTION",
        "SHORT DESCRIPTION",
        "ADD DT",
        "TERM DT",
    ] {
        let error = without(heading).unwrap_err().to_string();
        let told = format!(": has no column {heading}; name the columns as CMS's workbook does");
        assert!(error.ends_with(&told), "{error}");
    }
    let release = without("PRICE1").unwrap().remove(0);
    let told = "no column PRICE1, PRICE2, PRICE3, PRICE4, MULT_PI, CIM1,";
    assert!(
        release.notices[0].starts_with(told),
        "{:?}",
        release.notices
    );
}

#[test]
fn columns_that_are_not_known_or_stand_twice_are_reported() {
    let header = [&HEADER[..], &["MY NOTE", "PRICE1"]].concat();
    let release = read_as("HCPC2026_JAN.xlsx", workbook(&[&header, &ROW]))
        .unwrap()
        .remove(0);
    let told = "unknown or repeated columns are not read: MY NOTE, PRICE1";
    assert_eq!(release.notices[1], told);
}

#[test]
fn bad_rows_are_skipped_and_told() {
    let changed = |column: usize, cell: &'static str| {
        let mut row = ROW;
        row[0] = "J1650";
        row[column] = cell;
        row
    };
    let book = workbook(&[
        &HEADER,
        &changed(0, "X"),
        &changed(0, ""),
        &["", " "],
        &ROW,
        &ROW,
        &changed(2, "9"),
        &changed(5, "soon"),
        &changed(7, "515"),
        &changed(2, "4"),
    ]);
    let release = read_as("HCPC2026_JAN.xlsx", book).unwrap().remove(0);
    assert_eq!(release.records.len(), 2);
    let unread = "J1650: HCPCS_PRCNG_IND_CD: `515` cannot be read and is kept as published";
    assert_eq!(
        (release.unread[0].line, release.unread[0].reason.as_str()),
        (9, unread)
    );
    assert_eq!(
        skipped(&release),
        [
            (
                2,
                "`X` is not a HCPCS Level II code (a letter and four digits, or a modifier of two characters)"
            ),
            (
                3,
                "`` is not a HCPCS Level II code (a letter and four digits, or a modifier of two characters)"
            ),
            (6, "J1640 a second time, first on line 5; the first is kept"),
            (7, "record identification `9` is not 3, 4, 7 or 8"),
            (
                8,
                "J1650: ADD DT (HCPCS_CD_ADD_DT): `soon` is not a date (YYYYMMDD)"
            ),
        ]
    );
}

#[test]
fn a_row_may_continue_the_one_before() {
    let mut next = ROW;
    (next[1], next[2], next[3]) = ("0020", "4", "and more");
    let book = workbook(&[&HEADER, &ROW, &next]);
    let release = read_as("HCPC2026_JAN.xlsx", book).unwrap().remove(0);
    assert_eq!(
        record(&release, "J1640").long_descriptor,
        "Injection, hemin, 1 mg and more"
    );
}

#[test]
fn numbers_get_their_zeros_back() {
    let header = [&HEADER[..], &["PROCNOTE", "LABCERT1", "MCM1", "ANEST_BU"]].concat();
    let row = [&ROW[..], &["#95", "#10", "#2049.5", "#0"]].concat();
    let release = read_as("HCPC2026_JAN.xlsx", workbook(&[&header, &row]))
        .unwrap()
        .remove(0);
    let record = record(&release, "J1640");
    assert_eq!(record.processing_note.as_ref().unwrap().number, "0095");
    assert_eq!(record.laboratory_certification[0].as_str(), "010");
    assert_eq!(record.carriers_manual, ["2049.5"]);
    assert_eq!(record.anesthesia_base_units, Some(0));
    assert_eq!(record.sequence_number, Some(100));
}

#[test]
fn a_cell_far_off_is_no_table_of_gigabytes() {
    const FAR: &str = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let book = workbook_with(&[&HEADER, &ROW], FAR);
    let release = read_as("HCPC2026_JAN.xlsx", book).unwrap().remove(0);
    assert_eq!(release.records.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_table_is_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let mut text = format!("{}\n{}\n", HEADER.join(","), ROW.map(|cell| format!("\"{cell}\"")).join(",")).into_bytes();
        text.extend(&bytes);
        let release = read_as("HCPC2026_JAN.csv", &text).unwrap().remove(0);
        prop_assert!(release.records.iter().any(|own| own.code.as_str() == "J1640"));
        let _ = read_as("HCPC2026_JAN.xlsx", [b"PK\x03\x04", &bytes[..]].concat());
        let _ = read_as("HCPC2026_JAN.xls", [b"\xD0\xCF\x11\xE0", &bytes[..]].concat());
    }
}

#[test]
fn cells_as_databases_and_spreadsheets_write_them() {
    let hcpcs = Hcpcs::new();
    let release = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,XREF1,ADD DT,ACT EFF DT,TERM DT,ACTION CD\n\
         =\"J1640\",10.0,3,\"Injection, hemin, 1 mg\",Hemin,NULL,20060101.0,20060101.0,NULL,N\n\
         J1641,0010,3,\"Injection, other, 1 mg\",Other,,20060101,20060101,20171231.0,D\n";
    hcpcs.file("HCPC2026_JAN_ANWEB.csv", release);
    let crosswalk = "_2026_CODE,NDC,Drug Name\nJ1640,=\"00409-1234-01\",Panhematin\n";
    hcpcs.file("ASP crosswalk January 2026.csv", crosswalk);
    let files = ["HCPC2026_JAN_ANWEB.csv", "ASP crosswalk January 2026.csv"];
    hcpcs.run([&["index"], &files[..]].concat()).code(0);
    let shown = hcpcs.json(&["show", "J1640", "J1641", "--as-of", "2017-12-31"]);
    let (first, second) = (&shown[0]["record"], &shown[1]["record"]);
    assert_eq!(first["added"], "2006-01-01");
    assert_eq!(first["terminated"], serde_json::Value::Null);
    assert!(first["cross_references"].as_array().unwrap().is_empty());
    assert_eq!(second["terminated"], "2017-12-31");
    assert_eq!(hcpcs.codes(&["00409-1234-01"]), ["J1640"]);
}

/// What a row lacks at its end is unknown and not blank: a code without its termination date would
/// be valid for ever.
#[test]
fn a_row_that_ends_before_a_column_that_every_code_has() {
    let header = "HCPC,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,TERM DT,ACTION CD\n";
    let whole = "J1640,Hemin,Hemin,20060101,20201231,N\n";
    for (cut, heading) in [
        ("E0601,Device,Device", "ADD DT"),
        ("E0601,Device,Device,20060101", "ACTION CD"),
        ("E0601,Device,Device,20060101,20201231", "ACTION CD"),
    ] {
        let table = format!("{header}{whole}{cut}\n{}", whole.replace("J1640", "J1645"));
        let release = read_as("HCPC2026_JAN.csv", table).unwrap().remove(0);
        let cells = cut.split(',').count();
        let reason = format!("E0601: the row ends at cell {cells}, before {heading}");
        assert_eq!(skipped(&release), [(3, &*reason)]);
        assert_eq!(release.damage[0], format!("line 3: {reason}"));
        assert_eq!(release.records.len(), 2);
    }
    // a spreadsheet drops blank cells at the end of a row
    let table = "HCPC,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,TERM DT\n\
         J1640,Hemin,Hemin,20060101\nE0601,Device,Device,20060101\n";
    let release = read_as("HCPC2026_JAN.csv", table).unwrap().remove(0);
    assert_eq!((release.damage.len(), release.records.len()), (0, 2));
}
