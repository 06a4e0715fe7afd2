//! Highlights the matched words in a display string: our own addition, `hl=1`.

use super::tokens::words;

/// Highlights words with the requested prefixes.
pub(super) struct Marker {
    beginnings: Vec<String>,
}

impl Marker {
    pub(super) fn new(terms: &str) -> Self {
        let mut beginnings: Vec<String> =
            words(terms).map(|(_, word)| word.to_lowercase()).collect();
        // If two match, the longer one is highlighted.
        beginnings.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self { beginnings }
    }

    /// The text with `<span>` around each prefix.
    pub(super) fn mark(&self, text: &str) -> String {
        let mut marked = String::with_capacity(text.len() + 16);
        let mut done = 0;
        for (start, word) in words(text) {
            let begins = |beginning: &&String| {
                word.get(..beginning.len())
                    .is_some_and(|head| head.eq_ignore_ascii_case(beginning))
            };
            let Some(beginning) = self.beginnings.iter().find(begins) else {
                continue;
            };
            let end = start + beginning.len();
            marked += &text[done..start];
            marked.extend(["<span>", &text[start..end], "</span>"]);
            done = end;
        }
        marked + &text[done..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_marked() {
        let marked = |terms: &str, text: &str| Marker::new(terms).mark(text);
        assert_eq!(
            marked("inj hem he", "Injection, hemin, 1 mg"),
            "<span>Inj</span>ection, <span>hem</span>in, 1 mg"
        );
        assert_eq!(marked("", "Hemin"), "Hemin");
        assert_eq!(marked("é", "Béret é"), "Béret <span>é</span>");
    }
}
