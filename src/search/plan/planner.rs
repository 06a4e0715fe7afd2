//! Query → plan: looks up the alternatives of each word of a question.

use crate::codeset::function_word::is_function_word;
use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::aside::diluent;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::token::{Form, Token};
use crate::index::build::traits;
use crate::index::generation::reader::Reader;

use super::asked_flag::asked_flag;
use super::contrary::end_before_contrary;
use super::denial::denied_words;
use super::expansion::{Expander, JOINED};
use super::filler::{is_abbreviation, leave_out_fillers};
use super::measure::{AREA, is_concentration, kinds_in, measures, sides, to_fit};
use super::numeral::takes_label;
use super::part::{add, add_parts, is_for_sign, without};
use super::phrase::Words;
use super::phrase_word::PhraseWord;
use super::plan::{Alternative, Group, MOST_GROUPS, Plan, PlanOptions, Via};
use super::rewriting::read;
use super::role::{Role, role_of};
use super::weight::weigh;
use crate::search::question::syntax::Clause;

/// The maximum of words between a word and its label: `level b ii`.
const LABEL_REACH: usize = 2;

/// Builds the plan of a question.
pub(crate) fn plan<'s>(clauses: &[Clause], reader: &'s Reader, options: PlanOptions) -> Plan<'s> {
    let expander = Expander::new(reader, options);
    let mut plan = Plan::default();
    for (at, clause) in clauses.iter().enumerate() {
        match clause {
            Clause::Words(text) => {
                let is_last = options.completes && at + 1 == clauses.len();
                words(text, is_last, &expander, &mut plan);
            }
            Clause::Phrase(text) => plan.groups.extend(phrase(text, &expander)),
            Clause::Not(text) => plan.excluded.extend(phrase(text, &expander)),
        }
    }
    end_before_contrary(&mut plan, &expander);
    weigh(&mut plan);
    plan.is_cut = plan.groups.len() > MOST_GROUPS;
    plan.groups.truncate(MOST_GROUPS);
    plan.excluded.truncate(MOST_GROUPS);
    plan
}

/// Terms that must occur as a phrase.
fn phrase<'s>(text: &str, expander: &Expander<'s>) -> Option<Group<'s>> {
    let tokens = analyze(text).into_iter();
    let tokens: Vec<Token> = tokens.filter(|token| token.form == Form::Word).collect();
    if tokens.is_empty() {
        return None;
    }
    let ords = tokens.iter().map(|token| expander.ord(&token.term));
    let ords: Option<Vec<u32>> = ords.collect();
    let alternatives = ords.map(|ords| Alternative::new(ords, 1.0, Via::Word));
    Some(Group {
        asked: text.trim().to_owned(),
        alternatives: alternatives.into_iter().collect(),
        is_phrase: true,
        ..Group::default()
    })
}

