//! The invariants of `src/README.md` that can be read off the sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

mod circles;
mod drawing;

/// The layers, each of which imports itself and the layers before it.
const LAYERS: [&str; 11] = [
    "codeset",
    "table",
    "release",
    "download",
    "annotation",
    "history",
    "index",
    "search",
    "claims",
    "export",
    "server",
];

/// A source file: its path below `src/`, and its lines without comments and unit tests.
struct Source {
    path: String,
    text: String,
    code: Vec<String>,
}

impl Source {
    fn is_in(&self, folders: &[&str]) -> bool {
        folders
            .iter()
            .any(|folder| self.path.starts_with(&format!("{folder}/")))
    }

    /// The lines that name a thing as a whole word.
    fn lines_with<'s>(&'s self, word: &'s str) -> impl Iterator<Item = &'s String> {
        self.code.iter().filter(move |line| names(line, word))
    }
}

/// Whether a line has a word that is not a part of a longer one.
fn names(line: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(is_part);
        let behind = line[at + word.len()..].chars().next().is_some_and(is_part);
        !before && !behind
    })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder of the project.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn sources() -> Vec<Source> {
    let source = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let body = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let is_comment = |line: &&str| line.trim_start().starts_with("//");
        let code = body
            .lines()
            .filter(|line| !is_comment(line))
            .map(str::to_owned)
            .collect();
        let path = path
            .strip_prefix(root().join("src"))
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        Source { path, text, code }
    };
    files("src").into_iter().map(source).collect()
}

/// Holds that only some files name a thing.
#[track_caller]
fn only(word: &str, may: impl Fn(&Source) -> bool) {
    for source in sources().iter().filter(|source| !may(source)) {
        let found: Vec<_> = source.lines_with(word).collect();
        assert!(
            found.is_empty(),
            "src/{} names `{word}`: {found:?}",
            source.path
        );
    }
}

#[test]
fn imports_point_left() {
    for source in sources() {
        let Some(own) = LAYERS.iter().position(|layer| source.is_in(&[layer])) else {
            continue;
        };
        for line in &source.code {
            for (at, _) in line.match_indices("crate::") {
                let name = &line[at + "crate::".len()..];
                let name = name
                    .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
                    .next()
                    .unwrap();
                let layer = LAYERS.iter().position(|layer| *layer == name);
                let is_left = layer.is_some_and(|layer| layer <= own);
                // a name of the root would hide which layer it comes from
                assert!(
                    is_left || ["error", "Error", "Result"].contains(&name),
                    "src/{}: {line}",
                    source.path
                );
            }
        }
    }
}

#[test]
fn only_index_and_search_name_the_engine() {
    only("tantivy", |source| source.is_in(&["index", "search"]));
}

