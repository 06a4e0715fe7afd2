//! The unit of a hit, and the units of a dose that a question states.

use serde_json::{Value, json};

use crate::hcpcs::{DAY, Hcpcs};

fn first(question: &str) -> Value {
    let args = ["search", question, "--as-of", DAY, "--limit", "1"];
    Hcpcs::starter().json(&args)["hits"][0].clone()
}

#[test]
fn a_question_with_a_dose() {
    let hit = first("ketorolac 60 mg");
    assert_eq!((&hit["code"], &hit["units"]), (&json!("J1885"), &json!(4)));
    assert_eq!(hit["unit"], json!({"amount": "15", "unit": "mg"}));
    assert_eq!(first("ketorolac 30 mg/ml 2 ml")["units"], 4);
    // a strength is no dose, volumes are no milligrams, and a code alone asks for no units
    for question in ["ketorolac 30 mg/ml", "ketorolac 2 ml", "J1885", "ketorolac"] {
        let hit = first(question);
        assert_eq!(hit["code"], "J1885", "{question}");
        assert_eq!(hit["unit"]["amount"], "15", "{question}");
        assert_eq!(hit.get("units"), None, "{question}");
    }
    assert_eq!(first("paragard copper intrauterine").get("unit"), None);
    let args = ["search", "ketorolac 60 mg", "--as-of", DAY, "--limit", "1"];
    let ran = Hcpcs::starter().run(args).code(0);
    ran.prints("4 units of 15 mg for 60 mg\n");
    let answer = Hcpcs::starter().json(&args);
    assert_eq!(answer["dose"], json!([{"amount": "60", "unit": "mg"}]));
}

#[test]
fn a_code_that_is_not_valid_bills_none() {
    let args = [
        "search",
        "ketorolac 60 mg",
        "--as-of",
        "1990-01-01",
        "--terminated",
        "--limit",
        "1",
    ];
    let hit = &Hcpcs::starter().json(&args)["hits"][0];
    assert_eq!(
        (&hit["code"], &hit["unit"]["amount"]),
        (&json!("J1885"), &json!("15"))
    );
    assert_eq!(hit.get("units"), None, "{hit}");
}

#[test]
fn a_batch_and_a_record() {
    let starter = Hcpcs::starter();
    let path = starter.file(
        "questions.jsonl",
        format!("{{\"query\":\"ketorolac 60 mg\",\"as_of\":\"{DAY}\"}}\n"),
    );
    let ran = starter.run(["batch".as_ref(), path.as_os_str()]).code(0);
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(answer["hits"][0]["units"], 4);
    let details = &starter.json(&["show", "J1885", "--as-of", DAY])[0];
    assert_eq!(details["unit"], json!({"amount": "15", "unit": "mg"}));
    starter
        .run(["show", "J1885", "--as-of", DAY])
        .code(0)
        .prints("Billing unit                      15 mg\n");
}