fn words<'s>(text: &str, is_last: bool, expander: &Expander<'s>, plan: &mut Plan<'s>) {
    let (text, tokens) = read(text, is_last, expander, plan);
    let is_word = |token: &&Token| token.form == Form::Word;
    let mut words: Vec<&Token> = tokens.iter().filter(is_word).collect();
    leave_out_fillers(&mut words, &text, expander);
    let is_function =
        |word: &Token| is_function_word(&word.term) && !is_abbreviation(word, &text, expander);
    let denied = denied_words(&words);
    let denied_from = |word: &Token| {
        let own = denied.iter().find(|(denied, _)| *denied == word.position);
        own.map(|(_, by)| *by)
    };
    let is_denial = |word: &Token| {
        let mut spans = denied.iter().map(|(denied, by)| *by..*denied);
        spans.any(|span| span.contains(&word.position))
    };
    let begins_denial = |word: &Token| denied.iter().any(|(_, by)| *by == word.position);
    let all_function = words.iter().all(|word| is_function(word));
    let sizes = measures(&tokens, &words);
    plan.measures.extend(to_fit(&sizes));
    ask(&words, |word| denied_from(word).is_some(), plan);
    if plan.traits & traits::ROUTES == 0 && is_concentration(&text, &tokens) {
        // What is measured by the millilitre is no tablet.
        plan.traits |= traits::INJECTED | traits::INHALED;
    }
    let words = Words {
        text: &text,
        tokens: &tokens,
        words: &words,
        looked_up: &PhraseWord::of_text(&words, expander),
    };
    let moved = words.moved(expander);
    let aside = &tokens[diluent(&tokens)];
    let is_in_aside = |word: &Token| aside.iter().any(|own| own.position == word.position);
    let mut at = 0;
    while at < words.words.len() && plan.groups.len() <= MOST_GROUPS {
        // `Not wheeled walker` is a walker.
        let denies_one = denied_from(words.words[at]).is_some()
            && at > 0
            && matches!(words.words[at - 1].term.as_str(), "not" | "non");
        let found = if denies_one {
            None
        } else {
            words.synonym(at, expander)
        };
        let is_synonym = found.is_some();
        let found = found
            .or_else(|| words.whole(at, expander))
            .or_else(|| words.written_apart(at, expander));
        let (mut group, count) = match found {
            Some(found) => found,
            None if is_denial(words.words[at])
                || (is_function(words.words[at]) && !all_function) =>
            {
                let is_without = matches!(words.words[at].term.as_str(), "without" | "wo");
                if is_without || begins_denial(words.words[at]) {
                    // Descriptors say it, too, but not always of the same word.
                    add(plan, without(words, at, expander));
                }
                at += 1;
                continue;
            }
            None => {
                let ends_text = is_last && at + 1 == words.words.len();
                (single(words, at, ends_text, expander, plan), 1)
            }
        };
        // What the words mean in their order counts, and not what a few of them mean in another:
        // a `steroid shot in knee` is no `knee shot`.
        let own = at..at + count;
        let meant = moved.iter().filter(|(place, _)| {
            words.have_in_common(place, &own)
                && (!is_synonym || place.start < own.start || place.end > own.end || *place == own)
        });
        group
            .alternatives
            .extend(meant.flat_map(|(_, meant)| meant.iter().cloned()));
        let parts = &words.words[at..at + count];
        group.sizes = kinds_in(&sizes, &(parts[0].start..parts[count - 1].end));
        if let Some(by) = denied_from(parts[0]) {
            group.is_denied = true;
            words.since(by, at, count).clone_into(&mut group.asked);
            expander.add_negations(parts, &mut group);
        }
        group
            .alternatives
            .sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let said = parts.iter().map(|word| word.said);
        group.said = said.fold(Qualifiers::default(), Qualifiers::and);
        if count > 1 {
            group.role = role_of_whole(words, at);
        } else if is_for_sign(words, at) {
            group.role = Role::Part;
        }
        let is_aside = parts.iter().all(|word| is_in_aside(word));
        if is_aside {
            group.role = Role::Aside;
        }
        // `Wheel chair` is another spelling of one word, and not two.
        let has_parts = is_synonym && !is_aside && !group.is_denied && !expander.is_one_word(parts);
        add(plan, group);
        if has_parts {
            add_parts(words, at, count, expander, plan);
        }
        at += count;
    }
}

/// Takes the flags and traits that words ask for, and the traits that they deny.
fn ask(words: &[&Token], is_denied: impl Fn(&Token) -> bool, plan: &mut Plan<'_>) {
    for word in words {
        let traits = traits::asked(&word.term);
        if is_denied(word) {
            plan.denied_traits |= traits;
        } else {
            plan.flags |= asked_flag(&word.term);
            plan.traits |= traits;
        }
    }
}

/// One word with its alternatives.
fn single<'s>(
    words: Words<'_>,
    at: usize,
    ends_text: bool,
    expander: &Expander<'s>,
    plan: &Plan<'_>,
) -> Group<'s> {
    let word = words.words[at];
    let before = words.words[at.saturating_sub(LABEL_REACH)..at].iter().rev();
    let mut before = before.map(|word| word.term.as_str());
    let labelled = before.find(|before| takes_label(before));
    let asked = words.slice(at, 1);
    let mut alternatives = expander.word(word, asked, labelled, ends_text);
    if plan.measures.iter().any(|measure| measure.kind == AREA) {
        // The 4 of `4 x 4` is a size and no label.
        alternatives.retain(|alternative| alternative.via != Via::Numeral);
    }
    if is_function_word(&word.term) && alternatives.iter().any(|own| own.via == Via::Synonym) {
        // `PERS` is not `per`.
        alternatives.retain(|own| own.via == Via::Synonym);
    }
    let apart = sides(&word.term).and_then(|_| word.term.split_once('x'));
    if let Some((first, second)) = apart {
        // Some descriptors have `4 x 4` apart.
        let ords = [first, "x", second].map(|term| expander.ord(term));
        let ords: Option<Vec<u32>> = ords.into_iter().collect();
        alternatives.extend(ords.map(|ords| Alternative::new(ords, JOINED, Via::Joined)));
    }
    let mut group = Group::new(asked, alternatives);
    group.is_unfinished = ends_text;
    group.role = match role_of(&word.term) {
        Role::Number if labelled.is_some() => Role::Label,
        // Some descriptors have the `4x4` itself.
        Role::Number if sides(&word.term).is_some() && group.is_found_as_asked() => Role::Size,
        role => role,
    };
    group
}

/// The role of an amount or of several words.
fn role_of_whole(words: Words<'_>, at: usize) -> Role {
    let position = words.words[at].position;
    let mut wholes = words
        .tokens
        .iter()
        .filter(|token| token.form == Form::Amount);
    let amount = wholes.find(|token| token.position == position);
    amount.map_or(Role::Subject, |amount| role_of(&amount.term))
}
