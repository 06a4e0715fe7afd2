//! What people really write: charge lines with doses, containers, cut and joined words, and
//! questions of which the opposite has the same words.

use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

/// An index of codes that are easily mistaken for one another.
fn lines() -> Hcpcs {
    Hcpcs::new().release(&[
        line("A4213", "Syringe, sterile, 20 cc or greater, each"),
        line("A4209", "Syringe with needle, sterile 5 cc or greater, each"),
        line("A6196", "Alginate dressing, pad size 16 sq. in. or less, each dressing"),
        line("A6197", "Alginate dressing, pad size more than 16 sq. in. but less than or equal to 48 sq. in., each dressing"),
        line("A6198", "Alginate dressing, pad size more than 48 sq. in., each dressing"),
        line("A6228", "Gauze, impregnated, water or normal saline, sterile, pad size 16 sq. in. or less"),
        line("A7526", "Tracheostomy tube collar/holder, each"),
        line("C1779", "Lead, pacemaker, transvenous vdd single pass"),
        line("C1898", "Lead, pacemaker, other than transvenous vdd single pass"),
        line("E0141", "Walker, rigid, wheeled, adjustable or fixed height"),
        line("E0148", "Walker, heavy duty, without wheels, rigid or folding, any type, each"),
        line("E0149", "Walker, heavy duty, wheeled, with wheels, rigid or folding, any type"),
        line("E0290", "Hospital bed, fixed height, without side rails, with mattress"),
        line("E0291", "Hospital bed, fixed height, without side rails, without mattress"),
        line("E0424", "Stationary compressed gaseous oxygen system, rental; tank of oxygen"),
        line("E0431", "Portable gaseous oxygen system, rental; includes portable container"),
        line("E0482", "Cough stimulating device, alternating positive and negative airway pressure"),
        line("E1405", "Oxygen and water vapor enriching system with heated delivery"),
        line("E1590", "Hemodialysis machine"),
        line("E1130", "Standard wheelchair, fixed full length arms"),
        line("J0278", "Injection, amikacin sulfate, 100 mg"),
        line("J0690", "Injection, cefazolin sodium, 500 mg"),
        line("J1950", "Injection, leuprolide acetate (for depot suspension), per 3.75 mg"),
        line("J2250", "Injection, midazolam hydrochloride, per 1 mg"),
        line("J2251", "Injection, midazolam in 0.9% sodium chloride, intravenous, 1 mg"),
        line("J2270", "Injection, morphine sulfate, up to 10 mg"),
        line("J2506", "Injection, pegfilgrastim, excludes biosimilar, 0.5 mg"),
        line("J2405", "Injection, ondansetron hydrochloride, per 1 mg"),
        line("J7030", "Infusion, normal saline solution, 1000 cc"),
        line("J7040", "Infusion, normal saline solution, sterile (500 ml = 1 unit)"),
        line("J7042", "5% dextrose/normal saline (500 ml = 1 unit)"),
        line("J9217", "Injection, leuprolide acetate (for depot suspension), 7.5 mg"),
        line("L2780", "Addition to lower extremity orthosis, non-corrosive finish, per bar"),
        line("L3100", "Thumb rest orthosis, prefabricated item that has been trimmed, bent, molded, assembled, or otherwise customized to fit a specific patient by an individual with expertise"),
        line("L3101", "Thumb rest orthosis, prefabricated, off-the-shelf"),
        line("P9021", "Red blood cells, each unit"),
        line("Q0162", "Ondansetron 1 mg, oral, anti-emetic"),
        line("G8752", "Most recent systolic blood pressure < 140 mmhg"),
        line("G8753", "Most recent systolic blood pressure >= 140 mmhg"),
        line("Q5108", "Injection, pegfilgrastim-jmdb (fulphila), biosimilar, 0.5 mg"),
        line("Q4298", "Amniocore pro, per square centimeter"),
        line("Q4299", "Amniocore pro+, per square centimeter"),
        line("HC", "Adult program, geriatric"),
        line("PK", "Item picked up"),
        line("SQ", "Item ordered by home health"),
    ])
}

