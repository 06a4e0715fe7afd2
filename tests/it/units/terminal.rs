//! `hcpcs units` on the starter set and on a made crosswalk.

use std::sync::OnceLock;

use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs, Ran};
use crate::made::line;

/// Some codes, modifiers and drug packages, indexed once.
pub(super) fn made() -> &'static Hcpcs {
    static HCPCS: OnceLock<Hcpcs> = OnceLock::new();
    HCPCS.get_or_init(|| {
        let hcpcs = Hcpcs::new().release(&[
            line("J1001", "Injection, alpha, 0.1 mg"),
            line("J1002", "Injection, beta, 1 microgram (non-esrd use)"),
            line("J1003", "Injection, beta, 1 microgram (for esrd on dialysis)"),
            line("J1004", "Injection, gamma factor, per i.u."),
            line("J1005", "Injection, delta 1 gram/epsilon 0.125 grams (1.125 grams)"),
            line("J1006", "Injection, zeta, 50 mg"),
            line("J1007", "Injection, eta, 10 mg").set(285, "20251231"),
            line("J1008", "Injection, theta, 10 mg").set(269, "20260301"),
            line("J1009", "Unclassified drugs"),
            line("J1010", "Injection, iota, 100 mg"),
            line("JW", "Drug amount discarded"),
            line("JZ", "Zero drug amount discarded").set(269, "20230101"),
        ]);
        let rows = [
            "J1001,Alphadrug,Acme,51754-6001-04,0.1 MG,2,25,4,100",
            "J1002,Betadrug,Acme,55513-0002-04,1 MCG,1,4,25,100",
            "J1003,Betadrug,Acme,55513-0002-04,1 MCG,1,4,25,100",
            "J1004,Gammadrug,Acme,00944-2841-10,1 IU,1,1,1,1",
            "J1005,Deltadrug,Acme,00264-3450-22,1.125 GM,1,24,4,96",
            "J1006,Zetadrug,Acme,00641-0928-25,50 MG,1,25,0.5,13",
            "J1007,Etadrug,Acme,00001-0001-01,10 MG,1,1,10,10",
            "J1010,Iotadrug,Acme,00002-0002-02,100 MG,1,1,many,many",
        ];
        let text = format!(
            "January 2026 ASP NDC - HCPCS Crosswalk\n\n_2026_CODE,Drug Name,LABELER NAME,NDC2,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\n{}\n",
            rows.join("\n")
        );
        let path = hcpcs.file("crosswalk.csv", text);
        hcpcs.run(["update".as_ref(), path.as_os_str()]).code(0);
        hcpcs
    })
}

fn units(hcpcs: &Hcpcs, args: &[&str]) -> Ran {
    hcpcs.run([&["units"], args, &["--as-of", DAY]].concat())
}

#[test]
fn a_dose_and_its_vials() {
    let expected = "\
J1597  4 units of 0.1 mg for 0.4 mg
       Glycopyrrolate for injection, Glyrx-PF brand, per 0.1 mg
       valid on 2026-02-01, release 2026-01/starter, 809 of about 9,000 codes

Vials         2 of 0.2 mg
Claim line    J1597 JZ       4  given, nothing discarded
Rule          CMS, Medicare Claims Processing Manual (Pub. 100-04), chapter 17,
              section 40, and CMS's JW and JZ modifier FAQs
Note          JW and JZ are for single-dose containers; what is left in a multi-
              dose container is not billed
arithmetic on CMS's data, not billing advice
";
    let ran = units(&Hcpcs::starter(), &["J1597", "0.4mg", "--vial", "0.2mg"]);
    assert_eq!(ran.code(0).stdout, expected);
}

