//! What a text is that is asked for as a code and is none.

use super::code::{Code, Kind, ParseCodeError};

/// How many digits an NDC has, with and without the zeros of its parts.
const DIGITS_OF_NDC: std::ops::RangeInclusive<usize> = 10..=11;

impl ParseCodeError {
    /// Why a text is no code, to follow the text: with its parts if it is a code with modifiers, and
    /// with what to do if it looks like the number of a drug package.
    ///
    /// ```
    /// use hcpcs::ParseCodeError;
    ///
    /// let said = ParseCodeError::NotACode.of("E0601-RR");
    /// assert_eq!(said, "the code E0601 with RR behind it; ask for each by itself");
    /// ```
    #[must_use]
    pub fn of(self, text: &str) -> String {
        if self == Self::NotACode {
            if is_like_an_ndc(text) {
                return format!(
                    "{self}, and looks like the number of a drug package (NDC); search for it"
                );
            }
            if let Some((code, behind)) = with_modifiers(text) {
                return format!("the code {code} with {behind} behind it; ask for each by itself");
            }
        }
        self.to_string()
    }
}

/// A procedure code and the modifiers behind it, joined by commas.
fn with_modifiers(text: &str) -> Option<(Code, String)> {
    let text = text.trim();
    let text = text.strip_prefix("HC:").unwrap_or(text);
    let (code, rest) = text.split_at_checked(5)?;
    let code: Code = code.parse().ok()?;
    let joined: Vec<u8> = rest.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let is_gap = |letter: char| " -:,".contains(letter) || letter.is_ascii_alphanumeric();
    let is_whole = rest.chars().all(is_gap) && !joined.is_empty() && joined.len().is_multiple_of(2);
    let modifiers: Vec<String> = joined
        .chunks(2)
        .map(|pair| String::from_utf8_lossy(pair).to_ascii_uppercase())
        .collect();
    (is_whole && code.kind() == Kind::Procedure).then(|| (code, modifiers.join(", ")))
}

fn is_like_an_ndc(text: &str) -> bool {
    let text = text.trim().to_ascii_uppercase();
    let number = ["NDC", "N4"]
        .into_iter()
        .find_map(|name| text.strip_prefix(name));
    let number = number.unwrap_or(&text);
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let is_of_ndc = |letter: char| letter.is_ascii_digit() || "-– :#".contains(letter);
    DIGITS_OF_NDC.contains(&digits) && number.chars().all(is_of_ndc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_with_modifiers_and_an_ndc() {
        let of = |text: &str| text.parse::<Code>().unwrap_err().of(text);
        for text in ["E0601RR", "e0601-rr", "HC:E0601:RR", "E0601 RR"] {
            assert!(of(text).starts_with("the code E0601 with RR"), "{text}");
        }
        assert!(of("E0601RRKX").contains("with RR, KX"));
        for text in [
            "55292-0702-55",
            "5529270255",
            "55292070255",
            "NDC 55292 702 55",
            "N455292070255",
        ] {
            assert!(of(text).contains("NDC"), "{text}");
        }
        for other in ["E0601R", "99213", "hemin", "E0601/RR", "123456789", "J16é0"] {
            assert_eq!(of(other), other.parse::<Code>().unwrap_err().to_string());
        }
    }
}
