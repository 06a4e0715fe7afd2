//! Recognises the kind of a file by its content.

use super::source::SourceKind;
use super::{rbcs as taxonomy, text};
use crate::annotation::drugs::crosswalk_columns as drug_name;
use crate::annotation::note::note_recognition;
use crate::annotation::record_page::rows;
use crate::annotation::synonym::list;
use crate::table::sheet;
use crate::table::sheet::Book;

/// Each kind and how the beginning of its files is recognised, the most certain first.
const KINDS: [(SourceKind, IsOf); 5] = [
    (SourceKind::Rbcs, taxonomy::is_rbcs),
    (SourceKind::DrugProducts, drug_name::is_crosswalk),
    (SourceKind::RecordPage, rows::is_page),
    (SourceKind::Synonyms, list::is_list),
    (SourceKind::ClinicalNote, note_recognition::is_note),
];

/// Whether the beginning of a file is that of a kind.
type IsOf = fn(&str) -> bool;

/// How many bytes of a file's beginning are examined.
pub(super) const HEAD: usize = 64 * 1024;

/// The kind of a file, by its first bytes; `None` if it is no annotation, or not text at all. 64
/// KiB are enough, but a workbook is needed whole.
///
/// ```
/// use hcpcs::annotation::{SourceKind, recognise};
///
/// assert_eq!(recognise(b"hoyer\tpatient lift\n"), Some(SourceKind::Synonyms));
/// assert_eq!(recognise(b"PK\x03\x04\0\0"), None);
/// ```
#[must_use]
pub fn recognise(head: &[u8]) -> Option<SourceKind> {
    if sheet::is_workbook(head) {
        let mut book = Book::open(head).ok()?;
        return if taxonomy::is_table(&mut book) {
            Some(SourceKind::Rbcs)
        } else {
            drug_name::is_table(&mut book).then_some(SourceKind::DrugProducts)
        };
    }
    let is_cut = head.len() >= HEAD;
    let head = &head[..head.len().min(HEAD)];
    let head = text::with_line_feeds(text::decode(head)?.text);
    // The last line may be cut off, and a character within it.
    let head = match head.rfind('\n') {
        Some(end) if is_cut => &head[..=end],
        _ => &head,
    };
    let (kind, _) = KINDS.iter().find(|(_, is_of)| is_of(head))?;
    Some(*kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_by_its_content() {
        #[rustfmt::skip]
        let cases = [
            ("hcpcs_cd,rbcs_id\n", SourceKind::Rbcs),
            ("January 2026 ASP NDC - HCPCS Crosswalk,,\n", SourceKind::DrugProducts),
            ("a,b\n\n_2025_CODE,NDC2,Drug Name\n", SourceKind::DrugProducts),
            ("E0601\n\n<i>HCPCS Code</i>\tE0601\tx\n", SourceKind::RecordPage),
            ("# list\nhoyer\tpatient lift\n", SourceKind::Synonyms),
            ("---\ncode: J1640\n---\n", SourceKind::ClinicalNote),
            ("Summary & Overview\nHCPCS Level II J1640: Hemin\n", SourceKind::ClinicalNote),
        ];
        for (head, kind) in cases {
            assert_eq!(recognise(head.as_bytes()), Some(kind), "{head}");
        }
    }

    #[test]
    fn nothing_of_ours() {
        for head in [
            "",
            "HCPC,SEQNUM,RECID,LONG DESCRIPTION\nJ1640,100,3,x\n",
            "HCPC\tLONG DESCRIPTION\tSHORT DESCRIPTION\nJ1640\tx\ty\n",
            "Some prose.\n",
            "%PDF-1.7\n\u{1}\u{2}\u{3}",
        ] {
            assert_eq!(recognise(head.as_bytes()), None, "{head}");
        }
    }

    #[test]
    fn a_character_cut_in_two_at_the_end_of_the_head() {
        let mut note = "---\ncode: J1640\n---\n".to_owned();
        note.push_str(&"é\n".repeat(HEAD));
        assert_eq!(recognise(note.as_bytes()), Some(SourceKind::ClinicalNote));
        assert_eq!(
            recognise(&note.as_bytes()[..HEAD]),
            Some(SourceKind::ClinicalNote)
        );
    }
}
