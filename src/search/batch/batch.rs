//! Many questions at once: lines in, a JSON object for each line out, in the same order.

use std::io::{self, BufRead, Write};
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::codeset::Date;
use crate::error::{Error, Result};

use super::question::Question;
use super::question_reader::QuestionReader;
use crate::search::answer::answer::Answer;
use crate::search::question::query::Query;
use crate::search::searcher::Searcher;

/// How many consecutive lines one core answers.
const LINES_A_PIECE: usize = 4;
/// A piece whose answers exceed this many bytes waits until they are written.
const GATHERED: usize = 1 << 19;

/// Limits for reading lines of questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchOptions {
    /// How many lines are answered in parallel, on all cores.
    pub lines_at_once: usize,
    /// The longest line, in bytes; a longer one is answered with an error.
    pub longest_line: usize,
    /// The maximum of hits that a line may request.
    pub most_hits: usize,
}

impl Default for BatchOptions {
    fn default() -> Self {
        Self {
            lines_at_once: 512,
            longest_line: 64 * 1024,
            most_hits: usize::MAX,
        }
    }
}

/// The totals of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BatchSummary {
    /// How many lines were read.
    pub lines: u64,
    /// How many of them could not be answered; each of these has an object that says why.
    pub bad: u64,
}

/// The output for a line that could not be answered.
#[derive(Debug, Serialize)]
struct BadLine<'l> {
    id: &'l Value,
    line: u64,
    error: &'l str,
}

impl Searcher {
    /// Answers the questions that [`QuestionReader`] reads, from lines or the rows of a table, with
    /// a JSON object for each, in input order: `id` (the request's, else the line's number), then
    /// the [`Answer`]. A line in error gives `id`, `line` and `error`, and the following lines are
    /// still answered.
    ///
    /// It answers available lines at once, so that a program may wait for an answer before it asks
    /// again. Memory does not grow with the number of lines.
    ///
    /// ```no_run
    /// # use hcpcs::Searcher;
    /// use hcpcs::search::BatchOptions;
    ///
    /// let searcher = Searcher::open("index".as_ref())?;
    /// let lines = "hemin\n{\"id\":\"b\",\"query\":\"cpap\",\"limit\":3}\n";
    /// let mut out = Vec::new();
    /// let summary = searcher.batch(lines.as_bytes(), &mut out, &BatchOptions::default())?;
    /// assert_eq!((summary.lines, summary.bad), (2, 0));
    /// # Ok::<(), hcpcs::Error>(())
    /// ```
    ///
    /// # Errors
    /// The input cannot be read or the output cannot be written.
    pub fn batch(
        &self,
        input: impl BufRead,
        mut output: impl Write,
        options: &BatchOptions,
    ) -> Result<BatchSummary> {
        let mut reader = QuestionReader::new(input, options.longest_line);
        let mut pieces: Vec<Piece> = Vec::new();
        let most = options.lines_at_once.max(1).div_ceil(LINES_A_PIECE);
        pieces.resize_with(most, Piece::default);
        let mut summary = BatchSummary::default();
        loop {
            let taken = take(&mut reader, &mut pieces)?;
            if taken == 0 {
                return Ok(summary);
            }
            summary.lines += taken;
            self.answer(&mut pieces, &mut output, options.most_hits)
                .map_err(|cause| Error::io(Path::new("the answers"), "cannot write", cause))?;
            summary.bad += pieces.iter().map(|piece| piece.bad).sum::<u64>();
        }
    }

    /// Answers several questions on all cores, in order.
    #[must_use]
    pub fn search_all(&self, queries: &[Query]) -> Vec<Result<Answer>> {
        queries.par_iter().map(|query| self.search(query)).collect()
    }

    /// Answers all lines of the pieces and writes the answers in order.
    fn answer(
        &self,
        pieces: &mut [Piece],
        output: &mut impl Write,
        most_hits: usize,
    ) -> io::Result<()> {
        let bounds = Bounds {
            today: Date::today(),
            most_hits,
        };
        let mut written = 0;
        while written < pieces.len() {
            let waiting = &mut pieces[written..];
            waiting
                .par_iter_mut()
                .for_each(|piece| piece.go_on(self, bounds));
            for piece in waiting {
                output.write_all(&piece.out)?;
                piece.out.clear();
                if !piece.is_done() {
                    break;
                }
                written += 1;
            }
        }
        output.flush()
    }
}

/// Fills the pieces with available lines; returns their number, 0 at the end.
fn take(reader: &mut QuestionReader<impl BufRead>, pieces: &mut [Piece]) -> Result<u64> {
    for piece in &mut *pieces {
        piece.clear();
    }
    let mut taken = 0;
    for piece in pieces {
        for _ in 0..LINES_A_PIECE {
            // Blocks only for the first line.
            if taken > 0 && !reader.is_ready() {
                return Ok(taken);
            }
            let Some(question) = reader.next_question()? else {
                return Ok(taken);
            };
            piece.questions.push(question);
            taken += 1;
        }
    }
    Ok(taken)
}

/// What all lines that are answered together have in common.
#[derive(Clone, Copy)]
struct Bounds {
    /// The day for lines without a day.
    today: Date,
    most_hits: usize,
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
struct Piece {
    questions: Vec<Question>,
    /// How many of the lines are answered.
    answered: usize,
    bad: u64,
    out: Vec<u8>,
}

impl Piece {
    fn clear(&mut self) {
        self.questions.clear();
        self.answered = 0;
        self.bad = 0;
    }

    fn is_done(&self) -> bool {
        self.answered == self.questions.len()
    }

    /// Answers line after line, until all are answered or the output is large.
    fn go_on(&mut self, searcher: &Searcher, bounds: Bounds) {
        while self.answered < self.questions.len() && self.out.len() < GATHERED {
            let question = &self.questions[self.answered];
            let start = self.out.len();
            if let Err((id, error)) = answer(searcher, question, bounds, &mut self.out) {
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
    out: &mut Vec<u8>,
) -> Result<(), (Value, String)> {
    let number = || Value::from(question.number);
    let mut request = question
        .request()
        .map_err(|(id, why)| (id.unwrap_or_else(number), why))?;
    let id = request.id.take().unwrap_or_else(number);
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
