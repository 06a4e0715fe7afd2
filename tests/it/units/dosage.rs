//! The units that are read from CMS's descriptors, compared with CMS's own column of them.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use hcpcs::annotation::{self, Annotations, DrugProduct};
use hcpcs::codeset::{Amount, Dosage};
use hcpcs::{Code, Kind, ReadOptions, Record};

use crate::shared::shared;

/// Rows of a crosswalk whose `HCPCS dosage` says something else than the descriptor, and why.
const OTHERWISE: &[(&str, &str, &str)] = &[
    (
        "J1454",
        "0.25 MG",
        "names palonosetron alone, the lesser of the combination's two drugs",
    ),
    (
        "J1560",
        "10 CC",
        "counts by 10 cc; the descriptor says over 10 cc",
    ),
    (
        "J2404",
        "1 MG",
        "one row of 2025 against 0.1 MG in the others",
    ),
    (
        "J7612",
        "1 MG",
        "descriptor and billing units of the same rows are of 0.5 mg",
    ),
    (
        "J7614",
        "1 MG",
        "descriptor and billing units of the same rows are of 0.5 mg",
    ),
    (
        "J9060",
        "1 MG",
        "one row of 2025 against 10 MG in the others",
    ),
    (
        "Q2055",
        "UP TO 460 MILLION AUTOLOGOUS ANTI-BCMA CAR-POSITIVE VIABLE T CELLS",
        "the descriptor before it was raised to 510 million",
    ),
];

/// The codes of a release on the first day of its quarter's second half.
fn records(zip: &str, year: u16) -> BTreeMap<Code, Record> {
    let path = shared("cms").unwrap().join(zip);
    let releases = hcpcs::release::read(&path, &ReadOptions::default()).unwrap();
    let day = format!("{year}-02-15").parse().unwrap();
    let records = releases.into_iter().flat_map(|release| release.records);
    records
        .filter(|record| record.code.kind() == Kind::Procedure)
        .filter(|record| record.added.is_none_or(|added| added <= day))
        .filter(|record| record.terminated.is_none_or(|last| day <= last))
        .map(|record| (record.code, record))
        .collect()
}

fn products(csv: &str) -> Vec<DrugProduct> {
    let path = shared("cms").unwrap().join(csv);
    let read = annotation::read(&path).unwrap();
    let products = read
        .into_iter()
        .filter_map(|annotations| match annotations {
            Annotations::DrugProducts(_, products) => Some(products),
            _ => None,
        });
    products.flatten().collect()
}

fn same(one: &Amount, other: &Amount) -> bool {
    one.compare(other) == Some(Ordering::Equal)
}

/// Whether CMS's column says what was read: the amount of each drug, their sum, the most of a
/// dose, or the thing that is billed.
fn agrees(unit: &Dosage, column: &str, code: Code) -> bool {
    let column = column
        .to_lowercase()
        .replace(" - ", "/")
        .replace("mg-", "mg/")
        .replace('&', "/")
        .replace("car t cells", "cells");
    let column = column
        .replace("1 each", "per vial")
        .replace("1 ea", "per vial");
    let volume = unit.amount.to_string();
    if unit.with.is_empty() && column.ends_with(&format!(" {volume}")) {
        return true; // "5 mg/20 mg 100 ml"
    }
    let Some(said) = Dosage::read(code, &column) else {
        return false;
    };
    let one = |amount: &Amount| said.with.is_empty() && same(amount, &said.amount);
    let drugs: Vec<&Amount> = unit.drugs().collect();
    let sum = drugs
        .iter()
        .skip(1)
        .try_fold(unit.amount.clone(), |sum, drug| {
            let value = sum.value.plus(drug.value)?;
            (sum.unit == drug.unit).then_some(Amount {
                value,
                unit: sum.unit,
            })
        });
    let all = said
        .drugs()
        .zip(&drugs)
        .all(|(one, other)| same(one, other));
    let is_vial = said.amount.to_string() == "1 vial" && unit.amount.to_string().ends_with(" vial");
    (all && said.drugs().count() == drugs.len())
        || unit.equals.as_ref().is_some_and(one)
        || unit
            .at_most
            .as_ref()
            .is_some_and(|most| one(most) && said.up_to)
        || sum.as_ref().is_some_and(one)
        || is_vial
}

