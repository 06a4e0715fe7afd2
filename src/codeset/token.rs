//! Tokens of a text that states amounts: numbers, words and signs.

use super::decimal::Decimal;

/// The most digits before and after the decimal point that a number may have. Products of two such
/// numbers with the scale of a unit are exact.
const MOST_DIGITS: usize = 9;

/// A number, a word or a sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A number, such as `1,000` or `.5`.
    Number(Decimal),
    /// A word in lower case, such as `mg`; digits and hyphens inside belong to it: `tc-99m`.
    Word(String),
    /// A number that cannot be read, such as `0,4` or one of too many digits.
    Unreadable(String),
    /// Any other character but blanks.
    Sign(char),
}

impl Token {
    /// The word, if the token is one.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether the token is this word.
    pub(super) fn is(&self, word: &str) -> bool {
        self.word() == Some(word)
    }
}

/// A token and its place in the text.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) token: Token,
    /// Its first byte in the text.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
}

/// Cuts a text into tokens. `I.U.` is one word, as `IU` is.
pub(super) fn tokens(text: &str) -> Vec<Placed> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let start = at;
        let before = text[..at].chars().next_back();
        let tied = before.is_some_and(char::is_alphanumeric);
        let token = if letter.is_ascii_digit() || starts_with_point(&text[at..], tied) {
            at += number_length(&text[at..]);
            number(&text[start..at])
        } else if letter.is_alphabetic() {
            at += word_length(&text[at..]);
            let word = text[start..at].to_lowercase();
            Token::Word(match word.as_str() {
                "i.u." | "i.u" => "iu".to_owned(),
                _ => word,
            })
        } else {
            at += letter.len_utf8();
            if letter.is_whitespace() {
                continue;
            }
            Token::Sign(letter)
        };
        let end = at;
        tokens.push(Placed { token, start, end });
    }
    tokens
}

/// Whether a point begins a number, such as `.5`.
fn starts_with_point(text: &str, tied: bool) -> bool {
    let mut letters = text.chars();
    !tied && letters.next() == Some('.') && letters.next().is_some_and(|next| next.is_ascii_digit())
}

/// The length in bytes of a number's digits, points and commas.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) || (matches!(bytes.get(at), Some(b'.' | b',')) && digit(at + 1)) {
        at += 1;
    }
    at
}

/// The length in bytes of a word. The digits of `tc-99m` and `f18` belong to it; the `x` of `5x10`
/// is a word of its own.
fn word_length(text: &str) -> usize {
    for name in ["i.u.", "i.u"] {
        if text
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
        {
            return name.len();
        }
    }
    let letters = text.char_indices();
    let times =
        text.starts_with(['x', 'X']) && text[1..].starts_with(|next: char| next.is_ascii_digit());
    if times {
        return 1;
    }
    for (at, letter) in letters {
        let next_is = |is: fn(char) -> bool| text[at + letter.len_utf8()..].starts_with(is);
        let belongs = letter.is_alphanumeric()
            || letter == '\''
            || (letter == '-' && at > 0 && next_is(char::is_alphanumeric));
        if !belongs {
            return at;
        }
    }
    text.len()
}

/// Reads a number: commas separate thousands, and only them.
fn number(text: &str) -> Token {
    let unreadable = || Token::Unreadable(text.to_owned());
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let thousands = rest.is_empty()
        || ((1..=3).contains(&first.len())
            && !first.starts_with('0')
            && rest.iter().all(|group| group.len() == 3));
    let digits = first.len() + 3 * rest.len();
    let fits = digits <= MOST_DIGITS && places.len() <= MOST_DIGITS;
    if !thousands || !fits || places.contains([',', '.']) {
        return unreadable();
    }
    let plain = format!("0{}.{places}0", whole.replace(',', ""));
    plain.parse().map_or_else(|_| unreadable(), Token::Number)
}

/// A number as people write it, negative with a hyphen or in brackets; `None` if a text is
/// something else, or an ambiguous number.
pub(crate) fn written_number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let bracketed = text.strip_prefix('(').and_then(|own| own.strip_suffix(')'));
    let negative = bracketed.or_else(|| text.strip_prefix(['-', '−']));
    let bare = negative.or_else(|| text.strip_prefix('+')).unwrap_or(text);
    let tokens = tokens(bare);
    let [
        Placed {
            token: Token::Number(number),
            start: 0,
            end,
        },
    ] = tokens[..]
    else {
        return None;
    };
    if end < bare.len() {
        return None;
    }
    match negative {
        Some(_) => Decimal::from(0_u32).minus(number),
        None => Some(number),
    }
}

/// What to say of the first number of a text that would be a thousand times as much if its point
/// parted thousands, as it does in much of Europe: `1.000`.
pub(crate) fn doubtful_point(text: &str) -> Option<String> {
    let is_of_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
    let mut numbers = text.split(|letter| !is_of_number(letter));
    numbers.find_map(|number| {
        let (whole, places) = number.split_once('.')?;
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_group = (1..=3).contains(&whole.len()) && places.len() == 3;
        let is_doubtful =
            is_group && is_digits(whole) && is_digits(places) && !whole.starts_with('0');
        let read = written_number(number).filter(|_| is_doubtful)?;
        Some(format!(
            "`{number}` is read as {read}; it is {whole}{places} if the point parts thousands"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_digits() {
        let words: Vec<Token> = tokens("technetium tc-99m f18 5'-phosphate")
            .into_iter()
            .map(|placed| placed.token)
            .collect();
        assert_eq!(words[1], Token::Word("tc-99m".into()));
        assert_eq!(words[2], Token::Word("f18".into()));
        assert!(matches!(words[3], Token::Number(_)));
    }

    #[test]
    fn a_point_may_part_thousands() {
        for (text, said) in [
            ("1.000", "`1.000` is read as 1; it is 1000 if"),
            ("ML12.500", "`12.500` is read as 12.5; it is 12500 if"),
            (
                "2 ml of 1.250 mg/ml",
                "`1.250` is read as 1.25; it is 1250 if",
            ),
        ] {
            assert!(doubtful_point(text).unwrap().starts_with(said), "{text}");
        }
        for plain in [
            "1",
            "1.5",
            "0.125",
            "1000.000",
            "1.0000",
            "1,000",
            "1,000.500",
            "1.000.000",
        ] {
            assert_eq!(doubtful_point(plain), None, "{plain}");
        }
    }

    #[test]
    fn numbers_alone() {
        for (text, shown) in [
            (" 1,000 ", "1000"),
            ("2.50", "2.5"),
            (".5", "0.5"),
            ("-2", "-2"),
            ("(2.0)", "-2"),
            ("+3", "3"),
        ] {
            let number = written_number(text).unwrap();
            assert_eq!(number.to_string(), shown);
        }
        for bad in ["", "x", "2 mg", "1,5", "1 2", "--2", "2-", "1e3", "(2", "."] {
            assert_eq!(written_number(bad), None, "{bad}");
        }
    }
}
