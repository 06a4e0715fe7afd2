//! Words, phrases, words left out, and why a code is an answer.

use serde_json::{Value, json};

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

fn sorted(mut codes: Vec<String>) -> Vec<String> {
    codes.sort();
    codes
}

#[test]
fn a_word() {
    let starter = Hcpcs::starter();
    assert_eq!(starter.codes(&["hemin"]), ["J1640"]);
    assert_eq!(starter.codes(&["HEMIN"]), ["J1640"]);
    assert_eq!(starter.codes(&["zzgibberish"]), [""; 0]);
}

#[test]
fn answers_with_all_the_words_come_first() {
    let answer = Hcpcs::starter().json(&["search", "glycopyrrolate injection", "--as-of", DAY]);
    assert_eq!(
        (answer["total"].as_u64(), answer["complete"].as_u64()),
        (Some(5), Some(3))
    );
    let hits = answer["hits"].as_array().unwrap();
    let codes: Vec<_> = hits
        .iter()
        .map(|hit| hit["code"].as_str().unwrap())
        .collect();
    assert_eq!(sorted_part(&codes[..3]), ["J1596", "J1597", "J1598"]);
    assert_eq!(sorted_part(&codes[3..]), ["J7642", "J7643"]);
}

/// "Orthotics" is in the labels of coded values of two codes in five; whoever asks for an orthosis
/// does not mean them.
#[test]
fn a_label_that_lists_many_things_does_not_answer_for_another_word() {
    let answer = Hcpcs::starter().json(&["search", "orthosis", "--limit", "1000", "--as-of", DAY]);
    let hits = answer["hits"].as_array().unwrap();
    assert!(hits.len() > 10, "{}", hits.len());
    for hit in hits {
        let fields = hit["why"].as_array().unwrap().iter();
        let mut fields = fields.map(|reason| reason["field"].as_str().unwrap());
        assert!(fields.any(|field| field != "meaning"), "{hit}");
    }
}

fn sorted_part<'c>(codes: &[&'c str]) -> Vec<&'c str> {
    let mut codes = codes.to_vec();
    codes.sort_unstable();
    codes
}

#[test]
fn a_phrase_stands_as_it_is_written() {
    let hcpcs = Hcpcs::new().release(&[
        line("K0010", "Power motorized wheelchair"),
        line("K0823", "Standard power wheelchair"),
        line("K0824", "Wheelchair, power"),
    ]);
    assert_eq!(hcpcs.codes(&["\"power wheelchair\""]), ["K0823"]);
    assert_eq!(hcpcs.codes(&["power wheelchair"]).len(), 3);
    // a quote that is never closed is text
    assert_eq!(
        hcpcs.codes(&["\"power wheelchair"]),
        hcpcs.codes(&["power wheelchair"])
    );
}

#[test]
fn words_left_out() {
    let starter = Hcpcs::starter();
    let injections = ["J1596", "J1597", "J1598"];
    for args in [
        &["glycopyrrolate", "-inhalation"][..],
        &["glycopyrrolate -inhalation"],
        &["glycopyrrolate", "--not", "inhalation"],
        &["glycopyrrolate -\"inhalation solution\""],
        &["-inhalation", "glycopyrrolate"],
        &["-inhalation glycopyrrolate"],
        &["glycopyrrolate", "--", "-inhalation"],
        &["--", "-inhalation", "glycopyrrolate"],
        &["glycopyrrolate", "NOT", "inhalation"],
        &["glycopyrrolate NOT \"inhalation solution\""],
        &["-\"inhalation solution\" glycopyrrolate"],
        &["--not", "-inhalation", "glycopyrrolate"],
        &["glycopyrrolate \u{2011}inhalation"],
    ] {
        assert_eq!(sorted(starter.codes(args)), injections, "{args:?}");
    }
    assert_eq!(
        starter
            .codes(&["glycopyrrolate -\"solution inhalation\""])
            .len(),
        5
    );
}

/// The reasons of the only hit.
fn why(hcpcs: &Hcpcs, args: &[&str]) -> Value {
    let answer = hcpcs.json(&[&["search", "--as-of", DAY], args].concat());
    assert_eq!(answer["hits"].as_array().unwrap().len(), 1, "{answer}");
    answer["hits"][0]["why"].clone()
}

#[test]
fn each_hit_says_why() {
    let hcpcs = Hcpcs::new().release(&[
        line("J1640", "Injection, hemin, 1 mg").set(230, "D"),
        line("E0601", "Continuous positive airway pressure (cpap) device"),
    ]);
    let reason = |asked: &str, found: &str, field: &str, via: &str| json!({"asked": asked, "found": found, "field": field, "via": via});
    let long = "long_descriptor";
    for (query, reasons) in [
        ("hemin", json!([reason("hemin", "hemin", long, "word")])),
        ("hemi", json!([reason("hemi", "hemin", long, "prefix")])),
        (
            "hemin injections",
            json!([
                reason("hemin", "hemin", long, "word"),
                reason("injections", "Injection", long, "word")
            ]),
        ),
        (
            "special",
            json!([reason("special", "Special", "meaning", "word")]),
        ),
        (
            "pressurre",
            json!([reason("pressurre", "pressure", long, "correction")]),
        ),
        ("j1640", json!([reason("j1640", "J1640", "code", "code")])),
    ] {
        assert_eq!(why(&hcpcs, &[query]), reasons, "{query}");
    }
}

#[test]
fn a_correction_is_reported() {
    let starter = Hcpcs::starter();
    let told = "no code has \"glycopyrolate\"; searched for glycopyrrolate instead (turn off with --exact)";
    starter.run(["search", "glycopyrolate"]).code(0).tells(told);
    starter
        .run(["search", "glycopyrolate", "--exact", "--as-of", DAY])
        .code(1)
        .told("not found: glycopyrolate\nnear \"glycopyrolate\": glycopyrrolate\nno code matches · release 2026-01/starter, 809 of about 9,000 codes · as of 2026-02-01");
}

#[test]
fn matched_words_are_highlighted() {
    let hcpcs = Hcpcs::new().release(&[line("J1640", "Präparat: Hemin für Injection of hemin")]);
    let answer = hcpcs.json(&["search", "hemin injections"]);
    let hit = &answer["hits"][0];
    let text: Vec<char> = hit["long_descriptor"].as_str().unwrap().chars().collect();
    let places = hit["highlights"]["long_descriptor"].as_array().unwrap();
    let marked = places.iter().map(|place| {
        let at = |end: usize| usize::try_from(place[end].as_u64().unwrap()).unwrap();
        text[at(0)..at(1)].iter().collect::<String>()
    });
    assert_eq!(marked.collect::<Vec<_>>(), ["Hemin", "Injection", "hemin"]);
}
