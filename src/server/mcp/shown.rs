//! An answer in the form for agents: the important parts, in few words, without scores.

use serde::Serialize;

use crate::codeset::{Code, Date, Dosage, Dose};
use crate::history::CrossReference;
use crate::search::{Answer, AskedCode, Coded, Hit, Reason, Replacement, Status};

use super::provenance::Provenance;

/// An answer with its provenance.
#[derive(Serialize)]
pub(super) struct Shown<'a> {
    provenance: Provenance,
    total: usize,
    /// How many have all the words.
    complete: usize,
    /// How many more match but are not valid on the day.
    hidden: usize,
    /// How many of the hidden codes are not valid yet.
    #[serde(skip_serializing_if = "is_none")]
    not_yet_valid: usize,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    searched_instead: &'a [Replacement],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    not_found: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notices: &'a [String],
    /// For a list of codes: its items in the order asked.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    asked: &'a [AskedCode],
    /// The dose that the question states, as understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    dose: Option<&'a Dose>,
    hits: Vec<ShownHit<'a>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct ShownHit<'a> {
    /// `1 of 4`.
    rank: String,
    code: Code,
    long_descriptor: &'a str,
    short_descriptor: &'a str,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    unclear: Option<&'a str>,
    added: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    terminated: Option<Date>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    successors: &'a [CrossReference],
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<&'a Coded>,
    #[serde(skip_serializing_if = "Option::is_none")]
    betos: Option<&'a Coded>,
    /// Whether it meant something else at another time.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    reissued: bool,
    /// `null` if there is no NOC list.
    not_otherwise_classified: Option<bool>,
    /// What one billing unit is.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a Dosage>,
    /// The billing units of the question's dose.
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<u64>,
    matched: &'a [Reason],
    /// The words of the question that the code lacks.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    lacks: &'a [String],
}

impl<'a> Shown<'a> {
    pub(super) fn new(answer: &'a Answer, provenance: Provenance) -> Self {
        let hit = |hit: &'a Hit| ShownHit {
            rank: format!("{} of {}", hit.rank, answer.total),
            code: hit.code,
            long_descriptor: &hit.long_descriptor,
            short_descriptor: &hit.short_descriptor,
            status: hit.status,
            unclear: hit.unclear.as_deref(),
            added: hit.added,
            terminated: hit.terminated,
            successors: &hit.successors,
            coverage: hit.coverage.as_ref(),
            betos: hit.betos.as_ref(),
            reissued: hit.reissued,
            not_otherwise_classified: hit.not_otherwise_classified,
            unit: hit.unit.as_deref(),
            units: hit.units,
            matched: &hit.why,
            lacks: &hit.lacks,
        };
        Self {
            provenance,
            total: answer.total,
            complete: answer.complete,
            hidden: answer.hidden,
            not_yet_valid: answer.not_yet_valid,
            searched_instead: &answer.searched_instead,
            not_found: &answer.not_found,
            notices: &answer.notices,
            asked: &answer.asked,
            dose: answer.dose.as_ref(),
            hits: answer.hits.iter().map(hit).collect(),
        }
    }
}
