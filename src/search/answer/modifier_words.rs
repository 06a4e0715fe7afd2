//! A modifier's code among other words: `A1 dressing for one wound`.

use crate::codeset::{Code, Date, Kind};
use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::Evaluation;
use crate::search::plan::plan::{Group, Plan};
use crate::search::question::filter::Filter;
use crate::search::question::standing::Standing;
use crate::search::searcher::Searcher;

/// The modifiers that a question names among other words.
#[derive(Default)]
pub(super) struct NamedModifiers {
    /// Their versions, each with the bit mask of the word that names it.
    pub(super) docs: Vec<(u32, u64)>,
}

impl NamedModifiers {
    /// The bit mask of the words that name a modifier.
    pub(super) fn groups(&self) -> u64 {
        self.docs.iter().fold(0, |all, (_, own)| all | own)
    }

    /// Whether a version is one of them.
    pub(super) fn has(&self, doc: u32) -> bool {
        self.docs.iter().any(|(own, _)| *own == doc)
    }

    /// Makes them candidates that have the word which names them.
    pub(super) fn add_to(&self, candidates: &mut Vec<Candidate>) {
        for (doc, own) in &self.docs {
            match candidates.iter_mut().find(|found| found.doc == *doc) {
                Some(found) => found.groups |= own,
                None => candidates.push(Candidate {
                    doc: *doc,
                    groups: *own,
                    ..Candidate::default()
                }),
            }
        }
    }
}

impl Searcher {
    /// The modifiers whose codes are among the words of a question. Two letters may also be a word,
    /// so a modifier's own descriptor must have the other words; half of them if no text has the
    /// two letters, and one if a question in small letters begins with them in capitals.
    pub(super) fn named_modifiers(
        &self,
        (words, text): (&Plan<'_>, &str),
        (evaluation, candidates): (&Evaluation, &[Candidate]),
        (filter, day): (&Filter<'_>, Date),
    ) -> NamedModifiers {
        let (text, has_small) = (text.trim_start(), text.chars().any(char::is_lowercase));
        let is_label = |group: &Group<'_>| group.asked.eq_ignore_ascii_case("modifier");
        let counts =
            |(at, group): (usize, &Group<'_>)| evaluation.doc_freq[at] > 0 && !is_label(group);
        let all = words.groups.iter().enumerate();
        let found = all
            .filter(|own| counts(*own))
            .fold(0u64, |all, (at, _)| all | 1 << at);
        let whole = words.whole() & found;
        let named = words.groups.iter().enumerate().filter_map(|(at, group)| {
            let asked = group.asked.as_str();
            if asked.len() != 2 || group.is_denied || group.is_phrase {
                return None;
            }
            let code: Code = asked
                .parse()
                .ok()
                .filter(|code: &Code| code.kind() == Kind::Modifier)?;
            let doc = self.version_on(code, day)?;
            if filter.standing(self.reader.store.row(doc)) != Standing::Visible {
                return None;
            }
            let own = 1u64 << at;
            let others = whole & !own;
            let candidate = candidates.iter().find(|found| found.doc == doc);
            let has = candidate.map_or(0, |found| found.groups & others);
            let is_word = evaluation.doc_freq[at] > 0;
            let is_name =
                has_small && text.starts_with(asked) && !asked.chars().any(char::is_lowercase);
            let has_enough = has != 0
                && (has == others || (!is_word && 2 * has.count_ones() >= others.count_ones()));
            (has_enough || (!is_word && is_name && has != 0)).then_some((doc, own))
        });
        NamedModifiers {
            docs: named.collect(),
        }
    }
}
