//! X12's composite of a procedure, and its code set.

/// The code set that a claim names before a code; X12 calls it the qualifier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CodeSet {
    /// HCPCS, of which CPT is Level I; also if the claim names none.
    #[default]
    Hcpcs,
    /// HIPPS rate codes (`HP`).
    Hipps,
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
        let text = text.trim();
        let code_set = code_set(text.get(..2)?)?;
        let rest = &text[2..];
        let sign = rest.chars().next()?;
        let is_sign = sign.is_ascii_punctuation() && !matches!(sign, ',' | ';' | '"' | '\'');
        let mut parts = rest.split(sign).skip(1);
        let code = parts.next()?;
        let first = code.split_whitespace().next().unwrap_or_default();
        let is_meant = sign == ':' || first.len() == 5 || code_set == CodeSet::Other;
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
        "ER" | "IV" | "WK" | "ZZ" | "NU" | "RB" | "N4" => CodeSet::Other,
        _ => return None,
    })
}
