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
    match other.or(second) {
        None => Ok(()),
        Some(heading) => Err(Error::source(
            Path::new(INPUT),
            format!(
                "have a header, `{}`, that no question has; call the column of the questions \
                 `query` and leave out what is none of a question",
                heading.trim()
            ),
        )),
    }
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
