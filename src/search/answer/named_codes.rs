//! A code among the words of a question: `is J1885 still valid`, `what replaced J9070`.

use super::answer::Answer;
use crate::codeset::{Code, Date, Kind};
use crate::history::Status;
use crate::search::list::words_in_range::MOST_WORDS;
use crate::search::plan::plan::{Group, Plan};
use crate::search::question::filter::Filter;
use crate::search::question::standing::Standing;
use crate::search::searcher::Searcher;

impl Searcher {
    /// The codes that a question names among other words: the versions of those that may answer it,
    /// which come first, unless a long text names them in passing. Says of the others what they are
    /// on the day.
    pub(super) fn codes_among(
        &self,
        words: &Plan<'_>,
        filter: &Filter<'_>,
        answer: &mut Answer,
    ) -> Vec<u32> {
        let (store, day) = (&self.reader.store, answer.as_of);
        let mut docs = Vec::new();
        for code in words.groups.iter().filter_map(code) {
            let Some(doc) = self.version_on(code, day) else {
                // It is said to be not found.
                continue;
            };
            let row = store.row(doc);
            match filter.standing(row) {
                Standing::Visible => docs.push(doc),
                Standing::Out => {
                    let notice = format!("left out by the filters: {code}");
                    answer.notices.push(notice);
                }
                Standing::Terminated | Standing::NotYetValid => {
                    let life = row.life();
                    let status = life.status(day);
                    let day_of = match status {
                        Status::Terminated => life.until.map(|day| format!(" {day}")),
                        Status::NotYetValid => life.from.map(|day| format!(", it begins {day}")),
                        _ => None,
                    };
                    let day_of = day_of.unwrap_or_default();
                    answer.notices.push(format!(
                        "{code} is {}{day_of}{}",
                        status.name(),
                        self.successors_in_words(code, status, day)
                    ));
                }
            }
        }
        if words.groups.len() > MOST_WORDS {
            docs.clear();
        }
        docs
    }

    /// The codes that CMS names in the place of one that has ended.
    fn successors_in_words(&self, code: Code, status: Status, day: Date) -> String {
        if !status.has_ended() {
            return String::new();
        }
        let successors = self.successors(code, day).into_iter();
        let named = successors.map(|own| format!("{} ({})", own.target, own.standing.name()));
        let named: Vec<String> = named.collect();
        if named.is_empty() {
            "; CMS names no successor".to_owned()
        } else {
            format!("; successor {}", named.join(", "))
        }
    }
}

/// The code of a word; a modifier's two letters may be a word.
fn code(group: &Group<'_>) -> Option<Code> {
    let code = group.asked.parse().ok().filter(|_| !group.is_denied);
    code.filter(|code: &Code| code.kind() == Kind::Procedure)
}