/// The names that a file imports from the engine.
fn imported(source: &Source) -> Vec<String> {
    let code = source.code.join("\n");
    let imports = code
        .split(';')
        .filter(|statement| statement.trim_start().starts_with("use tantivy"));
    let words = imports
        .flat_map(|import| import.split(|letter: char| !letter.is_alphanumeric() && letter != '_'));
    words
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_engine_stands_in_no_public_signature() {
    for source in sources() {
        let mut words = imported(&source);
        words.push("tantivy".to_owned());
        for line in source
            .code
            .iter()
            .filter(|line| line.trim_start().starts_with("pub "))
        {
            let found = words.iter().find(|word| names(line, word));
            assert_eq!(found, None, "src/{}: {line}", source.path);
        }
    }
}

/// A user's words never pass through the engine's query syntax.
#[test]
fn nothing_parses_the_engines_query_syntax() {
    only("QueryParser", |_| false);
}

#[test]
fn only_the_layout_knows_columns_and_headings() {
    let headings = [
        "SEQNUM",
        "RECID",
        "MULT_PI",
        "LABCERT1",
        "ASC_GRP",
        "ACT EFF DT",
        "ANEST_BU",
        "OPPS_PI",
        "PROCNOTE",
        "XREF1",
    ];
    for heading in headings {
        only(&format!("\"{heading}\""), |source| {
            source.path == "release/layout.rs"
        });
    }
}

#[test]
fn only_the_schema_knows_the_engines_fields() {
    let names = |word| only(word, |source| source.path == "index/schema.rs");
    names("add_text_field");
    names("add_u64_field");
    names("add_bytes_field");
}

#[test]
fn each_interface_stands_in_one_place() {
    only("clap", |source| source.path.starts_with("cli/args"));
    for word in ["ureq", "html5gum"] {
        only(word, |source| source.is_in(&["download"]));
    }
    for word in ["axum", "tokio", "hyper", "tower"] {
        only(word, |source| source.is_in(&["server"]));
    }
    for word in [
        "println", "print", "eprintln", "eprint", "stdout", "anstream",
    ] {
        let word = if word.contains("print") {
            format!("{word}!")
        } else {
            word.to_owned()
        };
        // An agent speaks to the server over standard output.
        let is_protocol =
            |source: &Source| word == "stdout" && source.path == "server/mcp/lines.rs";
        only(&word, |source| {
            source.path == "cli/print.rs" || is_protocol(source)
        });
    }
}

/// An error carries what is wrong; each front end says in its own words what to do.
#[test]
fn the_library_knows_no_command_line() {
    let is_option = |text: &str| {
        text.split([' ', '`', '(']).any(|word| {
            let name = word.strip_prefix("--").unwrap_or_default();
            name.starts_with(|first: char| first.is_ascii_lowercase())
        })
    };
    for source in sources().iter().filter(|source| source.is_in(&LAYERS)) {
        for line in &source.code {
            // what lies between quotes
            for text in line.split('"').skip(1).step_by(2) {
                let names_it = is_option(text) || text.contains("`hcpcs ");
                assert!(!names_it, "src/{}: {line}", source.path);
            }
        }
    }
}

/// The crates that are compiled into the library and the program for Linux, each once.
fn crates(arguments: &[&str]) -> BTreeSet<String> {
    let tree = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--target", "x86_64-unknown-linux-gnu"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    let name = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    tree.lines().map(name).collect()
}

/// More crates take longer to build and to review; take one out before another comes in.
#[test]
fn crates_do_not_become_more() {
    let crates = crates(&[]);
    assert!((100..=266).contains(&crates.len()), "{}", crates.len());
}

/// What a library user compiles that takes no feature. `.ci/run` builds each combination.
#[test]
fn each_feature_is_built_alone() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let features = manifest.split("\n[features]\n").nth(1).unwrap();
    let features = features.split("\n[").next().unwrap().lines();
    let names = features.filter_map(|line| Some(line.split_once(" = [")?.0));
    let names: Vec<&str> = names.filter(|name| *name != "default").collect();
    assert!(names.contains(&"serve"), "{names:?}");
    let checks = fs::read_to_string(root().join(".ci/run")).unwrap();
    let built = checks.split("for features in ").nth(1).unwrap();
    let built: Vec<&str> = built.split(';').next().unwrap().split(' ').collect();
    for name in names {
        assert!(
            built.contains(&name),
            "{name} is not built alone: {built:?}"
        );
    }
}

#[test]
fn the_library_alone_needs_no_front_end() {
    let tree = crates(&["--no-default-features"]);
    let crates: Vec<&str> = tree
        .iter()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(crates.contains(&"tantivy"), "{tree:?}");
    for name in [
        "anstream",
        "askama",
        "axum",
        "clap",
        "clap_complete",
        "clap_mangen",
        "hyper",
        "rmcp",
        "terminal_size",
        "textwrap",
        "tokio",
        "ureq",
        "utoipa",
    ] {
        assert!(!crates.contains(&name), "{name}");
    }
}

#[test]
fn the_command_line_sees_only_the_library() {
    for source in sources().iter().filter(|source| source.is_in(&["cli"])) {
        assert_eq!(
            source
                .lines_with("crate")
                .find(|line| line.contains("crate::")),
            None,
            "src/{}",
            source.path
        );
    }
    for layer in LAYERS {
        for source in sources().iter().filter(|source| source.is_in(&[layer])) {
            assert_eq!(
                source
                    .lines_with("hcpcs")
                    .find(|line| line.contains("hcpcs::")),
                None,
                "src/{}",
                source.path
            );
        }
    }
}

#[test]
fn the_code_set_does_no_input_or_output() {
    for word in [
        "fs", "io", "net", "env", "process", "File", "Path", "PathBuf", "Read", "Write",
    ] {
        only(&format!("std::{word}"), |source| {
            !source.is_in(&["codeset"])
        });
    }
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    for folder in ["src", "tests", "benches"] {
        for path in files(folder) {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().count();
            let most = if folder == "src" { 400 } else { 500 };
            assert!(lines <= most, "{} has {lines} lines", path.display());
            assert!(
                text.starts_with("//! "),
                "{} does not say what it is for",
                path.display()
            );
            let name = path.file_stem().unwrap().to_str().unwrap();
            let is_vague = ["util", "utils", "common", "helper", "helpers", "misc"].contains(&name);
            assert!(!is_vague, "{}", path.display());
        }
    }
}

#[test]
fn nothing_is_left_to_do() {
    for source in sources() {
        for word in ["TODO", "FIXME", "XXX", "unwrap()", "todo!", "dbg!"] {
            assert!(
                !source.code.iter().any(|line| line.contains(word)),
                "src/{}: {word}",
                source.path
            );
        }
        for word in ["TODO", "FIXME"] {
            assert!(!source.text.contains(word), "src/{}: {word}", source.path);
        }
    }
}
