//! A sparse set of the documents that a question finds.

use crate::index::store::bytes::narrow;

use super::candidate::Candidate;

/// A sparse set of documents; the next question reuses its memory.
#[derive(Default)]
pub(crate) struct Documents {
    /// The documents, unsorted.
    pub(crate) found: Vec<Candidate>,
    /// The index of a document in `found`, if it is there; stale entries do no harm.
    place: Vec<u32>,
}

impl Documents {
    /// Clears the set and makes room for a number of documents.
    pub(crate) fn clear(&mut self, docs: u32) {
        self.found.clear();
        if self.place.len() < docs as usize {
            // Reallocate instead of growing: zeroed pages stay untouched.
            self.place = vec![0; docs as usize];
        }
    }

    /// The index of a document in `found`, if it is there.
    #[inline]
    pub(crate) fn place(&self, doc: u32) -> Option<usize> {
        let place = self.place[doc as usize] as usize;
        let is_there = self.found.get(place).is_some_and(|same| same.doc == doc);
        is_there.then_some(place)
    }

    /// Adds a document that is not in the set.
    #[inline]
    pub(crate) fn push(&mut self, candidate: Candidate) {
        self.place[candidate.doc as usize] = narrow(self.found.len());
        self.found.push(candidate);
    }

    /// Adds documents that are not in the set, each once.
    #[inline]
    pub(crate) fn extend(&mut self, candidates: impl Iterator<Item = Candidate>) {
        let known = self.found.len();
        self.found.extend(candidates);
        self.place_all(known);
    }

    /// Keeps the documents that `keep` accepts.
    pub(crate) fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        self.found.retain(|candidate| keep(candidate.doc));
        self.place_all(0);
    }

    /// Holds other documents, each once, in the place of its own.
    pub(crate) fn swap(&mut self, others: &mut Vec<Candidate>) {
        std::mem::swap(&mut self.found, others);
        self.place_all(0);
    }

    fn place_all(&mut self, known: usize) {
        for (place, candidate) in (narrow(known)..).zip(&self.found[known..]) {
            self.place[candidate.doc as usize] = place;
        }
    }

    /// Inserts or merges a candidate. Entries before `known` came from a higher-weighted
    /// alternative and keep their score.
    #[inline]
    pub(crate) fn take(&mut self, candidate: Candidate, known: usize) {
        let Some(place) = self.place(candidate.doc) else {
            return self.push(candidate);
        };
        let same = &mut self.found[place];
        if place >= known {
            same.score = same.score.max(candidate.score);
        }
        same.cover(candidate);
    }
}
