//! What an answer says of the words of its question: those that were replaced or not found, and
//! those that no code denies.

use super::answer::{Answer, Replacement};
use crate::codeset::{Code, Date, Kind};
use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::Evaluation;
use crate::search::plan::plan::{MOST_GROUPS, Plan};
use crate::search::plan::role::Role;
use crate::search::ranking::held_sizes::HeldSizes;
use crate::search::searcher::Searcher;

impl Searcher {
    /// Adds the words that were replaced, and those that were not found, to the answer. Those of
    /// `known` are codes of modifiers, or sizes that a code's range holds.
    pub(super) fn add_replacements(
        &self,
        (plan, known): (&Plan<'_>, u64),
        evaluation: &Evaluation,
        answer: &mut Answer,
    ) {
        let respelled = plan.respelled.iter().cloned();
        let respelled = respelled.map(|(asked, read)| Replacement {
            asked,
            instead: vec![read],
        });
        answer.searched_instead.extend(respelled);
        let terms = self.reader.store.terms();
        let groups = plan.groups.iter().zip(&evaluation.doc_freq).enumerate();
        for (at, (group, found)) in groups {
            if group.role == Role::Part || known >> at & 1 == 1 {
                continue;
            }
            if *found == 0 {
                answer.not_found.push(group.asked.clone());
                if self.is_modifier_on(&group.asked, answer.as_of) {
                    answer.notices.push(format!(
                        "{} is the code of a modifier, which is found beside codes only",
                        group.asked.to_uppercase()
                    ));
                }
            } else if group.is_replaced() {
                let instead = group.alternatives.iter().map(|alternative| {
                    let words: Vec<&str> = alternative
                        .terms()
                        .iter()
                        .map(|ord| terms.term(*ord))
                        .collect();
                    words.join(" ")
                });
                let (asked, instead) = (group.asked.clone(), instead.collect());
                answer.searched_instead.push(Replacement { asked, instead });
            }
        }
        if plan.is_cut {
            answer.notices.push(format!(
                "only the first {MOST_GROUPS} words were searched for"
            ));
        }
    }

    /// Whether a word is the code of a modifier that a release has on a day.
    fn is_modifier_on(&self, word: &str, day: Date) -> bool {
        let code = word.parse::<Code>().ok();
        let code = code.filter(|code| code.kind() == Kind::Modifier);
        code.is_some_and(|code| self.version_on(code, day).is_some())
    }

    /// Says which denied words no code with the others denies: it may have what it does not
    /// mention.
    pub(super) fn say_unsaid(
        &self,
        (words, sizes): (&Plan<'_>, &HeldSizes<'_, '_>),
        docs: &[Candidate],
        answer: &mut Answer,
    ) {
        let (all, denied) = (words.whole(), words.denied());
        if denied == 0 || answer.complete == 0 {
            return;
        }
        let says = |found: &Candidate| found.groups & denied & !self.contradicted(words, *found);
        let complete = docs.iter().filter(|found| sizes.has_all(**found, all));
        let said = complete.fold(0, |said, found| said | says(found));
        let groups = words.groups.iter().enumerate();
        let unsaid = groups.filter(|(at, _)| (denied & !said) >> at & 1 == 1);
        answer.notices.extend(unsaid.map(|(_, group)| {
            let asked = &group.asked;
            format!("no code says \"{asked}\": these do not mention it, and may have it")
        }));
    }
}
