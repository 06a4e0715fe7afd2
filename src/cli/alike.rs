//! In which few words codes differ that look alike.

/// What a code has that the other has not, in place of what only the other has.
pub(crate) fn differs(has: &str, has_not: &str) -> String {
    match (has, has_not) {
        ("", has_not) => format!("without: {has_not}"),
        (has, "") => format!("with: {has}"),
        (has, has_not) => format!("{has}, in place of: {has_not}"),
    }
}
