//! The constraint `q`: as much of Elasticsearch's query string as is in use.
//!
//! `field:value`, `field:J16*`, `field:(A OR B)`, `field:"two words"`, `field:[20240101 TO *]`,
//! `field:>=20240101`, AND, OR, NOT and parentheses.

use crate::search::Listed;

use super::field::TableField;
use super::tokens::{Token, tokens, words};

/// How deep parentheses may stand in each other.
const DEEPEST: usize = 32;

/// What a code must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Constraint {
    All(Vec<Constraint>),
    Any(Vec<Constraint>),
    Not(Box<Constraint>),
    /// A field has a value; without a field, one of those that are searched has it.
    Has(Option<TableField>, Value),
}

/// What a field must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Word(String),
    Beginning(String),
    Words(Vec<String>),
    /// From and to, each open where it is empty; whether the end belongs to it.
    Range((String, bool), (String, bool)),
}

impl Constraint {
    /// Reads a constraint; the error says what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let tokens = tokens(text)?;
        let mut parser = Parser {
            rest: &tokens,
            depth: 0,
        };
        let constraint = parser.any(None)?;
        match parser.rest.first() {
            None => Ok(constraint),
            Some(_) => Err("there is a `)` too many; take it away".to_owned()),
        }
    }

    /// Whether a code is as it must be.
    pub(super) fn holds(&self, listed: &Listed<'_>, searched: &[TableField]) -> bool {
        match self {
            Self::All(all) => all.iter().all(|one| one.holds(listed, searched)),
            Self::Any(any) => any.iter().any(|one| one.holds(listed, searched)),
            Self::Not(not) => !not.holds(listed, searched),
            Self::Has(Some(field), value) => value.is_in(*field, listed),
            Self::Has(None, value) => searched.iter().any(|field| value.is_in(*field, listed)),
        }
    }
}

impl Value {
    fn is_in(&self, field: TableField, listed: &Listed<'_>) -> bool {
        let cell = field.of(listed);
        let text = cell.text();
        if !field.is_words() {
            return self.is_whole(text, field.is_day());
        }
        let mut words = words(text).map(|(_, word)| word);
        match self {
            Self::Word(asked) => words.any(|word| word.eq_ignore_ascii_case(asked)),
            Self::Beginning(asked) => words.any(|word| begins(word, asked)),
            Self::Words(asked) => {
                let words: Vec<&str> = words.collect();
                let same = |(word, asked): (&&str, &String)| word.eq_ignore_ascii_case(asked);
                let length = asked.len().max(1);
                words
                    .windows(length)
                    .any(|words| words.iter().zip(asked).all(same))
            }
            Self::Range(..) => self.is_whole(text, false),
        }
    }

    /// Whether it is the whole value of a field.
    fn is_whole(&self, text: &str, is_day: bool) -> bool {
        // Days are also written with hyphens.
        let plain = |asked: &str| {
            if is_day {
                asked.replace('-', "")
            } else {
                asked.to_owned()
            }
        };
        match self {
            Self::Word(asked) => text.eq_ignore_ascii_case(&plain(asked)),
            Self::Beginning(asked) => !text.is_empty() && begins(text, &plain(asked)),
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

fn begins(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(beginning))
}

struct Parser<'t> {
    rest: &'t [Token],
    depth: usize,
}

impl<'t> Parser<'t> {
    /// Clauses joined by OR, or by nothing, which means the same.
    fn any(&mut self, field: Option<TableField>) -> Result<Constraint, String> {
        let mut any = vec![self.all(field)?];
        while let Some(token) = self.rest.first() {
            match token {
                Token::Close => break,
                Token::Or => self.rest = &self.rest[1..],
                _ => {}
            }
            any.push(self.all(field)?);
        }
        Ok(if any.len() == 1 {
            any.remove(0)
        } else {
            Constraint::Any(any)
        })
    }

    /// Clauses joined by AND.
    fn all(&mut self, field: Option<TableField>) -> Result<Constraint, String> {
        let mut all = vec![self.clause(field)?];
        while self.rest.first() == Some(&Token::And) {
            self.rest = &self.rest[1..];
            all.push(self.clause(field)?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Constraint::All(all)
        })
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
            Token::Word(word, true) => Constraint::Has(field, Value::Beginning(word.clone())),
            Token::Word(word, false) => Constraint::Has(field, compared(word)),
            Token::Quoted(text) => {
                let words = words(text).map(|(_, word)| word.to_owned()).collect();
                Constraint::Has(field, Value::Words(words))
            }
            Token::Range(from, has_from, to, has_to) => {
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

/// A word, or what lies on one side of it: `>=20240101`.
fn compared(word: &str) -> Value {
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
    Value::Word(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(constraint: &str, field: TableField, text: &str) -> bool {
        match Constraint::parse(constraint).unwrap() {
            Constraint::Has(Some(own), value) => {
                assert_eq!(own, field);
                value.is_whole(text, field.is_day())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_of_fields() {
        use TableField::{AddDt, Code, Obsolete, TermDt};
        for (constraint, field, text, expected) in [
            ("code:j16*", Code, "J1640", true),
            ("code:J16", Code, "J1640", false),
            ("code:[J1600 TO J1699]", Code, "J1640", true),
            ("code:{J1640 TO J1699]", Code, "J1640", false),
            ("add_dt:[20240101 TO *]", AddDt, "20240101", true),
            ("add_dt:[2024-01-01 TO 2024-12-31]", AddDt, "20241231", true),
            ("add_dt:>20240101", AddDt, "20240101", false),
            ("add_dt:>=20240101", AddDt, "20240101", true),
            ("add_dt:<2024", AddDt, "20231231", true),
            ("add_dt:2024*", AddDt, "20240701", true),
            ("add_dt:\"2024-01-01\"", AddDt, "20240101", true),
            ("term_dt:*", TermDt, "", false),
            ("term_dt:[* TO *]", TermDt, "", false),
            ("term_dt:\"\"", TermDt, "", true),
            ("obsolete:false", Obsolete, "false", true),
            ("obsolete:TRUE", Obsolete, "false", false),
        ] {
            assert_eq!(
                fits(constraint, field, text),
                expected,
                "{constraint} {text}"
            );
        }
    }

    #[test]
    fn what_belongs_together() {
        let same = |a: &str, b: &str| {
            assert_eq!(
                Constraint::parse(a).unwrap(),
                Constraint::parse(b).unwrap(),
                "{a}"
            );
        };
        same(
            "is_noc:false AND obsolete:false OR code:A*",
            "(is_noc:false && obsolete:false) || code:A*",
        );
        same("code:(A4206 J1640)", "code:A4206 OR code:J1640");
        same("NOT code:A*", "-code:A*");
        same("+is_noc:true", "is_noc:true");
    }

    #[test]
    fn what_is_wrong_is_said() {
        for bad in [
            "",
            "AND",
            "code:",
            "code:(A",
            "code:A)",
            "price:1",
            "NOT",
            "a AND",
            "code:(A OR)",
        ] {
            assert!(Constraint::parse(bad).is_err(), "{bad}");
        }
        assert!(Constraint::parse(&"(".repeat(5000)).is_err());
        assert!(Constraint::parse(&"NOT ".repeat(3000)).is_err());
    }
}
