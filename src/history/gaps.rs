//! Fills what a release lacks because no list was published with its records. The value is that of
//! the nearest release before it that has one, else of the nearest after it.

use std::collections::HashMap;

use super::edition::Edition;
use super::quarterly::Point;

/// The values of a code that not every release has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Filled<'a> {
    /// The text of the processing note.
    pub(super) note: Option<&'a str>,
    pub(super) not_otherwise_classified: Option<bool>,
}

/// The texts of notes by number; `None` if the release uses the number without defining it.
type Notes<'a> = HashMap<&'a str, Option<&'a str>>;

/// The lists that came with the releases.
pub(super) struct Gaps<'a> {
    /// One entry for each release.
    has_noc_list: Vec<bool>,
    /// One entry for each release; `None` if no notes came with it.
    notes: Vec<Option<Notes<'a>>>,
}

impl<'a> Gaps<'a> {
    pub(super) fn new<'p>(releases: &[Edition], points: impl Iterator<Item = &'p Point<'a>>) -> Self
    where
        'a: 'p,
    {
        let mut notes: Vec<Option<Notes>> = releases
            .iter()
            .map(|own| own.has_processing_notes.then(HashMap::new))
            .collect();
        for point in points {
            if let Some(Some(notes)) = notes.get_mut(point.release)
                && let Some(note) = &point.record.processing_note
            {
                notes.insert(&note.number, note.text.as_deref());
            }
        }
        Self {
            has_noc_list: releases.iter().map(|own| own.has_noc_list).collect(),
            notes,
        }
    }

    /// The values for each point of a code; the points are sorted by release.
    pub(super) fn fill(&self, points: &[Point<'a>]) -> Vec<Filled<'a>> {
        let fill = |(at, point): (usize, &Point<'a>)| Filled {
            note: self.note(point),
            not_otherwise_classified: self.is_noc(points, at),
        };
        points.iter().enumerate().map(fill).collect()
    }

    fn note(&self, point: &Point<'a>) -> Option<&'a str> {
        let number = point.record.processing_note.as_ref()?.number.as_str();
        nearest(self.notes.len(), point.release, |release| {
            self.notes.get(release)?.as_ref()?.get(number).copied()
        })?
    }

    fn is_noc(&self, points: &[Point<'a>], at: usize) -> Option<bool> {
        nearest(points.len(), at, |at| {
            let point = points.get(at)?;
            let has_list = *self.has_noc_list.get(point.release)?;
            point.record.not_otherwise_classified.filter(|_| has_list)
        })
    }
}

/// The value at an index, else at the nearest before it, else at the nearest after it.
fn nearest<T>(count: usize, at: usize, said: impl Fn(usize) -> Option<T>) -> Option<T> {
    (0..=at)
        .rev()
        .find_map(&said)
        .or_else(|| (at + 1..count).find_map(&said))
}
