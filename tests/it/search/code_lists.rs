//! Lists of codes: a row an item in the order asked, whatever it is, through every door.

use serde_json::Value;

use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;

const CROSS_REFERENCE: usize = 205;
const ADDED: usize = 269;
const TERMINATED: usize = 285;

fn hcpcs() -> Hcpcs {
    Hcpcs::new().release(&[
        line("JW", "Drug amount discarded"),
        line("MG", "A modifier of former years").set(TERMINATED, "20251231"),
        line("E0601", "Continuous positive airway pressure device"),
        line("J0172", "Injection, aducanumab, 2 mg")
            .set(TERMINATED, "20251231")
            .set(CROSS_REFERENCE, "J1640"),
        line("J0173", "Injection, epinephrine, 0.1 mg").set(ADDED, "20260301"),
        line("J1640", "Injection, hemin, 1 mg").set(230, "D"),
    ])
}

const LIST: &str = "J1640 E0601 J0172 99213 J9999 hemin J0173";

/// The rows of CSV without its header.
fn rows(hcpcs: &Hcpcs, args: &[&str]) -> Vec<String> {
    let format = ["search", "--csv", "--fields", "code,status", "--as-of", DAY];
    let ran = hcpcs.run([&format, args].concat());
    ran.stdout.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn one_row_an_item_in_the_order_asked() {
    let hcpcs = hcpcs();
    let expected = [
        "J1640,valid",
        "E0601,valid",
        "J0172,terminated",
        "99213,out_of_scope",
        "J9999,unknown",
        "hemin,unknown",
        "J0173,not_yet_valid",
    ];
    for list in [LIST, &LIST.replace(' ', ", "), &LIST.replace(' ', "\r\n")] {
        assert_eq!(rows(&hcpcs, &[list]), expected, "{list:?}");
    }
    let words: Vec<&str> = LIST.split(' ').collect();
    assert_eq!(rows(&hcpcs, &words), expected, "several arguments");
    let ran = hcpcs.run(["search", LIST, "--as-of", DAY]).code(0);
    let shown: Vec<&str> = ran
        .stdout
        .lines()
        .filter_map(|line| line.split(' ').next().filter(|code| !code.is_empty()))
        .collect();
    assert_eq!(shown, words);
    ran.told(
        "7 asked: 2 valid, 1 not yet valid, 1 terminated, 2 unknown, 1 out of scope \
         · release 2026-01, partial · as of 2026-02-01",
    );
}

#[test]
fn words_are_left_out_of_a_list() {
    let hcpcs = hcpcs();
    let codes = |query: &str| {
        let ran = hcpcs.run(["search", query, "--as-of", DAY, "--csv", "--fields", "code"]);
        ran.stdout.lines().skip(1).collect::<Vec<_>>().join(" ")
    };
    let all = codes("J*");
    let hemin: Vec<&str> = all.split(' ').filter(|own| *own != "J1640").collect();
    assert!(all.contains("J1640"), "{all}");
    for query in ["J* -hemin", "J* -\"hemin\"", "J* NOT hemin", "-hemin J*"] {
        assert_eq!(codes(query), hemin.join(" "), "{query}");
    }
    for query in ["J* not J1640", "J* except J1640"] {
        assert_eq!(codes(query), codes("J* NOT J1640"), "{query}");
    }
    for query in ["not J1640 device", "device not J1640", "DEVICE NOT J16*"] {
        assert_eq!(codes(query), "E0601", "{query}");
    }
    // Two letters may be a modifier by chance, and a number behind a minus makes no list of them.
    assert!(codes("mg -2").contains("J1640"), "{}", codes("mg -2"));
}

#[test]
fn lines_of_json_have_the_same_rows() {
    let hcpcs = hcpcs();
    let ran = hcpcs.run(["search", LIST, "--jsonl", "--as-of", DAY]);
    let rows = ran.stdout.lines().map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        row["code"].as_str().unwrap().to_owned()
    });
    assert_eq!(rows.collect::<Vec<_>>().join(" "), LIST);
}