/// A code that excludes what is asked says so where it says what it has.
#[test]
fn a_reason_names_what_is_excluded() {
    let hcpcs = lines();
    let ran = hcpcs.run([
        "search",
        "pegfilgrastim biosimilar",
        "--as-of",
        DAY,
        "--json",
    ]);
    let answer: Value = serde_json::from_str(&ran.code(0).stdout).unwrap();
    let found = |at: usize| answer["hits"][at]["why"][1]["found"].as_str().unwrap();
    assert_eq!([found(0), found(1)], ["biosimilar", "excludes biosimilar"]);
    let ran = hcpcs.run(["search", "pegfilgrastim biosimilar", "--as-of", DAY]);
    ran.code(0)
        .prints("pegfilgrastim, biosimilar → excludes biosimilar in long descriptor");
}

#[test]
fn the_right_code_is_first() {
    let hcpcs = lines();
    for (asked, code) in [
        // volumes and containers do not outvote the drug
        ("AMIKACIN 250 MG/ML SYR 20 ML", "J0278"),
        ("amikacin sulfate 500 mg/2 ml in syringe 20 cc", "J0278"),
        ("syringe", "A4213"),
        // cut, joined and contracted words
        ("CEFAZOL 500MG injection", "J0690"),
        ("INJCEFAZOLIN500MGVL", "J0690"),
        ("WHLCHR full length arms", "E1130"),
        ("amikacin-generic", "J0278"),
        // short words and modifiers' codes take nothing away
        ("hc wheelchair", "E1130"),
        ("pk red blood cells", "P9021"),
        // what a drug is dissolved in
        ("sodium chloride 0.9%", "J7030"),
        (
            "morphine 2 mg/2 ml in 0.9% sodium chloride syringe",
            "J2270",
        ),
        ("midazolam in 0.9% sodium chloride", "J2251"),
        ("NS 1000 ML", "J7030"),
        ("0.9 % sodium chloride 500 ml", "J7040"),
        ("0.9% NaCl 500ml", "J7040"),
        ("Dextrose 5 % and 0.9 % NaCl", "J7042"),
        ("D5 NS", "J7042"),
        // how a drug is given
        ("ONDANSETRON 4 MG TAB", "Q0162"),
        ("ondansetron 4 mg iv soln", "J2405"),
        // a dose that is a multiple of the unit
        ("LEUPROLIDE 11.25 MG depot", "J1950"),
        // with and without, less and more
        ("hospital bed without mattress", "E0291"),
        ("hospital bed with mattress", "E0290"),
        ("walker with wheels", "E0149"),
        ("walker heavy duty without wheels", "E0148"),
        ("without wheels", "E0148"),
        ("other than transvenous", "C1898"),
        ("transvenous", "C1779"),
        ("systolic >= 140", "G8753"),
        ("systolic < 140", "G8752"),
        ("Amniocore pro+", "Q4299"),
        ("Amniocore pro", "Q4298"),
        ("gauze ns", "A6228"),
        // what a code excludes
        ("pegfilgrastim biosimilar", "Q5108"),
        ("pegfilgrastim", "J2506"),
        ("pegfilgrastim excludes biosimilar", "J2506"),
        // a phrase of plain speech, with filler words in it
        ("oxygen you can carry", "E0431"),
        ("machine that helps you cough", "E0482"),
        // sizes
        ("ALGINATE 4X4", "A6196"),
        ("alginate 4 x 10", "A6197"),
        ("alginate dressing 8X8", "A6198"),
        ("alginate 20 cm x 25 cm", "A6198"),
        // "non-" written in three ways, and left out
        ("non-corrosive", "L2780"),
        ("noncorrosive", "L2780"),
        ("non corrosive", "L2780"),
        ("corrosive", "L2780"),
        // how an item is fitted counts only if it is asked
        ("thumb orthosis prefab", "L3100"),
        ("thumb orthosis off-the-shelf", "L3101"),
        ("thumb orthosis customized to fit", "L3100"),
        // around what is asked for
        ("what is the code for a wheelchair please", "E1130"),
    ] {
        let codes = hcpcs.codes(&[asked]);
        assert_eq!(
            codes.first().map(String::as_str),
            Some(code),
            "{asked}: {codes:?}"
        );
    }
}

