//! Documents that a question finds, each once.

use super::candidate::Candidate;

/// Documents, each found once; the room is used again by the next question.
#[derive(Default)]
pub(crate) struct Documents {
    /// In no order.
    pub(crate) found: Vec<Candidate>,
    /// Where in `found` a document stands, if it stands there.
    place: Vec<u32>,
}

impl Documents {
    /// Begins anew, with room for so many documents.
    pub(crate) fn clear(&mut self, docs: u32) {
        self.found.clear();
        if self.place.len() < docs as usize {
            // Made anew and not made longer: memory that is not looked at is not touched.
            self.place = vec![0; docs as usize];
        }
    }

    /// The place of a document, if it stands here.
    pub(crate) fn place(&self, doc: u32) -> Option<usize> {
        let place = self.place[doc as usize] as usize;
        let stands = self.found.get(place).is_some_and(|same| same.doc == doc);
        stands.then_some(place)
    }

    /// Adds a document that does not stand here.
    pub(crate) fn push(&mut self, candidate: Candidate) {
        self.place[candidate.doc as usize] = narrow(self.found.len());
        self.found.push(candidate);
    }

    /// Keeps some of the documents.
    pub(crate) fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        self.found.retain(|candidate| keep(candidate.doc));
        for (place, candidate) in self.found.iter().enumerate() {
            self.place[candidate.doc as usize] = narrow(place);
        }
    }

    /// Takes a document in; one before `known` was found by a better way, whose count stays.
    pub(crate) fn take(&mut self, candidate: Candidate, known: usize) {
        let Some(place) = self.place(candidate.doc) else {
            return self.push(candidate);
        };
        let same = &mut self.found[place];
        if place >= known {
            same.score = same.score.max(candidate.score);
        }
        same.name(candidate);
    }
}

pub(crate) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
