//! The rows of a record page: a label, a value and a definition, separated by tabs.

use super::html_tags::without_marks;
use super::labels;

/// The label of the code itself.
pub(super) const CODE: &str = "HCPCS Code";

/// One line of a page's table.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) definition: String,
}

/// Whether a file begins as a record page: a tab-separated row gives the code.
pub(crate) fn is_page(head: &str) -> bool {
    head.lines()
        .filter_map(|line| line.split_once('\t'))
        .any(|(label, _)| is_code(&without_marks(label)))
}

/// The rows of a page, and how many lines are not rows.
pub(super) fn rows(text: &str) -> (Vec<Row>, usize) {
    let (mut rows, mut prose) = (Vec::new(), 0);
    for (at, line) in text.lines().enumerate() {
        let mut cells = line.split('\t').map(without_marks);
        let mut next = || cells.next().unwrap_or_default();
        let (label, value, definition) = (next(), next(), next());
        if line.contains('\t') && !label.is_empty() {
            let line = at + 1;
            rows.push(Row {
                line,
                label,
                value,
                definition,
            });
        } else {
            prose += usize::from(!line.trim().is_empty());
        }
    }
    (rows, prose)
}

pub(super) fn is_code(label: &str) -> bool {
    label.eq_ignore_ascii_case(CODE)
}

/// The label of the coded value that a row such as `Coverage Code Description` explains.
pub(super) fn coded(label: &str) -> Option<&str> {
    let coded = label.strip_suffix(" Description")?;
    labels::field(without_number(coded)).map(|_| coded)
}

/// `Type Of Service Code` of `Type Of Service Code #2`.
pub(super) fn without_number(label: &str) -> &str {
    match label.rsplit_once(" #") {
        Some((label, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => label,
        _ => label,
    }
}
