//! The answer to a list of codes: each item in the order asked, whether valid on the day or not.

use crate::annotation::drugs::ndc_candidates::NdcReading;
use crate::codeset::{CodeSpan, Date};
use crate::error::{Error, Result};

use super::asked_item::{Context, Row};
use crate::search::answer::answer::Answer;
use crate::search::answer::asked_code::{AskedCode, AskedVerdict, Nearest};
use crate::search::answer::finder::Findings;
use crate::search::answer::look_alikes::Run;
use crate::search::question::code_item::{Asked, CodeList, KnownCodes, ListItem};
use crate::search::question::filter::Filter;
use crate::search::question::query::{Query, Sort};
use crate::search::searcher::Searcher;

/// The maximum of rows that a list matches: ranges over all codes, many times over, are no honest
/// question.
const MAX_ROWS: usize = 100_000;

impl KnownCodes for Searcher {
    fn has(&self, span: CodeSpan) -> bool {
        self.each_row(span).next().is_some()
    }

    fn has_ndc(&self, reading: &NdcReading) -> bool {
        self.is_of_a_product(reading)
    }

    fn is_word(&self, word: &str) -> bool {
        let store = &self.reader.store;
        store.terms().ord(word).is_some() || store.synonyms(&[word]).next().is_some()
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
            let is_unknown = found.rows.is_empty()
                && matches!(
                    found.verdict,
                    AskedVerdict::Unknown | AskedVerdict::Undetermined
                );
            if is_unknown {
                answer.not_found.push(item.asked.clone());
            }
            answer.notices.extend(read_as_modifier(item));
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
        if query.facets {
            self.count_facets(rows.iter().map(|row| row.doc), answer);
        }
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
            Self::give_units(&mut hit, answer.dose.as_ref());
            hit.holds = query.any_time.then(|| self.held(row.doc)).flatten();
            hit.alike = run.next(self, row.doc);
            answer.hits.push(hit);
        }
        Ok(())
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

/// A notice of a modifier that may be a count: `J1885 x4`.
fn read_as_modifier(item: &ListItem) -> Option<String> {
    let asked = &item.asked;
    let count = asked.strip_prefix(['x', 'X'])?;
    let is_count = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    is_count.then(|| {
        let code = asked.to_uppercase();
        format!("{asked} is read as the modifier {code}, not as a count of {count}")
    })
}