#[test]
fn doses_of_the_starter_set() {
    let starter = Hcpcs::starter();
    let count = |args: &[&str]| {
        let all = [&["units"], args, &["--as-of", DAY]].concat();
        starter.json(&all)["units"].clone()
    };
    assert_eq!(count(&["J1597", "0.4mg"]), 4);
    assert_eq!(count(&["j1597", "2 ml of 0.2 mg/ml"]), 4);
    assert_eq!(count(&["J1597", "2", "ml", "of", "0.2", "mg/ml"]), 4);
    assert_eq!(count(&["J9035", "305 mg"]), 31);
    assert_eq!(count(&["J9035", "--weight", "70kg", "--per-kg", "5mg"]), 35);
    assert_eq!(
        count(&["J9035", "--weight", "154 lb", "--per-kg", "5mg/kg"]),
        35
    );
    assert_eq!(count(&["J0885", "40,000 units"]), 40);
    assert_eq!(count(&["A9552", "12 mCi"]), 1);
    assert_eq!(count(&["J0702", "12 mg/12 mg"]), 4);
    let unit = &starter.json(&["units", "J1597", "--as-of", DAY])["unit"];
    assert_eq!(unit, &serde_json::json!({"amount": "0.1", "unit": "mg"}));
}

#[test]
fn what_is_discarded_is_a_line_of_its_own() {
    let hcpcs = Hcpcs::starter();
    let args = ["units", "J9035", "305 mg", "--vial", "100mg", "--as-of"];
    let lines = |day: &str| hcpcs.json(&[&args[..], &[day]].concat())["lines"].clone();
    let line = |modifier: serde_json::Value, units: u64| serde_json::json!({"code": "J9035", "modifier": modifier, "units": units});
    assert_eq!(
        lines(DAY),
        serde_json::json!([line(().into(), 31), line("JW".into(), 9)])
    );
    // less than a unit is left: no line with JW
    let args = ["units", "J9035", "95 mg", "--vial", "100mg", "--as-of"];
    let lines = |day: &str| hcpcs.json(&[&args[..], &[day]].concat())["lines"].clone();
    assert_eq!(lines(DAY), serde_json::json!([line("JZ".into(), 10)]));
    // JZ began in 2023
    assert_eq!(
        lines("2022-06-01"),
        serde_json::json!([line(().into(), 10)])
    );
    let told = hcpcs.json(&[&args[..], &["2022-06-01"]].concat())["notices"].to_string();
    assert!(told.contains("JZ is not valid on 2022-06-01"), "{told}");
}

#[test]
fn a_quantity_of_a_package_as_a_claim_states_it() {
    for (args, expected) in [
        (&["51754-6001-04", "ML2.5"][..], 5),
        (&["N451754600104ML2.5"], 5),
        (&["n4 51754-6001-04 ml 2"], 4),
        (&["J1002", "UN2", "--ndc", "55513-0002-04"], 50),
        (&["J1002", "--ndc", "N455513000204UN2"], 50),
        (&["51754-6001-04", "ML0.3"], 1),
    ] {
        let ran = units(made(), &[args, &["--json"]].concat()).code(0);
        let got: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(got["units"], expected, "{args:?}: {got}");
    }
    for (args, said) in [
        (&["J1001", "UN10"][..], "give its NDC"),
        (&["51754-6001-04", "UN1"], "states in ML"),
        (&["N451754600104ML2", "0.4 mg"], "give one of them"),
        (&["N451754600104ML2", "ML4"], "give one of them"),
        (&["N451754600104ML2", "--vials", "2"], "give one of them"),
    ] {
        let ran = units(made(), args).tells(said);
        assert_ne!(ran.code, 0, "{args:?}");
    }
}

#[test]
fn a_package_by_its_ndc() {
    let json = |args: &[&str]| made().json(&[&["units"], args, &["--as-of", DAY]].concat());
    for (args, units, quantity) in [
        (&["51754-6001-04", "--vials", "3"][..], 12, Some("6")),
        (&["51754600104", "--packages", "1"], 100, Some("50")),
        (&["NDC 51754-6001-4", "--units", "10"], 10, Some("6")),
        (
            &["J1002", "--ndc", "55513-0002-04", "--vials", "2"],
            50,
            None,
        ),
        (&["00264-3450-22", "4.5 g"], 4, None),
        (&["00641-0928-25", "--packages", "1"], 13, None),
    ] {
        let got = json(args);
        assert_eq!(got["units"], units, "{args:?}: {got}");
        let stated = &got["package"]["ndc_quantity"];
        assert_eq!(stated["quantity"].as_str(), quantity, "{args:?}: {got}");
        let is_told = got["notices"].to_string().contains("is not known");
        assert_eq!(is_told, quantity.is_none(), "{got}");
    }
    units(made(), &["51754-6001-04", "0.5 mg"])
        .prints("5  given, NDC quantity ML2.5")
        .prints("3  discarded, NDC quantity ML1.5")
        .prints("NDC quantity  ML4 of all lines");
    let got = json(&["51754-6001-04", "0.5 mg"]);
    assert_eq!(
        (&got["vials"]["vials"], &got["vials"]["discarded"]),
        (&2.into(), &3.into())
    );
    let got = json(&["00641-0928-25", "--vials", "3"]);
    assert_eq!(
        (&got["units"], &got["rounded_up"]),
        (&2.into(), &true.into())
    );
    assert_eq!(got["package"]["exact_units"], "1.5");
    let told = got["notices"].to_string();
    assert!(
        told.contains("CMS states 13 units a package, which is not 25 times the 0.5"),
        "{told}"
    );
    let shown = units(made(), &["51754-6001-04", "--vials", "3"]).code(0);
    shown
        .prints("4 units a vial of size 2, 100 units a package of 25")
        .prints("NDC quantity  ML6");
}

