//! A line of a clinical note without its markup: a heading, a label and its text, a code.

use super::named_codes::{NamedCodes, named_codes};
use super::section::SectionKind;
use crate::codeset::{Code, ParseCodeError};

/// A Markdown heading: its level and its text.
pub(super) fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let is_heading = (1..=6).contains(&level) && text.starts_with([' ', '\t']);
    is_heading.then(|| (level, plain(text.trim_end_matches('#'))))
}

/// A line without list and bold markup around it.
pub(super) fn plain(line: &str) -> &str {
    let line = line.trim();
    let line = line
        .strip_prefix("- ")
        .or_else(|| line.strip_prefix("* "))
        .unwrap_or(line);
    line.trim_matches(['*', '_', ' '])
}

/// A known title and the text after its colon.
pub(super) fn labelled(line: &str) -> Option<(&str, &str)> {
    let (title, text) = plain(line).split_once(':')?;
    let title = plain(title);
    let text = text.trim_start_matches('*').trim();
    (!text.is_empty() && SectionKind::of(title) != SectionKind::Other).then_some((title, text))
}

/// The text with at most one empty line between paragraphs, and none around it.
pub(super) fn paragraphs(text: &str) -> String {
    let mut lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
    lines.join("\n")
}

pub(super) fn is_cpt(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default();
    matches!(
        word.parse::<Code>(),
        Err(ParseCodeError::Cpt | ParseCodeError::Cdt)
    )
}

/// Cuts the words after a number of CPT or CDT in a list of codes: they are the AMA's or the ADA's.
pub(super) fn without_cpt<'a>(line: &'a str, title: &str) -> (&'a str, bool) {
    let title = title.to_ascii_lowercase();
    let says = |set: &str| {
        let start = plain(line).get(..3).unwrap_or_default();
        start.eq_ignore_ascii_case(set) || title.contains(set)
    };
    if !(says("cpt") || says("cdt") || title.contains("codes")) {
        return (line, false);
    }
    match named_codes(plain(line)) {
        Some(NamedCodes {
            has_cpt: true,
            rest,
            ..
        }) if !rest.is_empty() => {
            let end = line.rfind(rest).unwrap_or(line.len());
            (
                line[..end].trim_end_matches([' ', ':', '-', '–', '—']),
                true,
            )
        }
        _ => (line, false),
    }
}
