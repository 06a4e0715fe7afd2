//! The records of an old workbook (`.xls`), out of the sectors of its file.

/// The kind of the record that says where a sheet begins.
const SHEET: usize = 0x0085;

/// The kind of the record that says whether the numbers of days begin in 1904.
const FROM_1904: usize = 0x0022;

/// Whether the numbers of days begin in 1904.
pub(super) fn counts_from_1904(stream: &[u8]) -> bool {
    let mut own = records(stream, 0).filter(|(kind, _)| *kind == FROM_1904);
    own.any(|(_, data)| number(data, 0, 2) == Some(1))
}

/// Where each sheet begins; `None` for one whose record is cut.
pub(super) fn sheets(stream: &[u8]) -> impl Iterator<Item = Option<usize>> {
    let sheets = records(stream, 0).filter(|(kind, _)| *kind == SHEET);
    sheets.map(|(_, data)| number(data, 0, 4))
}

/// The records from an offset on, as kind and data.
pub(super) fn records(stream: &[u8], offset: usize) -> impl Iterator<Item = (usize, &[u8])> {
    let mut rest = stream.get(offset..).unwrap_or_default();
    std::iter::from_fn(move || {
        let kind = number(rest, 0, 2)?;
        let end = number(rest, 2, 2)?.checked_add(4)?;
        let data = rest.get(4..end)?;
        rest = rest.get(end..)?;
        Some((kind, data))
    })
}

/// The bytes of the part that holds the workbook, collected from the sectors of the file.
pub(super) fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let shift = number(bytes, 30, 2).filter(|shift| (9..=12).contains(shift))?;
    let size = 1 << shift;
    let sector = |index: usize| {
        let start = index.checked_add(1)?.checked_mul(size)?;
        bytes.get(start..bytes.len().min(start.checked_add(size)?))
    };
    // the header names the first 109 sectors of the table, enough for 7 MB
    let table: Vec<u8> = (0..109)
        .filter_map(|nth| sector(number(bytes, 76 + 4 * nth, 4)?))
        .flatten()
        .copied()
        .collect();
    let whole = |first| chain(first, &table, bytes.len() / size, &sector);
    let directory = whole(number(bytes, 48, 4)?);
    let mut entries = directory.chunks_exact(128);
    let root = entries.next()?;
    let entry = entries.find(|own| is_named(own, "Workbook") || is_named(own, "Book"))?;
    let (first, length) = (number(entry, 116, 4)?, number(entry, 120, 4)?);
    if length >= number(bytes, 56, 4)? {
        return Some(whole(first));
    }
    // a short part is in small sectors, which lie in the part of the root
    let (small, small_table) = (whole(number(root, 116, 4)?), whole(number(bytes, 60, 4)?));
    let size = 1 << number(bytes, 32, 2).filter(|shift| (4..=9).contains(shift))?;
    let sector = |index: usize| {
        let start = index.checked_mul(size)?;
        small.get(start..small.len().min(start.checked_add(size)?))
    };
    let most = small.len() / size;
    Some(chain(first, &small_table, most, &sector))
}

/// The bytes of a chain of sectors; none is longer than all sectors, unless it has a cycle.
fn chain<'b>(
    first: usize,
    table: &[u8],
    most: usize,
    sector: &impl Fn(usize) -> Option<&'b [u8]>,
) -> Vec<u8> {
    let next = |&index: &usize| number(table, index.checked_mul(4)?, 4);
    let sectors = std::iter::successors(Some(first), next).map_while(sector);
    sectors.take(most + 1).flatten().copied().collect()
}

fn is_named(entry: &[u8], name: &str) -> bool {
    let own = entry.iter().step_by(2).take(name.len() + 1);
    own.copied().eq(name.bytes().chain([0]))
}

/// A number of so many bytes, the lowest first.
pub(super) fn number(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(width)?)?;
    Some(
        digits
            .iter()
            .rev()
            .fold(0, |number, &byte| number << 8 | usize::from(byte)),
    )
}
