//! `TextStream`: streams the bytes of a text, in UTF-8 or cp1252 and without a byte order mark.

use std::io::{self, BufRead, Cursor, ErrorKind, Read};

use encoding_rs::{CoderResult, Decoder, UTF_8};

use super::encoding::unicode;

/// How many first bytes identify the encoding.
const HEAD: usize = 4;
/// The size in bytes of the pieces in which UTF-16 is converted to UTF-8.
const PIECE: usize = 32 << 10;

/// A text in any encoding, read as lines in UTF-8 or cp1252.
pub(crate) struct TextStream<R> {
    input: R,
    /// Bytes that precede those of the input.
    head: Vec<u8>,
    /// How many bytes of the head are read.
    at: usize,
    /// Converts UTF-16 to UTF-8.
    decoder: Option<Decoder>,
    is_ended: bool,
}

impl<R: BufRead> TextStream<R> {
    /// Takes the first bytes of a text, which [`head`] returns, and the rest of it.
    pub(crate) fn new(mut head: Vec<u8>, input: R) -> Self {
        let mut decoder = None;
        if let Some((encoding, mark)) = unicode(&head) {
            head.drain(..mark);
            if encoding != UTF_8 {
                decoder = Some(encoding.new_decoder_without_bom_handling());
            }
        }
        let mut stream = Self {
            input,
            head: Vec::new(),
            at: 0,
            decoder,
            is_ended: false,
        };
        if stream.decoder.is_some() {
            stream.decode(&head, false);
        } else {
            stream.head = head;
        }
        stream
    }

    /// Converts a piece of UTF-16 to the next bytes.
    fn decode(&mut self, mut piece: &[u8], is_last: bool) {
        self.drop_read();
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        let mut text = String::with_capacity(2 * piece.len() + HEAD);
        loop {
            let (result, read, _) = decoder.decode_to_string(piece, &mut text, is_last);
            piece = &piece[read..];
            match result {
                CoderResult::InputEmpty => break,
                CoderResult::OutputFull => text.reserve(piece.len() + HEAD),
            }
        }
        self.head.extend_from_slice(text.as_bytes());
    }

    /// Drops the bytes that were consumed.
    fn drop_read(&mut self) {
        self.head.drain(..self.at);
        self.at = 0;
    }

    /// The first bytes of the text, without taking them: up to the end of the first line that is
    /// not blank, or at least `most` if it is longer. It does not block past that line.
    pub(crate) fn first_line(&mut self, most: usize) -> io::Result<&[u8]> {
        self.drop_read();
        let has_line = |text: &[u8]| {
            let line = text.trim_ascii_start();
            memchr::memchr2(b'\n', b'\r', line).is_some()
        };
        while self.head.len() < most && !has_line(&self.head) && !self.is_ended {
            if self.decoder.is_some() {
                self.decode_next()?;
                continue;
            }
            let part = match self.input.fill_buf() {
                Ok(part) => part,
                Err(cause) if cause.kind() == ErrorKind::Interrupted => continue,
                Err(cause) => return Err(cause),
            };
            let length = part.len();
            self.is_ended = length == 0;
            self.head.extend_from_slice(part);
            self.input.consume(length);
        }
        Ok(&self.head)
    }

    /// Reads and converts the next piece of UTF-16.
    fn decode_next(&mut self) -> io::Result<()> {
        let part = self.input.fill_buf()?;
        self.is_ended = part.is_empty();
        let part = part[..part.len().min(PIECE)].to_vec();
        self.input.consume(part.len());
        self.decode(&part, self.is_ended);
        Ok(())
    }
}

/// The first bytes of an input, as many as identify its encoding, or fewer if it is shorter. It
/// does not block past the end of a line.
pub(crate) fn head(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let is_line = |head: &[u8]| head.ends_with(b"\n") && matches!(head[0], 1..=0x7F);
    while head.len() < HEAD && !is_line(&head) {
        let part = match input.fill_buf() {
            Ok([]) => break,
            Ok(part) => part,
            Err(cause) if cause.kind() == ErrorKind::Interrupted => continue,
            Err(cause) => return Err(cause),
        };
        let taken = part.len().min(HEAD - head.len());
        head.extend_from_slice(&part[..taken]);
        input.consume(taken);
    }
    Ok(head)
}

impl<R: BufRead> BufRead for TextStream<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.head.len() {
            if self.decoder.is_none() {
                return self.input.fill_buf();
            }
            if self.is_ended {
                break;
            }
            self.decode_next()?;
        }
        Ok(&self.head[self.at..])
    }

    fn consume(&mut self, length: usize) {
        if self.at < self.head.len() {
            self.at += length;
        } else if self.decoder.is_none() {
            self.input.consume(length);
        }
    }
}

impl<R: BufRead> Read for TextStream<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(out)?;
        self.consume(length);
        Ok(length)
    }
}

/// The source of a text.
pub(crate) enum Source<R> {
    Stream(R),
    /// A member of a zip.
    Member(Cursor<Vec<u8>>),
}

impl<R: BufRead> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Self::Stream(input) => input.fill_buf(),
            Self::Member(bytes) => bytes.fill_buf(),
        }
    }

    fn consume(&mut self, length: usize) {
        match self {
            Self::Stream(input) => input.consume(length),
            Self::Member(bytes) => bytes.consume(length),
        }
    }
}

impl<R: BufRead> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Stream(input) => input.read(out),
            Self::Member(bytes) => bytes.read(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn read(bytes: &[u8], buffer: usize) -> Vec<u8> {
        let mut input = BufReader::with_capacity(buffer, bytes);
        let head = head(&mut input).unwrap();
        let mut text = Vec::new();
        TextStream::new(head, input).read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn the_first_line_is_seen_and_still_read() {
        let text = "\r\n \nISA*00~\nGS*é~\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes(), &[b"\xFF\xFE", &*utf16].concat()] {
            for buffer in [1, 3, 7, 1000] {
                let mut input = BufReader::with_capacity(buffer, bytes);
                let head = head(&mut input).unwrap();
                let mut stream = TextStream::new(head, input);
                let first = stream.first_line(1000).unwrap();
                assert!(first.trim_ascii_start().starts_with(b"ISA*00~\n"));
                let mut all = String::new();
                stream.read_to_string(&mut all).unwrap();
                assert_eq!(all, text, "{buffer}");
            }
        }
    }

    #[test]
    fn every_encoding_with_any_buffer() {
        let text = "code,note\r\nJ1640,é’🙂\r\n".repeat(9);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for buffer in [1, 2, 3, 5, 1000] {
            for bytes in [
                text.clone().into_bytes(),
                [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
                [b"\xFF\xFE", &*utf16].concat(),
                utf16.clone(),
                [b"\xFE\xFF", &*big].concat(),
            ] {
                assert_eq!(read(&bytes, buffer), text.as_bytes());
            }
            assert_eq!(read(b"caf\xE9\n", buffer), b"caf\xE9\n");
            assert!(read(b"", buffer).is_empty());
            assert!(read(b"\xEF\xBB\xBF", buffer).is_empty());
            assert_eq!(read(b"a", buffer), b"a");
        }
    }
}
