//! `hcpcs show`, `hcpcs status`, and what describes the program itself.

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::{line, text};

const J1640: &str = "\
J1640  Hemin for injection, per 1 mg
procedure, valid on 2026-02-01, release 2026-01/starter, 809 of about 9,000
codes

Code                              J1640  Drugs administered other than oral
                                  method
Long description                  Hemin for injection, per 1 mg
Short description                 Hemin, per 1 mg
Pricing indicator                 51  Drugs
Multiple pricing indicator        A  Not applicable as HCPCS priced under one
                                  methodology
Coverage                          D  Special coverage instructions apply
ASC payment group                 YY  Approved to be performed in an ambulatory
                                  surgical center
ASC payment group effective       2008-01-01
Processing note                   0095
BETOS                             O1E  Other drugs
Type of service                   1  Medical care
Type of service                   P  Lump sum purchase of DME, prosthetics,
                                  orthotics
Added                             2006-01-01
Action effective                  2006-01-01
Action                            N  No maintenance for this code
Billing unit                      1 mg
";

const JW: &str = "

JW  Drug wastage: amount discarded, not given to any patient
modifier, valid on 2026-02-01, release 2026-01/starter, 809 of about 9,000 codes

Code                              JW
Long description                  Drug wastage: amount discarded, not given to
                                  any patient
Short description                 Drug wasted/discarded
Coverage                          C  Carrier judgment
Added                             2003-01-01
Action effective                  2003-01-01
Action                            N  No maintenance for this code
";

#[test]
fn everything_about_codes() {
    let ran = Hcpcs::starter().run(["show", "j1640", "JW", "--as-of", DAY]);
    let shown = ran.code(0).stdout;
    assert!(shown.starts_with(J1640) && shown.ends_with(JW), "{shown}");
}

#[test]
fn a_code_that_came_back_shows_both_days() {
    let hcpcs = Hcpcs::new();
    let code = || line("J1000", "Injection, alpha, 1 mg").set(269, "20170101");
    let ended = code().set(285, "20241231");
    let again = code().set(277, "20251001").set(293, "R");
    let others = || (2..9).map(|own| line(&format!("J100{own}"), "Injection, beta, 1 mg"));
    for (name, first) in [
        ("HCPC2025_JAN_ANWEB.txt", ended),
        ("HCPC2025_OCT_ANWEB.txt", again),
    ] {
        let lines: Vec<_> = std::iter::once(first).chain(others()).collect();
        hcpcs.file(&format!("releases/{name}"), text(&lines));
    }
    hcpcs.run(["index", "releases"]).code(0);
    hcpcs
        .run(["show", "J1000", "--as-of", DAY])
        .prints("2025-10-01  valid from then; 2017-01-01 as");
    let shown = hcpcs.run(["show", "J1000", "--as-of", "2024-12-31"]).stdout;
    assert!(shown.contains("2017-01-01\n"), "{shown}");
    let fields = &hcpcs.json(&["show", "J1000", "--as-of", DAY])[0]["fields"];
    assert!(
        fields.to_string().contains("2017-01-01 as published"),
        "{fields}"
    );
}

/// When it had ended is in no release that is indexed: the dates alone would say that it was valid.
#[test]
fn a_code_that_came_back_before_the_first_release_says_what_is_not_known() {
    let hcpcs = Hcpcs::new().release(&[line("J1000", "Injection, alpha, 1 mg")
        .set(269, "20170101")
        .set(277, "20260101")
        .set(293, "R")]);
    let said = "eachdayfrom2017-01-01to2025-12-31";
    let flat = |args: &[&str]| {
        let shown = hcpcs.run(args).stdout;
        shown.split_whitespace().collect::<String>()
    };
    for args in [
        &["show", "J1000", "--as-of", DAY][..],
        &["show", "J1000", "--json"],
        &["history", "J1000"],
        &["history", "J1000", "--json"],
        &["check", "J1000", "2024-06-30"],
        &["search", "alpha", "--as-of", "2024-06-30"],
        &["search", "alpha", "--as-of", "2024-06-30", "--csv"],
        &["J1000", "--as-of", "2024-06-30", "--jsonl"],
        &["suggest", "J10", "--as-of", "2024-06-30"],
        &["units", "J1000", "2mg", "--as-of", "2024-06-30"],
        &["export", "--as-of", "2024-06-30"],
    ] {
        assert!(flat(args).contains(said), "{args:?}: {}", flat(args));
    }
    let shown = hcpcs.run(["show", "J1000", "--as-of", "2024-06-30"]);
    shown.prints("procedure, not known to be valid on 2024-06-30");
    let listed = hcpcs.run(["J1000", "--as-of", "2024-06-30"]).code(1);
    listed.tells("J1000 is undetermined");
    for args in [
        &["search", "alpha", "--as-of", DAY][..],
        &["suggest", "J10", "--as-of", DAY],
    ] {
        assert!(!flat(args).contains("re-activated"), "{args:?}");
    }
    let line = hcpcs.json(&["check", "J1000", "2024-06-30"]);
    assert_eq!(line["finding"], "undetermined", "{line}");
    let ran = hcpcs.run(["check", "J1000", "2024-06-30"]).code(1);
    ran.tells("0 valid, 1 of a re-activated code that may have been ended on the day");
    let line = hcpcs.json(&["check", "J1000", DAY]);
    assert_eq!(
        (&line["valid"], &line["reason"]),
        (&true.into(), &"valid since 2017-01-01".into())
    );
}

