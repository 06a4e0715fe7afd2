//! The alternatives of each word (itself, a prefix, a synonym, a correction), and its weight in the
//! question.

pub(crate) mod measure;
pub(crate) mod role;

pub(crate) mod plan;

pub(crate) mod correction;
mod denial;
pub(crate) mod edit_distance;
pub(crate) mod expansion;
mod negation;
pub(crate) mod numeral;
mod word_corrections;
mod word_forms;

pub(crate) mod apart;
mod asked_flag;
mod contrary;
mod filler;
mod mixed_number;
mod negated_word;
mod part;
pub(crate) mod phrase;
mod phrase_abbreviation;
mod phrase_word;
pub(crate) mod planner;
mod respelling;
mod rewriting;
mod scaled_number;
mod scattered;
mod size_words;
pub(crate) mod weight;
