//! The name of a column in words, and the classes of these words.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The words of column names, by what they say.
static CLASSES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut classes: HashMap<&str, Vec<&str>> = HashMap::new();
    let rows = include_str!("column_words.tsv").lines().skip(2);
    for (class, row) in rows.filter_map(|row| row.split_once('\t')) {
        let words = row.rsplit('\t').next().unwrap_or_default();
        for word in words.split(' ') {
            classes.entry(word).or_default().push(class);
        }
    }
    classes
});

/// The words of a name.
pub(super) struct Name(pub(super) Vec<String>);

impl Name {
    /// Whether a word is of a class.
    pub(super) fn has(&self, class: &str) -> bool {
        self.0.iter().any(|word| is_of(word, class))
    }

    /// Whether every word is of one of some classes.
    pub(super) fn is_of(&self, some: &[&str]) -> bool {
        let is_one = |word: &String| some.iter().any(|class| is_of(word, class));
        self.0.iter().all(is_one)
    }

    pub(super) fn is(&self, words: &[&str]) -> bool {
        self.0 == words
    }

    pub(super) fn has_word(&self, word: &str) -> bool {
        self.0.iter().any(|own| own == word)
    }
}

/// Whether a word is of a class.
pub(super) fn is_of(word: &str, class: &str) -> bool {
    let classes = CLASSES.get(word);
    classes.is_some_and(|classes| classes.contains(&class))
}

pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
