//! Reading what CMS publishes.

use crate::shared::shared;
use hcpcs::release::{ReadOptions, read};

#[test]
fn adhoc() {
    for name in [
        "january-2026-alpha-numeric-hcpcs-file.zip",
        "january-2025-alpha-numeric-hcpcs-file.zip",
        "2019-Alpha-Numeric-HCPCS-File.zip",
        "2020-Alpha-Numeric-HCPCS-File.zip",
        "HCPC2025_OCT_ANWEB_v3.xlsx",
        "HCPC2020_APR_ANWEB.xlsx",
        "",
    ] {
        let Some(path) = shared(&format!("cms/{name}")) else {
            return;
        };
        let t = std::time::Instant::now();
        for r in read(&path, &ReadOptions::default()).unwrap() {
            println!(
                "{:#} {:?} {} {} skipped {:?} {:?}\n   {:#?}",
                r.id,
                r.member,
                r.records.len(),
                r.hash,
                r.skipped.iter().take(5).collect::<Vec<_>>(),
                r.left_out,
                r.notices
            );
            println!(
                "{} noc, {} terminated",
                r.records
                    .iter()
                    .filter(|r| r.not_otherwise_classified)
                    .count(),
                r.records.iter().filter(|r| r.terminated.is_some()).count()
            );
        }
        println!("{name} {:?}", t.elapsed());
    }
    println!(
        "{:?}",
        read(
            &shared("cms/HCPC2020_APR_Transaction_Report.xlsx").unwrap(),
            &ReadOptions::default()
        )
    );
    println!(
        "{:?}",
        read(
            &shared("cms/RBCS_RY_2025.csv").unwrap(),
            &ReadOptions::default()
        )
    );
    println!(
        "{:?}",
        read(&shared("seeds").unwrap(), &ReadOptions::default())
    );
    let s = hcpcs::Release::starter().unwrap();
    println!("{} {:?} {:?}", s.records.len(), s.skipped, s.notices);
}
