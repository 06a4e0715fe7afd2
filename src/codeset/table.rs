//! `Table`: CMS's table of a coded value, with the meanings in `tables/*.tsv`.

use std::sync::LazyLock;

use serde::Serialize;

/// One row of a code table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The value as a record has it, such as `D`.
    pub code: &'static str,
    /// CMS's meaning of it.
    pub meaning: &'static str,
    /// The heading or the value above it, if the table has levels; else empty.
    pub group: &'static str,
    /// A remark; mostly empty.
    pub note: &'static str,
}

/// A table of coded values and their meanings.
///
/// ```
/// use hcpcs::{Coverage, Table};
///
/// let table = Coverage::table();
/// assert_eq!(table.name, "coverage");
/// let entry = table.entry("S").expect("CMS lists it");
/// assert_eq!(entry.meaning, "Non-covered by Medicare statute");
/// assert!(Table::all().iter().any(|own| own.name == "betos"));
/// ```
#[derive(Debug)]
pub struct Table {
    /// Its name, such as `coverage`.
    pub name: &'static str,
    /// What its values say of a code, in CMS's words.
    pub title: &'static str,
    pub(super) rows: LazyLock<Rows>,
}

/// The rows of a table, and for each its code as a number; both are sorted by it.
#[derive(Debug)]
pub(super) struct Rows {
    entries: Vec<Entry>,
    pub(super) numbers: Vec<u32>,
    /// How many codes come before those that begin with a byte; most values have only one.
    before: [u16; 257],
}

/// A code as a number, in the order of codes; `None` if it is longer than any code.
fn number(code: &[u8]) -> Option<u32> {
    let shifted = code.iter().zip([24, 16, 8, 0]);
    let number = shifted.fold(0, |number, (byte, shift)| {
        number | u32::from(*byte) << shift
    });
    (code.len() <= 4).then_some(number)
}

impl Table {
    /// The rows, sorted by code.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.rows.entries
    }

    /// The row of a value.
    #[must_use]
    pub fn entry(&self, code: &str) -> Option<&Entry> {
        self.row(code.as_bytes()).filter(|entry| entry.code == code)
    }

    /// The row of a value that may be padded with zeros.
    pub(crate) fn entry_of(&'static self, padded: &[u8]) -> Option<&'static Entry> {
        self.row(padded)
    }

    fn row(&self, code: &[u8]) -> Option<&Entry> {
        let rows = &*self.rows;
        let first = usize::from(*code.first()?);
        let (start, end) = (rows.before[first].into(), rows.before[first + 1].into());
        let same = rows.numbers[start..end].binary_search(&number(code)?);
        rows.entries.get(start + same.ok()?)
    }
}

/// The pieces of a text between separators. A process that answers one question reads all tables,
/// and would spend a sixth of its time on `str::split`.
fn pieces(text: &'static str, between: u8) -> impl Iterator<Item = &'static str> {
    let ends = memchr::memchr_iter(between, text.as_bytes());
    let mut start = 0;
    ends.chain(std::iter::once(text.len())).map(move |end| {
        let piece = &text[start..end];
        start = end + 1;
        piece
    })
}

/// The rows of a table, from its file.
pub(super) fn rows(tsv: &'static str) -> Rows {
    let mut entries: Vec<Entry> = pieces(tsv, b'\n')
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let mut columns = pieces(line, b'\t');
            let mut next = || columns.next().unwrap_or_default();
            Entry {
                code: next(),
                meaning: next(),
                group: next(),
                note: next(),
            }
        })
        .collect();
    entries.sort_by_key(|entry| entry.code);
    let numbers = entries.iter().map(|entry| number(entry.code.as_bytes()));
    let numbers: Vec<u32> = numbers.map(Option::unwrap_or_default).collect();
    let mut before = [0; 257];
    for number in &numbers {
        before[number.to_be_bytes()[0] as usize + 1] += 1;
    }
    for byte in 1..before.len() {
        before[byte] += before[byte - 1];
    }
    Rows {
        entries,
        numbers,
        before,
    }
}
