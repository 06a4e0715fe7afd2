//! Why a code is an answer: which words were found in which field, and by what.

use serde::Serialize;

use crate::index::Field;
use crate::index::IndexedSource;
use crate::index::build::annotated::SECTION_END;
use crate::index::store::tables::Store;
use crate::index::store::text::{DocText, TextToken};

use super::inline::InlineText;
use super::snippet::snippet;
use crate::search::plan::plan::{Alternative, Plan, Via};

/// A word of the question and where a code has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// The word as it was asked.
    pub asked: InlineText,
    /// What was found instead, as it stands in the text.
    pub found: InlineText,
    /// The field that has it.
    pub field: Field,
    /// By what it was found.
    pub via: Via,
    /// What a synonym means; the whole name of a drug or its maker, the section of a note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub through: String,
    /// A clinical note's words around the match; else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub snippet: String,
    /// The source that says so, where an annotation has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A place in a text that matched: field, number of the text, first byte and the byte behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) field: Field,
    pub(crate) text: u32,
    pub(crate) start: u16,
    pub(crate) end: u16,
}

/// Looks for the words of a question in the texts of codes.
pub(crate) struct Finder<'p, 's> {
    plan: &'p Plan<'s>,
    /// Terms of the plan in their order, each with its group and alternative.
    terms: Vec<(u32, u16, u16)>,
    /// A bit for each of 64 kinds of term numbers, so that most words need no look.
    filter: u64,
    /// Whether a match in a clinical note is told before any other.
    notes_first: bool,
    /// Whether each way of finding a word is one term.
    is_plain: bool,
    /// The matches of the document at hand.
    matches: Vec<Match<'s>>,
    /// Where the words stand in it.
    places: Vec<Place>,
}

/// A term of the question in a text of a document.
struct Match<'s> {
    group: usize,
    alternative: usize,
    ord: u32,
    text: DocText<'s>,
    token: TextToken,
}

/// What is to be told of a document.
#[derive(Default)]
pub(crate) struct Findings<'f> {
    /// Why it is an answer, in the order of the question.
    pub(crate) reasons: Vec<Reason>,
    /// Where the words stand.
    pub(crate) places: &'f [Place],
}

