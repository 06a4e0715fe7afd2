//! The command line: a first word that is no command, help, and what a shell completes.

use std::process::Command;

use crate::hcpcs::{Hcpcs, Ran};
use crate::made::line;

#[test]
fn a_first_word_that_is_no_command_is_searched_for() {
    let starter = Hcpcs::starter();
    let search = starter.run(["search", "hemin", "--csv"]).code(0).stdout;
    assert_eq!(starter.run(["hemin", "--csv"]).code(0).stdout, search);
    assert_eq!(starter.run(["--csv", "hemin"]).code(0).stdout, search);
    assert_eq!(
        starter.run(["-oral", "dolasetron", "--csv"]).stdout,
        starter
            .run(["search", "-oral", "dolasetron", "--csv"])
            .stdout
    );
    starter.run(["J1640"]).code(0).prints("J1640  Hemin");
}

#[test]
fn nearly_a_command_or_a_file_is_refused() {
    let starter = Hcpcs::starter();
    starter.file("claims.csv", "code\nJ1640\n");
    for (word, said) in [
        (
            "udpate",
            "`udpate` is not a command; did you mean `hcpcs update`?",
        ),
        ("serach", "did you mean `hcpcs search`?"),
        (
            "claims.csv",
            "`claims.csv` is a file, not a command; did you mean `hcpcs check claims.csv`",
        ),
        ("clams.csv", "there is no such file"),
    ] {
        starter
            .run([word])
            .code(2)
            .tells(said)
            .tells(&format!("To search for it: hcpcs search {word}"));
        assert_ne!(starter.run(["search", word]).code, 2);
    }
}

#[test]
fn help_has_an_example_and_the_names_of_fields() {
    let hcpcs = Hcpcs::new();
    let commands = hcpcs.run(["--help"]).stdout;
    let commands = commands.split("Options:").next().unwrap_or_default();
    let names = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| line.starts_with(char::is_alphabetic))
        .filter_map(|line| line.split(' ').next());
    let names: Vec<&str> = names.filter(|name| *name != "help").collect();
    assert!(names.contains(&"units"), "{names:?}");
    for command in names {
        let help = hcpcs.run([command, "--help"]).code(0).stdout;
        let example = help.split("Example:").nth(1).unwrap_or_default();
        assert!(
            example.contains(&format!("hcpcs {command} ")),
            "{command}: {help}"
        );
    }
    hcpcs
        .run(["search", "--help"])
        .prints("not_otherwise_classified,")
        .prints("--sort");
    hcpcs
        .run(["serve", "--help"])
        .prints("http://127.0.0.1:8080 is a page");
}

