//! Record pages: label, value and definition of each field of one code.

pub(crate) mod record_page;

pub(crate) mod html_tags;
pub(crate) mod labels;
pub(crate) mod rows;
