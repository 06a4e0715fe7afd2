//! A flipped bit, a cut file and a file of another index are found before they change an answer.

use std::fs;
use std::path::{Path, PathBuf};

use hcpcs::index::verify;
use hcpcs::{Manifest, Query, Searcher};

use crate::hcpcs::{DAY, Hcpcs, starter_index};
use crate::made::line;

/// A copy of the index of the starter set.
fn copied() -> Hcpcs {
    let hcpcs = Hcpcs::new();
    copy(starter_index(), hcpcs.index());
    hcpcs
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn data_file(index: &Path) -> PathBuf {
    index.join(Manifest::read(index).unwrap().generation)
}

fn is_whole(index: &Path) -> bool {
    let whole = Manifest::read(index).and_then(|manifest| verify(index, &manifest)?.check(index));
    whole.is_ok()
}

#[test]
fn every_flipped_byte_is_found() {
    let hcpcs = copied();
    let data = data_file(hcpcs.index());
    assert!(is_whole(hcpcs.index()));
    for path in [hcpcs.index().join(Manifest::FILE), data] {
        let bytes = fs::read(&path).unwrap();
        // Of a long file some, at distances that meet every kind of part and of place in a word.
        let step = if bytes.len() > 1 << 17 {
            bytes.len() / 251
        } else {
            7
        };
        for at in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            fs::write(&path, &damaged).unwrap();
            assert!(!is_whole(hcpcs.index()), "{} byte {at}", path.display());
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert!(is_whole(hcpcs.index()));
}

/// Flips a bit in the middle of the texts, where no reader would stumble.
fn flip(index: &Path) {
    let path = data_file(index);
    let mut bytes = fs::read(&path).unwrap();
    let needle = b"hemin";
    let at = bytes
        .windows(needle.len())
        .position(|part| part == needle)
        .unwrap();
    bytes[at + 1] ^= 1;
    fs::write(&path, bytes).unwrap();
}

#[test]
fn damage_is_told_with_what_helps() {
    let hcpcs = copied();
    let claims = hcpcs.file("claims.txt", "J1640\n");
    let questions = hcpcs.file("questions.txt", "hemin\n");
    flip(hcpcs.index());
    let told = "damaged";
    let helps = "build the index again with `hcpcs index FILE`";
    for args in [
        vec!["status"],
        vec!["status", "--json"],
        vec!["check", claims.to_str().unwrap()],
        vec!["batch", questions.to_str().unwrap()],
        vec!["export", "--section", "J"],
    ] {
        let ran = hcpcs.run(&args).code(3);
        assert_eq!(ran.stdout, "", "{args:?}");
        ran.tells(told).tells(helps);
    }
    #[cfg(feature = "mcp")]
    hcpcs.run(["mcp"]).code(3).tells(told);
    #[cfg(feature = "serve")]
    hcpcs
        .run(["serve", "--listen", "127.0.0.1:0"])
        .code(3)
        .tells(told);
    hcpcs
        .run(["status", "--verify"])
        .code(3)
        .prints("DAMAGED")
        .tells(helps);
}

#[test]
fn an_update_builds_on_no_damaged_index() {
    let hcpcs = copied();
    flip(hcpcs.index());
    let release = hcpcs.file("HCPC2026_APR.txt", crate::made::text(&[line("J1640", "x")]));
    let before = Manifest::read(hcpcs.index()).unwrap();
    let ran = hcpcs.run(["update".as_ref(), release.as_os_str()]).code(3);
    ran.tells("damaged");
    assert_eq!(Manifest::read(hcpcs.index()).unwrap(), before);
}

#[test]
fn a_file_of_another_index_is_not_taken() {
    let (one, other) = (copied(), Hcpcs::new().release(&[line("J1640", "Other")]));
    fs::copy(data_file(other.index()), data_file(one.index())).unwrap();
    for args in [
        vec!["search", "hemin"],
        vec!["show", "J1640"],
        vec!["status"],
    ] {
        one.run(&args).code(3).tells("damaged");
    }
    // The same length, and a head of another index.
    let mut bytes = fs::read(data_file(other.index())).unwrap();
    let path = data_file(one.index());
    bytes.resize(
        usize::try_from(Manifest::read(one.index()).unwrap().bytes).unwrap(),
        0,
    );
    let length = (bytes.len() as u64).to_le_bytes();
    bytes[8..16].copy_from_slice(&length);
    fs::write(path, bytes).unwrap();
    one.run(["search", "hemin"]).code(3).tells("another index");
    let names =
        [&one, &other].map(|hcpcs| data_file(hcpcs.index()).file_name().unwrap().to_owned());
    assert_ne!(names[0], names[1], "no two generations share a name");
}

#[test]
fn a_missing_file_is_reported() {
    let hcpcs = copied();
    fs::remove_file(data_file(hcpcs.index())).unwrap();
    for args in [
        vec!["status"],
        vec!["status", "--verify"],
        vec!["search", "hemin"],
        vec!["check", "J1640"],
        vec!["serve"],
    ] {
        let ran = hcpcs.run(&args).code(3).tells("cannot");
        // the words of the system or our own, and never those of the engine
        let is_plain = ["the file that its manifest names is not there", "(os error"]
            .iter()
            .any(|own| ran.stderr.contains(own));
        assert!(is_plain && !ran.stderr.contains("Files"), "{ran:?}");
    }
}

#[test]
fn parts_are_verified_one_by_one() {
    let hcpcs = copied();
    let ran = hcpcs.run(["status", "--verify"]).code(0);
    let manifest = Manifest::read(hcpcs.index()).unwrap();
    ran.prints(&manifest.generation).prints(&manifest.hash);
    let name = hcpcs.json(&["status", "--verify"]);
    assert_eq!(name["is_whole"], true);
    assert!(name["parts"].as_array().unwrap().len() > 3, "{name}");
    assert!(
        manifest.generation.contains(&manifest.hash[..16]),
        "{manifest:?}"
    );
}

/// What is read into memory answers on, whatever happens to the file.
#[test]
fn a_file_that_is_cut_while_it_is_used_changes_nothing() {
    let hcpcs = copied();
    let searcher = Searcher::load(hcpcs.index()).unwrap();
    fs::write(data_file(hcpcs.index()), "").unwrap();
    let query = hcpcs::Query {
        text: "hemin".into(),
        as_of: Some(DAY.parse().unwrap()),
        ..hcpcs::Query::default()
    };
    assert_eq!(
        searcher.search(&query).unwrap().hits[0].code.as_str(),
        "J1640"
    );
}

/// A flipped bit anywhere in what a mapped index reads is an error, and elsewhere the answer is the
/// same.
#[test]
fn a_damaged_block_changes_no_answer() {
    let hcpcs = copied();
    let path = data_file(hcpcs.index());
    let bytes = fs::read(&path).unwrap();
    let ask = || {
        let searcher = Searcher::open(hcpcs.index())?;
        let as_of = Some(DAY.parse().unwrap());
        let mut answers = Vec::new();
        for text in [
            "injection hemin",
            "wheelchiar",
            "hem* pump",
            "J1640",
            "A4253-A4259",
        ] {
            let text = text.to_owned();
            let query = Query {
                text,
                as_of,
                ..Query::default()
            };
            answers.push(serde_json::to_string(&searcher.search(&query)?).unwrap());
        }
        let details = searcher.details("J1640".parse().unwrap(), as_of);
        let suggested = searcher.suggest("infus", 10, as_of);
        searcher.check_read()?;
        answers.push(serde_json::to_string(&(details, suggested)).unwrap());
        Ok::<_, hcpcs::Error>(answers)
    };
    let whole = ask().unwrap();
    let (mut found, step) = (0, bytes.len() / 499);
    for at in (0..bytes.len()).step_by(step) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        // As an editor or a sync tool would: the mapped file is not changed under a reader.
        fs::remove_file(&path).unwrap();
        fs::write(&path, damaged).unwrap();
        match ask() {
            Ok(answers) => assert_eq!(answers, whole, "byte {at}"),
            Err(error) => {
                assert!(error.to_string().contains("damaged"), "byte {at}: {error}");
                found += 1;
            }
        }
    }
    assert!(found > 50, "{found} of 499 were in what was read");
}

/// Where the system gives no threads, a command that computes on all cores says so and panics not.
#[cfg(target_os = "linux")]
#[test]
fn no_thread_to_be_had_is_an_error() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    let copied = copied();
    let program = copied.folder().join("program");
    fs::copy(assert_cmd::cargo::cargo_bin!("hcpcs"), &program).unwrap();
    for folder in [copied.folder(), copied.index()] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    }
    // A limit of processes does not hold for root.
    let run = |args: &[&str]| {
        let user = ["-u", "nobody", "--", "prlimit", "--nproc=1:1"];
        let mut command = Command::new("runuser");
        command.args(user).arg(&program).args(args);
        command.env("HCPCS_INDEX", copied.index());
        command.stdin(std::process::Stdio::null()).output()
    };
    let is_limited = run(&["--version"]).is_ok_and(|ran| ran.status.success());
    if !is_limited {
        return;
    }
    for args in [
        &["batch", "-"][..],
        &["check", "J1640"],
        &["diff", "2026-01", "2026-01"],
        #[cfg(feature = "serve")]
        &["serve", "--listen", "127.0.0.1:0"],
        #[cfg(feature = "mcp")]
        &["mcp"],
    ] {
        let ran = run(args).unwrap();
        let stderr = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(3), "{args:?}: {stderr}");
        assert!(stderr.contains("no threads"), "{args:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{args:?}: {stderr}");
    }
    let ran = run(&["search", "hemin"]).unwrap();
    assert_eq!(ran.status.code(), Some(0), "one thread is enough");
}
