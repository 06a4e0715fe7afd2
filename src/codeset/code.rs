//! `Code`: five characters of a procedure code or two of a modifier; spans of codes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::coded_value::Section;

/// The kind of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A procedure, supply, product or service: a letter and four digits.
    Procedure,
    /// A two-character modifier of a procedure code.
    Modifier,
}

impl Kind {
    /// Its name in lower case.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Procedure => "procedure",
            Self::Modifier => "modifier",
        }
    }

    /// Its name as bytes.
    pub(crate) fn as_bytes(self) -> &'static [u8] {
        self.as_str().as_bytes()
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = ParseCodeError;

    fn from_str(text: &str) -> Result<Self, ParseCodeError> {
        match text.to_ascii_lowercase().as_str() {
            "procedure" | "procedures" => Ok(Self::Procedure),
            "modifier" | "modifiers" => Ok(Self::Modifier),
            _ => Err(ParseCodeError::NotACode),
        }
    }
}

/// A HCPCS Level II code: a procedure code such as `J1640` or a modifier such as `JW`.
///
/// CMS: columns 1–5, `HCPCS_CD`; a modifier sits in 4–5, `HCPCS_MDFR_CD`.
///
/// ```
/// use hcpcs::{Code, Kind};
///
/// let code: Code = " j1640".parse()?;
/// assert_eq!(code.as_str(), "J1640");
/// assert_eq!(code.kind(), Kind::Procedure);
/// assert_eq!("jw".parse::<Code>()?.kind(), Kind::Modifier);
/// assert!("99213".parse::<Code>().is_err()); // CPT
/// # Ok::<(), hcpcs::ParseCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// Upper-case ASCII, a modifier padded with blanks.
    bytes: [u8; 5],
}

/// Why a text is no HCPCS Level II code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseCodeError {
    /// A number of CPT, the AMA's code set: it is not covered, and its descriptors are copyrighted.
    #[error("a CPT number, which is HCPCS Level I and not covered here")]
    Cpt,
    /// A code of CDT, the ADA's code set: it is not covered, and its descriptors are copyrighted.
    #[error("a CDT (dental) code, which is not covered here")]
    Cdt,
    /// A range whose end comes before its beginning.
    #[error("a range that runs backwards; write the lower code first")]
    Backwards,
    /// Anything else.
    #[error(
        "not a HCPCS Level II code (a letter and four digits, or a modifier of two characters)"
    )]
    NotACode,
}

/// Whether a CPT number may end so: in a digit, or the letter of its kind: A and T of category III
/// and of vaccines, F of category II, M and U of laboratory analyses.
fn ends_cpt(last: u8) -> bool {
    last.is_ascii_digit() || matches!(last, b'A' | b'F' | b'M' | b'T' | b'U')
}

impl Code {
    /// Reads a code from ASCII bytes without blanks around it; lower case is taken as upper case.
    ///
    /// # Errors
    /// Says whether the text is a CPT number, a CDT code or no code at all.
    pub fn from_bytes(text: &[u8]) -> Result<Self, ParseCodeError> {
        let mut bytes = [b' '; 5];
        for (slot, byte) in bytes.iter_mut().zip(text) {
            *slot = byte.to_ascii_uppercase();
        }
        match text.len() {
            2 if bytes[0].is_ascii_uppercase() && bytes[1].is_ascii_alphanumeric() => {
                Ok(Self { bytes })
            }
            5 if bytes[..4].iter().all(u8::is_ascii_digit) && ends_cpt(bytes[4]) => {
                Err(ParseCodeError::Cpt)
            }
            5 if bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_digit) => {
                if bytes[0] == b'D' {
                    Err(ParseCodeError::Cdt)
                } else {
                    Ok(Self { bytes })
                }
            }
            _ => Err(ParseCodeError::NotACode),
        }
    }

    /// Whether it is a procedure code or a modifier.
    #[must_use]
    pub fn kind(&self) -> Kind {
        if self.bytes[2] == b' ' {
            Kind::Modifier
        } else {
            Kind::Procedure
        }
    }

    /// The code as CMS writes it, without blanks.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = if self.kind() == Kind::Modifier { 2 } else { 5 };
        // The bytes are ASCII, so the conversion never fails.
        std::str::from_utf8(&self.bytes[..length]).unwrap_or_default()
    }

    /// The five bytes of the code, a modifier followed by blanks; they sort as codes do.
    #[must_use]
    pub fn bytes(&self) -> [u8; 5] {
        self.bytes
    }

    /// The section of the code set that a procedure's letter names; a modifier has none.
    #[must_use]
    pub fn section(&self) -> Option<Section> {
        match self.kind() {
            Kind::Procedure => self.as_str()[..1].parse().ok(),
            Kind::Modifier => None,
        }
    }
}

impl FromStr for Code {
    type Err = ParseCodeError;

    fn from_str(text: &str) -> Result<Self, ParseCodeError> {
        Self::from_bytes(text.trim().as_bytes())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({self})")
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::super::code_span::CodeSpan;
    use super::*;

    #[test]
    fn what_is_a_code_and_what_is_not() {
        for good in ["J1640", "j1640", " A0021 ", "JW", "a1", "V5364"] {
            assert!(good.parse::<Code>().is_ok(), "{good}");
        }
        let why = |text: &str| text.parse::<Code>().unwrap_err();
        assert_eq!(why("99213"), ParseCodeError::Cpt);
        assert_eq!(why("0001A"), ParseCodeError::Cpt);
        assert_eq!(why("D0120"), ParseCodeError::Cdt);
        for bad in ["", "J", "J164", "J16400", "J16é0", "25", "J 640", "é"] {
            assert_eq!(why(bad), ParseCodeError::NotACode, "{bad}");
        }
    }

    #[test]
    fn spans() {
        let backwards = "J1699-J1600".parse::<CodeSpan>();
        assert_eq!(backwards, Err(ParseCodeError::Backwards));
        for bad in [
            "J1699-J1600",
            "JW-J1640",
            "*",
            "16*",
            "J1640*",
            "J1600-",
            "-",
        ] {
            assert!(bad.parse::<CodeSpan>().is_err(), "{bad}");
        }
        assert!(
            "A1-AZ"
                .parse::<CodeSpan>()
                .unwrap()
                .contains("AX".parse().unwrap())
        );
        assert!(
            !"A1-AZ"
                .parse::<CodeSpan>()
                .unwrap()
                .contains("A4206".parse().unwrap())
        );
    }
}
