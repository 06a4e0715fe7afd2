//! How well the doses and sizes of a descriptor fit the question's: a size or a strength in the code's
//! range, a dose of its units.

use crate::index::analyzer::qualifier::Qualifiers;

use super::amounts::Amounts;
use super::dose_fit::DoseFit;
use crate::index::store::text::{DocText, TextToken, TokenFlags};
use crate::search::plan::measure::{AREA, BARE, LENGTH, Measure, TIME, VOLUME, WEIGHT, measure};

/// Malus for an area above a bound, if no area is asked for: the smallest of several sizes is the
/// usual one.
const LARGER: f32 = -0.1;
/// Bonus for a size in the code's range; malus for one outside.
const IN_RANGE: f32 = 0.2;
/// The same for a weight, which a thing bears or does not.
const BORNE: f32 = 0.5;
/// How well the amounts of a descriptor fit, as far as it is read.
#[derive(Default)]
pub(super) struct MeasureFit {
    dose: DoseFit,
    /// Whether the code's thing bears the question's weight.
    is_borne: Option<bool>,
    /// Whether the question's sizes lie in the ranges so far.
    is_in_range: Option<bool>,
    /// The kinds of the question's measures that lie in a range or limit, as a bit mask, and those of
    /// which one lies outside.
    held: u16,
    out: u16,
    /// Whether the descriptor is of an area above a bound.
    is_larger: bool,
    /// The kind of the last lower bound.
    from: Option<u8>,
    /// Whether a length was seen, and the question has an area.
    has_length: bool,
    /// Where the last amount begins, whose number is a word of its own.
    amount_at: Option<u16>,
    /// The two words before.
    before: [Option<TextToken>; 2],
}

impl MeasureFit {
    /// Takes a token of the descriptor.
    pub(super) fn see(&mut self, text: &DocText<'_>, token: TextToken, amounts: &Amounts<'_>) {
        let is_whole = token.flags.has(TokenFlags::WHOLE);
        if is_whole && !amounts.has_area && token.flags.said().has(Qualifiers::MORE) {
            let own = measure(amounts.terms.term(token.ord));
            self.is_larger |= own.is_some_and(|own| own.kind == AREA);
        }
        if amounts.asked.is_empty() {
            return;
        }
        if is_whole {
            self.amount_at = Some(token.start);
            if let Some(own) = measure(amounts.terms.term(token.ord)) {
                let from = amounts
                    .from(text, self.before, token)
                    .filter(|from| *from < own.number);
                let (own, said) = self.area(own, token.flags.said(), amounts);
                self.has_length |= own.kind == LENGTH && amounts.has_area;
                self.compare_all(own, said, from, amounts);
            }
            return;
        }
        let [_, before] = self.before;
        let is_amount = self.amount_at == Some(token.start);
        if amounts.has_bare && token.ord < amounts.digits && !is_amount {
            self.number(text, token, amounts);
        }
        if Some(token.ord) == amounts.heavy && self.is_borne.is_none() {
            self.is_borne = Some(true);
        }
        self.before = [before, Some(token)];
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

    /// A length of the descriptor with its qualifiers, or the area of two lengths: `larger than 4 x 4
    /// inches`.
    fn area(&self, own: Measure, said: Qualifiers, amounts: &Amounts<'_>) -> (Measure, Qualifiers) {
        let [Some(first), Some(by)] = self.before else {
            return (own, said);
        };
        let number = amounts.terms.term(first.ord).parse::<f64>().ok();
        let number = number.filter(|_| own.kind == LENGTH && Some(by.ord) == amounts.by);
        match number {
            Some(number) => {
                let area = own.amount * (own.amount / own.number) * number;
                (Measure::square_inches(area), said.and(first.flags.said()))
            }
            None => (own, said),
        }
    }

    /// Takes a number without a unit that ends a range: the 21 of `15-21 drug classes`.
    fn number(&mut self, text: &DocText<'_>, token: TextToken, amounts: &Amounts<'_>) {
        let Some(from) = amounts.from(text, self.before, token) else {
            return;
        };
        let to = amounts.terms.term(token.ord).parse::<f64>().ok();
        let Some(to) = to.filter(|to| from < *to) else {
            return;
        };
        for asked in amounts.asked.iter().filter(|own| own.kind == BARE) {
            let is_in = (from..=to).contains(&asked.number);
            self.holds(BARE, is_in);
            self.lies(BARE, is_in);
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
            let may_be_bare = !matches!(own.kind, AREA | WEIGHT | TIME);
            if own.kind == asked.kind || (asked.kind == BARE && may_be_bare) {
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
            let is_in = share >= from && share <= own.number;
            self.holds(asked.kind, is_in);
            return self.lies(own.kind, is_in);
        }
        if said.has(Qualifiers::MORE) {
            // `Five inches or more` and `20 cc or greater` have their bound, `more than 16 sq in`
            // has not.
            let has_bound = matches!(own.kind, LENGTH | VOLUME);
            self.from = Some(own.kind);
            let is_in = theirs > mine || (has_bound && theirs >= mine);
            self.is_bounded(asked.kind, is_in);
            return self.lies(own.kind, is_in);
        }
        let is_size = matches!(own.kind, AREA | LENGTH | WEIGHT | TIME);
        if said.has(Qualifiers::LESS) {
            let fits = theirs < mine || (own.kind != LENGTH && theirs <= mine);
            self.is_bounded(asked.kind, fits);
            if is_size || self.from == Some(own.kind) || (fits && own.kind == VOLUME) {
                return self.lies(own.kind, fits);
            }
            // `Up to 10 mg` is one unit of 5 mg, and two of 20 mg.
            if fits && asked.kind != BARE {
                return self.dose.is_one_unit();
            }
        }
        // A skin substitute of 300 sq cm is 300 units of 1 sq cm.
        if (is_size && own.kind != AREA) || asked.kind == BARE {
            return;
        }
        self.dose.see(mine, theirs);
    }

    /// Takes whether a range holds a measure of the question.
    fn holds(&mut self, kind: u8, is_in: bool) {
        *if is_in { &mut self.held } else { &mut self.out } |= 1 << kind;
    }

    /// The same of a bound. One bound holds no number without a unit, which may be of anything.
    fn is_bounded(&mut self, kind: u8, is_in: bool) {
        if kind != BARE {
            self.holds(kind, is_in);
        }
    }

    fn lies(&mut self, kind: u8, is_in: bool) {
        let known = if kind == WEIGHT {
            &mut self.is_borne
        } else {
            &mut self.is_in_range
        };
        *known = Some(is_in && known.unwrap_or(true));
    }

    /// The kinds of the measures that ranges and limits hold, and those of which one lies outside.
    pub(super) fn held(&self) -> (u16, u16) {
        (self.held, self.out)
    }

    /// The bonus or malus, as a share of the word score, of what is swallowed or not.
    pub(super) fn share(&self, is_swallowed: bool) -> f32 {
        let range = match self.is_in_range {
            Some(true) => IN_RANGE,
            Some(false) => -IN_RANGE,
            // What is sold by the length is no piece of an area.
            None if self.has_length => -IN_RANGE,
            None => 0.0,
        };
        let borne = self
            .is_borne
            .map_or(0.0, |is_borne| if is_borne { BORNE } else { -BORNE });
        let larger = if self.is_larger { LARGER } else { 0.0 };
        self.dose.share(is_swallowed) + range + borne + larger
    }
}
