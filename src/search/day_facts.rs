//! What every answer says of its day: the release that answers, that release's scope, its age.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::codeset::Date;
use crate::history::Age;

/// The maximum of days that are kept: claims of three years.
const MOST_DAYS: usize = 1_100;

/// What is said of a day in every answer, in words.
pub(crate) struct DayFacts {
    /// The release in force; for days before the first release, the first.
    pub(crate) release: String,
    /// How much of the code set that release holds; `None` if all of it.
    pub(crate) scope: Option<String>,
    /// How old the releases are; `None` if there are none.
    pub(crate) age: Option<Age>,
}

/// A cache of the facts by day: of a million claim lines few have a day of their own.
#[derive(Default)]
pub(crate) struct DayCache(RwLock<HashMap<Date, Arc<DayFacts>>>);

impl DayCache {
    /// The facts of a day, worded on its first use.
    pub(crate) fn facts(&self, day: Date, word: impl FnOnce() -> DayFacts) -> Arc<DayFacts> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(facts) = known.get(&day) {
            return Arc::clone(facts);
        }
        drop(known);
        let facts = Arc::new(word());
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_DAYS {
            known.clear();
        }
        known.insert(day, Arc::clone(&facts));
        facts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_worded_once_and_few_days_are_kept() {
        let cache = DayCache::default();
        let facts = |number: u32| DayFacts {
            release: number.to_string(),
            scope: None,
            age: None,
        };
        let day = |number: u32| Date::stored(20_000_101 + number).unwrap();
        let most = u32::try_from(MOST_DAYS).unwrap();
        for number in 0..most {
            assert_eq!(
                cache.facts(day(number), || facts(number)).release,
                number.to_string()
            );
        }
        assert_eq!(cache.facts(day(0), || facts(7)).release, "0");
        cache.facts(day(most), || facts(most));
        assert_eq!(cache.0.read().unwrap().len(), 1);
    }
}
