//! Codes that have nearly the words of a charge line and are the wrong ones: the opposite, another
//! range, a combination, another form.

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

fn near_misses() -> Hcpcs {
    Hcpcs::new().release(&[
        line("A4206", "Syringe with needle, sterile, 1 cc or less, each"),
        line("A4207", "Syringe with needle, sterile 2 cc, each"),
        line("A4209", "Syringe with needle, sterile 5 cc or greater, each"),
        line("A4213", "Syringe, sterile, 20 cc or greater, each"),
        line("A4310", "Insertion tray without drainage bag and without catheter (accessories only)"),
        line("A4314", "Insertion tray with drainage bag with indwelling catheter, foley type, two-way latex with coating"),
        line("A4315", "Insertion tray with drainage bag with indwelling catheter, foley type, two-way, all silicone"),
        line("A4346", "Indwelling catheter; foley type, three-way for continuous irrigation, each"),
        line("A4338", "Indwelling catheter; foley type, two-way latex with coating, each"),
        line("A4354", "Insertion tray with drainage bag but without catheter"),
        line("A6402", "Gauze, non-impregnated, sterile, pad size 16 sq. in. or less, without adhesive border, each dressing"),
        line("A6404", "Gauze, non-impregnated, sterile, pad size more than 48 sq. in., without adhesive border, each dressing"),
        line("A6237", "Hydrocolloid dressing, wound cover, sterile, pad size 16 sq. in. or less, with any size adhesive border, each dressing"),
        line("A6239", "Hydrocolloid dressing, wound cover, sterile, pad size more than 48 sq. in., with any size adhesive border, each dressing"),
        line("A6448", "Light compression bandage, elastic, knitted/woven, width less than three inches, per yard"),
        line("A6449", "Light compression bandage, elastic, knitted/woven, width greater than or equal to three inches and less than five inches, per yard"),
        line("A6450", "Light compression bandage, elastic, knitted/woven, width greater than or equal to five inches, per yard"),
        line("C1874", "Stent, coated/covered, with delivery system"),
        line("C1876", "Stent, non-coated/non-covered, with delivery system"),
        line("E0110", "Crutches, forearm, includes crutches of various materials, adjustable or fixed, pair, complete with tips and handgrips"),
        line("E0112", "Crutches underarm, wood, adjustable or fixed, pair, with pads, tips and handgrips"),
        line("E0114", "Crutches underarm, other than wood, adjustable or fixed, pair, with pads, tips and handgrips"),
        line("E0130", "Walker, rigid (pickup), adjustable or fixed height"),
        line("E0141", "Walker, rigid, wheeled, adjustable or fixed height"),
        line("J0165", "Injection, epinephrine, not otherwise specified, 0.1 mg"),
        line("J1097", "Phenylephrine 10.16 mg/ml and ketorolac 2.88 mg/ml ophthalmic irrigation solution, 1 ml"),
        line("J1200", "Injection, diphenhydramine hcl, up to 50 mg"),
        line("J1454", "Injection, fosnetupitant 235 mg and palonosetron 0.25 mg"),
        line("J1571", "Injection, hepatitis b immune globulin (hepagam b), intramuscular, 0.5 ml").set(92, "Hepagam b im injection"),
        line("J1626", "Injection, granisetron hydrochloride, 100 mcg"),
        line("J1627", "Injection, granisetron, extended-release, 0.1 mg"),
        line("J1670", "Injection, tetanus immune globulin, human, up to 250 units"),
        line("J1885", "Injection, ketorolac tromethamine, per 15 mg"),
        line("J2004", "Injection, lidocaine hcl with epinephrine, 1 mg"),
        line("J2175", "Injection, meperidine hydrochloride, per 100 mg"),
        line("J2180", "Injection, meperidine and promethazine hcl, up to 50 mg"),
        line("J2320", "Injection, nandrolone decanoate, up to 50 mg"),
        line("J2250", "Injection, midazolam hydrochloride, per 1 mg"),
        line("J2253", "Injection, midazolam (seizalam), 1 mg"),
        line("J2405", "Injection, ondansetron hydrochloride, per 1 mg"),
        line("J2469", "Injection, palonosetron hcl, 25 mcg"),
        line("J3230", "Injection, chlorpromazine hcl, up to 50 mg"),
        line("J7500", "Azathioprine, oral, 50 mg"),
        line("J7509", "Methylprednisolone oral, per 4 mg"),
        line("J8540", "Dexamethasone, oral, 4 mg"),
        line("J9999", "Injection, procaine hydrochloride, 4 mg"),
        line("Q0163", "Diphenhydramine hydrochloride, 50 mg, oral"),
        line("Q0166", "Granisetron hydrochloride, 1 mg, oral, fda approved prescription anti-emetic"),
        line("Q9965", "Low osmolar contrast material, 100-199 mg/ml iodine concentration, per ml"),
        line("Q9966", "Low osmolar contrast material, 200-299 mg/ml iodine concentration, per ml"),
        line("Q9967", "Low osmolar contrast material, 300-399 mg/ml iodine concentration, per ml"),
        line("S0119", "Ondansetron, oral, 4 mg (for circumstances falling under the medicare statute, use hcpcs q code)"),
    ])
}

