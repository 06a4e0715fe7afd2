//! `Answer` and `Hit`: the one JSON shape of command line, server and library.

use serde::Serialize;

use crate::codeset::{Code, Date, Dosage, Dose, Kind};
use crate::history::{Age, CrossReference, Publication, Status};

use super::asked_code::{AskedCode, AskedVerdict};
use super::coded_value::Coded;
use super::facet::Facets;
use super::inline::InlineList;
use super::look_alikes::Alike;
use super::reason::Reason;
use crate::search::code::versions::Held;

/// What a question is answered with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Answer {
    /// The question as it was asked.
    pub query: String,
    /// The release in force on the day, such as `2026-01`.
    pub release: String,
    /// How much of the code set that release holds, where it is not whole: `partial`, or of the
    /// starter set `809 of about 9,000 codes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_scope: Option<String>,
    /// The day for which codes were asked.
    pub as_of: Date,
    /// How old the releases are that answer for the day; `None` where there are none.
    pub age: Option<Age>,
    /// How many codes match.
    pub total: usize,
    /// How many of them have all the words.
    pub complete: usize,
    /// How many codes match too, and are not valid on the day.
    pub hidden: usize,
    /// How many of the hidden ones have not ended, but are not valid yet.
    pub not_yet_valid: usize,
    /// What was searched for in place of words that no code has.
    pub searched_instead: Vec<Replacement>,
    /// Words that no code has and nothing could be found for.
    pub not_found: Vec<String>,
    /// What else is to be known of this answer, in sentences.
    pub notices: Vec<String>,
    /// Of a question that is a list of codes: its items in the order asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<AskedCode>,
    /// Counts over the whole match, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
    /// The dose that the question states, as it was understood: one amount, or that of each drug
    /// of a combination. A strength alone is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose: Option<Dose>,
    /// The page of answers, the best first.
    pub hits: Vec<Hit>,
}

impl Answer {
    /// Whether the question is answered: of a list of codes, whether one of them is valid on the
    /// day; of words and filters, whether a code matches.
    #[must_use]
    pub fn is_found(&self) -> bool {
        if self.asked.is_empty() {
            return self.total > 0;
        }
        let mut asked = self.asked.iter();
        asked.any(|own| own.verdict == AskedVerdict::Valid)
    }

    /// The rows of the page: the hits, and between them the items of a list of codes that have
    /// none, in the order asked. What a filter leaves out is no row.
    pub fn rows(&self) -> impl Iterator<Item = AnswerRow<'_>> {
        let first = self.hits.first().map_or(1, |hit| hit.rank);
        let last = self.hits.last().map_or(0, |hit| hit.rank);
        let is_shown = move |own: &&AskedCode| {
            let is_behind = own.before == last + 1 && last == self.total;
            let is_row = own.hits == 0 && own.verdict != AskedVerdict::LeftOut;
            is_row && own.before >= first && (own.before <= last || is_behind)
        };
        let mut without = self.asked.iter().filter(is_shown).peekable();
        let mut hits = self.hits.iter().peekable();
        std::iter::from_fn(move || {
            let rank = hits.peek().map(|hit| hit.rank);
            let is_next = |own: &&AskedCode| rank.is_none_or(|rank| own.before <= rank);
            match without.next_if(is_next) {
                Some(asked) => Some(AnswerRow::Without(asked)),
                None => hits.next().map(AnswerRow::Hit),
            }
        })
    }
}

/// A row of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AnswerRow<'a> {
    /// A code that answers.
    Hit(&'a Hit),
    /// An item of a list of codes that no code answers.
    Without(&'a AskedCode),
}

/// A word and what was searched for in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replacement {
    /// The word as it was asked.
    pub asked: String,
    /// What was searched for instead.
    pub instead: Vec<String>,
}

/// A code that answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Hit {
    /// Its place among all answers, beginning with 1.
    pub rank: usize,
    /// The code.
    pub code: Code,
    /// Procedure or modifier.
    pub kind: Kind,
    /// The long descriptor as published.
    pub long_descriptor: String,
    /// The short descriptor as published.
    pub short_descriptor: String,
    /// What the code is on the day asked for.
    pub status: Status,
    /// The release that it is from, where that is not the one in force on the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Publication>,
    /// The first valid day, by the newest release that says it.
    pub added: Option<Date>,
    /// The last valid day, likewise.
    pub terminated: Option<Date>,
    /// Of a code that has ended: what CMS names in its place, as of the day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<CrossReference>,
    /// Medicare coverage.
    pub coverage: Option<Coded>,
    /// Berenson-Eggers type of service.
    pub betos: Option<Coded>,
    /// Section of the code set.
    pub section: Option<Coded>,
    /// Pricing indicators, at most four, as a record has.
    pub pricing: CodedList,
    /// Multiple pricing indicator.
    pub multiple_pricing: Option<Coded>,
    /// Types of service, at most five, as a record has.
    pub type_of_service: CodedList,
    /// ASC payment group.
    pub asc_group: Option<Coded>,
    /// What the release did to the code.
    pub action: Option<Coded>,
    /// Restructured BETOS, where the index has that taxonomy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rbcs: Option<Coded>,
    /// Whether a claim needs a narrative: "not otherwise classified". None where no NOC list says it.
    pub not_otherwise_classified: Option<bool>,
    /// Whether the code meant something else at another time.
    pub reissued: bool,
    /// When the releases said so, where versions of all days were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<Held>,
    /// The hit above that it looks like, and the few words in which they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alike: Option<Alike>,
    /// What one billing unit is, where the descriptor says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Box<Dosage>>,
    /// The billing units of the question's dose, where it is counted in this unit and the code is
    /// valid on the day. Arithmetic on CMS's data, not billing advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// Why it is an answer: the words and where it has them.
    pub why: Vec<Reason>,
    /// The words of the question that the code does not have, as they were asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// The matched words of the descriptors.
    pub highlights: Highlights,
    /// The score, where it was asked for in numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// Marked places of a text; few have more than three.
pub type Marks = InlineList<(usize, usize), 3>;

/// Coded values; a record has at most five in a field.
pub type CodedList = InlineList<Coded, 4>;

/// The matched words of the descriptors, as first character and the one behind the last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Highlights {
    /// Of the long descriptor.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub long_descriptor: Marks,
    /// Of the short descriptor.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub short_descriptor: Marks,
}

/// What counted how much; the sum of the parts is the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Explanation {
    /// The score by which answers with equally complete words are ordered.
    pub score: f32,
    /// Its parts, in words.
    pub parts: Vec<ScorePart>,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScorePart {
    /// What counted.
    pub what: String,
    /// How much.
    pub counts: f32,
}
