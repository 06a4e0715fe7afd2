//! What cannot be read, and what is said of it.

use std::fs;

use super::message;
use crate::made::{archive, file, line, text, workbook};

fn told(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let folder = tempfile::tempdir().unwrap();
    message(&file(folder.path(), name, bytes))
}

fn release() -> Vec<u8> {
    text(&[line("J1640", "Hemin")]).into_bytes()
}

#[test]
fn nothing_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("absent.zip");
    assert_eq!(message(&path), ": no such file or folder; check the path");
}

#[test]
fn nothing_in_it() {
    assert_eq!(
        told("HCPC2026_JAN.txt", ""),
        ": is empty; download or copy the file again"
    );
}

#[test]
fn no_release_in_it() {
    let advice =
        ": holds no HCPCS release; give the zip that CMS publishes, its text or its workbook";
    assert_eq!(told("a.txt", "Some prose\n"), advice);
    assert_eq!(
        told("a.zip", archive(&[("a.txt", b"Some prose\n")])),
        advice
    );
    assert_eq!(told("a.zip", archive(&[])), advice);
    assert_eq!(
        told(
            "a.xlsx",
            workbook(&[&["HCPC", "ACTION CD"], &["J1640", "ADD"]])
        ),
        advice
    );
    assert_eq!(told("a.csv", "a,b\n1,2\n"), advice);
    assert_eq!(message(tempfile::tempdir().unwrap().path()), advice);
}

#[test]
fn only_codes_of_others() {
    assert_eq!(
        told(
            "HCPC2026_JAN.txt",
            text(&[line("99213", "Visit"), line("D0120", "Exam")])
        ),
        ": holds no HCPCS release: it has only CPT or CDT codes, which are not covered; give the zip that CMS publishes"
    );
}

#[test]
fn only_broken_lines() {
    assert_eq!(
        told(
            "HCPC2026_JAN.txt",
            text(&[line("J1640", "Hemin").set(269, "2026-01-")])
        ),
        ": holds no HCPCS release that can be read; broken lines: 1, the first is line 1: J1640: ADD DT (HCPCS_CD_ADD_DT): `2026-01-` is not a date (YYYYMMDD); download it again"
    );
}

#[test]
fn no_name_that_says_which_release() {
    assert_eq!(
        told("codes.txt", release()),
        ": the name does not say which release this is"
    );
}

#[test]
fn a_zip_cut_short() {
    let zip = archive(&[("HCPC2026_JAN.txt", &release())]);
    let message = told("january-2026.zip", &zip[..zip.len() / 2]);
    assert!(
        message.starts_with(": is a damaged zip, perhaps cut short ("),
        "{message}"
    );
    assert!(message.ends_with("); download it again"), "{message}");
}

#[test]
fn a_damaged_member() {
    let mut zip = archive(&[("HCPC2026_JAN.txt", &release())]);
    for byte in &mut zip[60..80] {
        *byte ^= 0x55;
    }
    let message = told("january-2026.zip", zip);
    let start = ": holds no HCPCS release that can be read: HCPC2026_JAN.txt: is damaged (";
    assert!(message.starts_with(start), "{message}");
    assert!(message.ends_with("); download the zip again"), "{message}");
}

#[test]
fn an_encrypted_member() {
    let mut zip = archive(&[("HCPC2026_JAN.txt", &release())]);
    zip[6] |= 1;
    let central = zip
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    zip[central + 8] |= 1;
    assert_eq!(
        told("january-2026.zip", zip),
        ": holds no HCPCS release that can be read: HCPC2026_JAN.txt: is encrypted; unpack the zip and give the folder"
    );
}

#[test]
fn a_zip_that_unpacks_to_gigabytes() {
    let size: u32 = (64 << 20) + 1;
    let zip = archive(&[("HCPC2026_JAN.txt", &vec![b' '; size as usize])]);
    assert!(zip.len() < 100_000);
    let expected = ": holds no HCPCS release that can be read: HCPC2026_JAN.txt: unpacks to more than 64 MiB, which is not read; check where the zip comes from";
    assert_eq!(told("january-2026.zip", &zip), expected);
    // a false size is not trusted
    let (size, small) = (size.to_le_bytes(), 100_u32.to_le_bytes());
    let mut lying = zip;
    while let Some(at) = lying.windows(4).position(|window| window == size) {
        lying[at..at + 4].copy_from_slice(&small);
    }
    let message = told("january-2026.zip", lying);
    assert!(
        message.starts_with(": holds no HCPCS release that can be read: HCPC2026_JAN.txt: "),
        "{message}"
    );
}

#[test]
fn more_members_than_a_release_has() {
    let names: Vec<String> = (0..1_001).map(|nth| nth.to_string()).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(
        told("january-2026.zip", archive(&members)),
        ": holds 1001 members, and a release of CMS holds seven; give the zip that CMS publishes"
    );
}

#[test]
fn damaged_workbooks() {
    let book = workbook(&[&["HCPC"]]);
    let cut = told("HCPC2026_JAN.xlsx", &book[..book.len() - 40]);
    assert!(
        cut.starts_with(": is a damaged zip, perhaps cut short ("),
        "{cut}"
    );
    let hollow = told(
        "HCPC2026_JAN.xlsx",
        archive(&[("[Content_Types].xml", b"<Types/>")]),
    );
    assert!(
        hollow.starts_with(": is no readable workbook ("),
        "{hollow}"
    );
    assert!(hollow.ends_with("); save it again as .xlsx"), "{hollow}");
    assert_eq!(
        told("HCPC2026_JAN.xls", b"\xD0\xCF\x11\xE0 and no more"),
        ": is no readable workbook (its parts cannot be found); save it again as .xlsx"
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "HCPC2026_JAN.txt", release());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        println!("skipped: this user may read every file");
        return;
    }
    assert!(message(&path).starts_with(": cannot read: "));
}
