//! The notes and synonyms that the program ships, embedded when it is built.

use std::path::Path;

use super::Annotations;
use super::file_content::parse;
use super::source::SourceKind;
use crate::error::Result;

macro_rules! notes {
    ($($name:literal),+ $(,)?) => {
        [$((
            concat!("data/notes/", $name),
            include_str!(concat!("../../data/notes/", $name)),
        )),+]
    };
}

/// The files of `data/notes` except its README; a test compares this list with the folder.
const NOTES: &[(&str, &str)] = &notes![
    "A4253.md", "A7030.md", "E0601.md", "G0299.md", "J0585.md", "J1597.md", "J1640.md", "J1745.md",
    "J1885.md", "J3490.md", "J7613.md", "J9271.md", "K0001.md", "L1902.md",
];

const SYNONYMS: (&str, &str) = ("data/synonyms.tsv", include_str!("../../data/synonyms.tsv"));

/// The notes and synonyms that the program ships; their paths are those in the project.
///
/// # Errors
/// None: a test reads them all.
///
/// ```
/// let shipped = hcpcs::annotation::shipped()?;
/// assert!(shipped.iter().all(|annotations| annotations.source().skipped.is_empty()));
/// # Ok::<(), hcpcs::Error>(())
/// ```
pub fn shipped() -> Result<Vec<Annotations>> {
    let read = |(path, text): &(&str, &str), kind| parse(Path::new(path), kind, text.as_bytes());
    let notes = NOTES
        .iter()
        .map(|note| read(note, SourceKind::ClinicalNote));
    notes
        .chain([read(&SYNONYMS, SourceKind::Synonyms)])
        .collect()
}

/// Whether a path is that of the list of synonyms that the program ships.
pub(crate) fn is_shipped_list(path: &Path) -> bool {
    path == Path::new(SYNONYMS.0)
}

/// The shipped annotations, without notes whose title a given note has: the given note replaces the
/// shipped one, as in an update.
#[must_use]
pub fn shipped_beside(mut shipped: Vec<Annotations>, given: &[Annotations]) -> Vec<Annotations> {
    let title = |own: &Annotations| {
        let source = own.source();
        (source.kind == SourceKind::ClinicalNote).then(|| source.title.to_lowercase())
    };
    let given: Vec<String> = given.iter().filter_map(title).collect();
    shipped.retain(|own| !title(own).is_some_and(|own| given.contains(&own)));
    shipped
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::annotation::note::same_title::same_titles;
    use crate::annotation::recognise;

    #[test]
    fn every_note_in_the_folder_is_embedded() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/notes");
        let entries = fs::read_dir(folder).unwrap();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap())).collect();
        names.retain(|name| name != "README.md");
        names.sort();
        let embedded: Vec<&str> = NOTES
            .iter()
            .map(|(path, _)| &path["data/notes/".len()..])
            .collect();
        assert_eq!(names, embedded);
    }

    #[test]
    fn all_of_it_can_be_read_and_passed_on() {
        let shipped = shipped().unwrap();
        assert_eq!(same_titles(&shipped), []);
        for annotations in &shipped {
            let source = annotations.source();
            let path = source.path.display();
            assert_eq!(source.skipped, [], "{path}");
            assert!(source.notices.is_empty(), "{path}: {:?}", source.notices);
            if let Annotations::Notes(_, notes) = annotations {
                for note in notes {
                    assert!(note.may_be_passed_on() && note.source.is_some(), "{path}");
                    assert!(note.sections.len() > 3, "{path}");
                }
            }
        }
    }

    #[test]
    fn each_is_known_by_its_content() {
        let (_, synonyms) = SYNONYMS;
        assert_eq!(recognise(synonyms.as_bytes()), Some(SourceKind::Synonyms));
        for (path, note) in NOTES {
            assert_eq!(
                recognise(note.as_bytes()),
                Some(SourceKind::ClinicalNote),
                "{path}"
            );
        }
    }
}