#[test]
fn a_package_in_the_place_of_the_dose_is_read() {
    let expected = made().json(&["units", "N451754600104ML2.5", "--as-of", DAY]);
    assert_eq!(expected["units"], 5);
    for args in [
        &["J1001", "N451754600104ML2.5"][..],
        &["J1001", "N451754600104 ML2.5"],
        &["J1001", "51754-6001-04", "ML2.5"],
        &["J1001", "NDC", "51754-6001-04", "ML2.5"],
        &["J1001", "ML2.5", "--ndc", "51754-6001-04"],
    ] {
        let got = made().json(&[&["units"], args, &["--as-of", DAY]].concat());
        assert_eq!(got, expected, "{args:?}");
    }
    let got = made().json(&["units", "J1001", "51754-6001-04 0.4 mg", "--as-of", DAY]);
    assert_eq!(
        (&got["units"], &got["vials"]["vials"]),
        (&4.into(), &1.into()),
        "{got}"
    );
    let two = units(made(), &["51754-6001-04", "N451754600104ML2.5"]);
    two.code(2).tells("two NDCs are given");
}

#[test]
fn a_crosswalk_of_another_quarter_is_said_to_be_one() {
    let got = made().json(&["units", "51754-6001-04", "--as-of", "2026-11-26"]);
    let told = got["notices"].to_string();
    assert!(told.contains("holds until 2026-03-31"), "{told}");
    let got = made().json(&["units", "51754-6001-04", "--as-of", "2025-11-26"]);
    let told = got["notices"].to_string();
    assert!(told.contains("holds from 2026-01-01 on"), "{told}");
}

#[test]
fn no_figure_where_there_is_none() {
    for (args, code, part) in [
        (
            &["J1001", "2 ml"][..],
            2,
            "2 ml cannot be counted in units of 0.1 mg; give the strength too",
        ),
        (&["J1001", "-5mg"], 2, "is not more than zero"),
        (&["J1001", "0 mg"], 2, "is not more than zero"),
        (&["J1001", "much"], 2, "`much` is not a dose"),
        (&["J1001", "5"], 2, "has no unit"),
        (&["J1001", "0,4 mg"], 2, "write a point before decimals"),
        (&["J1001", "900000 g"], 2, "check the dose"),
        (&["J1001", "250 MG/ML"], 2, "is a strength, not a dose"),
        (
            &["J1001", "--weight", "70", "--per-kg", "5mg"],
            2,
            "has no unit",
        ),
        (
            &["J1001", "--weight", "7000kg", "--per-kg", "5mg"],
            2,
            "is not a body weight",
        ),
        (&["J1001", "--vial", "5mg"], 2, "without a dose"),
        (&["J1001", "--vials", "5"], 2, "give the NDC"),
        (&["51754-6001-04", "--vials", "0"], 2, "more than zero"),
        (
            &["51754-6001-04", "0.4mg", "--vials", "1"],
            2,
            "give one of",
        ),
        (&["J1005", "1 g / 1 g"], 2, "proportion"),
        (&["99213", "5mg"], 2, "CPT"),
        (
            &["5175460010", "--vials", "1"],
            2,
            "`5175460010` has no hyphens and may be",
        ),
        (
            &["J1009", "5mg"],
            1,
            "from its descriptor: Unclassified drugs",
        ),
        (
            &["J1007", "5mg"],
            1,
            "J1007 is not valid on 2026-02-01: it ended on 2025-12-31",
        ),
        (
            &["J1008", "5mg"],
            1,
            "J1008 is not valid on 2026-02-01: it begins on 2026-03-01",
        ),
        (&["J0000", "5mg"], 1, "no release that is indexed has J0000"),
        (
            &["00001-0001-01", "--vials", "1"],
            1,
            "J1007 is not valid on 2026-02-01",
        ),
        (
            &["55513-0002-04", "--vials", "1"],
            1,
            "billed with J1002 and J1003 on 2026-02-01",
        ),
        (
            &["J1001", "--ndc", "55513-0002-04"],
            1,
            "under J1002 and J1003, not under J1001",
        ),
        (
            &["99999-9999-99"],
            1,
            "99999-9999-99 is not in NDC-HCPCS crosswalk, 2026-01",
        ),
        (&["00944-2841-10", "--vials", "2"], 1, "differ in potency"),
        (&["00002-0002-02", "--vials", "2"], 1, "are not numbers"),
    ] {
        let ran = units(made(), args).code(code);
        assert_eq!(ran.stdout, "", "{args:?}");
        assert!(ran.stderr.contains(part), "{args:?}: {}", ran.stderr);
    }
    units(&Hcpcs::starter(), &["51754-6001-04", "--vials", "3"])
        .code(1)
        .tells("needs CMS's ASP NDC-HCPCS crosswalk, and none is indexed; add it with");
}

