//! `AnswerCache`: the answers of one generation, by request target.
//!
//! Users who type send many equal requests. The cache belongs to its generation, so no answer
//! outlives its index; at midnight it is emptied, because "today" is another day.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;

use crate::codeset::Date;

/// The most bytes of all cached answers.
const MAX_BYTES: usize = 32 << 20;
/// The most bytes of one cached answer.
const MAX_ANSWER: usize = 64 << 10;
/// The approximate overhead of an entry, in bytes.
const OVERHEAD: usize = 128;

/// A two-generation cache (approximate LRU): when the young map is full it replaces the old one.
pub(crate) struct AnswerCache(Mutex<Maps>);

#[derive(Default)]
struct Maps {
    day: Option<Date>,
    young: HashMap<Box<str>, Bytes>,
    young_bytes: usize,
    old: HashMap<Box<str>, Bytes>,
}

impl AnswerCache {
    /// An empty cache.
    pub(crate) fn new() -> Self {
        Self(Mutex::default())
    }

    fn maps(&self) -> MutexGuard<'_, Maps> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The cached answer of a day.
    pub(crate) fn get(&self, target: &str, today: Date) -> Option<Bytes> {
        let mut maps = self.maps();
        maps.expire(today);
        if let Some(answer) = maps.young.get(target) {
            return Some(answer.clone());
        }
        let (target, answer) = maps.old.remove_entry(target)?;
        maps.put(target, answer.clone());
        Some(answer)
    }

    /// Caches an answer of a day.
    pub(crate) fn insert(&self, target: &str, today: Date, answer: &Bytes) {
        if answer.len() > MAX_ANSWER {
            return;
        }
        let mut maps = self.maps();
        maps.expire(today);
        maps.put(target.into(), answer.clone());
    }
}

impl Maps {
    /// Drops the answers of another day.
    fn expire(&mut self, today: Date) {
        if self.day != Some(today) {
            *self = Self {
                day: Some(today),
                ..Self::default()
            };
        }
    }

    fn put(&mut self, target: Box<str>, answer: Bytes) {
        let bytes = target.len() + answer.len() + OVERHEAD;
        if self.young_bytes + bytes > MAX_BYTES / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
        if self.young.insert(target, answer).is_none() {
            self.young_bytes += bytes;
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
        let cache = AnswerCache::new();
        let (one, other) = (day("2026-01-01"), day("2026-01-02"));
        let answer = Bytes::from_static(b"x");
        cache.insert("a", one, &answer);
        assert_eq!(cache.get("a", one), Some(answer));
        assert_eq!(cache.get("b", one), None);
        assert_eq!(cache.get("a", other), None);
        assert_eq!(cache.get("a", one), None, "it is gone");
    }

    #[test]
    fn what_is_used_stays_and_the_rest_goes() {
        let cache = AnswerCache::new();
        let today = day("2026-01-01");
        cache.insert("often", today, &Bytes::from_static(b"x"));
        for number in 0..3000 {
            let answer = Bytes::from(vec![0; 32 << 10]);
            cache.insert(&number.to_string(), today, &answer);
            assert!(cache.get("often", today).is_some(), "{number}");
        }
        assert_eq!(cache.get("0", today), None);
        let maps = cache.maps();
        let all = maps.young.values().chain(maps.old.values());
        assert!(all.map(Bytes::len).sum::<usize>() <= MAX_BYTES);
    }

    #[test]
    fn a_long_answer_is_not_kept() {
        let cache = AnswerCache::new();
        let today = day("2026-01-01");
        cache.insert("a", today, &Bytes::from(vec![0; MAX_ANSWER + 1]));
        assert_eq!(cache.get("a", today), None);
    }
}
