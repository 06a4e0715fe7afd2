//! `Finder`: finds the words of a question in the texts of a code.

use crate::index::Field;
use crate::index::IndexedSource;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::build::annotated::SECTION_END;
use crate::index::store::tables::Store;
use crate::index::store::text::{DocText, TextToken};

use super::reason::Reason;
use super::snippet::snippet;
use crate::search::plan::plan::{Alternative, Plan};

/// A match in a text: field, number of the text, and the half-open byte range `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) field: Field,
    pub(crate) text: u32,
    pub(crate) start: u16,
    pub(crate) end: u16,
}

/// Finds the words of a question in the texts of codes.
pub(crate) struct Finder<'p, 's> {
    plan: &'p Plan<'s>,
    /// Sorted terms of the plan, each with its group and alternative.
    terms: Vec<(u32, u16, u16)>,
    /// A Bloom filter of the term numbers in 64 bits, so that most words need no lookup.
    filter: u64,
    /// Whether a match in a clinical note precedes any other.
    notes_first: bool,
    /// The matches of the current document.
    matches: Vec<Match<'s>>,
    /// The places of the matched words.
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

/// The findings for a document.
#[derive(Default)]
pub(crate) struct Findings<'f> {
    /// The reasons, in the order of the question.
    pub(crate) reasons: Vec<Reason>,
    /// The places of the matched words.
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
        Self {
            plan,
            terms,
            filter,
            notes_first,
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
            .any(|token| self.may_match(token.ord) && self.matches(token.ord).next().is_some())
    }

    /// Collects the matches of a document with some groups, in the order of its texts. The texts
    /// after the descriptors are searched only if they may give a better reason.
    fn collect_matches(&mut self, store: &'s Store, doc: u32, groups: u64, annotations: bool) {
        let mut matches = std::mem::take(&mut self.matches);
        matches.clear();
        let mut covered = 0;
        for text in store.texts(doc) {
            if text.field.is_annotation() && !annotations {
                continue;
            }
            let is_best =
                !self.notes_first && text.field.weight() >= Field::LongDescriptor.weight();
            let tokens = text.tokens().filter(|token| self.may_match(token.ord));
            for token in tokens {
                for (group, alternative) in self.matches(token.ord) {
                    // The document may have this word only as part of another, such as an NDC,
                    // without matching the group.
                    if groups & (1 << group) == 0 {
                        continue;
                    }
                    let alternatives = &self.plan.groups[group].alternatives;
                    let own = &alternatives[alternative];
                    // A match of one of several terms may not be whole.
                    let is_whole = own.terms().len() == 1;
                    if is_best && is_whole && own.weight >= alternatives[0].weight {
                        covered |= 1 << group;
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
            if text.field >= Field::ShortDescriptor && covered & groups == groups {
                break;
            }
        }
        self.matches = matches;
    }

    /// The reasons why a document with some groups matches. `sources` are the sources of
    /// annotations.
    pub(crate) fn find(
        &mut self,
        store: &'s Store,
        (doc, groups): (u32, u64),
        annotations: bool,
        sources: &[IndexedSource],
    ) -> Findings<'_> {
        self.collect_matches(store, doc, groups, annotations);
        let (matches, places) = (&self.matches, &mut self.places);
        places.clear();
        let mut reasons = Vec::with_capacity(self.plan.groups.len());
        for (number, group) in self.plan.groups.iter().enumerate() {
            let own = |found: &&Match<'s>| found.group == number;
            let whole = |found: &&Match<'s>| {
                let terms = group.alternatives[found.alternative].terms();
                if terms.len() == 1 {
                    return true;
                }
                let has = |ord: &u32| {
                    matches
                        .iter()
                        .filter(own)
                        .any(|other| other.ord == *ord && other.alternative == found.alternative)
                };
                terms.iter().all(has)
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

    /// Whether a term may be one of the plan.
    #[inline]
    fn may_match(&self, ord: u32) -> bool {
        self.filter & (1 << (ord & 63)) != 0
    }

    /// The groups and alternatives of a term.
    fn matches(&self, ord: u32) -> impl Iterator<Item = (usize, usize)> {
        let from = self.terms.partition_point(|(other, ..)| *other < ord);
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

    /// Where what was found begins. A word that the text excludes is named with the word that
    /// excludes it: `excludes biosimilar`.
    fn named_from(&self) -> usize {
        let start = usize::from(self.token.start);
        let is_excluded = self.token.flags.said().has(Qualifiers::EXCLUDED);
        if !(is_excluded && self.text.field.has_asides()) {
            return start;
        }
        let before = self.text.piece(0..start).to_ascii_lowercase();
        let word = before.rfind("exclud").or_else(|| before.rfind("except"));
        word.unwrap_or(start)
    }

    fn reason(
        &self,
        asked: &str,
        alternative: &Alternative<'_>,
        sources: &[IndexedSource],
    ) -> Reason {
        let place = self.place();
        let found = self.named_from()..usize::from(place.end);
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
