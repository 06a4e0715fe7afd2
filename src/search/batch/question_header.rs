//! Recognises the header of a table of questions.

use std::path::Path;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::search::question::request::QueryRequest;
use crate::table::cells::{Cells, DELIMITERS};

/// The name of the input in errors.
pub(super) const INPUT: &str = "the questions";

/// What tables call the column of the questions, but for `query`.
const OTHER_HEADINGS: [&str; 14] = [
    "description",
    "charge description",
    "charge_description",
    "item description",
    "item_description",
    "search term",
    "search terms",
    "search_term",
    "question",
    "questions",
    "drug name",
    "drug_name",
    "item name",
    "procedure description",
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
    let is_heading = |cell: &&str| {
        let mut headings = OTHER_HEADINGS.iter();
        headings.any(|own| own.eq_ignore_ascii_case(cell.trim()))
    };
    match cells.iter().find(is_heading) {
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
