//! Streams the segments of an X12 interchange; its header (ISA) defines the separators.

use std::io::{self, BufRead, ErrorKind};

use super::encoding::utf8_or_cp1252;

/// A longer segment, in bytes, is not read.
const LONGEST: usize = 64 << 10;
/// The elements of the interchange header; after the last come the component separator and the
/// segment terminator.
const ELEMENTS_OF_HEAD: usize = 16;
const HEAD: &[u8] = b"ISA";

/// The separators of a segment's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Separators {
    pub(crate) element: char,
    pub(crate) component: char,
}

/// Reads segments one by one.
pub(crate) struct SegmentReader<R> {
    input: R,
    /// Known if the text begins with an interchange header.
    separators: Option<Separators>,
    ends: Vec<u8>,
    line: u64,
    is_after_cr: bool,
}

impl<R: BufRead> SegmentReader<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            separators: None,
            ends: vec![b'~', b'\n', b'\r'],
            line: 1,
            is_after_cr: false,
        }
    }

    /// The separators of the segments' parts, if the header defines them.
    pub(crate) fn separators(&self) -> Option<Separators> {
        self.separators
    }

    /// Reads the next non-blank segment into a text; returns the line on which it begins.
    pub(crate) fn next(&mut self, out: &mut String) -> io::Result<Option<u64>> {
        loop {
            let Some(bytes) = self.until_end()? else {
                return Ok(None);
            };
            let blanks = bytes.len() - bytes.trim_ascii_start().len();
            self.pass(&bytes[..blanks]);
            let line = self.line;
            self.pass(&bytes[blanks..]);
            let text = utf8_or_cp1252(bytes.strip_suffix(&self.ends[..1]).unwrap_or(&bytes));
            let text = text.trim_matches(|own: char| own.is_whitespace() || own == '~');
            if !text.is_empty() {
                out.clear();
                out.push_str(text);
                return Ok(Some(line));
            }
        }
    }

    /// The bytes up to and including the end of a segment; `None` at the end of the text.
    fn until_end(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let (mut elements, mut last_element) = (0, 0);
        loop {
            let part = match self.input.fill_buf() {
                Ok(part) => part,
                Err(cause) if cause.kind() == ErrorKind::Interrupted => continue,
                Err(cause) => return Err(cause),
            };
            let Some(&byte) = part.first() else {
                return Ok(Some(bytes).filter(|bytes| !bytes.is_empty()));
            };
            let is_head = self.separators.is_none()
                && bytes.len() >= HEAD.len()
                && bytes.trim_ascii_start().starts_with(HEAD);
            if is_head {
                bytes.push(byte);
                self.input.consume(1);
                let head = bytes.trim_ascii_start();
                let sign = head[HEAD.len()];
                if elements < ELEMENTS_OF_HEAD {
                    elements += usize::from(byte == sign);
                    last_element = head.len();
                } else if head.len() == last_element + 2 {
                    self.separators = Some(Separators {
                        element: char::from(sign),
                        component: char::from(head[head.len() - 2]),
                    });
                    self.ends = vec![byte];
                    return Ok(Some(bytes));
                }
            } else {
                // The header is read byte by byte, as its terminator is not known before.
                let most = if self.separators.is_none() && bytes.len() < HEAD.len() {
                    1
                } else {
                    part.len()
                };
                let part = &part[..most];
                let end = part.iter().position(|byte| self.ends.contains(byte));
                let taken = end.map_or(part.len(), |end| end + 1);
                bytes.extend_from_slice(&part[..taken]);
                self.input.consume(taken);
                if end.is_some() {
                    return Ok(Some(bytes));
                }
            }
            if bytes.len() > LONGEST {
                let reason = "a segment of X12 does not end; give the interchange as it is";
                return Err(io::Error::new(ErrorKind::InvalidData, reason));
            }
        }
    }

    /// Skips the line ends in some bytes.
    fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let is_end = byte == b'\r' || (byte == b'\n' && !self.is_after_cr);
            self.line += u64::from(is_end);
            self.is_after_cr = byte == b'\r';
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    const ISA: &str = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260115*1200*^*00501*000000001*0*P*>";

    fn segments(text: &str, buffer: usize) -> (Vec<(u64, String)>, Option<Separators>) {
        let mut reader = SegmentReader::new(BufReader::with_capacity(buffer, text.as_bytes()));
        let (mut segment, mut found) = (String::new(), Vec::new());
        while let Some(line) = reader.next(&mut segment).unwrap() {
            found.push((line, segment.clone()));
        }
        (found, reader.separators())
    }

    #[test]
    fn the_header_defines_the_separators() {
        for (end, lines) in [
            ("~", [1, 1, 1]),
            ("~\n", [1, 2, 3]),
            ("~\r\n", [1, 2, 3]),
            ("\n", [1, 2, 3]),
            ("!", [1, 1, 1]),
        ] {
            let text = [ISA, "LX*1", "SV1*HC>J1640*1", ""].join(end);
            for buffer in [1, 7, 1000] {
                let (found, separators) = segments(&text, buffer);
                let separators = separators.unwrap();
                assert_eq!((separators.element, separators.component), ('*', '>'));
                assert_eq!(
                    found[1..],
                    [
                        (lines[1], "LX*1".to_owned()),
                        (lines[2], "SV1*HC>J1640*1".to_owned())
                    ]
                );
                assert!(found[0].1.starts_with("ISA*00"), "{found:?}");
            }
        }
        let other = ISA.replace('*', "|").replace("|>", "|:");
        let (_, separators) = segments(&(other + "\u{1C}LX|1\u{1C}"), 100);
        assert_eq!(separators.unwrap().element, '|');
    }

    #[test]
    fn single_segments_end_at_a_tilde_or_a_line() {
        let (found, separators) = segments("LX*1~SV1*HC:J1640*1~\r\n\r\nDTP*472*D8*20260115", 5);
        let expected = [
            (1, "LX*1"),
            (1, "SV1*HC:J1640*1"),
            (3, "DTP*472*D8*20260115"),
        ];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
        assert_eq!(separators, None);
    }
}
