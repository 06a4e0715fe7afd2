//! Lines of price lists for supplies, devices and braces: abbreviated phrases, no size, words that
//! no code has.

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

fn lines() -> Hcpcs {
    Hcpcs::new().release(&[
        line("A4253", "Blood glucose test or reagent strips for home blood glucose monitor, per 50 strips"),
        line("A4467", "Belt, strap, sleeve, garment, or covering, any type"),
        line("A4772", "Blood glucose test strips, for dialysis, per 50"),
        line("A6209", "Foam dressing, wound cover, sterile, pad size 16 sq. in. or less, without adhesive border, each dressing"),
        line("A6211", "Foam dressing, wound cover, sterile, pad size more than 48 sq. in., without adhesive border, each dressing"),
        line("A6212", "Foam dressing, wound cover, sterile, pad size 16 sq. in. or less, with any size adhesive border, each dressing"),
        line("A6266", "Gauze, impregnated, other than water, normal saline, or zinc paste, sterile, any width, per linear yard"),
        line("A6257", "Transparent film, sterile, 16 sq. in. or less, each dressing"),
        line("A6407", "Packing strips, non-impregnated, sterile, up to 2 inches in width, per linear yard"),
        line("A6259", "Transparent film, sterile, more than 48 sq. in., each dressing"),
        line("C1713", "Anchor/screw for opposing bone-to-bone or soft tissue-to-bone (implantable)"),
        line("C1741", "Anchor/screw for bone fixation, absorbable, metallic (implantable)"),
        line("C1773", "Retrieval device, insertable (used to retrieve fractured medical devices)"),
        line("C1776", "Joint device (implantable)"),
        line("G9580", "Door to puncture time of 90 minutes or less"),
        line("J1640", "Injection, hemin, 1 mg"),
        line("L0472", "Tlso, triplanar control, hyperextension, rigid anterior and lateral frame"),
        line("L0974", "Tlso, full corset"),
        line("L3640", "Transfer or addition to shoe, dennis browne splint, both shoes"),
        line("L7700", "Gasket or seal, for use with prosthetic socket insert, any type, each"),
        line("A1", "Dressing for one wound"),
    ])
}

#[test]
fn the_usual_article_is_first() {
    let hcpcs = lines();
    let mut wrong = Vec::new();
    for (asked, code) in [
        // abbreviations of the words of a phrase that has a synonym, in any order
        ("SCR CANC 4.0MM", "C1713"),
        ("STEM FEM HIP", "C1776"),
        ("HEAD FEM 32", "C1776"),
        // the smallest size, and the plain one of two
        ("TEGADERM", "A6257"),
        ("DRSG FM", "A6209"),
        ("DRSG FM 4X4", "A6209"),
        ("DRSG FM 8X8", "A6211"),
        ("DRSG FM BORDER 4X4", "A6212"),
        ("IV3000", "A6257"),
        // a name without its article, and next to another word for it
        ("JEWETT", "L0472"),
        ("TLSO JEWETT MED", "L0472"),
        // what is impregnated is no strip that is not
        ("IODOFORM GAUZE 1/4IN", "A6266"),
        ("PACKING GAUZE PLAIN", "A6407"),
        // the one for all and not that for dialysis
        ("GLUCOSE TEST STRIPS", "A4253"),
        ("GLUCOSE TEST STRIPS DIALYSIS", "A4772"),
        // a modifier is asked for by name
        ("A1", "A1"),
        ("dressing for one wound", "A1"),
    ] {
        let codes = hcpcs.codes(&[asked]);
        if codes.first().map(String::as_str) != Some(code) {
            wrong.push(format!("{asked}: {codes:?}"));
        }
    }
    assert_ne!(hcpcs.codes(&["DRSG"])[0], "A1");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Another word is no misspelt one: it is named as not found, through each door.
#[test]
fn a_word_that_no_code_has_is_named() {
    let hcpcs = lines();
    for word in ["tennis", "basket", "odor"] {
        let answer = hcpcs.json(&["search", &format!("{word} splint"), "--as-of", DAY]);
        let instead = answer["searched_instead"].as_array().unwrap();
        assert!(instead.iter().all(|own| own["asked"] != word), "{answer}");
    }
    for typed in ["emin", "zemin", "hemn", "hmein", "gaskte", "denis"] {
        let answer = hcpcs.json(&["search", typed, "--as-of", DAY]);
        let hits = answer["hits"].as_array().unwrap();
        assert!(!hits.is_empty(), "{typed}: {answer}");
    }
}
