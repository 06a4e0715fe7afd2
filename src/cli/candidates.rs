//! Shell completions: values of code tables, codes and words of the index.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;

use clap_complete::engine::CompletionCandidate;
use hcpcs::search::{Suggestion, SuggestionKind};
use hcpcs::{Entry, Searcher, Table};

use super::folders;

/// How many codes and words are offered.
const MOST: usize = 50;

/// The values of a code table, with their meanings.
pub(crate) fn values(table: &Table) -> Vec<CompletionCandidate> {
    let candidate =
        |entry: &Entry| CompletionCandidate::new(entry.code).help(Some(entry.meaning.into()));
    table.entries().iter().map(candidate).collect()
}

/// The names of the code tables.
pub(crate) fn tables() -> Vec<CompletionCandidate> {
    let names = Table::all().map(|table| CompletionCandidate::new(table.name));
    names.into()
}

/// The codes with the typed prefix, with their descriptors.
pub(crate) fn codes(typed: &OsStr) -> Vec<CompletionCandidate> {
    suggestions(typed, |kind| kind == SuggestionKind::Code)
}

/// The codes and words with the typed prefix.
pub(crate) fn words(typed: &OsStr) -> Vec<CompletionCandidate> {
    suggestions(typed, |_| true)
}

fn suggestions(typed: &OsStr, is: fn(SuggestionKind) -> bool) -> Vec<CompletionCandidate> {
    let (Some(typed), Some(searcher)) = (typed.to_str(), searcher()) else {
        return Vec::new();
    };
    let found = searcher.suggest(typed, MOST, None).into_iter();
    let candidate = |found: Suggestion| {
        let help = (!found.descriptor.is_empty()).then_some(found.descriptor);
        CompletionCandidate::new(found.text).help(help.map(Into::into))
    };
    found
        .filter(|found| is(found.kind))
        .map(candidate)
        .collect()
}

/// The index of the partly typed command line; completion builds none.
fn searcher() -> Option<Searcher> {
    let mut words = env::args_os().skip_while(|word| word != "--index").skip(1);
    let folder = folders::index_folder(words.next().map(PathBuf::from)).ok()?;
    Searcher::open(&folder).ok()
}
