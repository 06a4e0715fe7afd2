//! Updates: what they change, what they report and what they refuse.

mod whole;

use std::fs;

use serde_json::{Value, json};

use crate::hcpcs::Hcpcs;
use crate::made::{Line, line, text};

const OCTOBER: &str = "HCPC2025_OCT_ANWEB.txt";
const JANUARY: &str = "HCPC2026_JAN_ANWEB.txt";
const APRIL: &str = "HCPC2026_APR_ANWEB.txt";

/// Twenty codes that stay as they are.
fn stock() -> Vec<Line> {
    let code = |number: usize| {
        line(
            &format!("A4{number:03}"),
            &format!("Supply of kind {number}, each"),
        )
    };
    (0..20).map(code).collect()
}

fn october() -> Vec<Line> {
    let mut lines = stock();
    lines.push(line("J1640", "Injection, hemin, 1 mg"));
    lines.push(line("J1597", "Injection, glycopyrrolate, 0.1 mg"));
    lines.push(line("CS", "Oil spill related service"));
    lines
}

/// Hemin is revised, glycopyrrolate terminated, CS means something else, a code is new.
fn january() -> Vec<Line> {
    let mut lines = stock();
    lines.push(line("J1640", "Injection, hemin, per 1 mg"));
    let ended = line("J1597", "Injection, glycopyrrolate, 0.1 mg");
    lines.push(ended.set(285, "20251231").set(293, "D"));
    lines.push(line("CS", "Cost sharing waived for virus testing"));
    lines.push(line("J9999", "Injection, not otherwise classified").set(293, "A"));
    lines
}

fn april() -> Vec<Line> {
    let mut lines = january();
    lines.push(line("E0601", "Continuous positive airway pressure device"));
    lines
}

/// The program, with the three releases as files and one of them indexed.
fn with_index(of: &str) -> Hcpcs {
    let hcpcs = Hcpcs::new();
    for (name, lines) in [(OCTOBER, october()), (JANUARY, january()), (APRIL, april())] {
        hcpcs.file(name, text(&lines));
    }
    hcpcs.run(["index", of]).code(0);
    hcpcs
}

fn manifest(hcpcs: &Hcpcs) -> Value {
    serde_json::from_slice(&fs::read(hcpcs.index().join("manifest.json")).unwrap()).unwrap()
}

fn generation(hcpcs: &Hcpcs) -> String {
    manifest(hcpcs)["generation"].as_str().unwrap().to_owned()
}

fn releases(hcpcs: &Hcpcs) -> Vec<String> {
    let manifest = manifest(hcpcs);
    let releases = manifest["releases"].as_array().unwrap().iter();
    releases
        .map(|own| own["id"].as_str().unwrap().to_owned())
        .collect()
}

/// What the index answers, and what it says of itself but for when it was built.
fn answers(hcpcs: &Hcpcs) -> Vec<String> {
    let mut answers = Vec::new();
    for arguments in [
        &[
            "search",
            "injection",
            "--json",
            "--facets",
            "--explain",
            "--as-of",
            "2026-02-01",
        ][..],
        &[
            "search",
            "supply each",
            "--json",
            "--as-of",
            "2025-11-01",
            "--limit",
            "50",
        ],
        &["search", "hemin", "--json", "--any-time"],
        &["search", "service", "--json", "--as-of", "2020-06-30"],
        &[
            "show",
            "J1640",
            "J1597",
            "CS",
            "--json",
            "--as-of",
            "2026-05-01",
        ],
        &["show", "CS", "--json", "--as-of", "2025-10-01"],
        &["history", "J1640", "J1597", "CS", "J9999", "--json"],
        &["suggest", "injec", "--json", "--as-of", "2026-02-01"],
    ] {
        answers.push(hcpcs.run(arguments).stdout);
    }
    let mut manifest = manifest(hcpcs);
    for own in ["generation", "built", "bytes", "hash", "head_hash", "seal"] {
        manifest[own] = Value::Null;
    }
    answers.push(manifest.to_string());
    answers
}

#[test]
fn one_after_the_other_is_as_all_at_once() {
    let all = with_index(OCTOBER);
    all.run(["index", OCTOBER, JANUARY, APRIL]).code(0);
    let expected = answers(&all);
    for order in [
        [OCTOBER, JANUARY, APRIL],
        [APRIL, OCTOBER, JANUARY],
        [JANUARY, APRIL, OCTOBER],
    ] {
        let hcpcs = with_index(order[0]);
        for name in &order[1..] {
            hcpcs.run(["update", name]).code(0);
            fs::remove_file(hcpcs.folder().join(name)).unwrap();
        }
        assert_eq!(answers(&hcpcs), expected, "{order:?}");
    }
}

