//! Doses of drugs that have several codes: the route that a form tells, and how units are written.

use crate::hcpcs::Hcpcs;
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
