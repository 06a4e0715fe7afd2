//! Whatever happens while an index is updated, it is whole, with the old or the new.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use ::hcpcs::index::{Sources, UpdateOptions, build_index, update_index};
use ::hcpcs::{Release, Searcher};

use super::{APRIL, JANUARY, OCTOBER, answers, releases, with_index};
use crate::hcpcs::Hcpcs;

#[test]
fn a_second_update_waits_and_is_reported() {
    let hcpcs = with_index(OCTOBER);
    let lock = fs::File::options()
        .append(true)
        .open(hcpcs.index().join("lock"))
        .unwrap();
    lock.lock().unwrap();
    let mut child = hcpcs
        .command(["update", JANUARY])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = [0; 40];
    std::io::Read::read_exact(child.stderr.as_mut().unwrap(), &mut told).unwrap();
    assert!(told.starts_with(b"another process writes the index"));
    assert!(child.try_wait().unwrap().is_none());
    assert_eq!(releases(&hcpcs), ["2025-10"]);
    lock.unlock().unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(releases(&hcpcs), ["2025-10", "2026-01"]);
}

#[test]
fn two_updates_at_once_are_both_taken() {
    let hcpcs = with_index(OCTOBER);
    let start = |name: &str| {
        hcpcs
            .command(["update", name])
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut children = [start(JANUARY), start(APRIL)];
    assert!(
        children
            .iter_mut()
            .all(|child| child.wait().unwrap().success())
    );
    assert_eq!(releases(&hcpcs), ["2025-10", "2026-01", "2026-04"]);
}

#[test]
fn a_reader_knows_that_there_is_something_new() {
    let folder = tempfile::tempdir().unwrap();
    let starter = Release::starter().unwrap();
    let sources = |release: &Release| Sources {
        releases: vec![release.clone()],
        annotations: Vec::new(),
    };
    build_index(folder.path(), sources(&starter)).unwrap();
    let searcher = Searcher::open(folder.path()).unwrap();
    assert!(searcher.is_current(folder.path()));
    let options = UpdateOptions::default();
    assert!(
        !update_index(folder.path(), sources(&starter), &options)
            .unwrap()
            .changed
    );
    assert!(searcher.is_current(folder.path()));
    let mut release = starter;
    release.id = "2026-04".parse().unwrap();
    release.records[0].short_descriptor.push('s');
    update_index(folder.path(), sources(&release), &options).unwrap();
    assert!(!searcher.is_current(folder.path()));
    assert_eq!(
        searcher.manifest().releases.len(),
        1,
        "it goes on with what it opened"
    );
    fs::remove_dir_all(folder.path()).unwrap();
    assert!(!searcher.is_current(folder.path()));
}

/// A copy of an index folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// Fifty moments, spread over the time that an update takes and a little more.
#[test]
fn killed_at_any_moment() {
    const MOMENTS: u32 = 50;
    let hcpcs = with_index(OCTOBER).without_index();
    let index = |name: &str| -> PathBuf { hcpcs.folder().join(name) };
    let start = |folder: &Path| {
        let folder = folder.to_str().unwrap();
        let mut command = hcpcs.command(["--index", folder, "update", JANUARY]);
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let old = index("index");
    // The quickest of three: one that other tests delay would put most moments behind the switch.
    let takes = (0..3).map(|nth| {
        let whole = index(&format!("whole-{nth}"));
        copy(&old, &whole);
        let begun = Instant::now();
        assert!(start(&whole).wait().unwrap().success());
        begun.elapsed()
    });
    let takes = takes.min().unwrap();
    let mut kept_old = 0;
    for moment in 1..=MOMENTS {
        let folder = index(&format!("killed-{moment}"));
        copy(&old, &folder);
        let mut child = start(&folder);
        std::thread::sleep(takes * moment * 11 / (MOMENTS * 10));
        child.kill().unwrap();
        child.wait().unwrap();
        let searcher = Searcher::open(&folder).unwrap();
        let ids: Vec<String> = searcher
            .manifest()
            .releases
            .iter()
            .map(|own| own.id.to_string())
            .collect();
        let hemin = searcher
            .record("J1640".parse().unwrap(), "2026-02-01".parse().unwrap())
            .unwrap();
        match ids.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["2025-10"] => {
                kept_old += 1;
                assert_eq!(hemin.long_descriptor, "Injection, hemin, 1 mg");
            }
            ["2025-10", "2026-01"] => {
                assert_eq!(hemin.long_descriptor, "Injection, hemin, per 1 mg");
            }
            _ => panic!("{ids:?}"),
        }
        let code = start(&folder).wait().unwrap().code();
        assert_eq!(
            code,
            Some(i32::from(ids.len() == 2)),
            "the next one succeeds"
        );
        let names = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name());
        let left = names.filter(|name| name.to_string_lossy().starts_with(".unfinished"));
        assert!(
            ids.len() == 2 || left.count() == 0,
            "what was left is swept away"
        );
        fs::remove_dir_all(folder).unwrap();
    }
    assert!(
        kept_old > MOMENTS / 4,
        "{kept_old} of {MOMENTS} were killed before the switch"
    );
}

#[cfg(unix)]
#[test]
fn a_full_disk() {
    let hcpcs = with_index(OCTOBER);
    let before = answers(&hcpcs);
    let ran = hcpcs.run_on_a_full_disk(["update", JANUARY]).code(3);
    ran.tells(
        "there is no room to write the index (File too large (os error 27)); the one that was",
    )
    .tells("make room for 2 MB and run the command again");
    assert_eq!(answers(&hcpcs), before);
    hcpcs.run(["update", JANUARY]).code(0);
    assert_eq!(releases(&hcpcs), ["2025-10", "2026-01"]);
    let names = fs::read_dir(hcpcs.index())
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    assert!(
        names
            .into_iter()
            .all(|name| !name.to_string_lossy().starts_with('.'))
    );
}

#[cfg(unix)]
#[test]
fn a_full_disk_has_no_index_before_the_first() {
    let hcpcs = Hcpcs::new();
    let ran = hcpcs.run_on_a_full_disk(["index"]).code(3);
    ran.tells("there is no room to write the index (File too large (os error 27)); there is none");
}