#[test]
fn what_an_update_tells() {
    let hcpcs = with_index(OCTOBER);
    let ran = hcpcs.run(["update", JANUARY]).code(0);
    assert_eq!(
        ran.stdout,
        "2026-01 (HCPC2026_JAN_ANWEB.txt) added; since 2025-10:\n  \
         1 added, 1 terminated, 0 removed, 0 reactivated, 1 revised, 1 reissued\n  \
         added: J9999\n  \
         terminated: J1597\n  \
         revised: J1640\n  \
         mean something else: CS\n\
         clinical note Glycopyrrolate injection (Glyrx-PF), 0.1 mg, 2026-11-20 speaks of\n    \
         codes that are terminated now: J1597\n"
    );
    ran.tells("the index holds 24 codes in 27 versions of 2025-10, 2026-01\n");
    assert_eq!(releases(&hcpcs), ["2025-10", "2026-01"]);
    let before = generation(&hcpcs);
    hcpcs
        .run(["update", JANUARY])
        .code(1)
        .prints("is indexed already")
        .tells("nothing is new");
    assert_eq!(generation(&hcpcs), before);
}

#[test]
fn the_report_for_batch_jobs() {
    let hcpcs = with_index(OCTOBER);
    let dry = hcpcs.json(&["update", JANUARY, "--dry-run"]);
    assert_eq!(releases(&hcpcs), ["2025-10"], "nothing is written");
    assert_eq!(
        (&dry["changed"], &dry["dry_run"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(dry["generation"], Value::Null);
    let mut report = hcpcs.json(&["update", JANUARY]);
    assert_eq!(report["generation"], json!(generation(&hcpcs)));
    report["generation"] = Value::Null;
    report["dry_run"] = json!(true);
    assert_eq!(report, dry);
    assert_eq!(report["indexed"], json!(["2025-10", "2026-01"]));
    let release = &report["releases"][0];
    assert_eq!(release["effect"], "added");
    assert_eq!(release["before"], "2025-10");
    assert_eq!(release["changes"]["terminated"][0]["code"], "J1597");
    assert_eq!(
        release["changes"]["revised"][0]["fields"][0]["words"][1]["text"],
        "per"
    );
    let again = hcpcs.json(&["update", JANUARY]);
    assert_eq!(
        (&again["changed"], &again["generation"]),
        (&json!(false), &Value::Null)
    );
    assert_eq!(again["releases"][0]["effect"], "unchanged");
}

#[test]
fn issues_of_a_quarter() {
    let hcpcs = with_index(OCTOBER);
    let issue = |version: &str, lines: &[Line]| {
        let name = format!("HCPC2025_OCT_ANWEB_{version}.txt");
        hcpcs.file(&name, text(lines));
        name
    };
    let third = issue("v3", &april());
    let second = issue("v2", &january());
    hcpcs
        .run(["update", &third])
        .code(0)
        .prints("takes the place of 2025-10; since then:");
    assert_eq!(releases(&hcpcs), ["2025-10/v3"]);
    let told = "a later issue is indexed, 2025-10/v3";
    hcpcs.run(["update", &second]).code(1).prints(told);
    // the same name with other content is a correction
    issue("v3", &january());
    hcpcs
        .run(["update", &third])
        .code(0)
        .prints("lacks 1 code of");
    assert_eq!(manifest(&hcpcs)["codes"], 24);
}

#[test]
fn a_release_that_lacks_too_much_is_refused() {
    let hcpcs = with_index(OCTOBER);
    let few = hcpcs.file("HCPC2026_JUL_ANWEB.txt", text(&october()[3..]));
    let few = few.to_str().unwrap();
    let before = answers(&hcpcs);
    let ran = hcpcs.run(["update", few]).code(3);
    ran.tells(
        "2026-07 lacks 3 of the 23 codes of 2025-10, more than a tenth, and nothing was changed; \
         check the file, or take it with --force",
    );
    assert_eq!(answers(&hcpcs), before);
    hcpcs.run(["update", few, "--dry-run"]).code(3);
    hcpcs
        .run(["update", few, "--force"])
        .code(0)
        .prints("removed: A4000 A4001 A4002");
    assert_eq!(releases(&hcpcs), ["2025-10", "2026-07"]);
    let nearly = hcpcs.file("HCPC2026_OCT_ANWEB.txt", text(&october()[4..]));
    hcpcs.run(["update", nearly.to_str().unwrap()]).code(0);
}

#[test]
fn annotations_take_the_place_of_earlier_issues() {
    const NOTE: &str = "---\ncode: E0601\ntitle: My device\n---\n## Summary\n";
    const HEAD: &str = "Medicare Part B\n\n2026_CODE,Short Description,LABELER NAME,NDC,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\n";
    let hcpcs = with_index(JANUARY);
    let note = |words: &str| hcpcs.file("note.md", format!("{NOTE}{words}\n"));
    note("Blows gently.");
    let ran = hcpcs.run(["update", "note.md"]).code(0);
    ran.prints("clinical note My device added; speaks of 1 code, 1 of them in no release");
    hcpcs
        .run(["update", "note.md"])
        .code(1)
        .prints("is indexed already");
    note("Blows mightily.");
    hcpcs
        .run(["update", "note.md"])
        .code(0)
        .prints("takes the place of the earlier one");
    let ran = hcpcs.run(["update", APRIL]).code(0);
    ran.prints("clinical note My device now also speaks of: E0601");
    let day = ["--as-of", "2026-05-01"];
    hcpcs
        .run([&["search", "mightily"][..], &day].concat())
        .code(0)
        .prints("E0601");
    hcpcs
        .run([&["search", "gently"][..], &day].concat())
        .code(1);
    let crosswalk = |month: &str, brand: &str| {
        let row = format!("J1640,Hemin,Some Labeler,55292-0702-55,{brand},1 MG,1,1,336,336\n");
        let title = format!("{month} 2026 ASP NDC-HCPCS Crosswalk\n");
        hcpcs.file(&format!("{month}.csv"), format!("{title}{HEAD}{row}"))
    };
    let taxonomy = |year: &str, family: &str| {
        let headings = "hcpcs_cd,rbcs_id,rbcs_cat,rbcs_cat_desc,rbcs_cat_subcat,rbcs_subcat_desc,rbcs_famnumb,rbcs_family_desc,rbcs_major_ind,hcpcs_cd_add_dt,hcpcs_cd_end_dt,rbcs_latest_assignment,first_rbcs_release_year,rbcs_analysis_start_dt,rbcs_analysis_end_dt,alt_assignment_method,rbcs_id_ever_reassigned";
        let row = format!(
            "E0601,DE001N,D,DME,DE,Other DME,001,{family},N,01/01/1988,12/31/9999,1,2020,01/01/2014,12/31/9999,0,0"
        );
        hcpcs.file(
            &format!("RBCS_RY_{year}.csv"),
            format!("{headings}\n{row}\n"),
        );
        format!("RBCS_RY_{year}.csv")
    };
    let first = taxonomy("2024", "Firstfamily");
    hcpcs
        .run(["update", &first])
        .code(0)
        .prints("RBCS, 2024 added; speaks of 1 code\n");
    let second = taxonomy("2025", "Secondfamily");
    let effect = "RBCS, 2025 takes the place of the earlier one";
    hcpcs.run(["update", &second]).code(0).prints(effect);
    for (month, brand, effect) in [
        ("January", "Firstbrand", "added"),
        ("April", "Secondbrand", "added"),
        ("April", "Thirdbrand", "takes the place"),
    ] {
        crosswalk(month, brand);
        hcpcs
            .run(["update", &format!("{month}.csv")])
            .code(0)
            .prints(effect);
    }
    let found = |brand: &str| {
        hcpcs
            .run([&["search", "--exact", brand][..], &day].concat())
            .code
    };
    assert_eq!(
        [
            found("Firstbrand"),
            found("Secondbrand"),
            found("Thirdbrand")
        ],
        [0, 1, 0]
    );
    assert_eq!([found("Firstfamily"), found("Secondfamily")], [1, 0]);
}

#[test]
fn where_there_is_no_index_or_the_starter_set() {
    let hcpcs = Hcpcs::new();
    hcpcs.file(JANUARY, text(&january()));
    hcpcs
        .run(["update", JANUARY, "--dry-run"])
        .code(3)
        .tells("there is no index here");
    let named = hcpcs.run(["update", JANUARY]).code(3);
    named.tells("there is no index here; check the folder that --index names");
    assert!(!hcpcs.index().exists(), "a mistyped folder is not made");
    let hcpcs = Hcpcs::new().without_index();
    hcpcs.file(JANUARY, text(&january()));
    hcpcs
        .run(["update", JANUARY])
        .code(0)
        .tells("built one from the starter set first")
        .prints("added, before all other releases");
    let status = hcpcs.json(&["status"]);
    let releases = status["releases"].as_array().unwrap();
    assert_eq!(releases.len(), 1, "the starter set gives way");
    assert_eq!(releases[0]["id"], "2026-01");
    hcpcs
        .run(["search", "hemin", "--as-of", "2026-02-01"])
        .code(0)
        .prints("per 1 mg");
    hcpcs.run(["update"]).code(2);
}

#[test]
fn what_cannot_be_read_changes_nothing() {
    let hcpcs = with_index(OCTOBER);
    let before = answers(&hcpcs);
    hcpcs.file("broken.zip", b"PK\x03\x04 and no more");
    hcpcs.file("prose.txt", "Dear all\n");
    for name in ["broken.zip", "prose.txt", "missing.zip"] {
        hcpcs.run(["update", JANUARY, name]).code(3);
    }
    assert_eq!(answers(&hcpcs), before);
    let path = hcpcs.index().join("manifest.json");
    let other = fs::read_to_string(&path)
        .unwrap()
        .replace("\"format\": ", "\"format\": 9");
    fs::write(&path, &other).unwrap();
    hcpcs
        .run(["update", JANUARY])
        .code(3)
        .tells("build the index again with `hcpcs index FILE`");
    assert_eq!(fs::read_to_string(&path).unwrap(), other);
}
