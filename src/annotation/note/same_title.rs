//! Notes of the same title, which a reader could not distinguish.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use crate::annotation::Annotations;

/// A title that several notes have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SameTitle {
    /// The title, as the first of them writes it.
    pub title: String,
    /// The files, in the order in which they were read.
    pub paths: Vec<PathBuf>,
}

impl fmt::Display for SameTitle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths: Vec<String> = self
            .paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let paths = paths.join(", ");
        write!(
            f,
            "notes of the same title, `{}`: {paths}; all are kept, a title of its own each would tell them apart",
            self.title
        )
    }
}

/// The titles that more than one note has, ignoring case.
#[must_use]
pub fn same_titles(annotations: &[Annotations]) -> Vec<SameTitle> {
    let mut titles: BTreeMap<String, SameTitle> = BTreeMap::new();
    for annotations in annotations {
        let Annotations::Notes(source, notes) = annotations else {
            continue;
        };
        for note in notes {
            let same = titles
                .entry(note.title.to_lowercase())
                .or_insert_with(|| SameTitle {
                    title: note.title.clone(),
                    paths: Vec::new(),
                });
            same.paths.push(source.path.clone());
        }
    }
    titles
        .into_values()
        .filter(|same| same.paths.len() > 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::annotation::file_content::parse;
    use crate::annotation::source::SourceKind;

    #[test]
    fn two_notes_with_one_title() {
        let note = |name: &str, title: &str| {
            let text = format!("---\ncode: J1640\ntitle: {title}\n---\nText.\n");
            parse(Path::new(name), SourceKind::ClinicalNote, text.as_bytes()).unwrap()
        };
        let notes = [
            note("a.md", "Hemin"),
            note("b.md", "Other"),
            note("c.md", "hemin"),
        ];
        let same = same_titles(&notes);
        assert_eq!(same.len(), 1);
        assert!(
            same[0]
                .to_string()
                .starts_with("notes of the same title, `Hemin`: a.md, c.md;")
        );
        assert!(same_titles(&notes[..2]).is_empty());
    }
}
