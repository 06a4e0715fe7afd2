//! Comparisons of CMS's releases, in their files and in an index.

use ::hcpcs::Record;
use ::hcpcs::release::{ReadOptions, read};

use crate::hcpcs::Hcpcs;
use crate::shared::shared;

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn real_releases_by_their_files() {
    let files = [
        "HCPC2025_OCT_ANWEB_v3.xlsx",
        "january-2026-alpha-numeric-hcpcs-file.zip",
    ];
    let paths: Option<Vec<_>> = files
        .iter()
        .map(|name| shared(&format!("cms/{name}")))
        .collect();
    let paths = paths.unwrap();
    let [old, new] = &paths[..] else { panic!() };
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let hcpcs = Hcpcs::new();
    let ran = hcpcs
        .run(["diff", old, new, "--summary", "--check", new])
        .code(0);
    ran.prints("2025-10/v3 → 2026-01/01122026: 8846 codes → 9006\n160 added, 95 terminated, 0 removed, 0 reactivated, 364 revised, 0 reissued")
        .prints("CMS's report disagrees on 4 codes:\nC9248 ");
}

/// An update from files is the comparison of the files, and the index gives them back whole.
#[test]
#[ignore = "needs CMS's files in ../shared"]
fn real_releases_in_an_index() {
    let old = shared("cms/2020-Alpha-Numeric-HCPCS-File.zip").unwrap();
    let new = shared("cms/HCPC2020_APR_ANWEB.xlsx").unwrap();
    let hcpcs = Hcpcs::new();
    hcpcs.run(["index", old.to_str().unwrap()]).code(0);
    let report = hcpcs.json(&["update", new.to_str().unwrap()]);
    let mut all = [
        hcpcs.json(&["diff", old.to_str().unwrap(), new.to_str().unwrap()]),
        hcpcs.json(&["diff", "2020-01", "2020-04"]),
        report["releases"][0]["changes"].clone(),
    ];
    // What is said of the files was said of them when they were indexed.
    let told = all.each_mut().map(|own| own["notices"].take());
    assert!(told[0].to_string().contains("cited and not defined: 0000"));
    assert!(told[1].is_null() && told[2].is_null(), "{told:?}");
    let [of_files, indexed, updated] = all;
    assert_eq!(of_files, indexed);
    assert_eq!(of_files, updated);
    assert_eq!(of_files["summary"]["added"], 18);
    assert_eq!(of_files["reissued"][0]["code"], "CS");
    let searcher = ::hcpcs::Searcher::open(hcpcs.index()).unwrap();
    for (id, path) in [("2020-01", old), ("2020-04", new)] {
        let published: Vec<Record> = read(&path, &ReadOptions::default())
            .unwrap()
            .remove(0)
            .records;
        let (_, kept) = searcher.release(&id.parse().unwrap()).unwrap();
        assert!(kept == published, "{id}");
    }
    let versions = searcher.history("CS".parse().unwrap());
    assert_eq!(versions.len(), 2);
    assert!(versions[1].reissued);
}
