//! The processing notes that come with a release, joined to the records that cite them.

use std::collections::{BTreeSet, HashMap};

use crate::codeset::Record;
use crate::table::encoding::decode;

/// The texts of the notes, by their numbers.
pub(super) type ProcessingNotes = HashMap<String, String>;

/// How many notes make a text a list of notes if it has no such title.
const NOTES_OF_A_LIST: usize = 3;

/// Whether the text is a list of processing notes.
pub(super) fn is_processing_notes(text: &str) -> bool {
    let title = text.lines().map(str::trim).find(|line| !line.is_empty());
    let notes = text.lines().filter_map(first_line);
    match title.map(str::to_ascii_uppercase).as_deref() {
        Some("PROCESSING NOTES") => notes.take(1).count() == 1,
        _ => notes.take(NOTES_OF_A_LIST).count() == NOTES_OF_A_LIST,
    }
}

/// Reads the notes: a number and `--` begin one, and the lines below continue it.
pub(super) fn read(bytes: &[u8]) -> ProcessingNotes {
    let decoded = decode(bytes);
    let mut notes = ProcessingNotes::new();
    let mut current: Option<&mut String> = None;
    for line in decoded.text.lines() {
        let piece = match first_line(line) {
            Some((number, text)) => {
                let note = notes.entry(number.to_owned()).or_default();
                note.clear();
                current = Some(note);
                text
            }
            None => line,
        };
        let piece = without_margin(piece);
        if let Some(note) = current.as_deref_mut() {
            if !note.is_empty() && !piece.is_empty() {
                note.push(' ');
            }
            note.push_str(piece);
        }
    }
    notes
}

/// The number and the text of a line that begins a note.
fn first_line(line: &str) -> Option<(&str, &str)> {
    let (number, text) = line.trim_start().split_once("--")?;
    let is_number = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some((number, text))
}

/// Strips the blanks, and the asterisk of the right-hand column.
fn without_margin(piece: &str) -> &str {
    let piece = piece.trim();
    piece.strip_suffix('*').unwrap_or(piece).trim_end()
}

/// Adds to the records the texts of the notes that they cite; returns a notice of the numbers that
/// are not defined.
pub(super) fn join(notes: &ProcessingNotes, records: &mut [Record]) -> Option<String> {
    let mut undefined = BTreeSet::new();
    for note in records
        .iter_mut()
        .filter_map(|record| record.processing_note.as_mut())
    {
        note.text = notes.get(&note.number).cloned();
        if note.text.is_none() {
            undefined.insert(note.number.as_str());
        }
    }
    let numbers = Vec::from_iter(undefined).join(", ");
    (!numbers.is_empty())
        .then(|| format!("processing notes that are cited and not defined: {numbers}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTES: &str = concat!(
        "                 PROCESSING NOTES\r\n ______\r\n\r\n",
        "          0001--THIS PROCESSING NOTE DELETED 1/1/97.              *\r\n",
        "                                                                  *\r\n",
        "          0003--THIS PROCEDURE (85029) IS USUALLY PART OF THE     *\r\n",
        "                85030 PROFILES.                                   * \r\n",
        "\t  0129--MMA SECTION -- 303(E).\t\t\t   *\t\t\r\n \r\n",
    );

    #[test]
    fn numbers_lines_and_margins() {
        assert!(is_processing_notes(NOTES));
        let notes = read(NOTES.as_bytes());
        assert_eq!(notes.len(), 3);
        assert_eq!(notes["0001"], "THIS PROCESSING NOTE DELETED 1/1/97.");
        assert_eq!(
            notes["0003"],
            "THIS PROCEDURE (85029) IS USUALLY PART OF THE 85030 PROFILES."
        );
        assert_eq!(notes["0129"], "MMA SECTION -- 303(E).");
    }

    #[test]
    fn other_texts_are_no_notes() {
        for text in ["", "PROCESSING NOTES", "2024--a year\n2025--another\n"] {
            assert!(!is_processing_notes(text), "{text}");
            read(text.as_bytes());
        }
    }

    #[test]
    fn records_get_the_texts_they_cite() {
        let mut record = Record::new("J1640".parse().unwrap());
        let note = |number: &str| crate::codeset::ProcessingNote {
            number: number.to_owned(),
            text: None,
        };
        record.processing_note = Some(note("0129"));
        let mut other = Record::new("J1650".parse().unwrap());
        other.processing_note = Some(note("0000"));
        let mut records = [record, other];
        let notice = join(&read(NOTES.as_bytes()), &mut records);
        let notice_text = "processing notes that are cited and not defined: 0000";
        assert_eq!(notice.as_deref(), Some(notice_text));
        let [record, other] = records.map(|record| record.processing_note.unwrap());
        assert_eq!(record.text.as_deref(), Some("MMA SECTION -- 303(E)."));
        assert_eq!(other.text, None);
    }
}
