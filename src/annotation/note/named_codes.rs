//! The codes that a line of a clinical note names, in its title or in a list.

use crate::codeset::{Code, Kind, ParseCodeError};

/// The codes before a line's colon or dash, if there is nothing else.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NamedCodes<'a> {
    pub codes: Vec<Code>,
    /// Whether a number of CPT or a code of CDT is among them.
    pub has_cpt: bool,
    /// The text after the colon or dash.
    pub rest: &'a str,
}

/// Reads a line such as `HCPCS Level II J1597: Glycopyrrolate` or `J1596, J1597 – Glycopyrrolate`.
pub(crate) fn named_codes(line: &str) -> Option<NamedCodes<'_>> {
    const WORDS: [&str; 9] = [
        "hcpcs", "cpt", "cdt", "level", "ii", "code", "codes", "and", "or",
    ];
    let is_divider = |at: usize, letter: char| match letter {
        ':' | '–' | '—' => true,
        '-' => line[..at].ends_with(' '),
        _ => false,
    };
    let (at, divider) = line
        .char_indices()
        .find(|(at, letter)| is_divider(*at, *letter))?;
    let rest = line[at + divider.len_utf8()..].trim();
    let (mut codes, mut has_cpt) = (Vec::new(), false);
    for word in line[..at].split(|letter: char| !letter.is_ascii_alphanumeric()) {
        match word.parse::<Code>() {
            _ if word.is_empty() || WORDS.contains(&word.to_ascii_lowercase().as_str()) => {}
            Ok(code) if code.kind() == Kind::Procedure => codes.push(code),
            Err(ParseCodeError::Cpt | ParseCodeError::Cdt) => has_cpt = true,
            _ => return None,
        }
    }
    (has_cpt || !codes.is_empty()).then_some(NamedCodes {
        codes,
        has_cpt,
        rest,
    })
}

/// The procedure codes in a text, each once, in order.
pub(crate) fn codes_in(text: &str) -> Vec<Code> {
    let mut codes = Vec::new();
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        if let Ok(code) = word.parse::<Code>()
            && code.kind() == Kind::Procedure
            && code.as_str() == word
            && !codes.contains(&code)
        {
            codes.push(code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_before_a_colon() {
        let named =
            named_codes("HCPCS Level II J1596 and J1597: Glycopyrrolate: injection").unwrap();
        assert_eq!(
            (named.codes.len(), named.rest),
            (2, "Glycopyrrolate: injection")
        );
        assert_eq!(
            named_codes("J1597 - Glyco-pyrrolate").unwrap().rest,
            "Glyco-pyrrolate"
        );
        assert!(named_codes("CPT 99213: Words").unwrap().has_cpt);
        for none in [
            "HCPCS Level II code J1597 designates: x",
            "J1597",
            "Name: J1597",
            "A: b",
            "",
        ] {
            assert_eq!(named_codes(none), None, "{none}");
        }
    }
}
