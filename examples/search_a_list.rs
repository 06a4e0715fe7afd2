//! Answers a list of codes as somebody sends it: codes, a code that has ended, a slip of the pen,
//! a CPT number. Run it with `cargo run --example search_a_list`.

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;

use hcpcs::index::{Sources, build_index};
use hcpcs::search::{AnswerRow, AskedVerdict};
use hcpcs::{Query, Release, Searcher};

/// What was sent, as it was sent.
const LIST: &str = "J1640, E0601\nJ1443; J164O 99213";

/// Builds an index, asks, and reads the answer row by row.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    // An index is a folder. This one is built from the starter set, which is part of the crate; for
    // the zip of a quarter use `hcpcs::release::read`.
    let folder = tempfile::tempdir()?;
    let releases = vec![Release::starter()?];
    build_index(
        folder.path(),
        Sources {
            releases,
            ..Sources::default()
        },
    )?;
    let searcher = Searcher::open(folder.path())?;

    // The day decides what is valid. Without one, it is today.
    let answer = searcher.search(&Query {
        text: LIST.to_owned(),
        as_of: Some("2026-02-01".parse()?),
        ..Query::default()
    })?;

    // A row each, in the order asked: a hit, or an item that no code answers.
    for row in answer.rows() {
        match row {
            AnswerRow::Hit(hit) => {
                println!(
                    "{}  {}: {}",
                    hit.code,
                    hit.status.name(),
                    hit.long_descriptor
                );
            }
            AnswerRow::Without(item) => {
                let reason = item.reason.as_deref().unwrap_or_default();
                let nearest = item.nearest.iter().map(|near| near.code.to_string());
                let nearest: Vec<String> = nearest.collect();
                println!(
                    "{}  {}: {reason} {}",
                    item.asked,
                    item.verdict.name(),
                    nearest.join(" ")
                );
            }
        }
    }

    // What became of each item is a list of its own, for a program that decides.
    let verdicts: Vec<AskedVerdict> = answer.asked.iter().map(|item| item.verdict).collect();
    assert_eq!(
        verdicts,
        [
            AskedVerdict::Valid,
            AskedVerdict::Valid,
            AskedVerdict::Terminated,
            AskedVerdict::Unknown,
            AskedVerdict::OutOfScope,
        ]
    );
    assert!(answer.is_found());
    Ok(())
}
