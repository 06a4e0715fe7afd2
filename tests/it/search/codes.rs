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
        ("J1640,J1640", &["J1640"]),
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
fn codes_that_are_not_there_are_told() {
    let hcpcs = hcpcs();
    hcpcs
        .run(["search", "E0601 J9999 XX", "--as-of", DAY])
        .code(0)
        .told("not found: J9999, XX\n1 code matches · release 2026-01, partial · as of 2026-02-01");
    hcpcs
        .run(["search", "J9999", "--as-of", DAY])
        .code(1)
        .told("not found: J9999\nnear J9999: J1640, J1700\nno code matches · release 2026-01, partial · as of 2026-02-01");
}

#[test]
fn what_is_no_code_of_ours_is_told() {
    let hcpcs = hcpcs();
    for (query, notice) in [
        (
            "99213",
            "99213 is a CPT number, which is HCPCS Level I and not covered here",
        ),
        (
            "D0120",
            "D0120 is a CDT (dental) code, which is not covered here",
        ),
        (
            "J1699-J1600",
            "J1699-J1600 is a range that runs backwards; write the lower code first",
        ),
    ] {
        let told =
            format!("{notice}\nno code matches · release 2026-01, partial · as of 2026-02-01");
        hcpcs
            .run(["search", query, "--as-of", DAY])
            .code(1)
            .told(&told);
    }
}
