//! How a file becomes rows, and rows a file: encodings, line ends, delimiters, quotes, workbooks, zips, limits.

// text
pub(crate) mod encoding;
pub(crate) mod line_reader;
pub(crate) mod long_numbers;
pub(crate) mod segments;
pub(crate) mod text_stream;

// rows
pub(crate) mod cells;
pub(crate) mod excel_text;
mod lines_ahead;
pub(crate) mod row_reader;
pub(crate) mod row_width;

// workbooks and zips
mod cell_text;
mod formulas;
mod layout_tags;
mod ods_extent;
mod panic;
mod row_stretches;
mod sheet_layout;
mod sheet_part;
mod xls_extent;
mod xls_layout;
mod xls_records;

pub(crate) mod sheet;
pub(crate) mod workbook_rows;

pub(crate) mod archive;
pub(crate) mod sheet_choice;
pub(crate) mod sheet_rows;

// all of them
mod foreign_text;
pub(crate) mod input;

// the other direction: rows become CSV or a workbook
pub(crate) mod table_cell;
#[cfg(feature = "workbook")]
pub(crate) mod workbook_writer;
