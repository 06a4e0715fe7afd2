//! Clinical notes as blocks of text: paragraphs and lists.

use crate::search::Note;
use crate::server::page::shell::prose::{Linker, Piece};

/// A note as shown.
pub(crate) struct NoteView {
    pub(crate) title: String,
    /// Its basis, day and licence, in words.
    pub(crate) facts: Vec<String>,
    pub(crate) sections: Vec<SectionView>,
    pub(crate) modifiers: Vec<ModifierView>,
}

/// A section of a note.
pub(crate) struct SectionView {
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

/// Lines that belong together.
pub(crate) struct Block {
    pub(crate) is_list: bool,
    pub(crate) lines: Vec<Vec<Piece>>,
}

/// A modifier and when to use it.
pub(crate) struct ModifierView {
    pub(crate) modifier: String,
    pub(crate) href: Option<String>,
    pub(crate) description: String,
    pub(crate) when: Vec<Piece>,
}

/// A note as shown.
pub(crate) fn view(note: &Note, linker: &Linker<'_>) -> NoteView {
    let facts = [
        note.rests_on
            .as_ref()
            .map(|facts| format!("Rests on: {facts}")),
        note.date.map(|date| date.to_string()),
        note.license
            .as_ref()
            .map(|license| format!("Licence: {license}")),
    ];
    let sections = note.sections.iter().map(|section| SectionView {
        title: section.title.clone(),
        blocks: blocks(&section.text, linker),
    });
    let modifiers = note.modifiers.iter().map(|own| ModifierView {
        modifier: own.modifier.to_string(),
        href: linker.of_code(own.modifier),
        description: own.description.clone(),
        when: linker.pieces(&own.when_to_use),
    });
    NoteView {
        title: note.title.clone(),
        facts: facts.into_iter().flatten().collect(),
        sections: sections
            .filter(|section| !section.blocks.is_empty())
            .collect(),
        modifiers: modifiers.collect(),
    }
}

/// The lines of a text; lines that begin with a dash or a star form a list.
fn blocks(text: &str, linker: &Linker<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let item = ["- ", "* ", "• "]
            .iter()
            .find_map(|sign| line.strip_prefix(sign));
        let pieces = linker.pieces(item.unwrap_or(line));
        match blocks.last_mut() {
            Some(block) if block.is_list && item.is_some() => block.lines.push(pieces),
            _ => blocks.push(Block {
                is_list: item.is_some(),
                lines: vec![pieces],
            }),
        }
    }
    blocks
}
