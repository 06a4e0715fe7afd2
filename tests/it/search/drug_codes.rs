//! NDCs in every form in which labels, claims and spreadsheets write them.

use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

const CROSSWALK: &str = "January 2026 ASP NDC - HCPCS Crosswalk\n\n\
    _2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\n\
    J1640,Hemin,Recordati,55292-0702-55,Panhematin,1 MG,1,1,336,336\n\
    J1700,Other,Maker,05529-2702-55,Otherdrug,1 MG,1,1,1,1\n\
    J1652,Fonda,Reddy,55111-0680-02,Fondaparinux,0.5 MG,1,1,5,5\n\
    J1652,Fonda,Reddy,55111-0680-10,Fondaparinux,0.5 MG,1,10,5,50\n\
    J0001,Ended,Maker,00002-7510-01,Oldname,1 MG,1,1,1,1\n";

fn hcpcs() -> Hcpcs {
    let hcpcs = Hcpcs::new();
    let records = [
        line("J0001", "Injection, ended, 1 mg").set(285, "20251231"),
        line("J1640", "Injection, hemin, 1 mg"),
        line("J1652", "Injection, fondaparinux, 0.5 mg"),
        line("J1700", "Injection, other, 1 mg"),
        line("E0194", "Air fluidized bed"),
    ];
    let release = hcpcs.file("HCPC2026_JAN_ANWEB.txt", crate::made::text(&records));
    let crosswalk = hcpcs.file("crosswalk.csv", CROSSWALK);
    let note = "---\ncode: E0194\ntitle: Bed\n---\nRates of 1990 and 50090 units, 70 0702 55.\n";
    let note = hcpcs.file("bed.md", note);
    let paths = [&release, &crosswalk, &note].map(|path| path.to_str().unwrap());
    hcpcs.run([&["index"], &paths[..]].concat()).code(0);
    hcpcs
}

#[test]
fn a_package_in_every_form() {
    let hcpcs = hcpcs();
    for number in [
        "55292-0702-55",
        "55292070255",
        "55292-702-55",
        "NDC 55292-0702-55",
        "ndc: 55292-0702-55",
        "N455292070255",
        "N455292070255 UN1",
        "N4 55292-0702-55 ML2.5",
        "LIN**N4*55292070255",
        "55292 0702 55",
        "NDC 55292 702 55",
        "55292\u{2011}0702\u{2011}55",
        "55292-0702",
        "55292-702",
        "552920702",
    ] {
        assert_eq!(hcpcs.codes(&[number]), ["J1640"], "{number}");
    }
    let ran = hcpcs
        .run(["search", "N455292070255", "--as-of", DAY])
        .code(0);
    ran.prints("55292-0702-55, an NDC of Panhematin (NDC-HCPCS crosswalk, 2026-01)");
}

#[test]
fn ten_digits_fit_where_they_fit() {
    let hcpcs = hcpcs();
    let answer = hcpcs.json(&["search", "5529270255", "--as-of", DAY]);
    let hits = answer["hits"].as_array().unwrap().iter();
    let found: Vec<(&Value, &Value)> = hits
        .map(|hit| (&hit["code"], &hit["why"][0]["found"]))
        .collect();
    assert_eq!(
        found,
        [
            (&"J1700".into(), &"05529-2702-55".into()),
            (&"J1640".into(), &"55292-0702-55".into())
        ]
    );
    let notice = "5529270255: may be NDC 05529-2702-55 or 55292-0702-55; each is shown";
    assert_eq!(answer["notices"][0], notice);
    let answer = hcpcs.json(&["search", "5511168002", "--as-of", DAY]);
    assert_eq!(answer["hits"][0]["code"], "J1652");
    assert_eq!(
        answer["notices"][0],
        "5511168002: read as NDC 55111-0680-02"
    );
}

#[test]
fn a_product_has_all_its_packages() {
    let answer = hcpcs().json(&["search", "55111-0680", "--as-of", DAY]);
    assert_eq!(
        (&answer["total"], &answer["hits"][0]["code"]),
        (&1.into(), &"J1652".into())
    );
    let why = answer["hits"][0]["why"].as_array().unwrap().iter();
    let packages: Vec<&str> = why.map(|own| own["found"].as_str().unwrap()).collect();
    assert_eq!(packages, ["55111-0680-02", "55111-0680-10"]);
}

#[test]
fn an_unknown_one_is_said_and_matches_no_words() {
    let hcpcs = hcpcs();
    for number in [
        "50090-1990",
        "50090-1990-55",
        "50090199055",
        "70 0702 55",
        "NDC 1234567",
    ] {
        let ran = hcpcs.run(["search", number, "--as-of", DAY]);
        if number == "70 0702 55" {
            continue; // no NDC by its shape, so words
        }
        assert_eq!(ran.code, 1, "{number}: {ran:?}");
        ran.prints("unknown: NDC ").prints(", in no crosswalk");
    }
    // A number of seven or eight digits that no product has is a word.
    let ran = hcpcs.run(["search", "1234567", "--as-of", DAY]).code(1);
    assert!(!ran.stdout.contains("NDC"), "{ran:?}");
}

#[test]
fn without_a_crosswalk_that_is_said() {
    let hcpcs = Hcpcs::new().release(&[line("J1640", "Injection, hemin, 1 mg")]);
    hcpcs
        .run(["search", "55292-0702-55"])
        .code(1)
        .prints("no NDC-HCPCS crosswalk is indexed");
}

#[test]
fn a_drug_of_an_ended_code_leads_to_it() {
    let hcpcs = hcpcs();
    for number in ["0002-7510-01", "2751001"] {
        hcpcs
            .run(["search", number, "--as-of", DAY])
            .code(1)
            .prints("J0001")
            .prints("terminated 2025-12-31");
    }
}
