//! The fixed-width text: turns lines of 320 columns into records.
//!
//! A record line is recognised by its shape and not by its number, because prose may precede the
//! first one, lines may be padded or trimmed, and the file may end in blanks.

use rayon::prelude::*;
use std::cell::RefCell;

use super::fields::Fields;
use super::fixed_width_line::{Line, Shape};
use super::layout::{Field, LINE_LENGTH, place};
use super::rows::{Parsed, Rows};
use crate::codeset::{Code, Record};
use crate::table::encoding::decode;

/// How many lines all cores examine in parallel before they are joined in order.
const AT_ONCE: usize = 4_096;

/// The lines with their numbers; they end in LF, CR LF or CR alone.
fn numbered(text: &str) -> impl Iterator<Item = (usize, Line<'_>)> {
    let lines = text.split('\n');
    let lines = lines.flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
    lines.enumerate().flat_map(|(index, line)| {
        let records = records_of(line);
        records.map(move |record| (index + 1, Line::new(record)))
    })
}

/// The records of a line; without line ends between them, each takes its full length.
fn records_of(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        if text.len() <= LINE_LENGTH {
            return Some(text);
        }
        let (own, next) = text.split_at(Line::new(text).index(LINE_LENGTH));
        if Line::new(next).shape() != Shape::Record {
            return Some(text);
        }
        rest = Some(next);
        Some(own)
    })
}

/// Whether one line is the first line of a record.
pub(crate) fn is_release(text: &str) -> bool {
    numbered(text).any(|(_, line)| line.shape() == Shape::Record && line.is_first())
}

/// A line that another core has examined.
struct Seen<'a> {
    number: usize,
    line: Line<'a>,
    shape: Shape,
    /// The record of a first line, until it is taken.
    record: RefCell<Option<Result<Record, String>>>,
}

impl<'a> Seen<'a> {
    fn new((number, line): (usize, Line<'a>)) -> Self {
        let shape = line.shape();
        let is_first = shape == Shape::Record && line.is_first();
        let code = is_first.then(|| Code::from_bytes(line.first(Field::Code).as_bytes()).ok());
        let record = code.flatten().map(|code| line.record(code));
        Self {
            number,
            line,
            shape,
            record: RefCell::new(record),
        }
    }

    /// Passes the line to the rows; `begun` means that there was a record line before.
    fn put(&self, rows: &mut Rows, begun: bool) {
        let number = self.number;
        match self.shape {
            Shape::Record => self.take(rows),
            Shape::OnlyCode => rows.skip_code(
                number,
                self.line.first(Field::Code),
                "columns 6–11 hold no sequence number and record identification",
            ),
            Shape::OnlyNumbers => rows.skip(number, "columns 1–5 hold no code"),
            Shape::Prose if begun || self.line.has_dates_of_a_record() => {
                rows.skip(number, "not a record line");
            }
            Shape::Prose | Shape::Blank => {}
        }
    }

    fn take(&self, rows: &mut Rows) {
        let (number, line) = (self.number, &self.line);
        let added = place(Field::Added).end(0);
        let length = line.len();
        if line.is_first() && length < added {
            let code = line.first(Field::Code);
            let reason = format!("{code}: the line ends at column {length}, before its added date");
            rows.cut(number, code, reason);
        } else {
            rows.take(number, self);
        }
        if length > LINE_LENGTH && !line.columns(LINE_LENGTH, length).trim().is_empty() {
            let reason = format!("the text beyond column {LINE_LENGTH} is left out");
            rows.damage(format!("line {number}: {reason}"));
            rows.skip(number, reason);
        }
    }
}

impl Fields for Seen<'_> {
    fn text(&self, field: Field, nth: usize) -> &str {
        self.line.text(field, nth)
    }

    fn record(&self, code: Code) -> Result<Record, String> {
        let seen = self.record.take();
        seen.unwrap_or_else(|| self.line.record(code))
    }
}

/// The lines of a code are numbered by hundreds without a gap: 00100, 00200 and so on.
#[derive(Default)]
struct Sequence {
    code: String,
    last: u32,
}

impl Sequence {
    const STEP: u32 = 100;

    /// Compares the number of a continuation with that of the line before.
    fn pass(&mut self, seen: &Seen<'_>, rows: &mut Rows) {
        if seen.shape != Shape::Record {
            return;
        }
        let line = &seen.line;
        let (code, text) = (line.first(Field::Code), line.first(Field::SequenceNumber));
        let number = text.parse().unwrap_or(0);
        if !line.is_first() && code == self.code && number != self.last + Self::STEP {
            let (line, last) = (seen.number, self.last);
            rows.damage(format!(
                "line {line}: {code} goes on with {number:05} behind {last:05}, so lines are \
                 missing or in disorder"
            ));
        }
        code.clone_into(&mut self.code);
        self.last = number;
    }
}

/// Reads the records of a text.
pub(super) fn read(bytes: &[u8]) -> Parsed {
    let decoded = decode(bytes);
    let mut rows = Rows::default();
    let mut begun = false;
    let mut end = End::default();
    let mut sequence = Sequence::default();
    let mut has_undefined = false;
    let mut lines = numbered(&decoded.text);
    loop {
        let some: Vec<(usize, Line<'_>)> = lines.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        let some: Vec<Seen<'_>> = some.into_par_iter().map(Seen::new).collect();
        for seen in &some {
            begun |= seen.shape == Shape::Record;
            has_undefined |= begun && decoded.undefined.is_some() && seen.line.is_damaged();
            sequence.pass(seen, &mut rows);
            seen.put(&mut rows, begun);
            end.pass(seen);
        }
    }
    if begun && !decoded.text.ends_with(['\n', '\r']) {
        end.check(&mut rows);
    }
    let mut parsed = rows.finish();
    match decoded.undefined {
        // prose above the records may contain any bytes
        Some(undefined) if !has_undefined => parsed.notices.push(undefined.reason),
        undefined => parsed.undefined = undefined,
    }
    parsed
}

/// How the lines of a text end, to detect a text that is cut short.
#[derive(Default)]
struct End {
    /// The shortest continuation before the last line.
    shortest: Option<usize>,
    /// Number, shape and length of the last non-blank line, and whether it is a first line.
    last: Option<(usize, Shape, usize, bool)>,
}

impl End {
    fn pass(&mut self, seen: &Seen<'_>) {
        if let Some((_, Shape::Record, length, false)) = self.last {
            self.shortest = Some(self.shortest.map_or(length, |own| own.min(length)));
        }
        let own = (
            seen.number,
            seen.shape,
            seen.line.len(),
            seen.line.is_first(),
        );
        self.last = if seen.shape == Shape::Blank {
            None
        } else {
            Some(own)
        };
    }

    /// Reports that the text is cut if its last line has no line end and breaks off inside a
    /// record.
    fn check(&self, rows: &mut Rows) {
        let Some((number, shape, length, is_first)) = self.last else {
            return;
        };
        let whole = place(Field::Action).end(0);
        let is_cut = match shape {
            Shape::Record if is_first => length < whole,
            Shape::Record => self.shortest.is_some_and(|shortest| length < shortest),
            Shape::OnlyCode | Shape::OnlyNumbers | Shape::Prose => true,
            Shape::Blank => false,
        };
        if is_cut {
            rows.damage(format!(
                "line {number}: the text breaks off at column {length} of a record"
            ));
        }
    }
}
