//! Recognises a clinical note by its first lines, and the codes that it is about.

use super::body::Body;
use super::front_matter::Entry;
use super::named_codes::{codes_in, named_codes};
use super::section::{NoteSection, SectionKind};
use super::{body as note_body, front_matter};
use crate::codeset::Code;

/// Whether a text begins as a note: front matter with a code or a title, a code and the title of a
/// known section, or a code with a name in its title.
pub(crate) fn is_note(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().take(400).collect();
    let Some(front) = front_matter::read(&lines) else {
        return lines.iter().take(20).any(|line| line.starts_with("code"));
    };
    if front.lines > 0 {
        let is_ours = |entry: &Entry| matches!(entry.key.as_str(), "code" | "codes" | "title");
        return front.entries.iter().any(is_ours);
    }
    let body = note_body::read(&lines, 1);
    let is_known =
        |section: &NoteSection| section.kind != SectionKind::Other && section.title != "Summary";
    let is_named = body
        .title
        .as_deref()
        .is_some_and(|title| !codes_in(title).is_empty());
    is_named || (body.sections.iter().any(is_known) && !codes_of(&body, &lines).is_empty())
}

/// The codes of a note without front matter: those in its title, else those in its first line, else
/// the first one that follows the word HCPCS.
pub(super) fn codes_of(body: &Body, lines: &[&str]) -> Vec<Code> {
    if let Some(title) = &body.title {
        if let Some(named) = named_codes(title) {
            return named.codes;
        }
        let codes = codes_in(title);
        if !codes.is_empty() {
            return codes;
        }
    }
    let first = lines.iter().find(|line| !line.trim().is_empty());
    let codes = first.map_or_else(Vec::new, |line| codes_in(line));
    if !codes.is_empty() {
        return codes;
    }
    let mention = |line: &&str| {
        line.split_once("HCPCS")
            .and_then(|(_, rest)| codes_in(rest).first().copied())
    };
    lines.iter().find_map(mention).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_texts_are_no_notes() {
        for text in [
            "",
            "Dear all,\nJ1640 is discussed here.\n",
            "---\nlayout: page\n---\nJ1640\n",
            "## Overview\nNo code.\n",
        ] {
            assert!(!is_note(text), "{text:?}");
        }
    }
}
