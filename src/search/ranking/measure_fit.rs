//! How well the doses and sizes of a descriptor fit the question's: a multiple of the code's unit,
//! a size or a strength in its range.

use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::unit::{NUMBER_WORDS, is_number};
use crate::index::store::term::Terms;
use crate::index::store::text::{TextToken, TokenFlags};
use crate::search::plan::measure::{AREA, BARE, LENGTH, Measure, VOLUME, measure};

/// Bonus for a dose that is a multiple of the code's unit; the fewer units, the higher.
const MULTIPLE: f32 = 0.1;
/// Malus for a dose that is not a multiple.
const NO_MULTIPLE: f32 = -0.02;
/// Bonus for a size in the code's range; malus for one outside.
const IN_RANGE: f32 = 0.2;

/// Looks up the amounts and numbers among the terms of descriptors.
pub(super) struct Amounts<'q> {
    terms: Terms<'q>,
    asked: &'q [Measure],
    /// How many terms begin with a digit; they are the first.
    digits: u32,
    /// The terms of number words, each with its number, if the question has a length or a number.
    words: Vec<(u32, f64)>,
    inch: Option<u32>,
}

impl<'q> Amounts<'q> {
    pub(super) fn new(terms: Terms<'q>, asked: &'q [Measure]) -> Self {
        let has_length = asked.iter().any(|own| matches!(own.kind, BARE | LENGTH));
        let numbered = NUMBER_WORDS.iter().zip(0u32..).filter(|_| has_length);
        let words = numbered.filter_map(|(word, number)| Some((terms.ord(word)?, number.into())));
        Self {
            terms,
            asked,
            digits: if asked.is_empty() {
                0
            } else {
                terms.starting_with("9").end
            },
            words: words.collect(),
            inch: has_length.then(|| terms.ord("inch")).flatten(),
        }
    }

    /// The number that directly precedes an amount: the 100 of `100-199 mg`.
    fn from(&self, before: Option<TextToken>, amount: TextToken) -> Option<f64> {
        let before = before.filter(|own| own.ord < self.digits)?;
        let end = u32::from(before.start) + u32::from(before.length);
        let number = (end + 1 == u32::from(amount.start)).then(|| self.terms.term(before.ord))?;
        let from = number.parse::<f64>().ok()?;
        is_number(number).then_some(from)
    }
}

/// How well the amounts of a descriptor fit, as far as it is read.
#[derive(Default)]
pub(super) struct MeasureFit {
    /// The best fit of a dose so far.
    dose: Option<f32>,
    /// Whether the question's sizes lie in the ranges so far.
    is_in_range: Option<bool>,
    /// The kind of the last lower bound.
    from: Option<u8>,
    /// The word before.
    before: Option<TextToken>,
}

impl MeasureFit {
    /// Takes a token of the descriptor.
    pub(super) fn see(&mut self, token: TextToken, amounts: &Amounts<'_>) {
        if amounts.asked.is_empty() {
            return;
        }
        if token.flags.has(TokenFlags::WHOLE) {
            if let Some(own) = measure(amounts.terms.term(token.ord)) {
                let from = amounts
                    .from(self.before, token)
                    .filter(|from| *from < own.number);
                self.compare_all(own, token.flags.said(), from, amounts);
            }
            return;
        }
        let before = self.before.replace(token);
        if Some(token.ord) == amounts.inch {
            // `Three inches` is no amount to the analyzer.
            let number = before.and_then(|before| {
                let mut words = amounts.words.iter();
                let known = words.find(|(ord, _)| *ord == before.ord)?;
                Some((known.1, before.flags.said()))
            });
            if let Some((number, said)) = number {
                self.compare_all(Measure::inches(number), said, None, amounts);
            }
        }
    }

    fn compare_all(
        &mut self,
        own: Measure,
        said: Qualifiers,
        from: Option<f64>,
        amounts: &Amounts<'_>,
    ) {
        for asked in amounts.asked {
            // The strength of `omnipaque 350` has no unit.
            if own.kind == asked.kind || (asked.kind == BARE && own.kind != AREA) {
                self.compare(own, said, *asked, from);
            }
        }
    }

    fn compare(&mut self, own: Measure, said: Qualifiers, asked: Measure, from: Option<f64>) {
        let (mine, theirs) = if own.kind == asked.kind {
            (own.amount, asked.amount)
        } else {
            (own.number, asked.number)
        };
        if let Some(from) = from {
            let share = theirs / mine * own.number;
            return self.lies(share >= from && share <= own.number);
        }
        if said.has(Qualifiers::MORE) {
            // `Five inches or more` and `20 cc or greater` have their bound, `more than 16 sq in`
            // has not.
            let has_bound = matches!(own.kind, LENGTH | VOLUME);
            self.from = Some(own.kind);
            return self.lies(theirs > mine || (has_bound && theirs >= mine));
        }
        let is_size = matches!(own.kind, AREA | LENGTH);
        if said.has(Qualifiers::LESS) {
            let fits = theirs < mine || (own.kind != LENGTH && theirs <= mine);
            if is_size || self.from == Some(own.kind) || (fits && own.kind == VOLUME) {
                return self.lies(fits);
            }
            // `Up to 10 mg` is one unit of 5 mg, and two of 20 mg.
            if fits && asked.kind != BARE {
                self.dose = Some(1.0);
                return;
            }
        }
        if is_size || asked.kind == BARE {
            return;
        }
        let times = theirs / mine;
        let is_multiple = times >= 0.999 && (times - times.round()).abs() < 1e-6;
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let fit = if is_multiple {
            // Fewer units fit better.
            (1.0 - times.log10() / 6.0).max(0.2) as f32
        } else {
            0.0
        };
        self.dose = Some(self.dose.map_or(fit, |dose| dose.max(fit)));
    }

    fn lies(&mut self, is_in: bool) {
        self.is_in_range = Some(is_in && self.is_in_range.unwrap_or(true));
    }

    /// The bonus or malus, as a share of the word score.
    pub(super) fn share(&self) -> f32 {
        let dose = match self.dose {
            Some(fit) if fit > 0.0 => MULTIPLE * fit,
            Some(_) => NO_MULTIPLE,
            None => 0.0,
        };
        let range = self
            .is_in_range
            .map_or(0.0, |is_in| if is_in { IN_RANGE } else { -IN_RANGE });
        dose + range
    }
}
