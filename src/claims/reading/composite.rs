//! X12's composite of a procedure, and its code set.

/// The code set that a claim names before a code; X12 calls it the qualifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CodeSet {
    /// HCPCS, of which CPT is Level I; also if the claim names none.
    #[default]
    Hcpcs,
    /// HIPPS rate codes (`HP`).
    Hipps,
    /// The numbers of drug packages, NDC (`N4`).
    Ndc,
    /// Any other.
    Other,
}

/// X12's composite of a procedure: qualifier, code, four modifiers, a description, separated by any
/// sign.
pub(super) struct Composite<'t> {
    pub(super) code_set: CodeSet,
    pub(super) parts: Vec<&'t str>,
}

impl<'t> Composite<'t> {
    /// A text as a composite; `None` if it is not one.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        // The sign that ends a segment of X12 may be copied with its last part.
        let text = text.trim().trim_end_matches('~');
        let code_set = code_set(text.get(..2)?)?;
        let rest = &text[2..];
        let sign = rest.chars().next()?;
        let is_sign = sign.is_ascii_punctuation() && !matches!(sign, ',' | ';' | '"' | '\'');
        let mut parts = rest.split(sign).skip(1);
        let code = parts.next()?;
        let first = code.split_whitespace().next().unwrap_or_default();
        let is_other = matches!(code_set, CodeSet::Ndc | CodeSet::Other);
        let is_meant = sign == ':' || first.len() == 5 || is_other;
        (is_sign && is_meant).then(|| Self {
            code_set,
            parts: std::iter::once(code).chain(parts).collect(),
        })
    }
}

/// The code set of a qualifier in X12.
fn code_set(qualifier: &str) -> Option<CodeSet> {
    Some(match qualifier.to_ascii_uppercase().as_str() {
        "HC" | "AD" => CodeSet::Hcpcs,
        "HP" => CodeSet::Hipps,
        "N4" => CodeSet::Ndc,
        "ER" | "IV" | "WK" | "ZZ" | "NU" | "RB" => CodeSet::Other,
        _ => return None,
    })
}

/// Whether a text, in capitals, has the form of a HIPPS rate code and not that of HCPCS: of home
/// health (`1AA11`, until 2019 `1AFKS`), and of nursing facilities (`KAQE0`, until 2019 `RUC10`).
/// Those of rehabilitation (`A0101`) look like HCPCS; only their qualifier tells them apart.
pub(crate) fn is_hipps(text: &str) -> bool {
    let is_of = |form: &[&str; 5]| {
        text.chars()
            .zip(form)
            .all(|(own, place)| place.contains(own))
    };
    text.len() == 5 && HIPPS.iter().any(is_of)
}

/// The characters of each place, of each form.
const HIPPS: [[&str; 5]; 3] = [
    [
        "12345",
        "ABCDEFGHIJKL",
        "ABCDEFGH",
        "123KLMNOP",
        "123456STUVWX",
    ],
    [
        "ABCDEFGHIJKLMNOP",
        "ABCDEFGHIJKL",
        "ABCDEFGHIJKLMNOPQRSTUVWXY",
        "ABCDEF",
        "01",
    ],
    [
        "ARS",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ABCLX",
        "0123456789",
        "0123456789",
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_codes_by_their_form() {
        for hipps in [
            "1AA11", "2DC21", "1AFKS", "KAQE0", "NGKF1", "RUC10", "AAA00",
        ] {
            assert!(is_hipps(hipps), "{hipps}");
        }
        for other in [
            "J1640", "A0101", "99213", "0202U", "J164O", "JI640", "JW", "LINES", "ABC",
        ] {
            assert!(!is_hipps(other), "{other}");
        }
    }
}
