//! Whole sentences of patients and their families.

use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

fn index() -> Hcpcs {
    Hcpcs::new().release(&[
        line(
            "E0240",
            "Bath/shower chair, with or without wheels, any size",
        ),
        line(
            "E0431",
            "Portable gaseous oxygen system, rental; includes portable container",
        ),
        line(
            "E0630",
            "Patient lift, hydraulic or mechanical, includes any seat, sling, strap(s) or pad(s)",
        ),
        line(
            "E0935",
            "Continuous passive motion exercise device for use on knee only",
        ),
        line("E1130", "Standard wheelchair, fixed full length arms"),
        line("G0127", "Trimming of dystrophic nails, any number"),
        line("J3105", "Injection, terbutaline sulfate, up to 1 mg"),
        line(
            "T4535",
            "Disposable liner/shield/guard/pad/undergarment, for incontinence, each",
        ),
    ])
}

fn answer(index: &Hcpcs, question: &str) -> Value {
    index.json(&["search", question, "--as-of", DAY])
}

#[test]
fn who_asks_and_for_whom_is_not_searched_for() {
    let index = index();
    for (question, code) in [
        ("thing to lift grandma out of bed", "E0630"),
        ("my husband needs a machine that can move his knee", "E0935"),
        ("pads for people who leak", "T4535"),
        ("somewhere she can sit in the shower", "E0240"),
    ] {
        let answer = answer(&index, question);
        assert_eq!(answer["hits"][0]["code"], code, "{question}");
        let lost = answer["not_found"].to_string();
        for word in ["grandma", "husband", "people", "she"] {
            assert!(!lost.contains(word), "{question}: {lost}");
        }
    }
}

#[test]
fn a_synonym_is_found_by_other_forms_of_its_words() {
    let index = index();
    for question in ["clipping his toenails", "toenails clipped", "clip toenail"] {
        let hit = &answer(&index, question)["hits"][0];
        assert_eq!(hit["code"], "G0127", "{question}");
        assert_eq!(hit["why"][0]["via"], "synonym", "{question}");
    }
}

#[test]
fn small_words_without_a_speaker_stay() {
    // They may be part of a descriptor: only who speaks makes a sentence of words.
    let index = index();
    let ask = |question| {
        let answer = index.json(&["search", question, "--as-of", DAY, "--exact"]);
        answer["not_found"].to_string()
    };
    assert_eq!(ask("would wheelchair"), r#"["would"]"#);
    assert_eq!(ask("would my wheelchair"), "[]");
}

#[test]
fn what_is_not_to_happen_is_no_denial() {
    let index = Hcpcs::new().release(&[
        line("E0290", "Hospital bed, without side rails, with mattress"),
        line("E0310", "Bed side rails, full length"),
        line("E0638", "Standing frame system, one position"),
    ]);
    for (question, code) in [
        ("bed side rails so he doesn't get hurt", "E0310"),
        ("bed side rails so that I do not get hurt", "E0310"),
        ("frame because she can not stand", "E0638"),
        ("frame because she cannot stand", "E0638"),
        ("frame because she can't stand", "E0638"),
    ] {
        let answer = answer(&index, question);
        assert_eq!(answer["hits"][0]["code"], code, "{question}");
        let said = format!("{}{}", answer["not_found"], answer["notices"]);
        assert!(!said.contains("not "), "{question}: {said}");
        assert!(!answer["hits"][0]["why"].to_string().contains("not "));
    }
    let denied = answer(&index, "hospital bed with mattress so soft, not side rails");
    assert_eq!(denied["hits"][0]["code"], "E0290");
}

#[test]
fn the_words_of_a_synonym_may_stand_apart_and_what_stands_between_speaks_for_itself() {
    let index = Hcpcs::new().release(&[
        line("E0105", "Cane, quad or three prong, adjustable or fixed"),
        line("E0445", "Oximeter device for measuring blood oxygen levels"),
        line("L4360", "Walking boot, pneumatic, prefabricated"),
    ]);
    for (question, code, between) in [
        ("stick with four feet for outdoors", "E0105", "outdoors"),
        ("stick with four sturdy feet", "E0105", "sturdy"),
        ("finger plastic oxygen clip", "E0445", "plastic"),
    ] {
        let answer = answer(&index, question);
        assert_eq!(answer["hits"][0]["code"], code, "{question}");
        let why = answer["hits"][0]["why"].as_array().expect("reasons");
        assert!(why.iter().any(|own| own["via"] == "synonym"), "{question}");
        let asked: Vec<&str> = why.iter().filter_map(|own| own["asked"].as_str()).collect();
        assert!(!asked.contains(&between), "{question}: {asked:?}");
    }
    // What divides or denies is not skipped.
    for question in ["finger without oxygen clip", "finger or oxygen and clip"] {
        let answer = answer(&index, question);
        let hits = answer["hits"].as_array().expect("hits");
        let why = hits.iter().filter_map(|hit| hit["why"].as_array());
        let mut why = why.flatten();
        assert!(!why.any(|own| own["via"] == "synonym"), "{question}");
    }
}

/// The shipped synonyms give each of the articles below by the one without what the question names.
#[test]
fn a_meaning_that_denies_what_is_asked_ends_before_that() {
    let index = Hcpcs::new().release(&[
        line("A6216", "Gauze, non-impregnated, non-sterile"),
        line("A6402", "Gauze, non-impregnated, sterile"),
        line("A6266", "Gauze, impregnated, sterile"),
        line("B4081", "Nasogastric tubing with stylet"),
        line("B4082", "Nasogastric tubing without stylet"),
        line(
            "E0470",
            "Respiratory assist device, bi-level pressure capability, without backup rate feature",
        ),
        line(
            "E0471",
            "Respiratory assist device, bi-level pressure capability, with backup rate feature",
        ),
        line("L4360", "Walking boot, pneumatic, prefabricated"),
        line("L4386", "Walking boot, non-pneumatic, prefabricated"),
        line(
            "L8030",
            "Breast prosthesis, silicone or equal, without integral adhesive",
        ),
        line(
            "L8031",
            "Breast prosthesis, silicone or equal, with integral adhesive",
        ),
    ]);
    for (question, code) in [
        ("bipap machine", "E0470"),
        ("bipap machine with backup", "E0471"),
        ("BIPAP MACHINE BACKUP", "E0471"),
        ("TUBE NG W/STYLET", "B4081"),
        ("ankle boot", "L4386"),
        ("ankle boot pneumatic", "L4360"),
        ("ANKLE BOOT PNEU", "L4360"),
        ("artificial breast", "L8030"),
        ("artificial breast with adhesive", "L8031"),
        ("artificial breast without adhesive", "L8030"),
        ("gauze pad sterile", "A6402"),
        ("gauze pad impregnated", "A6266"),
    ] {
        let hit = &answer(&index, question)["hits"][0];
        assert_eq!(hit["code"], code, "{question}: {hit}");
        assert!(hit["lacks"].is_null(), "{question}: {hit}");
    }
}
