//! Reads a clinical note: its front matter, title, codes and sections.

use super::body::Body;
use super::clinical_note::ClinicalNote;
use super::front_matter::{Entry, FrontMatter};
use super::named_codes::named_codes;
use super::note_recognition::codes_of;
use super::{body as note_body, front_matter};
use crate::annotation::source::Source;
use crate::annotation::text::squeeze;
use crate::codeset::Code;
use crate::error::{Result, excerpt};

/// Reads a note.
pub(crate) fn parse(text: &str, source: &mut Source) -> Result<ClinicalNote> {
    let lines: Vec<&str> = text.lines().collect();
    let Some(front) = front_matter::read(&lines) else {
        return source.refuse_line(
            1,
            "front matter that is not closed; end it with a line `---`",
        );
    };
    let body = note_body::read(&lines[front.lines..], front.lines + 1);
    let mut note = ClinicalNote::default();
    note.take_front_matter(front, source)?;
    if note.codes.is_empty() {
        note.codes = codes_of(&body, &lines);
    }
    if note.codes.is_empty() {
        return source.refuse(without_code(&body));
    }
    if body.sections.is_empty() {
        return source.refuse("a note without any text; write some below its head");
    }
    note.take_title(body.title.as_deref(), source);
    note.sections = body.sections;
    note.modifiers = body.modifiers;
    source.date = note.date;
    source.rows = note.sections.len();
    source.left_out_cpt = body.left_out_cpt;
    source.skipped.extend(body.skipped);
    Ok(note)
}

impl ClinicalNote {
    /// Takes the title of the front matter, else the body's without its codes, else the file's
    /// name.
    fn take_title(&mut self, body: Option<&str>, source: &mut Source) {
        let rest = body.and_then(named_codes).map(|named| named.rest);
        let rest = rest.filter(|rest| !rest.is_empty());
        match rest.or(body).map(squeeze) {
            Some(title) if self.title.is_empty() => self.title = title,
            Some(title) if title != self.title => {
                let title = excerpt(&title);
                source.notices.push(format!(
                    "the heading `{title}` is not used: the front matter has another title"
                ));
            }
            _ => {}
        }
        if self.title.is_empty() {
            self.title.clone_from(&source.title);
        }
        source.title.clone_from(&self.title);
    }

    fn take_front_matter(&mut self, front: FrontMatter, source: &mut Source) -> Result<()> {
        for line in front.unread {
            source.skip(line, "front matter without a key; write `key: value`");
        }
        for entry in front.entries {
            match entry.key.as_str() {
                "code" | "codes" => self.take_codes(&entry, source)?,
                "title" => self.title = squeeze(&entry.text()),
                "source" | "sources" => self.source = some(entry.text()),
                "license" | "licence" => self.license = some(entry.text()),
                "date" => match entry.text().parse() {
                    Ok(date) => self.date = Some(date),
                    Err(error) => source.skip(entry.line, error.to_string()),
                },
                _ => {
                    let line = entry.line;
                    let key = excerpt(&entry.key);
                    source.notices.push(format!(
                        "line {line}: the key `{key}` is not known and not kept"
                    ));
                }
            }
        }
        Ok(())
    }

    fn take_codes(&mut self, entry: &Entry, source: &Source) -> Result<()> {
        let values = entry
            .values
            .iter()
            .flat_map(|value| value.split([',', ';', ' ']));
        for value in values.filter(|value| !value.is_empty()) {
            match value.parse::<Code>() {
                Ok(code) if self.codes.contains(&code) => {}
                Ok(code) => self.codes.push(code),
                Err(error) => {
                    let reason = format!("`{}`: {error}; take it out", excerpt(value));
                    return source.refuse_line(entry.line, reason);
                }
            }
        }
        Ok(())
    }
}

