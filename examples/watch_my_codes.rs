//! Watches the codes that a practice bills: what does a new release change of them? Run it with
//! `cargo run --example watch_my_codes`.

#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;

use hcpcs::index::{Sources, UpdateOptions, build_index, update_index};
use hcpcs::{Code, Release, Searcher};

/// The codes that are watched.
const MINE: [&str; 3] = ["J1640", "E0601", "J1596"];

/// Indexes a release, adds the next one, and asks what changed of some codes.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let mine: Vec<Code> = MINE
        .iter()
        .map(|code| code.parse())
        .collect::<Result<_, _>>()?;

    // The first release, as CMS would have published it in January.
    let mut january = Release::starter()?;
    january.id = "2026-01".parse()?;
    let folder = tempfile::tempdir()?;
    let releases = vec![january.clone()];
    build_index(
        folder.path(),
        Sources {
            releases,
            ..Sources::default()
        },
    )?;

    // The next one ends a code and rewords another. Of a real quarter, read the zip.
    let mut april = january;
    april.id = "2026-04".parse()?;
    for record in &mut april.records {
        match record.code.as_str() {
            "J1596" => record.terminated = Some("2026-03-31".parse()?),
            "E0601" => record.long_descriptor.push_str(", with humidifier"),
            _ => {}
        }
    }
    let new = Sources {
        releases: vec![april],
        ..Sources::default()
    };
    update_index(folder.path(), new, &UpdateOptions::default())?;

    // The index keeps both, and says what differs.
    let searcher = Searcher::open(folder.path())?;
    let (from, to) = ("2026-01".parse()?, "2026-04".parse()?);
    let changes = searcher.changes(&from, &to, |record| mine.contains(&record.code))?;
    let mut found = Vec::new();
    for (list, entries) in changes.lists() {
        for change in entries {
            println!("{} {list}", change.code);
            for field in &change.fields {
                println!("    {}: {} -> {}", field.field, field.old, field.new);
            }
            found.push((change.code.to_string(), list));
        }
    }
    found.sort();
    assert_eq!(
        found,
        [
            ("E0601".to_owned(), "revised"),
            ("J1596".to_owned(), "terminated")
        ]
    );

    // On a day of the old release the code still answers.
    let code: Code = "J1596".parse()?;
    let before = searcher
        .details(code, Some("2026-03-31".parse()?))
        .ok_or("no J1596")?;
    let after = searcher
        .details(code, Some("2026-04-01".parse()?))
        .ok_or("no J1596")?;
    println!(
        "{code}: {} in March, {} in April",
        before.status.name(),
        after.status.name()
    );
    Ok(())
}
