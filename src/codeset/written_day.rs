//! Days as people in the US and their programs write them: `1/15/2026`, `Jan 15, 2026`.

/// A two-digit year up to this one is of this century.
const LAST_OF_THIS_CENTURY: i16 = 69;

/// Year, month and day of a written day, with or without a time of day.
pub(crate) fn parts(text: &str) -> Option<(i16, i8, i8)> {
    let text = without_time(text.trim());
    let is_gap = |letter: char| matches!(letter, '/' | '-' | ',' | '.' | ' ');
    let mut parts: Vec<&str> = text.split(is_gap).filter(|part| !part.is_empty()).collect();
    if let [one] = parts[..] {
        // 15JAN2026
        let letters = one.find(|letter: char| letter.is_ascii_alphabetic())?;
        let (day, rest) = one.split_at(letters);
        let year = rest.find(|letter: char| letter.is_ascii_digit())?;
        parts = vec![day, &rest[..year], &rest[year..]];
    }
    let number = |text: &str| -> Option<i8> {
        let is_number =
            (1..=2).contains(&text.len()) && text.bytes().all(|own| own.is_ascii_digit());
        text.parse().ok().filter(|_| is_number)
    };
    let year = |text: &str| -> Option<i16> {
        let is_number = text.bytes().all(|own| own.is_ascii_digit());
        let year: i16 = text.parse().ok().filter(|_| is_number)?;
        match text.len() {
            4 => Some(year),
            2 if year <= LAST_OF_THIS_CENTURY => Some(2000 + year),
            2 => Some(1900 + year),
            _ => None,
        }
    };
    let &[one, two, three] = parts.as_slice() else {
        return None;
    };
    // A dot separates days that begin with the day of the month, unless they begin with the year.
    if text.contains('.') && one.len() != 4 && month(one).is_none() && month(two).is_none() {
        return None;
    }
    if one.len() == 4 && number(three).is_some() {
        let month = number(two).or_else(|| month(two))?;
        return Some((year(one)?, month, number(three)?));
    }
    if let Some(month) = month(one) {
        return Some((year(three)?, month, number(two)?));
    }
    if let Some(month) = month(two) {
        return Some((year(three)?, month, number(one)?));
    }
    Some((year(three)?, number(one)?, number(two)?))
}

/// The English names of the months.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month of an English name or of its first three letters.
fn month(text: &str) -> Option<i8> {
    let name = text.to_ascii_lowercase();
    let is_meant = |month: &&str| {
        name.len() >= 3 && (month.starts_with(&name) || name == "sept" && *month == "september")
    };
    let at = MONTHS.iter().position(is_meant)?;
    i8::try_from(at + 1).ok()
}

/// The text before a time of day such as ` 00:00:00` or `T08:30:00Z`.
pub(crate) fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else {
        return text;
    };
    let before = &text[..colon];
    let Some(gap) = before.rfind(['T', ' ']) else {
        return text;
    };
    let is_hour =
        |hour: &str| (1..=2).contains(&hour.len()) && hour.bytes().all(|own| own.is_ascii_digit());
    let is_time = is_hour(&before[gap + 1..])
        && text[colon..].chars().all(|own| {
            own.is_ascii_digit()
                || matches!(
                    own,
                    ':' | '.' | 'Z' | '+' | '-' | ' ' | 'A' | 'P' | 'M' | 'a' | 'p' | 'm'
                )
        });
    if is_time {
        text[..gap].trim_end()
    } else {
        text
    }
}
