//! Query → plan: takes the words of a question and looks up what each may be found by.

use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::token::{Form, Token};
use crate::index::analyzer::unit::is_number;
use crate::index::build::descriptor::{flag_of, is_function_word};
use crate::index::store::tables::Store;

use super::expansion::Expander;
use super::plan::{Alternative, Group, MOST_GROUPS, MOST_TERMS, Plan, PlanOptions, Via};
use crate::search::question::syntax::Clause;

/// The most words that a synonym is asked with.
const MOST_ASKED: usize = 5;

/// Makes the plan of a question.
pub(crate) fn plan<'s>(clauses: &[Clause], store: &'s Store, options: PlanOptions) -> Plan<'s> {
    let expander = Expander::new(store, options);
    let mut plan = Plan::default();
    for (at, clause) in clauses.iter().enumerate() {
        match clause {
            Clause::Words(text) => words(text, at + 1 == clauses.len(), &expander, &mut plan),
            Clause::Phrase(text) => plan.groups.extend(phrase(text, &expander)),
            Clause::Not(text) => plan.excluded.extend(phrase(text, &expander)),
        }
    }
    plan.is_cut = plan.groups.len() > MOST_GROUPS;
    plan.groups.truncate(MOST_GROUPS);
    plan.excluded.truncate(MOST_GROUPS);
    plan
}

/// Terms that must stand one behind another.
fn phrase<'s>(text: &str, expander: &Expander<'s>) -> Option<Group<'s>> {
    let tokens: Vec<Token> = analyze(text)
        .into_iter()
        .filter(|token| token.form == Form::Word)
        .collect();
    if tokens.is_empty() {
        return None;
    }
    let ords: Option<Vec<u32>> = tokens
        .iter()
        .map(|token| expander.ord(&token.term))
        .collect();
    let alternatives = ords.map(|ords| Alternative::new(ords, 1.0, Via::Word));
    Some(Group {
        asked: text.trim().to_owned(),
        alternatives: alternatives.into_iter().collect(),
        is_phrase: true,
    })
}

fn words<'s>(text: &str, is_last: bool, expander: &Expander<'s>, plan: &mut Plan<'s>) {
    let tokens = analyze(text);
    let words: Vec<&Token> = tokens
        .iter()
        .filter(|token| token.form == Form::Word)
        .collect();
    plan.flags |= words
        .iter()
        .fold(0, |flags, word| flags | flag_of(&word.term));
    let all_function = words.iter().all(|word| is_function_word(&word.term));
    let mut at = 0;
    while at < words.len() && plan.groups.len() <= MOST_GROUPS {
        let ends_text = |count: usize| is_last && at + count == words.len();
        let (group, count) = if let Some(found) = synonym_phrase(text, &words[at..], expander) {
            found
        } else if let Some(found) = whole(text, &tokens, &words, at, expander) {
            found
        } else if let Some(found) = written_apart(text, &words[at..], expander) {
            found
        } else if is_function_word(&words[at].term) && !all_function {
            at += 1;
            continue;
        } else {
            let before = at.checked_sub(1).map(|before| words[before].term.as_str());
            let asked = slice(text, words[at], words[at]);
            let alternatives = expander.word(words[at], asked, before, ends_text(1));
            (group(asked, alternatives), 1)
        };
        plan.groups.push(group);
        at += count;
    }
}

/// Several words for which there is a synonym, the longest first.
fn synonym_phrase<'s>(
    text: &str,
    words: &[&Token],
    expander: &Expander<'s>,
) -> Option<(Group<'s>, usize)> {
    for count in (2..=MOST_ASKED.min(words.len())).rev() {
        let asked = &words[..count];
        let key = asked
            .iter()
            .map(|word| word.term.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let mut alternatives = expander.synonyms(&key);
        if alternatives.is_empty() {
            continue;
        }
        alternatives.extend(together(asked, expander));
        return Some((
            group(slice(text, asked[0], asked[count - 1]), alternatives),
            count,
        ));
    }
    None
}

/// An amount or a hyphenated word that begins at a word.
fn whole<'s>(
    text: &str,
    tokens: &[Token],
    words: &[&Token],
    at: usize,
    expander: &Expander<'s>,
) -> Option<(Group<'s>, usize)> {
    let position = words[at].position;
    let mut wholes = tokens
        .iter()
        .filter(|token| token.form != Form::Word && token.position == position);
    let whole = wholes.next()?;
    let count = words[at..]
        .iter()
        .take_while(|word| word.end <= whole.end)
        .count()
        .max(1);
    let parts = &words[at..at + count];
    let mut alternatives = expander.synonyms(&whole.term);
    alternatives.extend(
        expander
            .ord(&whole.term)
            .map(|ord| Alternative::new([ord], 1.0, Via::Word)),
    );
    if whole.form == Form::Joined {
        let own = parts
            .iter()
            .map(|word| word.term.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        alternatives.extend(expander.synonyms(&own));
        alternatives.extend(together(parts, expander));
        if alternatives.is_empty() {
            return None;
        }
    }
    Some((
        group(slice(text, parts[0], parts[count - 1]), alternatives),
        count,
    ))
}

/// Two words that the texts also write as one, such as `x ray`.
fn written_apart<'s>(
    text: &str,
    words: &[&Token],
    expander: &Expander<'s>,
) -> Option<(Group<'s>, usize)> {
    let [first, second, ..] = words else {
        return None;
    };
    let is_word = |word: &Token| !is_number(&word.term) && !is_function_word(&word.term);
    if second.after_mark || !is_word(first) || !is_word(second) {
        return None;
    }
    let ord = expander.ord(&format!("{}{}", first.term, second.term))?;
    let mut alternatives = vec![Alternative::new([ord], 0.95, Via::Joined)];
    alternatives.extend(together(&words[..2], expander));
    Some((group(slice(text, first, second), alternatives), 2))
}

/// All of some words, if each of them is a term.
fn together<'s>(words: &[&Token], expander: &Expander<'s>) -> Option<Alternative<'s>> {
    let content = words.iter().filter(|word| !is_function_word(&word.term));
    let ords: Option<Vec<u32>> = content.map(|word| expander.ord(&word.term)).collect();
    let ords = ords.filter(|ords| !ords.is_empty() && ords.len() <= MOST_TERMS)?;
    Some(Alternative::new(ords, 1.0, Via::Word))
}

fn group<'s>(asked: &str, mut alternatives: Vec<Alternative<'s>>) -> Group<'s> {
    alternatives.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Group {
        asked: asked.to_owned(),
        alternatives,
        is_phrase: false,
    }
}

fn slice<'t>(text: &'t str, first: &Token, last: &Token) -> &'t str {
    text.get(first.start as usize..last.end as usize)
        .unwrap_or_default()
}
