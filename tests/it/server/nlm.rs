//! NLM's format: each example of its contract, its limits, and what is assumed of it.

use serde_json::{Value, json};

use super::{Client, encoded, serve_folder, served};
use crate::hcpcs::january_index;

/// Asks with names and values.
fn ask(client: &Client, pairs: &[(&str, &str)]) -> super::Got {
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", encoded(value));
    let pairs = pairs.iter().map(pair);
    let query = pairs.collect::<Vec<_>>().join("&");
    client.get(&format!("/api/hcpcs/v3/search?{query}"))
}

fn answer(pairs: &[(&str, &str)]) -> Value {
    let got = ask(served(), pairs);
    assert_eq!(
        (got.status, &*got.content_type),
        (200, "application/json"),
        "{got:?}"
    );
    got.json()
}

fn codes(answer: &Value) -> Vec<&str> {
    answer[1]
        .as_array()
        .unwrap()
        .iter()
        .map(|code| code.as_str().unwrap())
        .collect()
}

#[test]
fn extra_fields_are_as_long_as_the_codes() {
    let answer = answer(&[
        ("terms", "glycopyrrolate"),
        (
            "ef",
            "short_desc,long_desc:long,add_dt,act_eff_dt,term_dt,obsolete,is_noc",
        ),
        ("df", "code,display"),
        ("count", "20"),
        ("offset", "0"),
    ]);
    let codes = codes(&answer);
    assert_eq!(answer[0], codes.len());
    for code in ["J1596", "J1597", "J7642", "J7643"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    let extra = answer[2].as_object().unwrap();
    let names: Vec<&String> = extra.keys().collect();
    let expected = [
        "short_desc",
        "long",
        "add_dt",
        "act_eff_dt",
        "term_dt",
        "obsolete",
        "is_noc",
    ];
    assert_eq!(names, expected);
    assert!(
        extra
            .values()
            .all(|values| values.as_array().unwrap().len() == codes.len())
    );
    let at = codes.iter().position(|code| *code == "J1596").unwrap();
    assert_eq!(extra["add_dt"][at], "20240101");
    assert_eq!(extra["act_eff_dt"][at].as_str().unwrap().len(), 8);
    assert_eq!(extra["term_dt"][at], "");
    assert_eq!(extra["obsolete"][at], false);
    assert_eq!(extra["is_noc"][at], false);
    assert_eq!(answer[3][at], json!(["J1596", extra["long"][at]]));
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn the_examples_on_a_release() {
    let folder = january_index().unwrap();
    let client = serve_folder(folder);
    let answer = ask(&client, &[("terms", "hemin")]).body;
    assert_eq!(
        answer,
        r#"[1,["J1640"],null,[["J1640","Injection, hemin, 1 mg"]]]"#
    );
    let pairs = [
        ("terms", "glycopyrrolate"),
        ("ef", "short_desc,add_dt,act_eff_dt,term_dt,obsolete,is_noc"),
        ("count", "20"),
    ];
    let answer = ask(&client, &pairs).json();
    let at = |code| codes(&answer).iter().position(|own| *own == code).unwrap();
    for (code, short, added) in [
        ("J1596", "Inj, glycopyrrolate, 0.1 mg", "20240101"),
        ("J1597", "Inj glycopyrrolate, glyrx-pf", "20240701"),
        ("J7642", "Glycopyrrolate comp con", "20000101"),
        ("J7643", "Glycopyrrolate comp unit", "20000101"),
    ] {
        let extra = |name: &str| &answer[2][name][at(code)];
        assert_eq!(extra("short_desc"), short);
        assert_eq!(extra("add_dt"), added);
        assert!(extra("act_eff_dt").as_str() >= extra("add_dt").as_str());
        assert_eq!(extra("obsolete"), false);
    }
    let display = &answer[3][at("J1597")];
    assert_eq!(
        *display,
        json!(["J1597", "Injection, glycopyrrolate (glyrx-pf), 0.1 mg"])
    );
}

#[test]
fn one_code_and_none() {
    assert_eq!(answer(&[("terms", "hemin")])[0], 1);
    assert_eq!(codes(&answer(&[("terms", "hemin")])), ["J1640"]);
    assert_eq!(ask(served(), &[("terms", "zzzz")]).body, "[0,[],null,[]]");
}

#[test]
fn many_codes_at_once() {
    let q = ("q", "code:(J1640 OR J1597)");
    let answer = answer(&[("terms", ""), ("sf", "code"), q, ("count", "500")]);
    assert_eq!(answer[0], 2);
    assert_eq!(codes(&answer), ["J1597", "J1640"]);
}

#[test]
fn constraints_leave_codes_out() {
    let all = answer(&[("terms", "inj"), ("maxList", "")]);
    let q = ("q", "is_noc:false AND obsolete:false");
    let some = answer(&[
        ("terms", "inj"),
        q,
        ("maxList", ""),
        ("ef", "is_noc,obsolete"),
    ]);
    assert!(some[0].as_u64() < all[0].as_u64());
    let flags = some[2]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|flags| flags.as_array().unwrap());
    assert!(flags.clone().count() > 20);
    assert!(flags.into_iter().all(|flag| flag == false));
    let ended = answer(&[
        ("terms", ""),
        ("q", "term_dt:[* TO 20141231]"),
        ("ef", "term_dt"),
    ]);
    let days = ended[2]["term_dt"].as_array().unwrap();
    assert!(!days.is_empty() && days.iter().all(|day| day.as_str().unwrap() <= "20141231"));
    let pumps = answer(&[("terms", ""), ("q", "long_desc:pump AND NOT code:E*")]);
    assert!(pumps[0].as_u64() > Some(0));
    assert!(codes(&pumps).iter().all(|code| !code.starts_with('E')));
}

#[test]
fn codes_for_what_is_misspelt() {
    let answer = answer(&[("suggest", "1"), ("field_val", "glycopyrolate")]);
    assert_eq!(answer[2], Value::Null);
    let codes: Vec<&Value> = answer[0].as_array().unwrap().iter().collect();
    assert_eq!(codes.len(), answer[1].as_array().unwrap().len());
    assert!(codes.iter().any(|code| **code == "J1596"), "{answer}");
    assert!(codes.iter().any(|code| **code == "J1597"), "{answer}");
}

#[test]
fn every_word_is_a_beginning() {
    let answer = answer(&[("terms", "glycopyr inh"), ("count", "100")]);
    assert_eq!(codes(&answer).len(), 2);
    assert!(codes(&answer).iter().all(|code| code.starts_with("J764")));
    let by_code = self::answer(&[("terms", "j16"), ("sf", "code"), ("count", "100")]);
    assert!(codes(&by_code).iter().all(|code| code.starts_with("J16")));
    let only_short = self::answer(&[("terms", "j16"), ("sf", "short_desc")]);
    assert_eq!(only_short[0], 0);
}

#[test]
fn pages_and_their_limits() {
    let all = answer(&[("terms", ""), ("maxList", "")]);
    assert_eq!(codes(&all).len(), 500);
    assert!(all[0].as_u64() > Some(500), "the total is of all");
    assert_eq!(codes(&answer(&[("terms", "")])).len(), 7);
    let first = answer(&[("terms", "wheelchair"), ("count", "10")]);
    let second = answer(&[("terms", "wheelchair"), ("count", "10"), ("offset", "5")]);
    assert_eq!(codes(&first)[5..], codes(&second)[..5]);
    assert_eq!(
        codes(&answer(&[("terms", ""), ("offset", "7500")])),
        [""; 0]
    );
    let mut seen = std::collections::BTreeSet::new();
    for offset in ["0", "500"] {
        let page = answer(&[("terms", ""), ("count", "500"), ("offset", offset)]);
        seen.extend(codes(&page).into_iter().map(str::to_owned));
    }
    assert_eq!(seen.len() as u64, all[0].as_u64().unwrap());
}

#[test]
fn a_widget_may_ask_from_everywhere() {
    let raw = served().raw(
        b"GET /api/hcpcs/v3/search?terms=hemin&authenticity_token=x HTTP/1.1\r\nhost: localhost\r\n\
          origin: http://elsewhere.example\r\nconnection: close\r\n\r\n",
    );
    assert!(raw.contains("access-control-allow-origin: *"), "{raw}");
    assert!(raw.contains(r#"[1,["J1640"],null,"#), "{raw}");
}

#[test]
fn our_own_highlights() {
    let answer = answer(&[
        ("terms", "hem"),
        ("q", "code:J1640"),
        ("hl", "1"),
        ("df", "display"),
    ]);
    assert!(
        answer[3][0][0]
            .as_str()
            .unwrap()
            .to_lowercase()
            .contains("<span>hem</span>in")
    );
}

#[test]
fn assumed_that_display_is_the_long_descriptor() {
    let answer = answer(&[("terms", "J1640"), ("ef", "display,long_desc")]);
    assert_eq!(answer[2]["display"], answer[2]["long_desc"]);
}

#[test]
fn assumed_that_flags_are_booleans() {
    let answer = answer(&[("terms", "J3490"), ("ef", "is_noc,obsolete")]);
    assert_eq!(answer[2], json!({"is_noc": [true], "obsolete": [false]}));
    let display = self::answer(&[("terms", "J3490"), ("df", "is_noc")]);
    assert_eq!(display[3], json!([["true"]]));
}

#[test]
fn assumed_that_modifiers_are_not_listed() {
    assert_eq!(answer(&[("terms", "JW"), ("sf", "code")])[0], 0);
}

#[test]
fn assumed_that_clauses_beside_each_other_are_joined_by_or() {
    assert_eq!(
        answer(&[("terms", ""), ("q", "code:J1640 code:J1597")])[0],
        2
    );
}

#[test]
fn assumed_that_an_error_is_a_problem() {
    for (name, value, said) in [
        ("q", "code:(", "a value is missing"),
        ("q", "price:1", "there is no field `price`"),
        ("df", "price", "there is no field `price`"),
        ("count", "many", "`count` cannot be `many`"),
    ] {
        let detail = ask(served(), &[("terms", "x"), (name, value)]).problem(400);
        assert!(detail.contains(said), "{detail}");
    }
}

#[test]
fn assumed_that_unknown_parameters_are_passed_over() {
    assert_eq!(
        codes(&answer(&[
            ("terms", "hemin"),
            ("_", "1"),
            ("callback", "x")
        ])),
        ["J1640"]
    );
}

#[test]
fn what_is_not_found_or_not_known_is_said_beside_the_arrays() {
    for (query, said) in [
        (&[("terms", "zzzz")][..], "no code has `zzzz` as terms"),
        (
            &[("terms", "hemin"), ("q", "code:A*")],
            "no code has `hemin` as terms and `code:A*` as q",
        ),
        (
            &[("suggest", "1"), ("field_val", "glycopyrolate")],
            "instead of glycopyrolate",
        ),
        (
            &[("suggest", "1"), ("field_val", "zzzzqqqq")],
            "no code has: zzzzqqqq",
        ),
        (
            &[("terms", "hemin"), ("mode", "x")],
            "there is no parameter `mode`",
        ),
        (
            &[("terms", "injection"), ("count", "9999")],
            "at most 500 codes are given",
        ),
    ] {
        let got = ask(served(), query);
        assert_eq!(got.status, 200, "{got:?}");
        let all = got.said.join("; ");
        assert!(all.contains(said), "{query:?}: {all}");
    }
    let usual = ask(served(), &[("terms", "hemin"), ("authenticity_token", "x")]);
    let all = usual.said.join("; ");
    assert!(
        !all.contains("no parameter") && !all.contains("no code"),
        "{all}"
    );
}

#[test]
fn values_that_no_code_can_have_are_refused() {
    for (name, value) in [
        ("hl", "maybe"),
        ("suggest", "yes please"),
        ("q", "is_noc:maybe"),
        ("q", "obsolete:(true OR perhaps)"),
        ("q", "add_dt:lately"),
        ("q", "term_dt:[soon TO *]"),
    ] {
        let got = ask(served(), &[("terms", "hemin"), (name, value)]);
        assert_eq!(got.status, 400, "{name}={value}: {got:?}");
        assert!(got.body.contains("cannot be"), "{}", got.body);
    }
}
