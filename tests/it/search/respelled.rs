//! Misspelt words that only synonyms have, and misspelt words of phrases that are synonyms.

use hcpcs::{Answer, Query};
use serde_json::json;

use crate::hcpcs::{DAY, Hcpcs, starter};
use crate::made::{edited, line};

fn index() -> Hcpcs {
    Hcpcs::new().release(&[
        line(
            "A4388",
            "Ostomy pouch, drainable, with extended wear barrier",
        ),
        line("A5500", "Therapeutic shoe for diabetics only, per shoe"),
        line(
            "G0279",
            "Diagnostic digital breast tomosynthesis, unilateral",
        ),
        line("J1050", "Injection, medroxyprogesterone acetate, 1 mg"),
        line("V2790", "Amniotic membrane for surgical reconstruction"),
    ])
}

#[test]
fn they_are_read_as_what_they_are_and_the_answer_says_so() {
    let index = index();
    for (asked, code, word, read) in [
        ("colostmy bags", "A4388", "colostmy", "colostomy"),
        ("bags for a colostmy", "A4388", "colostmy", "colostomy"),
        ("mamogram 3d", "G0279", "mamogram", "mammogram"),
    ] {
        let answer = index.json(&["search", asked, "--as-of", DAY]);
        assert_eq!(answer["hits"][0]["code"], code, "{answer}");
        let said = json!([{"asked": word, "instead": [read]}]);
        assert_eq!(answer["searched_instead"], said, "{answer}");
        let ran = index.run(["search", asked, "--as-of", DAY]);
        ran.tells(&format!(
            "no code has \"{word}\"; searched for {read} instead"
        ));
        // As typed, it is not found.
        let exact = index.json(&["search", asked, "--as-of", DAY, "--exact"]);
        assert_eq!(exact["searched_instead"], json!([]), "{exact}");
    }
}

/// A name that another word of a synonym is near is not that word.
#[test]
fn a_name_that_a_synonym_has_with_another_word_is_right() {
    for asked in ["depo provera", "provera depo"] {
        let answer = index().json(&["search", asked, "--as-of", DAY]);
        assert_eq!(answer["hits"][0]["code"], "J1050", "{answer}");
        assert_eq!(answer["searched_instead"], json!([]), "{answer}");
    }
}

/// The least share of misspelt phrases whose first code is that of the phrase.
const FOUND: f64 = 0.9;

#[test]
fn a_misspelt_word_of_a_synonym_leads_where_the_word_leads() {
    let ask = |text: &str| -> Answer {
        let query = Query {
            text: text.to_owned(),
            as_of: DAY.parse().ok(),
            limit: Some(1),
            finished: true,
            ..Query::default()
        };
        starter().search(&query).unwrap()
    };
    let synonyms = std::fs::read_to_string("data/synonyms.tsv").unwrap();
    let phrases = synonyms.lines().filter_map(|line| line.split_once('\t'));
    let (mut all, mut wrong) = (0u32, Vec::new());
    for (nth, (phrase, _)) in phrases.enumerate().step_by(13) {
        let word = phrase.split(' ').max_by_key(|word| word.len()).unwrap();
        let is_letters = phrase
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b' ');
        if !is_letters || word.len() < 7 {
            continue;
        }
        let right = ask(phrase);
        let Some(first) = right
            .hits
            .first()
            .filter(|_| right.searched_instead.is_empty())
        else {
            continue;
        };
        let misspelt = phrase.replacen(word, &edited(word, nth), 1);
        let found = ask(&misspelt);
        all += 1;
        if found.hits.first().map(|hit| hit.code) != Some(first.code) {
            wrong.push(format!("{misspelt} for {phrase}"));
        }
    }
    assert!(all > 300, "{all}");
    #[expect(clippy::cast_precision_loss, reason = "some hundred phrases")]
    let share = 1.0 - wrong.len() as f64 / f64::from(all);
    assert!(share > FOUND, "{share:.3} of {all}: {wrong:#?}");
}
