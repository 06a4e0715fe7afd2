//! `Recent`: a bounded map of what is worked out once and asked for again.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

/// Values by what they are worked out from. When it is full it forgets all of them.
pub(crate) struct Recent<K, V> {
    known: RwLock<HashMap<K, Arc<V>>>,
    most: usize,
}

impl<K: Eq + Hash, V> Recent<K, V> {
    /// A map of at most some values.
    pub(crate) fn of_at_most(most: usize) -> Self {
        Self {
            known: RwLock::default(),
            most,
        }
    }

    /// The value of a key; `make` works it out if it is not known. An error is not kept.
    pub(crate) fn get<Q, E>(
        &self,
        key: &Q,
        make: impl FnOnce() -> Result<V, E>,
    ) -> Result<Arc<V>, E>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = K> + ?Sized,
    {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = known.get(key) {
            return Ok(Arc::clone(value));
        }
        drop(known);
        let value = Arc::new(make()?);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= self.most {
            known.clear();
        }
        known.insert(key.to_owned(), Arc::clone(&value));
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_and_few_are_kept() {
        let recent: Recent<u32, u32> = Recent::of_at_most(10);
        let get = |key: u32, value: Result<u32, ()>| recent.get(&key, || value).map(|value| *value);
        for number in 0..10 {
            assert_eq!(get(number, Ok(number)), Ok(number));
        }
        assert_eq!(get(0, Ok(7)), Ok(0));
        assert_eq!(get(10, Err(())), Err(()));
        assert_eq!(recent.known.read().unwrap().len(), 10);
        assert_eq!(get(10, Ok(10)), Ok(10));
        assert_eq!(recent.known.read().unwrap().len(), 1);
    }
}
