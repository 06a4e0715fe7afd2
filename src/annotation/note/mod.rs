//! Clinical notes: front matter, body, sections, modifier table.

pub(crate) mod clinical_note;
pub(crate) mod note_reading;
pub(crate) mod note_recognition;

pub(crate) mod body;
pub(crate) mod front_matter;
pub(crate) mod modifier_table;
pub(crate) mod named_codes;
mod note_line;
pub(crate) mod section;

pub(crate) mod same_title;
