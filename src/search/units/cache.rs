//! A cache of the billing unit of each version of a code, filled on first use.

use std::sync::OnceLock;

use crate::codeset::Dosage;

/// A unit, or that the descriptor states none; unset until read.
type Unit = OnceLock<Option<Box<Dosage>>>;
/// The units of consecutive versions, made on first use: a single search needs few of them.
type Chunk = OnceLock<Box<[Unit]>>;

/// The number of versions of a chunk.
const CHUNK: usize = 64;

/// The unit of each version of a code. Reading a descriptor takes longer than the rest of its hit.
#[derive(Default)]
pub(crate) struct UnitCache(OnceLock<Box<[Chunk]>>);

impl UnitCache {
    /// The unit of a version, one of `all`.
    pub(crate) fn unit(
        &self,
        doc: u32,
        all: u32,
        read: impl FnOnce() -> Option<Dosage>,
    ) -> Option<&Dosage> {
        let (doc, all) = (usize::try_from(doc).ok()?, usize::try_from(all).ok()?);
        let blank = || (0..all.div_ceil(CHUNK)).map(|_| Chunk::new()).collect();
        let chunk = self.0.get_or_init(blank).get(doc / CHUNK)?;
        let units = chunk.get_or_init(|| (0..CHUNK).map(|_| Unit::new()).collect());
        let unit = units.get(doc % CHUNK)?;
        unit.get_or_init(|| read().map(Box::new)).as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codeset::Code;

    #[test]
    fn each_version_is_read_once() {
        let cache = UnitCache::default();
        let code: Code = "J1597".parse().unwrap();
        let read = |text: &'static str| move || Dosage::read(code, text);
        for doc in [0, 63, 64, 129] {
            let first = cache.unit(doc, 130, read("Injection, glycopyrrolate, 0.1 mg"));
            let (first, text) = (first.cloned(), doc.to_string());
            assert!(first.is_some(), "{text}");
            let again = cache.unit(doc, 130, || unreachable!("{text} was read"));
            assert_eq!(again, first.as_ref());
        }
        assert_eq!(cache.unit(500, 130, read("Injection, hemin, 1 mg")), None);
    }
}
