//! A line of the fixed-width text as columns, and its shape.

use super::fields::Fields;
use super::layout::{Field, place};

/// How many columns around their place the dates of a broken line are searched.
const AROUND: usize = 16;

/// The shape of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Blank,
    /// It has a code, a sequence number and a record identification, each in its columns.
    Record,
    /// It has a code without the numbers after it.
    OnlyCode,
    /// It has the numbers without a code before them.
    OnlyNumbers,
    Prose,
}

/// A line as columns of characters.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) is_ascii: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let is_ascii = text.is_ascii();
        Self { text, is_ascii }
    }

    pub(super) fn len(&self) -> usize {
        if self.is_ascii {
            self.text.len()
        } else {
            self.text.chars().count()
        }
    }

    /// The byte index at which a column begins; the end if the line is shorter.
    pub(super) fn index(&self, column: usize) -> usize {
        if self.is_ascii {
            return column.min(self.text.len());
        }
        let mut indices = self.text.char_indices();
        indices.nth(column).map_or(self.text.len(), |(at, _)| at)
    }

    pub(super) fn columns(&self, first: usize, end: usize) -> &'a str {
        let range = self.index(first)..self.index(end);
        self.text.get(range).unwrap_or_default()
    }

    /// The columns of a field's `nth` value, blanks included.
    pub(super) fn field(&self, field: Field, nth: usize) -> &'a str {
        let place = place(field);
        self.columns(place.end(nth) - place.width, place.end(nth))
    }

    pub(super) fn shape(&self) -> Shape {
        // some systems end a file with the latter
        if self.text.trim_start().trim_end_matches('\u{1A}').is_empty() {
            return Shape::Blank;
        }
        let numbers = self.field(Field::SequenceNumber, 0);
        let has_numbers = numbers.len() == place(Field::SequenceNumber).width
            && numbers.bytes().all(|byte| byte.is_ascii_digit())
            && matches!(
                self.first(Field::RecordIdentification),
                "3" | "4" | "7" | "8"
            );
        match (is_like_a_code(self.field(Field::Code, 0)), has_numbers) {
            (true, true) => Shape::Record,
            (true, false) => Shape::OnlyCode,
            (false, true) => Shape::OnlyNumbers,
            (false, false) => Shape::Prose,
        }
    }

    /// Whether prose above the records is more likely a broken record, with two dates near the
    /// places where a record has them.
    pub(super) fn has_dates_of_a_record(&self) -> bool {
        let (first, end) = (place(Field::Added).end(0), place(Field::Terminated).end(0));
        let columns = self.columns(first - AROUND, end + AROUND);
        let mut runs = columns.split(|letter: char| !letter.is_ascii_digit());
        runs.any(|run| run.len() >= 2 * place(Field::Added).width)
    }

    /// Whether it holds bytes that could not be read.
    pub(super) fn is_damaged(&self) -> bool {
        !self.is_ascii && self.text.contains('\u{FFFD}')
    }

    pub(super) fn is_first(&self) -> bool {
        matches!(self.first(Field::RecordIdentification), "3" | "7")
    }
}

impl Fields for Line<'_> {
    fn text(&self, field: Field, nth: usize) -> &str {
        let columns = self.field(field, nth);
        if self.is_ascii {
            columns.trim_ascii() // several times faster, and most fields are blank
        } else {
            columns.trim()
        }
    }
}

/// Five letters and digits, a digit among them, or three blanks and two.
fn is_like_a_code(columns: &str) -> bool {
    let bytes = columns.strip_prefix("   ").unwrap_or(columns).as_bytes();
    bytes.iter().all(u8::is_ascii_alphanumeric)
        && match bytes.len() {
            2 => columns.len() == 5,
            5 => bytes.iter().any(u8::is_ascii_digit),
            _ => false,
        }
}