#[test]
fn the_near_miss_is_not_first() {
    let hcpcs = near_misses();
    let mut wrong = Vec::new();
    for (asked, code) in [
        // what is denied, in the question and in what a synonym means
        ("CRUTCHES ALUMINUM PAIR", "E0114"),
        ("UNCOATED STENT", "C1876"),
        ("COATED STENT", "C1874"),
        ("WALKER NOT WHEELED", "E0130"),
        ("walker without any wheels", "E0130"),
        // a number in the code's range
        ("OMNIPAQUE 350", "Q9967"),
        ("OMNIPAQUE 240", "Q9966"),
        ("LOW OSMOLAR CONTRAST 300MG/ML", "Q9967"),
        ("GAUZE 4X4 STERILE", "A6402"),
        ("GAUZE 8X8 STERILE", "A6404"),
        ("HYDROCOLLOID 4X4 W/ BORDER", "A6237"),
        ("SYRINGE 10CC", "A4209"),
        ("SYRINGE 30CC", "A4213"),
        ("ELASTIC BANDAGE 2 INCH", "A6448"),
        ("ELASTIC BANDAGE 4 INCH", "A6449"),
        ("ELASTIC BANDAGE 15 CM", "A6450"),
        // short forms and hyphens
        ("HEP B IMMUNE GLOBULIN", "J1571"),
        ("KETOROLAC-30MG/ML", "J1885"),
        // a vial or a strength in a volume is not swallowed
        ("ONDANSETRON 4MG/2ML VIAL", "J2405"),
        ("GRANISETRON 1MG/ML", "J1626"),
        ("ONDANSETRON 4MG TAB", "S0119"),
        // one drug and no combination, the drug and no brand
        ("ALOXI 0.25MG", "J2469"),
        ("EPINEPHRINE 1MG/ML AMP", "J0165"),
        ("MEPERIDINE 50MG", "J2175"),
        ("MEPERIDINE PROMETHAZINE 50MG", "J2180"),
        ("MIDAZOLAM 2MG/2ML", "J2250"),
        ("SEIZALAM MIDAZOLAM 10MG", "J2253"),
        // letters swapped in a plural
        ("CRUTHCES UNDERARM WOOD", "E0112"),
    ] {
        let codes = hcpcs.codes(&[asked]);
        if codes.first().map(String::as_str) != Some(code) {
            wrong.push(format!("{asked}: {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What a code has although the question denies it is lacking, and no reason for the code.
#[test]
fn what_is_denied_is_no_reason() {
    let answer = near_misses().json(&["search", "WALKER NOT WHEELED", "--as-of", DAY]);
    let hits = answer["hits"].as_array().unwrap();
    let of = |code: &str| hits.iter().find(|hit| hit["code"] == code).unwrap();
    assert_eq!(answer["complete"], 1);
    assert!(of("E0130").get("lacks").is_none());
    assert_eq!(of("E0141")["lacks"][0], "NOT WHEELED");
    assert_eq!(of("E0141")["why"].as_array().map(Vec::len), Some(1));
}

#[test]
fn two_way_is_written_in_two_ways() {
    let answer = near_misses().json(&["search", "FOLEY 2-WAY LATEX", "--as-of", DAY]);
    let hits = answer["hits"].as_array().unwrap();
    let foley = hits.iter().find(|hit| hit["code"] == "A4338").unwrap();
    assert!(foley.get("lacks").is_none(), "{foley}");
}

/// The code of another drug of the same dose is no complete answer.
#[test]
fn a_word_that_no_code_has_is_lacking() {
    for asked in ["ROCURONIUM 50MG", "ROCURONIUM MEPERIDINE"] {
        let answer = near_misses().json(&["search", asked, "--as-of", DAY]);
        assert_eq!(answer["complete"], 0, "{asked}");
        assert_eq!(answer["notices"][0], "no code has all the words");
        for hit in answer["hits"].as_array().unwrap() {
            assert_eq!(hit["lacks"][0], "ROCURONIUM");
        }
    }
}
