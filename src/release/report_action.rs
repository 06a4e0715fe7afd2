//! The words for an action in transaction reports, and CMS's action codes.

use crate::codeset::Action;

/// The words for an action in reports, in lower case. The letters of CMS's action codes need no
/// entry.
const ACTIONS: [(&str, &str); 21] = [
    ("add", "A"),
    ("added", "A"),
    ("addition", "A"),
    ("coverage and long description change", "B"),
    ("coverage and long desc change", "B"),
    ("long description change", "C"),
    ("long desc change", "C"),
    ("discontinue", "D"),
    ("discontinued", "D"),
    ("terminate", "D"),
    ("terminated", "D"),
    ("coverage change", "F"),
    ("no change", "N"),
    ("payment change", "P"),
    ("re-activate", "R"),
    ("re-activated", "R"),
    ("reactivated", "R"),
    ("short description change", "S"),
    ("short desc change", "S"),
    ("miscellaneous change (betos or type of service)", "T"),
    ("miscellaneous change", "T"),
];

/// CMS's action code for the words of a report.
pub(super) fn action(published: &str) -> Option<Action> {
    let words: Vec<&str> = published.split_whitespace().collect();
    let words = words.join(" ").to_lowercase();
    let known = ACTIONS
        .iter()
        .find(|(name, letter)| *name == words || letter.eq_ignore_ascii_case(&words));
    known?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions() {
        assert!(ACTIONS.iter().all(|(words, _)| action(words).is_some()));
        assert_eq!(action(" Long  Description CHANGE "), "C".parse().ok());
        assert_eq!(action("r"), "R".parse().ok());
        assert_eq!(action(""), None);
    }
}
