//! A long descriptor → the unit that it bills.

use super::super::amount::{Amount, Unit};
use super::super::code::Code;
use super::super::decimal::Decimal;
use super::super::token::Token;
use super::super::written::{amount, is_quantity};
use super::clause::{Clause, clauses};
use super::dosage::Dosage;
use super::phrase::{Unreadable, phrases};
use super::phrase_forms::{Form, Phrase};

/// Words of a device or a container: an amount in such a descriptor is its size.
const DEVICES: &[&str] = &[
    "syringe", "syringes", "needle", "needles", "catheter", "tray", "bag", "bags", "kit",
];

impl Dosage {
    /// Reads the unit that a code bills from its long descriptor; `None` if the descriptor does not
    /// state one beyond doubt.
    ///
    /// An amount alone is the billed unit only in the sections of drugs and products: elsewhere
    /// it is a limit of age, a laboratory value or the load that a bed bears.
    #[must_use]
    pub fn read(code: Code, long_descriptor: &str) -> Option<Self> {
        let section = code.section()?;
        let clauses = clauses(long_descriptor);
        if let Some(amount) = clauses.iter().find_map(equation) {
            return Some(Self::of(amount));
        }
        let mut stated = Vec::with_capacity(clauses.len());
        for clause in &clauses {
            stated.push(match phrases(&clause.tokens) {
                Err(Unreadable::UnknownUnit) if clause.is_aside => Vec::new(),
                phrases => phrases.ok()?,
            });
        }
        let bills = |sections: &str| sections.contains(section.as_str());
        let products = bills("ABCJPQS");
        for phrases in &mut stated {
            // "more than 7 days and up to 28 days of therapy"
            let is_band = phrases
                .iter()
                .any(|phrase: &Phrase| phrase.form == Form::MoreThan);
            phrases.retain(|phrase| match phrase.form {
                Form::Per => true,
                Form::UpTo => (products && (is_band || is_quantity(&phrase.amount))) || bills("HT"),
                Form::Bare => products,
                Form::AtLeast | Form::AtMost | Form::MoreThan => {
                    products && !code.as_str().starts_with("A4")
                }
            });
        }
        let descriptor = Descriptor { clauses, stated };
        let at = (0..descriptor.clauses.len())
            .rev()
            .find(|at| descriptor.names_unit(*at))?;
        descriptor.unit_at(at)
    }
}

/// "500 ml = 1 unit", "one unit = 1 day supply".
fn equation(clause: &Clause) -> Option<Amount> {
    let tokens = &clause.tokens;
    let sign = tokens
        .iter()
        .position(|placed| placed.token == Token::Sign('=') || placed.token.is("equals"))?;
    let is_one = |at: usize| {
        let one = tokens.get(at).map(|placed| &placed.token);
        let is_one = one.is_some_and(|one| one.is("one") || *one == Token::Number(Decimal::ONE));
        is_one
            && tokens
                .get(at + 1)
                .is_some_and(|placed| placed.token.is("unit"))
    };
    let start = if is_one(sign + 1) {
        let is_number = |at: &usize| matches!(tokens[*at].token, Token::Number(_));
        (0..sign).rev().find(is_number)?
    } else if sign.checked_sub(2).is_some_and(is_one) {
        sign + 1
    } else {
        return None;
    };
    let known = amount(tokens, start).map(|(amount, _)| amount);
    known.or_else(|| {
        // "1 unit equals 1 cubic foot"
        let end = if start < sign { sign } else { tokens.len() };
        let Token::Number(number) = &tokens[start].token else {
            return None;
        };
        let words = tokens[start + 1..end].iter().map(|own| own.token.word());
        let name: Option<Vec<&str>> = words.collect();
        let name = name.filter(|name| !name.is_empty())?.join(" ");
        Some(Amount::things(*number, &name))
    })
}

/// A descriptor's clauses, and what each of them states.
struct Descriptor {
    clauses: Vec<Clause>,
    stated: Vec<Vec<Phrase>>,
}

impl Descriptor {
    /// Whether a clause names the unit, or would name it if it were clear.
    fn names_unit(&self, at: usize) -> bool {
        let clause = &self.clauses[at];
        let Some(last) = self.stated[at].last() else {
            return false;
        };
        let is_all = last.start == 0 && last.end == clause.tokens.len();
        let begins = last.form == Form::Per && last.start == 0;
        !clause.is_aside || begins || (last.form == Form::Bare && is_all && self.is_alone(at))
    }

    /// The unit that a clause names; `None` if it is not clear.
    fn unit_at(&self, at: usize) -> Option<Dosage> {
        let phrases = &self.stated[at];
        let last = phrases.last()?;
        if self.clauses[at].is_aside && last.form == Form::Bare {
            return Some(Dosage::of(last.amount.clone()));
        }
        let is_bound = |phrase: &Phrase| phrase.form == Form::MoreThan;
        match last.form {
            _ if phrases.iter().any(is_bound) => self.band(at),
            Form::MoreThan | Form::AtMost | Form::AtLeast => self.band(at),
            Form::Per => self.per(at, last),
            Form::UpTo => match self.per_before(at) {
                Some(per) => {
                    let mut dosage = Dosage::of(per.amount.clone());
                    dosage.at_most = Some(last.amount.clone());
                    Some(dosage)
                }
                None => self.drugs(at),
            },
            Form::Bare => self.drugs(at),
        }
    }

