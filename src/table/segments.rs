//! Streams the segments of an X12 interchange; its header (ISA) defines the separators.

use std::io::{self, BufRead, ErrorKind};

use super::encoding::utf8_or_cp1252;

/// A longer segment, in bytes, is not read.
const LONGEST: usize = 64 << 10;
/// The elements of the interchange header; after the last come the component separator and the
/// segment terminator.
const ELEMENTS_OF_HEAD: usize = 16;
const HEAD: &[u8] = b"ISA";
/// The byte order mark, which joined files have before each of them.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A segment without the blanks and the mark before it.
fn own_bytes(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.trim_ascii_start();
    bytes
        .strip_prefix(MARK)
        .map_or(bytes, <[u8]>::trim_ascii_start)
}

/// The separators of a segment's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Separators {
    pub(crate) element: char,
    pub(crate) component: char,
}

/// Reads segments one by one.
pub(crate) struct SegmentReader<R> {
    input: R,
    /// Those of the last interchange header, if there was one.
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
            let Some(mut bytes) = self.until_end()? else {
                return Ok(None);
            };
            let blanks = bytes.len() - bytes.trim_ascii_start().len();
            self.pass(&bytes[..blanks]);
            let line = self.line;
            self.pass(&bytes[blanks..]);
            // A line end within a segment is of a transmission that was cut into lines of 80.
            if !self.ends.contains(&b'\n') {
                bytes.retain(|byte| !matches!(byte, b'\r' | b'\n'));
            }
            let text = utf8_or_cp1252(bytes.strip_suffix(&self.ends[..1]).unwrap_or(&bytes));
            let is_gap = |own: char| {
                own.is_whitespace() || matches!(own, '~' | '\u{FEFF}' | '\u{1A}' | '\0')
            };
            let text = text.trim_matches(is_gap);
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
            let head = own_bytes(&bytes);
            // A file may hold several interchanges, each with separators of its own.
            let is_head = head.starts_with(HEAD)
                && !head
                    .get(HEAD.len())
                    .unwrap_or(&byte)
                    .is_ascii_alphanumeric();
            if is_head {
                bytes.push(byte);
                self.input.consume(1);
                let head = own_bytes(&bytes);
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
                // What may be a header is read byte by byte, as its terminator is not known before.
                let may_be_head = HEAD.starts_with(head) || MARK.starts_with(head);
                let most = if may_be_head { 1 } else { part.len() };
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
    fn every_header_defines_the_separators_of_its_interchange() {
        let other = ISA.replace('*', "|").replace("|>", "|:");
        let one = [ISA, "LX*1", "IEA*1~"].join("~");
        for (gap, end) in [
            ("", "!"),
            ("\r\n", "!"),
            ("\n\u{FEFF}", "!"),
            ("\n\n", "\n"),
        ] {
            let two = [&other, "LX|2", "ISABEL|1", "IEA|1", ""].join(end);
            for buffer in [1, 7, 1000] {
                let (found, separators) = segments(&[&*one, gap, &two, &one].concat(), buffer);
                let found: Vec<&str> = found.iter().map(|(_, text)| &**text).collect();
                assert_eq!(separators.unwrap().element, '*');
                assert_eq!(found.len(), 10, "{found:?}");
                assert!(found[3].starts_with("ISA|00"), "{found:?}");
                assert_eq!(found[4..7], ["LX|2", "ISABEL|1", "IEA|1"]);
            }
        }
    }

    #[test]
    fn a_line_end_within_a_segment_is_no_part_of_it() {
        let whole = [ISA, "LX*1", "SV1*HC:J1640*1", "DTP*472*D8*20260115", ""].join("~");
        for width in [30, 72, 80, 109] {
            let lines: Vec<&[u8]> = whole.as_bytes().chunks(width).collect();
            for end in ["\n", "\r\n"] {
                let cut = String::from_utf8(lines.join(end.as_bytes())).unwrap();
                let only = |(found, _): (Vec<(u64, String)>, _)| -> Vec<String> {
                    found.into_iter().map(|(_, text)| text).skip(1).collect()
                };
                let (cut, whole) = (segments(&cut, 7), segments(&whole, 7));
                assert_eq!(cut.1, whole.1, "{width}");
                assert_eq!(only(cut), only(whole), "{width}");
            }
        }
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
