//! Reviews a table of claims before it is sent: which lines would be denied for their code, and
//! why. Run it with `cargo run --example review_claims`.

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;

use hcpcs::claims::ClaimReader;
use hcpcs::index::{Sources, build_index};
use hcpcs::{Date, Release, Searcher};

/// A table as a practice exports it. The reader knows the columns by their words.
const CLAIMS: &str = "\
line_id,code,mod1,dos,units
1,J1640,JW,2026-01-15,4
2,J1443,,2026-01-15,1
3,E0601,RR,2026-01-15,1
4,J164O,,2026-01-15,1
";

/// Builds an index, reads the table line by line, and says what is wrong.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
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

    // What all verdicts leave open: how old the releases are, and what they lack.
    let today = Date::today();
    for notice in searcher.notices_on(today) {
        println!("note: {notice}");
    }

    let mut reader = ClaimReader::new(CLAIMS.as_bytes());
    let mut wrong = Vec::new();
    while let Some(report) = searcher.check_next(&mut reader, today)? {
        // What the reader did not use or took on trust, with the first line after it is known.
        for notice in &report.notices {
            println!("note: {notice}");
        }
        match report.outcome {
            Ok(checked) => {
                let (code, finding) = (&checked.code, checked.finding);
                println!(
                    "line {}: {code} {finding}: {}",
                    report.number, checked.reason
                );
                // The code alone may be valid: `is_wrong` asks for modifiers and units too.
                if checked.is_wrong() {
                    wrong.push(checked.code);
                }
            }
            // A line that cannot be read is an error of this line alone.
            Err(error) => println!("line {}: {error}", report.number),
        }
    }
    for notice in reader.new_notices() {
        println!("note: {notice}");
    }
    // The one has ended, the other has a letter for a digit.
    assert_eq!(wrong, ["J1443", "J164O"]);
    Ok(())
}
