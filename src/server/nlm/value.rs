//! `Value`: the condition of a clause on a field.

use std::collections::HashSet;

use super::cells::Cells;
use super::field::TableField;

/// A condition on a field's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// One of several words, or a word with one of several prefixes.
    OneOf(Values),
    /// A phrase.
    Words(Vec<String>),
    /// From and to, each open if empty, with whether it is inclusive.
    Range((String, bool), (String, bool)),
}

/// Words and prefixes, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    words: HashSet<String>,
    beginnings: HashSet<String>,
    /// The same for days, which may be written with hyphens.
    days: HashSet<String>,
    day_beginnings: HashSet<String>,
}

impl Values {
    /// A word.
    pub(super) fn word(word: &str) -> Self {
        let word = word.to_ascii_lowercase();
        Self {
            days: [word.replace('-', "")].into(),
            words: [word].into(),
            ..Self::default()
        }
    }

    /// A prefix.
    pub(super) fn beginning(word: &str) -> Self {
        let word = word.to_ascii_lowercase();
        Self {
            day_beginnings: [word.replace('-', "")].into(),
            beginnings: [word].into(),
            ..Self::default()
        }
    }

    /// Adds the values of another list.
    pub(super) fn extend(&mut self, others: Self) {
        self.words.extend(others.words);
        self.beginnings.extend(others.beginnings);
        self.days.extend(others.days);
        self.day_beginnings.extend(others.day_beginnings);
    }

    /// Whether a word in lower case matches; the cost depends only on the word.
    fn have(&self, word: &str, is_day: bool) -> bool {
        let (words, beginnings) = if is_day {
            (&self.days, &self.day_beginnings)
        } else {
            (&self.words, &self.beginnings)
        };
        let mut ends = word.char_indices().map(|(at, _)| at).chain([word.len()]);
        words.contains(word)
            || (!beginnings.is_empty() && ends.any(|end| beginnings.contains(&word[..end])))
    }
}

impl Value {
    /// Whether a field of a code satisfies it.
    pub(super) fn is_in(&self, cells: &Cells<'_>, field: TableField) -> bool {
        if !field.is_words() {
            return self.is_whole(cells.text(field), field.is_day());
        }
        match self {
            Self::OneOf(values) => cells.words(field).any(|word| values.have(word, false)),
            Self::Words(asked) => {
                let words: Vec<&str> = cells.words(field).collect();
                let same = |(word, asked): (&&str, &String)| word.eq_ignore_ascii_case(asked);
                let length = asked.len().max(1);
                words
                    .windows(length)
                    .any(|words| words.iter().zip(asked).all(same))
            }
            Self::Range(..) => self.is_whole(cells.text(field), false),
        }
    }

    /// Whether it equals the whole value of a field.
    pub(super) fn is_whole(&self, text: &str, is_day: bool) -> bool {
        // Days may also be written with hyphens.
        let plain = |asked: &str| {
            if is_day {
                asked.replace('-', "")
            } else {
                asked.to_owned()
            }
        };
        match self {
            Self::OneOf(values) => {
                !text.is_empty() && values.have(&text.to_ascii_lowercase(), is_day)
            }
            Self::Words(asked) => text.eq_ignore_ascii_case(&plain(&asked.join("-"))),
            Self::Range((from, has_from), (to, has_to)) => {
                let text = text.to_ascii_uppercase();
                let (from, to) = (
                    plain(from).to_ascii_uppercase(),
                    plain(to).to_ascii_uppercase(),
                );
                let behind = from.is_empty() || text > from || (*has_from && text == from);
                let before = to.is_empty() || text < to || (*has_to && text == to);
                !text.is_empty() && behind && before
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A list matches what any of its members matches alone.
        #[test]
        fn a_list_has_what_its_members_have(
            words in prop::collection::vec("[aBé0-]{1,3}", 0..4),
            beginnings in prop::collection::vec("[aBé0-]{0,2}", 0..3),
            text in "[abBÉé0-]{1,4}",
            is_day: bool,
        ) {
            let mut values = Values::default();
            for word in &words {
                values.extend(Values::word(word));
            }
            for word in &beginnings {
                values.extend(Values::beginning(word));
            }
            let plain = |asked: &String| if is_day { asked.replace('-', "") } else { asked.clone() };
            let begins = |asked: &str| {
                text.get(..asked.len()).is_some_and(|head| head.eq_ignore_ascii_case(asked))
            };
            let expected = words.iter().any(|word| text.eq_ignore_ascii_case(&plain(word)))
                || beginnings.iter().any(|word| begins(&plain(word)));
            prop_assert_eq!(Value::OneOf(values).is_whole(&text, is_day), expected);
        }
    }
}
