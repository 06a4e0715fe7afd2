//! The words of a question that count and need not be found: the parts of a phrase, `without`, what
//! descriptors write as a sign.

use crate::index::analyzer::qualified::is_sign_word;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::token::Token;
use crate::index::build::descriptor::says_nothing;

use super::expansion::Expander;
use super::phrase::Words;
use super::plan::{Alternative, Group, MOST_GROUPS, Plan, Via};
use super::role::Role;

/// The maximum of words between a number and the word that bounds it.
const SIGN_REACH: usize = 4;

/// Adds a group; a repeated word, amount or phrase is added once.
pub(super) fn add<'s>(plan: &mut Plan<'s>, group: Group<'s>) {
    let is_same =
        |other: &&mut Group<'_>| !other.is_phrase && has_same_words(&other.asked, &group.asked);
    match plan.groups.iter_mut().find(is_same) {
        Some(known) => {
            known.said = known.said.and(group.said);
            // It is a size in both places, or a word that its size does not stand for.
            known.sizes &= group.sizes;
        }
        None => plan.groups.push(group),
    }
}

/// Whether two texts have the same words, in any order: `syringe 20 cc`, `20 CC syringe`.
fn has_same_words(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let text = text.to_ascii_lowercase();
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    one.eq_ignore_ascii_case(other)
        || (one.len() == other.len() && one.contains(' ') && sorted(one) == sorted(other))
}

/// Adds the words of a phrase on their own too: whoever asks for a `wrist splint` may accept a
/// splint.
pub(super) fn add_parts<'s>(
    words: Words<'_>,
    at: usize,
    count: usize,
    expander: &Expander<'s>,
    plan: &mut Plan<'s>,
) {
    for at in at..at + count {
        let word = words.words[at];
        if plan.groups.len() >= MOST_GROUPS || says_nothing(&word.term) {
            continue;
        }
        let asked = words.slice(at, 1);
        let mut part = Group::new(asked, expander.word(word, asked, None, false));
        part.said = word.said;
        part.role = Role::Part;
        add(plan, part);
    }
}

/// A word that denies the next one, which descriptors write as `without`.
pub(super) fn without<'s>(words: Words<'_>, at: usize, expander: &Expander<'s>) -> Group<'s> {
    const WITHOUT: &str = "without";
    let asked = words.slice(at, 1);
    let own = expander.word(words.words[at], asked, None, false);
    let own = own.into_iter().filter(|own| own.via == Via::Word);
    let written = expander
        .ord(WITHOUT)
        .filter(|ord| own.clone().all(|own| own.terms() != [*ord]));
    let meant = written.map(|ord| {
        let mut meant = Alternative::new([ord], 1.0, Via::Synonym);
        meant.meant = WITHOUT;
        meant
    });
    let mut part = Group::new(asked, own.chain(meant).collect());
    part.role = Role::Part;
    part
}

/// Whether a word says what descriptors also write as a sign: `higher` of `140 or higher`, the plus
/// of a name.
pub(super) fn is_for_sign(words: Words<'_>, at: usize) -> bool {
    let is_bound = |word: &&Token| {
        word.said.has(Qualifiers::LESS)
            || word.said.has(Qualifiers::MORE)
            || word.said.has(Qualifiers::PLUS)
    };
    let near = at.saturating_sub(SIGN_REACH)..(at + SIGN_REACH).min(words.words.len());
    is_sign_word(&words.words[at].term) && words.words[near].iter().any(is_bound)
}
