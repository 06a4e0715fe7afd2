//! Zips and folders: members known by what they hold.

use hcpcs::release::{ReadOptions, is_release, read};
use hcpcs::{Release, ReleaseId};

use super::{read_as, record};
use crate::made::{self, archive, line, workbook};

const NOTES: &str =
    "      PROCESSING NOTES\r\n\r\n  0095--AS REQUIRED   *\r\n        BY LAW.       *\r\n";
const HEADER: [&str; 6] = [
    "HCPC",
    "LONG DESCRIPTION",
    "SHORT DESCRIPTION",
    "ADD DT",
    "TERM DT",
    "COV",
];
const ROW: [&str; 6] = [
    "J1640",
    "From the workbook",
    "Workbook",
    "20060101",
    "",
    "D",
];

fn text() -> Vec<u8> {
    let records = [
        line("J1640", "From the text").set(253, "0095"),
        line("J1650", "Other").set(253, "0000"),
        line("J3490", "Unclassified drugs"),
    ];
    made::text(&records).into_bytes()
}

fn noc_list() -> Vec<u8> {
    let title = ["", "NOC CODES - HCPCS 2026"];
    let header = ["HCPCS", "LONG DESCRIPTION", "ADD DATE", "TERM DATE"];
    workbook(&[
        &title,
        &[],
        &header,
        &[],
        &["J3490", "Unclassified drugs", "#19860101"],
        &["J9999", "Not in the release", "#19860101"],
        &["see above"],
    ])
}

fn corrections() -> Vec<u8> {
    workbook(&[
        &[
            "HCPCS/MOD Code",
            "Action",
            "Short Description",
            "Long Description",
        ],
        &["S0189", "Terminate"],
    ])
}

fn transactions() -> Vec<u8> {
    workbook(&[
        &["HCPC", "ACTION CD", "SHORT DESCRIPTION", "LONG DESCRIPTION"],
        &["A4295", "ADD", "a", "b"],
    ])
}

#[test]
fn a_zip_as_cms_publishes_it() {
    let zip = archive(&[
        ("a/", b""),
        ("a/1.xlsx", &workbook(&[&HEADER, &ROW])),
        ("a/2.xlsx", &corrections()),
        ("a/3.xlsx", &transactions()),
        ("a/4.txt", b"CMS RIF REPORT\r\n  NAME   LENGTH\r\n"),
        (
            "a/5.prn",
            b" HCPCS/MOD      TYPE OF CHANGE\r\n      CO             ADD\r\n",
        ),
        ("a/6.txt", NOTES.as_bytes()),
        ("a/7.xlsx", &noc_list()),
        ("a/HCPC2026_JAN_ANWEB_01122026.txt", &text()),
    ]);
    let releases = read_as("some.zip", zip).unwrap();
    let [release] = &releases[..] else {
        panic!("{releases:?}")
    };
    assert_eq!(format!("{:#}", release.id), "2026-01/01122026");
    assert_eq!(
        release.member.as_deref(),
        Some("a/HCPC2026_JAN_ANWEB_01122026.txt")
    );
    assert_eq!(release.hash.len(), 64);
    let hemin = record(release, "J1640");
    assert_eq!(hemin.long_descriptor, "From the text");
    let note = hemin.processing_note.as_ref().unwrap();
    assert_eq!(
        (note.number.as_str(), note.text.as_deref()),
        ("0095", Some("AS REQUIRED BY LAW."))
    );
    assert_eq!(
        record(release, "J1650")
            .processing_note
            .as_ref()
            .unwrap()
            .text,
        None
    );
    let noc = release
        .records
        .iter()
        .filter(|own| own.not_otherwise_classified == Some(true));
    assert_eq!(
        noc.map(|own| own.code.as_str()).collect::<Vec<_>>(),
        ["J3490"]
    );
    assert_eq!(
        release.notices,
        [
            "processing notes that are cited and not defined: 0000",
            "rows of the NOC list without a HCPCS code: 7",
        ]
    );
    assert_eq!(
        release.damage,
        ["codes of the NOC list that the release does not have: J9999"]
    );
}

#[test]
fn a_zip_without_the_text_gives_its_workbook() {
    let zip = archive(&[
        ("1.xlsx", &corrections()),
        ("2.xlsx", &workbook(&[&HEADER, &ROW])),
        ("3.xlsx", &transactions()),
    ]);
    let release = read_as("april-2026-alpha-numeric-hcpcs-file.zip", zip)
        .unwrap()
        .remove(0);
    assert_eq!(release.id.to_string(), "2026-04");
    assert_eq!(release.member.as_deref(), Some("2.xlsx"));
    assert_eq!(
        record(&release, "J1640").long_descriptor,
        "From the workbook"
    );
}

/// The workbook of another quarter is a release of its own, to which nothing of the first belongs.
#[test]
fn a_zip_with_two_quarters_gives_both() {
    let zip = archive(&[
        ("HCPC2026_JAN_ANWEB.txt", text().as_slice()),
        ("HCPC2026_JAN_ANWEB.xlsx", &workbook(&[&HEADER, &ROW])),
        ("HCPC2025_OCT_ANWEB.xlsx", &workbook(&[&HEADER, &ROW])),
        ("NOC codes_JAN2026.xlsx", &noc_list()),
    ]);
    let releases = read_as("january-2026-alpha-numeric-hcpcs-file.zip", zip).unwrap();
    assert_eq!(ids(&releases), ["2025-10", "2026-01"]);
    let noc = |release: &Release| {
        let all = release.records.iter();
        all.filter(|own| own.not_otherwise_classified == Some(true))
            .count()
    };
    assert_eq!((noc(&releases[0]), noc(&releases[1])), (0, 1));
}

