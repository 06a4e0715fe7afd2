//! Excel's way to keep a number's zeros in a CSV: a formula that is a text, `="00409…"`.

/// The text of a cell that is such a formula, else the cell.
pub(crate) fn unescaped(cell: &str) -> &str {
    let text = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    text.filter(|text| !text.contains('"')).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_text_is_taken_out() {
        for (cell, text) in [
            ("=\"00409-1234-01\"", "00409-1234-01"),
            ("=\"\"", ""),
            ("=\"", "=\""),
            ("=A1&\"x\"", "=A1&\"x\""),
            ("=\"a\"&\"b\"", "=\"a\"&\"b\""),
        ] {
            assert_eq!(unescaped(cell), text, "{cell}");
        }
    }
}
