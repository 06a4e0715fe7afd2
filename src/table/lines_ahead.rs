//! `LinesAhead`: lines that are read before it is known what they belong to.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{self, BufRead};

use super::line_reader::{Line, LineReader};

/// Buffered lines move to the front of their buffer once this many consumed bytes precede them.
const READ_BEFORE: usize = 1 << 20;

/// The next lines of a text, read as far as they are asked for.
pub(super) struct LinesAhead<R> {
    lines: LineReader<R>,
    text: Vec<u8>,
    /// Lines read and not yet taken; their bytes lie in the text.
    ahead: VecDeque<Line>,
}

impl<R: BufRead> LinesAhead<R> {
    /// The lines up to a length, in bytes.
    pub(super) fn new(input: R, longest_line: usize) -> Self {
        Self {
            lines: LineReader::new(input, longest_line),
            text: Vec::new(),
            ahead: VecDeque::new(),
        }
    }

    /// Whether the line that many lines from here can be read without blocking.
    pub(super) fn has(&mut self, lines: usize) -> bool {
        self.ahead.len() > lines || self.lines.is_ready()
    }

    /// The line that many lines from here; `None` behind the end of the text.
    pub(super) fn get(&mut self, at: usize) -> io::Result<Option<Line>> {
        while self.ahead.len() <= at {
            match self.lines.next(&mut self.text)? {
                Some(line) => self.ahead.push_back(line),
                None => return Ok(None),
            }
        }
        Ok(self.ahead.get(at).cloned())
    }

    /// The text of a line that is not yet taken, or why it cannot be read.
    pub(super) fn text(&self, line: &Line) -> Result<Cow<'_, str>, String> {
        line.text(&self.text)
    }

    /// Takes lines.
    pub(super) fn take(&mut self, lines: usize) {
        self.ahead.drain(..lines.min(self.ahead.len()));
        match self.ahead.front() {
            None => self.text.clear(),
            Some(line) if line.bytes.start > READ_BEFORE => {
                let start = line.bytes.start;
                self.text.drain(..start);
                for line in &mut self.ahead {
                    line.bytes = line.bytes.start - start..line.bytes.end - start;
                }
            }
            Some(_) => {}
        }
    }
}
