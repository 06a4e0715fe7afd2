//! Hands the engine terms with their weights, in place of words with their counts.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

/// The tokenizer's name in the schema.
pub(crate) const NAME: &str = "weighted";

/// Adds a term and its weight to a text that the tokenizer reads.
pub(crate) fn push(text: &mut String, term: &str, weight: u32) {
    let length = u32::try_from(term.len()).unwrap_or(u32::MAX);
    for number in [weight, length] {
        text.push(char::from_u32(number).unwrap_or(char::MAX));
    }
    text.push_str(term);
}

/// The tokenizer: each term comes behind its weight and its length in bytes, a character each.
pub(crate) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::from(WeightedTokenizer::default())
}

#[derive(Clone, Default)]
struct WeightedTokenizer {
    token: Token,
}

struct WeightedTokens<'a> {
    rest: &'a str,
    token: &'a mut Token,
    left: u32,
}

impl Tokenizer for WeightedTokenizer {
    type TokenStream<'a> = WeightedTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WeightedTokens<'a> {
        self.token.reset();
        WeightedTokens {
            rest: text,
            token: &mut self.token,
            left: 0,
        }
    }
}

impl TokenStream for WeightedTokens<'_> {
    fn advance(&mut self) -> bool {
        if self.left == 0 {
            let mut chars = self.rest.chars();
            let (Some(weight), Some(length)) = (chars.next(), chars.next()) else {
                return false;
            };
            let rest = chars.as_str();
            let Some((term, rest)) = rest.split_at_checked(length as usize) else {
                return false;
            };
            self.rest = rest;
            self.left = u32::from(weight).max(1);
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
