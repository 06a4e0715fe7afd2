//! Codes of another kind than asked for: another level, for children, a report of quality, a
//! procedure; and what no code says.

use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::{Line, line};

/// A code with its pricing indicator, BETOS category and type of service.
fn coded(code: &str, long: &str, [pricing, betos, service]: [&str; 3]) -> Line {
    let line = line(code, long).set(120, pricing).set(257, betos);
    line.set(261, service)
}

fn kinds() -> Hcpcs {
    let quality = ["00", "Z2", "1"];
    Hcpcs::new().release(&[
        line(
            "A0427",
            "Ambulance service, advanced life support, emergency transport, level 1",
        ),
        line(
            "A0426",
            "Ambulance service, advanced life support, non-emergency transport, level 1",
        ),
        line("A0433", "Advanced life support, level 2"),
        line("A6209", "Foam dressing, wound cover, sterile, each"),
        line("A6222", "Gauze, adherent, each"),
        line("E1037", "Transport chair, pediatric size"),
        line(
            "E1038",
            "Transport chair, adult size, patient weight capacity up to and including 300 pounds",
        ),
        line(
            "G0399",
            "Home sleep test with type iii portable monitor, minimum of 4 channels",
        ),
        line(
            "G0400",
            "Home sleep test with type iv portable monitor, minimum of 3 channels",
        ),
        coded(
            "C1876",
            "Stent, non-coated, with delivery system",
            ["57", "D1A", "9"],
        ),
        coded(
            "C9602",
            "Percutaneous transcatheter placement of stent",
            ["53", "P2F", "2"],
        ),
        coded("M1016", "Female patients unable to bear children", quality),
        coded(
            "A4328",
            "Female urinary collection device; pouch, each, for one use",
            ["38", "D1F", "P"],
        ),
        line(
            "JZ",
            "Zero drug amount discarded/not administered to any patient",
        ),
    ])
}

fn asked(hcpcs: &Hcpcs, text: &str) -> Value {
    hcpcs.json(&["search", text, "--as-of", DAY])
}

#[test]
fn the_kind_that_is_asked_for_comes_first() {
    let hcpcs = kinds();
    let rows = [
        ("LIFE SUPPORT LEVEL 1", "A0426"),
        ("LIFE SUPPORT LEVEL 2", "A0433"),
        ("SLEEP TEST TYPE 3", "G0399"),
        ("SLEEP TEST TYPE 4", "G0400"),
        ("TRANSPORT CHAIR", "E1038"),
        ("TRANSPORT CHAIR PED", "E1037"),
        ("STENT", "C1876"),
        ("STENT PLACEMENT", "C9602"),
        ("FEMALE POUCH", "A4328"),
        ("FEMALE DEVICE", "A4328"),
        ("FEMALE PATIENTS", "M1016"),
        ("NON-EMERGENT TRANSPORT", "A0426"),
        ("NONEMERGENT TRANSPORT", "A0426"),
        ("EMERGENT TRANSPORT", "A0427"),
    ];
    let first = |text| asked(&hcpcs, text)["hits"][0]["code"].clone();
    let wrong = rows.iter().filter(|(text, code)| first(text) != **code);
    let wrong: Vec<_> = wrong.map(|(text, _)| (text, first(text))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// A code may have what it does not mention, and that is said; where a code denies it, nothing is.
#[test]
fn what_no_code_denies_is_said() {
    let hcpcs = kinds();
    let is_said = |text: &str| {
        let notices = asked(&hcpcs, text)["notices"].to_string();
        notices.contains("no code says")
    };
    assert!(is_said("non-adherent foam dressing"));
    assert!(is_said("chair not pediatric"));
    assert!(!is_said("stent without coating"));
    assert!(!is_said("foam dressing"));
}

/// The code of a modifier beside words is not searched for, and the answer says what it is.
#[test]
fn a_modifier_beside_words_is_named() {
    let hcpcs = kinds();
    let answer = asked(&hcpcs, "foam dressing JZ");
    assert_eq!(answer["not_found"][0], "JZ");
    assert!(
        answer["notices"]
            .to_string()
            .contains("JZ is the code of a modifier")
    );
    let answer = asked(&hcpcs, "foam dressing ZQ");
    assert!(!answer["notices"].to_string().contains("modifier"));
}
