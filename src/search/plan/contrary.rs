//! Meanings of synonyms that deny what the question asks for: `bipap machine` means a device without
//! backup, and a `bipap machine with backup` does not.

use crate::codeset::function_word::is_function_word;
use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::negation::{denies, pair_denies};
use crate::index::analyzer::qualifier::Qualifiers;

use super::denial::may_deny;
use super::expansion::{Expander, NON};
use super::plan::{Alternative, Group, Plan, Via};
use super::role::Role;

/// Ends each meaning that denies a word of the rest of the question before it does so.
pub(super) fn end_before_contrary<'s>(plan: &mut Plan<'s>, expander: &Expander<'s>) {
    for at in 0..plan.groups.len() {
        let is_asked = |ord: u32| {
            let groups = plan.groups.iter().enumerate();
            let mut others = groups.filter(|(own, group)| *own != at && is_wanted(group));
            let is_word = |own: &Alternative<'_>| {
                own.terms() == [ord] && matches!(own.via, Via::Word | Via::Synonym)
            };
            others.any(|(_, group)| group.alternatives.iter().any(is_word))
        };
        let is_contrary = |word: &str| {
            let mut terms = analyze(word).into_iter();
            terms.any(|token| expander.ord(&token.term).is_some_and(is_asked))
        };
        let end = |alternative: &Alternative<'_>| {
            let mut denials = denials(alternative.meant).into_iter();
            Some(denials.find(|(_, word)| is_contrary(word))?.0)
        };
        let alternatives = &plan.groups[at].alternatives;
        if alternatives.iter().all(|own| end(own).is_none()) {
            continue;
        }
        let ends: Vec<Option<usize>> = alternatives.iter().map(end).collect();
        let whole = std::mem::take(&mut plan.groups[at].alternatives);
        let ended = whole.into_iter().zip(ends).filter_map(|(whole, end)| {
            let Some(end) = end else { return Some(whole) };
            shortened(&whole, end, expander)
        });
        plan.groups[at].alternatives = ended.collect();
    }
}

/// Whether the question asks for the word itself, and not only as a part of a phrase.
fn is_wanted(group: &Group<'_>) -> bool {
    !group.is_denied && group.role != Role::Part && !group.said.has(Qualifiers::WITHOUT)
}

/// The most words at the end of a meaning that are denied together: `without integral adhesive`.
const MOST_LAST: usize = 2;

/// What a meaning denies: where the denial begins, and the word with a meaning behind it. At the end
/// of the meaning that may be two.
fn denials(meant: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    if !may_deny(meant) && !meant.contains("non-") {
        return found;
    }
    let start = |word: &str| word.as_ptr() as usize - meant.as_ptr() as usize;
    let words: Vec<&str> = meant.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let first = if at > 0 { words[at - 1] } else { "" };
        if let Some((NON, rest)) = word.split_once('-') {
            found.push((start(word), rest));
        } else if denies(word) || pair_denies(first, word) {
            let begin = start(if denies(word) { word } else { first });
            let behind = words[at + 1..].iter().copied();
            let behind = behind.take_while(|word| !word.starts_with("non-"));
            let behind: Vec<&str> = behind.filter(|word| !is_function_word(word)).collect();
            let is_last = behind.len() <= MOST_LAST;
            let count = if is_last { MOST_LAST } else { 1 };
            found.extend(behind.into_iter().take(count).map(|word| (begin, word)));
        }
    }
    found
}

/// A meaning up to an end, if anything is left of it.
fn shortened<'s>(
    whole: &Alternative<'s>,
    end: usize,
    expander: &Expander<'_>,
) -> Option<Alternative<'s>> {
    let meant = whole.meant[..end].trim_end();
    let tokens = analyze(meant);
    let kept: Vec<u32> = tokens
        .iter()
        .filter_map(|token| expander.ord(&token.term))
        .collect();
    let terms = whole.terms().iter().enumerate();
    let terms = terms.filter(|(_, ord)| kept.contains(ord));
    let mut short = Alternative::new(terms.clone().map(|(_, ord)| *ord), whole.weight, whole.via);
    let denied = terms
        .enumerate()
        .filter(|(_, (at, _))| whole.denied >> at & 1 == 1);
    short.denied = denied.fold(0, |all, (at, _)| all | 1 << at);
    short.meant = meant;
    (!short.terms().is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_meaning_denies() {
        let cases: [(&str, &[(usize, &str)]); 5] = [
            ("walking boot non-pneumatic", &[(13, "pneumatic")]),
            ("nasogastric tubing without any stylet", &[(19, "stylet")]),
            (
                "introducer other than guiding non-laser",
                &[(11, "guiding"), (30, "laser")],
            ),
            (
                "breast prosthesis without integral adhesive",
                &[(18, "integral"), (18, "adhesive")],
            ),
            ("nasogastric tubing with stylet", &[]),
        ];
        for (meant, expected) in cases {
            assert_eq!(denials(meant), expected, "{meant}");
        }
    }
}
