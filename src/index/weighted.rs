//! Hands the engine terms with their weights, in place of words with their counts.

use std::fmt::Write as _;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

/// The tokenizer's name in the schema.
pub(crate) const NAME: &str = "weighted";

/// Adds a term and its weight to a text that the tokenizer reads.
pub(crate) fn push(text: &mut String, term: &str, weight: u32) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{weight} {term}");
}

/// The tokenizer: each line is a weight, a blank and a term.
pub(crate) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::from(WeightedTokenizer::default())
}

#[derive(Clone, Default)]
struct WeightedTokenizer {
    token: Token,
}

struct WeightedTokens<'a> {
    lines: std::str::Lines<'a>,
    token: &'a mut Token,
    left: u32,
}

impl Tokenizer for WeightedTokenizer {
    type TokenStream<'a> = WeightedTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WeightedTokens<'a> {
        self.token.reset();
        WeightedTokens {
            lines: text.lines(),
            token: &mut self.token,
            left: 0,
        }
    }
}

impl TokenStream for WeightedTokens<'_> {
    fn advance(&mut self) -> bool {
        if self.left == 0 {
            let next = self.lines.next().and_then(|line| line.split_once(' '));
            let Some((weight, term)) = next else {
                return false;
            };
            self.left = weight.parse().unwrap_or(1).max(1);
            self.token.text.clear();
            self.token.text.push_str(term);
        }
        self.left -= 1;
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_comes_as_often_as_it_weighs() {
        let mut text = String::new();
        push(&mut text, "hemin", 2);
        push(&mut text, "0.1mg", 1);
        let mut analyzer = analyzer();
        let mut stream = analyzer.token_stream(&text);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push(stream.token().text.clone());
        }
        assert_eq!(terms, ["hemin", "hemin", "0.1mg"]);
    }
}
