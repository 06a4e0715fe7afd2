//! `Ndc`: the FDA's number of a drug package, eleven digits as claims write it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A National Drug Code: five digits of the labeler, four of the product, two of the package.
///
/// Labels print ten digits; a claim pads the short group with a zero. Both are read.
///
/// ```
/// use hcpcs::annotation::Ndc;
///
/// let ndc: Ndc = "55292-0702-55".parse()?;
/// assert_eq!("55292070255".parse::<Ndc>()?, ndc);
/// assert_eq!("NDC 55292-702-55".parse::<Ndc>()?, ndc);
/// assert_eq!(ndc.to_string(), "55292-0702-55");
/// # Ok::<(), hcpcs::annotation::ParseNdcError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ndc([u8; 11]);

/// Why a text is not an NDC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseNdcError {
    /// Ten digits without hyphens: it is unknown which group is short.
    #[error("ten digits without hyphens; write the hyphens as the label does")]
    TenDigits,
    /// Anything else.
    #[error("not an NDC, which has 5, 4 and 2 digits such as 55292-0702-55")]
    NotAnNdc,
}

impl Ndc {
    /// The eleven digits without hyphens.
    #[must_use]
    pub fn digits(&self) -> &str {
        // The bytes are digits, so the conversion never fails.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Ndc {
    type Err = ParseNdcError;

    fn from_str(text: &str) -> Result<Self, ParseNdcError> {
        let text = without_prefix(text.trim());
        let mut groups = text.split(parts_groups);
        let (first, rest) = (
            groups.next().unwrap_or_default(),
            groups.collect::<Vec<_>>(),
        );
        let [product, package] = rest[..] else {
            return match (rest.len(), first.len()) {
                (0, 11) => Self::join([
                    &first.as_bytes()[..5],
                    &first.as_bytes()[5..9],
                    &first.as_bytes()[9..],
                ]),
                (0, 10) if first.bytes().all(|byte| byte.is_ascii_digit()) => {
                    Err(ParseNdcError::TenDigits)
                }
                _ => Err(ParseNdcError::NotAnNdc),
            };
        };
        match (first.len(), product.len(), package.len()) {
            (4 | 5, 4, 2) | (5, 3, 2) | (5, 4, 1) => {
                Self::join([first.as_bytes(), product.as_bytes(), package.as_bytes()])
            }
            _ => Err(ParseNdcError::NotAnNdc),
        }
    }
}

impl Ndc {
    fn join(groups: [&[u8]; 3]) -> Result<Self, ParseNdcError> {
        let mut digits = [b'0'; 11];
        for (group, end) in groups.into_iter().zip([5, 9, 11]) {
            digits[end - group.len()..end].copy_from_slice(group);
        }
        let is_number = digits.iter().all(u8::is_ascii_digit);
        is_number
            .then_some(Self(digits))
            .ok_or(ParseNdcError::NotAnNdc)
    }
}

/// Whether a text is meant as an NDC: it says so, has three groups that begin with a digit, or has
/// ten or eleven digits. Makers of skin substitutes put numbers of their own in the same column.
pub(crate) fn is_meant(text: &str) -> bool {
    let number = without_prefix(text.trim());
    let starts = number.starts_with(|letter: char| letter.is_ascii_digit());
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    number.len() < text.trim().len()
        || (starts && number.split(is_hyphen).count() == 3)
        || (is_number && matches!(number.len(), 10 | 11))
}

fn without_prefix(text: &str) -> &str {
    match text.get(..3) {
        Some(start) if start.eq_ignore_ascii_case("ndc") => {
            text[3..].trim_start_matches([' ', ':', '#', '\u{a0}'])
        }
        _ => text,
    }
}

/// Whether a character parts the groups of digits: a hyphen, or a blank in its place.
pub(super) fn parts_groups(letter: char) -> bool {
    is_hyphen(letter) || matches!(letter, ' ' | '\u{a0}')
}

/// Whether a character is a hyphen, or one that word processors put in its place.
fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2013}')
}

impl fmt::Display for Ndc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        f.pad(&format!(
            "{}-{}-{}",
            &digits[..5],
            &digits[5..9],
            &digits[9..]
        ))
    }
}

impl fmt::Debug for Ndc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ndc({self})")
    }
}

impl Serialize for Ndc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ndc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_one() {
        for (written, meant) in [
            ("55292-0702-55", "55292-0702-55"),
            ("55292070255", "55292-0702-55"),
            ("NDC 55292-702-55", "55292-0702-55"),
            ("ndc:55292-702-55", "55292-0702-55"),
            ("NDC55292070255", "55292-0702-55"),
            ("55292–0702–55", "55292-0702-55"),
            ("55292 0702 55", "55292-0702-55"),
            ("NDC 55292 702 55", "55292-0702-55"),
            ("0002-7510-01", "00002-7510-01"),
            ("12345-6789-1", "12345-6789-01"),
        ] {
            let ndc: Ndc = written.parse().unwrap();
            assert_eq!(ndc.to_string(), meant, "{written}");
        }
    }

    #[test]
    fn what_is_none() {
        for bad in [
            "",
            "NDC",
            "5529-702-55",
            "55292-0702-5X",
            "55292-0702",
            "55292  0702 55",
            "99213 25 59",
            "888867413689",
            "1-2-3-4",
            "é-é-é",
            "5529207025é",
        ] {
            assert_eq!(bad.parse::<Ndc>(), Err(ParseNdcError::NotAnNdc), "{bad}");
        }
        assert_eq!("5529270255".parse::<Ndc>(), Err(ParseNdcError::TenDigits));
    }

    #[test]
    fn a_makers_own_number_is_not_meant_as_one() {
        for own in [
            "888867413689",
            "DV-115-01",
            "51120-61052",
            "50200S00B0D",
            "370205",
            "200-004-0202-001",
        ] {
            assert!(!is_meant(own), "{own}");
        }
        for meant in ["5529-702-55", "55292-0702-5X", "5529270255", "NDC 1"] {
            assert!(is_meant(meant), "{meant}");
        }
    }

    #[test]
    fn as_json() {
        let ndc: Ndc = "55292070255".parse().unwrap();
        let json = serde_json::to_string(&ndc).unwrap();
        assert_eq!(json, r#""55292-0702-55""#);
        assert_eq!(serde_json::from_str::<Ndc>(&json).unwrap(), ndc);
    }
}
