//! The answers of the tools, each cut to a size that an agent can read.

use std::cell::RefCell;

use serde::Serialize;
use serde_json::{Value, json};

use super::claim_lines;
use super::parameter::{
    CheckParameters, DiffParameters, GetParameters, HistoryParameters, SearchParameters,
    UnitsParameters,
};
use super::portion::{Portion, behind_list, cut, value};
use super::provenance::Provenance;
use super::shown::Shown;
use super::summary::summary;
use crate::claims::{Checked, ReviewCounts};
use crate::codeset::{Code, Date};
use crate::error::{Error, Result, cannot_be};
use crate::search::Searcher;

/// The maximum of codes and lines in a call.
const MOST_CODES: usize = 50;

const MOST_LINES: usize = 200;

/// The most characters of the hits of a search, and of the codes that are asked for.
const MOST_OF_HITS: usize = 54_000;

const MOST_OF_ASKED: usize = 18_000;

pub(super) fn search(searcher: &Searcher, asked: SearchParameters) -> Result<Value> {
    let query = asked.query()?;
    let answer = searcher.search(&query)?;
    let provenance = Provenance::of(searcher, answer.as_of);
    let mut shown = value(&Shown::new(&answer, provenance))?;
    if let Some(asked) = shown.get_mut("asked").and_then(Value::as_array_mut) {
        let rest = cut(asked, MOST_OF_ASKED);
        if rest > 0 {
            let first = asked.len();
            let notice = format!(
                "of the codes that are asked for, `asked` has the first {first}; ask for the \
                 other {rest} by themselves"
            );
            let notices = answer.notices.iter().cloned().chain([notice]);
            shown["notices"] = notices.collect();
        }
    }
    let mut next = query.offset + answer.hits.len();
    if let Some(hits) = shown.get_mut("hits").and_then(Value::as_array_mut) {
        next -= cut(hits, MOST_OF_HITS);
    }
    if next < answer.total && next > query.offset {
        shown["next_offset"] = next.into();
    }
    Ok(shown)
}

pub(super) fn get(searcher: &Searcher, asked: &GetParameters) -> Result<Value> {
    let day = day(asked.as_of.as_deref())?;
    look_up(searcher, &asked.codes, asked.offset, day, |code| {
        let details = searcher.details(code, Some(day));
        details
            .map(|details| summary(searcher, &details, &asked.include))
            .transpose()
    })
}

pub(super) fn history(searcher: &Searcher, asked: &HistoryParameters) -> Result<Value> {
    look_up(
        searcher,
        &asked.codes,
        asked.offset,
        Date::today(),
        |code| Ok(searcher.code_history(code)),
    )
}

pub(super) fn releases(searcher: &Searcher) -> Result<Value> {
    let manifest = searcher.manifest().without_folders();
    Ok(json!({
        "provenance": value(&Provenance::of(searcher, Date::today()))?,
        "releases": value(&manifest.releases)?,
        "sources": value(&manifest.sources)?,
    }))
}

pub(super) fn diff(searcher: &Searcher, asked: DiffParameters) -> Result<Value> {
    let (request, limit, offset) = asked.request()?;
    let changes = searcher.changes_within(&request.old, &request.new, &request.within)?;
    let mut answer = json!({});
    for (name, id) in [
        ("provenance", &changes.to),
        ("compared_with", &changes.from),
    ] {
        let release = id.to_string();
        answer[name] = value(&Provenance::of_release(searcher, release, id.first_day()))?;
    }
    answer["summary"] = value(&changes.summary)?;
    let lengths = changes.lists().map(|(_, entries)| entries.len());
    let longest = lengths.into_iter().max().unwrap_or_default();
    if offset > 0 && offset >= longest {
        return Err(behind_list(offset, longest));
    }
    let (mut not_shown, mut has_more) = (0, false);
    for (list, entries) in changes.lists() {
        let behind = &entries[offset.min(entries.len())..];
        let shown = &behind[..behind.len().min(limit)];
        not_shown += entries.len() - shown.len();
        has_more |= shown.len() < behind.len();
        answer[list] = value(&shown)?;
    }
    answer["notices"] = value(&changes.notices)?;
    answer["not_shown"] = not_shown.into();
    if has_more && limit > 0 {
        answer["next_offset"] = (offset + limit).into();
    }
    Ok(answer)
}