    /// Whether no other clause states an amount.
    fn is_alone(&self, at: usize) -> bool {
        let stated = self.stated.iter().enumerate();
        stated
            .filter(|(other, _)| *other != at)
            .all(|(_, phrases)| phrases.is_empty())
    }

    /// "per study dose", which a limit may precede: "up to 200 million cells, …, per dose".
    fn per(&self, at: usize, per: &Phrase) -> Option<Dosage> {
        let mut dosage = Dosage::of(per.amount.clone());
        let behind = self
            .stated
            .get(at + 1)
            .filter(|_| self.clauses[at + 1].is_aside);
        let limits = self.stated[..at].iter().chain(behind).flatten();
        let mut limits =
            limits.filter(|phrase| phrase.form == Form::UpTo && is_quantity(&phrase.amount));
        let limit = limits.next();
        if limits.next().is_some() {
            return None;
        }
        dosage.at_most = limit.map(|limit| limit.amount.clone());
        dosage.equals = self.equal(at);
        Some(dosage)
    }

    /// The last "per …" before a limit, in its clause or the one before.
    fn per_before(&self, at: usize) -> Option<&Phrase> {
        let own = self.stated[at].iter().rev().skip(1);
        let before = at
            .checked_sub(1)
            .map(|before| self.stated[before].iter().rev());
        let is_per = |phrase: &&Phrase| phrase.form == Form::Per;
        own.chain(before.into_iter().flatten()).find(is_per)
    }

    /// "greater than 3 mg, but less than or equal to 6 mg": a dose between bounds.
    fn band(&self, at: usize) -> Option<Dosage> {
        let before = self.clauses[at]
            .tokens
            .first()
            .filter(|first| first.token.is("but"));
        let from = at - usize::from(before.is_some() && at > 0);
        let mut dosage = Dosage::of(Amount::things(Decimal::ONE, "dose"));
        for phrase in self.stated[from..=at].iter().flatten() {
            let bound = match phrase.form {
                Form::MoreThan => &mut dosage.more_than,
                Form::AtLeast => &mut dosage.at_least,
                Form::AtMost | Form::UpTo => &mut dosage.at_most,
                Form::Bare | Form::Per => return None,
            };
            if bound.replace(phrase.amount.clone()).is_some() {
                return None;
            }
        }
        Some(dosage)
    }

    /// "10 mg", "up to 10 mg", or the amounts of a combination's drugs.
    fn drugs(&self, at: usize) -> Option<Dosage> {
        let is_device =
            |clause: &Clause| !clause.is_aside && DEVICES.iter().any(|word| clause.has(word));
        if self.clauses.iter().any(is_device) {
            return None;
        }
        let mut drugs: Vec<&Phrase> = self.joined(at)?;
        let mut first = at;
        while let Some(before) = first
            .checked_sub(1)
            .filter(|before| self.goes_on(*before, first))
        {
            let mut earlier = self.joined(before)?;
            earlier.append(&mut drugs);
            drugs = earlier;
            first = before;
        }
        let (one, others) = drugs.split_first()?;
        let mut dosage = Dosage::of(one.amount.clone());
        dosage.with = others.iter().map(|phrase| phrase.amount.clone()).collect();
        dosage.up_to = one.form == Form::UpTo;
        dosage.equals = one
            .volume
            .clone()
            .filter(|_| others.is_empty())
            .or_else(|| self.equal(at));
        let is_thing = matches!(dosage.amount.unit, Unit::Things(_));
        (!is_thing || others.is_empty()).then_some(dosage)
    }

    /// The phrases of a clause; several must be joined by "and" or a slash.
    fn joined(&self, at: usize) -> Option<Vec<&Phrase>> {
        let phrases = &self.stated[at];
        let tokens = &self.clauses[at].tokens;
        let are_joined = phrases.windows(2).all(|pair| {
            let between = &tokens[pair[0].end..pair[1].start];
            let mut tokens = between.iter().map(|placed| &placed.token);
            tokens.any(|token| token.is("and") || token.is("with") || *token == Token::Sign('/'))
        });
        let are_drugs = phrases
            .iter()
            .all(|phrase| matches!(phrase.form, Form::Bare | Form::UpTo));
        (are_joined && are_drugs).then(|| phrases.iter().collect())
    }

    /// Whether the combination of a clause begins in the one before: "imipenem 4 mg, cilastatin
    /// 4 mg and relebactam 2 mg", "up to 2.5 mg and ipratropium bromide, up to 0.5 mg".
    fn goes_on(&self, before: usize, at: usize) -> bool {
        let (clause, Some(last)) = (&self.clauses[before], self.stated[before].last()) else {
            return false;
        };
        let behind = clause.tokens.get(last.end).map(|placed| &placed.token);
        let dangles = behind.is_some_and(|token| token.is("and"));
        let is_listed = behind.is_none()
            && last.start > 0
            && self.clauses[at].has("and")
            && self.stated[at].len() > 1;
        !clause.is_aside && (dangles || is_listed)
    }

    /// The amount alone in parentheses after a clause: "300 micrograms (1500 i.u.)".
    fn equal(&self, at: usize) -> Option<Amount> {
        let aside = self.clauses.get(at + 1).filter(|clause| clause.is_aside)?;
        let [only] = &self.stated[at + 1][..] else {
            return None;
        };
        let is_all = only.start == 0 && only.end == aside.tokens.len();
        (only.form == Form::Bare && is_all).then(|| only.amount.clone())
    }
}
