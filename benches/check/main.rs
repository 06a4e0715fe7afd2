//! Checks of claim lines, measured: lines a second, one after another and on all cores, of claims
//! alone and with a description each. The ratio compares both in one run, so that a noisy clock
//! says little.
//!
//! Run with `cargo bench --bench check`; with another number of lines by `-- --lines 20000`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::format_push_string,
    missing_docs
)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use hcpcs::claims::{ClaimReader, LineReport};
use hcpcs::index::{Sources, build_index};
use hcpcs::{Date, Error, Release, Searcher};

const LINES: usize = 100_000;
/// Lines with a description are so many times fewer: each is a search.
const FEWER: usize = 20;
const CODES: [&str; 7] = [
    "J1640", "E0601", "Q9989", "99213", "J0885", "ZZZZZ", "E0143",
];
const MODIFIERS: [&str; 5] = ["JW", "RR", "", "25", "ZZ"];
const DESCRIPTIONS: [&str; 5] = [
    "HEMIN 350 MG VIAL",
    "CPAP MACHINE RENTAL",
    "WALKER FOLDING WHEELED",
    "EPOETIN ALFA 10,000 UNIT/ML",
    "OFFICE VISIT LEVEL 3",
];

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let at = args.iter().position(|arg| arg == "--lines");
    let lines = at.map_or(LINES, |at| args[at + 1].parse().unwrap());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check-index");
    let sources = Sources {
        releases: vec![Release::starter().unwrap()],
        ..Sources::default()
    };
    build_index(&folder, sources).unwrap();
    let searcher = Searcher::open(&folder).unwrap();
    println!("| lines | number | one after another, a second | on all cores, a second | ratio |");
    println!("|---|---|---|---|---|");
    for (name, number, with_description) in [
        ("of claims", lines, false),
        ("with a description", lines / FEWER, true),
    ] {
        let table = table(number, with_description);
        let (one, all) = (
            one_by_one(&searcher, &table),
            on_all_cores(&searcher, &table),
        );
        let a_second = |time: Duration| number as f64 / time.as_secs_f64();
        println!(
            "| {name} | {number} | {:.0} | {:.0} | {:.2} |",
            a_second(one),
            a_second(all),
            one.as_secs_f64() / all.as_secs_f64()
        );
    }
}

/// A table of claim lines.
fn table(lines: usize, with_description: bool) -> String {
    let mut table = String::from("claim_line_id,hcpcs_code,hcpcs_modifier_1,service_date,units");
    table += if with_description {
        ",description\n"
    } else {
        "\n"
    };
    for at in 0..lines {
        let (code, modifier) = (CODES[at % CODES.len()], MODIFIERS[at % MODIFIERS.len()]);
        table += &format!("{at},{code},{modifier},2026-01-{:02},1", at % 28 + 1);
        if with_description {
            table += &format!(",\"{}\"", DESCRIPTIONS[at % DESCRIPTIONS.len()]);
        }
        table.push('\n');
    }
    table
}

fn one_by_one(searcher: &Searcher, table: &str) -> Duration {
    let begun = Instant::now();
    let mut reader = ClaimReader::new(table.as_bytes());
    while let Some(report) = searcher.check_next(&mut reader, day()).unwrap() {
        black_box(report);
    }
    begun.elapsed()
}

fn on_all_cores(searcher: &Searcher, table: &str) -> Duration {
    let begun = Instant::now();
    let mut reader = ClaimReader::new(table.as_bytes());
    let take = |report: LineReport| -> Result<(), Error> {
        black_box(report);
        Ok(())
    };
    searcher.check_all(&mut reader, day(), take).unwrap();
    begun.elapsed()
}

fn day() -> Date {
    "2026-02-01".parse().unwrap()
}
