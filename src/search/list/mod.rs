//! Pick-lists, suggestions and code tables.

pub(crate) mod asked_codes;
mod asked_item;
mod asked_ndc;
pub(crate) mod asked_reasons;
mod beginnings;
pub(crate) mod list;
pub(crate) mod list_query;
pub(crate) mod listed_code;
pub(crate) mod shelves;

pub(crate) mod suggestions;
pub(crate) mod table_counts;
mod without_words;
pub(crate) mod words_in_range;
