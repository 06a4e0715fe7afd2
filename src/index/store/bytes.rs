//! Reads numbers and rows from the bytes of a table; nothing else depends on their byte order.

/// The first number below `count` for which `before` does not hold.
pub(crate) fn partition(count: u32, before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The same, faster if the number is small.
pub(super) fn partition_near(count: u32, before: impl Fn(u32) -> bool) -> u32 {
    let mut end = 1;
    while end <= count && before(end - 1) {
        end *= 2;
    }
    partition(count.min(end - 1), before)
}

/// The `index`th little-endian number of four bytes.
pub(crate) fn u32_at(bytes: &[u8], index: usize) -> Option<u32> {
    let at = index.checked_mul(4)?;
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The `index`th row of a table with rows of `SIZE` bytes.
pub(crate) fn chunk<const SIZE: usize>(table: &[u8], index: usize) -> Option<&[u8; SIZE]> {
    table.get(index.checked_mul(SIZE)?..)?.first_chunk()
}

/// A number in the tables, which all fit in four bytes.
pub(crate) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The four-byte number at an offset; 0 past the end.
#[inline]
pub(crate) fn word(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..at + 4)
        .and_then(|four| four.try_into().ok())
        .map_or(0, u32::from_le_bytes)
}

/// The two-byte number at an offset; 0 past the end.
#[inline]
pub(crate) fn half(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..at + 2)
        .and_then(|two| two.try_into().ok())
        .map_or(0, u16::from_le_bytes)
}

/// BM25's inverse document frequency of a term that occurs in `doc_freq` of `docs` documents.
#[inline]
pub(crate) fn idf(doc_freq: u32, docs: u32) -> f32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of documents are far below 2^24"
    )]
    let (doc_freq, docs) = (doc_freq.min(docs) as f32, docs as f32);
    (1.0 + (docs - doc_freq + 0.5) / (doc_freq + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_partitions_find_the_same() {
        for count in 0..40 {
            for first in 0..=count {
                let before = |at| {
                    assert!(at < count);
                    at < first
                };
                assert_eq!(partition(count, before), first);
                assert_eq!(partition_near(count, before), first);
            }
        }
    }
}
