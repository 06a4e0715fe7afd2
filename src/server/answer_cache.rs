//! `Answered`: answers of one generation that were given before, by what was asked.
//!
//! People who type ask much the same. An answer is kept with the generation that gave it and goes
//! with it, so that no answer outlives its index; at midnight all go, as "today" is another day.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;

use crate::codeset::Date;

/// The most bytes of all answers that are kept, and of one of them.
const MOST_BYTES: usize = 32 << 20;
const LONGEST: usize = 64 << 10;
/// What an answer takes beside its bytes and its question, roughly.
const BESIDE: usize = 128;

/// Answers, in two halves: those of late, and those before them. Where the first is full it takes
/// the place of the second, so that what nobody asks for any more is dropped, without a list of
/// who was asked for when.
pub(crate) struct Answered(Mutex<Halves>);

#[derive(Default)]
struct Halves {
    day: Option<Date>,
    late: HashMap<Box<str>, Bytes>,
    late_bytes: usize,
    before: HashMap<Box<str>, Bytes>,
}

impl Answered {
    /// None so far.
    pub(crate) fn new() -> Self {
        Self(Mutex::default())
    }

    fn halves(&self) -> MutexGuard<'_, Halves> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer that was given to a question on a day.
    pub(crate) fn get(&self, asked: &str, today: Date) -> Option<Bytes> {
        let mut halves = self.halves();
        halves.turn(today);
        if let Some(answer) = halves.late.get(asked) {
            return Some(answer.clone());
        }
        let (asked, answer) = halves.before.remove_entry(asked)?;
        halves.put(asked, answer.clone());
        Some(answer)
    }

    /// Keeps an answer that was given on a day.
    pub(crate) fn keep(&self, asked: &str, today: Date, answer: &Bytes) {
        if answer.len() > LONGEST {
            return;
        }
        let mut halves = self.halves();
        halves.turn(today);
        halves.put(asked.into(), answer.clone());
    }
}

impl Halves {
    /// Drops the answers of another day.
    fn turn(&mut self, today: Date) {
        if self.day != Some(today) {
            *self = Self {
                day: Some(today),
                ..Self::default()
            };
        }
    }

    fn put(&mut self, asked: Box<str>, answer: Bytes) {
        let bytes = asked.len() + answer.len() + BESIDE;
        if self.late_bytes + bytes > MOST_BYTES / 2 {
            self.before = std::mem::take(&mut self.late);
            self.late_bytes = 0;
        }
        if self.late.insert(asked, answer).is_none() {
            self.late_bytes += bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn an_answer_is_of_its_day() {
        let answered = Answered::new();
        let (one, other) = (day("2026-01-01"), day("2026-01-02"));
        let answer = Bytes::from_static(b"x");
        answered.keep("a", one, &answer);
        assert_eq!(answered.get("a", one), Some(answer));
        assert_eq!(answered.get("b", one), None);
        assert_eq!(answered.get("a", other), None);
        assert_eq!(answered.get("a", one), None, "it is gone");
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let answered = Answered::new();
        let today = day("2026-01-01");
        answered.keep("often", today, &Bytes::from_static(b"x"));
        for number in 0..3000 {
            let answer = Bytes::from(vec![0; 32 << 10]);
            answered.keep(&number.to_string(), today, &answer);
            assert!(answered.get("often", today).is_some(), "{number}");
        }
        assert_eq!(answered.get("0", today), None);
        let halves = answered.halves();
        let all = halves.late.values().chain(halves.before.values());
        assert!(all.map(Bytes::len).sum::<usize>() <= MOST_BYTES);
    }

    #[test]
    fn a_long_answer_is_not_kept() {
        let answered = Answered::new();
        let today = day("2026-01-01");
        answered.keep("a", today, &Bytes::from(vec![0; LONGEST + 1]));
        assert_eq!(answered.get("a", today), None);
    }
}
