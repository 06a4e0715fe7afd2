//! `CodeSpan`: a code, a pattern or a range of codes.

use std::str::FromStr;

use super::code::{Code, Kind, ParseCodeError};

/// A run of codes, both ends included: one code, a range `J1600-J1699` or a pattern `J16*`.
///
/// ```
/// use hcpcs::CodeSpan;
///
/// let span: CodeSpan = "J16*".parse()?;
/// assert!(span.contains("J1640".parse()?));
/// assert!(!span.contains("J1700".parse()?));
/// assert_eq!("j1600-j1699".parse::<CodeSpan>()?, span);
/// # Ok::<(), hcpcs::ParseCodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeSpan {
    first: [u8; 5],
    last: [u8; 5],
}

impl CodeSpan {
    /// Whether the code lies in the span.
    #[must_use]
    pub fn contains(&self, code: Code) -> bool {
        code.kind() == self.kind() && (self.first..=self.last).contains(&code.bytes())
    }

    /// Whether it spans procedure codes or modifiers; never both.
    #[must_use]
    pub fn kind(&self) -> Kind {
        if self.first[2] == b' ' {
            Kind::Modifier
        } else {
            Kind::Procedure
        }
    }

    /// The smallest and the greatest five bytes of a code in the span.
    #[must_use]
    pub fn bounds(&self) -> ([u8; 5], [u8; 5]) {
        (self.first, self.last)
    }

    fn prefix(text: &str) -> Result<Self, ParseCodeError> {
        let text = text.to_ascii_uppercase();
        let letters = text.as_bytes();
        let digits = letters.get(1..).unwrap_or_default();
        let fits = letters.first().is_some_and(u8::is_ascii_uppercase)
            && letters.len() < 5
            && digits.iter().all(u8::is_ascii_digit);
        if !fits {
            return Err(ParseCodeError::NotACode);
        }
        let (mut first, mut last) = ([b'0'; 5], [b'9'; 5]);
        first[..letters.len()].copy_from_slice(letters);
        last[..letters.len()].copy_from_slice(letters);
        Ok(Self { first, last })
    }
}

impl From<Code> for CodeSpan {
    fn from(code: Code) -> Self {
        Self {
            first: code.bytes(),
            last: code.bytes(),
        }
    }
}

impl FromStr for CodeSpan {
    type Err = ParseCodeError;

    fn from_str(text: &str) -> Result<Self, ParseCodeError> {
        let text = text.trim();
        if let Some(prefix) = text.strip_suffix('*') {
            return Self::prefix(prefix);
        }
        if let Some((first, last)) = text.split_once(['-', '–']) {
            let (first, last): (Code, Code) = (first.parse()?, last.parse()?);
            if first.kind() != last.kind() {
                return Err(ParseCodeError::NotACode);
            }
            if first > last {
                return Err(ParseCodeError::Backwards);
            }
            return Ok(Self {
                first: first.bytes(),
                last: last.bytes(),
            });
        }
        text.parse::<Code>().map(Self::from)
    }
}
