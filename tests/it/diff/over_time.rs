//! `hcpcs history` and searches at any time: a code over all releases.

use serde_json::json;

use super::{NEW, OLD, files, old};
use crate::made::text;

#[test]
fn a_code_over_time() {
    let hcpcs = files();
    hcpcs.file("HCPC2026_APR_ANWEB.txt", text(&old()[4..]));
    hcpcs
        .run(["index", OLD, NEW, "HCPC2026_APR_ANWEB.txt", "--force"])
        .code(0);
    let ran = hcpcs.run(["history", "J1640", "CS", "J9998"]).code(1);
    insta::assert_snapshot!(ran.stdout, @r"
    J1640  3 versions in 3 releases
    until 2025-12-31 · release 2025-10
           Injection, hemin, 1 mg
           added 2020-01-01
    from 2026-01-01 until 2026-03-31 · release 2026-01
           long descriptor: Injection, hemin, {+per+} 1 mg
           short descriptor: Injection, hemin, {+per+} 1 mg
           betos: O1E → O1D
    from 2026-04-01 · release 2026-04
           long descriptor: Injection, hemin, [-per-] 1 mg
           short descriptor: Injection, hemin, [-per-] 1 mg
           betos: O1D → O1E

    CS  3 versions in 3 releases
    until 2025-12-31 · release 2025-10
           Oil spill related service
           added 2020-01-01
    from 2026-01-01 until 2026-03-31 · release 2026-01 · means something else
           Cost sharing waived for virus testing
           added 2020-01-01
           long descriptor: [-Oil spill related service-] {+Cost sharing waived for
           virus testing+}
           short descriptor: [-Oil spill related service-] {+Cost sharing waived
           for viru+}
    from 2026-04-01 · release 2026-04 · means something else
           Oil spill related service
           added 2020-01-01
           long descriptor: [-Cost sharing waived for virus testing-] {+Oil spill
           related service+}
           short descriptor: [-Cost sharing waived for viru-] {+Oil spill related
           service+}
    ");
    ran.tells("no release that is indexed has J9998");
    let json = hcpcs.json(&["history", "J0001"]);
    let versions = json[0]["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(
        versions[0]["holds"],
        json!({"from": null, "to": "2025-12-31", "first_release": "2025-10", "last_release": "2025-10"})
    );
    assert_eq!(
        versions[1]["holds"]["to"], "2026-03-31",
        "April has it no more"
    );
    assert_eq!(versions[1]["changes"][0]["field"], "terminated");
    assert_eq!(versions[1]["record"]["code"], "J0001");
}

#[test]
fn a_code_that_comes_back() {
    let hcpcs = files();
    hcpcs.file("HCPC2026_APR_ANWEB.txt", text(&old()));
    hcpcs
        .run(["index", OLD, NEW, "HCPC2026_APR_ANWEB.txt"])
        .code(0);
    let ran = hcpcs.run(["history", "A4001"]).code(0);
    ran.prints("not in the releases 2026-01\nfrom 2026-04-01 · release 2026-04\n");
}

#[test]
fn at_any_time() {
    let hcpcs = files();
    hcpcs.run(["index", OLD, NEW]).code(0);
    let ran = hcpcs.run(["search", "--any-time", "hemin"]).code(0);
    ran.prints("release 2025-10")
        .prints("release 2026-01")
        .tells("2 versions match");
    let json = hcpcs.json(&["search", "--any-time", "oil"]);
    assert_eq!(json["hits"][0]["holds"]["to"], "2025-12-31");
    assert_eq!(json["hits"][0]["reissued"], true);
    hcpcs
        .run(["search", "oil", "--as-of", "2026-02-01"])
        .code(1);
    hcpcs
        .run(["search", "oil", "--as-of", "2020-06-30"])
        .code(0)
        .tells("no indexed release is as old as 2020-06-30; the first indexed release, 2025-10, answers");
    let json = hcpcs.json(&["search", "hemin", "--as-of", "2026-02-01"]);
    assert_eq!(json["hits"][0].get("holds"), None);
}

#[test]
fn a_history_says_which_quarters_it_knows() {
    let hcpcs = files();
    let said = |paths: &[&str]| {
        hcpcs.run([&["index", "--force"], paths].concat()).code(0);
        let known = hcpcs.json(&["history", "J1640"])[0]["known"].clone();
        let missing = known["missing"].as_array().unwrap().len();
        let ran = hcpcs.run(["history", "J1640"]).code(0);
        (
            missing,
            known["text"].as_str().unwrap().to_owned(),
            ran.stdout,
        )
    };
    let (missing, words, printed) = said(&[NEW]);
    assert_eq!(missing, 0);
    assert!(words.starts_with("only 2026-01 is indexed"), "{words}");
    assert!(printed.contains(&words) && printed.contains("in every indexed release"));
    hcpcs.file("HCPC2026_OCT_ANWEB.txt", text(&old()));
    let (missing, words, printed) = said(&[OLD, NEW, "HCPC2026_OCT_ANWEB.txt"]);
    assert_eq!(missing, 1);
    assert!(
        words.ends_with("not indexed: 2026-04 to 2026-07"),
        "{words}"
    );
    assert!(printed.contains("2026-04 to"), "{printed}");
}
