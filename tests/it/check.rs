//! `hcpcs check` and `Searcher::check`: every verdict, the forms of lines, exit codes.

use ::hcpcs::claims::{Checked, ClaimLine, Verdict};
use ::hcpcs::history::Standing;
use ::hcpcs::{ReadOptions, Searcher, release};
use serde_json::Value;

use crate::hcpcs::{Hcpcs, Ran, january_index, starter};
use crate::made::line;
use crate::shared::shared;

fn checked(searcher: &Searcher, text: &str) -> Checked {
    searcher.check(&text.parse::<ClaimLine>().unwrap())
}

/// Runs the program on lines in a file.
fn run(lines: &str, args: &[&str]) -> Ran {
    let program = Hcpcs::starter();
    program.file("lines", lines);
    program.run([&["check", "lines"], args].concat())
}

#[test]
fn verdicts_on_codes() {
    for (text, verdict, valid, reason) in [
        (
            "J1640 2026-02-01",
            Verdict::Valid,
            Some(true),
            "valid since 2006-01-01",
        ),
        (
            "J3490 2026-02-01",
            Verdict::Noc,
            Some(true),
            "not otherwise classified, a claim needs a narrative",
        ),
        (
            "J1640 2005-12-31",
            Verdict::NotYetValid,
            Some(false),
            "not valid until 2006-01-01",
        ),
        (
            "J1640 2006-01-01",
            Verdict::Valid,
            Some(true),
            "valid since 2006-01-01",
        ),
        (
            "Q9989 2026-02-01",
            Verdict::Terminated,
            Some(false),
            "ended 2017-12-31; successor J3358",
        ),
        (
            "Q9989 2017-12-31",
            Verdict::Valid,
            Some(true),
            "valid until 2017-12-31",
        ),
        (
            "G0297 2026-02-01",
            Verdict::Terminated,
            Some(false),
            "ended 2020-12-31; CMS names no successor",
        ),
        (
            "G0202 2026-02-01",
            Verdict::Terminated,
            Some(false),
            "ended 2017-12-31; CMS refers to 77067 (CPT, not covered here)",
        ),
        (
            "99213 2026-02-01",
            Verdict::OutOfScope,
            None,
            "a CPT number, which is HCPCS Level I and not covered here",
        ),
        (
            "D0120 2026-02-01",
            Verdict::OutOfScope,
            None,
            "a CDT (dental) code, which is not covered here",
        ),
        (
            "J1641 2026-02-01",
            Verdict::Undetermined,
            None,
            "not in release 2026-01/starter, 809 of about 9,000 codes, which cannot say whether it \
             is a code; nearest J1640, J1642, J1643",
        ),
    ] {
        let checked = checked(starter(), text);
        assert_eq!((checked.verdict, checked.valid), (verdict, valid), "{text}");
        assert_eq!(checked.reason, reason, "{text}");
    }
}

#[test]
fn the_nearest_codes_are_those_that_look_or_count_alike() {
    let (no_code, not_here) = (Verdict::Unknown, Verdict::Undetermined);
    for (typed, first, verdict) in [
        ("J164O", "J1640", no_code),
        ("JI640", "J1640", no_code),
        ("J1460", "J1640", not_here),
        ("J164", "J1640", no_code),
        ("J16400", "J1640", no_code),
        ("e06O1", "E0601", no_code),
        ("W1640", "J1640", not_here),
    ] {
        let checked = checked(starter(), &format!("{typed} 2026-02-01"));
        assert_eq!(checked.verdict, verdict, "{typed}");
        assert_eq!(
            checked.nearest[0].code.as_str(),
            first,
            "{typed}: {checked:?}"
        );
    }
    assert_eq!(checked(starter(), "zz").verdict, not_here, "a modifier");
    for typed in ["hemin-injection", "J", "éé640", "0000000000"] {
        let checked = checked(starter(), typed);
        assert_eq!(checked.verdict, Verdict::Unknown, "{typed}");
        assert!(checked.nearest.is_empty(), "{typed}");
    }
}

