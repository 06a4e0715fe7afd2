//! The words in which look-alikes differ.

/// The words that a code has and the other lacks, and the words that it lacks.
pub(crate) fn differs(has: &str, has_not: &str) -> String {
    match (has, has_not) {
        ("", has_not) => format!("without: {has_not}"),
        (has, "") => format!("with: {has}"),
        (has, has_not) => format!("{has}, in place of: {has_not}"),
    }
}