#[test]
fn ten_digits_that_may_be_two_packages_name_both() {
    let rows = "J1001,Alphadrug,55292-0702-55\nJ1006,Zetadrug,05529-2702-55\n";
    let hcpcs = Hcpcs::new().release(&[
        line("J1001", "Injection, alpha, 0.1 mg"),
        line("J1006", "Injection, zeta, 50 mg"),
    ]);
    let text = format!("January 2026 ASP NDC-HCPCS Crosswalk\nCODE,Drug Name,NDC\n{rows}");
    let path = hcpcs.file("crosswalk.csv", text);
    hcpcs.run(["update".as_ref(), path.as_os_str()]).code(0);
    for args in [
        &["5529270255", "1mg"][..],
        &["J1001", "1mg", "--ndc", "5529270255"],
    ] {
        units(&hcpcs, args).code(2).tells(
            "`5529270255` has no hyphens and may be 05529-2702-55 (Zetadrug, J1006) or \
             55292-0702-55 (Alphadrug, J1001); write them as the label does",
        );
    }
}

/// G and U are units of an NDC's quantity too.
#[test]
fn a_code_is_no_quantity_of_a_package() {
    let codes = ["G0299", "U0299", "A0299", "E0299"];
    let records = codes.map(|code| line(code, "Nursing services, each 15 minutes"));
    let hcpcs = Hcpcs::new().release(&records);
    for code in codes {
        units(&hcpcs, &[code, "30 minutes"])
            .code(0)
            .prints("2 units of 15 min for 30 min");
        units(&hcpcs, &[code]).code(0).prints("a unit is 15 min");
    }
}

/// Whatever the dose: given and discarded units are those of the vials, and no vial too many.
#[test]
fn given_and_discarded_are_the_vials() {
    for tenths in 1..200_u32 {
        let dose = format!("{}.{} mg", tenths / 10, tenths % 10);
        let got = made().json(&["units", "51754-6001-04", &dose, "--as-of", DAY]);
        let number = |value: &serde_json::Value| value.as_u64().unwrap();
        let vials = &got["vials"];
        let (given, discarded) = (number(&vials["given"]), number(&vials["discarded"]));
        let opened = number(&vials["vials"]);
        assert_eq!(given, u64::from(tenths), "{dose}");
        assert_eq!(given + discarded, 4 * opened, "{dose}");
        assert!(discarded < 4, "{dose}");
        let billed = got["lines"].as_array().unwrap().iter();
        assert_eq!(
            billed.map(|line| number(&line["units"])).sum::<u64>(),
            4 * opened
        );
        if tenths % 40 == 0 {
            assert_eq!(got["lines"][0]["modifier"], "JZ", "{dose}");
        }
    }
}
