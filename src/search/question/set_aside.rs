//! What a pasted row has that no text of a code has: prices and days.

use std::borrow::Cow;

/// What separates the cells and words of a row.
const BETWEEN: [char; 7] = [',', ';', '|', '(', ')', '[', ']'];

/// A question without its prices and days.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SetAside<'t> {
    pub(crate) rest: Cow<'t, str>,
    /// The prices, as written: `$12.50`.
    pub(crate) prices: Vec<&'t str>,
    /// The days, as written: `01/05/2026`.
    pub(crate) days: Vec<&'t str>,
}

impl SetAside<'_> {
    /// A notice of what is not searched for.
    pub(crate) fn notices(&self) -> impl Iterator<Item = String> {
        let notice = |what: &str, own: &[&str]| {
            (!own.is_empty()).then(|| format!("{what}: {}", own.join(", ")))
        };
        let prices = notice("prices are not searched for", &self.prices);
        let days = "days are not searched for, and do not change the day asked for";
        prices.into_iter().chain(notice(days, &self.days))
    }
}

/// Sets aside the prices and days of a text, unless it has nothing else.
pub(crate) fn set_aside(text: &str) -> SetAside<'_> {
    let mut found = SetAside::default();
    let (mut rest, mut copied, mut at) = (String::new(), 0, 0);
    let mut begins = true;
    while let Some(char) = text[at..].chars().next() {
        let own = &text[at..];
        let (price, day) = match char {
            '$' if begins => (price(own), 0),
            '0'..='9' if begins => (0, day(own)),
            _ => (0, 0),
        };
        let length = price.max(day);
        if length == 0 {
            begins = char.is_whitespace() || BETWEEN.contains(&char);
            at += char.len_utf8();
            continue;
        }
        let list = if price > 0 {
            &mut found.prices
        } else {
            &mut found.days
        };
        list.push(&own[..length]);
        rest.push_str(&text[copied..at]);
        at += length;
        copied = at;
    }
    rest.push_str(&text[copied..]);
    if copied == 0 || !rest.contains(char::is_alphanumeric) {
        return SetAside {
            rest: Cow::Borrowed(text),
            ..SetAside::default()
        };
    }
    found.rest = Cow::Owned(rest);
    found
}

/// The length of the price at the start of a text: `$12.50`, `$ 1,250`; 0 for none.
fn price(text: &str) -> usize {
    let Some(number) = text.strip_prefix('$').map(str::trim_start) else {
        return 0;
    };
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(number);
    // A comma is followed by three digits, else it ends a cell.
    while number[length..].starts_with(',') && digits(&number[length + 1..]) == 3 {
        length += 4;
    }
    if let Some(cents) = number[length..].strip_prefix('.')
        && digits(cents) > 0
    {
        length += 1 + digits(cents);
    }
    match length {
        0 => 0,
        length => text.len() - number.len() + length,
    }
}

/// The length of the day at the start of a text: `1/5/2026`, `01-05-2026`, `2026-01-05`; 0 for none.
fn day(text: &str) -> usize {
    let end = text.find(|char: char| char.is_whitespace() || BETWEEN.contains(&char));
    let own = text[..end.unwrap_or(text.len())].trim_end_matches(['.', ':']);
    let is_day = ['/', '-'].iter().any(|mark| {
        let parts: Vec<&str> = own.split(*mark).collect();
        let number = |part: &str, digits: &[usize]| {
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
            let number = part.parse::<u16>().ok();
            number.filter(|_| is_number && digits.contains(&part.len()))
        };
        let [first, second, third] = parts[..] else {
            return false;
        };
        let is_year =
            |part: &str| number(part, &[4]).is_some_and(|own| (1900..2100).contains(&own));
        let is_of_year = |month: &str, day: &str| {
            number(month, &[1, 2]).is_some_and(|own| (1..=12).contains(&own))
                && number(day, &[1, 2]).is_some_and(|own| (1..=31).contains(&own))
        };
        is_year(third) && is_of_year(first, second) || is_year(first) && is_of_year(second, third)
    });
    if is_day { own.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_and_days() {
        #[rustfmt::skip]
        let cases = [
            ("J1885 60 MG $12.50 01/05/2026", "J1885 60 MG  ", "$12.50", "01/05/2026"),
            ("hemin,$1,250.00,2026-01-05", "hemin,,", "$1,250.00", "2026-01-05"),
            ("hemin ($ 5.) 1-5-2026.", "hemin (.) .", "$ 5", "1-5-2026"),
            ("ketorolac 15 mg 13/45/2026", "ketorolac 15 mg 13/45/2026", "", ""),
            ("5/10/20 mg", "5/10/20 mg", "", ""),
            ("55292-0702-55", "55292-0702-55", "", ""),
            ("$12.50", "$12.50", "", ""),
            ("tax$5 $x", "tax$5 $x", "", ""),
        ];
        for (text, rest, prices, days) in cases {
            let own = set_aside(text);
            assert_eq!(own.rest, rest, "{text}");
            assert_eq!(
                (own.prices.join(" ").as_str(), own.days.join(" ").as_str()),
                (prices, days),
                "{text}"
            );
        }
    }
}