#[test]
fn every_field_of_the_layout_is_shown() {
    let fields = [
        (120, "51"),
        (128, "A"),
        (129, "110.1"),
        (147, "2005.1"),
        (171, "1833(t)"),
        (181, "100"),
        (205, "J1630"),
        (230, "D"),
        (231, "YY"),
        (233, "20080101"),
        (241, "123"),
        (244, "9"),
        (245, "20090101"),
        (253, "0095"),
        (257, "O1E"),
        (261, "1"),
        (266, "003"),
        (277, "20100101"),
        (285, "20301231"),
    ];
    let record = fields
        .into_iter()
        .fold(line("J1640", "Hemin"), |line, (column, text)| {
            line.set(column, text)
        });
    let hcpcs = Hcpcs::new().release(&[record]);
    let shown = hcpcs.json(&["show", "J1640", "--as-of", DAY]);
    let values: Vec<String> = shown[0]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| {
            format!(
                "{}={}",
                field["alias"].as_str().unwrap(),
                field["value"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        values,
        [
            "HCPCS_CD=J1640",
            "HCPCS_LONG_DESC_TXT=Hemin",
            "HCPCS_SHRT_DESC_TXT=Hemin",
            "HCPCS_PRCNG_IND_CD=51",
            "HCPCS_MLTPL_PRCNG_IND_CD=A",
            "HCPCS_CIM_RFRNC_SECT_NUM=110.1",
            "HCPCS_MCM_RFRNC_SECT_NUM=2005.1",
            "HCPCS_STATUTE_NUM=1833(t)",
            "HCPCS_LAB_CRTFCTN_CD=100",
            "HCPCS_XREF_CD=J1630",
            "HCPCS_CVRG_CD=D",
            "HCPCS_ASC_PMT_GRP_CD=YY",
            "HCPCS_ASC_PMT_GRP_EFCTV_DT=2008-01-01",
            "HCPCS_MOG_PMT_GRP_CD=123",
            "HCPCS_MOG_PMT_PLCY_IND_CD=9",
            "HCPCS_MOG_PMT_GRP_EFCTV_DT=2009-01-01",
            "HCPCS_PRCSG_NOTE_NUM=0095",
            "HCPCS_BETOS_CD=O1E",
            "HCPCS_TYPE_SRVC_CD=1",
            "HCPCS_ANSTHSA_BASE_UNIT_QTY=3",
            "HCPCS_CD_ADD_DT=2020-01-01",
            "HCPCS_ACTN_EFCTV_DT=2010-01-01",
            "HCPCS_TRMNTN_DT=2030-12-31",
            "HCPCS_ACTN_CD=N",
            "NOC list=not known, as no NOC list came with the release",
        ]
    );
}

#[test]
fn an_ended_code_says_so() {
    Hcpcs::starter()
        .run(["show", "J1443", "--as-of", DAY])
        .code(0)
        .prints("procedure, terminated 2025-12-31, as of 2026-02-01, release 2026-01/starter, 809")
        .prints("Terminated                        2025-12-31");
}

#[test]
fn a_code_that_is_not_there() {
    let ran = Hcpcs::starter().run(["show", "J0001", "J1640"]).code(1);
    ran.prints("J1640  Hemin").tells(
        "no release that is indexed has J0001; it is not in release 2026-01/starter, 809 of about \
         9,000 codes, which cannot say whether it is a code",
    );
}

/// As `check` and `search` do.
#[test]
fn a_code_that_is_not_there_names_the_nearest() {
    let hcpcs = Hcpcs::new().release(&[line("J1640", "Injection, hemin, 1 mg")]);
    for (args, code) in [
        (&["show", "J1641"][..], 1),
        (&["history", "J1641"], 1),
        (&["units", "J1641", "1 mg"], 1),
        (&["show", "J164O"], 2),
        (&["history", "J164O"], 2),
        (&["show", "J164O", "J1640"], 1),
    ] {
        hcpcs.run(args).code(code).tells("; nearest J1640");
    }
    let far = hcpcs.run(["show", "E9999"]).code(1);
    assert!(!far.stderr.contains("nearest"), "{}", far.stderr);
}

#[test]
fn what_is_no_code() {
    let starter = Hcpcs::starter();
    starter
        .run(["show", "99213"])
        .code(2)
        .tells("a CPT number, which is HCPCS Level I and not covered here");
    for command in ["show", "history"] {
        starter
            .run([command, "J1640", "hemin"])
            .code(1)
            .prints("J1640  ")
            .tells("`hemin`: not a HCPCS Level II code");
    }
    starter.run(["show", "hemin"]).code(2).tells(
        "not a HCPCS Level II code (a letter and four digits, or a modifier of two characters)",
    );
}

#[test]
fn status_says_what_is_indexed() {
    let hcpcs = Hcpcs::new().release(&[
        line("J1640", "Hemin"),
        line("JW", "Discarded").set(285, "20201231"),
    ]);
    let path = hcpcs.folder().join("HCPC2026_JAN_ANWEB.txt");
    hcpcs
        .run(["status"])
        .code(0)
        .prints("Codes    2 in 2 versions\n")
        .prints(&format!("2026-01  {}\n", path.display()))
        .prints("1 procedure, 1 modifier, 1 terminated, 0 lines skipped, 0 of CPT or CDT");
    let status = hcpcs.json(&["status"]);
    assert_eq!(
        (&status["codes"], &status["releases"][0]["id"]),
        (&2.into(), &"2026-01".into())
    );
}

#[test]
fn completions_and_manual() {
    let hcpcs = Hcpcs::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        hcpcs.run(["completions", shell]).code(0).prints("hcpcs");
    }
    let manual = hcpcs.run(["man"]).code(0);
    for command in ["search", "show", "index", "table", "status"] {
        assert!(
            manual.stdout.contains(&format!("hcpcs\\-{command}")),
            "{command}"
        );
    }
}
