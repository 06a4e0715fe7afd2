//! Many questions at once: lines in, a JSON object for each line out, in the same order.

use std::io::{self, BufRead, Write};
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use crate::codeset::Date;
use crate::error::{Error, Result};

use super::piece::{Bounds, Id, Piece};
use super::question_reader::QuestionReader;
use super::shared_id::NumbersInUse;
use crate::search::answer::answer::Answer;
use crate::search::question::query::Query;
use crate::search::searcher::Searcher;

/// How many consecutive lines one core answers.
const LINES_A_PIECE: usize = 4;
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
    /// A number that two answers have as id: one question gives it, the other gives none and gets
    /// the number of its line.
    pub shared_id: Option<u64>,
    /// How many cells each of several lines has, if all have as many, as the rows of a table have:
    /// no header names the questions, so each line is one question.
    pub row_cells: Option<usize>,
}

impl BatchSummary {
    /// What to say of the whole: that nothing was asked, that two answers share an id, or that a
    /// table is asked row by row.
    #[must_use]
    pub fn notice(&self) -> Option<String> {
        if self.lines == 0 {
            return Some("no questions".to_owned());
        }
        let shared = self.shared_id.map(|id| {
            format!(
                "two answers have the id {id}: a question gives it, and the one on line {id} gives \
                 none and gets the number of its line"
            )
        });
        let of_rows = self.row_cells.map(|cells| {
            format!(
                "each line has {cells} cells and is one question, its cells together; if it is a \
                 table, call the column of the questions `query`"
            )
        });
        let said: Vec<String> = shared.into_iter().chain(of_rows).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
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
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// use hcpcs::search::BatchOptions;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let lines = "hemin\n{\"id\":\"b\",\"query\":\"cpap\",\"limit\":3}\n";
    /// let mut out = Vec::new();
    /// let summary = searcher.batch(lines.as_bytes(), &mut out, &BatchOptions::default())?;
    /// assert_eq!((summary.lines, summary.bad), (2, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
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
        let mut ids = NumbersInUse::default();
        loop {
            let taken = take(&mut reader, &mut pieces)?;
            if taken == 0 {
                summary.row_cells = reader.row_cells();
                return Ok(summary);
            }
            summary.lines += taken;
            self.answer(&mut pieces, &mut output, options.most_hits)
                .map_err(|cause| Error::io(Path::new("the answers"), "cannot write", cause))?;
            for piece in &pieces {
                summary.bad += piece.bad;
                for id in &piece.ids {
                    let (id, is_shared) = match *id {
                        Id::Given(id) => (id, ids.give(id)),
                        Id::OfLine(line) => (line, ids.take_line(line)),
                    };
                    if is_shared {
                        summary.shared_id.get_or_insert(id);
                    }
                }
            }
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
