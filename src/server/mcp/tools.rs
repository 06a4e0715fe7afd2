//! The tools.

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock};
use rmcp::{tool, tool_router};
use serde::Serialize;
use serde_json::{Value, json};

use crate::claims::ClaimLine;
use crate::codeset::{Code, Date};
use crate::error::{Error, Result};
use crate::search::Searcher;

use super::Mcp;
use super::parameter::{
    CheckParameters, DiffParameters, GetParameters, HistoryParameters, NoParameters,
    SearchParameters, UnitsParameters,
};
use super::provenance::Provenance;
use super::shown::Shown;

/// The most codes and lines of a call.
const MOST_CODES: usize = 50;
const MOST_LINES: usize = 200;

#[tool_router(vis = "pub(super)")]
impl Mcp {
    #[tool(
        description = "Finds HCPCS Level II codes and modifiers by words (also misspelt), brand \
                       names, codes or patterns; each hit says which words were found where",
        annotations(
            title = "Search codes",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    fn hcpcs_search(&self, Parameters(asked): Parameters<SearchParameters>) -> CallToolResult {
        result(self.search(asked))
    }

    #[tool(
        description = "Everything about 1 to 50 codes: the record with its values decoded, \
                       validity, successors, look-alikes, drug products, notes",
        annotations(
            title = "Look codes up",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    fn hcpcs_get(&self, Parameters(asked): Parameters<GetParameters>) -> CallToolResult {
        result(self.get(&asked))
    }

    #[tool(
        description = "Checks claim lines (code, modifiers, day of service): valid, not yet \
                       valid, terminated with successor, unknown with the nearest, NOC, CPT",
        annotations(
            title = "Check claim lines",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    fn hcpcs_check(&self, Parameters(asked): Parameters<CheckParameters>) -> CallToolResult {
        result(self.check(&asked))
    }

    #[tool(
        description = "Turns a dose, single-dose vials or an NDC's package into billing units of \
                       a code on a day, with JW and JZ lines; arithmetic on CMS's data, not \
                       billing advice",
        annotations(
            title = "Dose to billing units",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    fn hcpcs_units(&self, Parameters(asked): Parameters<UnitsParameters>) -> CallToolResult {
        result(self.units(asked))
    }

    #[tool(
        description = "What changed between two releases: codes added, terminated, removed, \
                       reactivated, revised or reissued, with old and new values; counts of all",
        annotations(
            title = "Compare releases",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    fn hcpcs_diff(&self, Parameters(asked): Parameters<DiffParameters>) -> CallToolResult {
        result(self.diff(asked))
    }

    #[tool(
        description = "What the releases said of 1 to 50 codes over time, and whether a code was \
                       used again with another meaning",
        annotations(
            title = "Codes over time",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    fn hcpcs_history(&self, Parameters(asked): Parameters<HistoryParameters>) -> CallToolResult {
        result(self.history(&asked))
    }

    #[tool(
        description = "Which releases of CMS and which other sources are loaded, with file \
                       names and hashes",
        annotations(
            title = "List releases",
            read_only_hint = true,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    fn hcpcs_releases(&self, Parameters(_): Parameters<NoParameters>) -> CallToolResult {
        let searcher = self.state.searcher();
        let manifest = searcher.manifest().without_folders();
        result(Ok(json!({
            "provenance": Provenance::of(&searcher, Date::today()),
            "releases": manifest.releases,
            "sources": manifest.sources,
        })))
    }
}

impl Mcp {
    fn search(&self, asked: SearchParameters) -> Result<Value> {
        let searcher = self.state.searcher();
        let answer = searcher.search(&asked.query()?)?;
        let provenance = Provenance::of(&searcher, answer.as_of);
        value(&Shown::new(&answer, provenance))
    }

    fn get(&self, asked: &GetParameters) -> Result<Value> {
        let day = day(asked.as_of.as_deref())?;
        let searcher = self.state.searcher();
        look_up(&searcher, &asked.codes, day, |code| {
            searcher.details(code, Some(day))
        })
    }

    fn history(&self, asked: &HistoryParameters) -> Result<Value> {
        let searcher = self.state.searcher();
        look_up(&searcher, &asked.codes, Date::today(), |code| {
            searcher.code_history(code)
        })
    }

    fn diff(&self, asked: DiffParameters) -> Result<Value> {
        let (request, limit) = asked.request()?;
        let searcher = self.state.searcher();
        let changes = searcher.changes_within(&request.old, &request.new, &request.within)?;
        let mut answer = json!({});
        for (name, id) in [
            ("provenance", &changes.to),
            ("compared_with", &changes.from),
        ] {
            let release = id.to_string();
            answer[name] = value(&Provenance::of_release(&searcher, release, id.first_day()))?;
        }
        answer["summary"] = value(&changes.summary)?;
        let mut not_shown = 0;
        for (list, entries) in changes.lists() {
            let shown = &entries[..entries.len().min(limit)];
            not_shown += entries.len() - shown.len();
            answer[list] = value(&shown)?;
        }
        answer["not_shown"] = not_shown.into();
        Ok(answer)
    }

    fn units(&self, asked: UnitsParameters) -> Result<Value> {
        let day = day(asked.as_of.as_deref())?;
        let searcher = self.state.searcher();
        let answer = searcher.units(&asked.request(day));
        let answer = answer.map_err(|error| Error::query(error.to_string()))?;
        let mut shown = json!({"provenance": Provenance::of(&searcher, day)});
        if let (Value::Object(shown), Value::Object(answer)) = (&mut shown, value(&answer)?) {
            shown.extend(answer);
        }
        Ok(shown)
    }

    fn check(&self, asked: &CheckParameters) -> Result<Value> {
        let day = day(asked.as_of.as_deref())?;
        if !(1..=MOST_LINES).contains(&asked.lines.len()) {
            return Err(Error::query(format!("give 1 to {MOST_LINES} lines")));
        }
        let searcher = self.state.searcher();
        let mut lines = Vec::with_capacity(asked.lines.len());
        for (number, line) in (1..).zip(&asked.lines) {
            let read: Result<ClaimLine> = match line {
                Value::String(text) => text.parse(),
                other => ClaimLine::from_json(&other.to_string()),
            };
            lines.push(match read {
                Ok(mut line) => {
                    line.line_id.get_or_insert(Value::from(number));
                    value(&searcher.check_as_of(&line, day))?
                }
                Err(error) => json!({"line_id": number, "error": error.to_string()}),
            });
        }
        let provenance = Provenance::of(&searcher, day);
        Ok(json!({"provenance": provenance, "lines": lines}))
    }
}

/// Looks codes up, and says of each that is not found why.
fn look_up<T: Serialize>(
    searcher: &Searcher,
    codes: &[String],
    day: Date,
    find: impl Fn(Code) -> Option<T>,
) -> Result<Value> {
    if !(1..=MOST_CODES).contains(&codes.len()) {
        return Err(Error::query(format!("give 1 to {MOST_CODES} codes")));
    }
    let (mut found, mut not_found) = (Vec::new(), Vec::new());
    for text in codes {
        let missing = |reason: String| json!({"code": text, "reason": reason});
        match text.parse::<Code>() {
            Err(why) => not_found.push(missing(why.to_string())),
            Ok(code) => match find(code) {
                Some(answer) => found.push(value(&answer)?),
                None => not_found.push(missing("in no release that is loaded".to_owned())),
            },
        }
    }
    let provenance = Provenance::of(searcher, day);
    Ok(json!({"provenance": provenance, "found": found, "notFound": not_found}))
}

fn day(text: Option<&str>) -> Result<Date> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(Date::today());
    };
    let wrong = |cause| Error::query(format!("`as_of`: {cause}"));
    text.parse()
        .map_err(|cause: crate::codeset::ParseDateError| wrong(cause.to_string()))
}

fn value(value: &impl Serialize) -> Result<Value> {
    let fail = |cause: serde_json::Error| Error::query(cause.to_string());
    serde_json::to_value(value).map_err(fail)
}

/// What a tool gives; what is wrong is told so that the agent can mend it.
fn result(answer: Result<Value>) -> CallToolResult {
    match answer {
        Ok(value) => CallToolResult::structured(value),
        Err(error) => CallToolResult::error(vec![ContentBlock::text(error.to_string())]),
    }
}
