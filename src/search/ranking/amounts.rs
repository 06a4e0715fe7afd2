//! `Amounts`: the measures of a question, and how amounts and numbers are found in descriptors.

use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::unit::{NUMBER_WORDS, is_number};
use crate::index::store::term::Terms;
use crate::index::store::text::{DocText, TextToken, TokenFlags};
use crate::search::plan::measure::{AREA, BARE, LENGTH, Measure, WEIGHT};

/// Above how many pounds a thing must be of heavy duty, if its descriptor has no range.
const HEAVY: f64 = 299.5;

/// Looks up the amounts and numbers among the terms of descriptors.
pub(super) struct Amounts<'q> {
    pub(super) terms: Terms<'q>,
    pub(super) asked: &'q [Measure],
    /// How many terms begin with a digit; they are the first.
    pub(super) digits: u32,
    /// The terms of number words, each with its number, if the question has a length or a number.
    pub(super) words: Vec<(u32, f64)>,
    pub(super) inch: Option<u32>,
    /// The terms `to` of a range, `x` between two lengths and `heavy` of heavy duty, if the question
    /// may need them.
    pub(super) to: Option<u32>,
    pub(super) by: Option<u32>,
    pub(super) heavy: Option<u32>,
    /// Whether the question has an area.
    pub(super) has_area: bool,
    /// Whether the question has a number without a unit.
    pub(super) has_bare: bool,
}

impl<'q> Amounts<'q> {
    pub(super) fn new(terms: Terms<'q>, asked: &'q [Measure]) -> Self {
        let has_length = asked.iter().any(|own| matches!(own.kind, BARE | LENGTH));
        let has_area = asked.iter().any(|own| own.kind == AREA);
        let is_heavy = asked
            .iter()
            .any(|own| own.kind == WEIGHT && own.amount > HEAVY);
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
            to: if asked.is_empty() {
                None
            } else {
                terms.ord("to")
            },
            by: if has_area { terms.ord("x") } else { None },
            has_area,
            heavy: if is_heavy { terms.ord("heavy") } else { None },
            has_bare: asked.iter().any(|own| own.kind == BARE),
        }
    }

    /// Whether a text may have a range or a bound: two numbers, or a word such as `less`.
    pub(super) fn may_bound(&self, text: &DocText<'_>) -> bool {
        let bounds = Qualifiers::LESS.and(Qualifiers::MORE);
        let mut numbers = 0;
        text.tokens().any(|token| {
            let is_number = token.ord < self.digits && !token.flags.has(TokenFlags::WHOLE);
            numbers += u32::from(is_number);
            numbers > 1 || token.flags.said().0 & bounds.0 != 0
        })
    }

    /// The number that begins a range that a number ends: the 100 of `100-199 mg`, the 301 of `301
    /// to 450 pounds`.
    pub(super) fn from(
        &self,
        text: &DocText<'_>,
        before: [Option<TextToken>; 2],
        end: TextToken,
    ) -> Option<f64> {
        let [earlier, last] = before;
        let last = last?;
        let is_between = Some(last.ord) == self.to;
        let first = if is_between { earlier? } else { last };
        if first.ord >= self.digits {
            return None;
        }
        let behind = usize::from(first.start) + usize::from(first.length);
        let is_range = is_between || text.piece(behind..usize::from(end.start)) == "-";
        let number = is_range.then(|| self.terms.term(first.ord))?;
        let from = number.parse::<f64>().ok()?;
        is_number(number).then_some(from)
    }
}
