//! Lines of a stream, as they come: nothing is waited for that is not needed, and a line that is
//! too long is passed over without being kept.

use std::io::{self, BufRead, ErrorKind};
use std::ops::Range;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A line, whose bytes lie in a text beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number, beginning with 1.
    pub(crate) number: u64,
    bytes: Range<usize>,
    /// The longest line that is read, where this one is longer.
    longer_than: Option<usize>,
}

impl Line {
    /// The line's text, or why there is none.
    pub(crate) fn text<'t>(&self, text: &'t [u8]) -> Result<&'t str, String> {
        if let Some(longest) = self.longer_than {
            return Err(format!(
                "the line is longer than {longest} bytes; write one question a line"
            ));
        }
        let bytes = text.get(self.bytes.clone()).unwrap_or_default();
        let text = std::str::from_utf8(bytes);
        text.map_err(|_| "the line is not UTF-8; write the file in UTF-8".to_owned())
    }
}

/// Reads lines one by one.
pub(crate) struct LineReader<R> {
    input: R,
    /// Bytes of the input's buffer, as far as it is known to be filled.
    ready: usize,
    number: u64,
    longest: usize,
}

impl<R: BufRead> LineReader<R> {
    pub(crate) fn new(input: R, longest: usize) -> Self {
        Self {
            input,
            ready: 0,
            number: 0,
            longest,
        }
    }

    /// Whether a whole line is there without waiting for it.
    pub(crate) fn is_ready(&mut self) -> bool {
        // A buffer that is not empty is given as it is.
        self.ready > 0
            && self
                .input
                .fill_buf()
                .is_ok_and(|part| part.contains(&b'\n'))
    }

    /// Reads the next line, without its end, behind a text; `None` at the end of the stream.
    pub(crate) fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Line>> {
        let start = text.len();
        let mut length = 0;
        let mut is_ended = false;
        while !is_ended {
            let part = match self.input.fill_buf() {
                Ok([]) if length == 0 => return Ok(None),
                Ok([]) => break,
                Ok(part) => part,
                Err(cause) if cause.kind() == ErrorKind::Interrupted => continue,
                Err(cause) => return Err(cause),
            };
            let end = part.iter().position(|byte| *byte == b'\n');
            is_ended = end.is_some();
            let taken = end.map_or(part.len(), |end| end + 1);
            let kept = taken.min(self.longest.saturating_add(2).saturating_sub(length));
            text.extend_from_slice(&part[..kept]);
            length = length.saturating_add(taken);
            self.ready = part.len() - taken;
            self.input.consume(taken);
        }
        self.number += 1;
        Ok(Some(self.line(start, text)))
    }

    /// The line that begins at a place of the text, without its end and without the mark that
    /// some programs put before the first one.
    fn line(&self, start: usize, text: &mut Vec<u8>) -> Line {
        for end in [b'\n', b'\r'] {
            if text.len() > start && text.last() == Some(&end) {
                text.pop();
            }
        }
        let is_marked = self.number == 1 && text[start..].starts_with(BYTE_ORDER_MARK);
        let is_long = text.len() - start > self.longest;
        if is_long {
            text.truncate(start);
        }
        let mark = if is_marked { BYTE_ORDER_MARK.len() } else { 0 };
        Line {
            number: self.number,
            bytes: (start + mark).min(text.len())..text.len(),
            longer_than: is_long.then_some(self.longest),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn lines(input: &[u8], buffer: usize) -> Vec<(u64, Result<String, String>)> {
        let mut reader = LineReader::new(BufReader::with_capacity(buffer, input), 8);
        let (mut text, mut found) = (Vec::new(), Vec::new());
        while let Some(line) = reader.next(&mut text).unwrap() {
            found.push((line.number, line.text(&text).map(str::to_owned)));
        }
        found
    }

    #[test]
    fn lines_are_the_same_with_any_buffer() {
        for buffer in [1, 2, 3, 7, 100] {
            let found = lines(
                b"\xEF\xBB\xBFhemin\r\n\ncpap\n12345678\n123456789\nin\xFF\nlast",
                buffer,
            );
            let good = |at: usize| found[at].1.as_deref().unwrap_or_default();
            assert_eq!(found.len(), 7);
            assert_eq!((good(0), good(1), good(2)), ("hemin", "", "cpap"));
            assert_eq!((good(3), good(6)), ("12345678", "last"));
            assert!(found[4].1.as_ref().is_err_and(|why| why.contains("longer")));
            assert!(found[5].1.as_ref().is_err_and(|why| why.contains("UTF-8")));
            assert_eq!(found[6].0, 7);
        }
        assert!(lines(b"", 4).is_empty());
    }

    #[test]
    fn what_is_not_there_is_not_waited_for() {
        let mut reader = LineReader::new(BufReader::with_capacity(8, &b"one\ntwothree\n"[..]), 9);
        let mut text = Vec::new();
        reader.next(&mut text).unwrap();
        assert!(!reader.is_ready()); // only a part of the next line is there
        reader.next(&mut text).unwrap();
        assert!(!reader.is_ready());
        let mut reader = LineReader::new(&b"one\ntwo\n"[..], 9);
        reader.next(&mut text).unwrap();
        assert!(reader.is_ready());
    }

    #[test]
    fn a_long_line_is_not_kept() {
        let long = [vec![b'x'; 1 << 20], b"\nnext".to_vec()].concat();
        let mut reader = LineReader::new(BufReader::new(&long[..]), 8);
        let mut text = Vec::new();
        reader.next(&mut text).unwrap();
        assert!(text.capacity() < 1 << 10);
        let next = reader.next(&mut text).unwrap().unwrap();
        assert_eq!(next.text(&text), Ok("next"));
    }
}
