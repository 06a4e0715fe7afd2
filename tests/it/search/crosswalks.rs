//! Crosswalks of several quarters: each answers for its own, whatever the order of updates.

use std::path::{Path, PathBuf};

use crate::hcpcs::Hcpcs;
use crate::made::{line, text};

const HEADINGS: &str = "CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG";
const QUARTERS: [(&str, &str); 3] = [
    ("January 2025", "J0171"),
    ("July 2025", "J0169"),
    ("January 2026", "J0165"),
];
const MOVED: &str = "00404-9810-01";

/// A release with the codes among which a drug moves, and a crosswalk for each quarter.
fn files(hcpcs: &Hcpcs) -> Vec<PathBuf> {
    let records = [
        line("J0165", "Injection, epinephrine, by itself, 0.1 mg").set(277, "20260101"),
        line("J0169", "Injection, epinephrine (adrenalin), 0.1 mg").set(277, "20250701"),
        line("J0171", "Injection, adrenalin, epinephrine, 0.1 mg").set(285, "20250630"),
        line("J1640", "Injection, hemin, 1 mg"),
    ];
    let release = hcpcs.file("HCPC2026_JAN_ANWEB.txt", text(&records));
    let crosswalks = QUARTERS.iter().enumerate().map(|(nth, (quarter, code))| {
        let rows = format!(
            "{code},x,Maker,{MOVED},Adrenalin,0.1 MG,1,1,10,10\n\
             J1640,x,Maker,55292-0702-55,Panhematin,1 MG,1,1,336,336\n"
        );
        let title = format!("{quarter} ASP NDC - HCPCS Crosswalk");
        // the names are not in the order of the quarters
        let name = format!("{} crosswalk.csv", 9 - nth);
        hcpcs.file(&name, format!("{title}\n{HEADINGS}\n{rows}"))
    });
    [release].into_iter().chain(crosswalks).collect()
}

fn data_file(hcpcs: &Hcpcs, index: &Path) -> Vec<u8> {
    let generation = hcpcs.json(&["status"])["generation"].clone();
    std::fs::read(index.join(generation.as_str().unwrap())).unwrap()
}

#[test]
fn on_a_day_the_crosswalk_of_its_quarter_comes_first() {
    let hcpcs = Hcpcs::new();
    let files = files(&hcpcs);
    let files = files.iter().map(|own| own.to_str().unwrap());
    let command: Vec<&str> = ["index"].into_iter().chain(files).collect();
    hcpcs.run(&command).code(0);
    for (day, code, crosswalk, notice) in [
        (
            "2024-12-01",
            "J0171",
            "2025-01",
            Some("holds from 2025-01-01 on"),
        ),
        ("2025-02-01", "J0171", "2025-01", None),
        (
            "2025-05-01",
            "J0171",
            "2025-01",
            Some("holds until 2025-03-31"),
        ),
        ("2025-09-30", "J0169", "2025-07", None),
        ("2026-02-01", "J0165", "2026-01", None),
        (
            "2026-11-26",
            "J0165",
            "2026-01",
            Some("holds until 2026-03-31"),
        ),
    ] {
        let answer = hcpcs.json(&["search", MOVED, "--as-of", day]);
        let first = &answer["hits"][0];
        assert_eq!(first["code"], code, "{day}");
        let source = format!("NDC-HCPCS crosswalk, {crosswalk}");
        assert_eq!(first["why"][0]["source"], source, "{day}");
        let notices = answer["notices"].to_string();
        match notice {
            Some(notice) => assert!(notices.contains(notice), "{day}: {notices}"),
            None => assert!(!notices.contains("holds"), "{day}: {notices}"),
        }
        let details = hcpcs.json(&["show", "J1640", "--as-of", day]);
        assert_eq!(details[0]["crosswalk"]["source"], source, "{day}");
        let products = details[0]["about"]["drug_products"].as_array().unwrap();
        assert_eq!(products.len(), QUARTERS.len(), "{day}");
        assert_eq!(products[0]["source"], source, "{day}");
        let shown = hcpcs.run(["show", "J1640", "--as-of", day]).code(0).stdout;
        assert_eq!(shown.matches("Panhematin, Maker").count(), 1, "{shown}");
        assert_eq!(
            shown.matches("and 1 product in NDC-HCPCS").count(),
            2,
            "{shown}"
        );
        let units = hcpcs.json(&["units", MOVED, "--vials", "2", "--as-of", day]);
        assert_eq!(units["code"], code, "{day}: {units}");
    }
}

#[test]
fn an_ndc_that_the_crosswalk_of_the_day_lacks_is_said_to_be_of_another() {
    let hcpcs = Hcpcs::new();
    let files = files(&hcpcs);
    let gone = format!(
        "July 2026 ASP NDC - HCPCS Crosswalk\n{HEADINGS}\n\
         J1640,x,Maker,55292-0702-55,Panhematin,1 MG,1,1,336,336\n"
    );
    let gone = hcpcs.file("later.csv", gone);
    let files = files.iter().chain([&gone]).map(|own| own.to_str().unwrap());
    let command: Vec<&str> = ["index"].into_iter().chain(files).collect();
    hcpcs.run(&command).code(0);
    let ran = hcpcs
        .run(["search", MOVED, "--as-of", "2026-08-01"])
        .code(0);
    ran.tells("00404-9810-01: not in NDC-HCPCS crosswalk, 2026-07, that of the day")
        .prints("an NDC of Adrenalin (NDC-HCPCS crosswalk, 2026-01)");
    hcpcs
        .run(["show", "J0165", "--as-of", "2026-08-01"])
        .code(0)
        .prints("not in NDC-HCPCS crosswalk, 2026-07, that of the day");
}

#[test]
fn any_order_of_updates_gives_the_same_data_file() {
    let made = Hcpcs::new();
    let files = files(&made);
    let [release, crosswalks @ ..] = &files[..] else {
        unreachable!()
    };
    let orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    let of_each: Vec<Vec<u8>> = orders
        .iter()
        .map(|order| {
            let index = made.file(&format!("{order:?}/x"), "");
            let index = index.parent().unwrap().join("index");
            let hcpcs = Hcpcs::new().with_index(&index);
            hcpcs.run(["index", release.to_str().unwrap()]).code(0);
            for nth in order {
                hcpcs
                    .run(["update", crosswalks[*nth].to_str().unwrap()])
                    .code(0);
            }
            data_file(&hcpcs, &index)
        })
        .collect();
    assert!(of_each.iter().all(|own| *own == of_each[0]));
}
