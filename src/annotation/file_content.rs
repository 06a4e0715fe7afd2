//! Reads the bytes of a file as its kind: a text, a table or a workbook.

use std::path::Path;

use super::drugs::crosswalk;
use super::note::note_reading;
use super::record_page::record_page;
use super::source::{Source, SourceKind, hash};
use super::synonym::list;
use super::{Annotations, rbcs, text};
use crate::error::Result;
use crate::table::sheet;
use crate::table::sheet::Book;

pub(super) const BINARY: &str = "binary, not text; give a text file";

/// Reads the bytes of a file as its kind. The path is only used for names.
///
/// ```
/// use hcpcs::annotation::{Annotations, SourceKind, parse};
///
/// let text = "# asked, tab, meant\ncpap\tcontinuous positive airway pressure\n";
/// let read = parse("own-words.tsv".as_ref(), SourceKind::Synonyms, text.as_bytes())?;
/// let Annotations::Synonyms(_, list) = read else { panic!("a list of synonyms") };
/// assert_eq!(list.synonyms[0].asked, "cpap");
/// # Ok::<(), hcpcs::Error>(())
/// ```
///
/// # Errors
/// The bytes are not text, or cannot be read as this kind of source.
pub fn parse(path: &Path, kind: SourceKind, bytes: &[u8]) -> Result<Annotations> {
    let mut source = Source::new(path, kind);
    if sheet::is_workbook(bytes) {
        return parse_workbook(bytes, source);
    }
    let Some(text) = text::decode(bytes) else {
        return source.refuse(BINARY);
    };
    if text.is_legacy && kind != SourceKind::DrugProducts {
        let notice = "not in UTF-8, so it was read as Windows-1252";
        source.notices.push(notice.to_owned());
    }
    source.notices.extend(text.undefined.map(|own| own.reason));
    let is_of_lines = !matches!(kind, SourceKind::DrugProducts | SourceKind::Rbcs);
    let text = if is_of_lines {
        text::with_line_feeds(text.text)
    } else {
        text.text
    };
    // The hash of a large table takes as long as reading it.
    let (annotations, hash) = rayon::join(|| parse_text(&text, source), || hash(bytes));
    let mut annotations = annotations?;
    annotations.source_mut().hash = hash;
    Ok(annotations)
}

fn parse_text(text: &str, mut source: Source) -> Result<Annotations> {
    Ok(match source.kind {
        SourceKind::ClinicalNote => {
            let note = note_reading::parse(text, &mut source)?;
            Annotations::Notes(source, vec![note])
        }
        SourceKind::RecordPage => {
            let page = record_page::parse(text, &mut source)?;
            Annotations::RecordPage(source, Box::new(page))
        }
        SourceKind::DrugProducts => {
            let products = crosswalk::parse(&mut Book::text(text), &mut source)?;
            Annotations::DrugProducts(source, products)
        }
        SourceKind::Rbcs => {
            let assignments = rbcs::parse(&mut Book::text(text), &mut source)?;
            Annotations::Rbcs(source, assignments)
        }
        SourceKind::Synonyms => {
            let list = list::parse(text, &mut source)?;
            Annotations::Synonyms(source, list)
        }
    })
}

/// Reads a workbook as a table.
fn parse_workbook(bytes: &[u8], mut source: Source) -> Result<Annotations> {
    let opened = Book::open(bytes);
    let mut book = match opened {
        Ok(book) => book,
        Err(reason) => return source.refuse(reason),
    };
    source.hash = hash(bytes);
    Ok(match source.kind {
        SourceKind::DrugProducts => {
            let products = crosswalk::parse(&mut book, &mut source)?;
            Annotations::DrugProducts(source, products)
        }
        SourceKind::Rbcs => {
            let assignments = rbcs::parse(&mut book, &mut source)?;
            Annotations::Rbcs(source, assignments)
        }
        SourceKind::Synonyms => {
            let text = match text::of_sheet(&mut book) {
                Ok(text) => text,
                Err(reason) => return source.refuse(reason),
            };
            let list = list::parse(&text, &mut source)?;
            Annotations::Synonyms(source, list)
        }
        SourceKind::ClinicalNote | SourceKind::RecordPage => return source.refuse(BINARY),
    })
}
