//! The releases themselves, where they are at hand.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use hcpcs::release::{ReadOptions, is_release, read};
use hcpcs::{Kind, LeftOut, Record, Release};

use super::record;
use crate::made;
use crate::shared::shared;

const JANUARY_2026: &str = "january-2026-alpha-numeric-hcpcs-file.zip";

/// The January 2026 release, read once.
static TEXT: LazyLock<Option<Release>> = LazyLock::new(|| published(JANUARY_2026));

fn published(name: &str) -> Option<Release> {
    let path = shared(&format!("cms/{name}"))?;
    Some(read_one(&path))
}

fn read_one(path: &Path) -> Release {
    let mut releases = read(path, &ReadOptions::default()).unwrap();
    assert_eq!(releases.len(), 1);
    releases.remove(0)
}

/// The content of an archive's member that is read alone.
fn member(archive: &str, name: &str) -> Option<Release> {
    let archive = File::open(shared(&format!("cms/{archive}"))?).unwrap();
    let mut bytes = Vec::new();
    let mut archive = zip::ZipArchive::new(archive).unwrap();
    archive
        .by_name(name)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    Some(read_one(&made::file(folder.path(), name, bytes)))
}

/// Holds a release against its counts: procedures, modifiers, terminated and NOC codes.
fn has(release: &Release, id: &str, counts: [usize; 4]) {
    assert_eq!(format!("{:#}", release.id), id);
    let count = |is: &dyn Fn(&Record) -> bool| release.records.iter().filter(|own| is(own)).count();
    let found = [
        count(&|own| own.code.kind() == Kind::Procedure),
        count(&|own| own.code.kind() == Kind::Modifier),
        count(&|own| own.terminated.is_some()),
        count(&|own| own.not_otherwise_classified == Some(true)),
    ];
    assert_eq!(found, counts, "{id}");
    assert_eq!(release.skipped, []);
    assert_eq!(release.left_out, LeftOut::default());
    assert!(release.records.is_sorted_by(|a, b| a.code < b.code));
    assert!(
        release
            .records
            .iter()
            .all(|own| !own.long_descriptor.is_empty())
    );
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn january_2026() {
    let release = TEXT.as_ref().unwrap();
    has(release, "2026-01/01122026", [8_623, 383, 1_320, 166]);
    assert_eq!(
        release.member.as_deref(),
        Some("HCPC2026_JAN_ANWEB_01122026.txt")
    );
    assert_eq!(
        release.hash,
        "6ee821a884d8be216027085a65c73e2a9b48551483c7515a6683604fcdff6984"
    );
    assert_eq!(release.notices, [""; 0]);
    // the one line of 546 columns: blanks after the 320
    let long = record(release, "G9871");
    assert!(long.long_descriptor.ends_with("online, 60 minutes"));
    assert_eq!(long.added.unwrap().number(), 2026_01_01);
    assert_eq!(long.action.unwrap().as_str(), "A");
    let longest = release
        .records
        .iter()
        .map(|own| own.long_descriptor.chars().count())
        .max();
    assert_eq!(longest, Some(4_501));
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn january_2025() {
    let release = published("january-2025-alpha-numeric-hcpcs-file.zip").unwrap();
    has(&release, "2025-01/12172024", [8_259, 383, 1_165, 159]);
    assert_eq!(release.notices, [""; 0]);
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn annual_2019() {
    let release = published("2019-Alpha-Numeric-HCPCS-File.zip").unwrap();
    has(&release, "2019-01", [6_440, 360, 515, 0]);
    assert_eq!(
        release.notices,
        ["processing notes that are cited and not defined: 0000"]
    );
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn annual_2020_and_its_old_workbook() {
    const ARCHIVE: &str = "2020-Alpha-Numeric-HCPCS-File.zip";
    let release = published(ARCHIVE).unwrap();
    has(&release, "2020-01", [6_710, 369, 615, 0]);
    let workbook = member(ARCHIVE, "HCPC2020_ANWEB_w_disclaimer.xls").unwrap();
    has(&workbook, "2020-01", [6_710, 369, 615, 0]);
    let found = differences(&release, &workbook);
    assert_eq!(found.iter().filter(|(_, field)| field != LONG).count(), 0);
    assert_eq!(found.len(), 13);
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn quarterly_workbooks() {
    for (name, id, counts) in [
        ("HCPC2020_APR_ANWEB.xlsx", "2020-04", [6_728, 369, 616, 0]),
        (
            "HCPC2025_OCT_ANWEB_v3.xlsx",
            "2025-10/v3",
            [8_463, 383, 1_225, 0],
        ),
    ] {
        let release = published(name).unwrap();
        has(&release, id, counts);
        assert_eq!(release.notices, [""; 0]);
    }
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn what_else_is_published_is_no_release() {
    for name in [
        "cms/HCPC2020_APR_Transaction_Report.xlsx",
        "cms/RBCS_RY_2025.csv",
        "cms/section 508 version of January 2026 ASP NDC-HCPCS Crosswalk 121725.csv",
        "seeds",
    ] {
        let path = shared(name).unwrap();
        assert!(!is_release(&path).unwrap(), "{name}");
    }
}

/// What the workbook of January 2026 says otherwise than the text.
mod workbook_of_january_2026 {
    /// No action effective date.
    pub(super) const NO_ACTION_EFFECTIVE: &str = "\
        A0130 A0180 A0190 A0200 A0210 A4580 A4590 A4635 A4640 C1883 C9600 E0500 E0565 \
        G0118 J8560 L0810 L0820 L0830 L1080 L1310 L2250 L2260 L2270 L2280 L2300 L2310 \
        L2335 L2340 L2350 L2360 L2375 L2380 L2385 L2390 L2395 L2520 L2530 L2540 L2550 \
        L5632 L5636 L5638 L5640 L5642 L5643 L5644 L5647 L5649 L5651 L5652 L5653 L5654 \
        L5655 L5656 L5658 L5670 L5672 L5680 L5682 L5684 L5686 L5688 L5690 L5692 L5694 \
        L5696 L5697 L5698 L5710 L5712 L5714 L5716 L5718 L5722 L5724 L5726 L5728 L5780 \
        L5850 L5910 L5940 L5950 L5960 L6615 L6623 L6625 L6628 L6629 L6630 L6632 L6635 \
        L6637 L6641 L6642 L6645 L6650 L6655 L6660 L6665 L6670 L6672 L6680 L6682 L6684 \
        L6686 L6689 L6690 L6691 V2102 V2109 V2209 V2210 V2219 V2303 V2314 V2502 V2522";
    /// Two blanks in the long descriptor where the text begins a new line.
    pub(super) const TWO_BLANKS: &str = "C9754 G0023 G0417 G0418 G0419 G0501 G0502 G0503 G0558 G2211 G9482 G9486 G9488 G9627 G9678 G9986 M1377";
    /// A second pricing indicator.
    pub(super) const PRICING: &str = "C9248";
}

const LONG: &str = "long_descriptor";

/// Codes and fields in which two releases differ; texts that are joined are left out.
fn differences(one: &Release, other: &Release) -> Vec<(String, String)> {
    assert_eq!(one.records.len(), other.records.len());
    let mut found = Vec::new();
    for (one, other) in one.records.iter().zip(&other.records) {
        if one == other {
            continue;
        }
        let [one, other] = [one, other].map(|own| serde_json::to_value(own).unwrap());
        for (field, value) in one.as_object().unwrap() {
            let is_joined = field == "not_otherwise_classified"
                || field == "processing_note" && value["number"] == other[field]["number"];
            if !is_joined && *value != other[field] {
                found.push((one["code"].as_str().unwrap().to_owned(), field.clone()));
            }
        }
    }
    found
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn text_and_workbook_of_january_2026() {
    use workbook_of_january_2026::{NO_ACTION_EFFECTIVE, PRICING, TWO_BLANKS};

    let text = TEXT.as_ref().unwrap();
    let workbook = member(JANUARY_2026, "HCPC2026_JAN_ANWEB_01122026.xlsx").unwrap();
    has(&workbook, "2026-01/01122026", [8_623, 383, 1_320, 0]);
    let mut expected: Vec<(String, String)> = Vec::new();
    for (field, codes) in [
        ("action_effective", NO_ACTION_EFFECTIVE),
        (LONG, TWO_BLANKS),
        ("pricing", PRICING),
    ] {
        expected.extend(
            codes
                .split(' ')
                .map(|code| (code.to_owned(), field.to_owned())),
        );
    }
    expected.sort();
    assert_eq!(differences(text, &workbook), expected);
    let lacking = NO_ACTION_EFFECTIVE.split(' ');
    assert_eq!(lacking.clone().count(), 117);
    for code in lacking {
        assert!(record(text, code).action_effective.is_some(), "{code}");
        assert_eq!(record(&workbook, code).action_effective, None, "{code}");
    }
    for code in TWO_BLANKS.split(' ') {
        let words = |own: &Release| -> Vec<String> {
            let words = record(own, code).long_descriptor.split_whitespace();
            words.map(str::to_owned).collect()
        };
        assert_eq!(words(text), words(&workbook), "{code}");
    }
    let prices = |own: &Release| {
        record(own, PRICING)
            .pricing
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(prices(text), ["53"]);
    assert_eq!(prices(&workbook), ["53", "11"]);
}

/// Every label of the record page that is CMS's, with the field's value in the release.
fn value_of(record: &Record, label: &str) -> Option<String> {
    let number = |day: hcpcs::Date| day.number().to_string();
    let meaning = |meaning: Option<&str>| meaning.map(str::to_owned);
    let nth = |label: &str| {
        label
            .split('#')
            .nth(1)?
            .split(' ')
            .next()?
            .parse::<usize>()
            .ok()
    };
    let at = nth(label).unwrap_or(1) - 1;
    match label
        .replace(|letter: char| letter == '#' || letter.is_ascii_digit(), "")
        .as_str()
    {
        "HCPCS Code" => Some(record.code.to_string()),
        "Code Description" => Some(record.long_descriptor.clone()),
        "Short Description" => Some(record.short_descriptor.clone()),
        "Pricing Indicator Code " => record.pricing.get(at).map(ToString::to_string),
        "Pricing Indicator Code  Description" => meaning(record.pricing.get(at)?.meaning()),
        "Multiple Pricing Indicator Code" => record.multiple_pricing.map(|own| own.to_string()),
        "Multiple Pricing Indicator Code Description" => {
            meaning(record.multiple_pricing?.meaning())
        }
        "Medicare Carriers Manual Reference Section Number " => {
            record.carriers_manual.get(at).cloned()
        }
        "Coverage Code" => record.coverage.map(|own| own.to_string()),
        "Coverage Code Description" => meaning(record.coverage?.meaning()),
        "ASC Payment Group Code" => record.asc_group.map(|own| own.to_string()),
        "ASC Payment Group Effective Date" => record.asc_date.map(number),
        "Processing Note Number" => record
            .processing_note
            .as_ref()
            .map(|own| own.number.clone()),
        "Berenson-Eggers Type Of Service Code" => record.betos.map(|own| own.to_string()),
        "Berenson-Eggers Type Of Service Code Description" => meaning(record.betos?.meaning()),
        "Type Of Service Code " => record.type_of_service.get(at).map(ToString::to_string),
        "Type Of Service Code  Description" => meaning(record.type_of_service.get(at)?.meaning()),
        "Anesthesia Base Unit Quantity" => record.anesthesia_base_units.map(|own| own.to_string()),
        "Code Added Date" => record.added.map(number),
        "Action Effective Date" => record.action_effective.map(number),
        "Action Code" => record.action.map(|own| own.to_string()),
        "Action Code Description" => meaning(record.action?.meaning()),
        _ => panic!("a label that is not known: {label}"),
    }
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn the_record_page_of_j1640() {
    let release = TEXT.as_ref().unwrap();
    let seeds = shared("seeds").unwrap();
    let hemin = record(release, "J1640");
    let page = std::fs::read_dir(seeds)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("000_")
        })
        .unwrap();
    let page = std::fs::read_to_string(page).unwrap();
    let mut held = 0;
    for line in page.lines() {
        let mut parts = line.split('\t');
        let (Some(label), Some(value)) = (parts.next(), parts.next()) else {
            continue;
        };
        let label = label.trim_start_matches("<i>").trim_end_matches("</i>");
        // its publisher's own
        if matches!(label, "Status" | "Last Update Date") {
            continue;
        }
        assert_eq!(value_of(hemin, label).as_deref(), Some(value), "{label}");
        held += 1;
    }
    assert_eq!(held, 24);
    let note = hemin.processing_note.as_ref().unwrap();
    assert_eq!(
        note.text.as_deref(),
        Some("AS REQUIRED BY BBRA SECTION 201.")
    );
    // what the page does not list is empty
    assert_eq!(hemin.terminated, None);
    assert_eq!(hemin.statute, None);
    assert!(hemin.cross_references.is_empty());
}

#[test]
fn the_starter_set() {
    let starter = Release::starter().unwrap();
    assert_eq!(format!("{:#}", starter.id), "2026-01/starter");
    assert_eq!(starter.source, Path::new("data/starter/release.tsv"));
    assert_eq!((starter.skipped, starter.notices), (vec![], vec![]));
    assert!(starter.records.len() >= 290);
    assert!(
        starter
            .records
            .iter()
            .any(|own| own.not_otherwise_classified.is_some())
    );
}
