//! The answer: hits, reasons, highlights, facets, look-alikes.

pub(crate) mod answer;
pub(crate) mod answer_columns;
pub(crate) mod asked_code;

pub(crate) mod code_on_day;
pub(crate) mod coded_value;
pub(crate) mod hit;
pub(crate) mod inline;

pub(crate) mod finder;
mod found_term;
pub(crate) mod reason;
pub(crate) mod reason_text;
pub(crate) mod snippet;

pub(crate) mod alike;
mod difference;
pub(crate) mod facet;
pub(crate) mod look_alikes;
pub(crate) mod no_match;
mod shared_ends;
mod whole_word;

pub(crate) mod answering;
mod left_out;
mod modifier_words;
mod named_codes;
mod word_answer;
mod word_notices;