pub(super) fn units(searcher: &Searcher, asked: UnitsParameters) -> Result<Value> {
    let day = day(asked.as_of.as_deref())?;
    let answer = searcher.units(&asked.request(day)?);
    let answer = answer.map_err(|error| Error::query(error.to_string()))?;
    let mut shown = json!({"provenance": value(&Provenance::of(searcher, day))?});
    if let (Value::Object(shown), Value::Object(answer)) = (&mut shown, value(&answer)?) {
        shown.extend(answer);
    }
    Ok(shown)
}

pub(super) fn check(searcher: &Searcher, asked: &CheckParameters) -> Result<Value> {
    let day = day(asked.as_of.as_deref())?;
    if !(1..=MOST_LINES).contains(&asked.lines.len()) {
        return Err(Error::query(format!("give 1 to {MOST_LINES} `lines`")));
    }
    let days = claim_lines::days(&asked.lines);
    let lines: Vec<(usize, &Value)> = (1..).zip(&asked.lines).collect();
    // A line that does not fit into the answer is not counted.
    let counts = RefCell::new(vec![ReviewCounts::default()]);
    let count = |checked: Option<&Checked>| {
        let mut counts = counts.borrow_mut();
        let mut after = counts.last().copied().unwrap_or_default();
        if let Some(checked) = checked {
            after.add(checked);
        }
        counts.push(after);
    };
    let portion = Portion::of(
        &lines,
        asked.offset,
        |(number, line)| match claim_lines::read(line, &days) {
            Ok(mut read) => {
                read.line_id.get_or_insert(Value::from(*number));
                let checked = searcher.check_as_of(&read, day);
                count(Some(&checked));
                value(&checked)
            }
            Err(error) => {
                count(None);
                let id = line.get("line_id").cloned();
                let id = id.unwrap_or_else(|| Value::from(*number));
                Ok(json!({"line_id": id, "error": error.to_string()}))
            }
        },
    )?;
    let is_error = |line: &&Value| line.get("error").is_some();
    let has_wrong_units = |line: &&Value| line["valid"] == true && line["finding"] == "units";
    let mut answer = json!({
        "provenance": value(&Provenance::of(searcher, day))?,
        "lines": portion.shown,
        "valid_with_wrong_units": portion.shown.iter().filter(has_wrong_units).count(),
        "not_read": portion.shown.iter().filter(is_error).count(),
    });
    let counts = counts.borrow().get(portion.shown.len()).copied();
    if let Some(counts) = counts.and_then(ReviewCounts::if_any) {
        answer["review_counts"] = value(&counts)?;
    }
    portion.say_rest(&mut answer);
    Ok(answer)
}

/// Looks codes up; for each code that is not found, returns the reason.
fn look_up<T: Serialize>(
    searcher: &Searcher,
    codes: &[String],
    offset: usize,
    day: Date,
    find: impl Fn(Code) -> Result<Option<T>>,
) -> Result<Value> {
    if !(1..=MOST_CODES).contains(&codes.len()) {
        return Err(Error::query(format!("give 1 to {MOST_CODES} `codes`")));
    }
    let portion = Portion::of(codes, offset, |text| {
        let missing = |reason: String| Ok(json!({"code": text, "reason": reason}));
        match text.trim().parse::<Code>() {
            Err(why) => missing(why.of(text) + &searcher.nearest_in_words(text, day)),
            Ok(code) => match find(code)? {
                Some(found) => value(&found),
                None => missing(searcher.missing(code, day).to_string()),
            },
        }
    })?;
    let is_missing = |item: &Value| item.get("reason").is_some();
    let shown = portion.shown.iter().cloned();
    let (not_found, found): (Vec<Value>, Vec<Value>) = shown.partition(is_missing);
    let mut answer = json!({
        "provenance": value(&Provenance::of(searcher, day))?,
        "found": found,
        "notFound": not_found,
    });
    portion.say_rest(&mut answer);
    Ok(answer)
}

fn day(text: Option<&str>) -> Result<Date> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(Date::today());
    };
    text.parse()
        .map_err(|_| Error::query(cannot_be("as_of", text, "a day, YYYY-MM-DD")))
}
