//! The tokens of a list of codes, and their cells or lines.

use crate::codeset::NdcQuantity;

/// A token of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) text: String,
    /// The number of its cell; commas, semicolons, tabs and line ends separate cells.
    pub(crate) cell: usize,
    /// Whether it begins a line.
    pub(crate) begins_line: bool,
}

impl Token {
    /// Whether it is this word, ignoring case.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is a bullet: the dash, star or number before an entry of a list.
    pub(crate) fn is_bullet(&self) -> bool {
        let number = self.text.strip_suffix('.').unwrap_or_default();
        let is_number =
            (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        self.begins_line && (is_number || matches!(self.text.as_str(), "-" | "–" | "—" | "*"))
    }

    /// Whether it announces a drug code.
    pub(crate) fn is_drug_label(&self) -> bool {
        ["NDC", "NDC11", "NDC10", "NDC#", "N4"]
            .iter()
            .any(|label| self.is(label))
    }

    /// The number of a drug, without the prefix `NDC` or `N4`.
    pub(crate) fn drug_number(&self) -> &str {
        let labels = ["NDC", "N4"].into_iter();
        let mut numbers = labels.filter_map(|label| {
            let (start, number) = self.text.split_at_checked(label.len())?;
            let is_label = start.eq_ignore_ascii_case(label);
            let number = number.trim_start_matches(['#', '.', '-']);
            (is_label && number.starts_with(|char: char| char.is_ascii_digit())).then_some(number)
        });
        numbers.next().unwrap_or(&self.text)
    }

    /// Whether it is a qualifier of a quantity, with or without the amount: `UN`, `ML2.5`.
    pub(crate) fn is_quantity(&self) -> bool {
        let parts = self.text.split_at_checked(2);
        parts.is_some_and(|(qualifier, amount)| {
            is_qualifier(qualifier) && (amount.is_empty() || is_amount(amount))
        })
    }

    /// Whether it is an amount: `1`, `2.5`.
    pub(crate) fn is_amount(&self) -> bool {
        is_amount(&self.text)
    }
}

fn is_amount(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The tokens of a text that may be a list of codes.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut cell, mut begins_line) = (0, true);
    let mut word = String::new();
    for char in text.chars().chain(['\n']) {
        let ends_cell = matches!(char, ',' | ';' | '|' | '~' | '\t' | '\n' | '\r');
        if !ends_cell && !is_between(char) {
            word.push(char);
            continue;
        }
        for part in parts(&std::mem::take(&mut word)) {
            push(&mut tokens, part, cell, begins_line);
            begins_line = false;
        }
        cell = match tokens.last() {
            Some(last) if ends_cell => last.cell + 1,
            _ => cell,
        };
        begins_line |= matches!(char, '\n' | '\r');
    }
    tokens
}

fn is_between(char: char) -> bool {
    let is_mark = matches!(
        char,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '•' | '·' | ':' | '/' | '\\'
    );
    char.is_whitespace() || is_mark
}

/// A word without punctuation around it; a segment of X12 is split into its elements.
fn parts(word: &str) -> Vec<&str> {
    let is_number = word.len() < 5 && word.starts_with(|char: char| char.is_ascii_digit());
    if let Some((first, last)) = word.split_once("..") {
        let ends = [first, "..", last.trim_matches('.')];
        return ends.into_iter().filter(|part| !part.is_empty()).collect();
    }
    let word = word.trim_start_matches(['#', '=', '.']);
    let word = if is_number {
        word
    } else {
        word.trim_end_matches(['.', '!', '?', '#'])
    };
    let inner = word.trim_end_matches('*');
    if inner.contains('*') {
        let elements = inner.split('*').filter(|element| !element.is_empty());
        let is_name = |own: &str, name: &str| own.eq_ignore_ascii_case(name);
        // The quantity of the drug is ignored, and so are the name of the segment and the line's
        // number.
        let is_quantity = inner
            .split('*')
            .next()
            .is_some_and(|own| is_name(own, "CTP"));
        return elements
            .filter(|own| !is_quantity && own.len() > 1 && !is_name(own, "LIN"))
            .collect();
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits >= FEWEST_DIGITS
        && let (ndc, Some(quantity)) = NdcQuantity::behind_ndc(word)
    {
        return vec![ndc, quantity];
    }
    match word.char_indices().next_back() {
        // `J1600- J1699`
        Some((last, '-' | '–' | '—')) if last > 0 => vec![&word[..last], &word[last..]],
        // `J1600 –J1699`; with a hyphen it would be an exclusion.
        _ if word.starts_with(['–', '—']) && word.chars().count() > 1 => word
            .split_at_checked(3)
            .map_or(vec![word], |(dash, rest)| vec![dash, rest]),
        Some(_) => vec![word],
        None => Vec::new(),
    }
}

/// How many digits a word has at least that is an NDC with its quantity glued to it.
const FEWEST_DIGITS: usize = 9;

/// The qualifiers of a quantity that claims write after an NDC.
const NDC_UNITS: [&str; 5] = ["UN", "ML", "GR", "F2", "ME"];

fn is_qualifier(text: &str) -> bool {
    NDC_UNITS.iter().any(|own| text.eq_ignore_ascii_case(own))
}

/// Adds a token; `J 1640` and `J-1640` are joined.
fn push(tokens: &mut Vec<Token>, part: &str, cell: usize, begins_line: bool) {
    let is_number = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 || (digits > 0 && text[digits..] == *"*")
    };
    let is_letter = |text: &str| text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic());
    let text = match part.split_once('-') {
        Some((letter, number)) if is_letter(letter) && is_number(number) => {
            format!("{letter}{number}")
        }
        _ => part.to_owned(),
    };
    if let Some(before) = tokens.last_mut()
        && before.cell == cell
        && is_letter(&before.text)
        && is_number(&text)
    {
        before.text.push_str(&text);
        return;
    }
    tokens.push(Token {
        text,
        cell,
        begins_line,
    });
}
