//! What a coder asks first, on CMS's release of January 2026.

use crate::hcpcs::{DAY, Hcpcs, january_index};

/// The program on the release of January 2026, where that is at hand.
fn january() -> Option<Hcpcs> {
    january_index().map(|folder| Hcpcs::new().with_index(folder))
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn the_drug_comes_first() {
    let january = january().unwrap();
    assert_eq!(january.codes(&["hemin"])[0], "J1640");
    assert_eq!(january.codes(&["glyrx"])[0], "J1597");
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn injections_before_inhalation_solutions() {
    let january = january().unwrap();
    let codes = january.codes(&["glycopyrrolate injection"]);
    let mut first = codes[..4].to_vec();
    first.sort();
    assert_eq!(first, ["J1596", "J1597", "J1598", "J2711"]);
    let mut next = codes[4..].to_vec();
    next.sort();
    assert_eq!(next, ["J7642", "J7643"]);
}

/// 11.25 mg are three times 3.75 mg, no multiple of 1 or 7.5 mg; nobody swallows 40 tablets; a capsule
/// is not injected; what is measured by the millilitre is no tablet.
#[test]
#[ignore = "needs CMS's files in ../shared"]
fn a_dose_tells_the_code() {
    let hcpcs = january().unwrap();
    for (asked, code) in [
        ("leuprolide 3.75 mg", "J1950"),
        ("leuprolide 11.25 mg", "J1950"),
        ("leuprolide 22.5 mg", "J9217"),
        ("cyclophosphamide 50 mg", "J8530"),
        ("cyclophosphamide 1 g", "J9075"),
        ("methotrexate 1 g", "J9260"),
        ("tacrolimus 5 mg cap", "J7507"),
        ("dexamethasone 4 mg", "J8540"),
        ("dexamethasone 10 mg", "J1100"),
        ("dexamethasone 4 mg/ml", "J1100"),
    ] {
        assert_eq!(hcpcs.codes(&[asked])[0], code, "{asked}");
    }
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn a_filter_gives_only_what_it_names() {
    let january = january().unwrap();
    let answer = january.json(&[
        "search",
        "--coverage",
        "D",
        "--betos",
        "O1E",
        "--limit",
        "10000",
        "--as-of",
        DAY,
    ]);
    let hits = answer["hits"].as_array().unwrap();
    assert!(hits.len() > 100, "{}", hits.len());
    for hit in hits {
        assert_eq!(
            (&hit["coverage"]["code"], &hit["betos"]["code"]),
            (&"D".into(), &"O1E".into()),
            "{hit}"
        );
    }
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn ended_codes_are_reported() {
    let january = january().unwrap();
    january
        .run(["search", "triferic", "--as-of", DAY])
        .tells("terminated codes also match (--terminated)");
}

/// The page of the seeds and `hcpcs show` agree on J1640: the output has every value that the page
/// gives from CMS's record.
#[test]
#[ignore = "needs CMS's files in ../shared"]
fn show_says_what_the_record_page_says() {
    let january = january().unwrap();
    let shown = january
        .run(["show", "J1640", "--as-of", DAY])
        .code(0)
        .stdout;
    for value in [
        "Injection, hemin, 1 mg",
        "51",
        "Drugs",
        "D",
        "Special coverage instructions apply",
        "YY",
        "2008-01-01",
        "0095",
        "AS REQUIRED BY BBRA SECTION 201.",
        "O1E",
        "Other drugs",
        "Medical care",
        "2006-01-01",
    ] {
        assert!(shown.contains(value), "no {value:?} in {shown}");
    }
}
