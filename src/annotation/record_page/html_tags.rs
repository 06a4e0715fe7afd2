//! Strips HTML tags and entities from record-page cells.

use crate::annotation::text::squeeze;

/// The text of a cell without HTML tags, a line for each paragraph.
pub(crate) fn without_marks(cell: &str) -> String {
    let mut plain = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((text, tail)) = rest.split_once('<') {
        plain.push_str(text);
        match tail.split_once('>') {
            Some((mark, tail)) if is_mark(mark) => {
                if mark.trim_matches('/').eq_ignore_ascii_case("p") {
                    plain.push('\n');
                }
                rest = tail;
            }
            _ => {
                plain.push('<');
                rest = tail;
            }
        }
    }
    plain.push_str(rest);
    for (entity, letter) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        plain = plain.replace(entity, letter);
    }
    let paragraphs: Vec<String> = plain
        .lines()
        .map(squeeze)
        .filter(|line| !line.is_empty())
        .collect();
    paragraphs.join("\n")
}

/// Whether the text between `<` and `>` is a tag, and not a comparison such as `< 5 and >`.
fn is_mark(mark: &str) -> bool {
    let name = mark.trim_start_matches('/');
    name.starts_with(|letter: char| letter.is_ascii_alphabetic()) && mark.len() < 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_comparisons_stay() {
        assert_eq!(without_marks("<i>HCPCS Code</i>"), "HCPCS Code");
        assert_eq!(
            without_marks("<p>One.</p> <P>Two &amp;  three</P>"),
            "One.\nTwo & three"
        );
        for plain in ["a < b", "1 < 5 and > 2", "a <", "x > y", ""] {
            assert_eq!(without_marks(plain), plain);
        }
    }
}
