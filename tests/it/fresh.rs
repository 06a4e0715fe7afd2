//! A fresh machine: the starter set, the folder of the index, and releases in the data folder.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::hcpcs::Hcpcs;
use crate::made::{self, line};

/// Where `hcpcs status` finds the index, and of which file it is.
fn source(hcpcs: &Hcpcs) -> String {
    let status: Value = hcpcs.json(&["status"]);
    status["releases"][0]["source"].as_str().unwrap().to_owned()
}

/// A folder that is a checkout of the project, as far as the program looks.
fn checkout() -> Hcpcs {
    let hcpcs = Hcpcs::new().without_index();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [
        "data/starter/release.tsv",
        "data/README.md",
        "data/synonyms.tsv",
        "index/README.md",
    ] {
        hcpcs.file(file, fs::read(root.join(file)).unwrap());
    }
    hcpcs
}

fn release() -> Vec<u8> {
    made::text(&[line("J1640", "Hemin, dropped here")]).into_bytes()
}

#[test]
fn the_first_search_builds_an_index_and_says_so() {
    let hcpcs = checkout();
    let told = "no index in index: built one from the starter set, 809 codes in the program's own words.\n\
         For all of HCPCS in CMS's words, fetch the quarterly zip from cms.gov and run:\n    \
         hcpcs index january-2026-alpha-numeric-hcpcs-file.zip\n";
    let first = hcpcs.run(["search", "glycopyrrolate"]).code(0);
    assert!(first.stderr.starts_with(told), "{}", first.stderr);
    let second = hcpcs.run(["search", "glycopyrrolate"]).code(0);
    assert!(!second.stderr.contains("starter set"), "{}", second.stderr);
    assert_eq!(first.stdout, second.stdout);
    second.tells("release 2026-01/starter, 809 of about 9,000 codes");
}

#[test]
fn show_and_table_build_one_too() {
    for args in [["show", "J1640"], ["table", "coverage"]] {
        checkout()
            .run(args)
            .code(0)
            .tells("built one from the starter set");
    }
}

#[test]
fn index_without_a_path_takes_the_starter_set() {
    let hcpcs = Hcpcs::new();
    let ran = hcpcs.run(["index"]).code(0);
    assert!(
        ran.stderr
            .starts_with("indexed 809 codes of 2026-01/starter (release.tsv) in "),
        "{}",
        ran.stderr
    );
    ran.tells("ms; skipped 0 lines\nrelease 2026-01/starter, 809 of about 9,000 codes\nindex: ")
        .tells("no release is in the data folder, ");
    assert_eq!(source(&hcpcs), "data/starter/release.tsv");
}

#[test]
fn a_dropped_release_takes_the_place_of_the_starter_set() {
    let hcpcs = checkout();
    hcpcs.file("data/HCPC2026_JAN_ANWEB.TXT", release());
    hcpcs
        .run(["index"])
        .code(0)
        .tells("indexed 1 code of 2026-01 (");
    hcpcs
        .run(["search", "hemin"])
        .code(0)
        .prints("Hemin, dropped here");
    assert!(hcpcs.folder().join("index/manifest.json").exists());
}

