//! `Piece`: consecutive lines of a batch and their answers, processed by one core.

use std::io;

use serde::Serialize;
use serde_json::Value;

use crate::codeset::Date;
use crate::error::{Error, Result};
use crate::search::answer::answer::Answer;
use crate::search::question::query::Query;
use crate::search::searcher::Searcher;

use super::question::Question;

/// A piece whose answers exceed this many bytes waits until they are written.
const GATHERED: usize = 1 << 19;

/// The output for a line that could not be answered.
#[derive(Debug, Serialize)]
struct BadLine<'l> {
    id: &'l Value,
    line: u64,
    error: &'l str,
}

/// What all lines that are answered together have in common.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// The day for lines without a day.
    pub(super) today: Date,
    pub(super) most_hits: usize,
}

impl Bounds {
    fn check(self, query: &Query) -> Result<()> {
        let Self { most_hits, .. } = self;
        match query.limit {
            Some(limit) if limit > most_hits => {
                let limit = match limit {
                    usize::MAX => "all".to_owned(),
                    limit => limit.to_string(),
                };
                Err(Error::query(format!(
                    "`limit` cannot be `{limit}`; give at most {most_hits}"
                )))
            }
            _ => Ok(()),
        }
    }
}

/// Consecutive lines and their answers, processed by one core.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) questions: Vec<Question>,
    /// How many of the lines are answered.
    answered: usize,
    pub(super) bad: u64,
    pub(super) ids: Vec<Id>,
    pub(super) out: Vec<u8>,
}

/// The id of an answer, if it is a number.
#[derive(Clone, Copy)]
pub(super) enum Id {
    /// The question gives it.
    Given(u64),
    /// The question gives none, so that its line's number stands for it.
    OfLine(u64),
}

impl Piece {
    pub(super) fn clear(&mut self) {
        self.questions.clear();
        self.answered = 0;
        self.bad = 0;
        self.ids.clear();
    }

    pub(super) fn is_done(&self) -> bool {
        self.answered == self.questions.len()
    }

    /// Answers line after line, until all are answered or the output is large.
    pub(super) fn go_on(&mut self, searcher: &Searcher, bounds: Bounds) {
        while self.answered < self.questions.len() && self.out.len() < GATHERED {
            let question = &self.questions[self.answered];
            let start = self.out.len();
            let ids = &mut self.ids;
            if let Err((id, error)) = answer(searcher, question, bounds, ids, &mut self.out) {
                self.out.truncate(start);
                self.bad += 1;
                let bad = BadLine {
                    id: &id,
                    line: question.number,
                    error: &error,
                };
                // Writing to memory does not fail, and these values are serializable.
                let _ = serde_json::to_writer(&mut self.out, &bad);
            }
            self.out.push(b'\n');
            self.answered += 1;
        }
    }
}

/// Writes the answer of a line, or returns the line's id and the reason.
fn answer(
    searcher: &Searcher,
    question: &Question,
    bounds: Bounds,
    ids: &mut Vec<Id>,
    out: &mut Vec<u8>,
) -> Result<(), (Value, String)> {
    let number = || Value::from(question.number);
    let request = question.request();
    let (id, request) = match request {
        Ok(mut request) => (request.id.take(), Ok(request)),
        Err((id, why)) => (id, Err(why)),
    };
    match &id {
        None => ids.push(Id::OfLine(question.number)),
        Some(id) => ids.extend(id.as_u64().map(Id::Given)),
    }
    let id = id.unwrap_or_else(number);
    let request = match request {
        Ok(request) => request,
        Err(why) => return Err((id, why)),
    };
    let answer = Query::try_from(request).and_then(|mut query| {
        query.as_of.get_or_insert(bounds.today);
        bounds.check(&query)?;
        searcher.search(&query)
    });
    match answer {
        Ok(answer) => write(&id, &answer, out).map_err(|cause| (id, cause.to_string())),
        Err(error) => Err((id, error.to_string())),
    }
}

/// Writes `id` and the answer's fields as one object.
///
/// Every answer is written by `sonic_rs`, byte for byte as by `serde_json`, with which writing JSON
/// took a third of the time of a batch.
fn write(id: &Value, answer: &Answer, out: &mut Vec<u8>) -> io::Result<()> {
    out.extend_from_slice(b"{\"id\":");
    serde_json::to_writer(&mut *out, id)?;
    let brace = out.len();
    sonic_rs::to_writer(&mut *out, answer).map_err(io::Error::other)?;
    out[brace] = b',';
    Ok(())
}
