//! How a message quotes a text, and how it counts.

/// The maximum of characters that a message quotes.
const LONGEST_QUOTE: usize = 80;

/// The beginning of a text, for a message that quotes it on one line; `...` stands for the rest.
pub(crate) fn excerpt(text: &str) -> String {
    let plain = |char: char| if char.is_whitespace() { ' ' } else { char };
    let mut chars = text.chars();
    let mut quote: String = chars.by_ref().take(LONGEST_QUOTE).map(plain).collect();
    if chars.next().is_some() {
        quote.push_str("...");
    }
    quote
}

/// The message for a value that a parameter does not take, with what it takes.
pub(crate) fn cannot_be(name: &str, value: &str, right: &str) -> String {
    format!("`{name}` cannot be `{}`; give {right}", excerpt(value))
}

/// A count with its noun: `1 code`, `2 codes`.
///
/// ```
/// assert_eq!(hcpcs::counted(1, "code"), "1 code");
/// assert_eq!(hcpcs::counted(0, "code"), "0 codes");
/// ```
#[must_use]
pub fn counted(count: impl std::fmt::Display, noun: &str) -> String {
    let count = count.to_string();
    let plural = if count == "1" { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_one_line_and_says_that_it_is_cut() {
        assert_eq!(excerpt("a\r\nb"), "a  b");
        assert_eq!(excerpt(&"ä".repeat(80)), "ä".repeat(80));
        assert_eq!(excerpt(&"ä".repeat(81)), "ä".repeat(80) + "...");
    }
}