/// An aligned line, such as an example with its explanation, would lose its columns.
#[test]
fn no_aligned_line_of_help_is_wrapped_at_80_columns() {
    let hcpcs = Hcpcs::new();
    let help = |command: &str, columns: &str| {
        let mut run = hcpcs.command([command, "--help"]);
        let shown = run.env("COLUMNS", columns).output().unwrap().stdout;
        let shown = String::from_utf8(shown).unwrap();
        let notes = shown.split("\n\n").last().unwrap_or_default();
        notes.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for command in [
        "search",
        "units",
        "batch",
        "check",
        "index",
        "update",
        "diff",
        "export",
        "serve",
        "mcp",
        "completions",
    ] {
        let narrow = help(command, "80");
        let wide = help(command, "200");
        let aligned: Vec<_> = wide.iter().filter(|line| line.contains("  ")).collect();
        assert!(!aligned.is_empty(), "{command}");
        for line in aligned {
            assert!(narrow.contains(line), "{command}: {line}");
        }
    }
}

/// What bash offers for a command line; its last word is completed.
#[cfg(unix)]
fn completed(hcpcs: &Hcpcs, words: &[&str]) -> Vec<String> {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let script = format!(
        "source <(hcpcs completions bash)\n\
         COMP_WORDS=({}); COMP_CWORD={}; COMP_TYPE=9\n\
         _clap_complete_hcpcs hcpcs '{}'\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted.join(" "),
        words.len() - 1,
        words[words.len() - 1],
    );
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_hcpcs"))
        .parent()
        .unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("bash")
        .args(["-c", &script])
        .env("PATH", format!("{}:{path}", program.display()))
        .env("HCPCS_INDEX", hcpcs.index())
        .output();
    let ran = Ran::from(output.unwrap());
    ran.stdout
        .lines()
        .map(|own| own.trim().to_owned())
        .collect()
}

#[cfg(unix)]
#[test]
fn a_shell_completes_commands_values_tables_and_codes() {
    let hcpcs = Hcpcs::new().release(&[
        line("J1640", "Injection, hemin, 1 mg"),
        line("J1642", "Injection, heparin"),
    ]);
    for (words, offered) in [
        (&["hcpcs", "sta"][..], &["status"][..]),
        (
            &["hcpcs", "search", "--coverage", ""],
            &["C", "D", "I", "M", "S"],
        ),
        (
            &["hcpcs", "search", "--coverage", "C,"],
            &["C,C", "C,D", "C,I", "C,M", "C,S"],
        ),
        (&["hcpcs", "search", "--betos", "O1E"], &["O1E"]),
        (
            &["hcpcs", "search", "--csv", "--fields", "cov"],
            &["coverage"],
        ),
        (&["hcpcs", "search", "--sort", ""], &["best", "code"]),
        (&["hcpcs", "table", "cov"], &["coverage"]),
        (&["hcpcs", "show", "J164"], &["J1640", "J1642"]),
        (&["hcpcs", "search", "hemi"], &["hemin"]),
        (&["hcpcs", "search", "--codes", "J1642"], &["J1642"]),
    ] {
        assert_eq!(completed(&hcpcs, words), offered, "{words:?}");
    }
}

#[test]
fn an_output_that_cannot_be_written_is_named_as_given() {
    let starter = Hcpcs::starter();
    starter.file("lines.csv", "code\nJ1640\n");
    for option in ["--csv", "--xlsx"] {
        let args = ["check", "lines.csv", option, "--output", "nowhere/out"];
        let said = starter.run(args).code(3).stderr;
        let expected = "error: nowhere/out: cannot write: there is no such folder";
        assert!(said.contains(expected), "{said}");
    }
}

/// The message names the file as it was given, and nothing is left of it.
#[cfg(unix)]
#[test]
fn an_output_without_room_is_named_as_given() {
    let starter = Hcpcs::starter();
    starter.file("lines.csv", "code\n".to_owned() + &"J1640\n".repeat(20));
    let folder = starter.folder().join("out");
    std::fs::create_dir(&folder).unwrap();
    let ran = starter.run_on_a_full_disk(["check", "lines.csv", "--xlsx", "--output", "out/x"]);
    ran.code(3)
        .tells("error: out/x: cannot write: there is no room for temporary files in /");
    for (args, file) in [
        (&["check", "lines.csv", "--csv"][..], "out/x"),
        (&["check", "lines.csv", "--json"], "out/x"),
        (&["export"], "out/documents.ndjson"),
        (&["export", "--format", "opensearch"], "out/bulk.ndjson"),
    ] {
        let output = if args[0] == "export" { "out" } else { file };
        let ran = starter.run_on_a_full_disk([args, &["--output", output]].concat());
        let expected = format!("error: {file}: cannot write: File too large (os error 27)\n");
        assert_eq!(ran.code(3).stderr, expected, "{args:?}");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_named_as_given() {
    let starter = Hcpcs::starter();
    for format in ["--csv", "--json", "--xlsx"] {
        let ran = starter.run(["check", "J1640", format, "--output", "/dev/full"]);
        let expected = "error: /dev/full: cannot write: No space left on device (os error 28)\n";
        assert_eq!(ran.code(3).stderr, expected, "{format}");
    }
}

/// A pipe or a device is written, not replaced; a link stays one.
#[cfg(unix)]
#[test]
fn an_output_that_is_no_file_stays_what_it_is() {
    let starter = Hcpcs::starter();
    let check = |file: &str| starter.run(["check", "J1640", "--csv", "--output", file]);
    assert_eq!(check("/dev/stdout").stdout.lines().count(), 2);
    let (real, link) = (
        starter.file("real.csv", ""),
        starter.folder().join("link.csv"),
    );
    std::os::unix::fs::symlink("real.csv", &link).unwrap();
    check("link.csv").code(0);
    assert!(link.is_symlink());
    assert!(std::fs::read_to_string(real).unwrap().contains("J1640"));
}

#[test]
fn the_manual_keeps_the_lines_of_examples() {
    let manual = Hcpcs::new().run(["man"]).code(0).stdout;
    assert!(!manual.contains(".SH EXTRA"));
    let search = manual.split(".SH EXAMPLES AND NOTES\n").nth(2).unwrap();
    assert!(search.starts_with("Words:"), "{search}");
    assert_eq!(search.lines().nth(1), Some(".br"));
}
