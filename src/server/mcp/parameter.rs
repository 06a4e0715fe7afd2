//! The input of the tools.

use rmcp::schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::code_filters::CodeFilters;
use super::summary::Include;
use crate::codeset::Date;
use crate::error::{Error, Result};
use crate::search::changes::request::release;
use crate::search::{ChangesFilter, ChangesRequest, Query, QueryRequest, UnitsRequest};

/// The maximum page size, and the furthest offset.
const MOST: usize = 50;

const FURTHEST: usize = 10_000;

/// The same for the codes in a list of changes.
const USUAL_CHANGES: usize = 20;

const MOST_CHANGES: usize = 200;

/// The maximum of vials and packages.
const MOST_PACKAGES: usize = 1_000_000;

/// A question.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct SearchParameters {
    /// Words (misspelt ones too), brand names, "phrases", excluded -words; or a list of codes
    /// (J1640 E0601), patterns (J16*), ranges (J1600-J1699) and NDCs.
    query: String,
    /// The day of the question, YYYY-MM-DD; by default today.
    as_of: Option<String>,
    /// The filters that a code must pass.
    #[serde(default)]
    filters: CodeFilters,
    /// Also codes that are not valid on the day.
    #[serde(default)]
    terminated: bool,
    /// How many hits to return; by default 10, and for a list of codes all that are named.
    #[schemars(range(min = 0, max = 50))]
    limit: Option<usize>,
    /// How many hits to skip: the answer's `next_offset`.
    #[schemars(range(min = 0, max = 10000))]
    offset: Option<usize>,
    /// The order of the hits: best or code.
    sort: Option<Order>,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(crate = "schemars")]
enum Order {
    Best,
    Code,
}

impl SearchParameters {
    /// The question.
    pub(super) fn query(self) -> Result<Query> {
        Query::try_from(QueryRequest {
            query: self.query,
            as_of: self.as_of,
            limit: self
                .limit
                .map(|limit| at_most("limit", limit, MOST))
                .transpose()?,
            offset: at_most("offset", self.offset.unwrap_or(0), FURTHEST)?,
            sort: self.sort.map(|order| match order {
                Order::Best => "best".to_owned(),
                Order::Code => "code".to_owned(),
            }),
            terminated: self.terminated,
            filters: self.filters.0,
            ..QueryRequest::default()
        })
    }
}

/// Two releases to compare.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct DiffParameters {
    /// The old release, such as 2025-10; `hcpcs_releases` lists those that are loaded.
    from: String,
    /// The new release, such as 2026-01.
    to: String,
    /// Only these codes: J1640, patterns (J16*) or ranges (J1600-J1699).
    #[serde(default)]
    only: Vec<String>,
    /// The filters that a code must pass, before or after.
    #[serde(default)]
    filters: CodeFilters,
    /// How many codes of each list to return; by default 20.
    #[schemars(range(min = 0, max = 200))]
    limit: Option<usize>,
    /// How many codes of each list to skip: the answer's `next_offset`.
    #[schemars(range(min = 0, max = 10000))]
    offset: Option<usize>,
}

impl DiffParameters {
    /// The comparison, how many codes of each list to return, and how many to skip.
    pub(super) fn request(self) -> Result<(ChangesRequest, usize, usize)> {
        let within = ChangesFilter {
            filters: self.filters.0.read()?,
            only: ChangesFilter::watch_list(&self.only)?,
        };
        let request = ChangesRequest {
            old: release("from", Some(&self.from))?,
            new: release("to", Some(&self.to))?,
            within,
            summary: false,
        };
        let limit = self.limit.unwrap_or(USUAL_CHANGES);
        let offset = self.offset.unwrap_or(0);
        Ok((
            request,
            at_most("limit", limit, MOST_CHANGES)?,
            at_most("offset", offset, FURTHEST)?,
        ))
    }
}

/// A number up to the maximum of the schema.
fn at_most(name: &str, number: usize, most: usize) -> Result<usize> {
    if number > most {
        let reason = format!("`{name}` cannot be {number}; give at most {most}");
        return Err(Error::query(reason));
    }
    Ok(number)
}

