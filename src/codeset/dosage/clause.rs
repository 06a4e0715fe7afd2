//! Clauses of a descriptor, divided by its commas and parentheses.

use super::super::token::{Placed, Token, tokens};

/// A piece of a descriptor between commas, semicolons, colons or parentheses.
#[derive(Debug)]
pub(super) struct Clause {
    pub(super) tokens: Vec<Placed>,
    /// Whether it is in parentheses.
    pub(super) is_aside: bool,
}

impl Clause {
    /// Whether one of its words is this one.
    pub(super) fn has(&self, word: &str) -> bool {
        self.tokens.iter().any(|placed| placed.token.is(word))
    }
}

/// The clauses of a descriptor in order, without empty ones. One word in parentheses, such as an
/// abbreviation, divides nothing.
pub(super) fn clauses(descriptor: &str) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let (mut open, mut asides) = (Vec::new(), vec![Vec::new()]);
    let mut depth = 0_usize;
    for placed in tokens(descriptor) {
        match placed.token {
            Token::Sign('(' | '[') => depth += 1,
            Token::Sign(')' | ']') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let asides = std::mem::replace(&mut asides, vec![Vec::new()]);
                    close_asides(&mut clauses, &mut open, asides);
                }
            }
            Token::Sign(',' | ';' | ':') if depth > 0 => asides.push(Vec::new()),
            Token::Sign(',' | ';' | ':') => close(&mut clauses, &mut open, false),
            _ if depth > 0 => asides.last_mut().unwrap_or(&mut open).push(placed),
            _ => open.push(placed),
        }
    }
    close(&mut clauses, &mut open, false);
    close_asides(&mut clauses, &mut open, asides);
    clauses
}

fn close(clauses: &mut Vec<Clause>, open: &mut Vec<Placed>, is_aside: bool) {
    if !open.is_empty() {
        let tokens = std::mem::take(open);
        clauses.push(Clause { tokens, is_aside });
    }
}

fn close_asides(clauses: &mut Vec<Clause>, open: &mut Vec<Placed>, asides: Vec<Vec<Placed>>) {
    let is_word =
        |tokens: &Vec<Placed>| matches!(&tokens[..], [only] if only.token.word().is_some());
    if !open.is_empty() && asides.len() == 1 && asides.iter().all(is_word) {
        return;
    }
    close(clauses, open, false);
    for mut aside in asides {
        close(clauses, &mut aside, true);
    }
}
