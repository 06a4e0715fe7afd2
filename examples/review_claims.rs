//! Reviews a table of claims before it is sent: which lines would be denied for their code, and
//! why. Run it with `cargo run --example review_claims`.

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;

use hcpcs::claims::ClaimReader;
use hcpcs::index::{Sources, build_index};
use hcpcs::{Release, Searcher};

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

    let mut reader = ClaimReader::new(CLAIMS.as_bytes());
    let mut wrong = Vec::new();
    while let Some(line) = reader.next_line()? {
        // A line that cannot be read is an error of this line alone.
        let claim = line.claim?;
        let checked = searcher.check(&claim);
        println!(
            "line {}: {} {}: {}",
            line.number, checked.code, checked.verdict, checked.reason
        );
        if !checked.verdict.is_valid() {
            wrong.push(checked.code);
        }
    }
    // The one has ended, the other has a letter for a digit.
    assert_eq!(wrong, ["J1443", "J164O"]);
    Ok(())
}