#[test]
fn verdicts_on_modifiers() {
    let line = "E0601 RR 25 ZZ JG 2026-02-01";
    let found = checked(starter(), line);
    let verdicts: Vec<Verdict> = found.modifiers.iter().map(|own| own.verdict).collect();
    let (valid, out_of_scope) = (Verdict::Valid, Verdict::OutOfScope);
    assert_eq!(
        verdicts,
        [
            valid,
            out_of_scope,
            Verdict::Undetermined,
            Verdict::Terminated
        ]
    );
    assert_eq!((found.verdict, found.valid), (Verdict::Valid, Some(false)));
    assert!(found.reason.ends_with(
        "modifier 25 is one of CPT, out of scope here; modifier ZZ is undetermined; \
         modifier JG ended 2024-12-31"
    ));
    let of = |text: &str| checked(starter(), text).modifiers[0].verdict;
    assert_eq!(of("E0601 JG 2017-12-31"), Verdict::NotYetValid);
    assert_eq!(of("E0601 JG 2024-12-31"), Verdict::Valid);
    assert_eq!(of("E0601 J1640 2024-12-31"), Verdict::Unknown);
    // A modifier that is not known here makes no line wrong.
    assert_eq!(
        checked(starter(), "E0601 RR 59 2026-02-01").valid,
        Some(true)
    );
}

#[test]
fn three_forms_give_the_same_verdicts() {
    let program = Hcpcs::starter();
    let json = |name: &str, text: &str| -> Vec<Value> {
        program.file(name, text);
        let ran = program.run(["check", name, "--json"]);
        let lines = ran
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        lines.collect()
    };
    let text = json("a", "HC:J1640:JW 2026-02-01\nQ9989 2026-02-01\n");
    let objects = json(
        "b",
        "{\"code\":\"j1640\",\"modifiers\":[\"jw\"],\"dos\":\"20260201\"}\n\
         {\"code\":\"Q9989\",\"dos\":\"2026-02-01\"}\n",
    );
    let table = json(
        "c",
        "line_id,dos,code,mod1\n1,2/1/2026,J1640,JW\n2,20260201,Q9989,\n",
    );
    let without_input = |lines: &[Value]| -> Vec<Value> {
        let mut lines = lines.to_vec();
        for line in &mut lines {
            assert!(line["input"].take().is_object());
        }
        lines
    };
    assert_eq!(without_input(&text), without_input(&objects));
    assert_eq!(text[0]["line_id"], 1);
    assert_eq!(table[0]["line_id"], "1");
    for (text, row) in text.iter().zip(&table) {
        assert_eq!(text["reason"], row["reason"]);
        assert_eq!(text["dos"], row["dos"]);
    }
    assert_eq!(text[1]["successors"][0]["target"], "J3358");
    assert_eq!(text[1]["verdict"], "terminated");
}

#[test]
fn lines_for_people_and_a_summary() {
    let ran = run(
        "J1640 JW\nQ9989\nJ3490\nE0601 ZZ\n",
        &["--as-of", "2026-02-01"],
    )
    .code(1);
    assert_eq!(
        ran.stdout,
        "\
valid         J1640 JW  Hemin for injection, per 1 mg
              valid since 2006-01-01
terminated    Q9989  Ustekinumab given by intravenous injection, per 1 mg
              ended 2017-12-31; successor J3358
noc           J3490  Drugs without a class (unclassified)
              not otherwise classified, a claim needs a narrative
undetermined  E0601 ZZ  CPAP machine: device giving continuous positive airway
              pressure
              valid since 1988-01-01; modifier ZZ is undetermined
"
    );
    ran.told(
        "4 lines, 2 valid, 1 of a code that needs a narrative, 1 terminated, \
         1 with a modifier that is undetermined, \
         4 without a day of service judged as of 2026-02-01\n\
         release 2026-01/starter, 809 of about 9,000 codes",
    );
}

#[test]
fn a_table_out() {
    let ran = run(
        "J1640 JW 25\nnix,x\n{\"code\":1}\n",
        &["--csv", "--as-of", "2026-02-01"],
    );
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(
        lines[0],
        "text,line,line_id,dos,code,valid,verdict,reason,successors,nearest,short_descriptor,\
         long_descriptor,coverage,coverage_meaning,noc,units,ndc,judged_as_of,release,notice,\
         mod1,mod1_verdict,mod2,mod2_verdict,mod3,mod3_verdict,mod4,mod4_verdict,finding"
    );
    assert!(lines[1].starts_with("J1640 JW 25,1,1,,J1640,true,valid,"));
    assert!(lines[1].ends_with(",2026-02-01,2026-01/starter,,JW,valid,25,out of scope,,,,,valid"));
    assert!(lines[2].starts_with("\"nix,x\",2,2,,NIX,false,unknown,"));
    assert!(lines[2].ends_with(",unknown") && lines[3].ends_with(",not readable"));
    assert!(lines[3].starts_with("\"{\"\"code\"\":1}\",3,3,,,false,not readable,"));
    ran.code(3)
        .tells("3 lines, 1 valid, 1 unknown, 1 not readable, 2 without a day of service");
}

