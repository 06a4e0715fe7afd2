//! Parses a question: words, filters, the day, the page.

mod filter_macro;
pub(crate) mod filter_table;
pub(crate) mod filter_value;
pub(crate) mod filter_words;
pub(crate) mod query;
pub(crate) mod without;

pub(crate) mod characters;
pub(crate) mod code_token;
pub(crate) mod written_out;

pub(crate) mod code_item;

pub(crate) mod code_drug;
pub(crate) mod code_label;
pub(crate) mod code_left_out;
mod code_stranger;
pub(crate) mod code_word;

pub(crate) mod code_list;
mod code_list_left_out;
mod code_list_range;
pub(crate) mod syntax;

pub(crate) mod filter_texts;
pub(crate) mod parameter;
pub(crate) mod request;
pub(crate) mod request_json;
pub(crate) mod set_aside;
pub(crate) mod slot;
pub(crate) mod unknown_values;

pub(crate) mod filter;
pub(crate) mod standing;
