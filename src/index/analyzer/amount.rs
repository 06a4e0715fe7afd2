//! Amounts: a number and its unit as one term, so that `0.1 mg` and `0.1mg` are equal.

use compact_str::format_compact;

use crate::codeset::Measure;

use super::qualifier::Qualifiers;
use super::token::{Form, Token, position};
use super::unit::{is_number, unit};
use super::words::Span;

/// The amount that begins at a word: number and unit, or the unit alone after `per`.
pub(super) fn amount(spans: &[Span], at: usize) -> Option<Token> {
    let span = &spans[at];
    let word = |ahead: usize| {
        spans
            .get(at + ahead)
            .filter(|span| !span.after_mark)
            .map(|span| span.word.as_str())
    };
    let (number, unit, last) = if is_number(&span.term) {
        if let Some(area) = word(1)
            .filter(|word| matches!(*word, "sq" | "square"))
            .and(word(2))
        {
            let square = Measure::term(area, true)?;
            (span.term.as_str(), square, 2)
        } else if let Some(area) = word(1).and_then(|word| word.strip_prefix("sq")) {
            // `4.34 sqin`
            (span.term.as_str(), Measure::term(area, true)?, 1)
        } else {
            (span.term.as_str(), unit(word(1)?)?, 1)
        }
    } else if at > 0 && spans[at - 1].word == "per" && !span.after_mark {
        ("1", unit(&span.word)?, 0)
    } else {
        return None;
    };
    Some(Token {
        term: format_compact!("{number}{unit}"),
        start: span.start,
        end: spans[at + last].end,
        position: position(at),
        form: Form::Amount,
        after_mark: span.after_mark,
        said: Qualifiers::default(),
    })
}
