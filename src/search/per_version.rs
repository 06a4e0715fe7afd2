//! `PerVersion`: what is worked out once for each version of a code, on first use.

use std::sync::OnceLock;

/// The values of consecutive versions, made on first use: a single search needs few of them.
type Chunk<T> = OnceLock<Box<[OnceLock<T>]>>;

/// The number of versions of a chunk.
const CHUNK: usize = 64;

/// A value for each version of a code; unset until it is worked out.
pub(crate) struct PerVersion<T>(OnceLock<Box<[Chunk<T>]>>);

impl<T> PerVersion<T> {
    /// The value of a version, one of `all`; `None` if there is no such version.
    pub(crate) fn get(&self, doc: u32, all: u32, make: impl FnOnce() -> T) -> Option<&T> {
        let (doc, all) = (usize::try_from(doc).ok()?, usize::try_from(all).ok()?);
        let blank = || (0..all.div_ceil(CHUNK)).map(|_| Chunk::new()).collect();
        let chunk = self.0.get_or_init(blank).get(doc / CHUNK)?;
        let values = chunk.get_or_init(|| (0..CHUNK).map(|_| OnceLock::new()).collect());
        Some(values.get(doc % CHUNK)?.get_or_init(make))
    }
}

impl<T> Default for PerVersion<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_is_worked_out_once() {
        let cache = PerVersion::default();
        for doc in [0, 63, 64, 129] {
            assert_eq!(
                cache.get(doc, 130, || doc.to_string()),
                Some(&doc.to_string())
            );
            let again = cache.get(doc, 130, || unreachable!("{doc} is known"));
            assert_eq!(again, Some(&doc.to_string()));
        }
        assert_eq!(cache.get(500, 130, String::new), None);
    }
}