#[test]
fn a_workbook_as_large_as_cms_publishes_is_read_out_of_a_zip() {
    // 600 kB of digits that hardly compress, as rows of the sheet would be.
    let digits = (0..37_500).scan(1_u64, |state, _| {
        *state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        Some(format!("{state:016x}"))
    });
    let comment = format!("<!-- {} -->", digits.collect::<String>());
    let book = made::workbook_with(&[&HEADER, &ROW], &comment);
    assert!(book.len() > 280_000, "{}", book.len());
    let zip = archive(&[("1.xlsx", &corrections()), ("2.xlsx", &book)]);
    let release = read_as("april-2026-alpha-numeric-hcpcs-file.zip", zip).unwrap();
    assert_eq!(release[0].member.as_deref(), Some("2.xlsx"));
    assert_eq!(release[0].records.len(), 1);
}

#[test]
fn odd_names_are_only_names() {
    let zip = archive(&[
        ("../../HCPC2026_JAN.txt", &text()),
        ("/etc/notes", NOTES.as_bytes()),
    ]);
    let release = read_as("some.zip", zip).unwrap().remove(0);
    assert_eq!(release.member.as_deref(), Some("../../HCPC2026_JAN.txt"));
    assert_eq!(
        record(&release, "J1640")
            .processing_note
            .as_ref()
            .unwrap()
            .text
            .as_deref(),
        Some("AS REQUIRED BY LAW.")
    );
    for name in ["../../HCPC2026_JAN.txt", "/etc/notes"] {
        let told = format!("{name}: an odd name for a member; it is only read, never unpacked");
        assert!(release.notices.contains(&told), "{:?}", release.notices);
    }
}

fn ids(releases: &[Release]) -> Vec<String> {
    releases.iter().map(|own| format!("{:#}", own.id)).collect()
}

#[test]
fn a_folder_of_releases() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| made::file(folder.path(), name, bytes);
    put(
        "january-2026.zip",
        &archive(&[("HCPC2026_JAN.txt", &text())]),
    );
    put("HCPC2025_OCT_ANWEB_v3.xlsx", &workbook(&[&HEADER, &ROW]));
    put("HCPC2025_JUL_ANWEB.txt", &text());
    put("HCPC2025_JUL_ANWEB.xlsx", &workbook(&[&HEADER, &ROW]));
    put("proc_notes_JUL2025.txt", NOTES.as_bytes());
    put("Transaction_Report.xlsx", &transactions());
    put("other.zip", &archive(&[("readme.txt", b"nothing")]));
    put("broken.zip", b"PK\x03\x04 and no more");
    put("RBCS.csv", b"HCPCS_Cd,RBCS_ID\nJ1640,TD001N\n");
    std::fs::create_dir(folder.path().join("starter")).unwrap();
    let releases = read(folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!(ids(&releases), ["2025-07", "2025-10/v3", "2026-01"]);
    assert_eq!(releases[0].source, folder.path());
    assert_eq!(
        releases[0].member.as_deref(),
        Some("HCPC2025_JUL_ANWEB.txt")
    );
    let noted = |release: &Release| {
        record(release, "J1640")
            .processing_note
            .clone()
            .and_then(|own| own.text)
    };
    assert!(noted(&releases[0]).is_some());
    assert!(noted(&releases[2]).is_none());
    let notices = &releases[0].damage;
    assert!(
        notices
            .iter()
            .any(|own| own.starts_with("broken.zip: is a damaged zip, perhaps cut short")),
        "{notices:?}"
    );
}

#[test]
fn an_unpacked_zip() {
    let folder = tempfile::tempdir().unwrap();
    made::file(folder.path(), "HCPC2026_JAN_ANWEB.txt", text());
    made::file(folder.path(), "notes.txt", NOTES);
    made::file(folder.path(), "codes.xlsx", noc_list());
    let releases = read(folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!(ids(&releases), ["2026-01"]);
    assert_eq!(
        record(&releases[0], "J3490").not_otherwise_classified,
        Some(true)
    );
    assert!(
        record(&releases[0], "J1640")
            .processing_note
            .as_ref()
            .unwrap()
            .text
            .is_some()
    );
}

#[test]
fn which_release_it_is_can_be_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = made::file(folder.path(), "codes.txt", text());
    let id: ReleaseId = "2026-04/v2".parse().unwrap();
    let options = ReadOptions {
        id: Some(id.clone()),
        ..ReadOptions::default()
    };
    assert_eq!(read(&path, &options).unwrap()[0].id, id);
    let named = made::file(folder.path(), "HCPC2026_JAN.txt", text());
    let release = read(&named, &options).unwrap().remove(0);
    assert_eq!(release.id.to_string(), "2026-01");
    let told =
        "the name says 2026-01, so it is not read as 2026-04; rename it if the name is wrong";
    assert!(release.notices.contains(&told.to_owned()));
}

#[test]
fn what_is_a_release_and_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let is =
        |name: &str, bytes: &[u8]| is_release(&made::file(folder.path(), name, bytes)).unwrap();
    assert!(is("1", &text()));
    assert!(is("2", &archive(&[("x", &text())])));
    assert!(is("3", &workbook(&[&HEADER, &ROW])));
    assert!(is("4", HEADER.join(",").as_bytes()));
    assert!(!is("5", &transactions()));
    assert!(!is("6", &noc_list()));
    assert!(!is("7", b"# Hemin\n\nA clinical note.\n"));
    assert!(!is("8", &archive(&[("x", b"nothing")])));
    assert!(!is("9", NOTES.as_bytes()));
    assert!(is_release(folder.path()).unwrap());
    assert!(is_release(&folder.path().join("none")).is_err());
}