#[test]
fn a_descriptor_typed_whole_is_first() {
    let hcpcs = lines();
    let export = hcpcs.run(["export", "--as-of", DAY]).code(0).stdout;
    let codes: Vec<Value> = export
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(codes.len() > 20);
    for code in codes {
        for field in ["long_descriptor", "short_descriptor"] {
            let text = code[field].as_str().unwrap();
            let own = code["code"].as_str().unwrap();
            let found = hcpcs.codes(&[&text.to_uppercase()]);
            let is_shared =
                field == "short_descriptor" && found.first().is_some_and(|first| first != own);
            if is_shared {
                // the made short descriptors are cut, so that some are alike
                assert!(found.contains(&own.to_owned()), "{text}: {found:?}");
                continue;
            }
            assert_eq!(found.first().map(String::as_str), Some(own), "{text}");
        }
    }
}

#[test]
fn two_letters_are_a_modifier_first_and_words_then() {
    let hcpcs = Hcpcs::new().release(&[
        line("SQ", "Item ordered by home health"),
        line("CM", "At least 80 percent impaired"),
        line("Q4100", "Skin substitute, per sq cm"),
    ]);
    assert_eq!(hcpcs.codes(&["sq cm"]), ["SQ", "CM", "Q4100"]);
    assert_eq!(hcpcs.codes(&["SQ"]), ["SQ", "Q4100"]);
    let why = hcpcs.json(&["search", "SQ", "--as-of", DAY])["hits"][0]["why"][0].clone();
    assert_eq!(why["via"], "code");
}

#[test]
fn what_an_answer_lacks_is_said() {
    let hcpcs = lines();
    let answer = hcpcs.json(&["search", "amikacin wheelchair", "--as-of", DAY]);
    assert_eq!(answer["complete"], 0);
    assert_eq!(answer["notices"][0], "no code has all the words");
    for hit in answer["hits"].as_array().unwrap() {
        let lacks = if hit["code"] == "J0278" {
            "wheelchair"
        } else {
            "amikacin"
        };
        assert_eq!(hit["lacks"][0], lacks);
    }
    let said = hcpcs.run(["search", "amikacin wheelchair", "--as-of", DAY]);
    assert!(
        said.stdout.contains("without: wheelchair"),
        "{}",
        said.stdout
    );
    assert!(
        said.stderr.contains("no code has all the words"),
        "{}",
        said.stderr
    );
    let answer = hcpcs.json(&["search", "amikacin injection", "--as-of", DAY]);
    assert_eq!(
        answer["notices"].as_array().map(Vec::len),
        Some(0),
        "{answer}"
    );
    assert!(answer["hits"][0].get("lacks").is_none());
}

#[test]
fn a_split_needs_a_document_that_has_the_pair() {
    let hcpcs = Hcpcs::new().release(&[
        line("A0001", "Canc first"),
        line("A0002", "Cer second"),
        line("A0003", "Cancer screening"),
        line("A0004", "Cpap mask"),
    ]);
    assert_eq!(hcpcs.codes(&["canccer"]), ["A0003"]);
    assert_eq!(hcpcs.codes(&["cpapmask"]), ["A0004"]);
}

#[test]
fn the_same_word_counts_once() {
    let hcpcs = lines();
    let once = hcpcs.json(&["search", "syringe 20 cc", "--as-of", DAY]);
    let twice = hcpcs.json(&["search", "syringe 20 cc 20 cc syringe", "--as-of", DAY]);
    assert_eq!(once["hits"], twice["hits"]);
}
