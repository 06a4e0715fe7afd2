//! Questions that are codes, patterns, ranges, or a code with a modifier.

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

fn hcpcs() -> Hcpcs {
    Hcpcs::new().release(&[
        line("RR", "Rental"),
        line("JW", "Drug amount discarded"),
        line("E0601", "Continuous positive airway pressure device"),
        line("J1596", "Injection, glycopyrrolate, 0.1 mg"),
        line("J1600", "Injection, gold, 50 mg"),
        line("J1640", "Injection, hemin, 1 mg"),
        line("J1700", "Injection, hydrocortisone, 25 mg"),
    ])
}

#[test]
fn codes_are_answered_as_codes() {
    let hcpcs = hcpcs();
    for (query, codes) in [
        ("J1640", &["J1640"][..]),
        ("j1640 J1596", &["J1640", "J1596"]),
        ("J1640,J1640", &["J1640", "J1640"]),
        ("J16", &["J1600", "J1640"]),
        ("j 1640", &["J1640"]),
        ("HCPCS J1640", &["J1640"]),
        ("E0601RR", &["E0601", "RR"]),
        ("J1600 to J1640", &["J1600", "J1640"]),
        ("J1600–J1640", &["J1600", "J1640"]),
        ("J1640\u{200b}", &["J1640"]),
        ("E0601\u{2011}RR", &["E0601", "RR"]),
        ("J1640\nE0601\n", &["J1640", "E0601"]),
        ("J16* -J1600", &["J1640"]),
        ("J16*", &["J1600", "J1640"]),
        ("j*", &["J1596", "J1600", "J1640", "J1700"]),
        ("J1600-J1699", &["J1600", "J1640"]),
        ("E0601 RR", &["E0601", "RR"]),
        ("E0601-RR", &["E0601", "RR"]),
        ("HC:E0601:RR", &["E0601", "RR"]),
        ("jw", &["JW"]),
    ] {
        assert_eq!(hcpcs.codes(&[query]), codes, "{query}");
    }
}

#[test]
fn a_code_among_words_is_a_word() {
    assert_eq!(hcpcs().codes(&["J1640 hemin"])[0], "J1640");
}

#[test]
fn codes_that_are_not_there_are_rows_with_the_nearest() {
    let hcpcs = hcpcs();
    hcpcs
        .run(["search", "E0601 J9999 XX", "--as-of", DAY])
        .code(0)
        .prints("J9999  unknown: in no release that is indexed\n")
        .prints("       nearest J1640  Injection, hemin, 1 mg\n")
        .prints("XX     unknown: in no release that is indexed\n")
        .told("3 asked: 1 valid, 2 unknown · release 2026-01, partial · as of 2026-02-01");
    hcpcs
        .run(["search", "J9999", "--as-of", DAY])
        .code(1)
        .told("J9999 is unknown · release 2026-01, partial · as of 2026-02-01");
    let answer = hcpcs.json(&["search", "J164O", "--as-of", DAY]);
    let asked = &answer["asked"][0];
    assert_eq!(asked["verdict"], "unknown", "{answer}");
    assert_eq!(asked["nearest"][0]["code"], "J1640", "{answer}");
    assert_eq!(answer["not_found"][0], "J164O");
}

#[test]
fn what_is_no_code_of_ours_is_said() {
    let hcpcs = hcpcs();
    for (query, row, verdict) in [
        (
            "99213",
            "99213  out of scope: a CPT number, which is HCPCS Level I and not covered here\n",
            "out of scope",
        ),
        (
            "D0120",
            "D0120  out of scope: a CDT (dental) code, which is not covered here\n",
            "out of scope",
        ),
        (
            "J1699-J1600",
            "J1699-J1600  unknown: a range that runs backwards; write the lower code first\n",
            "unknown",
        ),
    ] {
        let ran = hcpcs.run(["search", query, "--as-of", DAY]).code(1);
        assert_eq!(ran.stdout, row);
        ran.told(&format!(
            "{query} is {verdict} · release 2026-01, partial · as of 2026-02-01"
        ));
    }
}