#[test]
fn exit_codes() {
    run("J1640\nE0601 RR\n", &[])
        .code(0)
        .tells("2 lines, 2 valid, 2 without a day of service judged as of ");
    run("J1640 2026-02-01\n", &[])
        .code(0)
        .told("1 line, 1 valid\nrelease 2026-01/starter, 809 of about 9,000 codes");
    run("", &[]).code(1).tells("no claim lines");
    run("99213\n", &[])
        .code(1)
        .tells("1 line, 0 valid, 1 out of scope");
    run("J1640\nJW J1640\n", &[])
        .code(3)
        .prints("not readable  line 2: `JW` comes before `J1640`");
    run("dos,mod1,code,hcpcs\n", &[])
        .code(3)
        .tells("`hcpcs` is a second column of its kind");
    run("patient,dos,code\nx,2026-02-01,J1640\n", &[])
        .code(0)
        .tells("columns not read: patient");
    Hcpcs::starter()
        .run(["check", "nowhere"])
        .code(3)
        .tells("nowhere: cannot read");
    Hcpcs::starter().run(["check"]).code(2);
}

#[test]
fn a_code_that_a_later_release_no_longer_lists() {
    let program = Hcpcs::new();
    let old = program.file(
        "HCPC2025_JAN_ANWEB.txt",
        crate::made::text(&[line("J0001", "One"), line("J0002", "Two")]),
    );
    let new = program.file(
        "HCPC2026_JAN_ANWEB.txt",
        crate::made::text(&[line("J0001", "One")]),
    );
    program
        .run([std::ffi::OsStr::new("index"), old.as_ref(), new.as_ref()])
        .code(0);
    let searcher = Searcher::open(program.index()).unwrap();
    let of = |text: &str| checked(&searcher, text);
    assert_eq!(of("J0002 2025-03-31").verdict, Verdict::Valid);
    let between = of("J0002 2025-04-01");
    assert_eq!(between.verdict, Verdict::UnknownBetweenReleases);
    assert_eq!(
        between.reason,
        "unknown between releases: 2025-01 lists it and speaks until 2025-03-31, the next indexed \
         release begins 2026-01-01 and no longer lists it"
    );
    assert_eq!(of("J0002 2025-12-31").verdict, between.verdict);
    let gone = of("J0002 2026-01-01");
    assert_eq!(gone.verdict, Verdict::NoLongerListed);
    assert_eq!(
        gone.reason,
        "no longer listed from 2026-01-01, last listed in 2025-01; CMS names no successor"
    );
    assert_eq!(of("J0001 2026-02-01").verdict, Verdict::Valid);
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn every_code_of_a_real_release_has_the_verdict_of_its_record() {
    let zip = shared("cms/january-2026-alpha-numeric-hcpcs-file.zip").unwrap();
    let index = january_index().unwrap();
    let day = "2026-02-01".parse().unwrap();
    let searcher = Searcher::open(index).unwrap();
    let releases = release::read(&zip, &ReadOptions::default()).unwrap();
    let mut followed = 0;
    for record in &releases[0].records {
        let line = ClaimLine {
            code: record.code.to_string(),
            dos: Some(day),
            ..ClaimLine::default()
        };
        let checked = searcher.check(&line);
        let expected = match (record.terminated, record.added) {
            (Some(end), _) if end < day => Verdict::Terminated,
            (_, Some(begin)) if begin > day => Verdict::NotYetValid,
            _ if record.not_otherwise_classified == Some(true) => Verdict::Noc,
            _ => Verdict::Valid,
        };
        assert_eq!(checked.verdict, expected, "{}", record.code);
        let names_one = !record.cross_references.is_empty() && expected == Verdict::Terminated;
        assert_eq!(!checked.successors.is_empty(), names_one, "{}", record.code);
        let leads_on = |own: &::hcpcs::history::CrossReference| own.standing == Standing::Valid;
        followed += usize::from(checked.successors.iter().any(leads_on));
    }
    assert!(followed > 100, "{followed}");
}
