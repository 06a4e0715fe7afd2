//! Doses of drugs that have several codes: the route that a form tells, and how units are written.

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

#[test]
fn the_code_that_a_dose_tells_is_first() {
    let hcpcs = Hcpcs::new().release(&[
        line("J0561", "Injection, penicillin g benzathine, 100,000 units"),
        line(
            "J2540",
            "Injection, penicillin g potassium, up to 600,000 units",
        ),
        line("J7500", "Azathioprine, oral, 50 mg"),
        line("J7501", "Azathioprine, parenteral, 100 mg"),
        line(
            "J9214",
            "Injection, interferon, alfa-2b, recombinant, 1 million units",
        ),
    ]);
    let mut wrong = Vec::new();
    for (asked, code) in [
        // a tablet is not injected, though the injection has the very dose
        ("azathioprine 100 mg tablet", "J7500"),
        ("azathioprine 100 mg", "J7501"),
        // thousands and millions of units
        ("penicillin g 600K units", "J2540"),
        ("interferon 3MIU", "J9214"),
    ] {
        let codes = hcpcs.codes(&[asked]);
        if codes.first().map(String::as_str) != Some(code) {
            wrong.push(format!("{asked}: {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A drug that is glued to its form, or to a word that no document has with it, is found and said.
#[test]
fn the_drug_of_a_glued_word_is_searched_for() {
    let hcpcs = Hcpcs::new().release(&[
        line("J1644", "Injection, heparin sodium, per 1000 units"),
        line("J0278", "Injection, amikacin sulfate, 100 mg"),
        line("G0001", "Complex service"),
    ]);
    for (drug, code) in [("heparin", "J1644"), ("amikacin", "J0278")] {
        for glued in ["vial", "tab", "syringe", "complex", "service"] {
            let asked = format!("{drug}{glued}");
            let answer = hcpcs.json(&["search", &asked, "--as-of", DAY]);
            assert_eq!(answer["hits"][0]["code"], code, "{asked}");
            assert_eq!(answer["searched_instead"][0]["asked"], asked, "{answer}");
            let ran = hcpcs.run(["search", &asked, "--exact", "--as-of", DAY]);
            assert_eq!(ran.code, 1, "{asked}");
        }
    }
    // A short word begins many others.
    for other in ["servicemen", "tabernacle", "complexion", "vialheparin"] {
        let answer = hcpcs.json(&["search", other, "--as-of", DAY]);
        let is_found = answer["hits"] != serde_json::json!([]);
        assert_eq!(is_found, other == "vialheparin", "{answer}");
    }
}