#[test]
fn json_says_of_each_item_what_became_of_it() {
    let hcpcs = hcpcs();
    let batch = format!("{{\"query\":\"{LIST}\",\"as_of\":\"{DAY}\"}}\n");
    let file = hcpcs.file("questions.jsonl", batch);
    let ran = hcpcs.run(["batch", file.to_str().unwrap()]).code(0);
    let of_batch: Value = serde_json::from_str(&ran.stdout).unwrap();
    let of_search = hcpcs.json(&["search", LIST, "--as-of", DAY]);
    assert_eq!(of_batch["asked"], of_search["asked"]);
    assert_eq!(of_batch["hits"], of_search["hits"]);
    let asked = of_search["asked"].as_array().unwrap().iter();
    let asked: Vec<_> = asked
        .map(|own| {
            (
                own["asked"].as_str().unwrap(),
                own["verdict"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(asked[2], ("J0172", "terminated"));
    assert_eq!(asked[3], ("99213", "out_of_scope"));
    assert_eq!(asked.len(), 7);
}

#[test]
fn an_ended_code_is_shown_with_its_end_and_its_successor() {
    let hcpcs = hcpcs();
    let ran = hcpcs.run(["search", "J0172", "--as-of", DAY]).code(1);
    assert_eq!(
        ran.stdout,
        "J0172  Injection, aducanumab, 2 mg\n       terminated 2025-12-31 · successor J1640, valid\n       the code\n"
    );
    ran.told("J0172 is terminated · release 2026-01, partial · as of 2026-02-01");
    let answer = hcpcs.json(&["search", "J0172", "--as-of", DAY]);
    let hit = &answer["hits"][0];
    assert_eq!(
        (&hit["status"], &hit["terminated"]),
        (&"terminated".into(), &"2025-12-31".into())
    );
    assert_eq!(hit["successors"][0]["target"], "J1640");
    // Valid on another day, and then the code answers.
    hcpcs
        .run(["search", "J0172", "--as-of", "2025-12-31"])
        .code(0);
    hcpcs.run(["search", "J0172 99213", "--as-of", DAY]).code(1);
    hcpcs.run(["search", "J0173", "--as-of", DAY]).code(1);
    hcpcs.run(["search", "J0172 J1640", "--as-of", DAY]).code(0);
    // A pattern names no code: what has ended stays hidden, and is counted.
    assert_eq!(hcpcs.codes(&["J01"]), ["J01"]);
    hcpcs
        .run(["search", "J01", "--as-of", DAY])
        .code(1)
        .tells("1 terminated code also matches (--terminated)");
}

#[test]
fn a_filter_leaves_out_and_says_so() {
    let hcpcs = hcpcs();
    assert_eq!(
        rows(&hcpcs, &["J1640 E0601", "--coverage", "D"]),
        ["J1640,valid"]
    );
    hcpcs
        .run(["search", "J1640 E0601", "--coverage", "D", "--as-of", DAY])
        .tells("left out by the filters: E0601");
}

#[test]
fn a_list_is_whole_and_a_page_says_what_was_cut() {
    let records: Vec<_> = (0..30)
        .map(|nth| line(&format!("A{:04}", 1000 + nth), "Cannula, nasal"))
        .collect();
    let hcpcs = Hcpcs::new().release(&records);
    let named: Vec<String> = (0..30).map(|nth| format!("A{:04}", 1029 - nth)).collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    // What is named is answered whole, in every format.
    assert_eq!(hcpcs.codes(&named), named);
    let answer = hcpcs.json(&[&["search"], &named[..]].concat());
    assert_eq!(answer["hits"].as_array().unwrap().len(), 30);
    for list in [&["A10"][..], &["A10*"], &["--section", "A"]] {
        assert_eq!(hcpcs.codes(list).len(), 30, "{list:?}");
        assert_eq!(hcpcs.codes(&[list, &["--limit", "7"]].concat()).len(), 7);
    }
    // A question with words keeps its limit, and says what was cut.
    assert_eq!(hcpcs.codes(&["cannula"]).len(), 10);
    assert_eq!(hcpcs.codes(&["cannula", "--limit", "all"]).len(), 30);
    for format in ["--csv", "--jsonl", "--json"] {
        hcpcs
            .run(["search", "cannula", "--as-of", "2026-02-01", format])
            .code(0)
            .tells("10 of 30 written (all with --limit all)");
    }
    let ran = hcpcs.run([
        "search",
        "cannula",
        "--as-of",
        "2026-02-01",
        "--limit",
        "all",
        "--csv",
    ]);
    ran.told("release 2026-01, partial");
    hcpcs
        .run(["search", "cannula", "--limit", "-1"])
        .code(2)
        .tells("`limit` cannot be `-1`; give a number, such as 10, or `all`");
}

#[test]
fn by_code() {
    let hcpcs = Hcpcs::new().release(&[
        line("A0003", "Cannula, nasal"),
        line(
            "A0001",
            "Tube for cannula, nasal, with many other words in it",
        ),
        line("A0002", "Nasal cannula and nasal tube"),
    ]);
    let sorted = ["A0001", "A0002", "A0003"];
    assert_ne!(hcpcs.codes(&["nasal cannula"]), sorted);
    assert_eq!(hcpcs.codes(&["nasal cannula", "--sort", "code"]), sorted);
    assert_eq!(
        hcpcs.codes(&["A0003 A0001 A0002"]),
        ["A0003", "A0001", "A0002"]
    );
    assert_eq!(
        hcpcs.codes(&["A0003 A0001 A0002", "--sort", "code"]),
        sorted
    );
    let page = [
        "nasal cannula",
        "--sort",
        "code",
        "--limit",
        "1",
        "--offset",
        "1",
    ];
    assert_eq!(hcpcs.codes(&page), ["A0002"]);
    hcpcs.run(["search", "cannula", "--sort", "price"]).code(2);
}

/// Unknown items are rows of the page on which they are asked, and of no other.
#[test]
fn pages_of_a_list_make_the_whole() {
    let hcpcs = hcpcs();
    let whole = rows(&hcpcs, &[LIST]);
    for size in 1..5 {
        let mut paged = Vec::new();
        for offset in (0..4).step_by(size) {
            let (size, offset) = (size.to_string(), offset.to_string());
            paged.extend(rows(&hcpcs, &[LIST, "--limit", &size, "--offset", &offset]));
        }
        assert_eq!(paged, whole, "pages of {size}");
    }
}

#[test]
fn a_list_that_matches_all_codes_many_times_is_refused() {
    let searcher = crate::hcpcs::starter();
    let ask = |text: String| {
        let query = hcpcs::Query {
            text,
            ..hcpcs::Query::default()
        };
        searcher.search(&query)
    };
    for item in ["A0000-Z9999, ", "J* E* A* K* L* G*, "] {
        let (few, many) = (item.repeat(2), item.repeat(900));
        let (few, many) = (ask(few).unwrap(), ask(many).unwrap_err());
        assert!(few.total > 500, "{item}: {}", few.total);
        assert!(many.is_usage());
        let many = many.to_string();
        assert!(many.contains("more than 100000 codes"), "{item}: {many}");
    }
}