/// What lies in the data folder is read or named; what a checkout has there by itself is neither.
#[test]
fn what_is_not_read_of_the_data_folder_is_named() {
    let hcpcs = checkout();
    hcpcs.file("data/HCPC2026_JAN_ANWEB.TXT", release());
    hcpcs.file("data/synonyms.tsv", "bloodred\themin\n");
    hcpcs.file("data/README.md", "what the folder is for");
    let ran = hcpcs.run(["index"]).code(0);
    assert!(!ran.stderr.contains("not read"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("no release"), "{}", ran.stderr);
    for name in ["note.md", "own.tsv", "list.ods", "more/note.md"] {
        let path = format!("data/{name}");
        hcpcs.file(&path, "hemin");
        let named = path.replace("/note.md", "/");
        let named = if name == "note.md" {
            &path
        } else {
            named.trim_end_matches('/')
        };
        let said =
            format!("{named}: not read; of the data folder only zip, txt, xlsx, xls, csv are");
        hcpcs.run(["index"]).code(0).tells(&said);
    }
}

/// As if the zip was unpacked into the folder: the files next to the text belong to it.
#[test]
fn an_unpacked_release_in_the_data_folder() {
    let hcpcs = checkout();
    let record = line("J1640", "Hemin").set(253, "0095");
    hcpcs.file("data/HCPC2026_JAN_ANWEB.txt", made::text(&[record]));
    hcpcs.file(
        "data/proc_notes_JAN2026.txt",
        "  PROCESSING NOTES\r\n\r\n  0095--AS REQUIRED\r\n",
    );
    hcpcs.run(["index"]).code(0);
    hcpcs
        .run(["show", "J1640"])
        .code(0)
        .prints("0095  AS REQUIRED");
}

#[test]
fn only_annotations_in_the_data_folder_join_the_starter_set() {
    let hcpcs = checkout();
    let crosswalk = "January 2026 ASP NDC - HCPCS Crosswalk\n\n_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\nJ1640,Hemin,Recordati,55292-0702-55,Panhematin,1 MG,1,1,336,336\n";
    hcpcs.file("data/crosswalk.csv", crosswalk);
    hcpcs.run(["index"]).code(0).tells(
        "indexed 809 codes of 2026-01/starter (release.tsv) with NDC-HCPCS crosswalk, 2026-01 in ",
    );
    assert_eq!(hcpcs.codes(&["panhematin"]), ["J1640"]);
}

#[test]
fn an_own_list_of_synonyms_joins_the_starter_set() {
    let hcpcs = Hcpcs::new();
    let list = hcpcs.file("mine.tsv", "bloodred\themin\n");
    hcpcs
        .run(["index", "--synonyms", list.to_str().unwrap()])
        .code(0);
    assert_eq!(hcpcs.codes(&["bloodred"]), ["J1640"]);
}

/// A synonym that finds nothing is named at the build, by an update and in the status; one that
/// finds something in one of its directions is none.
#[test]
fn an_own_synonym_that_finds_nothing_is_named() {
    let hcpcs = Hcpcs::new();
    let list = hcpcs.file(
        "mine.tsv",
        "bloodred\themin\nflurbo\tgrommit widget\nzork\t=walker\nzig\t=zag\n",
    );
    let named = "synonyms whose meaning is in no text of the index, so that they find nothing: 2, \
                 the first is `flurbo`, meant as `grommit widget`";
    let list = list.to_str().unwrap();
    let ran = hcpcs
        .run(["index", "--synonyms", list])
        .code(0)
        .tells(named);
    assert_eq!(ran.stderr.matches("find nothing").count(), 1, "{ran:?}");
    let status = hcpcs.run(["status"]).stdout.replace("\n  ", " ");
    assert!(status.contains(named), "{status}");
    let other = hcpcs.file("other.tsv", "zap\tgrommit\n");
    let args = ["update", "--json", "--synonyms", other.to_str().unwrap()];
    let report: serde_json::Value = serde_json::from_str(&hcpcs.run(args).code(0).stdout).unwrap();
    let notices = report["notices"].as_array().unwrap();
    assert_eq!(notices.len(), 2, "{report}");
    assert!(
        report["notices"]
            .to_string()
            .contains("other.tsv: synonyms whose meaning")
    );
}

#[test]
fn a_folder_with_a_release_and_annotations() {
    let hcpcs = Hcpcs::new();
    hcpcs.file("mixed/HCPC2026_JAN_ANWEB.txt", release());
    hcpcs.file("mixed/list.tsv", "# own words\nbloodred\themin\n");
    for name in ["letter.pdf", "memo.docx", "mail.eml"] {
        hcpcs.file(&format!("mixed/{name}"), "%PDF-1.7\n");
    }
    let ran = hcpcs.run(["index", "mixed"]).code(0);
    for name in ["letter.pdf", "memo.docx", "mail.eml"] {
        let named = format!("{name}: neither a release nor an annotation, so it is not read");
        assert!(ran.stderr.contains(&named), "{ran:?}");
    }
    assert_eq!(hcpcs.codes(&["bloodred"]), ["J1640"]);
}

#[test]
fn the_index_lies_where_it_is_said_to_lie() {
    let at = |hcpcs: &Hcpcs, place: &str| hcpcs.folder().join(place).join("manifest.json").exists();
    // --index before the variable
    let hcpcs = Hcpcs::new().with_variable("HCPCS_INDEX", "by-variable");
    hcpcs.run(["index"]).code(0);
    hcpcs.run(["search", "hemin"]).code(0);
    assert!(at(&hcpcs, "index") && !at(&hcpcs, "by-variable"));
    // the variable before the checkout
    let hcpcs = checkout().with_variable("HCPCS_INDEX", "by-variable");
    hcpcs.run(["index"]).code(0);
    hcpcs.run(["search", "hemin"]).code(0);
    assert!(at(&hcpcs, "by-variable") && !at(&hcpcs, "index"));
    // an empty variable is none; the checkout before the platform's folder
    let hcpcs = checkout()
        .with_variable("HCPCS_INDEX", "")
        .with_variable("XDG_DATA_HOME", "/nowhere");
    hcpcs.run(["search", "hemin"]).code(0);
    assert!(at(&hcpcs, "index"));
}

#[cfg(target_os = "linux")]
#[test]
fn elsewhere_the_platform_has_a_folder() {
    let data = tempfile::tempdir().unwrap();
    let hcpcs = Hcpcs::new()
        .without_index()
        .with_variable("XDG_DATA_HOME", data.path());
    hcpcs.run(["search", "hemin"]).code(0);
    assert!(data.path().join("hcpcs/index/manifest.json").exists());
    fs::create_dir_all(data.path().join("hcpcs/data")).unwrap();
    fs::write(
        data.path().join("hcpcs/data/HCPC2026_JAN_ANWEB.txt"),
        release(),
    )
    .unwrap();
    hcpcs
        .run(["index"])
        .code(0)
        .tells("indexed 1 code of 2026-01");
}

#[test]
fn a_new_index_takes_the_place_of_the_old_one() {
    let hcpcs = Hcpcs::new().release(&[line("J1640", "Hemin")]);
    let hcpcs = hcpcs.release(&[line("J1640", "Hemin"), line("J1641", "Hemin, other")]);
    assert_eq!(hcpcs.codes(&["hemin"]).len(), 2);
}

#[test]
fn a_makers_own_number_finds_its_code() {
    let hcpcs = Hcpcs::new();
    let crosswalk = "January 2026 ASP NDC - HCPCS Crosswalk\n\n_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\nQ4217,Woundfix,BioWound,WF004,WoundFix,1 SQ CM,4,1,4,4\n";
    hcpcs.file("mixed/crosswalk.csv", crosswalk);
    let release = made::text(&[line("Q4217", "Woundfix, per square centimeter")]);
    hcpcs.file("mixed/HCPC2026_JAN_ANWEB.txt", release);
    hcpcs.run(["index", "mixed"]).code(0);
    assert_eq!(hcpcs.codes(&["wf004"]), ["Q4217"]);
}

/// Every command but `index` and `update`, on a folder that its user has mistyped.
#[test]
fn a_folder_that_is_named_and_holds_no_index() {
    for named_by in ["--index", "$HCPCS_INDEX"] {
        let hcpcs = checkout();
        let lines = hcpcs.file("lines.txt", "J1640\n");
        let lines = lines.to_str().unwrap();
        let hcpcs = if named_by == "--index" {
            let typo = hcpcs.folder().join("typo");
            hcpcs.with_index(&typo)
        } else {
            hcpcs.with_variable("HCPCS_INDEX", "typo")
        };
        let commands: [&[&str]; 12] = [
            &["search", "hemin"],
            &["show", "J1640"],
            &["suggest", "hem"],
            &["batch", lines],
            &["check", lines],
            &["history", "J1640"],
            &["diff", "2025-10", "2026-01"],
            &["export"],
            &["table", "coverage"],
            &["status"],
            &["serve", "--listen", "127.0.0.1:0"],
            &["mcp"],
        ];
        for args in commands {
            let ran = hcpcs.run(args).code(3);
            assert_eq!(ran.stdout, "", "{args:?}");
            ran.tells("typo: there is no index here");
            assert!(!hcpcs.folder().join("typo").exists(), "{args:?}");
        }
        hcpcs.run(["search", "hemin"]).tells(named_by);
        hcpcs.run(["index"]).code(0);
        hcpcs.run(["search", "hemin"]).code(0);
    }
}

#[test]
fn the_starter_set_takes_no_releases_place_without_force() {
    let hcpcs = Hcpcs::new().release(&[line("J1640", "Hemin")]);
    hcpcs.run(["index"]).code(3).tells(
        "the starter set would take the place of 2026-01; check the file, or take it with --force",
    );
    assert_eq!(hcpcs.codes(&["hemin"]), ["J1640"]);
    hcpcs.run(["index", "--force"]).code(0);
    assert_eq!(source(&hcpcs), "data/starter/release.tsv");
    hcpcs.run(["index"]).code(0);
}

/// The starter set and a partial release are shown as such by every command that shows a release.
#[test]
fn the_scope_of_a_release_is_shown_with_it() {
    let partial = Hcpcs::new().release(&[line("J1640", "Hemin")]);
    let missing = "partial: no modifiers, no codes of sections A, B, C, E, G, H, K, L, M, P, Q, R, S, T, U, V";
    for (hcpcs, release, few, all) in [
        (
            Hcpcs::starter(),
            "2026-01/starter",
            "809 of about 9,000 codes",
            "809 of about 9,000 codes",
        ),
        (partial, "2026-01", "partial", missing),
    ] {
        let shown = format!("release {release}, {few}");
        hcpcs.run(["search", "hemin"]).tells(&shown);
        let ran = hcpcs.run(["show", "J1640"]);
        assert!(ran.stdout.replace('\n', " ").contains(&shown), "{ran:?}");
        let shown = format!("release {release}, {all}");
        hcpcs.file("lines.txt", "J1640\n");
        hcpcs.run(["check", "lines.txt"]).tells(&shown);
        hcpcs.run(["history", "J1640"]).tells(&shown);
        hcpcs.run(["export"]).tells(&shown);
        hcpcs.run(["diff", release, release]).tells(&shown);
        let status = hcpcs.run(["status"]).stdout.replace("\n  ", " ");
        assert!(status.contains(all), "{status}");
        for args in [
            ["search", "hemin"],
            ["show", "J1640"],
            ["check", "lines.txt"],
        ] {
            let json = hcpcs.json(&args);
            let json = json.get(0).unwrap_or(&json);
            assert_eq!(
                (&json["release"], &json["release_scope"]),
                (&release.into(), &few.into())
            );
        }
    }
}
