//! The answer to a list of codes: each item in the order asked, whether valid on the day or not.

use crate::annotation::drugs::ndc_candidates::NdcReading;
use crate::codeset::{Code, CodeSpan, Date, ParseCodeError};
use crate::error::{Error, Result};
use crate::history::Status;

use super::asked_reasons::by_code;
use crate::search::answer::answer::Answer;
use crate::search::answer::asked_code::{AskedCode, AskedVerdict, Nearest};
use crate::search::answer::facet;
use crate::search::answer::look_alikes::Run;
use crate::search::answer::reason::{Findings, Reason};
use crate::search::question::code_item::{Asked, CodeList, KnownCodes, ListItem};
use crate::search::question::filter::{Filter, Standing};
use crate::search::question::query::{Query, Sort};
use crate::search::searcher::Searcher;

/// The maximum of rows that a list matches: ranges over all codes, many times over, are no honest
/// question.
const MAX_ROWS: usize = 100_000;

/// A version that answers an item, with the reasons.
struct Row {
    doc: u32,
    why: Vec<Reason>,
}

/// The result for an item of a list.
struct Found {
    rows: Vec<Row>,
    verdict: AskedVerdict,
    reason: Option<String>,
}

impl Found {
    fn nothing(verdict: AskedVerdict, reason: impl Into<String>) -> Self {
        Self {
            rows: Vec::new(),
            verdict,
            reason: Some(reason.into()),
        }
    }
}

/// What all items of a list have in common.
#[derive(Clone, Copy)]
struct Context<'c> {
    query: &'c Query,
    filter: &'c Filter<'c>,
    /// The filters without the day.
    filters: &'c Filter<'c>,
    left_out: &'c [CodeSpan],
    day: Date,
}

impl KnownCodes for Searcher {
    fn has(&self, span: CodeSpan) -> bool {
        self.each_row(span).next().is_some()
    }

    fn has_ndc(&self, reading: &NdcReading) -> bool {
        self.is_of_a_product(reading)
    }

    fn is_word(&self, word: &str) -> bool {
        self.reader.store.terms().ord(word).is_some()
    }
}

impl Searcher {
    /// Answers a list of codes. A named code is answered whether it is valid on the day or not; the
    /// codes of a range or pattern only if they are valid.
    ///
    /// # Errors
    /// The ranges and patterns of the list match too many codes.
    pub(crate) fn answer_codes(
        &self,
        query: &Query,
        list: &CodeList,
        filter: &Filter<'_>,
        answer: &mut Answer,
    ) -> Result<()> {
        let any_day = Query {
            any_time: true,
            ..query.clone()
        };
        let context = Context {
            query,
            filter,
            filters: &Filter::new(&any_day, answer.as_of, &self.reader.calendar),
            left_out: &list.left_out,
            day: answer.as_of,
        };
        let mut rows: Vec<Row> = Vec::new();
        let mut named = 0;
        for item in &list.items {
            let found = self.answer_item(item, context, answer);
            if !matches!(item.what, Asked::Pattern(_)) {
                named += found.rows.len();
            }
            let is_unknown = matches!(
                found.verdict,
                AskedVerdict::Unknown | AskedVerdict::Undetermined
            );
            if is_unknown {
                answer.not_found.push(item.asked.clone());
            }
            answer.asked.push(AskedCode {
                asked: item.asked.clone(),
                verdict: found.verdict,
                hits: found.rows.len(),
                reason: found.reason,
                nearest: self.meant(item, is_unknown, answer.as_of),
                before: rows.len() + 1,
            });
            rows.extend(found.rows);
            if rows.len() > MAX_ROWS {
                let reason = format!(
                    "the list matches more than {MAX_ROWS} codes; ask for fewer ranges or patterns \
                     at a time"
                );
                return Err(Error::query(reason));
            }
        }
        if query.sort == Sort::Code {
            rows.sort_by_key(|row| row.doc);
            let behind = rows.len() + 1;
            for own in &mut answer.asked {
                own.before = behind;
            }
        }
        let left_out = answer
            .asked
            .iter()
            .filter(|own| own.verdict == AskedVerdict::LeftOut);
        let left_out: Vec<&str> = left_out.map(|own| own.asked.as_str()).collect();
        if !left_out.is_empty() {
            let notice = format!("left out by the filters: {}", left_out.join(", "));
            answer.notices.push(notice);
        }
        answer.total = rows.len();
        answer.complete = rows.len();
        let docs = rows.iter().map(|row| row.doc);
        answer.facets = query.facets.then(|| facet::count(&self.reader.store, docs));
        // All named codes are shown; of the codes that match a pattern, a page.
        let has_pattern = named < rows.len();
        let usual = if has_pattern {
            named + Query::USUAL_LIMIT
        } else {
            named
        };
        let page = rows.into_iter().enumerate().skip(query.offset);
        let mut run = Run::default();
        for (at, row) in page.take(query.limit.unwrap_or(usual)) {
            let findings = Findings {
                reasons: row.why,
                places: &[],
            };
            let Some(mut hit) = self.hit(at + 1, row.doc, answer.as_of, findings) else {
                continue;
            };
            self.give_unit(&mut hit, row.doc, answer.dose.as_ref());
            hit.holds = query.any_time.then(|| self.held(row.doc)).flatten();
            hit.alike = run.next(&self.reader.store, row.doc, hit.code);
            answer.hits.push(hit);
        }
        Ok(())
    }

