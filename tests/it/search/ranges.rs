//! What lies in a range: sizes in those of codes, codes in those of a question.

use serde_json::{Value, json};

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

fn index() -> Hcpcs {
    Hcpcs::new().release(&[
        line("A4362", "Skin barrier; solid, 4 x 4 or equivalent; each"),
        line("A6209", "Foam dressing, wound cover, sterile, pad size 16 sq. in. or less, each dressing"),
        line("A6210", "Foam dressing, wound cover, sterile, pad size more than 16 sq. in. but less than or equal to 48 sq. in., each dressing"),
        line("A6448", "Light compression bandage, elastic, width less than three inches, per yard"),
        line("A6449", "Light compression bandage, elastic, width greater than or equal to three inches and less than five inches, per yard"),
        line("E0130", "Walker, rigid (pickup), adjustable or fixed height"),
        line("E0141", "Walker, rigid, wheeled, adjustable or fixed height"),
        line("E0143", "Walker, folding, wheeled, adjustable or fixed height"),
        line("E0155", "Wheel attachment, rigid pick-up walker, per pair"),
        line("E0163", "Commode chair, mobile or stationary, with fixed arms"),
        line("E1130", "Standard wheelchair, fixed full length arms"),
        line("J0573", "Buprenorphine/naloxone, oral, greater than 3 mg, but less than or equal to 6 mg buprenorphine"),
        line("J2270", "Injection, morphine sulfate, up to 10 mg"),
        line("K0006", "Heavy duty wheelchair"),
        line("K0825", "Power wheelchair, heavy duty, captains chair, patient weight capacity 301 to 450 pounds"),
        line("Q9967", "Low osmolar contrast material, 300-399 mg/ml iodine concentration, per ml"),
    ])
}

fn answer(index: &Hcpcs, question: &str) -> Value {
    index.json(&["search", question, "--as-of", DAY])
}

fn lacks<'a>(answer: &'a Value, code: &str) -> Option<&'a Value> {
    let hits = answer["hits"].as_array().unwrap();
    let hit = hits.iter().find(|hit| hit["code"] == code).unwrap();
    hit.get("lacks")
}

#[test]
fn a_code_lacks_no_size_that_its_range_holds() {
    let index = index();
    for (question, code) in [
        ("foam dressing 4\" x 4\"", "A6209"),
        ("foam dressing 4x4", "A6209"),
        ("foam dressing 4 ¼ x 4 1/4", "A6210"),
        ("foam dressing 10 cm x 12 cm", "A6210"),
        ("2½ in elastic bandage", "A6448"),
        ("2-1/2 in elastic bandage", "A6448"),
        ("2.5 inch elastic bandage", "A6448"),
        ("power wheelchair 400 lb", "K0825"),
        ("morphine 5 mg", "J2270"),
        ("buprenorphine 4 mg", "J0573"),
        ("osmolar contrast 350", "Q9967"),
        ("skin barrier 4x4", "A4362"),
    ] {
        let answer = answer(&index, question);
        assert_eq!(answer["hits"][0]["code"], code, "{question}");
        assert_eq!(lacks(&answer, code), None, "{question}");
        assert!(answer["complete"].as_u64() > Some(0), "{question}");
        assert_eq!(answer["not_found"], json!([]), "{question}");
    }
}

#[test]
fn a_code_lacks_the_size_that_its_range_excludes() {
    let index = index();
    for (question, code, size) in [
        ("foam dressing 16 sq in", "A6210", "16 sq in"),
        ("elastic bandage 3 inch", "A6448", "3 inch"),
        ("buprenorphine 3 mg", "J0573", "3 mg"),
        ("morphine 20 mg", "J2270", "20 mg"),
        // that it is of heavy duty says no weight
        ("wheelchair 400 lb", "K0006", "400 lb"),
        ("power wheelchair 500 lb", "K0825", "500 lb"),
    ] {
        let answer = answer(&index, question);
        assert_eq!(lacks(&answer, code), Some(&json!([size])), "{question}");
    }
}

#[test]
fn words_with_a_range_of_codes_are_searched_in_it() {
    let index = index();
    let codes = |question: &str| {
        let answer = answer(&index, question);
        let hits = answer["hits"].as_array().unwrap().iter();
        let codes: Vec<String> = hits
            .map(|hit| hit["code"].as_str().unwrap().into())
            .collect();
        (codes.join(" "), answer["notices"].to_string())
    };
    let said = "only the codes of E0141-E0149 are searched";
    for question in [
        "walkers from E0141 to E0149",
        "walkers between E0141 and E0149",
        "E0141-E0149 walker",
        "walkers e0141 through e0149",
    ] {
        let (codes, notices) = codes(question);
        assert_eq!(codes, "E0141 E0143", "{question}");
        assert!(notices.contains(said), "{question}: {notices}");
    }
    let (all, notices) = codes("oxygen from E0141 to E0163");
    assert_eq!(all, "E0141 E0143 E0155 E0163");
    assert!(notices.contains("no code of E0141-E0163 has"), "{notices}");
    // codes without words, and those that are left out, are none of it
    assert_eq!(
        codes("codes between E0141 and E0163").0,
        "E0141 E0143 E0155 E0163"
    );
    assert_eq!(codes("walker not E0141-E0163").0, "E0130");
}

#[test]
fn a_misspelt_half_of_a_word_is_joined_as_the_right_one() {
    let index = index();
    for (question, asked, right) in [
        ("wheel chiar", "chiar", "chair"),
        ("whel chair", "whel", "wheel"),
    ] {
        let answer = answer(&index, question);
        let first = answer["hits"][0]["long_descriptor"].to_string();
        assert!(first.contains("wheelchair"), "{question}: {first}");
        let instead = &answer["searched_instead"][0];
        assert_eq!(instead["asked"], asked);
        assert_eq!(instead["instead"][0], right);
        let exact = index.json(&["search", question, "--exact", "--as-of", DAY]);
        assert_eq!(exact["searched_instead"], json!([]), "{question}");
    }
}
