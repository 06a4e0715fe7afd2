//! Rows and lines of text → claim lines, with the content of each column.

// a cell, a line
pub(crate) mod claim_input;
pub(crate) mod claim_line;
pub(crate) mod composite;
mod line_modifiers;
pub(crate) mod line_parts;
pub(crate) mod value;
mod written_days;

// the columns of a table
mod chosen_days;
pub(crate) mod claim_columns;
pub(crate) mod code_cell;
mod column_choice;
pub(crate) mod column_content;
pub(crate) mod column_days;
pub(crate) mod column_mapping;
mod column_name;
pub(crate) mod column_recognition;
mod day_order;
pub(crate) mod drug_column;
mod header;
mod header_reading;
mod modifier_column;
mod row;
mod row_amounts;
mod service_span;
mod unit_choice;
mod unread_column;

// other forms
mod json_line;
mod text_line;
pub(crate) mod x12;
pub(crate) mod x12_days;
mod x12_drug;
mod x12_envelope;
mod x12_once;
pub(crate) mod x12_segment;
mod x12_service;
pub(crate) mod x12_service_line;
mod x12_single;

mod form;
mod header_rows;
mod input_facts;
mod opening;
pub(crate) mod read_line;
pub(crate) mod reader;
mod reader_facts;
mod reader_notices;
pub(crate) mod service_reader;
