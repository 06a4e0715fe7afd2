//! The form of an input: lines, a table with a header, a sheet, segments of X12.

use std::io;
use std::path::Path;

use crate::error::Error;

use super::claim_columns::ClaimColumns;
use super::x12::Assembler;
use crate::table::input::unreadable;
use crate::table::row_reader::RowReader;
use crate::table::segments::SegmentReader;
use crate::table::sheet_rows::SheetRows;
use crate::table::text_stream::{Source, TextStream};

/// The longest line, in bytes.
pub(super) const LONGEST: usize = 64 * 1024;
/// The name of the input in errors.
pub(super) const INPUT: &str = "the claim lines";

/// The form of the input, by its first non-blank line.
pub(super) enum Form<R> {
    Unopened(R),
    /// One claim on each line, as text or in JSON.
    Lines(RowReader<TextStream<Source<R>>>),
    /// A table, with its columns and its delimiter.
    Table(RowReader<TextStream<Source<R>>>, ClaimColumns, u8),
    /// The rows of a sheet, with or without a header.
    Sheet(SheetRows, Option<ClaimColumns>),
    /// Segments of X12, with their element separator.
    Segments(SegmentReader<TextStream<Source<R>>>, Box<Assembler>),
    Ended,
}

pub(super) fn fail(cause: io::Error) -> Error {
    unreadable(Path::new(INPUT), cause)
}
