//! Rows and lines of text → claim lines, with the content of each column.

// a cell, a line
pub(crate) mod claim_input;
pub(crate) mod claim_line;
pub(crate) mod composite;
pub(crate) mod value;

// the columns of a table
pub(crate) mod column;
mod column_name;
pub(crate) mod columns;
pub(crate) mod mapping;
mod row;
mod words;

// other forms
mod json_line;
mod text_line;
pub(crate) mod x12;

mod form;
mod known;
pub(crate) mod reader;
mod reader_facts;
