//! The possible readings of a number as an NDC: labels, claims and spreadsheets write it
//! differently.

use std::fmt;

use super::ndc::{Ndc, parts_groups};

/// One possible NDC of a number: a package, or a product with all its packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NdcReading {
    /// Eleven digits for a package, nine for a product.
    digits: String,
}

impl NdcReading {
    /// The digits without hyphens, a prefix of every NDC that it covers.
    pub(crate) fn digits(&self) -> &str {
        &self.digits
    }

    /// Whether it covers an NDC.
    pub(crate) fn is(&self, ndc: Ndc) -> bool {
        ndc.digits().starts_with(&self.digits)
    }

    /// Builds it from the groups of labeler, product and package, each padded with zeros.
    fn new(groups: &[&str]) -> Self {
        let mut digits = String::with_capacity(11);
        for (group, length) in groups.iter().zip([5, 4, 2]) {
            digits.extend(std::iter::repeat_n('0', length - group.len().min(length)));
            digits.push_str(group);
        }
        Self { digits }
    }
}

impl fmt::Display for NdcReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (labeler, rest) = self.digits.split_at(5);
        let (product, package) = rest.split_at(4);
        write!(f, "{labeler}-{product}")?;
        if package.is_empty() {
            return Ok(());
        }
        write!(f, "-{package}")
    }
}

/// The possible readings of a number as an NDC; empty if it does not have the shape of one.
///
/// Ten digits without hyphens lack a zero in one of three places. Seven to nine digits are a
/// product, or a package whose leading zeros a spreadsheet dropped.
pub(crate) fn readings(number: &str) -> Vec<NdcReading> {
    let groups: Vec<&str> = number.split(parts_groups).collect();
    let is_number = groups
        .iter()
        .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_number {
        return Vec::new();
    }
    let of = NdcReading::new;
    match groups.as_slice() {
        [labeler, product, package] => match (labeler.len(), product.len(), package.len()) {
            (4 | 5, 4, 2) | (5, 3, 2) | (5, 4, 1) => vec![of(&groups)],
            // Some tables write six digits of the labeler.
            (6, 4, 2) if labeler.starts_with('0') => vec![of(&[&labeler[1..], product, package])],
            _ => Vec::new(),
        },
        [labeler, product] => match (labeler.len(), product.len()) {
            (4 | 5, 4) | (5, 3) => vec![of(&groups)],
            // One hyphen of two is missing, and no digit.
            (5, 6) | (9, 2) => readings(&groups.concat()),
            _ => Vec::new(),
        },
        [digits] => {
            let cut = |first: usize, second: usize| {
                let (labeler, rest) = digits.split_at(first);
                let (product, package) = rest.split_at(second);
                of(&[labeler, product, package])
            };
            let product = |first: usize| of(&[&digits[..first], &digits[first..]]);
            let padded = format!("{digits:0>11}");
            let without_zeros = of(&[&padded[..5], &padded[5..9], &padded[9..]]);
            match digits.len() {
                12 if digits.starts_with('0') => readings(&digits[1..]),
                11 => vec![cut(5, 4)],
                10 => vec![cut(4, 4), cut(5, 3), cut(5, 4)],
                9 => vec![product(5), without_zeros],
                8 => vec![product(4), product(5), without_zeros],
                7 => vec![without_zeros],
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_number() {
        for (number, expected) in [
            ("55292070255", "55292-0702-55"),
            ("55292-702-55", "55292-0702-55"),
            ("055292-0702-55", "55292-0702-55"),
            ("055292070255", "55292-0702-55"),
            ("55292-070255", "55292-0702-55"),
            ("552920702-55", "55292-0702-55"),
            ("55292 702 55", "55292-0702-55"),
            ("55292-702", "55292-0702"),
            ("0002-7510", "00002-7510"),
            ("5529270255", "05529-2702-55 55292-0702-55 55292-7025-05"),
            ("552920702", "55292-0702 00552-9207-02"),
            ("27510001", "02751-0001 27510-0001 00027-5100-01"),
            ("6409602", "00006-4096-02"),
            ("640960", ""),
            ("888867413689", ""),
            ("2026-01-15", ""),
            ("1-2-3", ""),
            ("é-é-é", ""),
            ("55292-", ""),
        ] {
            let found: Vec<String> = readings(number).iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), expected, "{number}");
        }
    }
}
