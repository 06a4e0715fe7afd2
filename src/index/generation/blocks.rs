//! `Blocks`: a checksum of each block of the data file, compared when the block is first read.
//!
//! A single search reads some hundred kilobytes of the mapped file, and hashing all of it would take
//! longer than the search. CRC-32 finds every change within 32 bits, so every flipped byte. A
//! process that reads the whole file into memory compares its BLAKE3 and needs no blocks.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use tantivy::directory::OwnedBytes;

/// The size of a block. Smaller blocks need a longer table of checksums, which every process reads.
const BLOCK: usize = 2048;
/// The size of a checksum.
pub(super) const SUM: usize = 4;

/// A process that has asked this many questions asks more: it compares the other blocks at once, in
/// a millisecond or two, and no block after that.
const MANY: usize = 8;

/// The number of blocks of some bytes.
pub(super) fn count(bytes: usize) -> usize {
    bytes.div_ceil(BLOCK)
}

/// The checksums of the blocks of what follows the head.
pub(super) fn sums<'p>(pieces: impl Iterator<Item = &'p [u8]>) -> Vec<u8> {
    let mut sums = Vec::new();
    let (mut hasher, mut left) = (crc32fast::Hasher::new(), BLOCK);
    for mut piece in pieces {
        while !piece.is_empty() {
            let own;
            (own, piece) = piece.split_at(left.min(piece.len()));
            hasher.update(own);
            left -= own.len();
            if left == 0 {
                sums.extend(std::mem::take(&mut hasher).finalize().to_le_bytes());
                left = BLOCK;
            }
        }
    }
    if left < BLOCK {
        sums.extend(hasher.finalize().to_le_bytes());
    }
    sums
}

/// The blocks of a mapped data file.
pub(crate) struct Blocks {
    /// What follows the head.
    body: OwnedBytes,
    sums: OwnedBytes,
    /// A bit for each block that was compared.
    seen: Vec<AtomicU64>,
    questions: AtomicUsize,
    is_damaged: AtomicBool,
    /// Whether all blocks were compared, and none is damaged.
    is_whole: AtomicBool,
}

impl Blocks {
    pub(super) fn new(body: OwnedBytes, sums: OwnedBytes) -> Self {
        let seen = (0..count(body.len()).div_ceil(64)).map(|_| AtomicU64::new(0));
        Self {
            seen: seen.collect(),
            body,
            sums,
            questions: AtomicUsize::new(0),
            is_damaged: AtomicBool::new(false),
            is_whole: AtomicBool::new(false),
        }
    }

    /// Whether all blocks were compared, so that reading needs no check.
    #[inline]
    pub(crate) fn is_whole(&self) -> bool {
        self.is_whole.load(Ordering::Relaxed)
    }

    /// Compares the blocks in which some bytes of the file are, those that were not compared before.
    /// Returns whether no damage was found up to now: after damage nothing more is read.
    #[inline]
    pub(crate) fn check(&self, bytes: &[u8]) -> bool {
        self.is_whole() || self.check_new(bytes)
    }

    #[inline]
    fn check_new(&self, bytes: &[u8]) -> bool {
        // Bytes that are not of the file have an address before or after it.
        let body = self.body.as_ptr().addr();
        let start = bytes.as_ptr().addr().wrapping_sub(body);
        let last = start.wrapping_add(bytes.len()).wrapping_sub(1);
        if bytes.is_empty() || start >= self.body.len() || last >= self.body.len() {
            return true;
        }
        let (first, last) = (start / BLOCK, last / BLOCK);
        if !(first == last && self.is_seen(first)) {
            self.compare_all(first, last);
        }
        !self.is_damaged()
    }

    #[inline]
    fn is_seen(&self, block: usize) -> bool {
        // Whoever sees the bit of a damaged block sees the damage too.
        let seen = self.seen.get(block / 64);
        seen.is_some_and(|seen| seen.load(Ordering::Acquire) & 1 << (block % 64) != 0)
    }

    #[cold]
    fn compare_all(&self, first: usize, last: usize) {
        let others = (first..=last).filter(|block| !self.is_seen(*block));
        others.for_each(|block| self.compare(block));
    }

    /// Ends a question. Returns whether no damage was found up to now.
    pub(super) fn end_question(&self) -> bool {
        if !self.is_whole() && self.questions.fetch_add(1, Ordering::Relaxed) + 1 == MANY {
            self.compare_all(0, count(self.body.len()).saturating_sub(1));
            self.is_whole.store(!self.is_damaged(), Ordering::Relaxed);
        }
        !self.is_damaged()
    }

    fn compare(&self, block: usize) {
        let start = block * BLOCK;
        let end = self.body.len().min(start + BLOCK);
        let sum = crc32fast::hash(&self.body[start..end]).to_le_bytes();
        let expected = self.sums.get(block * SUM..(block + 1) * SUM);
        if expected != Some(&sum) {
            self.is_damaged.store(true, Ordering::Relaxed);
        }
        self.seen[block / 64].fetch_or(1 << (block % 64), Ordering::Release);
    }

    /// Whether a block that was compared is damaged.
    #[inline]
    fn is_damaged(&self) -> bool {
        self.is_damaged.load(Ordering::Relaxed)
    }
}

impl std::fmt::Debug for Blocks {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} blocks", count(self.body.len()))
    }
}

/// Whether bytes of the file may be read; if the file is not in memory, their blocks are compared.
#[inline]
pub(crate) fn is_whole(blocks: Option<&Blocks>, bytes: &[u8]) -> bool {
    blocks.is_none_or(|blocks| blocks.check(bytes))
}

/// Bytes of the file; empty if they are damaged.
#[inline]
pub(crate) fn checked<'b>(blocks: Option<&Blocks>, bytes: &'b [u8]) -> &'b [u8] {
    if is_whole(blocks, bytes) { bytes } else { &[] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flipped_byte_is_found_where_its_block_is_read() {
        let bytes: Vec<u8> = (0..65_000).map(|at: u32| at.to_le_bytes()[0]).collect();
        let sums = sums(bytes.chunks(7));
        assert_eq!(sums.len(), 32 * SUM);
        for at in [0, 2047, 2048, 4095, 4096, 64_999] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            let blocks = Blocks::new(OwnedBytes::new(damaged), OwnedBytes::new(sums.clone()));
            let body = blocks.body.clone();
            for block in [0, 1, 2, 30]
                .into_iter()
                .filter(|block| *block != at / BLOCK)
            {
                blocks.check(&body[block * BLOCK + 1..][..10]);
            }
            assert!(!blocks.is_damaged(), "{at}");
            blocks.check(&[1; 9]);
            blocks.check(&body[..0]);
            let start = (at / BLOCK * BLOCK).saturating_sub(1);
            blocks.check(&body[start..start + 2]);
            assert!(blocks.is_damaged(), "{at}");
        }
    }

    #[test]
    fn who_asks_many_questions_compares_all() {
        for damaged in [None, Some(63)] {
            let mut bytes = vec![7; 64 * BLOCK];
            let sums = sums([bytes.as_slice()].into_iter());
            if let Some(block) = damaged {
                bytes[block * BLOCK] = 8;
            }
            let blocks = Blocks::new(OwnedBytes::new(bytes), OwnedBytes::new(sums));
            for _ in 1..MANY {
                assert!(blocks.end_question());
                assert!(!blocks.is_whole());
            }
            assert_eq!(blocks.end_question(), damaged.is_none());
            assert_eq!(blocks.is_whole(), damaged.is_none());
        }
    }
}
