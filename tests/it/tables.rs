//! The code tables: in order, complete for every release at hand, and as `hcpcs table` shows them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hcpcs::release::{ReadOptions, read};
use hcpcs::{Record, Table};

use crate::hcpcs::{DAY, Hcpcs};
use crate::shared::shared;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/codeset/tables")
}

/// The rows of a table's file, without its header.
fn rows(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

#[test]
fn every_table_is_sorted_without_duplicates() {
    for table in Table::all() {
        let rows = rows(&format!("{}.tsv", table.name));
        assert_eq!(rows.len(), table.entries().len(), "{}", table.name);
        for row in &rows {
            assert!(
                row.len() == 4 && !row[0].is_empty() && !row[1].is_empty(),
                "{row:?}"
            );
            assert!(row.iter().all(|cell| cell.trim() == cell), "{row:?}");
        }
        for pair in rows.windows(2) {
            assert!(pair[0][0] < pair[1][0], "{}: {pair:?}", table.name);
        }
    }
    let excused = rows("excused.tsv");
    assert!(excused.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(
        excused
            .iter()
            .all(|row| row.len() == 3 && !row[2].is_empty()),
        "a reason each"
    );
}

#[test]
fn no_file_of_the_folder_is_without_a_table() {
    let mut names: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for table in Table::all() {
        assert!(
            names.remove(&format!("{}.tsv", table.name)),
            "{}",
            table.name
        );
    }
    assert_eq!(
        names,
        ["README.md".to_owned(), "excused.tsv".to_owned()].into()
    );
}

#[test]
fn betos_is_a_tree() {
    let betos = Table::all()
        .into_iter()
        .find(|table| table.name == "betos")
        .unwrap();
    for entry in betos.entries() {
        let above = &entry.code[..entry.code.len() - 1];
        assert_eq!(entry.group, above, "{}", entry.code);
        assert!(
            above.is_empty() || betos.entry(above).is_some(),
            "nothing above {}",
            entry.code
        );
    }
}

/// The coded values of a record, each with its table.
fn values(record: &Record) -> Vec<(&'static str, String)> {
    let mut values = Vec::new();
    let mut add = |table, value: Option<String>| values.extend(value.map(|value| (table, value)));
    add(
        "section",
        record.code.section().map(|value| value.to_string()),
    );
    add("coverage", record.coverage.map(|value| value.to_string()));
    add("betos", record.betos.map(|value| value.to_string()));
    add(
        "multiple_pricing",
        record.multiple_pricing.map(|value| value.to_string()),
    );
    add("asc_group", record.asc_group.map(|value| value.to_string()));
    add("action", record.action.map(|value| value.to_string()));
    for value in &record.pricing {
        add("pricing", Some(value.to_string()));
    }
    for value in &record.type_of_service {
        add("type_of_service", Some(value.to_string()));
    }
    for value in &record.laboratory_certification {
        add("laboratory_certification", Some(value.to_string()));
    }
    values
}

/// Every value in every release is listed in its table, or excused; nothing is excused in vain.
#[test]
#[ignore = "needs CMS's files in ../shared"]
fn every_value_of_every_release_is_listed() {
    let cms = shared("cms").unwrap();
    let mut unlisted = BTreeSet::new();
    let releases = read(&cms, &ReadOptions::default()).unwrap();
    assert!(releases.len() >= 6, "{}", releases.len());
    for record in releases.iter().flat_map(|release| &release.records) {
        for (name, value) in values(record) {
            let table = Table::all()
                .into_iter()
                .find(|table| table.name == name)
                .unwrap();
            if table.entry(&value).is_none() {
                unlisted.insert((name.to_owned(), value));
            }
        }
    }
    let excused = rows("excused.tsv")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()));
    assert_eq!(unlisted, excused.collect());
}

#[test]
fn tables_are_named() {
    let ran = Hcpcs::new().run(["table"]).code(0);
    let names: Vec<&str> = ran
        .stdout
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(names, Table::all().map(|table| table.name));
}

#[test]
fn a_table_with_counts() {
    let starter = Hcpcs::starter();
    let ran = starter.run(["table", "coverage", "--as-of", DAY]).code(0);
    let scopes = ran.stderr.matches("809 of about 9,000 codes").count();
    assert_eq!(scopes, 1, "{}", ran.stderr);
    let expected = "\
Coverage code
C       342  Carrier judgment
D       307  Special coverage instructions apply
I        69  Not payable by Medicare
M        19  Non-covered by Medicare
S        22  Non-covered by Medicare statute
";
    assert_eq!(ran.stdout, expected);
    let covered = starter.codes(&["--coverage", "D", "--limit", "1000"]);
    assert_eq!(covered.len(), 307);
}

#[test]
fn a_tree_counts_what_is_below() {
    let rows = Hcpcs::starter().json(&["table", "betos", "--as-of", DAY]);
    let rows = rows.as_array().unwrap();
    let count = |is: &dyn Fn(&str) -> bool| -> u64 {
        let rows = rows.iter().filter(|row| is(row["code"].as_str().unwrap()));
        rows.map(|row| row["count"].as_u64().unwrap()).sum()
    };
    let leaves = |code: &str| code.starts_with("O1") && code.len() == 3;
    assert!(count(&leaves) > 0);
    assert_eq!(count(&leaves), count(&|code| code == "O1"));
}

#[test]
fn an_unlisted_value_is_shown() {
    let odd = crate::made::line("J1640", "Hemin").set(230, "?");
    let hcpcs = Hcpcs::new().release(&[odd]);
    hcpcs
        .run(["table", "coverage"])
        .code(0)
        .prints("?         1  not listed by CMS's record layout\n");
    hcpcs
        .run(["show", "J1640"])
        .code(0)
        .prints("Coverage                          ?\n");
    assert_eq!(hcpcs.codes(&["--coverage", "?"]), ["J1640"]);
}

#[test]
fn a_table_that_is_not_there() {
    Hcpcs::starter().run(["table", "prices"]).code(2).told(
        "error: there is no table `prices`; there are section, coverage, betos, pricing, multiple_pricing, \
         type_of_service, laboratory_certification, asc_group, action",
    );
}
