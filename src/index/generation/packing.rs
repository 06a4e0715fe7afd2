//! Packs the files of an index into one: a head with their names, places and checksums, then the
//! files.

use rayon::prelude::*;

use super::blocks;

pub(super) const MAGIC: &[u8; 8] = b"HCPCSIDX";
/// The magic, the length of the whole file, the number of entries and of blocks.
pub(super) const HEAD: usize = 8 + 8 + 4 + 4;
/// The length of a checksum.
pub(super) const CHECKSUM: usize = 8;
/// The size of a table entry without its name: offset, length, checksum.
pub(super) const ENTRY: usize = 8 + 8 + CHECKSUM;
/// Files begin at multiples of this, so that tables of words are aligned in memory.
pub(super) const ALIGN: usize = 16;

/// Bytes in pieces, which are written one after another.
pub(crate) type Pieces = Vec<Vec<u8>>;

/// The total length in bytes.
pub(crate) fn length(pieces: &Pieces) -> usize {
    pieces.iter().map(Vec::len).sum()
}

/// BLAKE3 of the pieces, concatenated.
pub(crate) fn hash(pieces: &[Vec<u8>]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for piece in pieces {
        hasher.update(piece);
    }
    hasher.finalize()
}

/// The checksum of a part in the table of parts: the first bytes of its BLAKE3.
pub(super) fn checksum(hash: blake3::Hash) -> [u8; CHECKSUM] {
    let mut checksum = [0; CHECKSUM];
    checksum.copy_from_slice(&hash.as_bytes()[..CHECKSUM]);
    checksum
}

/// Packs files into one: a head with a table of names, places and checksums, and with the checksum
/// of each block of what follows; then the files.
pub(crate) fn pack(files: Vec<(String, Pieces)>) -> Pieces {
    let table: usize = files.iter().map(|(name, _)| 2 + name.len() + ENTRY).sum();
    let padded = |pieces: &Pieces| length(pieces).next_multiple_of(ALIGN);
    let blocks = blocks::count(files.iter().map(|(_, pieces)| padded(pieces)).sum());
    let size = (HEAD + table + blocks * blocks::SUM).next_multiple_of(ALIGN);
    let mut at = size;
    let mut entries = Vec::with_capacity(table);
    let checksums: Vec<_> = files
        .par_iter()
        .map(|(_, pieces)| checksum(hash(pieces)))
        .collect();
    for ((name, pieces), checksum) in files.iter().zip(checksums) {
        let length = length(pieces);
        entries.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
        entries.extend(name.as_bytes());
        entries.extend((at as u64).to_le_bytes());
        entries.extend((length as u64).to_le_bytes());
        entries.extend(checksum);
        at = (at + length).next_multiple_of(ALIGN);
    }
    let number = u32::try_from(files.len()).unwrap_or(u32::MAX);
    let mut body = Vec::new();
    for (_, pieces) in files {
        let length = length(&pieces);
        body.extend(pieces);
        body.push(vec![0; length.next_multiple_of(ALIGN) - length]);
    }
    let mut head = Vec::with_capacity(size);
    head.extend(MAGIC);
    head.extend((at as u64).to_le_bytes());
    head.extend(number.to_le_bytes());
    head.extend(u32::try_from(blocks).unwrap_or(u32::MAX).to_le_bytes());
    head.extend(entries);
    head.extend(blocks::sums(body.iter().map(Vec::as_slice)));
    head.resize(size, 0);
    body.insert(0, head);
    body
}
