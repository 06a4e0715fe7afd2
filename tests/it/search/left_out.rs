//! Codes and words that a question of words leaves out.

use serde_json::{Value, json};

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

const CROSSWALK: &str = "January 2026 ASP NDC - HCPCS Crosswalk\n\n\
    _2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\n\
    J1640,Hemin,Recordati,55292-0702-55,Panhematin,1 MG,1,1,336,336\n";

fn hcpcs() -> Hcpcs {
    let hcpcs = Hcpcs::new();
    let records = [
        line(
            "E0130",
            "Walker, rigid (pickup), adjustable or fixed height",
        ),
        line(
            "E0135",
            "Walker, folding (pickup), adjustable or fixed height",
        ),
        line(
            "E0141",
            "Walker, rigid, wheeled, adjustable or fixed height",
        ),
        line("E1083", "Hemi-wheelchair, fixed full length arms"),
        line("J0690", "Injection, cefazolin sodium, 500 mg"),
        line(
            "J0688",
            "Injection, cefazolin sodium (hikma), not therapeutically equivalent to j0690, 500 mg",
        ),
        line("J1640", "Injection, hemin, 1 mg"),
    ];
    let release = hcpcs.file("HCPC2026_JAN_ANWEB.txt", crate::made::text(&records));
    let crosswalk = hcpcs.file("crosswalk.csv", CROSSWALK);
    let paths = [&release, &crosswalk].map(|path| path.to_str().unwrap());
    hcpcs.run([&["index"], &paths[..]].concat()).code(0);
    hcpcs
}

fn notices(hcpcs: &Hcpcs, question: &str) -> Value {
    hcpcs.json(&["search", question, "--as-of", DAY])["notices"].clone()
}

#[test]
fn codes_are_left_out_of_a_question_of_words() {
    let hcpcs = hcpcs();
    for question in [
        "walker not E0130",
        "walker -E0130",
        "walker without E0130",
        "walker w/o E0130",
        "walker except E0130",
        "walker (except for E0130)",
        "walker, excluding E0130",
        "walker other than E0130",
        "walker but not E0130",
        "Walker NOT E0130",
    ] {
        let mut codes = hcpcs.codes(&[question]);
        codes.sort();
        assert_eq!(codes, ["E0135", "E0141"], "{question}");
    }
    for question in [
        "walker except E0130 and E0135",
        "walker not E0130, E0135",
        "walker other than E0130 or E0135",
    ] {
        assert_eq!(hcpcs.codes(&[question]), ["E0141"], "{question}");
        let said = notices(&hcpcs, question);
        assert_eq!(said, json!(["left out: E0130, E0135"]), "{question}");
    }
    for question in ["walker except E0130-E0135", "walker except E0130 to E0135"] {
        assert_eq!(hcpcs.codes(&[question]), ["E0141"], "{question}");
    }
}

#[test]
fn what_mentions_a_code_is_not_left_out_with_it() {
    let hcpcs = hcpcs();
    for question in ["cefazolin -J0690", "cefazolin not J0690"] {
        assert_eq!(hcpcs.codes(&[question]), ["J0688"], "{question}");
    }
    let said = notices(&hcpcs, "cefazolin not X9999");
    let why = "no release has the code X9999, so it excludes nothing";
    assert_eq!(said, json!([why]));
}

#[test]
fn a_word_beside_the_descriptor_that_leaves_a_code_out_is_said() {
    let hcpcs = hcpcs();
    // `hemin` is not taken for a misspelt `hemi`.
    assert_eq!(hcpcs.codes(&["hemin -panhematin"]), [""; 0]);
    let said = notices(&hcpcs, "hemin -panhematin");
    let why = "\"panhematin\" left out J1640: a text beside the descriptor has it";
    assert!(said.as_array().unwrap().contains(&json!(why)), "{said}");
    assert_eq!(notices(&hcpcs, "walker -wheeled"), json!([]));
    let none = json!(["what the question leaves out leaves no code"]);
    assert_eq!(notices(&hcpcs, "hemin -injection"), none);
}
