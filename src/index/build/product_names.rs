//! Names in parentheses: a product behind its substance, `paliperidone palmitate extended release
//! (invega sustenna)`.

use crate::index::analyzer::token::Token;

/// The maximum of documents with a word of a name: other words in parentheses are none.
const MOST_DOCS: u32 = 12;
/// The IDF of a name, whatever words it has. The brands of a substance are alike then if the question
/// names none, and the oldest code comes first.
const NAME_IDF: f32 = 5.0;

/// The names in a descriptor, as far as it is read.
pub(super) struct Names<'t> {
    text: &'t str,
    /// Up to where the text is read.
    read: usize,
    /// The number of the parentheses that are open there.
    open: Option<u32>,
    opened: u32,
    /// The parentheses with a name.
    named: Vec<u32>,
}

impl<'t> Names<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text,
            read: 0,
            open: None,
            opened: 0,
            named: Vec::new(),
        }
    }

    /// Takes the next token of the text; whether it stands in parentheses.
    pub(super) fn is_inside(&mut self, token: &Token) -> bool {
        let start = token.start as usize;
        for mark in self.text.get(self.read..start).unwrap_or_default().bytes() {
            match mark {
                b'(' => {
                    self.opened += 1;
                    self.open = Some(self.opened);
                }
                b')' => self.open = None,
                _ => {}
            }
        }
        self.read = self.read.max(start);
        self.open.is_some()
    }

    /// Takes a content word in parentheses that is in a number of documents; whether it belongs to a
    /// name.
    pub(super) fn take(&mut self, doc_freq: u32) -> bool {
        let name = self.open.filter(|_| doc_freq <= MOST_DOCS);
        self.named.extend(name);
        name.is_some()
    }

    /// The IDF sum of the names.
    pub(super) fn idf(mut self) -> f32 {
        self.named.dedup();
        self.named.iter().map(|_| NAME_IDF).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::analysis::analyze;

    #[test]
    fn a_name_is_one_word() {
        for (text, inside, names) in [
            (
                "Injection, drug (brandname longacting), 1 mg",
                "brandname longacting",
                1.0,
            ),
            ("Factor viii (human) (brand), per i.u.", "human brand", 2.0),
            ("Drug 1 mg", "", 0.0),
            ("(Unclosed drug", "unclosed drug", 1.0),
        ] {
            let (tokens, mut own) = (analyze(text), Names::of(text));
            let within: Vec<&Token> = tokens.iter().filter(|token| own.is_inside(token)).collect();
            let words: Vec<&str> = within.iter().map(|token| token.term.as_str()).collect();
            assert_eq!(words.join(" "), inside, "{text}");
            let mut own = Names::of(text);
            let taken = tokens
                .iter()
                .filter(|token| own.is_inside(token) && own.take(1));
            assert_eq!(taken.count(), words.len());
            assert!((own.idf() - names * NAME_IDF).abs() < 0.01, "{text}");
        }
    }

    #[test]
    fn a_common_word_is_no_name() {
        let tokens = analyze("Cast supplies (fiberglass)");
        let mut own = Names::of("Cast supplies (fiberglass)");
        assert!(own.is_inside(&tokens[2]) && !own.take(MOST_DOCS + 1));
    }
}
