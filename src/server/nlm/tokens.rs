//! The words of a text as a constraint sees them, and the tokens of a constraint.
use crate::error::excerpt;

/// The words of a text: runs of letters and digits, each with its first byte.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter_map(move |word| {
        let start = from;
        from += word.len();
        // Skips the separator after the word, which may be longer than one byte.
        from += text[from..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}

/// A token of a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word, and whether `*` follows it.
    Word(String, bool),
    /// Words in quotes.
    Quoted(String),
    /// From and to, each with whether it is inclusive.
    Range(String, bool, String, bool),
    /// `field:`.
    Field(String),
    Open,
    Close,
    And,
    Or,
    Not,
    /// `+`: the following clause is required.
    Must,
}

/// The tokens of a constraint, or what is wrong with it.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, behind) = match first {
            '(' => (Token::Open, &rest[1..]),
            ')' => (Token::Close, &rest[1..]),
            '"' => quoted(&rest[1..])?,
            '[' | '{' => range(rest)?,
            '-' | '!' => (Token::Not, &rest[1..]),
            '+' => (Token::Must, &rest[1..]),
            _ if rest.starts_with("&&") => (Token::And, &rest[2..]),
            _ if rest.starts_with("||") => (Token::Or, &rest[2..]),
            _ => word(rest)?,
        };
        tokens.push(token);
        rest = behind.trim_start();
    }
    Ok(tokens)
}

fn quoted(rest: &str) -> Result<(Token, &str), String> {
    let (inner, behind) = rest
        .split_once('"')
        .ok_or("a quote is not closed; close it with `\"`")?;
    Ok((Token::Quoted(inner.to_owned()), behind))
}

fn range(rest: &str) -> Result<(Token, &str), String> {
    let wrong = || "a range is not whole; write `[20240101 TO 20241231]`".to_owned();
    let end = rest.find([']', '}']).ok_or_else(wrong)?;
    let (from, to) = rest[1..end].split_once(" TO ").ok_or_else(wrong)?;
    let (has_from, has_to) = (rest.starts_with('['), rest[end..].starts_with(']'));
    let range = Token::Range(from.trim().into(), has_from, to.trim().into(), has_to);
    Ok((range, &rest[end + 1..]))
}

fn word(rest: &str) -> Result<(Token, &str), String> {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '"' | ':');
    let end = rest.find(ends).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(end);
    if let Some(behind) = behind.strip_prefix(':') {
        if word.is_empty() {
            return Err("a field's name is missing before `:`; write `code:J16*`".to_owned());
        }
        return Ok((Token::Field(word.to_owned()), behind));
    }
    let token = match word {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        _ => {
            let (start, is_beginning) = word
                .strip_suffix('*')
                .map_or((word, false), |start| (start, true));
            if start.contains(['*', '?', '~', '^', '/', '\\']) {
                let shown = excerpt(word);
                return Err(format!(
                    "`{shown}` is not understood; of patterns only `J16*` is"
                ));
            }
            Token::Word(start.to_owned(), is_beginning)
        }
    };
    Ok((token, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_where_they_begin() {
        let all: Vec<(usize, &str)> = words("Inj, é–0.1 mg ").collect();
        assert_eq!(
            all,
            [(0, "Inj"), (5, "é"), (10, "0"), (12, "1"), (14, "mg")]
        );
    }

    #[test]
    fn what_is_no_constraint() {
        for bad in ["\"x", "[1 2]", "[1 TO 2", ":x", "a*b", "x~2", "a\\b"] {
            assert!(tokens(bad).is_err(), "{bad}");
        }
        assert_eq!(tokens(" ").unwrap(), []);
    }
}
