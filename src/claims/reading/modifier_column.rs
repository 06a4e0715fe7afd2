//! Recognises a column of modifiers by its name.

use super::column_content::Column;
use super::column_name::{Name, is_number, is_of};
use crate::search::plan::edit_distance::distance;

/// How many edits from `modifier` make it another word.
const TYPING_ERRORS: u8 = 2;

/// The content of a column whose name has a word for a modifier, or is short for one.
pub(super) fn of_modifier(name: &Name) -> Option<Column> {
    let is_modifier = |word: &String| is_of(word, "modifier") || is_misspelt_modifier(word);
    if !name.0.iter().any(is_modifier) {
        return is_short_for_a_modifier(name).then_some(Column::Modifier);
    }
    let leaves_it =
        |word: &String| is_of(word, "modifier") || is_of(word, "with_modifier") || is_number(word);
    Some(if name.0.iter().all(leaves_it) {
        Column::Modifier
    } else if name.has("about") {
        Column::Other
    } else {
        Column::UnclearModifier
    })
}

/// Whether a name is of a modifier without a word for one: `M1`, `MD 1`, `HCPCS Suffix`.
fn is_short_for_a_modifier(name: &Name) -> bool {
    match &name.0[..] {
        [letter, number] if is_number(number) => matches!(&**letter, "m" | "md"),
        [of @ .., suffix] if suffix == "suffix" => {
            of.iter().any(|word| is_of(word, "code"))
                && of
                    .iter()
                    .all(|word| is_of(word, "code") || is_of(word, "with_code"))
        }
        _ => false,
    }
}

/// Whether a word is `modifier` with typing errors.
fn is_misspelt_modifier(word: &str) -> bool {
    let others = ["modified", "modify", "modifies"];
    word.len() >= 6
        && !others.contains(&word)
        && ["modifier", "modifiers"]
            .iter()
            .any(|own| distance(own.as_bytes(), word.as_bytes(), TYPING_ERRORS).is_some())
}
