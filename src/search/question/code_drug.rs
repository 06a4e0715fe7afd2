//! An NDC in a list of codes, of one word or of several.

use crate::annotation::drugs::ndc_candidates::readings;

use super::code_item::{Asked, KnownCodes, ListItem};
use super::code_token::Token;

/// An NDC in any form: with `NDC` or `N4` before it, with blanks for hyphens, without hyphens, or a
/// product alone; with the quantity after it.
pub(crate) fn drug_code(
    tokens: &[Token],
    at: usize,
    known: &impl KnownCodes,
) -> Option<(ListItem, usize)> {
    let mut start = at;
    while tokens.get(start).is_some_and(Token::is_drug_label) {
        start += 1;
    }
    let first = tokens.get(start)?;
    let number = first.drug_number();
    let is_named = start > at || number.len() < first.text.len();
    if !number.starts_with(|char: char| char.is_ascii_digit()) {
        return None;
    }
    let joined = |count: usize| {
        let parts = tokens.get(start..start + count)?;
        let is_group = |part: &Token| {
            part.cell == first.cell && part.text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let others = parts.iter().skip(1);
        let others: Vec<&str> = others
            .map(|part| is_group(part).then_some(part.text.as_str()))
            .collect::<Option<_>>()?;
        let found = readings(&format!("{number}-{}", others.join("-")));
        (!found.is_empty()).then_some((found, count))
    };
    let is_all = tokens.len() == start + 2;
    let (mut found, count) = joined(3)
        .or_else(|| joined(2).filter(|_| is_named || is_all))
        .unwrap_or_else(|| (readings(number), 1));
    // A short number is an NDC only if a product has it.
    let is_short = number.len() < 9 && number.bytes().all(|byte| byte.is_ascii_digit());
    if count == 1 && is_short && !is_named {
        found.retain(|reading| known.has_ndc(reading));
    }
    if found.is_empty() {
        return None;
    }
    let parts = tokens[start..start + count].iter();
    let asked: Vec<&str> = parts.map(|part| part.text.as_str()).collect();
    let mut used = start + count - at;
    if let Some(unit) = tokens.get(at + used)
        && unit.is_quantity()
    {
        let is_apart = unit.text.len() == 2;
        let number = tokens.get(at + used + 1).filter(|_| is_apart);
        used += 1 + usize::from(number.is_some_and(Token::is_amount));
    }
    Some((ListItem::new(&asked.join(" "), Asked::Ndc(found)), used))
}
