//! Makes releases of a few values: record lines, texts, workbooks and zips.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A record of CMS's text, of which only what matters to a test is set.
#[derive(Clone)]
pub(crate) struct Line {
    columns: Vec<char>,
    code: String,
    continuations: Vec<String>,
}

/// A record with a code and a long descriptor, which is also the short one, cut.
pub(crate) fn line(code: &str, long: &str) -> Line {
    let mut pieces = broken(long).into_iter();
    let identification = if code.len() == 2 { "7" } else { "3" };
    let line = Line {
        columns: vec![' '; 320],
        code: format!("{code:>5}"),
        continuations: Vec::new(),
    };
    let mut line = line
        .set(1, &format!("{code:>5}00100{identification}"))
        .set(12, &pieces.next().unwrap_or_default())
        .set(92, &long.chars().take(28).collect::<String>())
        .set(269, "2020010120200101")
        .set(293, "N");
    line.continuations = pieces.collect();
    line
}

impl Line {
    /// Writes a text, beginning with a column of the record layout.
    pub(crate) fn set(mut self, column: usize, text: &str) -> Self {
        for (slot, letter) in self.columns[column - 1..].iter_mut().zip(text.chars()) {
            *slot = letter;
        }
        self
    }

    /// The first line and its continuations, each of 320 columns.
    pub(crate) fn lines(&self) -> Vec<String> {
        let identification = if self.code.starts_with(' ') { 8 } else { 4 };
        let mut lines = vec![self.columns.iter().collect()];
        for (nth, piece) in self.continuations.iter().enumerate() {
            let number = (nth + 2) * 100;
            let line = format!("{}{number:05}{identification}{piece}", self.code);
            lines.push(format!("{line:<320}"));
        }
        lines
    }
}

/// A release as fixed-width text, with CMS's line ends.
pub(crate) fn text(records: &[Line]) -> String {
    let lines = records.iter().flat_map(Line::lines);
    lines.map(|line| line + "\r\n").collect()
}

/// A descriptor in pieces of at most 80 characters that do not cut a word.
fn broken(long: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in long.split(' ') {
        match pieces.last_mut() {
            Some(piece) if piece.chars().count() + 1 + word.chars().count() <= 80 => {
                piece.push(' ');
                piece.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}

/// A workbook of one sheet; a cell that begins with `#` is a number, the others are texts.
pub(crate) fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    workbook_with(rows, "")
}

/// A workbook of one sheet, with more rows written as XML.
pub(crate) fn workbook_with(rows: &[&[&str]], more: &str) -> Vec<u8> {
    workbook_of(&[("any", rows, more)])
}

/// A workbook of sheets, each with its name, its rows, and more rows written as XML. The parts of
/// the sheets have another order than the sheets.
pub(crate) fn workbook_of(sheets: &[(&str, &[&[&str]], &str)]) -> Vec<u8> {
    workbook_in("", sheets)
}

/// A workbook that counts days from 1904.
pub(crate) fn workbook_from_1904(rows: &[&[&str]]) -> Vec<u8> {
    workbook_in("<workbookPr date1904=\"1\"/>", &[("any", rows, "")])
}

/// A workbook with properties, written as XML.
fn workbook_in(properties: &str, sheets: &[(&str, &[&[&str]], &str)]) -> Vec<u8> {
    const TYPES: &str = concat!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
        r#"<Default Extension="xml" ContentType="application/xml"/></Types>"#
    );
    const RELATIONS: &str =
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#;
    const BOOK: &str = concat!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" "#,
        r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">"#,
    );
    let relation = |id: usize, kind: &str, target: &str| {
        format!(
            r#"<Relationship Id="r{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>"#
        )
    };
    let top = relation(1, "officeDocument", "xl/workbook.xml");
    let top = format!("{RELATIONS}{top}</Relationships>");
    let part = |at: usize| format!("worksheets/sheet{}.xml", sheets.len() - at);
    let relations: String = (0..sheets.len())
        .map(|at| relation(at, "worksheet", &part(at)))
        .collect();
    let relations = format!("{RELATIONS}{relations}</Relationships>");
    let names: Vec<String> = (1..)
        .zip(sheets)
        .map(|(at, (name, ..))| {
            format!(
                r#"<sheet name="{name}" sheetId="{at}" r:id="r{}"/>"#,
                at - 1
            )
        })
        .collect();
    let names = names.concat();
    let book = format!("{BOOK}{properties}<sheets>{names}</sheets></workbook>");
    let cells = sheets
        .iter()
        .enumerate()
        .map(|(at, (_, rows, more))| (format!("xl/{}", part(at)), sheet_xml(rows, more)));
    let cells: Vec<(String, String)> = cells.collect();
    let mut parts = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", top.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    parts.extend(cells.iter().map(|(name, text)| (&**name, text.as_bytes())));
    archive(&parts)
}

fn sheet_xml(rows: &[&[&str]], more: &str) -> String {
    let rows: String = rows
        .iter()
        .zip(1..)
        .map(|(cells, row)| row_xml(cells, row))
        .collect();
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}{more}</sheetData></worksheet>"#
    )
}

fn row_xml(cells: &[&str], row: u32) -> String {
    let columns = ('A'..='Z').map(String::from);
    let more = ('A'..='Z').flat_map(|one| ('A'..='Z').map(move |two| format!("{one}{two}")));
    let filled = cells
        .iter()
        .zip(columns.chain(more))
        .filter(|(cell, _)| !cell.is_empty());
    let cells: String = filled
        .map(|(cell, column)| match cell.strip_prefix('#') {
            Some(number) => format!(r#"<c r="{column}{row}"><v>{number}</v></c>"#),
            None => format!(
                r#"<c r="{column}{row}" t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>"#
            ),
        })
        .collect();
    format!(r#"<row r="{row}">{cells}</row>"#)
}

/// A zip of members.
pub(crate) fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Writes a file into a folder.
pub(crate) fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A word with one edit, one of many by its number.
pub(crate) fn edited(word: &str, number: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = number % (letters.len() - 1);
    let letter = char::from(b'a' + u8::try_from(number % 26).unwrap());
    match number % 4 {
        0 => _ = letters.remove(at),
        1 => letters.swap(at, at + 1),
        2 => letters[at] = letter,
        _ => letters.insert(at, letter),
    }
    letters.into_iter().collect()
}
