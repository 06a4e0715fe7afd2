//! `FirstUse`: what is worked out once for each version of a code or each term, on first use.

use std::sync::OnceLock;

/// The values of consecutive rows, made on first use: a single search needs few of them.
type Chunk<T> = OnceLock<Box<[OnceLock<T>]>>;

/// The number of rows of a chunk.
const CHUNK: usize = 64;

/// A value for each row of a table; unset until it is worked out.
pub(crate) struct FirstUse<T>(OnceLock<Box<[Chunk<T>]>>);

impl<T> FirstUse<T> {
    /// The value of a row, one of `all`; `None` if there is no such row.
    pub(crate) fn get(&self, row: u32, all: u32, make: impl FnOnce() -> T) -> Option<&T> {
        let (row, all) = (usize::try_from(row).ok()?, usize::try_from(all).ok()?);
        let blank = || (0..all.div_ceil(CHUNK)).map(|_| Chunk::new()).collect();
        let chunk = self.0.get_or_init(blank).get(row / CHUNK)?;
        let values = chunk.get_or_init(|| (0..CHUNK).map(|_| OnceLock::new()).collect());
        Some(values.get(row % CHUNK)?.get_or_init(make))
    }
}

impl<T> Default for FirstUse<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_worked_out_once() {
        let cache = FirstUse::default();
        for row in [0, 63, 64, 129] {
            assert_eq!(
                cache.get(row, 130, || row.to_string()),
                Some(&row.to_string())
            );
            let again = cache.get(row, 130, || unreachable!("{row} is known"));
            assert_eq!(again, Some(&row.to_string()));
        }
        assert_eq!(cache.get(500, 130, String::new), None);
    }
}
