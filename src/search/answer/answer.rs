//! `Answer` and `Hit`: the one JSON shape of command line, server and library.

use std::ops::Deref;
use std::sync::Arc;

use serde::Serialize;

use crate::codeset::{Date, Dosage, Dose};
use crate::history::Age;

use super::alike::Alike;
use super::asked_code::{AskedCode, AskedVerdict};
use super::code_on_day::CodeOnDay;
use super::facet::Facets;
use super::inline::InlineList;
use super::reason::Reason;
use crate::search::code::versions::Held;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Answer {
    /// The question as asked.
    pub query: String,
    /// The release in force on the day, such as `2026-01`.
    pub release: String,
    /// How much of the code set that release holds, if not all: `partial`, or for the starter set
    /// `809 of about 9,000 codes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_scope: Option<String>,
    /// The day of the question.
    pub as_of: Date,
    /// How old the releases are that answer for the day; `None` if there are none.
    pub age: Option<Age>,
    /// How many codes match.
    pub total: usize,
    /// How many of them have all the words.
    pub complete: usize,
    /// How many more codes match but are not valid on the day.
    pub hidden: usize,
    /// How many of the hidden codes are not valid yet.
    pub not_yet_valid: usize,
    /// Words that no code has, with what was searched for instead.
    pub searched_instead: Vec<Replacement>,
    /// Words that no code has and that have no correction.
    pub not_found: Vec<String>,
    /// Notices about this answer, one sentence each.
    pub notices: Vec<String>,
    /// For a list of codes: its items in the order asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<AskedCode>,
    /// The number of matching codes for each coded value, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
    /// The dose that the question states, as understood: one amount, or one for each drug of a
    /// combination; `None` for a strength alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose: Option<Dose>,
    /// A page of hits, the best first.
    pub hits: Vec<Hit>,
}

impl Answer {
    /// Whether the question has an answer: for a list of codes, whether one of them is valid on the
    /// day; for words and filters, whether a code matches.
    #[must_use]
    pub fn is_found(&self) -> bool {
        if self.asked.is_empty() {
            return self.total > 0;
        }
        let mut asked = self.asked.iter();
        asked.any(|own| own.verdict == AskedVerdict::Valid)
    }

    /// The rows of the page in the order asked: the hits, and between them the items of a list of
    /// codes that have no hit. An item that a filter leaves out is no row.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// use hcpcs::Query;
    /// use hcpcs::search::AnswerRow;
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let query = Query { text: "J164O J1640".into(), ..Query::default() };
    /// let answer = searcher.search(&query)?;
    /// let codes: Vec<String> = answer
    ///     .rows()
    ///     .map(|row| match row {
    ///         AnswerRow::Hit(hit) => hit.code.to_string(),
    ///         AnswerRow::Without(asked) => format!("{}: {}", asked.asked, asked.verdict.name()),
    ///     })
    ///     .collect();
    /// assert_eq!(codes, ["J164O: unknown", "J1640"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
    /// A matching code.
    Hit(&'a Hit),
    /// An item of a list of codes without a hit.
    Without(&'a AskedCode),
}

/// A word, with what was searched for instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Replacement {
    /// The word as asked.
    pub asked: String,
    /// The words that were searched for.
    pub instead: Vec<String>,
}

/// A matching code.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Hit {
    /// Its rank among all hits; the first is 1.
    pub rank: usize,
    /// The code with the text and values that answer on the day; its fields are the hit's own, in
    /// JSON too.
    #[serde(flatten)]
    pub on_day: Arc<CodeOnDay>,
    /// The period of the version, if the question covers all time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<Held>,
    /// The look-alike among the hits above, and the words in which they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alike: Option<Alike>,
    /// What one billing unit is, if the descriptor says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Arc<Dosage>>,
    /// The billing units of the question's dose, if it converts to this unit and the code is valid
    /// on the day. Arithmetic on CMS's data, not billing advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// Why it matches: the words, and the fields that have them.
    pub why: Vec<Reason>,
    /// The words of the question that the code lacks, as asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<String>,
    /// The matched words of the descriptors.
    pub highlights: Highlights,
    /// The score in numbers, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

impl Deref for Hit {
    type Target = CodeOnDay;

    fn deref(&self) -> &CodeOnDay {
        &self.on_day
    }
}

/// Highlighted ranges of a text; few texts have more than three.
pub type Marks = InlineList<(usize, usize), 3>;

/// The matched words of the descriptors, as half-open character ranges `[start, end)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Highlights {
    /// Ranges of the long descriptor.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub long_descriptor: Marks,
    /// Ranges of the short descriptor.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub short_descriptor: Marks,
}

/// A score and its parts; the sum of the parts is the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Explanation {
    /// The score, by which hits with equally complete words are ordered.
    pub score: f32,
    /// Its parts.
    pub parts: Vec<ScorePart>,
}

/// A part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ScorePart {
    /// The reason, in words.
    pub what: String,
    /// Its contribution to the score.
    pub counts: f32,
}
