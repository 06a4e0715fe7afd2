//! Questions that cannot be answered, or hardly.

use std::io::Read as _;
use std::process::Stdio;

use crate::hcpcs::{DAY, Hcpcs};

#[test]
fn an_empty_query() {
    let told = "error: nothing is asked; give words, a code or a filter";
    for args in [&["search"][..], &["search", ""], &["search", " \t "]] {
        Hcpcs::starter().run(args).code(2).told(told);
    }
}

#[test]
fn a_query_of_100_000_characters() {
    let told = "error: the query has 100000 characters; ask with at most 4000";
    let (words, letters) = ("ab ".repeat(33_334), "x".repeat(100_000));
    for query in [&words[..100_000], &letters] {
        Hcpcs::starter().run(["search", query]).code(2).told(told);
    }
    // characters are counted, not bytes
    let emoji = "\u{1F600}".repeat(4_000);
    Hcpcs::starter().run(["search", &emoji]).code(1);
}

#[test]
fn the_longest_query_is_cut_to_its_first_words() {
    let words: Vec<String> = (0..500).map(|nth| format!("w{nth}")).collect();
    Hcpcs::starter()
        .run(["search", &format!("hemin {}", words.join(" "))])
        .tells("only the first ")
        .tells(" words were searched for");
}

#[test]
fn queries_without_a_word() {
    let told = "the query has no word to search for\nno code matches · release 2026-01/starter, 809 of about 9,000 codes · as of 2026-02-01";
    for query in [
        "\u{1}\u{2}\u{7}\u{1b}[31m\u{7f}",
        "\"((",
        "\u{1F600}\u{1F469}\u{200D}\u{2695}\u{FE0F}",
        "\"\"",
        "- -",
        "*",
        "(((",
    ] {
        let ran = Hcpcs::starter().run(["search", "--as-of", DAY, "--", query]);
        if query.contains('[') {
            // what is left of an escape sequence may be words; what counts is that nothing breaks
            assert!([0, 1].contains(&ran.code), "{ran:?}");
        } else {
            ran.code(1).told(told);
        }
    }
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let ran = Hcpcs::starter().run(["search", "zz\u{1b}[31mzz\u{7}gibberish", "--exact"]);
    assert!(!ran.stderr.contains(['\u{1b}', '\u{7}']), "{ran:?}");
}

#[test]
fn the_engines_own_syntax_is_text() {
    let starter = Hcpcs::starter();
    for query in [
        "release:hemin",
        "hemin AND (",
        "hemin~2",
        "hemin^3 [a TO b]",
        "+hemin",
    ] {
        let ran = starter.run(["search", query]);
        assert_eq!(ran.code, 0, "{query}: {ran:?}");
        assert!(ran.stdout.contains("J1640"), "{query}");
    }
}

#[test]
fn malformed_dates_and_ranges() {
    for (args, told) in [
        (
            ["--as-of", "tomorrow"],
            "`tomorrow` is not a date; write YYYY-MM-DD",
        ),
        (
            ["--as-of", "2026-02-30"],
            "`2026-02-30` is not a date; write YYYY-MM-DD",
        ),
        (
            ["--added", "2026.."],
            "`2026` is not a date; write YYYY-MM-DD",
        ),
        (
            ["--added", "2026-02-01..2026-01-01"],
            "`2026-02-01..2026-01-01` runs backwards; write the earlier day first",
        ),
        (
            ["--codes", "J1699-J1600"],
            "a range that runs backwards; write the lower code first",
        ),
        (
            ["--codes", "J16**"],
            "give codes, such as `J1640`, `J16*` or `J1600-J1699`",
        ),
        (
            ["--codes", "J1600-"],
            "give codes, such as `J1640`, `J16*` or `J1600-J1699`",
        ),
        (["--kind", "drug"], "[possible values: procedure, modifier]"),
    ] {
        let args = [&["search", "x"], &args[..]].concat();
        Hcpcs::starter()
            .run(args)
            .code(2)
            .tells(told)
            .tells("error: invalid value");
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let starter = Hcpcs::starter();
    for format in ["--limit=1000", "--json", "--jsonl", "--csv"] {
        let mut command =
            starter.command(["search", "--kind", "procedure", format, "--limit", "1000"]);
        if format.starts_with("--limit") {
            command = starter.command(["search", "--kind", "procedure", format]);
        }
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0; 10]).unwrap();
        drop(stdout);
        let mut told = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut told)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{told}");
        assert!(!told.contains("error"), "{told}");
    }
}
