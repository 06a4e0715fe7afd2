//! A regular expression of a filter, compiled into one automaton of bounded size.
//!
//! The automaton reads each byte of a value once, so the cost of a match depends only on the
//! value's length. A pattern whose automaton would be too large is refused.

use std::sync::{Arc, LazyLock};

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::{start, syntax};
use regex_automata::{Anchored, MatchKind};

use super::refusal::Refusal;
use crate::error::excerpt;
use crate::search::recent::Recent;

/// The size limit of an automaton, and of its parts, in bytes.
const MAX_AUTOMATON: usize = 512 << 10;
const MAX_STATES: usize = 128 << 10;
/// The maximum nesting of groups.
const MAX_DEPTH: u32 = 50;
/// The maximum of compiled patterns that are kept, some MiB of automata.
const MOST_KEPT: usize = 32;
/// The byte that replaces a character that is not ASCII.
const FOREIGN: u8 = 0xff;

/// A regular expression that must match a whole value.
///
/// In a pattern of only ASCII the classes `\w`, `\d`, `\s` and `\b` know ASCII, and every other
/// character matches `.`. A pattern with other characters is read as Unicode; it may not use `\b`.
#[derive(Debug)]
pub(super) struct Pattern {
    automaton: dense::DFA<Vec<u32>>,
    is_ascii: bool,
}

/// The patterns that were compiled last: clients send the same value set again and again.
static COMPILED: LazyLock<Recent<String, Pattern>> =
    LazyLock::new(|| Recent::of_at_most(MOST_KEPT));

impl Pattern {
    /// A compiled pattern.
    ///
    /// # Errors
    /// It is no regular expression, or one that needs too large an automaton.
    pub(super) fn of(text: &str) -> Result<Arc<Self>, Refusal> {
        COMPILED.get(text, || Self::compile(text))
    }

    fn compile(text: &str) -> Result<Self, Refusal> {
        let is_ascii = text.is_ascii();
        let automaton = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .match_kind(MatchKind::All)
                    .start_kind(StartKind::Anchored)
                    .accelerate(false)
                    .dfa_size_limit(Some(MAX_AUTOMATON))
                    .determinize_size_limit(Some(MAX_AUTOMATON)),
            )
            .thompson(thompson::Config::new().nfa_size_limit(Some(MAX_STATES)))
            .syntax(
                syntax::Config::new()
                    .unicode(!is_ascii)
                    .utf8(!is_ascii)
                    .nest_limit(MAX_DEPTH),
            )
            .build(text);
        let automaton = automaton.map_err(|_| {
            let text = excerpt(text);
            Refusal::invalid(format!(
                "`{text}` is no regular expression, or too large a one"
            ))
        })?;
        Ok(Self {
            automaton,
            is_ascii,
        })
    }

    /// Whether it matches a whole value.
    pub(super) fn matches(&self, value: &str) -> bool {
        if self.is_ascii {
            let byte = |letter: char| u8::try_from(letter).ok().filter(u8::is_ascii);
            self.accepts(value.chars().map(|letter| byte(letter).unwrap_or(FOREIGN)))
        } else {
            self.accepts(value.bytes())
        }
    }

    fn accepts(&self, bytes: impl Iterator<Item = u8>) -> bool {
        let anchored = start::Config::new().anchored(Anchored::Yes);
        let Ok(mut state) = self.automaton.start_state(&anchored) else {
            return false;
        };
        for byte in bytes {
            state = self.automaton.next_state(state, byte);
            if self.automaton.is_dead_state(state) {
                return false;
            }
        }
        let end = self.automaton.next_eoi_state(state);
        self.automaton.is_match_state(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(pattern: &str, value: &str) -> bool {
        Pattern::of(pattern).unwrap().matches(value)
    }

    #[test]
    fn a_pattern_matches_a_whole_value() {
        for (pattern, value, expected) in [
            ("J16[0-9]{2}", "J1640", true),
            ("J16", "J1640", false),
            ("J16|J1640", "J1640", true),
            (".*hemin.*", "Injection, hemin, 1 mg", true),
            ("(?i).*HEMIN.*", "Injection, hemin, 1 mg", true),
            (r".*\bmg$", "Injection, hemin, 1 mg", true),
            (r".*\bin\b.*", "Injection, hemin, 1 mg", false),
            ("a)|(b", "b", false),
            ("", "", true),
            ("", "x", false),
            (".{2}", "µg", true),
            ("µg|x", "µg", true),
            (".g é?", "µg ", true),
        ] {
            let found = Pattern::of(pattern).is_ok_and(|compiled| compiled.matches(value));
            assert_eq!(found, expected, "{pattern} {value}");
        }
    }

    #[test]
    fn a_large_pattern_is_refused() {
        let deep = format!("{}a{}", "(".repeat(60), ")".repeat(60));
        for pattern in [
            "(((a{100}){100}){100}){100}",
            "(a|b)*a(a|b){20}",
            "[ab]*a[ab]{500}",
            "(",
            &deep,
        ] {
            assert!(Pattern::of(pattern).is_err(), "{pattern}");
        }
    }

    proptest! {
        /// A set of operators small enough to be checked against every split of the value.
        #[test]
        fn answers_are_those_of_a_plain_matcher(
            words in prop::collection::vec("[ab]{0,3}", 1..4),
            value in "[abc]{0,6}",
        ) {
            let pattern = format!("(?:{})*", words.join("|"));
            prop_assert_eq!(matches(&pattern, &value), is_made_of(&value, &words));
        }
    }

    fn is_made_of(value: &str, words: &[String]) -> bool {
        value.is_empty()
            || words.iter().filter(|word| !word.is_empty()).any(|word| {
                value
                    .strip_prefix(word.as_str())
                    .is_some_and(|rest| is_made_of(rest, words))
            })
    }
}