#[test]
#[ignore = "needs CMS's releases and crosswalks in ../shared/cms"]
fn every_row_of_the_crosswalks_agrees_or_is_listed() {
    let mut excused = BTreeSet::new();
    let (mut rows, mut listed) = (0, 0);
    for (zip, year, csv) in [
        (
            "january-2025-alpha-numeric-hcpcs-file.zip",
            2025,
            "section 508 version of January 2025 ASP NDC-HCPCS Crosswalk 122024.csv",
        ),
        (
            "january-2026-alpha-numeric-hcpcs-file.zip",
            2026,
            "section 508 version of January 2026 ASP NDC-HCPCS Crosswalk 121725.csv",
        ),
    ] {
        let records = records(zip, year);
        for product in products(csv) {
            let Some(record) = records.get(&product.code) else {
                panic!("{} of {csv} is not valid", product.code)
            };
            rows += 1;
            let unit = Dosage::read(product.code, &record.long_descriptor);
            if unit
                .as_ref()
                .is_some_and(|unit| agrees(unit, &product.dosage, product.code))
            {
                continue;
            }
            let row = OTHERWISE.iter().position(|(code, dosage, _)| {
                *code == product.code.as_str() && dosage.eq_ignore_ascii_case(&product.dosage)
            });
            let Some(row) = row else {
                panic!("{} {:?}: read {unit:?}", product.code, product.dosage)
            };
            excused.insert(row);
            listed += 1;
        }
    }
    assert_eq!(excused.len(), OTHERWISE.len(), "nothing is excused in vain");
    assert_eq!((rows, listed), (14_243, 48));
}

/// Codes that state no unit: drugs without a code of their own, and devices sold by the piece.
const NO_UNIT: [&str; 23] = [
    "J0275", "J0799", "J3490", "J3530", "J3535", "J3570", "J3590", "J3591", "J7199", "J7299",
    "J7300", "J7306", "J7307", "J7330", "J7599", "J7699", "J7799", "J7999", "J8498", "J8499",
    "J8597", "J8999", "J9999",
];

#[test]
#[ignore = "needs CMS's releases in ../shared/cms"]
fn nearly_every_drug_code_that_states_an_amount_is_read() {
    let records = records("january-2026-alpha-numeric-hcpcs-file.zip", 2026);
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut unread = BTreeSet::new();
    for (code, record) in &records {
        let groups = ["J", "Q", "C9", "S0", "S5", "A9"];
        let Some(group) = groups
            .iter()
            .find(|group| code.as_str().starts_with(**group))
        else {
            continue;
        };
        let text = record.long_descriptor.to_lowercase();
        if *group != "J" && !states_an_amount(&text) {
            continue;
        }
        let is_read = Dosage::read(*code, &record.long_descriptor).is_some();
        if !is_read {
            unread.insert(code.as_str());
        }
        let (read, all) = counts.entry(group).or_default();
        *read += usize::from(is_read);
        *all += 1;
    }
    println!("read, of all that state an amount: {counts:?}; not read: {unread:?}");
    let j: BTreeSet<&str> = unread
        .iter()
        .copied()
        .filter(|code| code.starts_with('J'))
        .collect();
    assert_eq!(
        j,
        NO_UNIT.into(),
        "each valid J code that states a unit is read"
    );
    for (group, (read, all)) in counts {
        let all = if group == "J" {
            all - NO_UNIT.len()
        } else {
            all
        };
        assert!(read * 100 >= all * 99, "{group}: {read} of {all}");
    }
}

/// Whether a descriptor has a number followed by a unit of a drug, by a simple search independent
/// of the reader.
fn states_an_amount(text: &str) -> bool {
    const UNITS: [&str; 22] = [
        "mg",
        "mcg",
        "g",
        "gm",
        "gram",
        "grams",
        "ml",
        "cc",
        "iu",
        "i.u.",
        "unit",
        "units",
        "meq",
        "mci",
        "millicurie",
        "millicuries",
        "microcurie",
        "microcuries",
        "microgram",
        "micrograms",
        "milligrams",
        "milligram",
    ];
    let words: Vec<&str> = text
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, ',' | '(' | ')' | '/' | ';')
        })
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |word: &str| {
        word.chars()
            .all(|letter| letter.is_ascii_digit() || letter == '.')
    };
    // a pen of 3 ml is billed by the pen
    let is_size = text.ends_with(" size");
    !is_size
        && words
            .windows(2)
            .any(|pair| (is_number(pair[0]) || pair[0] == "per") && UNITS.contains(&pair[1]))
}
