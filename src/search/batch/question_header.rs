//! Recognises the header of a table of questions.

use std::path::Path;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::search::question::request::QueryRequest;
use crate::table::cells::{Cells, DELIMITERS};

/// The name of the input in errors.
pub(super) const INPUT: &str = "the questions";

/// What tables call the column of the questions, but for `query`.
const OTHER_HEADINGS: [&str; 10] = [
    "description",
    "charge description",
    "item description",
    "search term",
    "search terms",
    "question",
    "questions",
    "drug name",
    "item name",
    "procedure description",
];

/// Headings of tables of charges and claims; two of them in a row make it a header.
const TABLE_HEADINGS: [&str; 20] = [
    "cdm",
    "charge",
    "charge code",
    "charge desc",
    "code",
    "cpt",
    "cpt code",
    "cpt/hcpcs",
    "desc",
    "hcpcs",
    "hcpcs code",
    "hcpcs/cpt",
    "item",
    "item desc",
    "modifier",
    "ndc",
    "price",
    "qty",
    "rev code",
    "units",
];

/// Whether a line among lines of text is a header that lies below titles.
pub(super) fn is_late_header(text: &str, cells: &mut Cells) -> bool {
    let bytes = text.as_bytes();
    let names_the_question = bytes
        .windows(5)
        .any(|own| own.eq_ignore_ascii_case(b"query"));
    names_the_question
        && !text.trim_start().starts_with('{')
        && DELIMITERS.into_iter().any(|delimiter| {
            cells.clear();
            cells.add_line(text, delimiter, false);
            cells.len() > 1 && is_header(cells)
        })
}

/// Refuses a first row that names columns, none of them that of the questions: asked as it is, it
/// and the cells beside each question would be answered.
pub(super) fn refuse_other_header(cells: &Cells) -> Result<()> {
    let is_among = |cell: &str, headings: &[&str]| {
        let cell = cell.trim().replace('_', " ");
        headings.iter().any(|own| own.eq_ignore_ascii_case(&cell))
    };
    let mut of_tables = cells.iter().filter(|cell| is_among(cell, &TABLE_HEADINGS));
    let second = of_tables.nth(1);
    let other = cells.iter().find(|cell| is_among(cell, &OTHER_HEADINGS));
    other
        .or(second)
        .map_or(Ok(()), |heading| Err(no_question(heading)))
}

/// Refuses a first row with a word above a number: it is the header of a table in words that are not
/// known here, perhaps of another language.
pub(super) fn refuse_unknown_header(first: &Cells, second: &Cells) -> Result<()> {
    let is_word = |cell: &str| {
        cell.contains(char::is_alphabetic) && !cell.contains(|letter: char| letter.is_ascii_digit())
    };
    let is_number = |cell: &str| cell.trim().parse::<f64>().is_ok_and(f64::is_finite);
    if first.len() < 2 || first.len() != second.len() {
        return Ok(());
    }
    let mut columns = first.iter().zip(second.iter());
    let column = columns.find(|(heading, cell)| is_word(heading) && is_number(cell));
    column.map_or(Ok(()), |(heading, _)| Err(no_question(heading)))
}

/// The same of two lines of text, by any delimiter. A delimiter before a blank is punctuation:
/// `walker, wheeled`.
pub(super) fn refuse_header_line(first: &str, second: &str) -> Result<()> {
    let cells = |line: &str, delimiter| {
        let mut cells = Cells::default();
        cells.add_line(line, delimiter, false);
        cells
    };
    let is_mark = |sign: u8| {
        let mut pairs = [first, second]
            .into_iter()
            .flat_map(|own| own.as_bytes().windows(2));
        pairs.any(|pair| pair == [sign, b' '])
    };
    let mut delimiters = DELIMITERS.into_iter().filter(|sign| !is_mark(*sign));
    delimiters.try_for_each(|sign| refuse_unknown_header(&cells(first, sign), &cells(second, sign)))
}

fn no_question(heading: &str) -> Error {
    let reason = format!(
        "have a header, `{}`, that no question has; call the column of the questions `query` and \
         leave out what is none of a question",
        heading.trim()
    );
    Error::source(Path::new(INPUT), reason)
}

/// Whether a row is a header: it names the question, or has only parameters.
pub(super) fn is_header(cells: &Cells) -> bool {
    let named = || cells.iter().filter(|cell| !cell.trim().is_empty());
    let names_the_question =
        named().any(|name| QueryRequest::parameter(name).is_ok_and(|own| own == "query"));
    let are_known = named().all(|name| QueryRequest::parameter(name).is_ok());
    match named().count() {
        0 => false,
        1 => names_the_question && are_known,
        _ => names_the_question || are_known,
    }
}

/// The names of the columns; an unknown one is an error.
pub(super) fn names(header: &Cells) -> Result<Arc<[String]>> {
    let wrong = |error: Error| Error::source(Path::new(INPUT), error.to_string());
    for name in header.iter().filter(|name| !name.trim().is_empty()) {
        QueryRequest::parameter(name).map_err(wrong)?;
    }
    Ok(header.iter().map(str::to_owned).collect())
}
