//! Days and quarters of a page in one piece: a browser breaks a line behind any of their hyphens.

/// What holds text that is no markup, or may hold no `span`.
const PLAIN: [&str; 6] = ["option", "script", "style", "svg", "textarea", "title"];

/// Puts each day and each quarter in the text of a page into a `span` that is not broken.
pub(super) fn whole_days(html: &str) -> String {
    let mut page = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        mark(&rest[..start], &mut page);
        rest = &rest[start..];
        let name = rest[1..].split(|sign: char| !sign.is_ascii_alphanumeric());
        let name = name.into_iter().next().unwrap_or_default();
        let end = if PLAIN.contains(&name) {
            rest.find(&format!("</{name}"))
        } else {
            rest.find('>').map(|end| end + 1)
        };
        let (tag, behind) = rest.split_at(end.unwrap_or(rest.len()));
        page.push_str(tag);
        rest = behind;
    }
    mark(rest, &mut page);
    page
}

/// Copies a text with its days and quarters marked.
fn mark(text: &str, page: &mut String) {
    let bytes = text.as_bytes();
    let (mut copied, mut at) = (0, 0);
    while let Some(hyphen) = text[at..].find('-').map(|found| at + found) {
        at = hyphen + 1;
        let Some(start) = hyphen.checked_sub(4) else {
            continue;
        };
        let is_apart = |at: Option<usize>| {
            let byte = at.and_then(|at| bytes.get(at));
            byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-')
        };
        let is_day = |end: usize| {
            let shape = bytes.get(start..end).unwrap_or_default();
            let fits = |(at, byte): (usize, &u8)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            };
            !shape.is_empty() && shape.iter().enumerate().all(fits) && is_apart(Some(end))
        };
        let end = [start + 10, start + 7].into_iter().find(|end| is_day(*end));
        let Some(end) = end.filter(|_| is_apart(start.checked_sub(1))) else {
            continue;
        };
        page.push_str(&text[copied..start]);
        page.push_str("<span class=\"whole\">");
        page.push_str(&text[start..end]);
        page.push_str("</span>");
        (copied, at) = (end, end);
    }
    page.push_str(&text[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_quarters_are_whole_and_nothing_else_is_touched() {
        let whole = |text: &str| format!("<span class=\"whole\">{text}</span>");
        let day = whole("2026-01-15");
        for (html, expected) in [
            ("<p>valid since 2026-01-15", format!("<p>valid since {day}")),
            ("<td>2026-01-15</td>", format!("<td>{day}</td>")),
            (
                "2025-10/v3 to 2026-01.",
                format!("{}/v3 to {}.", whole("2025-10"), whole("2026-01")),
            ),
            ("é2026-01-15–2026-01-15", format!("é{day}–{day}")),
        ] {
            assert_eq!(whole_days(html), expected);
        }
        for html in [
            "<a href=\"/?as_of=2026-01-15\" title='2026-01'>J1640</a>",
            "<textarea>J1640 2026-01-15 <b></textarea>",
            "<select><option value=x>2026-01</option></select>",
            "<svg><text>2026-01</text></svg><title>2026-01</title>",
            "<td>55292-0702-55 1234-5678-90 12026-01 2026-010 x-2026-01 2026-01-1",
            "a-b - 1-2 <",
            "-",
            "",
        ] {
            assert_eq!(whole_days(html), html);
        }
    }
}