/// Codes to look up over time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct HistoryParameters {
    /// 1 to 50 procedure codes or modifiers.
    #[schemars(length(min = 1, max = 50))]
    pub(super) codes: Vec<String>,
    /// How many of the codes to skip: the answer's `next_offset`.
    #[serde(default)]
    #[schemars(range(min = 0, max = 50))]
    pub(super) offset: usize,
}

/// Codes to look up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct GetParameters {
    /// 1 to 50 procedure codes or modifiers.
    #[schemars(length(min = 1, max = 50))]
    pub(super) codes: Vec<String>,
    /// The day of the question, YYYY-MM-DD; by default today.
    pub(super) as_of: Option<String>,
    /// The parts to return in full, besides the summary of descriptors, status, dates, billing
    /// unit, coverage, successors, brands and look-alikes.
    #[serde(default)]
    pub(super) include: Vec<Include>,
    /// How many of the codes to skip: the answer's `next_offset`.
    #[serde(default)]
    #[schemars(range(min = 0, max = 50))]
    pub(super) offset: usize,
}

/// Claim lines to check.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct CheckParameters {
    /// 1 to 200 lines, each a code with modifiers and a day of service: `J1640 JW 2026-01-15`,
    /// `HC:J1640:JW`, or an object with `code`, `modifiers` (a list), `dos`, `line_id`, `units`,
    /// `dose` (`0.4 mg`), `ndc`, `ndc_quantity`, `ndc_unit` (ML, UN), `waste` (discarded),
    /// `description` (of the charge, in words).
    #[schemars(length(min = 1, max = 200), schema_with = "claim_lines")]
    pub(super) lines: Vec<Value>,
    /// The day of service of lines without one, YYYY-MM-DD; by default today.
    pub(super) as_of: Option<String>,
    /// How many of the lines to skip: the answer's `next_offset`.
    #[serde(default)]
    #[schemars(range(min = 0, max = 200))]
    pub(super) offset: usize,
}

/// Lines as text or by name; ids and units are numbers or text.
fn claim_lines(_: &mut SchemaGenerator) -> Schema {
    let text = json!({"type": "string"});
    let texts = json!({"type": "array", "items": text});
    let either = json!({"anyOf": [{"type": "string"}, {"type": "number"}]});
    // A line has a code, a description, or both.
    let line = json!({"type": "object", "properties": {
        "code": text, "modifiers": texts, "dos": text, "dos_through": text,
        "line_id": either, "units": either, "ndc": text, "ndc_quantity": either, "ndc_unit": text,
        "dose": text, "waste": either, "description": text}});
    json_schema!({"type": "array", "items": {"anyOf": [text, line]}})
}

/// A question about the billing units of a code or a drug package.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct UnitsParameters {
    /// A procedure code, such as J1597.
    code: Option<String>,
    /// The NDC of a drug package, such as 51754-6001-04, alone or with one of its codes.
    ndc: Option<String>,
    /// The day of service, YYYY-MM-DD; by default today.
    pub(super) as_of: Option<String>,
    /// How much was given: `0.4 mg`, `2 ml of 0.2 mg/ml`, `70 kg x 5 mg/kg`, `2 g/0.5 g`.
    dose: Option<String>,
    /// The content of a single-dose vial, to calculate vials and discarded units (JW, JZ): `0.2
    /// mg`.
    vial: Option<String>,
    /// How many vials of the NDC's package.
    #[schemars(range(min = 0, max = 1_000_000))]
    vials: Option<u32>,
    /// How many whole packages of the NDC.
    #[schemars(range(min = 0, max = 1_000_000))]
    packages: Option<u32>,
}

impl UnitsParameters {
    /// The question.
    pub(super) fn request(self, as_of: Date) -> Result<UnitsRequest> {
        let numbers = [("vials", self.vials), ("packages", self.packages)];
        for (name, number) in numbers {
            let number = number.and_then(|number| usize::try_from(number).ok());
            at_most(name, number.unwrap_or(0), MOST_PACKAGES)?;
        }
        Ok(UnitsRequest {
            code: self.code,
            ndc: self.ndc,
            as_of: Some(as_of),
            dose: self.dose,
            vial: self.vial,
            vials: self.vials,
            packages: self.packages,
            ..UnitsRequest::default()
        })
    }
}

/// No input.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub(super) struct NoParameters {}
