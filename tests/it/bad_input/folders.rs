//! Index folders that are missing, of another format, damaged, or not this user's.

use std::fs;
use std::path::Path;

use crate::hcpcs::Hcpcs;
use crate::made::line;

fn hemin() -> Hcpcs {
    Hcpcs::new().release(&[line("J1640", "Injection, hemin, 1 mg")])
}

/// The file that holds the index.
fn generation(index: &Path) -> std::path::PathBuf {
    let manifest = fs::read_to_string(index.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    index.join(manifest["generation"].as_str().unwrap())
}

#[test]
fn a_missing_index() {
    let hcpcs = Hcpcs::new();
    let told = format!(
        "error: {}: there is no index here; build one with `hcpcs index FILE`",
        hcpcs.index().display()
    );
    hcpcs.run(["status"]).code(3).told(&told);
    let error = hcpcs::Searcher::open(hcpcs.index()).err().unwrap();
    // The library says what is wrong; what to type is the command line's to say.
    assert_eq!(error.remedy(), Some(hcpcs::Remedy::BuildIndex));
    assert_eq!(
        format!("error: {error}; build one with `hcpcs index FILE`"),
        told
    );
}

#[test]
fn an_index_of_another_format() {
    let hcpcs = hemin();
    let path = hcpcs.index().join("manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    let format = manifest
        .lines()
        .find(|line| line.contains("\"format\""))
        .unwrap();
    fs::write(&path, manifest.replace(format, "  \"format\": 9999,")).unwrap();
    for args in [
        ["search", "hemin"],
        ["show", "J1640"],
        ["table", "coverage"],
        ["status", "--json"],
    ] {
        let ran = hcpcs.run(args).code(3);
        assert_eq!(ran.stdout, "");
        ran.tells("the index has format 9999, this program reads format ")
            .tells("; build the index again with `hcpcs index FILE`");
    }
    // and so it can be, but not by the starter set without a word
    let told =
        "the starter set would take the place of 2026-01; check the file, or take it with --force";
    hcpcs.run(["index"]).code(3).tells(told);
    hcpcs.run(["index", "--force"]).code(0);
    hcpcs.run(["search", "hemin"]).code(0);
    hcpcs.run(["index"]).code(0);
}

#[test]
fn a_damaged_manifest() {
    let hcpcs = hemin();
    fs::write(hcpcs.index().join("manifest.json"), "{\"format\"").unwrap();
    hcpcs
        .run(["search", "hemin"])
        .code(3)
        .tells("the manifest is damaged; build the index again with `hcpcs index FILE`");
}

#[test]
fn a_damaged_index() {
    let hcpcs = hemin();
    let path = generation(hcpcs.index());
    let whole = fs::read(&path).unwrap();
    let told = "cannot open the index: ";
    for length in [0, 10, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        hcpcs
            .run(["search", "hemin"])
            .code(3)
            .tells(told)
            .tells("build the index again with `hcpcs index FILE`");
    }
    fs::remove_file(&path).unwrap();
    hcpcs.run(["search", "hemin"]).code(3).tells(told);
}

#[test]
fn an_index_folder_that_is_a_file() {
    let hcpcs = Hcpcs::new();
    let file = hcpcs.file("file", "not a folder");
    let below = hcpcs.with_index(&file.join("index"));
    let ran = below.run(["search", "hemin"]).code(3);
    ran.tells(": there is no index here; check the folder that --index names");
    let ran = below.run(["index"]).code(3);
    ran.tells(": cannot make the folder: ")
        .tells("; choose another folder with --index DIR");
    let ran = below.with_index(&file).run(["status"]).code(3);
    ran.tells("file: there is no index here");
}

#[cfg(unix)]
mod of_others {
    use std::fs::Permissions;
    use std::io::Write as _;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;

    use super::*;
    use crate::hcpcs::Ran;

    /// Nobody, on every Unix.
    const NOBODY: u32 = 65_534;

    fn allow(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    fn skip(why: &str) {
        // not `println!`, which is shown only where a test fails
        let _ = writeln!(std::io::stderr(), "skipped: {why}");
    }

    /// Runs as a user who may not write here: as nobody if this user may switch to it, else as this
    /// user. `None`, with a notice, if nobody cannot reach the program.
    fn run_as_nobody(hcpcs: &Hcpcs, args: &[&str]) -> Option<Ran> {
        let is_root = fs::metadata(hcpcs.folder()).unwrap().uid() == 0;
        let mut command = hcpcs.command(args);
        if is_root {
            allow(hcpcs.folder(), 0o755);
            command.uid(NOBODY).gid(NOBODY);
        }
        match command.output() {
            Ok(output) => Some(output.into()),
            Err(error) => {
                skip(&format!("another user cannot run the program: {error}"));
                None
            }
        }
    }

    #[test]
    fn an_index_in_a_read_only_folder_is_searched_without_complaint() {
        let hcpcs = hemin();
        for file in fs::read_dir(hcpcs.index()).unwrap() {
            allow(&file.unwrap().path(), 0o444);
        }
        allow(hcpcs.index(), 0o555);
        let before = names(hcpcs.index());
        if let Some(ran) = run_as_nobody(&hcpcs, &["search", "hemin", "--as-of", "2026-02-01"]) {
            ran.code(0)
                .prints("J1640")
                .told("1 code matches · release 2026-01, partial · as of 2026-02-01");
        }
        assert_eq!(names(hcpcs.index()), before);
        allow(hcpcs.index(), 0o755);
    }

    fn names(folder: &Path) -> Vec<std::ffi::OsString> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn an_index_built_by_another_user_is_searched_without_complaint() {
        let hcpcs = hemin();
        if let Some(ran) = run_as_nobody(&hcpcs, &["search", "hemin", "--as-of", "2026-02-01"]) {
            ran.code(0)
                .prints("J1640")
                .told("1 code matches · release 2026-01, partial · as of 2026-02-01");
        }
    }

    #[test]
    fn a_folder_that_may_not_be_written() {
        let hcpcs = Hcpcs::new();
        hcpcs.file(
            "HCPC2026_JAN.txt",
            crate::made::text(&[line("J1640", "Hemin")]),
        );
        let closed = hcpcs.folder().join("closed");
        fs::create_dir(&closed).unwrap();
        allow(&closed, 0o555);
        let hcpcs = hcpcs.with_index(&closed.join("index"));
        if let Some(ran) = run_as_nobody(&hcpcs, &["index", "HCPC2026_JAN.txt"]) {
            ran.code(3).told(&format!(
                "error: {}: cannot make the folder: Permission denied (os error 13); choose another folder with --index DIR",
                closed.join("index").display()
            ));
        }
        // a folder that is there and may not be written
        let hcpcs = hcpcs.with_index(&closed);
        if let Some(ran) = run_as_nobody(&hcpcs, &["index", "HCPC2026_JAN.txt"]) {
            ran.code(3).tells("cannot lock the index for writing: Permission denied (os error 13); choose another folder with --index DIR");
        }
        allow(&closed, 0o755);
    }

    #[test]
    fn an_index_that_may_not_be_read() {
        let hcpcs = hemin();
        allow(&hcpcs.index().join("manifest.json"), 0o000);
        if let Some(ran) = run_as_nobody(&hcpcs, &["search", "hemin"]) {
            ran.code(3)
                .tells("manifest.json: cannot read the index: Permission denied (os error 13)");
        }
    }
}
