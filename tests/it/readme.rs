//! Runs every command of README.md, and compares the output with the transcripts.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::hcpcs::Hcpcs;
use crate::shared::shared;

/// A command and what it prints, as README.md shows them.
struct Shown {
    command: String,
    output: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    let blocks = text.split(&opening).skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect()
}

fn transcripts(text: &str) -> Vec<Shown> {
    let mut all = Vec::new();
    for block in blocks(text, "console") {
        for part in block.split("$ ").skip(1) {
            let (command, output) = part.split_once('\n').unwrap();
            all.push(Shown {
                command: command.to_owned(),
                output: output.to_owned(),
            });
        }
    }
    all
}

/// What differs from run to run, made the same: today, milliseconds, the age of the data.
fn steady(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for line in text.trim_end().lines() {
        let mut line = line.to_owned();
        if line.starts_with("newest release ") {
            line.truncate("newest release ".len());
        }
        for (before, length) in [("as of ", 10), (" in ", 0)] {
            let Some(at) = line.find(before).map(|at| at + before.len()) else {
                continue;
            };
            let rest = &line[at..];
            let number = rest
                .find(|letter: char| !letter.is_ascii_digit() && letter != '-')
                .unwrap_or(rest.len());
            let is_day = length > 0 && number == length;
            let is_time = length == 0 && number > 0 && rest[number..].starts_with(" ms");
            if is_day || is_time {
                line.replace_range(at..at + number, "…");
            }
        }
        words.push(line);
    }
    words.join("\n")
}

/// A fresh checkout, as far as the program looks.
fn checkout() -> Hcpcs {
    let hcpcs = Hcpcs::new().without_index();
    for file in ["data/starter/release.tsv", "index/README.md"] {
        hcpcs.file(file, fs::read(root().join(file)).unwrap());
    }
    hcpcs
}

fn run(hcpcs: &Hcpcs, command: &str) -> String {
    let command = command.replace("cargo run --release --", "hcpcs");
    let program = Path::new(env!("CARGO_BIN_EXE_hcpcs")).parent().unwrap();
    let path = format!(
        "{}:{}",
        program.display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}; }} 2>&1")])
        .current_dir(hcpcs.folder())
        .env("PATH", path)
        .env("COLUMNS", "80")
        .env("HOME", hcpcs.folder())
        .env_remove("HCPCS_INDEX")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The release that some transcripts search.
#[cfg(unix)]
const RELEASE: &str = "january-2026-alpha-numeric-hcpcs-file.zip";

#[cfg(unix)]
#[test]
fn every_transcript_is_what_the_program_prints() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let transcripts = transcripts(&text);
    assert!(transcripts.len() >= 5);
    assert_eq!(
        transcripts[0].command,
        "cargo run --release -- search glycopyrrolate"
    );
    let starter = checkout();
    for shown in transcripts
        .iter()
        .filter(|own| !own.command.contains(RELEASE))
    {
        printed(&starter, shown);
    }
}

#[cfg(unix)]
#[test]
#[ignore = "needs CMS's files in ../shared"]
fn every_transcript_of_a_release_is_what_the_program_prints() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let released = checkout();
    let zip = shared(&format!("cms/{RELEASE}")).unwrap();
    released.file(RELEASE, fs::read(zip).unwrap());
    for shown in transcripts(&text)
        .iter()
        .filter(|own| own.command.contains(RELEASE))
    {
        printed(&released, shown);
    }
}

/// Holds that the program prints what is shown.
#[cfg(unix)]
fn printed(hcpcs: &Hcpcs, Shown { command, output }: &Shown) {
    assert_eq!(steady(&run(hcpcs, command)), steady(output), "$ {command}");
}

/// Commands that print too much to show, or take too long for a test, are at least commands.
#[test]
fn every_other_command_is_one() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let help = Hcpcs::new().run(["--help"]).stdout;
    for line in blocks(&text, "sh").iter().flat_map(|block| block.lines()) {
        let line = line.split(" #").next().unwrap().trim();
        let Some(arguments) = line.strip_prefix("hcpcs ") else {
            let known = ["cargo run --release -- search glycopyrrolate", "cargo test"];
            assert!(known.contains(&line), "{line}");
            continue;
        };
        let command = arguments.split(' ').next().unwrap();
        assert!(help.contains(&format!("\n  {command} ")), "{line}");
        let help = Hcpcs::new().run([command, "--help"]).code(0).stdout;
        let options = arguments.split(' ').filter(|word| word.starts_with("--"));
        for option in options {
            assert!(help.contains(option), "{line}: {option}");
        }
    }
}

/// The links lead somewhere.
#[test]
fn every_file_that_is_named_is_there() {
    for page in [
        "README.md",
        "CONTRIBUTING.md",
        "src/README.md",
        "CHANGELOG.md",
    ] {
        let path = root().join(page);
        let text = fs::read_to_string(&path).unwrap();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let is_elsewhere = link.starts_with("http") || link.starts_with('#');
            assert!(
                is_elsewhere || path.parent().unwrap().join(link).exists(),
                "{page}: {link}"
            );
        }
    }
}
