//! Streams lines: blocks only for a line that is needed, and skips a line that is too long without
//! keeping it.

use std::borrow::Cow;
use std::io::{self, BufRead, ErrorKind};
use std::ops::Range;

use super::encoding::utf8_or_cp1252;

/// A line, whose bytes lie in a separate text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number, beginning with 1.
    pub(crate) number: u64,
    pub(crate) bytes: Range<usize>,
    /// The length limit, if this line exceeds it.
    longer_than: Option<usize>,
}

impl Line {
    /// The line's text, or why it cannot be read.
    pub(crate) fn text<'t>(&self, text: &'t [u8]) -> Result<Cow<'t, str>, String> {
        if let Some(longest) = self.longer_than {
            return Err(format!(
                "the line is longer than {longest} bytes; write one entry a line"
            ));
        }
        Ok(utf8_or_cp1252(
            text.get(self.bytes.clone()).unwrap_or_default(),
        ))
    }
}

/// Reads lines one by one, ended by LF, CRLF or CR.
pub(crate) struct LineReader<R> {
    input: R,
    /// How many bytes of the input's buffer are known to be filled.
    ready: usize,
    number: u64,
    longest: usize,
    /// Whether the last line ended in CR, so that an LF that follows belongs to it.
    is_after_cr: bool,
}

impl<R: BufRead> LineReader<R> {
    pub(crate) fn new(input: R, longest: usize) -> Self {
        Self {
            input,
            ready: 0,
            number: 0,
            longest,
            is_after_cr: false,
        }
    }

    /// Whether a whole line can be read without blocking.
    pub(crate) fn is_ready(&mut self) -> bool {
        // A buffer that is not empty is returned without blocking.
        if self.ready == 0 {
            return false;
        }
        let is_after_cr = self.is_after_cr;
        self.input.fill_buf().is_ok_and(|part| {
            let rest = part.strip_prefix(b"\n").filter(|_| is_after_cr);
            memchr::memchr2(b'\n', b'\r', rest.unwrap_or(part)).is_some()
        })
    }

    /// Appends the next line, without its end, to a text; `None` at the end of the stream.
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
            if std::mem::take(&mut self.is_after_cr) && part[0] == b'\n' {
                self.ready = part.len() - 1;
                self.input.consume(1);
                continue;
            }
            let end = memchr::memchr2(b'\n', b'\r', part);
            is_ended = end.is_some();
            self.is_after_cr = end.is_some_and(|end| part[end] == b'\r');
            let own = end.unwrap_or(part.len());
            let kept = own.min((self.longest + 1).saturating_sub(length));
            text.extend_from_slice(&part[..kept]);
            length = length.saturating_add(own.max(1));
            let taken = own + usize::from(is_ended);
            self.ready = part.len() - taken;
            self.input.consume(taken);
        }
        if !is_ended && length <= self.longest {
            // Old programs end a text with Ctrl-Z, or fill its last block with zeros.
            let own = &text[start..];
            let is_padding = |byte: &u8| matches!(byte, 0 | 0x1A);
            let kept = own.iter().rposition(|byte| !is_padding(byte));
            text.truncate(start + kept.map_or(0, |last| last + 1));
            if kept.is_none() {
                return Ok(None);
            }
        }
        self.number += 1;
        let is_long = text.len() - start > self.longest;
        if is_long {
            text.truncate(start);
        }
        Ok(Some(Line {
            number: self.number,
            bytes: start..text.len(),
            longer_than: is_long.then_some(self.longest),
        }))
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
            found.push((line.number, line.text(&text).map(Cow::into_owned)));
        }
        found
    }

    #[test]
    fn lines_are_the_same_with_any_buffer() {
        for buffer in [1, 2, 3, 7, 100] {
            let found = lines(
                b"hemin\r\n\ncpap\n12345678\n123456789\rin\x92\nlast",
                buffer,
            );
            let good = |at: usize| found[at].1.as_deref().unwrap_or_default();
            assert_eq!(found.len(), 7);
            assert_eq!((good(0), good(1), good(2)), ("hemin", "", "cpap"));
            assert_eq!((good(3), good(5), good(6)), ("12345678", "in’", "last"));
            assert!(found[4].1.as_ref().is_err_and(|why| why.contains("longer")));
            assert_eq!(found[6].0, 7);
            for end in ["\n", "\r", "\r\n"] {
                let text = ["a", "", "b", "", ""].join(end);
                let found = lines(text.as_bytes(), buffer);
                let found: Vec<_> = found.into_iter().map(|line| line.1.unwrap()).collect();
                assert_eq!(found, ["a", "", "b", ""], "{end:?}");
            }
        }
        assert!(lines(b"", 4).is_empty());
        for end in [&b"a\n\x1A"[..], b"a\0\0\0", b"a\x1A", b"a\n\0\0"] {
            let found = lines(end, 4);
            assert_eq!(found, [(1, Ok("a".to_owned()))], "{end:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_waited_for() {
        let mut reader = LineReader::new(BufReader::with_capacity(8, &b"one\ntwothree\n"[..]), 9);
        let mut text = Vec::new();
        reader.next(&mut text).unwrap();
        assert!(!reader.is_ready()); // only a part of the next line is there
        reader.next(&mut text).unwrap();
        assert!(!reader.is_ready());
        let mut reader = LineReader::new(&b"one\r\ntwo\r\n"[..], 9);
        reader.next(&mut text).unwrap();
        assert!(reader.is_ready());
        reader.next(&mut text).unwrap();
        assert!(!reader.is_ready());
    }

    #[test]
    fn a_long_line_is_not_kept() {
        let long = [vec![b'x'; 1 << 20], b"\nnext".to_vec()].concat();
        let mut reader = LineReader::new(BufReader::new(&long[..]), 8);
        let mut text = Vec::new();
        reader.next(&mut text).unwrap();
        assert!(text.capacity() < 1 << 10);
        let next = reader.next(&mut text).unwrap().unwrap();
        assert_eq!(next.text(&text).unwrap(), "next");
    }
}
