//! Reads a constraint: `field:value` with AND, OR, NOT and parentheses, as Elasticsearch does.

use super::constraint::Constraint;
use super::field::TableField;
use super::tokens::{Token, tokens, words};
use super::value::{Value, Values};

/// The maximum nesting of parentheses.
const DEEPEST: usize = 32;

/// The maximum of clauses of a constraint.
const MAX_CLAUSES: usize = 50;

impl Constraint {
    /// Parses a constraint; the error says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let tokens = tokens(text)?;
        let mut parser = Parser {
            rest: &tokens,
            depth: 0,
        };
        let constraint = parser.any(None)?;
        if !parser.rest.is_empty() {
            return Err("there is a `)` too many; take it away".to_owned());
        }
        let clauses = constraint.clauses();
        if clauses > MAX_CLAUSES {
            return Err(format!(
                "it has {clauses} clauses; give at most {MAX_CLAUSES}, and values of one field as \
                 a list: `code:(A4206 OR J16*)`"
            ));
        }
        Ok(constraint)
    }
}

struct Parser<'t> {
    rest: &'t [Token],
    depth: usize,
}

impl<'t> Parser<'t> {
    /// Clauses joined by OR or by juxtaposition. As in Elasticsearch one of them is enough, unless
    /// some are required (`+`); exclusions (`-`, NOT) apply to all of them.
    fn any(&mut self, field: Option<TableField>) -> Result<Constraint, String> {
        let (mut required, mut enough, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let is_required = self.rest.first() == Some(&Token::Must);
            match self.all(field)? {
                Constraint::Not(not) => left_out.push(*not),
                clause if is_required => required.push(clause),
                clause => enough.push(clause),
            }
            match self.rest.first() {
                None | Some(Token::Close) => break,
                Some(Token::Or) => self.rest = &self.rest[1..],
                Some(_) => {}
            }
        }
        let mut all = required;
        if all.is_empty() && !enough.is_empty() {
            all.push(Constraint::any_of(enough));
        }
        let left_out = left_out
            .into_iter()
            .map(|own| Constraint::Not(Box::new(own)));
        all.extend(left_out);
        Ok(Constraint::all_of(all))
    }

    /// Clauses joined by AND.
    fn all(&mut self, field: Option<TableField>) -> Result<Constraint, String> {
        let mut all = vec![self.clause(field)?];
        while self.rest.first() == Some(&Token::And) {
            self.rest = &self.rest[1..];
            all.push(self.clause(field)?);
        }
        Ok(Constraint::all_of(all))
    }

    fn next(&mut self) -> Option<&'t Token> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn clause(&mut self, field: Option<TableField>) -> Result<Constraint, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!(
                "it is nested more than {DEEPEST} times; make it flatter"
            ));
        }
        let wrong = "a value is missing; write `field:value`, with AND, OR, NOT between";
        let clause = match self.next().ok_or(wrong)? {
            Token::Not => Constraint::Not(Box::new(self.clause(field)?)),
            Token::Must => self.clause(field)?,
            Token::Field(name) => {
                let field = TableField::named(name).map_err(|problem| problem.detail)?;
                self.clause(Some(field))?
            }
            Token::Open => {
                let inner = self.any(field)?;
                match self.next() {
                    Some(Token::Close) => inner,
                    _ => return Err("a `(` is not closed; close it with `)`".to_owned()),
                }
            }
            Token::Word(word, true) => {
                Constraint::Has(field, Value::OneOf(Values::beginning(word)))
            }
            Token::Word(word, false) => {
                field.map_or(Ok(()), |field| field.check(word))?;
                Constraint::Has(field, compared(word))
            }
            Token::Quoted(text) => {
                let words = words(text).map(|(_, word)| word.to_owned()).collect();
                Constraint::Has(field, Value::Words(words))
            }
            Token::Range(from, has_from, to, has_to) => {
                for end in [from, to].into_iter().filter(|end| *end != "*") {
                    field.map_or(Ok(()), |field| field.check(end))?;
                }
                let end = |text: &str| {
                    if text == "*" {
                        String::new()
                    } else {
                        text.to_owned()
                    }
                };
                Constraint::Has(
                    field,
                    Value::Range((end(from), *has_from), (end(to), *has_to)),
                )
            }
            Token::Close | Token::And | Token::Or => return Err(wrong.to_owned()),
        };
        self.depth -= 1;
        Ok(clause)
    }
}

/// A word, or a comparison with it: `>=20240101`.
pub(super) fn compared(word: &str) -> Value {
    let open = || (String::new(), false);
    for (sign, is_from, has) in [
        (">=", true, true),
        ("<=", false, true),
        (">", true, false),
        ("<", false, false),
    ] {
        if let Some(end) = word.strip_prefix(sign) {
            let end = (end.to_owned(), has);
            return if is_from {
                Value::Range(end, open())
            } else {
                Value::Range(open(), end)
            };
        }
    }
    Value::OneOf(Values::word(word))
}
