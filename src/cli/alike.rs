//! In which few words codes differ that look alike.

use hcpcs::search::Alike;

/// What one has in place of the other.
pub(crate) fn differs(alike: &Alike) -> String {
    match (alike.has.as_str(), alike.has_not.as_str()) {
        ("", has_not) => format!("without: {has_not}"),
        (has, "") => format!("with: {has}"),
        (has, has_not) => format!("{has}, in place of: {has_not}"),
    }
}
