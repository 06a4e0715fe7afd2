//! Releases that cannot be what they say, and files of a folder that are not what they are called.

use crate::hcpcs::Hcpcs;
use crate::made::{Line, line, text};

const JANUARY: &str = "HCPC2026_JAN_ANWEB.txt";

/// A release of CMS's size, changed until a day.
fn large(ends: &str, changed: &str) -> String {
    large_but(ends, changed, |own| own)
}

/// The same with each line changed.
fn large_but(ends: &str, changed: &str, but: impl Fn(Line) -> Line) -> String {
    let long = "Injection of a drug whose descriptor is longer than the eighty columns of a line, and \
                than a hundred, each";
    let lines = (0..1_100).map(|nth| {
        let text = if nth == 7 { long } else { "Injection, each" };
        let own = line(&format!("J{nth:04}"), text);
        let own = own.set(277, changed);
        but(if nth < 200 { own.set(285, ends) } else { own })
    });
    text(&lines.collect::<Vec<_>>())
}

#[test]
fn descriptors_that_are_cut_or_exchanged_are_refused() {
    let hcpcs = Hcpcs::new();
    let table = |but: &dyn Fn(usize, &str) -> (String, String)| {
        let row = |nth: usize| {
            let long = format!("Drug {nth} {}", "given by a nurse ".repeat(1 + nth % 12));
            let (long, short) = but(nth, long.trim());
            let ends = if nth < 9 { "20251231" } else { "" };
            format!("J{nth:04},00100,3,{long},{short},20200101,20260101,{ends},N\n")
        };
        let rows: String = (0..1_100).map(row).collect();
        "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,ACT EFF DT,TERM DT,ACTION CD\n"
            .to_owned()
            + &rows
    };
    let run = |but: &dyn Fn(usize, &str) -> (String, String)| {
        hcpcs.file("HCPC2026_JAN_ANWEB.csv", table(but));
        hcpcs.run(["index", "HCPC2026_JAN_ANWEB.csv"])
    };
    let cut = |text: &str, width: usize| text.chars().take(width).collect::<String>();
    let short = |text: &str| cut(text, 20);
    run(&|nth, long| (format!("{long}{}", "x".repeat(nth % 40)), short(long))).code(0);
    for width in [80, 100, 150] {
        run(&|_, long| (cut(long, width).trim().into(), short(long)))
            .code(3)
            .tells(&format!(
                "its long descriptions are cut at {width} characters"
            ));
    }
    run(&|_, long| (short(long), long.into()))
        .code(3)
        .tells("shorter than the short one, the first is J0000");
}

#[test]
fn a_release_that_cannot_be_as_it_says_is_refused() {
    let hcpcs = Hcpcs::new();
    for (ends, changed, told) in [
        ("", "20260101", "none of its codes has a termination date"),
        (
            "20191231",
            "20260101",
            "codes that end before they begin: 200, the first is J0000",
        ),
        (
            "20251231",
            "20251001",
            "its latest change is that J1099 was changed on 2025-10-01",
        ),
    ] {
        hcpcs.file(JANUARY, large(ends, changed));
        let ran = hcpcs.run(["index", JANUARY]).code(3);
        assert!(ran.stderr.contains(told), "{told}: {ran:?}");
    }
    hcpcs.file(JANUARY, large("20251231", "20260101"));
    hcpcs.run(["index", JANUARY]).code(0);
}

#[test]
fn a_release_that_lacks_what_every_release_has_is_refused() {
    let whole = large("20251231", "20260101");
    let hcpcs = Hcpcs::new();
    let is_continuation = |line: &&str| line[10..11] == *"4";
    let without = |is_meant: &dyn Fn(&&str) -> bool| -> String {
        let kept = whole.split_inclusive('\n').filter(|line| !is_meant(line));
        kept.collect()
    };
    for (text, told) in [
        (
            without(&is_continuation),
            "none of its descriptors goes on on a second line",
        ),
        (
            without(&|line| line.starts_with("J0007") && !is_continuation(line)),
            "continues `J0007`, whose first line is not before it",
        ),
        (
            large_but("20251231", "20260101", |own| own.set(269, "        ")),
            "1100 of its 1100 codes have no added date",
        ),
        (
            large_but("20251231", "20260101", |own| own.set(293, " ")),
            "none of its codes has an action code",
        ),
    ] {
        hcpcs.file(JANUARY, text);
        hcpcs.run(["index", JANUARY]).code(3).tells(told);
    }
}

#[test]
fn a_folder_names_files_that_are_not_what_they_are_called() {
    let hcpcs = Hcpcs::new();
    hcpcs.file(
        "given/HCPC2026_JAN_ANWEB.txt",
        text(&[line("J1640", "Injection, hemin, 1 mg")]),
    );
    for (name, bytes, told) in [
        (
            "given/page.zip",
            "%PDF-1.7",
            "page.zip: is no zip; download it again",
        ),
        (
            "given/page.zip",
            "",
            "page.zip: is no zip; download it again",
        ),
    ] {
        hcpcs.file(name, bytes);
        hcpcs.run(["index", "given"]).code(3).tells(told);
    }
    std::fs::remove_file(hcpcs.folder().join("given/page.zip")).unwrap();
    hcpcs.file("given/a.xlsx", "x");
    hcpcs
        .run(["index", "given"])
        .code(0)
        .tells("a.xlsx: is no workbook; download it again");
}

#[test]
fn a_gap_in_the_lines_of_a_code_is_refused() {
    let long = "Injection, of many words, ".repeat(12);
    let whole = text(&[line("J1000", &long), line("J1001", "Injection, each")]);
    let lines: Vec<&str> = whole.lines().collect();
    assert!(lines.len() > 4, "{whole}");
    let swapped = [&lines[..2], &[lines[3], lines[2]], &lines[4..]].concat();
    for broken in [[&lines[..2], &lines[3..]].concat(), swapped] {
        let hcpcs = Hcpcs::new();
        hcpcs.file(JANUARY, broken.join("\n") + "\n");
        hcpcs
            .run(["index", JANUARY])
            .code(3)
            .tells("line 3: J1000 goes on with 00400 behind 00200");
    }
}

#[test]
fn a_source_that_says_nothing_of_any_code_is_refused() {
    let rbcs = "HCPCS_Cd,RBCS_ID,RBCS_Cat,RBCS_Cat_Desc,RBCS_Cat_Subcat,RBCS_Subcat_Desc,\
                RBCS_FamNumb,RBCS_Family_Desc,RBCS_Major_Ind,HCPCS_Cd_Add_Dt,HCPCS_Cd_End_Dt,\
                RBCS_Assignment_Eff_Dt,RBCS_Assignment_End_Dt,RBCS_Latest_Assignment\n";
    for (name, file) in [
        ("crosswalk.csv", "_2026_CODE,NDC2,Drug Name\n".to_owned()),
        ("RBCS_RY_2025.csv", rbcs.to_owned()),
    ] {
        let hcpcs = Hcpcs::new();
        hcpcs.file(JANUARY, text(&[line("J1000", "Injection, each")]));
        hcpcs.file(name, file);
        hcpcs.run(["index", JANUARY, name]).code(3).tells("no row");
    }
}
