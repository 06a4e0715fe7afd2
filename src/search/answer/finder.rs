//! `Finder`: finds the words of a question in the texts of a code.

use std::ops::Range;

use crate::index::Field;
use crate::index::IndexedSource;
use crate::index::store::bytes::narrow;
use crate::index::store::tables::Store;
use crate::index::store::text::{DocText, TextToken};

use super::found_term::{FoundTerm, Place};
use super::reason::Reason;
use crate::search::plan::plan::{Alternative, Plan};

/// Finds the words of a question in the texts of codes.
pub(crate) struct Finder<'p, 's> {
    plan: &'p Plan<'s>,
    /// The alternatives of all groups.
    sought: Vec<Sought<'p, 's>>,
    /// Sorted terms of the plan, each with the number of its alternative and its place in it.
    terms: Vec<(u32, u32, u8)>,
    /// A Bloom filter of the term numbers, so that most words need no lookup.
    filter: [u64; FILTER],
    /// Whether a match in a clinical note precedes any other.
    notes_first: bool,
    /// The matches of the current document, in the order of its texts.
    matches: Vec<FoundTerm<'s>>,
    /// The value of the best whole match of each group, and its number.
    best: Vec<(f32, usize)>,
    /// The places of the matched words.
    places: Vec<Place>,
}

/// The 64-bit words of the filter of terms.
const FILTER: usize = 16;
/// The value of a group without a match; any match is better.
const NO_MATCH: (f32, usize) = (-1.0, usize::MAX);

/// An alternative of a group, and which of its terms the current document has.
struct Sought<'p, 's> {
    group: usize,
    alternative: &'p Alternative<'s>,
    /// The bit mask of all its terms, and of those seen.
    all: u8,
    seen: u8,
}

/// The findings for a document.
#[derive(Default)]
pub(crate) struct Findings<'f> {
    /// The reasons, in the order of the question.
    pub(crate) reasons: Vec<Reason>,
    /// The places of the matched words, as far as texts were read.
    pub(crate) places: &'f [Place],
}

impl<'p, 's> Finder<'p, 's> {
    pub(crate) fn new(plan: &'p Plan<'s>, notes_first: bool) -> Self {
        let mut sought = Vec::with_capacity(plan.groups.len() * 4);
        let mut terms = Vec::with_capacity(plan.groups.len() * 4);
        for (group, words) in plan.groups.iter().enumerate() {
            for alternative in &words.alternatives {
                let number = narrow(sought.len());
                let own = alternative.terms();
                terms.extend(own.iter().zip(0..).map(|(ord, at)| (*ord, number, at)));
                sought.push(Sought {
                    group,
                    alternative,
                    all: own.iter().fold(0, |all, _| all << 1 | 1),
                    seen: 0,
                });
            }
        }
        terms.sort_unstable();
        let mut filter = [0; FILTER];
        for (ord, ..) in &terms {
            let (word, bit) = slot(*ord);
            filter[word] |= bit;
        }
        Self {
            plan,
            sought,
            terms,
            filter,
            notes_first,
            matches: Vec::new(),
            best: Vec::new(),
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
            .any(|token| !self.numbers(token.ord).is_empty())
    }

    /// Collects the matches of a document with some groups. The texts after the descriptors are
    /// searched only if they may give a better reason.
    fn collect_matches(&mut self, store: &'s Store, doc: u32, groups: u64, annotations: bool) {
        self.matches.clear();
        self.best.clear();
        self.best.resize(self.plan.groups.len(), NO_MATCH);
        self.sought.iter_mut().for_each(|own| own.seen = 0);
        let first = if self.notes_first {
            Field::ClinicalNote
        } else {
            Field::LongDescriptor
        };
        for text in store.texts(doc) {
            if text.field > Field::ShortDescriptor {
                if !self.may_better(first, groups) {
                    break;
                }
                let is_searched = annotations || !text.field.is_annotation();
                if !is_searched || !self.may_better(text.field, groups) {
                    continue;
                }
            }
            for token in text.tokens() {
                for at in self.numbers(token.ord) {
                    let (_, number, place) = self.terms[at];
                    self.take(number as usize, place, groups, (text, token));
                }
            }
        }
    }

    /// Takes a term of an alternative, given by its place. A match of one of several terms counts
    /// only where the others are.
    fn take(
        &mut self,
        sought: usize,
        place: u8,
        groups: u64,
        (text, token): (DocText<'s>, TextToken),
    ) {
        let own = &mut self.sought[sought];
        // The document may have this word only as part of another, such as an NDC, without
        // matching the group.
        if groups >> own.group & 1 == 0 {
            return;
        }
        let was_whole = own.seen == own.all;
        own.seen |= 1 << place;
        let is_whole = own.seen == own.all;
        let known = self.matches.len();
        self.matches.push(FoundTerm {
            sought,
            text,
            token,
        });
        if is_whole {
            let from = if was_whole { known } else { 0 };
            for at in from..=known {
                self.compare(sought, at);
            }
        }
    }

    /// Takes a match as the reason for its group if it is one of an alternative and better than
    /// those before it.
    fn compare(&mut self, sought: usize, at: usize) {
        let found = &self.matches[at];
        if found.sought != sought {
            return;
        }
        let own = &self.sought[sought];
        let value = self.value(own.alternative, found.text.field);
        let best = &mut self.best[own.group];
        if value.total_cmp(&best.0).then(best.1.cmp(&at)).is_gt() {
            *best = (value, at);
        }
    }

    /// What a match of an alternative in a field is worth as a reason.
    fn value(&self, alternative: &Alternative<'_>, field: Field) -> f32 {
        if self.notes_first && field == Field::ClinicalNote {
            return f32::MAX;
        }
        let field = field.weight().min(Field::LongDescriptor.weight());
        alternative.weight * f32::from(u16::try_from(field).unwrap_or(0))
    }

    /// Whether a text of a field may give a better reason for one of some groups; it may hold what
    /// is missing of an alternative.
    fn may_better(&self, field: Field, groups: u64) -> bool {
        self.sought.iter().any(|own| {
            let is_begun = own.seen != 0 && own.seen != own.all;
            let field = if is_begun {
                Field::LongDescriptor
            } else {
                field
            };
            groups >> own.group & 1 == 1
                && self.value(own.alternative, field) > self.best[own.group].0
        })
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
        let (matches, sought) = (&self.matches, &self.sought);
        let is_whole = |found: &&FoundTerm<'s>| {
            let own = &sought[found.sought];
            own.seen == own.all
        };
        self.places.clear();
        let places = matches.iter().filter(is_whole).map(FoundTerm::place);
        self.places.extend(places);
        let best = self.plan.groups.iter().zip(&self.best);
        let reasons = best.filter_map(|(group, (_, at))| {
            let found = matches.get(*at)?;
            Some(found.reason(&group.asked, sought[found.sought].alternative, sources))
        });
        Findings {
            reasons: reasons.collect(),
            places: &self.places,
        }
    }

    /// The numbers of the plan's terms that a term is.
    #[inline]
    fn numbers(&self, ord: u32) -> Range<usize> {
        let (word, bit) = slot(ord);
        if self.filter[word] & bit == 0 {
            return 0..0;
        }
        let from = self.terms.partition_point(|(other, ..)| *other < ord);
        let same = self.terms[from..].iter();
        from..from + same.take_while(|(other, ..)| *other == ord).count()
    }
}

/// The place of a term in the filter.
fn slot(ord: u32) -> (usize, u64) {
    ((ord >> 6) as usize % FILTER, 1 << (ord & 63))
}
