//! The first word of the command line: a command, or else a search; and words of a search that
//! begin with a minus.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::super::print::Failure;

/// The commands; a first word that is none of them is searched for.
const COMMANDS: [&str; 18] = [
    "search",
    "show",
    "units",
    "suggest",
    "batch",
    "check",
    "index",
    "update",
    "diff",
    "history",
    "export",
    "table",
    "status",
    "serve",
    "mcp",
    "completions",
    "man",
    "help",
];
/// Options that come before a command, or replace one.
const OWN_OPTIONS: [&str; 4] = ["-h", "--help", "-V", "--version"];
/// The extensions of files that a command takes.
const ENDINGS: [&str; 10] = [
    "zip", "txt", "csv", "tsv", "xlsx", "xls", "ods", "jsonl", "json", "md",
];
/// Replaces the minus of an excluded word; no argument can contain it.
const LEFT_OUT: char = '\0';

/// The arguments, with the command that they imply.
pub(crate) fn with_command(mut arguments: Vec<OsString>) -> Result<Vec<OsString>, Failure> {
    let mut at = 1;
    while let Some(argument) = arguments.get(at).and_then(|own| own.to_str()) {
        match argument {
            "--index" => at += 2,
            own if own.starts_with("--index=") => at += 1,
            _ => break,
        }
    }
    let Some(first) = arguments
        .get(at)
        .map(|own| own.to_string_lossy().into_owned())
    else {
        return Ok(arguments);
    };
    if OWN_OPTIONS.contains(&first.as_str()) || (COMMANDS.contains(&&*first) && first != "search") {
        return Ok(arguments);
    }
    if first != "search" {
        if first == "-index" || first.starts_with("-index=") {
            return Err(Failure::Usage(format!(
                "`{first}` would leave out the word `index`; the option is `--index`. To search \
                 without the word: hcpcs search WORDS {first}"
            )));
        }
        if !first.starts_with('-') {
            refuse(&first)?;
        }
        arguments.insert(at, "search".into());
    }
    let words = arguments.iter_mut().skip(at + 1);
    for word in words.take_while(|own| *own != OsStr::new("--")) {
        if let Some(behind) = left_out(word) {
            *word = format!("{LEFT_OUT}{behind}").into();
        }
    }
    Ok(arguments)
}

/// The excluded word after a minus. A search has no one-letter option but `-h`.
fn left_out(word: &OsStr) -> Option<String> {
    let behind = word.to_str()?.strip_prefix('-')?;
    let is_word = !behind.is_empty() && !behind.starts_with('-') && behind != "h";
    is_word.then(|| behind.to_owned())
}

/// A word of a search as typed.
pub(crate) fn typed(word: &str) -> String {
    word.strip_prefix(LEFT_OUT)
        .map_or_else(|| word.to_owned(), |behind| format!("-{behind}"))
}

/// A message of the parser with the words as typed.
pub(crate) fn with_minus(message: &str) -> String {
    message.replace(LEFT_OUT, "-")
}

/// Refuses a first word that is nearly a command, or a file.
fn refuse(word: &str) -> Result<(), Failure> {
    let search = format!("To search for it: hcpcs search {word}");
    if let Some(command) = nearest_command(word) {
        return Err(Failure::Usage(format!(
            "`{word}` is not a command; did you mean `hcpcs {command}`? {search}"
        )));
    }
    let path = Path::new(word);
    let has_separator = word.contains(['/', '\\']);
    if path.is_file() || (path.is_dir() && has_separator) {
        return Err(Failure::Usage(format!(
            "`{word}` is a file, not a command; did you mean `hcpcs check {word}`, \
             `hcpcs batch {word}`, `hcpcs index {word}` or `hcpcs update {word}`? {search}"
        )));
    }
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    if ENDINGS.iter().any(|own| ending == *own) && !word.contains(char::is_whitespace) {
        return Err(Failure::Usage(format!(
            "`{word}` is not a command, and there is no such file. {search}"
        )));
    }
    Ok(())
}

/// The command that a word is nearly: one edit away, two for long names.
fn nearest_command(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let slips = |command: &str| match command.len() {
        ..4 => 0,
        4 | 5 => 1,
        _ => 2,
    };
    let near = COMMANDS.into_iter().filter_map(|command| {
        let distance = strsim::osa_distance(&word, command);
        (distance <= slips(command)).then_some((distance, command))
    });
    near.min().map(|(_, command)| command)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn arguments(text: &str) -> String {
        let words = text.split(' ').map(OsString::from);
        match with_command(words.collect()) {
            Ok(arguments) => {
                let words: Vec<String> = arguments
                    .iter()
                    .map(|own| own.to_string_lossy().replace(LEFT_OUT, "!"))
                    .collect();
                words.join(" ")
            }
            Err(Failure::Usage(reason)) => reason,
            Err(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn a_word_that_is_no_command_is_searched_for() {
        for (typed, meant) in [
            ("hcpcs glycopyrrolate", "hcpcs search glycopyrrolate"),
            ("hcpcs J1640 E0601", "hcpcs search J1640 E0601"),
            (
                "hcpcs --index a glycopyrrolate --json",
                "hcpcs --index a search glycopyrrolate --json",
            ),
            ("hcpcs --index=a -oral x", "hcpcs --index=a search !oral x"),
            ("hcpcs --coverage D", "hcpcs search --coverage D"),
            ("hcpcs search -oral -5 x", "hcpcs search !oral !5 x"),
            ("hcpcs search x -- -oral", "hcpcs search x -- -oral"),
            ("hcpcs search -h - --json", "hcpcs search -h - --json"),
            ("hcpcs check -x", "hcpcs check -x"),
            ("hcpcs -V", "hcpcs -V"),
            ("hcpcs", "hcpcs"),
            ("hcpcs --index a", "hcpcs --index a"),
            ("hcpcs serum", "hcpcs search serum"),
            ("hcpcs pan", "hcpcs search pan"),
        ] {
            assert_eq!(arguments(typed), meant, "{typed}");
        }
    }

    #[test]
    fn nearly_a_command_or_a_file_is_refused() {
        for (typed, said) in [
            ("hcpcs udpate x", "did you mean `hcpcs update`?"),
            ("hcpcs Serach hemin", "did you mean `hcpcs search`?"),
            ("hcpcs chekc", "did you mean `hcpcs check`?"),
            ("hcpcs Cargo.toml", "`Cargo.toml` is a file"),
            ("hcpcs src/cli", "`src/cli` is a file"),
            ("hcpcs claims.cvs.csv", "there is no such file"),
            ("hcpcs -index a check c.txt", "the option is `--index`"),
        ] {
            assert!(
                arguments(typed).contains(said),
                "{typed}: {}",
                arguments(typed)
            );
        }
    }

    #[test]
    fn every_command_is_named() {
        let mut command = super::super::Arguments::command();
        command.build();
        for own in command.get_subcommands() {
            assert!(COMMANDS.contains(&own.get_name()), "{}", own.get_name());
        }
    }
}
