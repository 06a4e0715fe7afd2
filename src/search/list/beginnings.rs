//! The beginnings of words that a code of a pick-list must have.

use crate::error::{Error, Result};
use crate::index::Field;
use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::token::Form;
use crate::search::plan::plan::{Alternative, Group, MOST_GROUPS, Plan, Via};
use crate::search::question::syntax::LONGEST;
use crate::search::searcher::Searcher;

/// The terms with a prefix: a range of terms, and the word's singular.
pub(super) struct Beginning {
    run: std::ops::Range<u32>,
    exact: Option<u32>,
}

impl Beginning {
    fn has(&self, ord: u32) -> bool {
        self.run.contains(&ord) || self.exact == Some(ord)
    }
}

impl Searcher {
    /// The terms of each prefix, and the plan that finds them.
    pub(super) fn beginnings(&self, words: &str) -> Result<(Vec<Beginning>, Plan<'_>)> {
        if words.len() > LONGEST {
            let length = words.len();
            return Err(Error::query(format!(
                "the words have {length} characters; ask with at most {LONGEST}"
            )));
        }
        let terms = self.reader.store.terms();
        let mut plan = Plan::default();
        let mut beginnings = Vec::new();
        for token in analyze(words) {
            if token.form != Form::Word {
                continue;
            }
            if beginnings.len() == MOST_GROUPS {
                return Err(Error::query(format!(
                    "there are more than {MOST_GROUPS} words; ask with fewer"
                )));
            }
            let asked = words.get(token.start as usize..token.end as usize);
            let typed = asked.unwrap_or_default().to_lowercase();
            // A plural is indexed as its singular, of which it is not a prefix.
            let is_singular = typed.starts_with(token.term.as_str());
            let beginning = Beginning {
                run: terms.starting_with(if is_singular { &typed } else { &token.term }),
                exact: terms.ord(&token.term),
            };
            let found = beginning.run.clone().chain(beginning.exact);
            plan.groups.push(Group {
                asked: typed,
                alternatives: found
                    .map(|ord| Alternative::new([ord], 1.0, Via::Prefix))
                    .collect(),
                ..Group::default()
            });
            beginnings.push(beginning);
        }
        Ok((beginnings, plan))
    }

    /// Whether each prefix occurs in one of some fields of a version.
    pub(super) fn occur_in(&self, doc: u32, beginnings: &[Beginning], fields: &[Field]) -> bool {
        let mut missing = (1u64 << beginnings.len()) - 1;
        for text in self.reader.store.texts(doc) {
            if missing == 0 {
                break;
            }
            if !fields.contains(&text.field) {
                continue;
            }
            for token in text.tokens() {
                for (at, beginning) in beginnings.iter().enumerate() {
                    if beginning.has(token.ord) {
                        missing &= !(1 << at);
                    }
                }
            }
        }
        missing == 0
    }
}
