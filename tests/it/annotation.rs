//! Annotations: CMS's real crosswalks and RBCS, the seeds, and readers on arbitrary bytes.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::Path;

use hcpcs::Code;
use hcpcs::annotation::{
    Annotations, ClinicalNote, DrugProduct, RecordPage, SectionKind, Source, SourceKind, parse,
    read, recognise, recognise_file,
};
use proptest::prelude::*;

use crate::hcpcs::Hcpcs;
use crate::made::{self, line};
use crate::shared::shared;

const CROSSWALK_2025: &str =
    "cms/section 508 version of January 2025 ASP NDC-HCPCS Crosswalk 122024.csv";
const CROSSWALK_2026: &str =
    "cms/section 508 version of January 2026 ASP NDC-HCPCS Crosswalk 121725.csv";

/// The one source in a file of `../shared`.
fn one(name: &str) -> Option<Annotations> {
    let path = shared(name)?;
    let mut all = read(&path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(all.len(), 1, "{name}");
    all.pop()
}

fn products(name: &str) -> Option<(Source, Vec<DrugProduct>)> {
    match one(name)? {
        Annotations::DrugProducts(source, products) => Some((source, products)),
        other => panic!("{:?}", other.source()),
    }
}

fn code(text: &str) -> Code {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Rows and codes as the files have them, and how many of the codes are CPT's.
#[test]
#[ignore = "needs CMS's files in ../shared"]
fn crosswalk_counts() {
    for (name, rows, codes, cpt_rows, own_numbers, label) in [
        (CROSSWALK_2025, 7172, 834, 27, 694, "2025-01"),
        (CROSSWALK_2026, 7125, 835, 27, 1, "2026-01"),
    ] {
        let (source, products) = products(name).unwrap();
        assert_eq!((source.rows, source.left_out_cpt), (rows, cpt_rows));
        assert_eq!(source.skipped, []);
        assert_eq!(products.len(), rows - cpt_rows);
        let distinct: HashSet<Code> = products.iter().map(|product| product.code).collect();
        assert_eq!(distinct.len(), codes, "8 more are numbers of CPT");
        let own = products.iter().filter(|product| product.ndc.is_none());
        assert_eq!(own.count(), own_numbers);
        assert_eq!(source.label.as_deref(), Some(label));
        assert!(source.title.starts_with("January 20"), "{}", source.title);
    }
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn crosswalk_rows() {
    let (_, products) = products(CROSSWALK_2026).unwrap();
    let hemin: Vec<_> = products
        .iter()
        .filter(|product| product.code == code("J1640"))
        .collect();
    let [panhematin] = hemin[..] else {
        panic!("{hemin:?}")
    };
    assert_eq!(panhematin.brand, "Panhematin");
    assert_eq!(panhematin.labeler, "Recordati Rare Diseases Inc.");
    assert_eq!(panhematin.ndc, "55292-702-55".parse().ok());
    assert_eq!(panhematin.dosage, "1 MG");
    assert_eq!(
        (
            panhematin.billing_units.as_str(),
            panhematin.billing_units_per_package.as_str()
        ),
        ("336", "336")
    );
    // Stray blanks, line breaks and no-break blanks in names.
    for product in &products {
        let words: Vec<&str> = product.brand.split_whitespace().collect();
        assert_eq!(product.brand, words.join(" "));
    }
    assert!(products.iter().any(|product| product.brand == "Amvuttra"));
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn rbcs() {
    let annotations = one("cms/RBCS_RY_2025.csv").unwrap();
    let Annotations::Rbcs(source, assignments) = annotations else {
        panic!("{:?}", annotations.source())
    };
    assert_eq!((source.rows, assignments.len()), (18_882, 5_136));
    assert_eq!(source.left_out_cpt, 12_748);
    assert_eq!(source.skipped, []);
    assert_eq!(source.label.as_deref(), Some("2025"));
    assert_eq!(
        source.notices,
        ["earlier assignments, which are left out: 998"]
    );
    let cpap = assignments.iter().find(|at| at.code == code("E0601"));
    let cpap = cpap.unwrap_or_else(|| panic!("E0601"));
    assert_eq!(
        (cpap.id.as_str(), cpap.category.label.as_str()),
        ("DE001N", "DME")
    );
    assert_eq!(cpap.subcategory.label, "Other DME");
    assert_eq!(cpap.family.label, "CPAP (sleep apnea)");
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn the_seed_of_a_record_page() {
    let annotations = one("seeds/000_a8d5ed219993a9e2.txt").unwrap();
    let Annotations::RecordPage(source, page) = annotations else {
        panic!("{:?}", annotations.source())
    };
    let RecordPage {
        record,
        fields,
        meanings,
        others,
    } = &*page;
    assert_eq!(record.code, code("J1640"));
    assert_eq!(record.pricing[0].as_str(), "51");
    assert_eq!(record.type_of_service.len(), 2);
    assert_eq!(record.added.map(hcpcs::Date::number), Some(2006_01_01));
    assert_eq!(
        record
            .processing_note
            .as_ref()
            .map(|note| note.number.as_str()),
        Some("0095")
    );
    assert_eq!(
        (source.rows, fields.len(), meanings.len(), others.len()),
        (26, 23, 7, 2)
    );
    assert_eq!(source.skipped, []);
    assert!(
        fields
            .iter()
            .all(|field| !field.definition.contains(['<', '\t']))
    );
    assert_eq!(page.differences(record), []);
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn the_seed_of_a_clinical_note() {
    let annotations = one("seeds/001_0360cd77225f7ce4.txt").unwrap();
    let Annotations::Notes(source, notes) = annotations else {
        panic!("{:?}", annotations.source())
    };
    let [
        ClinicalNote {
            codes,
            title,
            sections,
            modifiers,
            ..
        },
    ] = &notes[..]
    else {
        panic!("{} notes", notes.len())
    };
    assert_eq!(codes, &[code("J1597")]);
    assert_eq!(title, "Glycopyrrolate Injection, 0.1 mg");
    let kinds: Vec<SectionKind> = sections.iter().map(|section| section.kind).collect();
    assert_eq!(
        kinds,
        [
            SectionKind::Summary,
            SectionKind::BillingOverview,
            SectionKind::ServiceType,
            SectionKind::SiteOfService,
            SectionKind::ClinicalContext,
            SectionKind::CodingSpecifications,
        ]
    );
    assert!(sections[4].text.contains("sialorrhea"));
    assert_eq!(modifiers.len(), 1);
    assert_eq!(modifiers[0].modifier, code("JW"));
    let [broken] = &source.skipped[..] else {
        panic!("{:?}", source.skipped)
    };
    assert_eq!(broken.line, 15);
    assert!(
        broken
            .reason
            .starts_with("the table of modifiers breaks off")
    );
    assert!(!notes[0].may_be_passed_on());
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn nothing_of_a_release_is_an_annotation() {
    let folder = shared("cms").unwrap();
    let entries = fs::read_dir(folder).unwrap();
    for path in entries.map(|entry| entry.unwrap().path()) {
        let kind = recognise_file(&path).unwrap();
        if path.extension().is_none_or(|ending| ending != "csv") {
            assert_eq!(kind, None, "{}", path.display());
        }
        if path.extension().is_some_and(|ending| ending == "zip") {
            members_are_no_annotations(&path);
        }
    }
}

fn members_are_no_annotations(path: &Path) {
    let file = fs::File::open(path).unwrap_or_else(|error| panic!("{error}"));
    let mut archive = zip::ZipArchive::new(file).unwrap_or_else(|error| panic!("{error}"));
    for at in 0..archive.len() {
        let mut member = archive
            .by_index(at)
            .unwrap_or_else(|error| panic!("{error}"));
        let name = path.join(
            member
                .name()
                .unwrap_or_else(|error| panic!("{error}"))
                .as_ref(),
        );
        let name = name.display();
        let mut head = Vec::new();
        let read = member.by_ref().take(1 << 16).read_to_end(&mut head);
        assert!(read.is_ok(), "{name}");
        assert_eq!(recognise(&head), None, "{name}");
    }
}

const KINDS: [SourceKind; 5] = [
    SourceKind::ClinicalNote,
    SourceKind::RecordPage,
    SourceKind::DrugProducts,
    SourceKind::Rbcs,
    SourceKind::Synonyms,
];

/// Beginnings that take a reader past its first check.
const HEADS: [&str; 7] = [
    "",
    "---\ncode: J1640\n---\n",
    "Summary\nHCPCS Level II J1640: Hemin\n| Modifier | When |\n|--|--|\n",
    "HCPCS Code\tJ1640\tx\n",
    "_2026_CODE,NDC2,Drug Name\nJ1640,55292-0702-55,",
    "hcpcs_cd,rbcs_id,rbcs_latest_assignment,rbcs_cat,rbcs_cat_subcat\nE0601,",
    "a\tb\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the bytes, a reader answers, and every reason names a line of the file.
    #[test]
    fn readers_never_panic(tail in prop::collection::vec(any::<u8>(), 0..400), text in "[ -~\\t\\n|#:–\"é]{0,400}") {
        for tail in [&tail[..], text.as_bytes()] {
            for head in HEADS {
                let bytes = [head.as_bytes(), tail].concat();
                let _ = recognise(&bytes);
                let lines = bytes.iter().filter(|byte| matches!(**byte, b'\n' | b'\r')).count() + 1;
                for kind in KINDS {
                    if let Ok(read) = parse(Path::new("x"), kind, &bytes) {
                        let mut skipped = read.source().skipped.iter();
                        prop_assert!(skipped.all(|at| (1..=lines).contains(&at.line)));
                    }
                }
            }
        }
    }
}

/// In `index` as in `update`; and what is to be said of several titles is one line.
#[test]
fn a_note_with_the_title_of_a_shipped_one_takes_its_place() {
    let hcpcs = Hcpcs::new();
    let release = hcpcs.file(
        "HCPC2026_JAN_ANWEB.txt",
        crate::made::text(&[crate::made::line("J1640", "Injection, hemin, 1 mg")]),
    );
    let own = "---\ncode: J1640\ntitle: hemin injection (panhematin), 1 MG\n---\nOur own words.\n";
    let own = hcpcs.file("own.md", own);
    let paths = [&release, &own].map(|path| path.to_str().unwrap());
    let ran = hcpcs.run([&["index"], &paths[..]].concat()).code(0);
    assert!(!ran.stderr.contains("same title"), "{ran:?}");
    let shown = hcpcs.run(["show", "J1640", "--note"]).code(0).stdout;
    assert!(shown.contains("Our own words."), "{shown}");
    assert_eq!(shown.matches("Panhematin").count(), 0, "{shown}");

    let notes = ["a.md", "b.md", "c.md", "d.md"].map(|name| {
        let title = if name < "c" { "One" } else { "Other" };
        let text = format!("---\ncode: J1640\ntitle: {title}\n---\nText.\n");
        hcpcs.file(name, text)
    });
    let paths: Vec<&str> = [&release]
        .into_iter()
        .chain(&notes)
        .map(|path| path.to_str().unwrap())
        .collect();
    let ran = hcpcs.run([&["index"], &paths[..]].concat()).code(0);
    assert_eq!(
        ran.stderr.matches("notes of the same title").count(),
        1,
        "{ran:?}"
    );
    ran.tells("; so with 1 more title\n");
}

/// Every file and folder of a folder is read, or named as one that is not.
#[test]
fn what_a_folder_holds_is_read_or_named() {
    let hcpcs = Hcpcs::new().release(&[line("J1640", "Hemin")]);
    let note = "---\ncode: J1640\n---\nText.\n";
    let unread = [
        "blank.txt",
        "head.md",
        "mail.md",
        "page.pdf",
        "picture.png",
        "more",
    ];
    for (name, text) in [
        ("note.md", note),
        ("words.tsv", "puffer\tinhaler\n"),
        ("README.md", note),
        ("blank.txt", ""),
        ("head.md", "+++\ncode = 'J1640'\n+++\nText.\n"),
        ("mail.md", "Dear all\n"),
        ("page.pdf", "%PDF-1.7\n"),
        ("picture.png", "\u{89}PNG\0"),
        ("more/note.md", note),
    ] {
        hcpcs.file(&format!("notes/{name}"), text);
    }
    let release = made::text(&[line("J1640", "Hemin")]);
    for with_release in [false, true] {
        if with_release {
            hcpcs.file("notes/HCPC2026_JAN_ANWEB.txt", &release);
        }
        let said = hcpcs.run(["update", "notes", "--dry-run"]).code(0).stderr;
        for name in unread {
            assert!(said.contains(&format!("{name}: ")), "{name}: {said}");
        }
    }
}