    fn answer_item(&self, item: &ListItem, context: Context<'_>, answer: &mut Answer) -> Found {
        match &item.what {
            Asked::Code(code) => {
                let why = || vec![by_code(&item.asked, *code)];
                self.named(*code, context, &why)
            }
            Asked::Pattern(span) => self.matching(*span, context, answer),
            Asked::Ndc(readings) => self.of_drug(&item.asked, readings, context, answer),
            Asked::OutOfScope(why) => Found::nothing(AskedVerdict::OutOfScope, why.to_string()),
            Asked::CptModifier => {
                let reason = "a modifier of CPT, which is HCPCS Level I and not covered here";
                Found::nothing(AskedVerdict::OutOfScope, reason)
            }
            Asked::Backwards => {
                Found::nothing(AskedVerdict::Unknown, ParseCodeError::Backwards.to_string())
            }
            Asked::Stranger => {
                Found::nothing(AskedVerdict::Unknown, ParseCodeError::NotACode.to_string())
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
        match self.indexed_release_on(day) {
            Some(release) if release.scope.may_lack(code) => {
                let (id, scope) = (&release.id, &release.scope);
                let reason =
                    format!("not in release {id}, {scope}, which cannot say whether it is a code");
                Found::nothing(AskedVerdict::Undetermined, reason)
            }
            _ => Found::nothing(AskedVerdict::Unknown, "in no release that is indexed"),
        }
    }

    /// The codes of a range or pattern that are valid on the day.
    fn matching(&self, span: CodeSpan, context: Context<'_>, answer: &mut Answer) -> Found {
        let all = self.rows(span);
        if all.is_empty() {
            return Found::nothing(AskedVerdict::Unknown, "no code is in it");
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
                Some(verdict) => Found::nothing(verdict, reason),
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
            return Found::nothing(AskedVerdict::Unknown, reason);
        }
        let billed = match self.billed(asked, readings, context.day) {
            Ok(billed) => billed,
            Err(reason) => return Found::nothing(AskedVerdict::Unknown, reason),
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
        let verdict = |row: &Row| match self.reader.store.row(row.doc).life().status(day) {
            Status::Valid => AskedVerdict::Valid,
            Status::NotYetValid => AskedVerdict::NotYetValid,
            Status::Terminated => AskedVerdict::Terminated,
            Status::NoLongerListed => AskedVerdict::NoLongerListed,
            Status::UnknownBetweenReleases => AskedVerdict::UnknownBetweenReleases,
        };
        let best = rows.iter().map(verdict).min();
        Found {
            verdict: best.unwrap_or(AskedVerdict::Unknown),
            reason: None,
            rows,
        }
    }

    /// The codes that were possibly meant by an unknown one.
    fn meant(&self, item: &ListItem, is_unknown: bool, day: Date) -> Vec<Nearest> {
        let found = match item.what {
            _ if !is_unknown => Vec::new(),
            Asked::Code(_) | Asked::Stranger => self.nearest(&item.asked, day),
            _ => Vec::new(),
        };
        match item.what {
            Asked::Code(code) if is_unknown && found.is_empty() => self.neighbours_of(code, day),
            _ => found,
        }
    }
}

/// The result for an item that a filter, or a code with a minus, leaves out.
fn left_out() -> Found {
    Found::nothing(
        AskedVerdict::LeftOut,
        "left out by what narrows the question",
    )
}
