//! Rows pasted from price lists and claims: what of them is not searched for is said.

use serde_json::json;

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

#[test]
fn prices_and_days_are_no_strengths() {
    let hcpcs = Hcpcs::new().release(&[
        line("J1885", "Injection, ketorolac tromethamine, per 15 mg"),
        line("Q0169", "Promethazine hydrochloride, 12.5 mg, oral"),
    ]);
    let answer = hcpcs.json(&[
        "search",
        "ketorolac 15 mg $12.50 01/05/2026",
        "--as-of",
        DAY,
    ]);
    assert_eq!(answer["total"], 1);
    assert_eq!(answer["hits"][0]["code"], "J1885");
    assert_eq!(answer["complete"], 1);
    let said = json!([
        "prices are not searched for: $12.50",
        "days are not searched for, and do not change the day asked for: 01/05/2026"
    ]);
    assert_eq!(answer["notices"], said);
}

#[test]
fn a_dose_behind_a_code_is_no_modifier() {
    let hcpcs = Hcpcs::new().release(&[
        line("J1885", "Injection, ketorolac tromethamine, per 15 mg"),
        line("MG", "The order for this service"),
    ]);
    assert_eq!(hcpcs.codes(&["J1885 60 MG"]), ["J1885"]);
}

#[test]
fn a_modifier_that_may_be_a_count_is_said() {
    let hcpcs = Hcpcs::new().release(&[
        line("J1885", "Injection, ketorolac tromethamine, per 15 mg"),
        line("X4", "Episodic/focused services"),
    ]);
    let answer = hcpcs.json(&["search", "J1885 x4", "--as-of", DAY]);
    assert_eq!(answer["total"], 2);
    let said = json!(["x4 is read as the modifier X4, not as a count of 4"]);
    assert_eq!(answer["notices"], said);
}

#[test]
fn the_very_dose_does_not_put_dialysis_first() {
    let hcpcs = Hcpcs::new().release(&[
        line("A4802", "Protamine sulfate, for hemodialysis, per 50 mg"),
        line("J2720", "Injection, protamine sulfate, per 10 mg"),
        line("J1200", "Injection, diphenhydramine hcl, up to 50 mg"),
        line("J1885", "Injection, ketorolac tromethamine, per 15 mg"),
        line("J2550", "Injection, promethazine hcl, up to 50 mg"),
        line("J9260", "Injection, methotrexate sodium, 50 mg"),
        line("J2270", "Injection, morphine sulfate, up to 10 mg"),
        line("J2060", "Injection, lorazepam, 2 mg"),
    ]);
    assert_eq!(hcpcs.codes(&["PROTAMINE 50MG"])[..2], ["J2720", "A4802"]);
    let asked = hcpcs.codes(&["protamine 50 mg hemodialysis"]);
    assert_eq!(asked[..2], ["A4802", "J2720"]);
}

#[test]
fn a_size_in_digits_is_found_in_words() {
    let hcpcs = Hcpcs::new().release(&[
        line("A6448", "Light compression bandage, elastic, width less than three inches, per yard"),
        line("A6449", "Light compression bandage, elastic, width greater than or equal to three inches and less than five inches, per yard"),
    ]);
    let answer = hcpcs.json(&["search", "elastic bandage 3 inch", "--as-of", DAY]);
    assert_eq!(answer["hits"][0]["code"], "A6449");
    assert_eq!(answer["hits"][0].get("lacks"), None);
    assert_eq!(answer["not_found"], json!([]));
}
