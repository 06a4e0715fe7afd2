//! `Question`: a line of a batch, as read.

use std::sync::Arc;

use serde_json::Value;

use crate::error::{Result, excerpt};
use crate::search::question::request::QueryRequest;
use crate::table::cells::Cells;
use crate::table::long_numbers::long_numbers_as_texts;

/// A question of a batch, as read.
#[derive(Debug)]
pub struct Question {
    /// The line of the file, or the row of the workbook, on which it begins; the first is 1.
    pub number: u64,
    pub(super) said: Said,
}

#[derive(Debug)]
pub(super) enum Said {
    Text(String),
    Row(Arc<[String]>, Cells),
    /// Why the line cannot be read.
    Fault(String),
}

impl Question {
    /// The request.
    ///
    /// # Errors
    ///
    /// The question's id, if it has one, and why it cannot be asked.
    pub fn request(&self) -> Result<QueryRequest, (Option<Value>, String)> {
        match &self.said {
            Said::Fault(reason) => Err((None, reason.clone())),
            Said::Text(text) if text.trim_start().starts_with('{') => {
                QueryRequest::from_json(text).map_err(|error| (id(text), error.to_string()))
            }
            Said::Text(text) if is_array(text) => {
                let reason = "the line is a JSON array; write the question as text or as an object";
                Err((None, reason.to_owned()))
            }
            Said::Text(text) => Ok(QueryRequest {
                query: text.clone(),
                ..QueryRequest::default()
            }),
            Said::Row(names, cells) => of_row(names, cells),
        }
    }
}

/// A question from the cells of a row; empty cells are ignored.
fn of_row(names: &[String], cells: &Cells) -> Result<QueryRequest, (Option<Value>, String)> {
    let pairs = names.iter().map(String::as_str).zip(cells.iter());
    let said: Vec<(&str, &str)> = pairs
        .filter(|(_, value)| !value.trim().is_empty())
        .collect();
    let mut ids = said
        .iter()
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("id"));
    let id = ids.next().map(|(_, id)| Value::from(*id));
    let beyond = cells.iter().skip(names.len());
    if let Some(cell) = beyond.into_iter().find(|cell| !cell.trim().is_empty()) {
        let reason = format!(
            "the row has {} cells, the header {}, `{}` among them; put in quotes what has a comma in it",
            cells.len(),
            names.len(),
            excerpt(cell)
        );
        return Err((id, reason));
    }
    QueryRequest::from_pairs(said).map_err(|error| (id, error.to_string()))
}

fn is_array(text: &str) -> bool {
    text.trim_start().starts_with('[')
        && serde_json::from_str(text).is_ok_and(|own: Value| own.is_array())
}

/// The id of a JSON request that has an error elsewhere.
fn id(text: &str) -> Option<Value> {
    let mut value: Value = serde_json::from_str(&long_numbers_as_texts(text)).ok()?;
    let id = value.get_mut("id")?.take();
    (!id.is_null()).then_some(id)
}