impl<'p, 's> Finder<'p, 's> {
    pub(crate) fn new(plan: &'p Plan<'s>, notes_first: bool) -> Self {
        let mut terms = Vec::with_capacity(plan.groups.len() * 4);
        for (group, words) in (0u16..).zip(&plan.groups) {
            for (at, alternative) in (0u16..).zip(&words.alternatives) {
                terms.extend(alternative.terms().iter().map(|ord| (*ord, group, at)));
            }
        }
        terms.sort_unstable();
        let filter = terms
            .iter()
            .fold(0, |filter, (ord, ..)| filter | 1 << (ord & 63));
        let mut ways = plan.groups.iter().flat_map(|group| &group.alternatives);
        Self {
            plan,
            terms,
            filter,
            notes_first,
            is_plain: ways.all(|way| way.terms().len() == 1),
            matches: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Whether a clinical note about the document's code has a word of the question.
    pub(crate) fn is_in_note(&self, store: &'s Store, doc: u32) -> bool {
        let notes = store
            .texts(doc)
            .filter(|text| text.field == Field::ClinicalNote);
        notes
            .flat_map(|note| note.tokens())
            .any(|token| self.matches(token.ord).next().is_some())
    }

    /// Gathers the matches of a document that has some groups, in the order of its texts. A
    /// text behind the descriptors is looked at where it may tell more than they do.
    fn gather(&mut self, store: &'s Store, doc: u32, groups: u64, annotations: bool) {
        let mut matches = std::mem::take(&mut self.matches);
        matches.clear();
        let mut told = 0;
        for text in store.texts(doc) {
            if text.field > Field::ShortDescriptor && told & groups == groups {
                break;
            }
            if text.field.is_annotation() && !annotations {
                continue;
            }
            let tells_most = self.is_plain
                && !self.notes_first
                && text.field.weight() >= Field::LongDescriptor.weight();
            for token in text.tokens() {
                for (group, alternative) in self.matches(token.ord) {
                    // Parts of a drug's number are written there, and are not found by.
                    if groups & (1 << group) == 0 {
                        continue;
                    }
                    let ways = &self.plan.groups[group].alternatives;
                    if tells_most && ways[alternative].weight >= ways[0].weight {
                        told |= 1 << group;
                    }
                    matches.push(Match {
                        group,
                        alternative,
                        ord: token.ord,
                        text,
                        token,
                    });
                }
            }
        }
        self.matches = matches;
    }

    /// Why a document is an answer that has some groups. `sources` names the sources of
    /// annotations.
    pub(crate) fn find(
        &mut self,
        store: &'s Store,
        (doc, groups): (u32, u64),
        annotations: bool,
        sources: &[IndexedSource],
    ) -> Findings<'_> {
        self.gather(store, doc, groups, annotations);
        let (matches, places) = (&self.matches, &mut self.places);
        places.clear();
        let mut reasons = Vec::with_capacity(self.plan.groups.len());
        for (number, group) in self.plan.groups.iter().enumerate() {
            let own = |found: &&Match<'s>| found.group == number;
            let whole = |found: &&Match<'s>| {
                let mut terms = group.alternatives[found.alternative].terms().iter();
                let has = |ord: &u32| {
                    matches
                        .iter()
                        .filter(own)
                        .any(|other| other.ord == *ord && other.alternative == found.alternative)
                };
                terms.all(has)
            };
            let counts = |found: &Match<'s>| {
                if self.notes_first && found.text.field == Field::ClinicalNote {
                    return f32::MAX;
                }
                let field = found
                    .text
                    .field
                    .weight()
                    .min(Field::LongDescriptor.weight());
                let field = f32::from(u16::try_from(field).unwrap_or(0));
                group.alternatives[found.alternative].weight * field
            };
            let mut best: Option<&Match<'s>> = None;
            for found in matches.iter().filter(own).filter(whole) {
                places.push(found.place());
                if best.is_none_or(|best| counts(found) > counts(best)) {
                    best = Some(found);
                }
            }
            if let Some(best) = best {
                let alternative = &group.alternatives[best.alternative];
                reasons.push(best.reason(&group.asked, alternative, sources));
            }
        }
        Findings { reasons, places }
    }

    fn matches(&self, ord: u32) -> impl Iterator<Item = (usize, usize)> {
        let from = if self.filter & (1 << (ord & 63)) == 0 {
            self.terms.len()
        } else {
            self.terms.partition_point(|(other, ..)| *other < ord)
        };
        let same = self.terms[from..]
            .iter()
            .take_while(move |(other, ..)| *other == ord);
        same.map(|(_, group, at)| (usize::from(*group), usize::from(*at)))
    }
}

impl Match<'_> {
    fn place(&self) -> Place {
        Place {
            field: self.text.field,
            text: self.text.id,
            start: self.token.start,
            end: self
                .token
                .start
                .saturating_add(u16::from(self.token.length)),
        }
    }

    fn reason(
        &self,
        asked: &str,
        alternative: &Alternative<'_>,
        sources: &[IndexedSource],
    ) -> Reason {
        let place = self.place();
        let found = usize::from(place.start)..usize::from(place.end);
        let (through, snippet) = match self.text.field {
            Field::DrugName | Field::Labeler => (self.text.text(), String::new()),
            Field::ClinicalNote => match self.text.text().split_once(SECTION_END) {
                Some((section, _)) => {
                    let snippet =
                        snippet(self.text.text(), section.len() + 1, place.start..place.end);
                    (section, snippet)
                }
                None => (alternative.meant, self.text.text().to_owned()),
            },
            _ => (alternative.meant, String::new()),
        };
        let annotated = self.text.field.is_annotation();
        let source = sources
            .get(usize::from(self.text.source))
            .filter(|_| annotated);
        Reason {
            asked: asked.into(),
            found: self.text.piece(found).into(),
            field: self.text.field,
            via: alternative.via,
            through: through.to_owned(),
            snippet,
            source: source.map(IndexedSource::label),
        }
    }
}