/// Why a note without a code is refused.
fn without_code(body: &Body) -> &'static str {
    let named = body.title.as_deref().and_then(named_codes);
    if named.is_some_and(|named| named.has_cpt) {
        "a note on a CPT or CDT code, which is not covered here; give notes on HCPCS Level II codes"
    } else {
        "names no HCPCS Level II code; write `code: J1597` between two lines `---` at its head"
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::annotation::note::note_recognition;
    use crate::annotation::source::SourceKind;

    fn read(text: &str) -> Result<(ClinicalNote, Source), String> {
        let path = Path::new("note.md");
        let mut source = Source::new(path, SourceKind::ClinicalNote);
        let note = parse(text, &mut source).map_err(|error| error.to_string())?;
        Ok((note, source))
    }

    fn codes(note: &ClinicalNote) -> String {
        let codes: Vec<&str> = note.codes.iter().map(Code::as_str).collect();
        codes.join(" ")
    }

    #[test]
    fn with_front_matter() {
        let text = "---\ncode: J1597, J1596\ntitle: Glycopyrrolate\nsource: [One, Two]\ndate: 2026-01-15\nlicense: CC BY 4.0\nauthor: x\n---\n## Clinical context\nDrooling.\n";
        assert!(note_recognition::is_note(text));
        let (note, source) = read(text).unwrap();
        assert_eq!(codes(&note), "J1597 J1596");
        assert_eq!(
            (note.title.as_str(), source.title.as_str()),
            ("Glycopyrrolate", "Glycopyrrolate")
        );
        assert_eq!(note.source.as_deref(), Some("One; Two"));
        assert_eq!(source.date.unwrap().to_string(), "2026-01-15");
        assert!(note.may_be_passed_on());
        assert_eq!(source.rows, 1);
        assert_eq!(
            source.notices,
            ["line 7: the key `author` is not known and not kept"]
        );
    }

    #[test]
    fn the_code_from_the_text() {
        #[rustfmt::skip]
        let cases = [
            ("Summary & Overview\nHCPCS Level II J1597: Glycopyrrolate\nSee J1596.\n", "J1597", "Glycopyrrolate"),
            ("# J1596 and J1597 compared\nText.\n", "J1596 J1597", "J1596 and J1597 compared"),
            ("Hemin (J1640)\n\nText on J9999.\n", "J1640", "note"),
            ("# Hemin\n## Clinical context\nHCPCS code J1640 is used.\n", "J1640", "Hemin"),
        ];
        for (text, expected, title) in cases {
            let (note, _) = read(text).unwrap();
            assert_eq!(
                (codes(&note).as_str(), note.title.as_str()),
                (expected, title)
            );
        }
    }

    #[test]
    fn notes_that_are_refused() {
        #[rustfmt::skip]
        let cases = [
            ("# Hemin\nText.\n", "note.md: names no HCPCS Level II code; write `code: J1597` between two lines `---` at its head"),
            ("---\ntitle: x\n---\nText.\n", "note.md: names no HCPCS Level II code; write `code: J1597` between two lines `---` at its head"),
            ("# CPT 99213: A visit\nText.\n", "note.md: a note on a CPT or CDT code, which is not covered here; give notes on HCPCS Level II codes"),
            ("---\ntitle: x\ncode: 99213\n---\nText.\n", "note.md: line 3: `99213`: a CPT number, which is HCPCS Level I and not covered here; take it out"),
            ("---\ncode: J1640\nText.\n", "note.md: line 1: front matter that is not closed; end it with a line `---`"),
            ("---\ncode: J1640\n---\n\n# Title\n", "note.md: a note without any text; write some below its head"),
        ];
        for (text, message) in cases {
            assert_eq!(read(text).unwrap_err(), message);
        }
    }

    #[test]
    fn a_bad_date_and_a_line_without_a_key_are_reported() {
        let (note, source) = read("---\ncode: J1640\ndate: May\nno key\n---\nText.\n").unwrap();
        assert_eq!(note.date, None);
        let skipped = source.skipped_in_words();
        assert_eq!(
            skipped,
            [
                "4: front matter without a key; write `key: value`",
                "3: `May` is not a date; write YYYY-MM-DD",
            ]
        );
    }

    #[test]
    fn a_heading_next_to_a_title_is_reported() {
        let head = "---\ncode: J1640\ntitle: Hemin\n---\n# ";
        let (note, source) = read(&format!("{head}Panhematin\nText.\n")).unwrap();
        let notice = "the heading `Panhematin` is not used: the front matter has another title";
        assert_eq!(
            (note.title.as_str(), &source.notices[..]),
            ("Hemin", &[notice.to_owned()][..])
        );
        let (_, source) = read(&format!("{head}J1640: Hemin\nText.\n")).unwrap();
        assert!(source.notices.is_empty());
    }
}
