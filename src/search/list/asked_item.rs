//! One item of a list of codes → the versions that answer it, and its verdict.

use super::asked_reasons::by_code;
use crate::annotation::drugs::ndc_candidates::NdcReading;
use crate::codeset::{Code, CodeSpan, Date, ParseCodeError};
use crate::history::Status;
use crate::search::answer::answer::Answer;
use crate::search::answer::asked_code::AskedVerdict;
use crate::search::answer::reason::Reason;
use crate::search::question::code_item::{Asked, ListItem};
use crate::search::question::filter::Filter;
use crate::search::question::query::Query;
use crate::search::question::standing::Standing;
use crate::search::searcher::Searcher;

/// A version that answers an item, with the reasons.
pub(super) struct Row {
    pub(super) doc: u32,
    pub(super) why: Vec<Reason>,
}

/// The result for an item of a list.
pub(super) struct Found {
    pub(super) rows: Vec<Row>,
    pub(super) verdict: AskedVerdict,
    pub(super) reason: Option<String>,
}

impl Found {
    fn without_match(verdict: AskedVerdict, reason: impl Into<String>) -> Self {
        Self {
            rows: Vec::new(),
            verdict,
            reason: Some(reason.into()),
        }
    }
}

/// What all items of a list have in common.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub(super) query: &'c Query,
    pub(super) filter: &'c Filter<'c>,
    /// The filters without the day.
    pub(super) filters: &'c Filter<'c>,
    pub(super) left_out: &'c [CodeSpan],
    pub(super) day: Date,
}

impl Searcher {
    pub(super) fn answer_item(
        &self,
        item: &ListItem,
        context: Context<'_>,
        answer: &mut Answer,
    ) -> Found {
        match &item.what {
            Asked::Code(code) => {
                let why = || vec![by_code(&item.asked, *code)];
                self.named(*code, context, &why)
            }
            Asked::Pattern(span) => self.matching(*span, context, answer),
            Asked::Ndc(readings) => self.of_drug(&item.asked, readings, context, answer),
            Asked::OutOfScope(why) => {
                Found::without_match(AskedVerdict::OutOfScope, why.to_string())
            }
            Asked::CptModifier => {
                let reason = "a modifier of CPT, which is HCPCS Level I and not covered here";
                Found::without_match(AskedVerdict::OutOfScope, reason)
            }
            Asked::Backwards => {
                Found::without_match(AskedVerdict::Unknown, ParseCodeError::Backwards.to_string())
            }
            Asked::Stranger => {
                Found::without_match(AskedVerdict::Unknown, ParseCodeError::NotACode.to_string())
            }
        }
    }

    /// A named code: the version in force on the day, else the nearest to it.
    fn named(&self, code: Code, context: Context<'_>, why: &dyn Fn() -> Vec<Reason>) -> Found {
        let all = self.rows(code.into());
        if all.is_empty() {
            return self.lacking(code, context.day);
        }
        let versions = if context.query.any_time {
            all
        } else {
            self.version_on(code, context.day).into_iter().collect()
        };
        let store = &self.reader.store;
        let passes = |doc: &u32| context.filters.standing(store.row(*doc)) == Standing::Visible;
        let docs: Vec<u32> = versions.into_iter().filter(passes).collect();
        if docs.is_empty() || context.left_out.iter().any(|span| span.contains(code)) {
            return left_out();
        }
        let rows = docs
            .into_iter()
            .map(|doc| Row { doc, why: why() })
            .collect();
        self.found(rows, context.day)
    }

    /// A code that no release has: unknown, or undetermined if the release in force is not
    /// complete.
    fn lacking(&self, code: Code, day: Date) -> Found {
        let missing = self.missing_alone(code, day);
        let verdict = if missing.is_undetermined() {
            AskedVerdict::Undetermined
        } else {
            AskedVerdict::Unknown
        };
        Found::without_match(verdict, missing.reason())
    }

    /// The codes of a range or pattern that are valid on the day.
    fn matching(&self, span: CodeSpan, context: Context<'_>, answer: &mut Answer) -> Found {
        let all = self.rows(span);
        if all.is_empty() {
            return Found::without_match(AskedVerdict::Unknown, "no code is in it");
        }
        let store = &self.reader.store;
        let (mut rows, mut hidden) = (Vec::new(), None);
        for doc in all {
            let row = store.row(doc);
            let Some(code) = row.code() else { continue };
            if context.left_out.iter().any(|span| span.contains(code)) {
                continue;
            }
            match context.filter.standing(row) {
                Standing::Visible => rows.push(Row {
                    doc,
                    why: vec![by_code(code.as_str(), code)],
                }),
                Standing::Terminated => {
                    answer.hidden += 1;
                    hidden = Some(AskedVerdict::Terminated);
                }
                Standing::NotYetValid => {
                    answer.hidden += 1;
                    answer.not_yet_valid += 1;
                    hidden.get_or_insert(AskedVerdict::NotYetValid);
                }
                Standing::Out => {}
            }
        }
        if rows.is_empty() {
            let reason = "none of its codes is valid on the day";
            return match hidden {
                Some(verdict) => Found::without_match(verdict, reason),
                None => left_out(),
            };
        }
        self.found(rows, context.day)
    }

    /// The codes under which a drug product is billed.
    fn of_drug(
        &self,
        asked: &str,
        readings: &[NdcReading],
        context: Context<'_>,
        answer: &mut Answer,
    ) -> Found {
        if !context.query.annotations {
            let reason = "an NDC; drug products are not searched";
            return Found::without_match(AskedVerdict::Unknown, reason);
        }
        let billed = match self.billed(asked, readings, context.day) {
            Ok(billed) => billed,
            Err(reason) => return Found::without_match(AskedVerdict::Unknown, reason),
        };
        for notice in billed.notices {
            if !answer.notices.contains(&notice) {
                answer.notices.push(notice);
            }
        }
        let found = billed
            .codes
            .into_iter()
            .map(|(code, why)| self.named(code, context, &|| why.clone()));
        let found: Vec<Found> = found.collect();
        let verdict = found.iter().map(|own| own.verdict).min();
        Found {
            verdict: verdict.unwrap_or(AskedVerdict::Unknown),
            reason: billed.reading,
            rows: found.into_iter().flat_map(|own| own.rows).collect(),
        }
    }

    /// The verdict on some versions: the best of theirs.
    fn found(&self, rows: Vec<Row>, day: Date) -> Found {
        let unclear = |row: &Row| self.validity_of(row.doc, day).and_then(|own| own.unclear);
        let verdict = |row: &Row| match self.reader.store.row(row.doc).life().status(day) {
            Status::Valid if unclear(row).is_some() => AskedVerdict::Undetermined,
            Status::Valid => AskedVerdict::Valid,
            Status::NotYetValid => AskedVerdict::NotYetValid,
            Status::Terminated => AskedVerdict::Terminated,
            Status::NoLongerListed => AskedVerdict::NoLongerListed,
            Status::UnknownBetweenReleases => AskedVerdict::UnknownBetweenReleases,
        };
        let best = rows.iter().map(verdict).min();
        let is_open = best == Some(AskedVerdict::Undetermined);
        let reason = rows.iter().find_map(unclear).filter(|_| is_open);
        Found {
            verdict: best.unwrap_or(AskedVerdict::Unknown),
            reason,
            rows,
        }
    }
}

/// The result for an item that a filter, or a code with a minus, leaves out.
fn left_out() -> Found {
    Found::without_match(
        AskedVerdict::LeftOut,
        "left out by what narrows the question",
    )
}
